//! From the table to the manifest that the host keeps.

use schemars::Schema;

use super::{PluginInfo, Tool};
use crate::bindings::describe::{Manifest, Tool as ToolRecord};
use crate::bindings::types::Route as RouteRecord;
use crate::route::RouteUse;
use crate::schema;
use crate::xyte_error::STATUS_CODES;

/// # Errors
/// A schema that no client could use, with the tool it belongs to.
pub(super) fn manifest(info: &PluginInfo) -> Result<Manifest, String> {
    Ok(Manifest {
        id: info.id.to_owned(),
        version: info.version.to_owned(),
        title: info.title.to_owned(),
        description: info.description.to_owned(),
        routes: other_routes(info),
        config_schema: info.config_schema.map(config_schema).transpose()?,
        tools: info.tools.iter().map(tool).collect::<Result<_, _>>()?,
        extra: info.extra.map(extra).transpose()?,
    })
}

fn tool(tool: &Tool) -> Result<ToolRecord, String> {
    let named = |reason: &str| format!("tool `{}`: {reason}", tool.name);
    let input = (tool.input_schema)();
    schema::check_input(&input).map_err(named)?;
    let output = (tool.output_schema)();
    output.as_ref().map_or(Ok(()), schema::check_output).map_err(named)?;
    Ok(ToolRecord {
        name: tool.name.to_owned(),
        title: tool.title.map(str::to_owned),
        description: tool.description.to_owned(),
        input_schema: text(&input)?,
        output_schema: output.as_ref().map(text).transpose()?,
        annotations: tool.annotations,
        experimental: tool.experimental,
        task: tool.task,
        timeout_ms: tool.timeout_ms,
        routes: tool.routes.iter().map(route).collect(),
        failure_codes: failure_codes(tool),
        extra: tool.extra.map(extra).transpose().map_err(|reason| named(&reason))?,
    })
}

/// Each route once: it is useless without the route if one of its uses is.
fn other_routes(info: &PluginInfo) -> Vec<RouteRecord> {
    let mut routes: Vec<RouteRecord> = Vec::new();
    for record in info.other_routes().map(route) {
        let is_same = |other: &&mut RouteRecord| {
            (other.scope, other.method, &other.template) == (record.scope, record.method, &record.template)
        };
        match routes.iter_mut().find(is_same) {
            Some(other) => other.required |= record.required,
            None => routes.push(record),
        }
    }
    routes
}

fn config_schema(schema: fn() -> Schema) -> Result<String, String> {
    let schema = schema();
    schema::check_settings(&schema)?;
    text(&schema)
}

/// What the author wrote as JSON, if it is an object.
pub(crate) fn extra(json: &'static str) -> Result<String, String> {
    match serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(json) {
        Ok(_) => Ok(json.to_owned()),
        Err(error) => Err(format!("its `extra` is no JSON object: {error}")),
    }
}

fn text(schema: &Schema) -> Result<String, String> {
    serde_json::to_string(schema.as_value()).map_err(|error| error.to_string())
}

fn route(route_use: &RouteUse) -> RouteRecord {
    RouteRecord {
        scope: route_use.route.scope,
        method: route_use.route.method,
        template: route_use.route.template.to_owned(),
        why: route_use.why().to_owned(),
        required: route_use.required,
    }
}

/// The tool's own, and those that `?` on a request makes of Xyte's statuses.
fn failure_codes(tool: &Tool) -> Vec<String> {
    let of_requests: &[&str] = if tool.routes.is_empty() { &[] } else { &STATUS_CODES };
    tool.failure_codes.iter().chain(of_requests).map(|&code| code.to_owned()).collect()
}
