//! What lists show.

use std::sync::Arc;

use rmcp::model::{
    Prompt as McpPrompt, PromptArgument as McpPromptArgument, Resource as McpResource, ResourceTemplate,
    Tool as McpTool, ToolAnnotations,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json::Json;
use crate::plugin::{Prompt, Served, Tool};

/// Members that a plugin may add to what lists show. Everything else is the contract's, or the host's to say.
const EXTRA: [&str; 4] = ["icons", "annotations", "size", "_meta"];
/// A tool's annotations are part of the contract: one of them is enforced.
const EXTRA_OF_TOOLS: [&str; 2] = ["icons", "_meta"];

/// A tool as lists show it.
pub(in crate::mcp) fn tool(tool: &Tool) -> McpTool {
    let description = tool.description.clone();
    let mut shown = McpTool::new(tool.name.clone(), description, Arc::new(tool.input.as_object().clone()));
    if let Some(title) = &tool.title {
        shown = shown.with_title(title);
    }
    if let Some(output) = &tool.output {
        shown = shown.with_raw_output_schema(Arc::new(output.as_object().clone()));
    }
    let hints = ToolAnnotations::new()
        .read_only(tool.annotations.read_only)
        .destructive(tool.annotations.destructive)
        .idempotent(tool.annotations.idempotent)
        .open_world(tool.annotations.open_world);
    with_extra(shown.with_annotations(hints), tool.extra.as_ref(), &EXTRA_OF_TOOLS)
}

/// A prompt as lists show it.
pub(in crate::mcp) fn prompt(prompt: &Prompt) -> McpPrompt {
    let arguments = prompt.arguments.iter().map(|argument| {
        let mut shown = McpPromptArgument::new(&argument.name).with_required(argument.required);
        (shown.title, shown.description) = (argument.title.clone(), argument.description.clone());
        shown
    });
    let arguments: Vec<McpPromptArgument> = arguments.collect();
    let arguments = (!arguments.is_empty()).then_some(arguments);
    let mut shown = McpPrompt::new(&prompt.name, prompt.description.clone(), arguments);
    shown.title.clone_from(&prompt.title);
    with_extra(shown, prompt.extra.as_ref(), &EXTRA)
}

/// A resource as lists show it. None: it is a template of many.
pub(in crate::mcp) fn resource(served: &Served) -> Option<McpResource> {
    if served.template.variables().next().is_some() {
        return None;
    }
    let mut shown = McpResource::new(served.template.as_str(), &served.name);
    shown.title.clone_from(&served.title);
    shown.description.clone_from(&served.description);
    shown.mime_type.clone_from(&served.mime_type);
    Some(with_extra(shown, served.extra.as_ref(), &EXTRA))
}

/// A template as lists show it. None: it is one resource.
pub(in crate::mcp) fn template(served: &Served) -> Option<ResourceTemplate> {
    served.template.variables().next()?;
    let mut shown = ResourceTemplate::new(served.template.as_str(), &served.name);
    shown.title.clone_from(&served.title);
    shown.description.clone_from(&served.description);
    shown.mime_type.clone_from(&served.mime_type);
    Some(with_extra(shown, served.extra.as_ref(), &EXTRA))
}

/// A resource as a plugin lists it. None: it is none.
pub(in crate::mcp) fn listed_resource(mut item: Value) -> Option<McpResource> {
    if let Some(icons) = item.get_mut("icons") {
        keep_harmless(icons);
    }
    serde_json::from_value(item).ok()
}

/// Adds a plugin's further members, as far as the protocol has them; without them otherwise.
fn with_extra<T: Serialize + DeserializeOwned>(shown: T, extra: Option<&Json>, allowed: &[&str]) -> T {
    let Some(Value::Object(extra)) = extra.map(Json::to_value) else { return shown };
    let Ok(Value::Object(mut whole)) = serde_json::to_value(&shown) else { return shown };
    for (name, mut value) in extra {
        if name == "icons" {
            keep_harmless(&mut value);
        }
        if allowed.contains(&name.as_str()) {
            whole.insert(name, value);
        }
    }
    match serde_json::from_value(Value::Object(whole)) {
        Ok(whole) => whole,
        Err(error) => {
            tracing::warn!(%error, "what a plugin adds to a list is not of the protocol's form; it was left out");
            shown
        }
    }
}

/// Icons are pictures: a client that opens their addresses must not be led to anything that runs.
pub(super) fn keep_harmless(icons: &mut Value) {
    let harmless = |icon: &Value| {
        let source = icon.get("src").and_then(Value::as_str).unwrap_or_default();
        // A drawing as text may hold scripts.
        let drawing = source.starts_with("data:image/svg");
        source.starts_with("https://") || (source.starts_with("data:image/") && !drawing)
    };
    if let Value::Array(icons) = icons {
        icons.retain(harmless);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plugin_adds_pictures_and_meta_and_nothing_else() {
        let extra = json!({
            "icons": [{"src": "https://x.example/i.png"}, {"src": "javascript:alert(1)"}, {"src": "data:image/png;base64,AA"},
                {"src": "data:image/svg+xml,x"}],
            "_meta": {"a": 1},
            "name": "another",
            "annotations": {"priority": 1.0},
        });
        let extra = Json::parse(&extra.to_string(), 10_000).unwrap();
        let shown = with_extra(McpResource::new("a://b", "b"), Some(&extra), &EXTRA);
        assert_eq!((shown.name.as_str(), shown.icons.as_ref().unwrap().len()), ("b", 2));
        assert!(shown.meta.is_some() && shown.annotations.is_some());
        let shown = with_extra(McpResource::new("a://b", "b"), Some(&extra), &EXTRA_OF_TOOLS);
        assert!(shown.annotations.is_none());
        let odd = Json::parse(r#"{"size":"large"}"#, 100).unwrap();
        assert_eq!(with_extra(McpResource::new("a://b", "b"), Some(&odd), &EXTRA).size, None);
    }
}
