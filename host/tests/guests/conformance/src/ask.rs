//! Questions of one round.
//!
//! An answer that cannot be used is asked for again: the client may have sent another key, or none at all.

use schemars::JsonSchema;
use serde::Deserialize;
use xyte_plugin_sdk::{Ask, Cx, Elicited, Outcome, Text, ToolError};

/// The most words of an answer of the client's model.
const TOKENS_MAX: u32 = 100;
const GREETING_TOKENS_MAX: u32 = 50;

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Name {
    pub(crate) name: String,
}

pub(crate) fn name(cx: &Cx) -> Outcome<Text> {
    match cx.elicited::<Name>("user_name") {
        Ok(Some(Elicited::Accepted(Name { name }))) => done(format!("Hello, {name}!")),
        Ok(Some(Elicited::Declined | Elicited::Cancelled)) => done("Hello!"),
        Ok(None) | Err(_) => ask_name(Ask::new()).into(),
    }
}

pub(crate) fn capital(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    Ok(match cx.sampled("capital_question")? {
        Some(words) => done(words),
        None => Ask::new().sample("capital_question", "What is the capital of France?", TOKENS_MAX).into(),
    })
}

pub(crate) fn roots(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    Ok(match cx.roots("client_roots")? {
        Some(roots) => {
            let uris: Vec<String> = roots.into_iter().map(|root| root.uri).collect();
            done(format!("The client works in {} roots: {}", uris.len(), uris.join(", ")))
        }
        None => Ask::new().roots("client_roots").into(),
    })
}

/// A form, the model's words and the roots, and the state that says that they were asked for.
pub(crate) fn three(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    let answers = (cx.elicited::<Name>("user_name")?, cx.sampled("greeting")?, cx.roots("client_roots")?);
    let (Some(Elicited::Accepted(Name { name })), Some(greeting), Some(roots)) = answers else {
        let ask = ask_name(Ask::new()).sample("greeting", "Generate a greeting", GREETING_TOKENS_MAX);
        return Ok(ask.roots("client_roots").remember(&"asked three").into());
    };
    Ok(done(format!("{greeting} {name} works in {} roots.", roots.len())))
}

/// Ends the call in words.
pub(crate) fn done(text: impl Into<String>) -> Outcome<Text> {
    Outcome::Complete(Text(text.into()))
}

fn ask_name(ask: Ask) -> Ask {
    ask.elicit::<Name>("user_name", "What is your name?")
}
