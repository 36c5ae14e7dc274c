//! What is made of Xyte's answers.

use xyte_plugin_sdk::api::{Command, Json, SpaceId};
use xyte_plugin_sdk::calls::{self, Done, partner};
use xyte_plugin_sdk::mock::{self, Reply};
use xyte_plugin_sdk::{XyteError, XyteErrorKind, json, routes};

use crate::ID;

fn deleted(status: u16, body: &'static str) -> Result<Done, XyteError> {
    let host = mock::Host::new().answer_with(&routes::DELETE_SPACE, move |_| Reply::text(status, body));
    host.run(|cx| calls::delete_space(cx, &SpaceId::from(7)).send())
}

#[test]
fn a_write_is_done_whatever_is_said_to_it() {
    for (status, body) in
        [(204, ""), (200, "{}"), (200, r#"{"success":true}"#), (200, "[1]"), (200, "OK"), (200, "null")]
    {
        let done = deleted(status, body).unwrap();
        assert_eq!((done.body(), done.id()), (body, None), "{body}");
    }
    let done = deleted(201, r#"{"id":7,"status":"pending"}"#).unwrap();
    assert_eq!((done.id().as_deref(), done.object::<Command>().unwrap().id.as_str()), (Some("7"), "7"));
}

#[test]
fn a_write_of_which_xyte_says_that_it_was_not_done_is_an_error() {
    let error = deleted(200, r#"{"success":false,"error":"In use"}"#).unwrap_err();
    assert_eq!((error.kind(), error.status()), (XyteErrorKind::InvalidRequest, Some(200)));
    assert_eq!(error.api_message(), Some("In use"));
    assert_eq!(error.to_string(), "Xyte answered 200, and that it was not done: \"In use\"");
}

#[test]
fn a_write_with_an_unreadable_answer_is_said_to_be_done() {
    let host = mock::Host::new().answer(&routes::CREATE_SPACE, 201, json!([1])).answer(
        &routes::GET_SPACE,
        200,
        json!([1]),
    );
    host.run(|cx| {
        let error = calls::create_space(cx, "Room").send().unwrap_err();
        assert_eq!(error.code(), "unreadable_answer");
        assert!(error.to_string().starts_with("It was done and must not be done again, but "), "{error}");
        let error = calls::get_space(cx, &SpaceId::from(7)).send().unwrap_err();
        assert!(error.to_string().starts_with("Xyte's answer cannot be read"), "{error}");
    });
}

#[test]
fn a_partners_device_is_unwrapped() {
    for (body, id) in [
        (
            json!({"data": [{"id": "d1", "claimed": "Customer"}], "page_info": {"has_next": false}}),
            Some("d1"),
        ),
        (json!({"id": "d1", "name": "Projector"}), Some("d1")),
        (json!([{"id": "d1"}]), Some("d1")),
        (json!({"data": []}), None),
        (json!(7), None),
    ] {
        let host = mock::Host::new().answer(&routes::partner::GET_DEVICE_INFO, 200, &body);
        let device = host.run(|cx| partner::get_device_info(cx, ID).send());
        assert_eq!(device.ok().map(|device| device.id).as_deref(), id, "{body}");
    }
}

#[test]
fn an_answer_can_be_read_as_something_else_or_not_at_all() {
    let host = mock::Host::new()
        .answer(&routes::GET_DEVICE, 200, json!({"id": "d1", "surprise": 1}))
        .list(&routes::GET_MODELS, [json!({"id": "m1", "surprise": 2})]);
    host.run(|cx| {
        let json = calls::get_device(cx, ID).of::<Json>().send().unwrap();
        assert_eq!(json.text(), r#"{"id":"d1","surprise":1}"#);
        let response = calls::get_device(cx, ID).max_age_ms(0).timeout_ms(500).response().unwrap();
        assert_eq!((response.status(), response.body()), (200, json.text()));
        let models = calls::get_models(cx).of::<Json>().pages().collect().unwrap();
        assert_eq!(models.items[0].text(), r#"{"id":"m1","surprise":2}"#);
    });
    assert_eq!(host.requests()[1].options.len(), 2);
}

#[test]
fn several_calls_are_answered_in_order_and_what_is_refused_is_not_sent() {
    let host = mock::Host::new()
        .answer_with(&routes::UPDATE_DEVICE, |request| match request.param("device_id") {
            Some("d3") => Reply::json(404, json!({})),
            id => Reply::json(200, json!({"id": id})),
        })
        .latency_ms(100);
    let answers = host.run(|cx| {
        let update = |id, password: &str| {
            calls::update_device(cx, id).custom_parameters(&json!({ "Password": password }))
        };
        let updates = [update("d1", "a"), update("d2", "**"), update("d3", "c"), update("d4", "d")];
        let answers = calls::send_all(cx, updates);
        assert_eq!(cx.remaining_ms(), 30_000 - 100, "they are sent at the same time");
        answers
    });
    let ids: Vec<_> =
        answers.iter().map(|answer| answer.as_ref().map(Done::id).map_err(XyteError::code)).collect();
    let id = |id: &str| Ok(Some(id.to_owned()));
    assert_eq!(ids, [id("d1"), Err("masked_value"), Err("not_found"), id("d4")]);
    assert_eq!(host.requests().len(), 3);
}
