//! What the suite cannot see, since it looks from outside of the host; natively.

use xyte_plugin_sdk::bindings::types::{CallError, Content, ToolOutcome};
use xyte_plugin_sdk::json;
use xyte_plugin_sdk::mock::{self, Host};

use crate::Conformance;

fn asking() -> Host {
    Host::new().client_capabilities(json!({"elicitation": {}, "sampling": {}, "roots": {}}))
}

#[test]
fn a_schema_written_by_hand_is_described_as_it_is() {
    let manifest = mock::describe::<Conformance>();
    let tool = manifest.tools.iter().find(|tool| tool.name == "json_schema_2020_12_tool").unwrap();
    let schema: serde_json::Value = serde_json::from_str(&tool.input_schema).unwrap();
    assert_eq!(
        schema,
        json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "object",
            "$defs": {"address": {
                "$anchor": "addressDef",
                "type": "object",
                "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
            }},
            "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
            },
            "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
            "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
            "then": {"required": ["phone"]},
            "else": {"required": ["email"]},
            "additionalProperties": false
        })
    );
    let header = manifest.tools.iter().find(|tool| tool.name == "test_custom_header").unwrap();
    let schema: serde_json::Value = serde_json::from_str(&header.input_schema).unwrap();
    assert_eq!(schema["properties"]["value"]["x-mcp-header"], "Value");
}

#[test]
fn an_answer_that_cannot_be_used_is_asked_for_again() {
    let host = asking();
    let tool = "test_input_required_result_elicitation";
    let asked = host.call::<Conformance>(tool, json!({})).asked().clone();
    let again = host.reply(&asked, &[("user_name", json!(12345))]).call::<Conformance>(tool, json!({}));
    assert_eq!(again.asked().requests, asked.requests);
    let answer = json!({"action": "accept", "content": {"name": "Ada"}});
    let told = host.reply(&asked, &[("user_name", answer)]).call::<Conformance>(tool, json!({}));
    assert_eq!(told.text(), "Hello, Ada!");
}

#[test]
fn a_second_round_knows_what_the_first_was_told() {
    let host = asking();
    let tool = "test_input_required_result_multi_round";
    let first = host.call::<Conformance>(tool, json!({})).asked().clone();
    let name = json!({"action": "accept", "content": {"name": "Ada"}});
    let second = host.reply(&first, &[("step1", name)]).call::<Conformance>(tool, json!({})).asked().clone();
    assert_ne!(first.state, second.state);
    let colour = json!({"action": "accept", "content": {"color": "blue"}});
    let told = host.reply(&second, &[("step2", colour)]).call::<Conformance>(tool, json!({}));
    assert_eq!(told.text(), "Ada likes blue.");
}

#[test]
fn only_what_the_client_can_do_is_asked() {
    let tool = "test_input_required_result_capabilities";
    for (capability, method) in
        [("sampling", "sampling/createMessage"), ("elicitation", "elicitation/create")]
    {
        let host = Host::new().client_capabilities(json!({capability: {}}));
        let asked = host.call::<Conformance>(tool, json!({})).asked().clone();
        assert_eq!(
            asked.requests.iter().map(|request| request.method.as_str()).collect::<Vec<_>>(),
            [method]
        );
    }
    let told = Host::new().call::<Conformance>(tool, json!({}));
    assert_eq!(told.text(), "The client can be asked nothing.");
    let missing = Host::new().call::<Conformance>("test_missing_capability", json!({}));
    assert_eq!(missing.call_error(), &CallError::MissingCapability(r#"{"sampling":{}}"#.to_owned()));
}

#[test]
fn what_is_forged_has_lines_that_a_client_would_believe() {
    let forged = Host::new().call::<Conformance>("forge_in_answer", json!({}));
    let Ok(ToolOutcome::Complete(answer)) = forged.raw() else { panic!("{forged:?}") };
    let [Content::Other(block)] = answer.content.as_slice() else { panic!("{answer:?}") };
    for json in [block, answer.structured.as_ref().unwrap()] {
        let believed = |line: &str| {
            serde_json::from_str(line).is_ok_and(|line: serde_json::Value| line["jsonrpc"] == "2.0")
        };
        assert!(json.lines().any(believed), "{json}");
    }
}
