//! Suggestions for arguments.

use super::bindings::completions as wit;
use super::call::Call;
use super::ended::{Declined, Ended};
use super::fault::Fault;
use super::limits::COMPLETIONS_MAX;
use super::loaded::Plugin;

/// What is being completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An argument of the prompt of this name.
    Prompt(String),
    /// A variable of this template.
    ResourceTemplate(String),
}

/// Suggestions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The values.
    pub values: Vec<String>,
    /// How many there are in all, if that is known.
    pub total: Option<u32>,
    /// Whether there are more.
    pub has_more: bool,
}

impl Plugin {
    /// Whether it completes anything.
    pub fn completes(&self) -> bool {
        self.exports().completions.is_some()
    }

    /// Asks for suggestions, in an instance of its own. `context` holds the arguments already chosen.
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
            Target::Prompt(name) => wit::Target::Prompt(name.clone()),
            Target::ResourceTemplate(template) => wit::Target::ResourceTemplate(template.clone()),
        };
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = exports.load(&mut run.store, &instance)?;
            guest.call_complete(&mut run.store, &target, argument, value, context).await
        };
        let outcome = outcome.await;
        match run.judge(outcome)? {
            Ok(completion) => Ok(Ended::Done(within_limits(completion))),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }
}

fn within_limits(mut completion: wit::Completion) -> Completion {
    let has_more = completion.has_more || completion.values.len() > COMPLETIONS_MAX;
    completion.values.truncate(COMPLETIONS_MAX);
    Completion { values: completion.values, total: completion.total, has_more }
}
