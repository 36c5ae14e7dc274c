//! Questions as the suite puts them on revisions before 2026-07-28, where a server sent them as requests of its own.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use xyte_plugin_sdk::{Ask, Cx, Outcome, Text, ToolError, json};

use crate::ask::done;

/// The most words of an answer of the client's model.
const TOKENS_MAX: u32 = 100;
/// The key under which each of these tools asks.
const KEY: &str = "answer";

/// What to ask the client's model.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prompt {
    /// The words for the model.
    prompt: String,
}

/// What to ask the user.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Message {
    /// The words above the form.
    message: String,
}

/// What became of a form, unread.
#[derive(Deserialize)]
struct Filled {
    action: String,
    content: Option<Value>,
}

impl Filled {
    fn told(self) -> String {
        format!("action={}, content={}", self.action, self.content.unwrap_or_else(|| json!({})))
    }
}

pub(crate) fn sampling(cx: &Cx, args: &Prompt) -> Result<Outcome<Text>, ToolError> {
    Ok(match cx.sampled(KEY)? {
        Some(words) => done(format!("LLM response: {words}")),
        None => Ask::new().sample(KEY, &args.prompt, TOKENS_MAX).into(),
    })
}

pub(crate) fn form(cx: &Cx, args: &Message) -> Result<Outcome<Text>, ToolError> {
    let fields = json!({
        "username": {"type": "string", "description": "User's response"},
        "email": {"type": "string", "description": "User's email address"}
    });
    ask(cx, &args.message, &fields, &["username", "email"], "User response")
}

pub(crate) fn defaults(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    let fields = json!({
        "name": {"type": "string", "default": "John Doe"},
        "age": {"type": "integer", "default": 30},
        "score": {"type": "number", "default": 95.5},
        "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
        "verified": {"type": "boolean", "default": true}
    });
    ask(cx, "Is this right?", &fields, &[], "Elicitation completed")
}

pub(crate) fn choices(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    let options = ["option1", "option2", "option3"];
    let titled = |word: &str| {
        let titled = [("value1", "First"), ("value2", "Second"), ("value3", "Third")];
        titled.map(|(value, nth)| json!({"const": value, "title": format!("{nth} {word}")}))
    };
    let fields = json!({
        "untitledSingle": {"type": "string", "enum": options},
        "titledSingle": {"type": "string", "oneOf": titled("Option")},
        "legacyEnum": {
            "type": "string", "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"]
        },
        "untitledMulti": {"type": "array", "items": {"type": "string", "enum": options}},
        "titledMulti": {"type": "array", "items": {"anyOf": titled("Choice")}}
    });
    ask(cx, "Choose.", &fields, &[], "Elicitation completed")
}

/// Shows a form with these fields, and says what became of it.
fn ask(
    cx: &Cx,
    message: &str,
    fields: &Value,
    required: &[&str],
    word: &str,
) -> Result<Outcome<Text>, ToolError> {
    if let Some(filled) = cx.answer::<Filled>(KEY)? {
        return Ok(done(format!("{word}: {}", filled.told())));
    }
    let form = json!({"type": "object", "properties": fields, "required": required});
    let params = json!({"message": message, "requestedSchema": form});
    Ok(Ask::new().request(KEY, "elicitation/create", params).into())
}
