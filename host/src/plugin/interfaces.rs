//! What a component imports and exports, by name, whether or not it is let in.

use std::path::Path;

use wasmtime::component::Component;

use super::engine::Runtime;
use super::file;
use super::limits::COMPONENT_BYTES_MAX;

/// A file that is no component.
#[derive(Debug, thiserror::Error)]
pub enum InterfacesError {
    /// It cannot be read.
    #[error("it cannot be read")]
    Read(#[from] std::io::Error),
    /// It cannot be understood.
    #[error("it is not a WebAssembly component: {0}")]
    NotAComponent(String),
}

/// The names of everything that a component imports, and of everything that it exports.
///
/// # Errors
/// It is no component.
pub fn interfaces(runtime: &Runtime, path: &Path) -> Result<(Vec<String>, Vec<String>), InterfacesError> {
    let bytes = file::read(path, COMPONENT_BYTES_MAX)?;
    let component = Component::from_binary(runtime.engine(), &bytes)
        .map_err(|error| InterfacesError::NotAComponent(error.root_cause().to_string()))?;
    let ty = component.component_type();
    let imports = ty.imports(runtime.engine()).map(|(name, _)| name.to_owned()).collect();
    let exports = ty.exports(runtime.engine()).map(|(name, _)| name.to_owned()).collect();
    Ok((imports, exports))
}
