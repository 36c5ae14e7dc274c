//! Components, built once by `cargo xtask`, and directories to serve them from.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock, OnceLock};

use tempfile::TempDir;
use tokio::sync::Mutex;
use xyte_mcp::plugin::{Contents, Loader, Runtime, directory};
use xyte_mcp::tools::Catalog;

/// Set by `cargo xtask test`, which has built everything just before.
const BUILT: &str = "XYTE_MCP_FIXTURES_BUILT";

/// Every route that the guest for tests asks for.
pub(crate) const PROBE_ROUTES: [&str; 8] = [
    "organization.getOrganizationInfo",
    "organization.devices.getDevices",
    "organization.devices.getDevice",
    "organization.devices.getHistories",
    "organization.devices.claimDevice",
    "organization.commands.sendCommand",
    "organization.commands.cancelCommand",
    "organization.spaces.getSpace",
];

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The directory that cargo builds into.
pub(crate) fn target() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap()
}

/// The plugins with their grants, as an operator gets them.
pub(crate) fn plugins() -> PathBuf {
    build_once();
    target().join("plugins")
}

/// The guest that misbehaves on demand.
pub(crate) fn probe() -> PathBuf {
    build_once();
    target().join("fixtures/probe.wasm")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a message from xtask to the tests, not a setting of the product"
)]
fn build_once() {
    static ONCE: OnceLock<()> = OnceLock::new();
    ONCE.get_or_init(|| {
        if std::env::var_os(BUILT).is_some() {
            return;
        }
        let status = Command::new(env!("CARGO")).current_dir(root()).args(["xtask", "fixtures"]).status();
        assert!(status.unwrap().success(), "the components that the tests need cannot be built");
    });
}

/// Which plugins a host serves. Catalogs are compiled once per value and shared by all tests of the process.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Plugins {
    /// All of ours, with their default grants.
    Ours,
    /// The guest for tests, with these routes granted.
    Probe(Vec<&'static str>),
    /// What is in a directory. It must not change while the tests run.
    In(PathBuf),
}

impl Plugins {
    /// The guest for tests with everything that it asks for.
    pub(crate) fn probe() -> Plugins {
        Plugins::Probe(PROBE_ROUTES.to_vec())
    }

    pub(crate) async fn catalog(&self) -> Arc<Catalog> {
        static COMPILED: LazyLock<Mutex<HashMap<Plugins, Arc<Catalog>>>> = LazyLock::new(Mutex::default);
        let mut compiled = COMPILED.lock().await;
        if let Some(catalog) = compiled.get(self) {
            return catalog.clone();
        }
        let catalog = Arc::new(self.compile().await);
        compiled.insert(self.clone(), catalog.clone());
        catalog
    }

    async fn compile(&self) -> Catalog {
        let Contents { plugins, disabled, refused } = match self {
            Plugins::Ours => load(&plugins()).await,
            Plugins::In(directory) => load(directory).await,
            Plugins::Probe(routes) => load(probe_directory(routes).path()).await,
        };
        assert!(refused.is_empty() && disabled.is_empty(), "{refused:?} {disabled:?}");
        let (catalog, conflicts) = Catalog::new(plugins);
        assert!(conflicts.is_empty(), "{conflicts:?}");
        catalog
    }
}

/// A directory with the guest for tests and its grant.
pub(crate) fn probe_directory(routes: &[&str]) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::copy(probe(), directory.path().join("probe.wasm")).unwrap();
    std::fs::write(directory.path().join("probe.toml"), format!("routes = {routes:?}\n")).unwrap();
    directory
}

/// Loads a directory in the engine that all tests share.
pub(crate) async fn load(path: &Path) -> Contents {
    directory::load(&loader(), path).await.unwrap()
}

pub(crate) fn loader() -> Loader {
    static RUNTIME: LazyLock<Arc<Runtime>> = LazyLock::new(|| Arc::new(Runtime::new().unwrap()));
    Loader::new(RUNTIME.clone())
}
