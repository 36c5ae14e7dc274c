//! Plugins in the real sandbox, with a hub behind them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use xyte_sim::{Faults, Sim, SimConfig, StartError};

use crate::config::BaseUrl;
use crate::json::Json;
use crate::plugin::{Exchange, Meter, Report, Reports};
use crate::store::{StateStore, StoreError};
use crate::tenant::{ApiKey, Caller, Credential, KeyError, TenantSecret, UserToken};
use crate::tools::{CallScope, Catalog, Outcome, Policy, ToolCall, Tools};
use crate::xyte::{Hub, HubError};

/// Reports of one call that wait to be shown: more than a call may send.
const REPORTS_MAX: usize = 256;

/// Whose hub is behind the plugins.
#[derive(Debug)]
pub enum Behind {
    /// A simulated one, with these faults on every request.
    Simulator(Faults),
    /// A real one, with a key.
    Real(BaseUrl, ApiKey),
}

/// Why there is no sandbox.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The simulated hub did not start.
    #[error("the simulated hub did not start")]
    Sim(#[from] StartError),
    /// The simulated hub's address or key cannot be used.
    #[error("the simulated hub cannot be used: {0}")]
    Address(String),
    /// There is no place for state.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is no HTTP client.
    #[error(transparent)]
    Hub(#[from] HubError),
    /// A key cannot be used.
    #[error("the key cannot be used")]
    Key(#[from] KeyError),
}

/// A host without a server: plugins, a caller, and a hub.
#[derive(Debug)]
pub struct Sandbox {
    tools: Arc<Tools>,
    secret: Arc<TenantSecret>,
    caller: Caller,
    sim: Option<Sim>,
}

/// How a call ended, and what it took.
#[derive(Debug)]
pub struct Called {
    /// The end.
    pub outcome: Outcome,
    /// What it reported while it ran.
    pub reports: Vec<Report>,
    /// From request to outcome.
    pub time: Duration,
    /// Linear memory of the instance at its end, in bytes.
    pub memory_bytes: usize,
}

impl Sandbox {
    /// Puts plugins before a hub. Experimental tools exist: authors try them out, and operators turn them on. State is
    /// forgotten with the sandbox.
    ///
    /// # Errors
    /// The hub, the store or the client cannot be set up.
    pub async fn start(
        plugins: Arc<Catalog>,
        behind: Behind,
        user: Option<&UserToken>,
    ) -> Result<Sandbox, SandboxError> {
        let (sim, base, key) = match behind {
            Behind::Simulator(faults) => {
                let sim = Sim::start(SimConfig { faults, ..SimConfig::default() }).await?;
                let base = sim.url().parse().map_err(SandboxError::Address)?;
                let key = ApiKey::parse(&sim.tenants()[0].key)?;
                (Some(sim), base, key)
            }
            Behind::Real(base, key) => (None, base, key),
        };
        let secret = Arc::new(TenantSecret::random());
        let tenant = secret.tenant_of(&key);
        let user = user.map(|token| secret.user_of(&tenant, token));
        let caller = Caller::with(Credential { tenant, key: Arc::new(key) }).for_user(user);
        let (hub, store) = (Arc::new(Hub::new(base)?), StateStore::in_memory().await?);
        let tools = Tools::new(plugins, Policy { experimental: true }, hub, store);
        Ok(Sandbox { tools: Arc::new(tools), secret, caller, sim })
    }

    /// Calls a tool. None: there is none of that name.
    pub async fn call(&self, tool: &str, arguments: Json, exchange: Exchange) -> Option<Called> {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(REPORTS_MAX);
        let meter = Meter::default();
        let reports = Reports::to(sender);
        let scope = CallScope { exchange, reports, meter: meter.clone(), ..CallScope::default() };
        let started = Instant::now();
        let call = ToolCall { name: tool.to_owned(), arguments };
        let outcome = self.tools.call(&self.caller, &call, scope).await.ok()?;
        let time = started.elapsed();
        let reports = std::iter::from_fn(|| receiver.try_recv().ok()).collect();
        Some(Called { outcome, reports, time, memory_bytes: meter.memory_bytes() })
    }

    /// The tools, for a server in front of them or for other plugins in their place.
    pub fn tools(&self) -> &Arc<Tools> {
        &self.tools
    }

    /// What tenants are named with here, so that a server in front of the tools names them alike.
    pub fn secret(&self) -> &Arc<TenantSecret> {
        &self.secret
    }

    /// The names of the tools that there are.
    pub fn tool_names(&self) -> Vec<String> {
        self.tools.visible(&self.caller).entries().iter().map(|entry| entry.tool().name.clone()).collect()
    }

    /// The simulated hub, unless a real one is behind the plugins.
    pub fn sim(&self) -> Option<&Sim> {
        self.sim.as_ref()
    }
}
