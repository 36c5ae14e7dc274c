//! From settings to something that can serve.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;

use crate::config::{Settings, Tenancy};
use crate::plugin::{Contents, Loader, Plugin, Runtime, directory};
use crate::server::{Authenticator, Readiness};
use crate::store::StateStore;
use crate::tenant::{ApiKey, SealingKey, TenantSecret};
use crate::tools::{Catalog, Policy, Tools};
use crate::xyte::Hub;

/// The parts that every way of serving needs.
pub(super) struct Host {
    pub(super) tools: Arc<Tools>,
    pub(super) authenticator: Authenticator,
    pub(super) sealing_key: SealingKey,
    pub(super) readiness: Readiness,
}

/// Loads everything. What is wrong with one plugin, or with all of them, is logged and does not keep the host from
/// serving the rest.
pub(super) async fn host(settings: &Settings) -> anyhow::Result<Host> {
    tracing::info!("Running in {}-tenant mode", settings.tenancy.as_str());
    let secret = TenantSecret::load_or_create(&settings.data_dir)?;
    let sealing_key = secret.sealing_key();
    let authenticator = Authenticator::new(secret, configured_key(settings)?);
    let hub = Arc::new(Hub::new(settings.base_url.clone())?);
    let runtime = Arc::new(Runtime::new()?);
    let (catalog, readiness) = catalog(&Loader::new(runtime), &settings.plugins_dir).await;
    let store = StateStore::open(&settings.data_dir).await?;
    let policy = Policy { experimental: settings.experimental_apis };
    let tools = Arc::new(Tools::new(Arc::new(catalog), policy, hub, store));
    Ok(Host { tools, authenticator, sealing_key, readiness })
}

/// The configured key, if there is one.
pub(super) fn configured_key(settings: &Settings) -> anyhow::Result<Option<ApiKey>> {
    match &settings.tenancy {
        Tenancy::Single(key) => ApiKey::from_setting(key)
            .map(Some)
            .context("the key of XYTE_API_KEY or XYTE_API_KEY_FILE cannot be used"),
        Tenancy::Multi => Ok(None),
    }
}

async fn catalog(loader: &Loader, directory: &Path) -> (Catalog, Readiness) {
    let contents = match directory::load(loader, directory).await {
        Ok(contents) => contents,
        Err(error) => {
            let reason = no_directory(directory, &error);
            tracing::error!(reason, "no plugins are served");
            return (Catalog::default(), Readiness::NotReady);
        }
    };
    let Contents { plugins, disabled, refused } = contents;
    let refusals = refused.len();
    for (plugin, error) in refused {
        let reason = format!("{:#}", anyhow::Error::new(error));
        tracing::error!(plugin, reason, "plugin refused");
    }
    for plugin in &disabled {
        tracing::info!(plugin, "plugin disabled by its grant file");
    }
    plugins.iter().for_each(announce);
    let (loaded, (catalog, conflicts)) = (plugins.len(), Catalog::new(plugins));
    for conflict in &conflicts {
        tracing::error!(plugin = conflict.plugin, reason = %conflict, "plugin refused");
    }
    let (plugins, refused) = (loaded - conflicts.len(), refusals + conflicts.len());
    if plugins == 0 {
        let directory = directory.display();
        tracing::error!(%directory, refused, "no plugin is served; put components (*.wasm) there and start again");
        return (catalog, Readiness::NotReady);
    }
    (catalog, Readiness::Ready { plugins, refused })
}

/// What to do when there is no directory to read plugins from.
pub(super) fn no_directory(directory: &Path, error: &std::io::Error) -> String {
    format!(
        "{} cannot be read as a directory of plugins ({error}); create it, or name another with --plugins DIR or \
         XYTE_PLUGINS_DIR",
        directory.display()
    )
}

fn announce(plugin: &Plugin) {
    tracing::info!(
        plugin = plugin.id(),
        version = plugin.version(),
        digest = %plugin.digest(),
        tools = plugin.tools().len(),
        "plugin loaded"
    );
    for tool in plugin.tools() {
        for operation in tool.grant.missing() {
            let fix = tool.grant.how_to_grant(operation);
            tracing::warn!(
                plugin = plugin.id(),
                tool = tool.name,
                fix,
                "a tool is hidden for want of a route"
            );
        }
    }
}
