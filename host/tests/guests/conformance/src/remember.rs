//! Questions whose state is handed from round to round.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::{Ask, Cx, Elicited, Outcome, Text, ToolError};

use crate::ask::{Name, done};

#[derive(Deserialize, JsonSchema)]
struct Confirm {
    ok: bool,
}

#[derive(Deserialize, JsonSchema)]
struct Colour {
    color: String,
}

/// How far the rounds are.
#[derive(Serialize, Deserialize)]
enum Round {
    Name,
    Colour { name: String },
}

/// The state says that this tool has asked; a client that says so by itself is not believed.
pub(crate) fn confirmed(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    let asked = cx.remembered::<String>()?;
    Ok(match (asked, cx.elicited::<Confirm>("confirm")?) {
        (Some(_), Some(Elicited::Accepted(Confirm { ok }))) => done(format!("state-ok, confirmed: {ok}")),
        (Some(_), Some(Elicited::Declined | Elicited::Cancelled)) => done("state-ok, not confirmed"),
        _ => Ask::new().elicit::<Confirm>("confirm", "Please confirm").remember(&"asked").into(),
    })
}

pub(crate) fn rounds(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
    match cx.remembered::<Round>()? {
        None => Ok(ask_name()),
        Some(Round::Name) => match cx.elicited::<Name>("step1")? {
            Some(Elicited::Accepted(Name { name })) => Ok(ask_colour(name)),
            _ => Ok(ask_name()),
        },
        Some(Round::Colour { name }) => match cx.elicited::<Colour>("step2")? {
            Some(Elicited::Accepted(Colour { color })) => Ok(done(format!("{name} likes {color}."))),
            _ => Ok(ask_colour(name)),
        },
    }
}

fn ask_name() -> Outcome<Text> {
    Ask::new().elicit::<Name>("step1", "Step 1: What is your name?").remember(&Round::Name).into()
}

fn ask_colour(name: String) -> Outcome<Text> {
    let ask = Ask::new().elicit::<Colour>("step2", "Step 2: What is your favorite color?");
    ask.remember(&Round::Colour { name }).into()
}
