//! What is sent, and what is not.

use std::collections::BTreeMap;

use xyte_plugin_sdk::api::{Json, LabelCategory, SpaceId};
use xyte_plugin_sdk::calls::{self, Identity, Label, partner};
use xyte_plugin_sdk::mock::{self, Recorded};
use xyte_plugin_sdk::route::Route;
use xyte_plugin_sdk::time::{DAY, Window};
use xyte_plugin_sdk::{Cx, XyteError, XyteErrorKind, json, routes};

use crate::ID;

/// The one request that is sent.
fn sent<T>(route: &'static Route, send: impl FnOnce(&Cx) -> Result<T, XyteError>) -> Recorded {
    let host = mock::Host::new().answer(route, 200, json!({"items": []}));
    host.run(|cx| send(cx).map(drop)).expect("it is answered");
    host.requests().remove(0)
}

fn refused<T>(send: impl FnOnce(&Cx) -> Result<T, XyteError>) -> XyteError {
    let host = mock::Host::new();
    let error = host.run(|cx| send(cx).map(drop)).expect_err("it is refused");
    assert!(host.requests().is_empty());
    assert_eq!(error.kind(), XyteErrorKind::NotSendable);
    error
}

#[test]
fn what_is_none_is_left_out() {
    let request = sent(&routes::GET_DEVICES, |cx| calls::get_devices(cx).space_id(None).per_page(50).page(2));
    assert_eq!(
        (request.query("per_page"), request.query("page"), request.query.len()),
        (Some("50"), Some("2"), 2)
    );
    let request = sent(&routes::UPDATE_DEVICE, |cx| {
        calls::update_device(cx, ID).name(None).sn("").configuration(&None::<Json>).send()
    });
    assert_eq!(request.body, Some(json!({"sn": ""})));
    let request = sent(&routes::UPDATE_DEVICE, |cx| calls::update_device(cx, ID).name(None).send());
    assert_eq!(request.body, None);
}

#[test]
fn bodies_have_the_types_that_xyte_wants() {
    let request = sent(&routes::CLAIM_DEVICE, |cx| {
        calls::claim_device(cx, &SpaceId::from("7"), &Identity::CloudId("c\"1\"")).send()
    });
    assert_eq!(request.body, Some(json!({"space_id": 7, "cloud_id": "c\"1\""})));
    let request = sent(&routes::CREATE_ASSET, |cx| {
        calls::create_asset(cx, "Screen").manufacturer(Label::Id("l1")).status(Label::Name("new")).send()
    });
    assert_eq!(request.body, Some(json!({"name": "Screen", "manufacturer": {"id": "l1"}, "status": "new"})));
    let request =
        sent(&routes::GET_ASSET_LABELS, |cx| calls::get_asset_labels(cx, &LabelCategory::Status).send());
    assert_eq!(request.param("category"), Some("status"));
}

#[test]
fn windows_are_said_as_each_scope_wants_them() {
    let window =
        Window::between(Some("2026-11-01"), Some("2026-11-02"), "2026-12-01T00:00:00Z".parse().unwrap(), DAY);
    let window = window.unwrap();
    let request = sent(&routes::GET_INCIDENTS, |cx| calls::get_incidents(cx, &window).page(1));
    assert_eq!((request.query("from"), request.query("to")), (Some("1793491200"), Some("1793664000")));
    let request =
        sent(&routes::partner::GET_STATE_HISTORY, |cx| partner::get_state_history(cx, ID, &window).page(1));
    assert_eq!(
        (request.query("from"), request.query("to")),
        (Some("2026-11-01T00:00:00Z"), Some("2026-11-03T00:00:00Z"))
    );
}

#[test]
fn a_mask_is_never_sent_back() {
    for (value, masked) in [
        (json!("*****"), true),
        (json!("*"), true),
        (json!(""), false),
        (json!("*a*"), false),
        (json!("secret"), false),
        (json!(null), false),
        (json!(5), false),
    ] {
        let parameters = json!({"Port": "80", "Password": value});
        if masked {
            let error = refused(|cx| calls::update_device(cx, ID).custom_parameters(&parameters).send());
            assert_eq!(error.code(), "masked_value");
            assert!(error.to_string().contains("\"Password\""), "{error}");
        } else {
            let request = sent(&routes::UPDATE_DEVICE, |cx| {
                calls::update_device(cx, ID).custom_parameters(&parameters).send()
            });
            assert_eq!(request.body.unwrap()["custom_parameters"], parameters);
        }
    }
}

#[test]
fn what_cannot_be_written_is_not_sent() {
    let bad = BTreeMap::from([((1, 2), 3)]);
    let error = refused(|cx| calls::create_space(cx, "Room").config(&bad).send());
    assert_eq!(error.code(), "invalid_body");
}
