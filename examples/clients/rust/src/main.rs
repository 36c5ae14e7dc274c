//! A small MCP client: lists the tools of a host, counts the devices, reads one, claims another and finds it again.
//!
//! ```text
//! XYTE_API_KEY=... example-client http://127.0.0.1:8080/mcp
//! ```
//!
//! The key is only needed where the host has none of its own. It changes the fleet: point it at a host in front of
//! the simulated hub.

use anyhow::{Context, bail};
use rmcp::model::CallToolRequestParams;
use rmcp::service::{Peer, RoleClient};
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rmcp::{ClientHandler, ServiceExt};
use serde_json::{Value, json};

/// What the client answers to a server that asks: nothing beyond the defaults.
struct Client;

impl ClientHandler for Client {}

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it is what the example is for")]
async fn main() -> anyhow::Result<()> {
    let url =
        std::env::args().nth(1).context("usage: example-client URL, such as http://127.0.0.1:8080/mcp")?;
    let client = Client.serve(transport(&url)?).await.context("the host does not answer as an MCP server")?;
    let tools = client.list_all_tools().await?;
    println!("{} tools at {url}:", tools.len());
    for tool in &tools {
        let description = tool.description.as_deref().unwrap_or_default();
        println!("  {:<24} {}", tool.name, description.lines().next().unwrap_or_default());
    }

    let list = call(&client, "list_devices", json!({"limit": 1})).await?;
    println!("\nlist_devices counted {} devices (complete: {})", grouped(&list["scanned"]), list["complete"]);

    let first = &list["devices"][0]["id"];
    let device = &call(&client, "get_device", json!({"device_id": first})).await?["device"];
    println!(
        "get_device read {}: {}, status {}, in {}",
        first, device["name"], device["status"], device["space"]["full_path"]
    );

    let space = &device["space"]["id"];
    let name = "Demo Panel";
    let cloud_id = format!("demo-{}", std::process::id());
    let claim = json!({"name": name, "space_id": space, "cloud_id": cloud_id});
    let claimed = &call(&client, "claim_device", claim).await?["device"]["id"];
    println!("claim_device claimed {claimed} into the same space");

    let list = call(&client, "list_devices", json!({"name": name, "limit": 1000})).await?;
    let devices = list["devices"].as_array().context("list_devices listed nothing")?;
    if !devices.iter().any(|device| device["id"] == *claimed) {
        bail!("the claimed device is not in the list");
    }
    println!("list_devices counts {} devices, and the claimed one is among them", grouped(&list["scanned"]));
    client.cancel().await?;
    Ok(())
}

/// A whole number as people write it: 1,250.
fn grouped(number: &Value) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// HTTP, with the key in a header if there is one.
fn transport(url: &str) -> anyhow::Result<StreamableHttpClientTransport<reqwest::Client>> {
    // No proxy: the host is on this machine.
    let http = reqwest::Client::builder().no_proxy().build()?;
    let mut config = StreamableHttpClientTransportConfig::with_uri(url);
    #[expect(clippy::disallowed_methods, reason = "an example's own argument, and no setting of the host")]
    if let Ok(key) = std::env::var("XYTE_API_KEY") {
        config = config.auth_header(key);
    }
    Ok(StreamableHttpClientTransport::with_client(http, config))
}

/// Calls a tool and returns its structured content. A tool that failed is an error with the tool's own words.
async fn call(client: &Peer<RoleClient>, tool: &'static str, arguments: Value) -> anyhow::Result<Value> {
    let arguments = arguments.as_object().cloned().unwrap_or_default();
    let result = client.call_tool(CallToolRequestParams::new(tool).with_arguments(arguments)).await?;
    if result.is_error == Some(true) {
        let text = result.content.first().and_then(|block| block.as_text()).map(|text| text.text.clone());
        bail!("{tool} failed: {}", text.unwrap_or_default());
    }
    result.structured_content.with_context(|| format!("{tool} answered without structured content"))
}
