//! From the table to the manifest that the host keeps.

use schemars::Schema;

use super::{PluginInfo, Tool};
use crate::bindings::describe::{Manifest, TaskSupport, Tool as ToolRecord};
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
        routes: Vec::new(),
        config_schema: None,
        tools: info.tools.iter().map(tool).collect::<Result<_, _>>()?,
        extra: None,
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
        task: TaskSupport::Never,
        timeout_ms: tool.timeout_ms,
        routes: tool.routes.iter().map(route).collect(),
        failure_codes: failure_codes(tool),
        extra: None,
    })
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
