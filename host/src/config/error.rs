//! What can be wrong with the settings.

use std::path::PathBuf;

use super::origin::Origin;

/// Why the host cannot start with these settings. Each says which setting, where it was found, and what would be
/// right. No secret is repeated.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The value makes no sense.
    #[error("{name} ({origin}): {reason}")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// Where the value was found.
        origin: Origin,
        /// What is wrong, and what would be right.
        reason: String,
    },
    /// A file names a setting that does not exist.
    #[error("{path}: unknown setting `{name}`{}", hint(.nearest))]
    Unknown {
        /// The file.
        path: PathBuf,
        /// The name as the file has it.
        name: String,
        /// What was probably meant.
        nearest: Option<String>,
    },
    /// A setting that must not come from this file.
    #[error("{path}: {name} cannot be set here; {reason}")]
    NotHere {
        /// The file.
        path: PathBuf,
        /// The setting.
        name: &'static str,
        /// Why, and where to set it.
        reason: &'static str,
    },
    /// Two settings exclude each other.
    #[error("{first} and {second} are both set; set one of them")]
    Both {
        /// One of them.
        first: &'static str,
        /// The other.
        second: &'static str,
    },
    /// A file could not be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not of its format.
    #[error("{path}{}: {reason}", at(.line))]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where in it, counted from 1.
        line: Option<usize>,
        /// What was expected.
        reason: String,
    },
    /// There is no place to keep data.
    #[error("no data directory: this system names none for the current user; set XYTE_DATA_DIR")]
    NoDataDirectory,
}

fn hint(nearest: &Option<String>) -> String {
    nearest.as_ref().map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default()
}

fn at(line: &Option<usize>) -> String {
    line.map(|line| format!(", line {line}")).unwrap_or_default()
}
