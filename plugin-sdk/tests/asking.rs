//! Questions in the middle of a call, and the round after them.

use std::panic::{AssertUnwindSafe, catch_unwind};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::types::CallError;
use xyte_plugin_sdk::{
    Answer, Ask, Cx, Elicited, Outcome, ServeError, Text, ToolError, json, mock, plugin, routes,
};

/// What the user is asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Confirm {
    /// Whether to go on.
    yes: bool,
    /// Why.
    reason: Option<String>,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is looked at")]
struct Nested {
    confirm: Confirm,
}

#[derive(Serialize, Deserialize, JsonSchema)]
struct Done {
    reason: Option<String>,
    round: u32,
}

struct Careful;

/// Asks before it acts.
#[plugin(id = "careful")]
impl Careful {
    /// Claims a device when the user agrees.
    #[tool(routes(routes::CLAIM_DEVICE), failures("not_confirmed"))]
    fn claim(cx: &Cx) -> Result<Outcome<Answer<Done>>, ToolError> {
        let round = cx.remembered::<u32>()?.unwrap_or(0) + 1;
        match cx.elicited::<Confirm>("confirm")? {
            None => {
                let ask = Ask::new().elicit::<Confirm>("confirm", "Claim the projector?");
                Ok(ask.remember(&round).into())
            }
            Some(Elicited::Accepted(Confirm { yes: true, reason })) => {
                cx.request(&routes::CLAIM_DEVICE).send()?;
                Ok(Outcome::Complete(Answer::new(Done { reason, round })))
            }
            Some(_) => Err(ToolError::new("not_confirmed", "The user did not agree.")),
        }
    }

    /// Writes, and asks when it is too late.
    #[tool(routes(routes::CLAIM_DEVICE))]
    fn hasty(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        cx.request(&routes::CLAIM_DEVICE).send()?;
        Ok(Ask::new().roots("roots").into())
    }

    /// Asks for more than a form can hold.
    #[tool(read_only)]
    fn deep(_cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        Ok(Ask::new().elicit::<Nested>("nested", "Fill this in.").into())
    }

    /// Asks the client's model and for its folders.
    #[tool(read_only)]
    fn curious(cx: &Cx) -> Result<Outcome<Text>, ToolError> {
        match (cx.sampled("words")?, cx.roots("roots")?) {
            (Some(words), Some(roots)) => Ok(Outcome::Complete(Text(format!("{words} {}", roots[0].uri)))),
            _ => Ok(Ask::new().sample("words", "Say a word.", 100).roots("roots").into()),
        }
    }

    /// Needs a client that can sample.
    #[tool(read_only)]
    fn picky(cx: &Cx) -> Result<Text, ServeError> {
        match cx.client_capabilities().contains_key("sampling") {
            true => Ok(Text("Good.".to_owned())),
            false => Err(ServeError::MissingCapability(json!({"sampling": {}}))),
        }
    }
}

fn host() -> mock::Host {
    let host = mock::Host::new().answer(&routes::CLAIM_DEVICE, 200, json!({}));
    host.client_capabilities(json!({"elicitation": {}, "sampling": {}, "roots": {}}))
}

#[test]
fn a_question_ends_the_call_and_its_answer_begins_the_next() {
    let host = host();
    let asked = host.call::<Careful>("claim", json!({}));
    let request = &asked.asked().requests[0];
    assert_eq!((request.key.as_str(), request.method.as_str()), ("confirm", "elicitation/create"));
    let params: serde_json::Value = serde_json::from_str(&request.params).unwrap();
    let form = json!({
        "type": "object",
        "properties": {
            "yes": {"type": "boolean", "description": "Whether to go on."},
            "reason": {"type": "string", "description": "Why."}
        },
        "required": ["yes"]
    });
    assert_eq!(params, json!({"message": "Claim the projector?", "requestedSchema": form}));
    assert!(host.requests().is_empty());

    let yes = json!({"action": "accept", "content": {"yes": true, "reason": "new"}});
    host.reply(asked.asked(), &[("confirm", yes), ("never asked", json!({}))]);
    let done: Done = host.call::<Careful>("claim", json!({})).read();
    assert_eq!((done.reason.as_deref(), done.round, host.requests().len()), (Some("new"), 2, 1));
    host.call::<Careful>("claim", json!({})).asked();
}

#[test]
fn a_form_can_be_declined_closed_or_filled_in_wrongly() {
    let cases = [
        (json!({"action": "decline"}), "not_confirmed"),
        (json!({"action": "cancel"}), "not_confirmed"),
        (json!({"action": "accept", "content": {"yes": "maybe"}}), "invalid_answer"),
        (json!({"action": "accept"}), "invalid_answer"),
        (json!({"action": "shrug"}), "invalid_answer"),
        (json!([]), "invalid_answer"),
    ];
    for (answer, code) in cases {
        let host = host();
        let asked = host.call::<Careful>("claim", json!({}));
        host.reply(asked.asked(), &[("confirm", answer)]);
        assert_eq!(host.call::<Careful>("claim", json!({})).failure().code, code);
    }
}

#[test]
fn several_things_can_be_asked_at_once() {
    let host = host();
    let asked = host.call::<Careful>("curious", json!({}));
    let words = json!({"role": "assistant", "model": "m", "content": {"type": "text", "text": "Word."}});
    host.reply(asked.asked(), &[("words", words), ("roots", json!({"roots": [{"uri": "file:///a"}]}))]);
    assert_eq!(host.call::<Careful>("curious", json!({})).text(), "Word. file:///a");
}

#[test]
fn a_client_is_not_asked_what_it_did_not_declare() {
    let host = mock::Host::new().client_capabilities(json!({"roots": {}}));
    for (tool, missing) in [("claim", "elicitation"), ("curious", "sampling"), ("picky", "sampling")] {
        let expected = CallError::MissingCapability(json!({missing: {}}).to_string());
        assert_eq!(host.call::<Careful>(tool, json!({})).call_error(), &expected);
    }
}

#[test]
fn what_a_host_or_client_would_refuse_ends_the_test_with_a_sentence() {
    for (tool, sentence) in [
        ("hasty", "tool `hasty` sent a write and then asked, which the host ends with `confirm_first`"),
        ("deep", "tool `deep` asks for `confirm` in a form"),
    ] {
        let call = catch_unwind(AssertUnwindSafe(|| host().call::<Careful>(tool, json!({}))));
        let complaint = call.expect_err("the call ends the test").downcast::<String>().unwrap();
        assert!(complaint.contains(sentence), "{complaint}");
    }
}
