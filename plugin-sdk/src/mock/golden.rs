//! A plugin's description as one JSON value, for a test that notices when it changes.

use serde_json::{Value, json};

use super::describe;
use crate::Plugin;
use crate::bindings::describe::{TaskSupport, Tool};
use crate::completion::{Completed, Completer};
use crate::plugin::PluginInfo;
use crate::prompt::{Argument, Prompt};
use crate::resource::Resource;
use crate::route::RouteUse;

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
    add(&mut golden, "config_schema", manifest.config_schema.as_deref().map(json_of));
    add(&mut golden, "extra", manifest.extra.as_deref().map(json_of));
    add(&mut golden, "resources", list(P::INFO.resources, resource));
    add(&mut golden, "resource_list", P::INFO.resource_list.as_ref().map(|list| routes(list.routes)));
    add(&mut golden, "prompts", list(P::INFO.prompts, prompt));
    add(&mut golden, "completions", list(P::INFO.completers, completer));
    golden
}

fn tool(info: &PluginInfo, tool: &Tool) -> Value {
    let uses = info.tool(&tool.name).map(|tool| tool.routes).unwrap_or_default();
    let mut golden = json!({
        "name": tool.name,
        "title": tool.title,
        "description": tool.description,
        "input_schema": json_of(&tool.input_schema),
        "output_schema": tool.output_schema.as_deref().map(json_of),
        "read_only": tool.annotations.read_only,
        "destructive": tool.annotations.destructive,
        "idempotent": tool.annotations.idempotent,
        "open_world": tool.annotations.open_world,
        "experimental": tool.experimental,
        "timeout_ms": tool.timeout_ms,
        "routes": routes(uses),
        "failure_codes": tool.failure_codes,
    });
    let task = match tool.task {
        TaskSupport::Never => None,
        TaskSupport::Optional => Some(json!("optional")),
        TaskSupport::Required => Some(json!("required")),
    };
    add(&mut golden, "task", task);
    add(&mut golden, "extra", tool.extra.as_deref().map(json_of));
    golden
}

fn resource(resource: &Resource) -> Value {
    json!({
        "template": resource.template,
        "name": resource.name,
        "title": resource.title,
        "description": resource.description,
        "mime": resource.mime,
        "extra": resource.extra,
        "routes": routes(resource.routes),
    })
}

fn prompt(prompt: &Prompt) -> Value {
    let argument = |argument: &Argument| json!({ "name": argument.name, "description": argument.description, "required": argument.required });
    json!({
        "name": prompt.name,
        "title": prompt.title,
        "description": prompt.description,
        "arguments": prompt.arguments.iter().map(argument).collect::<Vec<_>>(),
        "extra": prompt.extra,
        "routes": routes(prompt.routes),
    })
}

fn completer(completer: &Completer) -> Value {
    let (kind, of) = match completer.of {
        Completed::Prompt(name) => ("prompt", name),
        Completed::Resource(template) => ("resource", template),
    };
    json!({ kind: of, "argument": completer.argument, "routes": routes(completer.routes) })
}

fn routes(uses: &[RouteUse]) -> Value {
    let route = |route_use: &RouteUse| json!({ "key": route_use.route.key, "why": route_use.why(), "required": route_use.required });
    uses.iter().map(route).collect()
}

fn list<T>(entries: &[T], golden: fn(&T) -> Value) -> Option<Value> {
    (!entries.is_empty()).then(|| entries.iter().map(golden).collect())
}

/// What a plugin does without is not there, so that a new field of the contract changes no description.
fn add(golden: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        golden[name] = value;
    }
}

fn json_of(text: &str) -> Value {
    serde_json::from_str(text).expect("the plugin describes itself in JSON")
}
