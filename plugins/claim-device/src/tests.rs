//! The plugin, run natively against a scripted host.

use xyte_plugin_sdk::mock::{self, ErrorKind, Host, Outcome, Reply};
use xyte_plugin_sdk::{json, routes};

use crate::ClaimDevicePlugin;

fn claim(host: &Host, arguments: &serde_json::Value) -> Outcome {
    host.call::<ClaimDevicePlugin>("claim_device", arguments)
}

/// A hub that claims whatever it is asked to.
fn hub() -> Host {
    Host::new().answer(
        &routes::CLAIM_DEVICE,
        200,
        json!({"id": "d1", "name": "Projector", "status": null, "space": {"id": 7, "full_path": "Org/Room"}}),
    )
}

fn hub_that_refuses(status: u16, error: &str) -> Host {
    Host::new().answer(&routes::CLAIM_DEVICE, status, json!({"error": error}))
}

fn by_cloud_id() -> serde_json::Value {
    json!({"space_id": 7, "cloud_id": "C1"})
}

#[test]
fn a_device_is_claimed_by_what_is_printed_on_it() {
    let host = hub();
    let outcome = claim(&host, &json!({"name": "Projector", "space_id": 7, "mac": "00:11", "sn": "S1"}));
    assert_eq!(outcome.structured()["device"]["space"]["full_path"], "Org/Room");
    let body = json!({"name": "Projector", "space_id": 7, "mac": "00:11", "sn": "S1"});
    assert_eq!(host.requests()[0].body, Some(body));
}

#[test]
fn a_device_is_claimed_by_its_cloud_id() {
    let host = hub();
    claim(&host, &by_cloud_id()).structured();
    assert_eq!(host.requests()[0].body, Some(json!({"space_id": 7, "cloud_id": "C1"})));
}

#[test]
fn nothing_is_sent_empty() {
    let host = hub();
    let arguments = json!({"name": " ", "space_id": 7, "mac": " 00:11 ", "sn": "S1", "cloud_id": ""});
    claim(&host, &arguments).structured();
    assert_eq!(host.requests()[0].body, Some(json!({"space_id": 7, "mac": "00:11", "sn": "S1"})));
}

#[test]
fn half_an_identity_or_two_are_refused_before_anything_is_sent() {
    let cases = [
        (json!({}), "Nothing says which device it is."),
        (json!({"mac": "00:11"}), "`mac` is given without `sn`."),
        (json!({"sn": "S1"}), "`sn` is given without `mac`."),
        (json!({"mac": "00:11", "sn": "  "}), "`mac` is given without `sn`."),
        (json!({"mac": "00:11", "sn": "S1", "cloud_id": "C1"}), "`cloud_id` is given beside `mac` or `sn`."),
        (json!({"sn": "S1", "cloud_id": "C1"}), "`cloud_id` is given beside `mac` or `sn`."),
    ];
    for (mut arguments, message) in cases {
        arguments["space_id"] = json!(7);
        let host = hub();
        let outcome = claim(&host, &arguments);
        let failure = outcome.failure();
        assert_eq!((failure.code.as_str(), failure.message.as_str()), ("invalid_identity", message));
        assert!(failure.hint.as_ref().unwrap().contains("`cloud_id` alone"));
        assert!(host.requests().is_empty());
    }
}

#[test]
fn what_the_hub_refuses_has_a_code_of_its_own() {
    let cases = [
        (422, "Sn has already been taken", "already_claimed"),
        (422, "Cloud ID has already been taken", "already_claimed"),
        (422, "Mac is invalid", "invalid_request"),
        (404, "Errors::NotFound", "space_not_found"),
        (404, "Model not found", "model_not_found"),
        (401, "Not authorized", "unauthorized"),
        (403, "Not authorized", "forbidden"),
        (429, "", "rate_limited"),
        (500, "", "upstream_error"),
    ];
    for (status, said, code) in cases {
        let outcome = claim(&hub_that_refuses(status, said), &by_cloud_id());
        let failure = outcome.failure();
        assert_eq!(failure.code, code, "{status} {said}");
        assert!(failure.message.contains(said), "{}", failure.message);
    }
}

#[test]
fn a_claim_whose_answer_is_lost_or_strange_is_not_to_be_repeated() {
    let lost =
        |_: &mock::Recorded| Reply::error(ErrorKind::OutcomeUnknown, "outcome_unknown", "No answer came.");
    let outcome = claim(&Host::new().answer_with(&routes::CLAIM_DEVICE, lost), &by_cloud_id());
    assert_eq!(
        (outcome.failure().code.as_str(), outcome.failure().retry_after_ms),
        ("outcome_unknown", None)
    );
    let outcome = claim(&Host::new().answer(&routes::CLAIM_DEVICE, 200, json!("claimed")), &by_cloud_id());
    let failure = outcome.failure();
    assert_eq!(failure.code, "unreadable_answer");
    assert!(failure.message.starts_with("The device is claimed, but"), "{}", failure.message);
}

#[test]
fn arguments_that_do_not_fit_are_refused() {
    for arguments in [
        json!({"cloud_id": "C1"}),
        json!({"space_id": "Room 1", "cloud_id": "C1"}),
        json!({"space_id": 7, "cloud": "C1"}),
    ] {
        claim(&hub(), &arguments).call_error();
    }
}

#[test]
fn the_default_grant_is_what_the_tools_ask_for() {
    let grant: toml::Table = include_str!("../plugin.toml").parse().unwrap();
    assert_eq!(grant["enabled"].as_bool(), Some(true));
    let mut routes: Vec<&str> =
        grant["routes"].as_array().unwrap().iter().map(|route| route.as_str().unwrap()).collect();
    routes.sort_unstable();
    assert_eq!(routes, mock::route_keys::<ClaimDevicePlugin>());
}

#[test]
fn the_description_changes_on_purpose_only() {
    insta::with_settings!({ sort_maps => true }, {
        insta::assert_json_snapshot!("description", mock::golden::<ClaimDevicePlugin>());
    });
}
