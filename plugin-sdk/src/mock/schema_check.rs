//! Arguments and answers held against the tool's schemas, as the host and clients do.

use schemars::Schema;
use serde_json::Value;

use super::outcome::Outcome;
use crate::Plugin;
use crate::bindings::types::{CallError, ToolOutcome};
use crate::plugin::PluginInfo;

pub(super) fn settings(info: &PluginInfo, settings: &Value) {
    let Some(schema) = info.config_schema else { return };
    if let Some(misfit) = misfit(&schema(), settings) {
        panic!("the settings do not fit their schema, and the host would not load the plugin: {misfit}");
    }
}

pub(super) fn arguments<P: Plugin>(tool: &str, arguments: &Value) -> Result<(), CallError> {
    let Some(tool) = P::INFO.tool(tool) else { return Ok(()) };
    misfit(&(tool.input_schema)(), arguments).map_or(Ok(()), |misfit| Err(CallError::InvalidParams(misfit)))
}

pub(super) fn answer<P: Plugin>(tool: &str, outcome: &Outcome) {
    let schema = P::INFO.tool(tool).and_then(|tool| (tool.output_schema)());
    let Ok(ToolOutcome::Complete(result)) = outcome.raw() else { return };
    let (Some(schema), Some(structured)) = (schema, &result.structured) else { return };
    let value = serde_json::from_str(structured).expect("a structured answer is JSON");
    if let Some(misfit) = misfit(&schema, &value) {
        panic!("`{tool}` answered what its output schema does not allow: {misfit}\n{structured}");
    }
}

fn misfit(schema: &Schema, value: &Value) -> Option<String> {
    let validator = jsonschema::validator_for(schema.as_value()).expect("the schema is one");
    let error = validator.iter_errors(value).next()?;
    Some(format!("{error} at `{}`", error.instance_path()))
}
