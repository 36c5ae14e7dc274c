//! A plugin as the attribute makes it: what it says of itself, how it is called, what comes back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::types::{CallError, Content, ToolOutcome};
use xyte_plugin_sdk::{Answer, Cx, RawJson, Text, ToolError, json, mock, plugin, routes};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Greet {
    /// Whom to greet,
    /// by name.
    name: String,
    /// How often.
    times: Option<u32>,
}

#[derive(Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
struct Greeting {
    words: String,
}

struct Greeter;

/// Greets people,
/// and devices.
///
/// In a second paragraph:
/// - a list
/// - of things
#[plugin(id = "friendly-greeter", experimental)]
impl Greeter {
    /// Greets somebody.
    #[tool(title = "Greet", idempotent, open_world, timeout_ms = 5000, failures("too_often"))]
    fn greet(_cx: &Cx, args: Greet) -> Result<Answer<Greeting>, ToolError> {
        let times = args.times.unwrap_or(1);
        if times > 3 {
            return Err(ToolError::new("too_often", "That is too often.")
                .hint("Ask for 3.")
                .details(&json!({"max": 3})));
        }
        let words = vec![format!("Hello, {}.", args.name); times as usize].join(" ");
        Ok(Answer::new(Greeting { words }).summary("Greeted."))
    }

    /// Removes a device from the conversation.
    #[tool(
        destructive,
        name = "dismiss-device",
        routes(routes::GET_DEVICE, routes::CLAIM_DEVICE = "claims it again"),
        optional(routes::GET_HISTORIES)
    )]
    fn dismiss(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text(Greeter::farewell()))
    }

    /// Passes on what it has.
    #[tool(read_only)]
    fn raw(_cx: &Cx) -> Result<RawJson, ToolError> {
        Ok(RawJson(r#"{"a":1}"#.to_owned()))
    }

    fn farewell() -> String {
        "Goodbye".to_owned()
    }
}

#[test]
fn the_manifest_is_what_the_source_says() {
    let manifest = mock::describe::<Greeter>();
    assert_eq!(manifest.id, "friendly-greeter");
    assert_eq!(manifest.title, "Friendly greeter");
    assert_eq!(manifest.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(
        manifest.description,
        "Greets people, and devices.\n\nIn a second paragraph:\n- a list\n- of things"
    );
    let names: Vec<&str> = manifest.tools.iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(names, ["greet", "dismiss-device", "raw"]);
    assert!(manifest.tools.iter().all(|tool| tool.experimental));
}

#[test]
fn a_tool_is_described_with_its_schemas_and_promises() {
    let manifest = mock::describe::<Greeter>();
    let [greet, dismiss, raw] = manifest.tools.as_slice() else { panic!("{manifest:?}") };
    assert_eq!(greet.title.as_deref(), Some("Greet"));
    assert_eq!(greet.timeout_ms, Some(5000));
    assert_eq!(greet.failure_codes, ["too_often"]);
    let hints = greet.annotations;
    assert!(!hints.read_only && !hints.destructive && hints.idempotent && hints.open_world);
    let input: serde_json::Value = serde_json::from_str(&greet.input_schema).unwrap();
    let expected = json!({
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "Whom to greet, by name."},
            "times": {"type": "integer", "minimum": 0, "description": "How often."}
        },
        "required": ["name"],
        "additionalProperties": false
    });
    assert_eq!(input, expected);
    let output: serde_json::Value = serde_json::from_str(greet.output_schema.as_ref().unwrap()).unwrap();
    assert_eq!(
        output,
        json!({"type": "object", "properties": {"words": {"type": "string"}}, "required": ["words"]})
    );
    assert!(dismiss.annotations.destructive && dismiss.output_schema.is_none());
    assert!(raw.annotations.read_only && raw.output_schema.is_none());
    assert_eq!(raw.input_schema, r#"{"additionalProperties":false,"properties":{},"type":"object"}"#);
}

#[test]
fn routes_are_asked_for_with_their_reasons() {
    let manifest = mock::describe::<Greeter>();
    let dismiss = &manifest.tools[1];
    let asked: Vec<(&str, &str, bool)> = dismiss
        .routes
        .iter()
        .map(|route| (route.template.as_str(), route.why.as_str(), route.required))
        .collect();
    assert_eq!(
        asked,
        [
            ("/devices/{device_id}", routes::GET_DEVICE.summary, true),
            ("/devices/claim", "claims it again", true),
            ("/devices/histories", routes::GET_HISTORIES.summary, false),
        ]
    );
    assert!(dismiss.failure_codes.contains(&"not_found".to_owned()), "a `?` on a request makes this code");
    assert_eq!(
        mock::route_keys::<Greeter>(),
        [
            "organization.devices.claimDevice",
            "organization.devices.getDevice",
            "organization.devices.getHistories",
        ]
    );
}

#[test]
fn an_answer_has_its_words_and_its_value() {
    let outcome = mock::Host::new().call::<Greeter>("greet", json!({"name": "Ada", "times": 2}));
    assert_eq!(outcome.text(), "Greeted.");
    assert_eq!(outcome.read::<Greeting>(), Greeting { words: "Hello, Ada. Hello, Ada.".to_owned() });
    let raw = mock::Host::new().call::<Greeter>("raw", json!({}));
    assert_eq!(raw.structured(), json!({"a": 1}));
    let text = mock::Host::new().call::<Greeter>("dismiss-device", json!({}));
    let Ok(ToolOutcome::Complete(result)) = text.raw() else { panic!("{text:?}") };
    assert_eq!(
        (result.content.as_slice(), &result.structured),
        (&[Content::Text("Goodbye".to_owned())][..], &None)
    );
}

#[test]
fn a_failure_keeps_its_code_hint_and_details() {
    let outcome = mock::Host::new().call::<Greeter>("greet", json!({"name": "Ada", "times": 9}));
    let failure = outcome.failure();
    assert_eq!((failure.code.as_str(), failure.message.as_str()), ("too_often", "That is too often."));
    assert_eq!(failure.hint.as_deref(), Some("Ask for 3."));
    assert_eq!(failure.details.as_deref(), Some(r#"{"max":3}"#));
    assert_eq!(failure.retry_after_ms, None);
}

#[test]
fn what_cannot_be_served_is_a_call_error() {
    let host = mock::Host::new();
    assert_eq!(
        host.call::<Greeter>("wave", json!({})).call_error(),
        &CallError::UnknownName("wave".to_owned())
    );
    for arguments in [json!({}), json!({"name": 7}), json!({"name": "Ada", "loudly": true})] {
        let outcome = host.call::<Greeter>("greet", &arguments);
        assert!(matches!(outcome.call_error(), CallError::InvalidParams(_)), "{arguments}");
    }
}

#[test]
fn an_overlong_message_is_cut_to_what_the_contract_allows() {
    let failure: xyte_plugin_sdk::bindings::types::Failure =
        ToolError::new("long", "ä".repeat(2000)).hint("ö".repeat(2000)).into();
    assert_eq!(failure.message.len(), 2048);
    assert_eq!(failure.hint.unwrap().len(), 2048);
}
