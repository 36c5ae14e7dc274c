//! What `#[plugin]` writes: a table of tools, from which a plugin is described and called.

mod describe;
mod dispatch;

use schemars::Schema;

use crate::Cx;
use crate::bindings::describe::{Guest as DescribeGuest, Manifest};
use crate::bindings::tools::Guest as ToolsGuest;
use crate::bindings::types::{CallError, ToolOutcome};
use crate::completion::Completer;
use crate::prompt::Prompt;
use crate::resource::{Resource, ResourceList};
use crate::route::RouteUse;

pub use crate::answer::ToolReturn;
pub use crate::bindings::describe::{Annotations, TaskSupport};
pub(crate) use describe::extra;
pub use dispatch::{run, run_without_arguments};

/// A plugin. Implemented by [`#[plugin]`](macro@crate::plugin), which also exports it.
pub trait Plugin {
    /// What it is, and its tools.
    const INFO: PluginInfo;
}

/// What a plugin is.
#[derive(Debug, Clone, Copy)]
pub struct PluginInfo {
    /// Its id: the name of its file and of its grant file.
    pub id: &'static str,
    /// Its crate's version.
    pub version: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The schema of its settings, if it has any.
    pub config_schema: Option<fn() -> Schema>,
    /// Further facts for the operator, as one JSON object.
    pub extra: Option<&'static str>,
    /// Its tools, in the order of the source.
    pub tools: &'static [Tool],
    /// Its resources.
    pub resources: &'static [Resource],
    /// What lists further resources.
    pub resource_list: Option<ResourceList>,
    /// Its prompts.
    pub prompts: &'static [Prompt],
    /// What suggests values for their arguments.
    pub completers: &'static [Completer],
}

/// One tool.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// What clients call it.
    pub name: &'static str,
    /// Its name for people.
    pub title: Option<&'static str>,
    /// What it does, for the model.
    pub description: &'static str,
    /// What it promises; `read_only` is enforced.
    pub annotations: Annotations,
    /// Hidden unless the operator wants experiments.
    pub experimental: bool,
    /// Whether a call may become a background task.
    pub task: TaskSupport,
    /// The time it asks for.
    pub timeout_ms: Option<u32>,
    /// What it sends.
    pub routes: &'static [RouteUse],
    /// The failure codes of its own.
    pub failure_codes: &'static [&'static str],
    /// Further fields of MCP, as one JSON object.
    pub extra: Option<&'static str>,
    /// The schema of its arguments.
    pub input_schema: fn() -> Schema,
    /// The schema of its structured answer, if it has one.
    pub output_schema: fn() -> Option<Schema>,
    /// Runs it on arguments that the host has checked.
    pub run: fn(&Cx, &str) -> Result<ToolOutcome, CallError>,
}

impl PluginInfo {
    /// The tool of that name.
    pub fn tool(&self, name: &str) -> Option<&'static Tool> {
        self.tools.iter().find(|tool| tool.name == name)
    }

    /// What everything but the tools sends.
    pub(crate) fn other_routes(&self) -> impl Iterator<Item = &'static RouteUse> {
        let resources = self.resources.iter().flat_map(|resource| resource.routes);
        let list = self.resource_list.iter().flat_map(|list| list.routes);
        let prompts = self.prompts.iter().flat_map(|prompt| prompt.routes);
        let completers = self.completers.iter().flat_map(|completer| completer.routes);
        resources.chain(list).chain(prompts).chain(completers)
    }
}

impl<P: Plugin> DescribeGuest for P {
    fn describe() -> Result<Manifest, String> {
        describe::manifest(&P::INFO)
    }
}

impl<P: Plugin> ToolsGuest for P {
    fn call_tool(name: String, arguments: String) -> Result<ToolOutcome, CallError> {
        dispatch::call(&P::INFO, &name, &arguments)
    }
}
