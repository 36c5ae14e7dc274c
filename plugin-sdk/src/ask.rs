//! Questions to the user or the client in the middle of a call.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::bindings::types::{CallError, InputRequest, NeedsInput};
use crate::schema;

/// What must be answered before the call can finish.
///
/// The call ends with it, and its instance is gone. The same function is called again, with the same arguments, once
/// the answers are there, and reads them from [`Cx`](crate::Cx):
///
/// ```
/// # use schemars::JsonSchema;
/// # use serde::Deserialize;
/// # use xyte_plugin_sdk::{Ask, Cx, Elicited, Outcome, Text, ToolError};
/// #[derive(Deserialize, JsonSchema)]
/// struct Confirm {
///     /// Whether to go on.
///     yes: bool,
/// }
///
/// fn reboot(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
///     match cx.elicited::<Confirm>("confirm")? {
///         None => Ok(Ask::new().elicit::<Confirm>("confirm", "Reboot the projector?").into()),
///         Some(Elicited::Accepted(Confirm { yes: true })) => Ok(Outcome::Complete(Text("Rebooted.".to_owned()))),
///         Some(_) => Err(ToolError::new("not_confirmed", "The user did not agree.")),
///     }
/// }
/// ```
///
/// A call that has sent a write cannot ask, since the next round would send it again: the host ends it with
/// `confirm_first`. Ask first, then write.
#[derive(Debug, Clone, Default, PartialEq)]
#[must_use]
pub struct Ask {
    requests: Vec<InputRequest>,
    state: Option<String>,
    /// Why it cannot be asked.
    unwritable: Option<String>,
}

/// How a function ends that may ask: with what it was called for, or with a question.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub enum Outcome<T> {
    /// It is done.
    Complete(T),
    /// It must know more first.
    Ask(Ask),
}

impl<T> From<Ask> for Outcome<T> {
    fn from(ask: Ask) -> Outcome<T> {
        Outcome::Ask(ask)
    }
}

impl Ask {
    /// Nothing is asked yet. At most 8 questions, each under a key of its own.
    pub fn new() -> Ask {
        Ask::default()
    }

    /// Shows the user a form with the fields of `T`, which may be texts, numbers, booleans and choices. The answer
    /// is read by [`Cx::elicited`](crate::Cx::elicited).
    pub fn elicit<T: JsonSchema>(self, key: &str, message: &str) -> Ask {
        let mut form = schema::input::<T>();
        // A form has its fields and nothing else; some clients refuse any other keyword.
        form.remove("additionalProperties");
        self.request(key, "elicitation/create", json!({ "message": message, "requestedSchema": form }))
    }

    /// Asks the client's model. The answer is read by [`Cx::sampled`](crate::Cx::sampled).
    pub fn sample(self, key: &str, prompt: &str, tokens_max: u32) -> Ask {
        let message = json!({ "role": "user", "content": { "type": "text", "text": prompt } });
        self.request(key, "sampling/createMessage", json!({ "messages": [message], "maxTokens": tokens_max }))
    }

    /// Asks which folders the client works in. The answer is read by [`Cx::roots`](crate::Cx::roots).
    pub fn roots(self, key: &str) -> Ask {
        self.request(key, "roots/list", json!({}))
    }

    /// Asks with the params of one of those three methods as MCP has them. The answer is read by
    /// [`Cx::answer`](crate::Cx::answer).
    pub fn request(mut self, key: &str, method: &str, params: impl Serialize) -> Ask {
        let params = self.written(&params);
        self.requests.push(InputRequest { key: key.to_owned(), method: method.to_owned(), params });
        self
    }

    /// Hands something to the next round, where [`Cx::remembered`](crate::Cx::remembered) reads it: at most 16 KiB,
    /// for 15 minutes. The client carries it and can neither read nor change it.
    pub fn remember(mut self, value: &impl Serialize) -> Ask {
        self.state = Some(self.written(value));
        self
    }

    fn written(&mut self, value: &impl Serialize) -> String {
        serde_json::to_string(value).unwrap_or_else(|error| {
            self.unwritable = Some(error.to_string());
            String::new()
        })
    }

    /// The questions as the contract has them.
    pub(crate) fn into_needs_input(self) -> Result<NeedsInput, CallError> {
        match self.unwritable {
            None => Ok(NeedsInput { requests: self.requests, state: self.state }),
            Some(reason) => {
                Err(CallError::Internal(format!("a question cannot be written as JSON: {reason}")))
            }
        }
    }
}
