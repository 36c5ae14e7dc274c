//! What a component imports and exports, by name, whether or not it is let in.

use std::path::Path;

use wasmtime::Engine;
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

/// What a component imports and exports, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interfaces {
    /// What it needs.
    pub imports: Vec<String>,
    /// What it has.
    pub exports: Vec<String>,
}

impl Interfaces {
    pub(super) fn of(component: &Component, engine: &Engine) -> Interfaces {
        let ty = component.component_type();
        let imports = ty.imports(engine).map(|(name, _)| name.to_owned()).collect();
        let exports = ty.exports(engine).map(|(name, _)| name.to_owned()).collect();
        Interfaces { imports, exports }
    }

    /// Looks into a file that is no plugin, or not one that is let in.
    ///
    /// # Errors
    /// It is no component.
    pub fn of_file(runtime: &Runtime, path: &Path) -> Result<Interfaces, InterfacesError> {
        let bytes = file::read(path, COMPONENT_BYTES_MAX)?;
        let component = Component::from_binary(runtime.engine(), &bytes)
            .map_err(|error| InterfacesError::NotAComponent(error.root_cause().to_string()))?;
        Ok(Interfaces::of(&component, runtime.engine()))
    }
}
