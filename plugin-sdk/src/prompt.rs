//! What a plugin offers to begin a conversation with.

mod messages;

use crate::Cx;
use crate::bindings::prompts::{Argument as ArgumentRecord, Guest, Prompt as PromptRecord, PromptOutcome};
use crate::bindings::types::CallError;
use crate::plugin::extra;
use crate::route::RouteUse;
use crate::value::Value;

pub use messages::{Messages, PromptOutput, PromptReturn, Role};

/// A plugin with prompts. Implemented by [`#[prompts]`](macro@crate::prompts), which also exports it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no `#[prompts]` block",
    note = "write `#[prompts] impl {Self} {{ … }}`, or take `prompts` out of `with(…)`"
)]
pub trait Prompts: WithPrompts {
    /// Its prompts, in the order of the source.
    const PROMPTS: &'static [Prompt];
}

/// A plugin whose [`#[plugin]`](macro@crate::plugin) names its prompts, so that their routes are asked for.
#[diagnostic::on_unimplemented(
    message = "the `#[plugin]` of `{Self}` does not name its prompts",
    note = "write `#[plugin(…, with(prompts))]`, so that the operator is asked for their routes"
)]
pub trait WithPrompts {}

/// One prompt.
#[derive(Debug, Clone, Copy)]
pub struct Prompt {
    /// What clients call it.
    pub name: &'static str,
    /// Its name for people.
    pub title: Option<&'static str>,
    /// What it is for.
    pub description: &'static str,
    /// What it may be given.
    pub arguments: &'static [Argument],
    /// What getting it sends.
    pub routes: &'static [RouteUse],
    /// Further fields of MCP, as one JSON object.
    pub extra: Option<&'static str>,
    /// Makes its messages.
    pub get: fn(&Cx, &Arguments<'_>) -> Result<PromptOutcome, CallError>,
}

/// What a prompt may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub description: Option<&'static str>,
    /// Whether the prompt cannot do without it.
    pub required: bool,
}

/// What a prompt was given.
#[derive(Debug)]
pub struct Arguments<'a>(&'a [(String, String)]);

impl Arguments<'_> {
    /// The value of an argument that every call has.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn required<T: Value>(&self, name: &str) -> Result<T, CallError> {
        self.optional(name)?.ok_or_else(|| CallError::InvalidParams(format!("`{name}` is missing")))
    }

    /// The value of an argument, if there is one.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn optional<T: Value>(&self, name: &str) -> Result<Option<T>, CallError> {
        let Some((_, value)) = self.0.iter().find(|(argument, _)| argument == name) else { return Ok(None) };
        let refused = |reason| CallError::InvalidParams(format!("`{name}`: {reason}"));
        T::from_text(value).map(Some).map_err(refused)
    }
}

impl<P: Prompts> Guest for P {
    fn list_prompts() -> Result<Vec<PromptRecord>, String> {
        P::PROMPTS.iter().map(record).collect()
    }

    fn get_prompt(name: String, arguments: Vec<(String, String)>) -> Result<PromptOutcome, CallError> {
        match P::PROMPTS.iter().find(|prompt| prompt.name == name) {
            Some(prompt) => (prompt.get)(&Cx::new(), &Arguments(&arguments)),
            None => Err(CallError::UnknownName(name)),
        }
    }
}

fn record(prompt: &Prompt) -> Result<PromptRecord, String> {
    let named = |reason| format!("prompt `{}`: {reason}", prompt.name);
    let argument = |argument: &Argument| ArgumentRecord {
        name: argument.name.to_owned(),
        title: None,
        description: argument.description.map(str::to_owned),
        required: argument.required,
    };
    Ok(PromptRecord {
        name: prompt.name.to_owned(),
        title: prompt.title.map(str::to_owned),
        description: Some(prompt.description.to_owned()),
        arguments: prompt.arguments.iter().map(argument).collect(),
        extra: prompt.extra.map(extra).transpose().map_err(named)?,
    })
}
