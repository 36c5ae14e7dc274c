//! What depends on what the client said that it can do.

use xyte_plugin_sdk::{Ask, Cx, Elicited, Outcome, ServeError, Text, ToolError, json};

use crate::ask::{Name, done};

/// The most words of an answer of the client's model.
const TOKENS_MAX: u32 = 100;

pub(crate) fn needed(cx: &Cx) -> Result<Text, ServeError> {
    if !cx.client_capabilities().contains_key("sampling") {
        return Err(ServeError::MissingCapability(json!({"sampling": {}})));
    }
    Ok(Text("The client can be asked for its model's words.".to_owned()))
}

pub(crate) fn asked(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    let sampled = cx.sampled("capital_question")?;
    if let Some(words) = sampled {
        return Ok(done(words));
    }
    if let Some(Elicited::Accepted(Name { name })) = cx.elicited::<Name>("user_name")? {
        return Ok(done(format!("Hello, {name}!")));
    }
    let declared = cx.client_capabilities();
    let can = |capability: &str| declared.contains_key(capability);
    Ok(match (can("sampling"), can("elicitation")) {
        (true, _) => {
            Ask::new().sample("capital_question", "What is the capital of France?", TOKENS_MAX).into()
        }
        (false, true) => Ask::new().elicit::<Name>("user_name", "What is your name?").into(),
        (false, false) => done("The client can be asked nothing."),
    })
}
