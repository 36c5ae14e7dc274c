//! What there is, as documents.

use std::sync::Arc;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::cursor::Cursor;
use super::problem::{self, Problem};
use crate::plugin::{Page, Plugin, Prompt, Tool};
use crate::tenant::Caller;
use crate::tools::{CallScope, PromptEntry, ResourceEntry, Tools, View};

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

/// One page. The first has everything that every tenant has; each further one is a page of one plugin.
#[derive(Serialize, Default)]
pub(super) struct ResourcesDocument {
    resources: Vec<ResourceItem>,
    templates: Vec<TemplateItem>,
    /// Why a plugin's own list is missing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<Missing>,
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
        let plugins = tools.resource_plugins(caller);
        let Some(cursor) = cursor.map(Cursor::parse).transpose()? else {
            let next = plugins.first().map(beginning);
            let next_cursor = next.and_then(|cursor| cursor.to_text());
            return Ok(ResourcesDocument {
                next_cursor,
                ..ResourcesDocument::known(&tools.resources(caller))
            });
        };
        let place = plugins.iter().position(|plugin| plugin.id() == cursor.plugin);
        // A plugin that was there a moment ago may be gone: then the list goes on with the one behind it.
        let place =
            place.unwrap_or_else(|| plugins.partition_point(|plugin| plugin.id() < cursor.plugin.as_str()));
        let Some(plugin) = plugins.get(place) else { return Ok(ResourcesDocument::default()) };
        let page = cursor.page.filter(|_| plugin.id() == cursor.plugin);
        let behind = plugins.get(place + 1).map(beginning);
        let outcome = tools.list_resources(caller, plugin, page.as_deref(), scope).await;
        match problem::settled(outcome) {
            Ok(page) => Ok(ResourcesDocument::listed(plugin, page, behind)),
            Err(problem) if problem.status() == StatusCode::SERVICE_UNAVAILABLE => Err(problem),
            Err(problem) => Ok(ResourcesDocument {
                missing: Some(Missing {
                    plugin: plugin.id().to_owned(),
                    error: problem.error().to_owned(),
                    detail: problem.detail().to_owned(),
                }),
                next_cursor: behind.and_then(|cursor| cursor.to_text()),
                ..ResourcesDocument::default()
            }),
        }
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

    fn listed(plugin: &Plugin, page: Page, behind: Option<Cursor>) -> ResourcesDocument {
        let items: Vec<Box<RawValue>> = serde_json::from_str(page.resources.as_str()).unwrap_or_default();
        let own = |listed: &Listed| {
            plugin.resources().iter().any(|served| is_of(&listed.uri, served.template.scheme()))
        };
        let resources = items.iter().filter_map(|item| serde_json::from_str::<Listed>(item.get()).ok());
        let next = page.next_cursor.map(|page| Cursor { plugin: plugin.id().to_owned(), page: Some(page) });
        let next = next.and_then(|cursor| cursor.to_text());
        ResourcesDocument {
            // A plugin speaks for its own schemes alone.
            resources: resources.filter(own).map(ResourceItem::from).collect(),
            next_cursor: next.or_else(|| behind?.to_text()),
            ..ResourcesDocument::default()
        }
    }
}

fn beginning(plugin: &Arc<Plugin>) -> Cursor {
    Cursor { plugin: plugin.id().to_owned(), page: None }
}

fn is_of(uri: &str, scheme: &str) -> bool {
    uri.strip_prefix(scheme).is_some_and(|rest| rest.starts_with("://"))
}

impl From<Listed> for ResourceItem {
    fn from(listed: Listed) -> ResourceItem {
        let Listed { uri, name, title, description, mime_type } = listed;
        ResourceItem { uri, about: About { name, title, description, mime_type } }
    }
}
