//! The plugins directory as a whole.

use std::io;
use std::path::Path;

use super::candidate::scan;
use super::load::Loader;
use super::load_error::LoadError;
use super::loaded::Plugin;

/// What a directory holds, after every candidate went through every check.
#[derive(Debug, Default)]
pub struct Contents {
    /// Plugins that can serve, by name.
    pub plugins: Vec<Plugin>,
    /// Names of those that their grant file disables.
    pub disabled: Vec<String>,
    /// Names of those that are not served, and why.
    pub refused: Vec<(String, LoadError)>,
}

/// Loads every plugin of a directory. One that fails a check keeps no other from being served.
///
/// # Errors
/// The directory cannot be read.
pub async fn load(loader: &Loader, directory: &Path) -> io::Result<Contents> {
    let mut contents = Contents::default();
    for candidate in scan(directory)? {
        match loader.load(&candidate).await {
            Ok(Some(plugin)) => contents.plugins.push(plugin),
            Ok(None) => contents.disabled.push(candidate.name),
            Err(error) => contents.refused.push((candidate.name, error)),
        }
    }
    Ok(contents)
}
