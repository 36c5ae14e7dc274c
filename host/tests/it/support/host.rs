//! A host in this process: the real router on a real socket, with a simulated hub behind it.

use std::sync::Arc;

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio_util::sync::{CancellationToken, DropGuard};
use xyte_mcp::config::BaseUrl;
use xyte_mcp::mcp::{SessionMode, Surface};
use xyte_mcp::rest::Rest;
use xyte_mcp::server::{self, AllowList, App, Authenticator, Readiness};
use xyte_mcp::store::StateStore;
use xyte_mcp::tenant::{ApiKey, TenantSecret};
use xyte_mcp::tools::{Policy, Tools};
use xyte_mcp::xyte::Hub;
use xyte_sim::{Sim, SimConfig};

use super::fixtures::Plugins;
use super::wire::{self, Era};

/// Whose key the host works with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The first tenant's key is configured, and clients send none.
    Single,
    /// Nothing is configured, and clients send the first tenant's key.
    Multi,
}

/// A running host. Dropping it stops it.
pub(crate) struct TestHost {
    pub(crate) sim: Sim,
    pub(crate) mode: Mode,
    pub(crate) url: String,
    pub(crate) client: reqwest::Client,
    _stop: DropGuard,
}

/// What is unusual about a host.
pub(crate) struct Options {
    pub(crate) plugins: Plugins,
    pub(crate) experimental: bool,
    /// Whether older clients get sessions.
    pub(crate) sessions: SessionMode,
    /// Instead of the simulator.
    pub(crate) hub_url: Option<String>,
}

impl Default for Options {
    fn default() -> Options {
        Options { plugins: Plugins::Ours, experimental: false, sessions: SessionMode::On, hub_url: None }
    }
}

impl TestHost {
    /// A host with our plugins and their default grants.
    pub(crate) async fn start(mode: Mode) -> TestHost {
        TestHost::with(mode, Options::default()).await
    }

    /// A host with the guest for tests, granted everything that it asks for.
    pub(crate) async fn probe(mode: Mode) -> TestHost {
        TestHost::with(mode, Options { plugins: Plugins::probe(), ..Options::default() }).await
    }

    pub(crate) async fn with(mode: Mode, options: Options) -> TestHost {
        let sim = Sim::start(SimConfig::default()).await.unwrap();
        let base: BaseUrl = options.hub_url.unwrap_or_else(|| sim.url()).parse().unwrap();
        let configured = match mode {
            Mode::Single => Some(ApiKey::parse(&sim.tenants()[0].key).unwrap()),
            Mode::Multi => None,
        };
        let policy = Policy { experimental: options.experimental };
        let catalog = options.plugins.catalog().await;
        let plugins = catalog.entries().count();
        let store = StateStore::in_memory().await.unwrap();
        let tools = Arc::new(Tools::new(catalog, policy, Arc::new(Hub::new(base).unwrap()), store));
        let stop = CancellationToken::new();
        let secret = TenantSecret::random();
        let app = App {
            rest: Rest::new(tools.clone()),
            surface: Surface::new(tools, &secret.sealing_key(), options.sessions, stop.clone()),
            authenticator: Authenticator::new(secret, configured),
            allowed: AllowList::new(&[], &[]).unwrap(),
            readiness: Readiness::Ready { plugins, refused: 0 },
        };
        let listener = server::bind(&"127.0.0.1:0".parse().unwrap()).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(server::serve(listener, server::router(app), stop.clone(), stop.clone()));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        TestHost { sim, mode, url, client, _stop: stop.drop_guard() }
    }

    /// A POST to the MCP endpoint as the first tenant, with a key where the mode needs one.
    pub(crate) fn post(&self) -> RequestBuilder {
        self.with_key(self.client.post(format!("{}/mcp", self.url)))
    }

    /// A request as the first tenant.
    pub(crate) fn with_key(&self, request: RequestBuilder) -> RequestBuilder {
        match self.mode {
            Mode::Single => request,
            Mode::Multi => request.header("authorization", &self.sim.tenants()[0].key),
        }
    }

    /// A POST as the second tenant.
    pub(crate) fn post_as_another(&self) -> RequestBuilder {
        let key = &self.sim.tenants()[1].key;
        self.client.post(format!("{}/mcp", self.url)).header("authorization", key)
    }

    /// Sends one message and returns the JSON that comes back.
    pub(crate) async fn message(&self, era: Era, method: &str, params: Value) -> Value {
        let response = era.request(self.post(), method, params).send().await.unwrap();
        wire::messages(response).await.pop().unwrap()
    }

    /// Calls a tool and returns its result.
    pub(crate) async fn call(&self, tool: &str, arguments: Value) -> Value {
        self.call_as(Era::Legacy, tool, arguments).await
    }

    pub(crate) async fn call_as(&self, era: Era, tool: &str, arguments: Value) -> Value {
        let answer = self.message(era, "tools/call", json!({"name": tool, "arguments": arguments})).await;
        assert!(answer["result"].is_object(), "{answer}");
        answer["result"].clone()
    }

    /// Calls a tool that must succeed and returns its structured content.
    pub(crate) async fn value(&self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], json!(false), "{result}");
        result["structuredContent"].clone()
    }

    /// Calls a tool that must fail and returns the failure.
    pub(crate) async fn failure(&self, tool: &str, arguments: Value) -> Value {
        let result = self.call(tool, arguments).await;
        assert_eq!(result["isError"], json!(true), "{result}");
        let failure = result["_meta"]["xyte-mcp/error"].clone();
        assert!(failure["error"].is_string(), "{result}");
        failure
    }

    /// The names of the tools that are listed.
    pub(crate) async fn tools(&self) -> Vec<String> {
        let answer = self.message(Era::Legacy, "tools/list", json!({})).await;
        let tools = answer["result"]["tools"].as_array().unwrap();
        tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
    }

    /// That it still serves, after whatever was done to it.
    pub(crate) async fn assert_serving(&self) {
        let health = self.client.get(format!("{}/healthz", self.url)).send().await.unwrap();
        assert_eq!(health.status(), 200);
        assert!(!self.tools().await.is_empty());
    }
}
