//! One plugin in the real sandbox, with a hub behind it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use xyte_sim::{FaultRules, Sim, SimConfig};

use crate::config::BaseUrl;
use crate::json::Json;
use crate::plugin::{Candidate, Exchange, GrantFile, Loader, Meter, Plugin, Report, Reports, Runtime};
use crate::store::StateStore;
use crate::tenant::{ApiKey, Caller, Credential, TenantSecret, UserToken};
use crate::tools::{CallScope, Catalog, Outcome, Policy, ToolCall, Tools};
use crate::xyte::Hub;

/// Reports that wait to be shown.
const REPORTS_MAX: usize = 256;

/// A host of one plugin.
pub(super) struct Sandbox {
    pub(super) tools: Arc<Tools>,
    pub(super) caller: Caller,
    /// The simulated hub, unless a real one was asked for.
    pub(super) sim: Option<Sim>,
}

/// How a call ended, and what it took.
pub(super) struct Called {
    pub(super) outcome: Outcome,
    pub(super) reports: Vec<Report>,
    pub(super) time: Duration,
    pub(super) memory_bytes: usize,
}

/// Whose hub.
pub(super) enum Behind {
    /// A simulated one, with these faults.
    Simulator(FaultRules),
    /// A real one, with a key.
    Real(BaseUrl, ApiKey),
}

impl Sandbox {
    pub(super) async fn start(
        plugin: Plugin,
        behind: Behind,
        user: Option<&UserToken>,
    ) -> anyhow::Result<Sandbox> {
        let (sim, base, key) = match behind {
            Behind::Simulator(faults) => {
                let sim = Sim::start(SimConfig { faults, ..SimConfig::default() }).await?;
                let base = sim.url().parse().map_err(anyhow::Error::msg)?;
                let key = ApiKey::parse(&sim.tenants()[0].key)?;
                (Some(sim), base, key)
            }
            Behind::Real(base, key) => (None, base, key),
        };
        let secret = TenantSecret::random();
        let tenant = secret.tenant_of(&key);
        let user = user.map(|token| secret.user_of(&tenant, token));
        let caller = Caller::with(Credential { tenant, key: Arc::new(key) }).for_user(user);
        let (catalog, _) = Catalog::new(vec![plugin]);
        // Authors try experiments out; operators turn them on.
        let policy = Policy { experimental: true };
        let store = StateStore::in_memory().await?;
        let tools = Tools::new(Arc::new(catalog), policy, Arc::new(Hub::new(base)?), store);
        Ok(Sandbox { tools: Arc::new(tools), caller, sim })
    }

    /// Calls a tool. None: there is none of that name.
    pub(super) async fn call(&self, tool: &str, arguments: Json, exchange: Exchange) -> Option<Called> {
        let (sender, mut receiver) = tokio::sync::mpsc::channel(REPORTS_MAX);
        let meter = Meter::default();
        let scope = CallScope {
            exchange,
            reports: Reports::to(sender),
            meter: meter.clone(),
            ..CallScope::default()
        };
        let started = Instant::now();
        let outcome = self.tools.call(&self.caller, ToolCall { name: tool.to_owned(), arguments }, scope).await;
        let time = started.elapsed();
        let reports = std::iter::from_fn(|| receiver.try_recv().ok()).collect();
        outcome.ok().map(|outcome| Called { outcome, reports, time, memory_bytes: meter.memory_bytes() })
    }

    /// The tools' names, for somebody who named another.
    pub(super) fn tool_names(&self) -> Vec<String> {
        self.tools.visible(&self.caller).iter().map(|entry| entry.tool().name.clone()).collect()
    }
}

/// An engine and a loader of its own.
pub(super) fn loader() -> anyhow::Result<Loader> {
    Ok(Loader::new(Arc::new(Runtime::new()?)))
}

/// Loads a candidate, or says what is wrong with it and what to do.
pub(super) async fn load(loader: &Loader, candidate: &Candidate, grant: &GrantFile) -> anyhow::Result<Plugin> {
    let loaded = loader.load_with(candidate, grant).await;
    loaded.with_context(|| format!("{} is refused", candidate.component.display()))
}
