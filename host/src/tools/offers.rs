//! What plugins offer besides tools: resources, prompts and suggestions.

use std::sync::Arc;

use super::call::Tools;
use super::catalog::{Catalog, PromptEntry, ResourceEntry};
use super::outcome::{Outcome, Refusal, Unknown};
use super::run::Job;
use super::scope::CallScope;
use crate::plugin::{Completion, Digest, Messages, Plugin, ResourceContents, TOOL_TIMEOUT, Target};
use crate::tenant::Caller;

pub(super) const NO_TOOL: Unknown = Unknown("tool of that name");
const NO_RESOURCE: Unknown = Unknown("resource of that URI");
const NO_PROMPT: Unknown = Unknown("prompt of that name");

impl Tools {
    pub(super) fn catalog(&self) -> Arc<Catalog> {
        self.snapshot.load().catalog.clone()
    }

    /// The resources and templates that exist for every tenant, sorted by URI.
    pub fn resources(&self, _caller: &Caller) -> Vec<ResourceEntry> {
        self.catalog().resources().cloned().collect()
    }

    /// The prompts, sorted by name.
    pub fn prompts(&self, _caller: &Caller) -> Vec<PromptEntry> {
        self.catalog().prompts().cloned().collect()
    }

    /// Whether a URI is one that a plugin serves.
    pub fn serves(&self, uri: &str) -> bool {
        self.catalog().find_resource(uri).is_some()
    }

    /// The version of the plugin that serves a tool.
    ///
    /// # Errors
    /// There is no such tool.
    pub fn digest_of_tool(&self, name: &str) -> Result<Digest, Unknown> {
        let catalog = self.catalog();
        catalog.find(name).map(|entry| entry.plugin().digest()).ok_or(NO_TOOL)
    }

    /// The version of the plugin that serves a resource.
    ///
    /// # Errors
    /// No plugin serves this URI.
    pub fn digest_of_resource(&self, uri: &str) -> Result<Digest, Unknown> {
        let catalog = self.catalog();
        catalog.find_resource(uri).map(|(entry, _)| entry.plugin().digest()).ok_or(NO_RESOURCE)
    }

    /// The version of the plugin that serves a prompt.
    ///
    /// # Errors
    /// There is no such prompt.
    pub fn digest_of_prompt(&self, name: &str) -> Result<Digest, Unknown> {
        let catalog = self.catalog();
        catalog.find_prompt(name).map(|entry| entry.plugin().digest()).ok_or(NO_PROMPT)
    }

    /// Reads a resource for a caller.
    ///
    /// # Errors
    /// No plugin serves this URI.
    pub async fn read(
        &self,
        caller: &Caller,
        uri: &str,
        scope: CallScope,
    ) -> Result<Outcome<ResourceContents>, Unknown> {
        let catalog = self.catalog();
        let (entry, values) = catalog.find_resource(uri).ok_or(NO_RESOURCE)?;
        let (plugin, served) = (entry.plugin(), entry.served());
        let job = Job { kind: "resource", name: served.template.as_str(), plugin, timeout: TOOL_TIMEOUT };
        let serve = |running| plugin.read(served, uri, &values, running);
        Ok(self.run(job, caller, scope, Ok(()), || Ok(()), serve).await)
    }

    /// Gets a prompt for a caller.
    ///
    /// # Errors
    /// There is no such prompt.
    pub async fn prompt(
        &self,
        caller: &Caller,
        name: &str,
        arguments: &[(String, String)],
        scope: CallScope,
    ) -> Result<Outcome<Messages>, Unknown> {
        let catalog = self.catalog();
        let entry = catalog.find_prompt(name).ok_or(NO_PROMPT)?;
        let (plugin, prompt) = (entry.plugin(), entry.prompt());
        let job = Job { kind: "prompt", name: &prompt.name, plugin, timeout: TOOL_TIMEOUT };
        let check = || prompt.check_arguments(arguments).map_err(Refusal::InvalidPromptArguments);
        let serve = |running| plugin.prompt(prompt, arguments, running);
        Ok(self.run(job, caller, scope, Ok(()), check, serve).await)
    }

    /// Asks for suggestions for an argument of a prompt, or a variable of a template. `context` holds what was chosen
    /// already.
    ///
    /// # Errors
    /// There is no such prompt or template, or it has no such argument.
    pub async fn complete(
        &self,
        caller: &Caller,
        target: &Target,
        argument: &str,
        value: &str,
        context: &[(String, String)],
        scope: CallScope,
    ) -> Result<Outcome<Completion>, Unknown> {
        let catalog = self.catalog();
        let plugin = completed(&catalog, target, argument)?;
        if !plugin.completes() {
            return Ok(Outcome::Answered(Completion { values: Vec::new(), total: Some(0), has_more: false }));
        }
        let job = Job { kind: "completion", name: argument, plugin, timeout: TOOL_TIMEOUT };
        let serve = |running| plugin.complete(target, argument, value, context, running);
        Ok(self.run(job, caller, scope, Ok(()), || Ok(()), serve).await)
    }
}

/// Whose argument it is.
fn completed<'a>(catalog: &'a Catalog, target: &Target, argument: &str) -> Result<&'a Plugin, Unknown> {
    match target {
        Target::Prompt(name) => {
            let entry = catalog.find_prompt(name).ok_or(NO_PROMPT)?;
            let known = entry.prompt().arguments.iter().any(|known| known.name == argument);
            if known { Ok(entry.plugin()) } else { Err(Unknown("argument of that name")) }
        }
        Target::ResourceTemplate(template) => {
            let entry = catalog.find_template(template).ok_or(Unknown("resource template written so"))?;
            let known = entry.served().template.variables().any(|known| known == argument);
            if known { Ok(entry.plugin()) } else { Err(Unknown("variable of that name")) }
        }
    }
}
