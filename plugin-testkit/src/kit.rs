//! One plugin with a hub behind it.

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use xyte_mcp::author::{Behind, Sandbox, SandboxError, Surface};
use xyte_mcp::json::Json;
use xyte_mcp::plugin::{
    Candidate, Exchange, GrantError, GrantFile, LoadError, Loader, Runtime, RuntimeError,
};
use xyte_mcp::tools::{ARGUMENTS_BYTES_MAX, Catalog};
use xyte_sim::{Faults, RecordedRequest, Sim};

use crate::Called;

/// Why there is nothing to test.
#[derive(Debug, thiserror::Error)]
pub enum KitError {
    /// The path names no component.
    #[error("{0} names no component: a plugin's file is called NAME.wasm")]
    Name(String),
    /// The engine cannot run here.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The grant file was refused.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// The component was refused.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// There is no hub.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
}

/// A plugin under test.
#[derive(Debug)]
pub struct Kit {
    sandbox: Sandbox,
    surface: Surface,
}

impl Kit {
    /// Loads a component with the grant file beside it. Without one it is granted nothing, as at an operator's.
    ///
    /// # Errors
    /// A host would refuse the component or its grant file.
    pub async fn load(component: impl AsRef<Path>) -> Result<Kit, KitError> {
        let candidate = candidate(component.as_ref())?;
        let grant = GrantFile::read(&candidate.grant)?;
        Kit::with(&candidate, &grant).await
    }

    /// Loads a component and grants it these operations and no others, by their keys.
    ///
    /// # Errors
    /// A host would refuse the component, or there is no such operation.
    pub async fn load_granting(component: impl AsRef<Path>, routes: &[&str]) -> Result<Kit, KitError> {
        let candidate = candidate(component.as_ref())?;
        let grant = GrantFile::parse(&candidate.grant, &format!("routes = {routes:?}"))?;
        Kit::with(&candidate, &grant).await
    }

    async fn with(candidate: &Candidate, grant: &GrantFile) -> Result<Kit, KitError> {
        let loader = Loader::new(Arc::new(Runtime::new()?));
        let plugin = loader.load_with(candidate, grant).await?;
        let surface = Surface::of(&plugin);
        let sandbox =
            Sandbox::start(Arc::new(Catalog::new(vec![plugin]).0), Behind::Simulator(Faults::none()), None)
                .await?;
        Ok(Kit { sandbox, surface })
    }

    /// Calls a tool.
    ///
    /// # Panics
    /// There is no tool of that name, or the arguments are no JSON object.
    pub async fn call(&self, tool: &str, arguments: Value) -> Called {
        let arguments = Json::parse_object(&arguments.to_string(), ARGUMENTS_BYTES_MAX);
        let arguments = arguments.unwrap_or_else(|error| panic!("the arguments of {tool}: {error}"));
        let before = self.requests().len();
        let called = self.sandbox.call(tool, arguments, Exchange::default()).await;
        let called = called.unwrap_or_else(|| {
            panic!("there is no tool {tool}; there are: {}", self.sandbox.tool_names().join(", "))
        });
        Called::new(called, self.requests().split_off(before))
    }

    /// The tools that can be seen: those whose needed routes are granted.
    pub fn tools(&self) -> Vec<String> {
        self.sandbox.tool_names()
    }

    /// What the plugin shows to clients and asks of operators.
    pub fn surface(&self) -> &Surface {
        &self.surface
    }

    /// Has the next `times` requests for the operation of that key fail so.
    ///
    /// # Panics
    /// There is no such operation.
    pub fn fault_next(&self, operation: &str, fault: impl Into<Faults>, times: usize) {
        let told = self.sim().fault_next(operation, fault, times);
        told.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Everything that the hub was asked since it was last cleared.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.sim().requests()
    }

    /// Forgets what the hub was asked.
    pub fn clear_requests(&self) {
        self.sim().clear_requests();
    }

    /// The simulated hub itself, for its fleet, its clock and everything else that a test may want.
    pub fn sim(&self) -> &Sim {
        self.sandbox.sim().expect("a kit's hub is always simulated")
    }
}

fn candidate(component: &Path) -> Result<Candidate, KitError> {
    Candidate::of_file(component).ok_or_else(|| KitError::Name(component.display().to_string()))
}
