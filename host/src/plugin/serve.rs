//! The exports that serve callers, each in an instance of its own.

use super::answer::Answer;
use super::bindings::completions::Target as WitTarget;
use super::bindings::prompts::PromptOutcome;
use super::bindings::resources::ReadOutcome;
use super::bindings::types::ToolOutcome;
use super::call::Call;
use super::completion::{self, Completion, Target};
use super::ended::{self, Declined, Ended};
use super::fault::Fault;
use super::loaded::Plugin;
use super::manifest::Tool;
use super::prompt::{self, Messages, Prompt};
use super::resource::{self, Contents, Page, Served};
use crate::json::Json;

/// Whoever awaits one of these ends it in time: the future gives way while the guest computes, and dropping it ends
/// guest and request alike.
impl Plugin {
    /// Runs one tool.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn call(&self, tool: &Tool, arguments: &Json, call: Call) -> Result<Ended<Answer>, Fault> {
        let mut run = self.begin(&tool.name, &tool.grant, call);
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = self.exports().tools.load(&mut run.store, &instance)?;
            guest.call_call_tool(&mut run.store, &tool.name, &arguments.as_str().to_owned()).await
        };
        let outcome = outcome.await;
        let wrote = run.outbound.wrote();
        match run.judge(outcome)? {
            Ok(ToolOutcome::Complete(result)) => Answer::check(result).map(Ended::Done),
            Ok(ToolOutcome::NeedsInput(needs)) => ended::asked(needs, self.title(), wrote),
            Ok(ToolOutcome::Other(_)) => Err(ended::unknown()),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }

    /// The resource or template of this plugin that a URI is one of, with the values of its variables.
    pub fn resource(&self, uri: &str) -> Option<(&Served, Vec<(String, String)>)> {
        self.resources().iter().find_map(|served| served.template.values(uri).map(|values| (served, values)))
    }

    /// Reads a resource that [`Plugin::resource`] found.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn read(
        &self,
        served: &Served,
        uri: &str,
        values: &[(String, String)],
        call: Call,
    ) -> Result<Ended<Contents>, Fault> {
        let Some(exports) = &self.exports().resources else { return Err(Fault::Host) };
        let mut run = self.begin(&served.name, self.grant(), call);
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = exports.load(&mut run.store, &instance)?;
            guest.call_read_resource(&mut run.store, uri, served.template.as_str(), values).await
        };
        let outcome = outcome.await;
        let wrote = run.outbound.wrote();
        match run.judge(outcome)? {
            Ok(ReadOutcome::Complete(contents)) => {
                resource::check_contents(contents).map(Ended::Done).map_err(Fault::InvalidAnswer)
            }
            Ok(ReadOutcome::NeedsInput(needs)) => ended::asked(needs, self.title(), wrote),
            Ok(ReadOutcome::Other(_)) => Err(ended::unknown()),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }

    /// Whether it can be asked for resources that exist for one tenant alone.
    pub fn lists_resources(&self) -> bool {
        self.exports().resources.is_some()
    }

    /// Lists what exists for the caller's tenant beyond what every tenant has.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn list_resources(&self, cursor: Option<&str>, call: Call) -> Result<Ended<Page>, Fault> {
        let Some(exports) = &self.exports().resources else { return Err(Fault::Host) };
        let mut run = self.begin("list-resources", self.grant(), call);
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = exports.load(&mut run.store, &instance)?;
            guest.call_list_resources(&mut run.store, cursor).await
        };
        let outcome = outcome.await;
        match run.judge(outcome)? {
            Ok(page) => resource::check_page(page).map(Ended::Done).map_err(Fault::InvalidAnswer),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }

    /// Gets a prompt.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn prompt(
        &self,
        prompt: &Prompt,
        arguments: &[(String, String)],
        call: Call,
    ) -> Result<Ended<Messages>, Fault> {
        let Some(exports) = &self.exports().prompts else { return Err(Fault::Host) };
        let mut run = self.begin(&prompt.name, self.grant(), call);
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = exports.load(&mut run.store, &instance)?;
            guest.call_get_prompt(&mut run.store, &prompt.name, arguments).await
        };
        let outcome = outcome.await;
        let wrote = run.outbound.wrote();
        match run.judge(outcome)? {
            Ok(PromptOutcome::Complete(messages)) => {
                prompt::check_messages(messages).map(Ended::Done).map_err(Fault::InvalidAnswer)
            }
            Ok(PromptOutcome::NeedsInput(needs)) => ended::asked(needs, self.title(), wrote),
            Ok(PromptOutcome::Other(_)) => Err(ended::unknown()),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }

    /// Whether it completes anything.
    pub fn completes(&self) -> bool {
        self.exports().completions.is_some()
    }

    /// Asks for suggestions. `context` holds the arguments already chosen.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn complete(
        &self,
        target: &Target,
        argument: &str,
        value: &str,
        context: &[(String, String)],
        call: Call,
    ) -> Result<Ended<Completion>, Fault> {
        let Some(exports) = &self.exports().completions else { return Err(Fault::Host) };
        let mut run = self.begin("complete", self.grant(), call);
        let target = match target {
            Target::Prompt(name) => WitTarget::Prompt(name.clone()),
            Target::ResourceTemplate(template) => WitTarget::ResourceTemplate(template.clone()),
        };
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = exports.load(&mut run.store, &instance)?;
            guest.call_complete(&mut run.store, &target, argument, value, context).await
        };
        let outcome = outcome.await;
        match run.judge(outcome)? {
            Ok(completion) => Ok(Ended::Done(completion::within_limits(completion))),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }
}
