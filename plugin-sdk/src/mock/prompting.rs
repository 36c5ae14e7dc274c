//! Prompts and suggestions, got as the host gets them.

use super::ended::Ended;
use super::served::Served;
use super::{Host, asking};
use crate::Plugin;
use crate::bindings::completions::{Guest as _, Target};
use crate::bindings::prompts::{Guest as _, Message, PromptOutcome};
use crate::bindings::types::{CallError, Content, NeedsInput};
use crate::completion::{Completed, Completion, Completions};
use crate::prompt::{Prompt, Prompts};

/// How getting a prompt ended.
pub type Prompted = Ended<PromptOutcome>;

impl Host {
    /// Gets a prompt.
    ///
    /// # Panics
    /// It did what a real host would not let pass, or sent what the test has not scripted.
    pub fn prompt<P: Prompts + Plugin>(&self, name: &str, arguments: &[(&str, &str)]) -> Prompted {
        let prompt = P::PROMPTS.iter().find(|prompt| prompt.name == name);
        if let Some(refused) = prompt.and_then(|prompt| refused(prompt, arguments)) {
            return Ended::new(Err(CallError::InvalidParams(refused)));
        }
        let served = prompt.map(Served::from);
        let _running = self.enter(&P::INFO, served);
        let result = P::get_prompt(name.to_owned(), owned(arguments));
        Ended::new(asking::checked(&self.state, served, result))
    }

    /// Suggests values for an argument, after the user typed this and chose those.
    ///
    /// # Errors
    /// Why there are no suggestions.
    ///
    /// # Panics
    /// It did what a real host would not let pass, or sent what the test has not scripted.
    pub fn complete<P: Completions + Plugin>(
        &self,
        of: Completed,
        argument: &str,
        typed: &str,
        chosen: &[(&str, &str)],
    ) -> Result<Completion, CallError> {
        let is_meant = |of_this: Completed, its: &str| of_this == of && its == argument;
        let completer = P::COMPLETERS.iter().find(|completer| is_meant(completer.of, completer.argument));
        let _running = self.enter(&P::INFO, completer.map(Served::from));
        let target = match of {
            Completed::Prompt(name) => Target::Prompt(name.to_owned()),
            Completed::Resource(template) => Target::ResourceTemplate(template.to_owned()),
        };
        P::complete(target, argument.to_owned(), typed.to_owned(), owned(chosen))
    }
}

impl Prompted {
    /// The turns of the conversation.
    ///
    /// # Panics
    /// There are none.
    #[track_caller]
    pub fn messages(&self) -> &[Message] {
        match self.raw() {
            Ok(PromptOutcome::Complete(messages)) => &messages.messages,
            _ => panic!("no messages: {self:?}"),
        }
    }

    /// What was asked.
    ///
    /// # Panics
    /// Nothing was.
    #[track_caller]
    pub fn asked(&self) -> &NeedsInput {
        asking::question(self.raw())
    }

    /// The words of all turns, one a line.
    ///
    /// # Panics
    /// There are no turns.
    #[track_caller]
    pub fn text(&self) -> String {
        let words = self.messages().iter().filter_map(|message| match &message.content {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        });
        words.collect::<Vec<_>>().join("\n")
    }
}

impl asking::MayAsk for PromptOutcome {
    fn asked(&self) -> Option<&NeedsInput> {
        match self {
            PromptOutcome::NeedsInput(asked) => Some(asked),
            _ => None,
        }
    }
}

/// What the host does not let through to the plugin.
fn refused(prompt: &Prompt, arguments: &[(&str, &str)]) -> Option<String> {
    let is_given = |name: &str| arguments.iter().any(|(given, _)| *given == name);
    if let Some(missing) =
        prompt.arguments.iter().find(|argument| argument.required && !is_given(argument.name))
    {
        return Some(format!("`{}` is missing", missing.name));
    }
    let is_known = |name: &str| prompt.arguments.iter().any(|argument| argument.name == name);
    arguments
        .iter()
        .find(|(name, _)| !is_known(name))
        .map(|(name, _)| format!("there is no argument `{name}`"))
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}
