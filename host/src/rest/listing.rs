//! What there is, as documents.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::problem::{self, Problem};
use crate::plugin::{Page, Plugin, Prompt, Tool};
use crate::tenant::Caller;
use crate::tools::{CallScope, Place, PromptEntry, ResourceEntry, ResourcePage, Tools, View};

#[derive(Serialize)]
pub(super) struct ToolsDocument<'a> {
    tools: Vec<ToolItem<'a>>,
}

#[derive(Serialize)]
struct ToolItem<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    description: &'a str,
    input_schema: &'a Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_schema: Option<&'a Map<String, Value>>,
    annotations: Annotations,
}

#[derive(Serialize)]
struct Annotations {
    read_only: bool,
    destructive: bool,
    idempotent: bool,
    open_world: bool,
}

#[derive(Serialize)]
pub(super) struct PromptsDocument<'a> {
    prompts: Vec<PromptItem<'a>>,
}

#[derive(Serialize)]
struct PromptItem<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    arguments: Vec<ArgumentItem<'a>>,
}

#[derive(Serialize)]
struct ArgumentItem<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    required: bool,
}

/// One page. The first has everything that every tenant has; what plugins list for one tenant follows.
#[derive(Serialize, Default)]
pub(super) struct ResourcesDocument {
    resources: Vec<ResourceItem>,
    templates: Vec<TemplateItem>,
    /// Whose own list is missing here, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Missing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct ResourceItem {
    uri: String,
    #[serde(flatten)]
    about: About,
}

#[derive(Serialize)]
struct TemplateItem {
    uri_template: String,
    #[serde(flatten)]
    about: About,
}

#[derive(Serialize)]
struct About {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<String>,
}

#[derive(Serialize)]
struct Missing {
    plugin: String,
    error: String,
    detail: String,
}

/// A resource as a plugin lists it, in MCP's words.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    uri: String,
    name: String,
    title: Option<String>,
    description: Option<String>,
    mime_type: Option<String>,
}

impl<'a> ToolsDocument<'a> {
    pub(super) fn of(view: &'a View) -> ToolsDocument<'a> {
        ToolsDocument { tools: view.entries().iter().map(|entry| ToolItem::of(entry.tool())).collect() }
    }
}

impl<'a> ToolItem<'a> {
    fn of(tool: &'a Tool) -> ToolItem<'a> {
        let hints = tool.annotations;
        ToolItem {
            name: &tool.name,
            title: tool.title.as_deref(),
            description: &tool.description,
            input_schema: tool.input.as_object(),
            output_schema: tool.output.as_ref().map(|schema| schema.as_object()),
            annotations: Annotations {
                read_only: hints.read_only,
                destructive: hints.destructive,
                idempotent: hints.idempotent,
                open_world: hints.open_world,
            },
        }
    }
}

impl<'a> PromptsDocument<'a> {
    pub(super) fn of(prompts: &'a [PromptEntry]) -> PromptsDocument<'a> {
        PromptsDocument { prompts: prompts.iter().map(|entry| PromptItem::of(entry.prompt())).collect() }
    }
}

impl<'a> PromptItem<'a> {
    fn of(prompt: &'a Prompt) -> PromptItem<'a> {
        let arguments = prompt.arguments.iter().map(|argument| ArgumentItem {
            name: &argument.name,
            title: argument.title.as_deref(),
            description: argument.description.as_deref(),
            required: argument.required,
        });
        PromptItem {
            name: &prompt.name,
            title: prompt.title.as_deref(),
            description: prompt.description.as_deref(),
            arguments: arguments.collect(),
        }
    }
}

impl ResourcesDocument {
    /// # Errors
    /// The cursor is none of ours, or nothing can run now. A plugin that fails to list is a line in the document, so
    /// that the others are still found.
    pub(super) async fn page(
        tools: &Tools,
        caller: &Caller,
        cursor: Option<&str>,
        scope: CallScope,
    ) -> Result<ResourcesDocument, Problem> {
        let invalid =
            || Problem::malformed("invalid_cursor", "this cursor is none that /v1/resources returned");
        let from = cursor.map(|cursor| Place::parse(cursor).ok_or_else(invalid)).transpose()?;
        let ResourcePage { known, listed, next } = tools.resource_page(caller, from.as_ref(), &scope).await;
        let mut document = ResourcesDocument::known(&known);
        for (plugin, outcome) in listed {
            match problem::settled(outcome) {
                Ok(page) => document.add(&plugin, &page),
                Err(problem) if problem.status() == StatusCode::SERVICE_UNAVAILABLE => return Err(problem),
                Err(problem) => document.missing.push(Missing {
                    plugin: plugin.id().to_owned(),
                    error: problem.error().to_owned(),
                    detail: problem.detail().to_owned(),
                }),
            }
        }
        document.next_cursor = next.map(|place| place.to_text());
        Ok(document)
    }

    fn known(entries: &[ResourceEntry]) -> ResourcesDocument {
        let mut document = ResourcesDocument::default();
        for entry in entries {
            let served = entry.served();
            let about = About {
                name: served.name.clone(),
                title: served.title.clone(),
                description: served.description.clone(),
                mime_type: served.mime_type.clone(),
            };
            let text = served.template.as_str().to_owned();
            if served.template.variables().next().is_none() {
                document.resources.push(ResourceItem { uri: text, about });
            } else {
                document.templates.push(TemplateItem { uri_template: text, about });
            }
        }
        document
    }

    fn add(&mut self, plugin: &Plugin, page: &Page) {
        let items: Vec<Box<RawValue>> = serde_json::from_str(page.resources.as_str()).unwrap_or_default();
        let listed = items.iter().filter_map(|item| serde_json::from_str::<Listed>(item.get()).ok());
        // What a plugin lists and does not serve could not be read.
        let own = listed.filter(|listed| plugin.resource(&listed.uri).is_some());
        self.resources.extend(own.map(ResourceItem::from));
    }
}

impl From<Listed> for ResourceItem {
    fn from(listed: Listed) -> ResourceItem {
        let Listed { uri, name, title, description, mime_type } = listed;
        ResourceItem { uri, about: About { name, title, description, mime_type } }
    }
}
