//! A plugin's description as one JSON value, for a test that notices when it changes.

use serde_json::{Value, json};

use super::describe;
use crate::Plugin;
use crate::bindings::describe::{TaskSupport, Tool};
use crate::plugin::PluginInfo;

/// What the plugin says of itself, without its version. What a model reads, and what an operator is asked to grant,
/// should change on purpose only: keep this beside the tests and compare.
///
/// # Panics
/// The plugin cannot be described.
pub fn golden<P: Plugin>() -> Value {
    let manifest = describe::<P>();
    let mut golden = json!({
        "id": manifest.id,
        "title": manifest.title,
        "description": manifest.description,
        "tools": manifest.tools.iter().map(|described| tool(&P::INFO, described)).collect::<Vec<_>>(),
    });
    add(&mut golden, "config_schema", manifest.config_schema.as_ref().map(json_of));
    add(&mut golden, "extra", manifest.extra.as_ref().map(json_of));
    golden
}

fn tool(info: &PluginInfo, tool: &Tool) -> Value {
    let uses = info.tool(&tool.name).map(|tool| tool.routes).unwrap_or_default();
    let routes: Vec<Value> = uses
        .iter()
        .map(|route_use| {
            json!({ "key": route_use.route.key, "why": route_use.why(), "required": route_use.required })
        })
        .collect();
    let mut golden = json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "input_schema": json_of(&tool.input_schema),
        "output_schema": tool.output_schema.as_ref().map(json_of),
        "read_only": tool.annotations.read_only,
        "destructive": tool.annotations.destructive,
        "idempotent": tool.annotations.idempotent,
        "open_world": tool.annotations.open_world,
        "experimental": tool.experimental,
        "timeout_ms": tool.timeout_ms,
        "routes": routes,
        "failure_codes": tool.failure_codes,
    });
    let task = match tool.task {
        TaskSupport::Never => None,
        TaskSupport::Optional => Some(json!("optional")),
        TaskSupport::Required => Some(json!("required")),
    };
    add(&mut golden, "task", task);
    add(&mut golden, "extra", tool.extra.as_ref().map(json_of));
    golden
}

/// What a plugin does without is not there, so that a new field of the contract changes no description.
fn add(golden: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        golden[name] = value;
    }
}

fn json_of(text: &String) -> Value {
    serde_json::from_str(text).expect("the plugin describes itself in JSON")
}
