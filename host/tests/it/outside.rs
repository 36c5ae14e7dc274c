//! A plugin that somebody else wrote, built in a directory of its own outside the repository.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use xyte_sim::{Sim, SimConfig};

use crate::support::{Era, binary, fixtures};

const MANIFEST: &str = r#"
[package]
name = "room-counter"
version = "0.3.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
schemars = { version = "1.2", default-features = false, features = ["derive"] }
serde = { version = "1", features = ["derive"] }
xyte-plugin-sdk = { path = "SDK" }

[workspace]
"#;

const SOURCE: &str = r#"
use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::{Cx, ToolError, routes};

pub struct Rooms;

#[derive(Serialize, JsonSchema)]
struct Greeting {
    greeting: String,
}

#[derive(Serialize, JsonSchema)]
struct Answer {
    status: u16,
}

/// Counts rooms.
#[xyte_plugin_sdk::plugin(id = "room-counter", title = "Rooms")]
impl Rooms {
    /// Says hello, without asking anybody.
    #[tool(read_only)]
    fn hello(_cx: &Cx) -> Result<Greeting, ToolError> {
        Ok(Greeting { greeting: "hello".into() })
    }

    /// Reads the spaces.
    #[tool(read_only, routes(routes::GET_SPACES))]
    fn read_spaces(cx: &Cx) -> Result<Answer, ToolError> {
        let response = cx.request(&routes::GET_SPACES).query("per_page", 1).send()?;
        Ok(Answer { status: response.status() })
    }
}
"#;

/// Builds the plugin as its author would, with the versions that this repository has locked.
fn build(directory: &Path) {
    let sdk = fixtures::root().join("plugin-sdk");
    std::fs::create_dir(directory.join("src")).unwrap();
    std::fs::write(directory.join("Cargo.toml"), MANIFEST.replace("SDK", sdk.to_str().unwrap())).unwrap();
    std::fs::write(directory.join("src/lib.rs"), SOURCE).unwrap();
    std::fs::copy(fixtures::root().join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    // Offline: everything that the SDK needs is here, since this repository was just built with it.
    cargo.args(["build", "--release", "--offline", "--target", "wasm32-wasip2"]).current_dir(directory);
    cargo.env("CARGO_TARGET_DIR", fixtures::target().join("outside"));
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

async fn post(url: &str, method: &str, params: Value) -> Value {
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    Era::Legacy.request(client.post(url), method, params).send().await.unwrap().json().await.unwrap()
}

async fn tools(url: &str) -> Vec<String> {
    let list = post(url, "tools/list", json!({})).await;
    let tools = list["result"]["tools"].as_array().unwrap();
    tools.iter().map(|tool| tool["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_served_without_a_route_and_with_its_routes_once_they_are_granted() {
    let project = tempfile::tempdir().unwrap();
    build(project.path());
    let plugins = tempfile::tempdir().unwrap();
    let built = fixtures::target().join("outside/wasm32-wasip2/release/room_counter.wasm");
    std::fs::copy(built, plugins.path().join("room-counter.wasm")).unwrap();

    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let serve = || {
        binary::serve(|command| {
            command.arg("--plugins").arg(plugins.path()).env("XYTE_BASE_URL", sim.url());
            command.env("XYTE_API_KEY", &sim.tenants()[0].key);
        })
    };

    let host = serve().await;
    assert_eq!(tools(&host.url).await, ["hello"], "the other tool is hidden for want of its route");
    let hello = post(&host.url, "tools/call", json!({"name": "hello"})).await;
    assert_eq!(hello["result"]["structuredContent"], json!({"greeting": "hello"}));
    let refused = post(&host.url, "tools/call", json!({"name": "read_spaces"})).await;
    assert_eq!(refused["result"]["_meta"]["xyte-mcp/error"]["error"], "route_not_granted", "{refused}");
    assert!(sim.requests().is_empty());
    let log = host.stop().await;
    assert!(
        log.contains("can add \\\"organization.spaces.getSpaces\\\" to `routes` in room-counter.toml"),
        "{log}"
    );

    let grant = "routes = [\"organization.spaces.getSpaces\"]\n";
    std::fs::write(plugins.path().join("room-counter.toml"), grant).unwrap();
    let host = serve().await;
    assert_eq!(tools(&host.url).await, ["hello", "read_spaces"]);
    let answer = post(&host.url, "tools/call", json!({"name": "read_spaces"})).await;
    assert_eq!(answer["result"]["structuredContent"], json!({"status": 200}), "{answer}");
    assert_eq!(sim.requests().len(), 1);
    host.stop().await;
}
