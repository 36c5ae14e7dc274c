//! What a prompt becomes.

use crate::bindings::prompts::{Message, Messages as MessagesRecord, PromptOutcome};
use crate::bindings::types::CallError;
use crate::{Content, Outcome, ServeError, Text};

pub use crate::bindings::prompts::Role;

/// The beginning of a conversation, turn by turn.
///
/// ```
/// # use xyte_plugin_sdk::Messages;
/// Messages::new().user("Why is the projector offline?").assistant("Let me look.");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct Messages {
    description: Option<String>,
    messages: Vec<Message>,
}

impl Messages {
    /// Nothing is said yet.
    pub fn new() -> Messages {
        Messages::default()
    }

    /// The user says this.
    pub fn user(self, text: impl Into<String>) -> Messages {
        self.turn(Role::User, Content::Text(text.into()))
    }

    /// The model says this.
    pub fn assistant(self, text: impl Into<String>) -> Messages {
        self.turn(Role::Assistant, Content::Text(text.into()))
    }

    /// One of them shows this: an image, a resource.
    pub fn turn(mut self, role: Role, content: Content) -> Messages {
        self.messages.push(Message { role, content });
        self
    }

    /// What this conversation is about, where the prompt's own description does not say it.
    pub fn description(mut self, text: impl Into<String>) -> Messages {
        self.description = Some(text.into());
        self
    }
}

/// What a prompt may become: [`Messages`]; a `String` or [`Text`], which the user says; or the contract's own
/// [`PromptOutcome`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no beginning of a conversation",
    note = "return `Messages`, or a `String` that the user says"
)]
pub trait PromptOutput {
    /// As the contract has it.
    ///
    /// # Errors
    /// A question cannot be written as JSON.
    fn into_outcome(self) -> Result<PromptOutcome, CallError>;
}

impl PromptOutput for Messages {
    fn into_outcome(self) -> Result<PromptOutcome, CallError> {
        let Messages { description, messages } = self;
        Ok(PromptOutcome::Complete(MessagesRecord { description, messages, meta: None }))
    }
}

impl PromptOutput for String {
    fn into_outcome(self) -> Result<PromptOutcome, CallError> {
        Messages::new().user(self).into_outcome()
    }
}

impl PromptOutput for Text {
    fn into_outcome(self) -> Result<PromptOutcome, CallError> {
        self.0.into_outcome()
    }
}

impl PromptOutput for PromptOutcome {
    fn into_outcome(self) -> Result<PromptOutcome, CallError> {
        Ok(self)
    }
}

impl<T: PromptOutput> PromptOutput for Outcome<T> {
    fn into_outcome(self) -> Result<PromptOutcome, CallError> {
        match self {
            Outcome::Complete(messages) => messages.into_outcome(),
            Outcome::Ask(ask) => ask.into_needs_input().map(PromptOutcome::NeedsInput),
        }
    }
}

/// What a prompt's function returns: a [`Result`] of a [`PromptOutput`] and a [`ServeError`] or what becomes one.
#[diagnostic::on_unimplemented(
    message = "a prompt's function returns `Result<Messages, ServeError>`, not `{Self}`",
    note = "a `String` instead of `Messages` is what the user says"
)]
pub trait PromptReturn {
    /// As the contract has it.
    ///
    /// # Errors
    /// The prompt could not be made.
    fn into_prompt_outcome(self) -> Result<PromptOutcome, CallError>;
}

#[diagnostic::do_not_recommend]
impl<T: PromptOutput, E: Into<ServeError>> PromptReturn for Result<T, E> {
    fn into_prompt_outcome(self) -> Result<PromptOutcome, CallError> {
        let not_found = || CallError::InvalidParams("an argument names what does not exist".to_owned());
        self.map_err(|error| error.into().into_call_error(not_found()))?.into_outcome()
    }
}
