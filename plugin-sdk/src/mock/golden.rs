//! A plugin's description as one JSON value, for a test that notices when it changes.

use serde_json::{Value, json};

use super::describe;
use crate::Plugin;
use crate::bindings::describe::Tool;
use crate::plugin::PluginInfo;

/// What the plugin says of itself, without its version. What a model reads, and what an operator is asked to grant,
/// should change on purpose only: keep this beside the tests and compare.
///
/// # Panics
/// The plugin cannot be described.
pub fn golden<P: Plugin>() -> Value {
    let manifest = describe::<P>();
    json!({
        "id": manifest.id,
        "title": manifest.title,
        "description": manifest.description,
        "tools": manifest.tools.iter().map(|described| tool(&P::INFO, described)).collect::<Vec<_>>(),
    })
}

fn tool(info: &PluginInfo, tool: &Tool) -> Value {
    let schema = |text: &String| serde_json::from_str::<Value>(text).expect("a schema is JSON");
    let uses = info.tool(&tool.name).map(|tool| tool.routes).unwrap_or_default();
    let routes: Vec<Value> = uses
        .iter()
        .map(|route_use| {
            json!({ "key": route_use.route.key, "why": route_use.why(), "required": route_use.required })
        })
        .collect();
    json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "input_schema": schema(&tool.input_schema),
        "output_schema": tool.output_schema.as_ref().map(schema),
        "read_only": tool.annotations.read_only,
        "destructive": tool.annotations.destructive,
        "idempotent": tool.annotations.idempotent,
        "open_world": tool.annotations.open_world,
        "experimental": tool.experimental,
        "timeout_ms": tool.timeout_ms,
        "routes": routes,
        "failure_codes": tool.failure_codes,
    })
}
