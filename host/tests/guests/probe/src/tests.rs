//! What the host's tests rely on, natively.

use xyte_plugin_sdk::bindings::types::ToolOutcome;
use xyte_plugin_sdk::mock::{self, ErrorKind, Host, Reply};
use xyte_plugin_sdk::{json, routes};

use crate::Probe;

#[test]
fn a_request_is_sent_and_its_answer_shown() {
    let host = Host::new().answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}));
    let request = json!({
        "scope": "organization", "method": "get", "template": "/devices/{device_id}", "params": [["device_id", "d1"]],
        "options": [["max-age-ms", "0"]]
    });
    let answer = host.call::<Probe>("send", request).structured();
    assert_eq!(answer, json!({"status": 404, "body": "{\"error\":\"Errors::NotFound\"}", "facts": []}));
    assert_eq!(host.requests()[0].param("device_id"), Some("d1"));
}

#[test]
fn an_error_is_shown_by_its_kind() {
    let host = Host::new().answer_with(&routes::CLAIM_DEVICE, |_| {
        Reply::error(ErrorKind::OutcomeUnknown, "no_answer", "No answer came.")
    });
    let request = json!({
        "scope": "organization", "method": "post", "template": "/devices/claim", "body": "{\"space_id\":1}"
    });
    let answer = host.call::<Probe>("send", request).structured();
    let error = json!({"kind": "outcome-unknown", "code": "no_answer", "message": "No answer came."});
    assert_eq!(answer, json!({"error": error}));
}

#[test]
fn many_requests_are_counted() {
    let host = Host::new().list(&routes::GET_DEVICES, []).requests_max(2);
    let counted = host.call::<Probe>("send_many", json!({"count": 3})).structured();
    assert_eq!(counted, json!({"answered": 2, "refused": 1}));
}

#[test]
fn answers_of_every_kind_can_be_had() {
    let host = Host::new().client_capabilities(json!({"elicitation": {}}));
    assert_eq!(host.call::<Probe>("answer", json!({"json": "{\"a\":1}"})).structured(), json!({"a": 1}));
    let big = host.call::<Probe>("big", json!({"bytes": 100})).structured();
    assert_eq!(big.to_string().len(), 100);
    let failure = host.call::<Probe>("fail", json!({"code": "lamp_broken", "retry_after_ms": 5}));
    assert_eq!((failure.failure().code.as_str(), failure.failure().retry_after_ms), ("lamp_broken", Some(5)));
    let host = Host::new().client_capabilities(json!({"elicitation": {}}));
    let question = host.call::<Probe>("needs_input", json!({}));
    assert!(matches!(question.raw(), Ok(ToolOutcome::NeedsInput(_))));
    assert_eq!(host.call::<Probe>("sleep", json!({"ms": 1})).structured(), json!({"slept": true}));
    assert_eq!(
        host.call::<Probe>("facts", json!({})).structured()["random"],
        "000102030405060708090a0b0c0d0e0f"
    );
    host.call::<Probe>("say", json!({"lines": ["a\u{1b}[31m"]})).text();
    assert_eq!(host.logs().len(), 1);
}

#[test]
fn only_one_tool_is_experimental() {
    let manifest = mock::describe::<Probe>();
    let experimental: Vec<&str> =
        manifest.tools.iter().filter(|tool| tool.experimental).map(|tool| tool.name.as_str()).collect();
    assert_eq!(experimental, ["experimental_tool"]);
}
