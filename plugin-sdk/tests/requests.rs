//! Requests, their answers, and what failures become.

use serde::Deserialize;
use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::bindings::types::{Failure, Method};
use xyte_plugin_sdk::mock::{self, ErrorKind, Reply};
use xyte_plugin_sdk::{Cx, Level, ToolError, XyteError, XyteErrorKind, json, routes};

fn get_device(cx: &Cx) -> Result<Device, XyteError> {
    cx.get(&routes::GET_DEVICE, &[("device_id", &"d1")])
}

#[test]
fn a_request_is_sent_as_it_was_prepared() {
    let host = mock::Host::new().answer(&routes::GET_HISTORIES, 200, json!({"items": []})).answer(
        &routes::SEND_COMMAND,
        201,
        json!({"id": "c1"}),
    );
    host.run(|cx| {
        let response = cx
            .request(&routes::GET_HISTORIES)
            .query("page", 2)
            .maybe_query("name", Some("a/b"))
            .maybe_query("status", None::<&str>)
            .max_age_ms(0)
            .timeout_ms(500)
            .send()
            .unwrap();
        assert_eq!((response.status(), response.body()), (200, r#"{"items":[]}"#));
        let body = json!({"name": "reboot", "friendly_name": "Reboot"});
        let sent =
            cx.request(&routes::SEND_COMMAND).param("device_id", "d1").body(&body).unwrap().send().unwrap();
        assert_eq!(sent.json::<serde_json::Value>().unwrap()["id"], "c1");
    });
    let [histories, command] = <[_; 2]>::try_from(host.requests()).unwrap();
    assert_eq!((histories.query("page"), histories.query("name")), (Some("2"), Some("a/b")));
    assert_eq!(histories.query.len(), 2);
    assert_eq!(
        histories.options,
        [("max-age-ms".to_owned(), "0".to_owned()), ("timeout-ms".to_owned(), "500".to_owned())]
    );
    assert_eq!((command.method, command.param("device_id")), (Method::Post, Some("d1")));
    assert_eq!(command.body.unwrap()["name"], "reboot");
}

#[test]
fn every_status_becomes_an_error_of_its_own() {
    let cases = [
        (400, "invalid_request", XyteErrorKind::InvalidRequest, None),
        (401, "unauthorized", XyteErrorKind::Unauthorized, None),
        (403, "forbidden", XyteErrorKind::Forbidden, None),
        (404, "not_found", XyteErrorKind::NotFound, None),
        (418, "invalid_request", XyteErrorKind::InvalidRequest, None),
        (422, "invalid_request", XyteErrorKind::InvalidRequest, None),
        (429, "rate_limited", XyteErrorKind::RateLimited, Some(30_000)),
        (500, "upstream_error", XyteErrorKind::Upstream, Some(5_000)),
        (302, "upstream_error", XyteErrorKind::Upstream, Some(5_000)),
    ];
    for (status, code, kind, retry_after_ms) in cases {
        let host = mock::Host::new().answer(&routes::GET_DEVICE, status, json!({"error": "No\nway"}));
        let error = host.run(get_device).unwrap_err();
        assert_eq!((error.kind(), error.code(), error.status()), (kind, code, Some(status)));
        assert_eq!(error.api_message(), Some("No\nway"));
        let failure: Failure = ToolError::from(error).into();
        assert_eq!((failure.code.as_str(), failure.retry_after_ms), (code, retry_after_ms));
        assert_eq!(failure.message, format!("Xyte answered {status}: \"No way\""));
    }
}

#[test]
fn a_failed_write_is_never_said_to_be_worth_repeating() {
    let host = mock::Host::new().answer(&routes::CREATE_SPACE, 502, json!({}));
    let failure: Failure =
        ToolError::from(host.run(|cx| cx.request(&routes::CREATE_SPACE).send().unwrap_err())).into();
    assert_eq!((failure.code.as_str(), failure.retry_after_ms), ("upstream_error", None));
}

#[test]
fn an_error_without_words_or_of_another_form_is_still_an_error() {
    let long = json!({"error": "x".repeat(5000)}).to_string();
    for (body, message) in
        [("", None), ("[]", None), ("<html>", None), (r#"{"error":{"a":1}}"#, None), (&long, Some(300))]
    {
        let body = body.to_owned();
        let host =
            mock::Host::new().answer_with(&routes::GET_DEVICE, move |_| Reply::text(500, body.clone()));
        let error = host.run(get_device).unwrap_err();
        assert_eq!(error.api_message().map(str::len), message, "{error}");
    }
}

#[test]
fn a_refusal_of_the_host_keeps_its_own_code() {
    let host = mock::Host::new().deny(&routes::GET_DEVICE);
    let error = host.run(get_device).unwrap_err();
    assert_eq!(
        (error.kind(), error.code(), error.status()),
        (XyteErrorKind::Denied, "route_not_granted", None)
    );
    let kinds = [
        (ErrorKind::Invalid, XyteErrorKind::NotSendable),
        (ErrorKind::RateLimited, XyteErrorKind::RateLimited),
        (ErrorKind::BudgetExhausted, XyteErrorKind::BudgetExhausted),
        (ErrorKind::Timeout, XyteErrorKind::Timeout),
        (ErrorKind::Cancelled, XyteErrorKind::Cancelled),
        (ErrorKind::TooLarge, XyteErrorKind::TooLarge),
        (ErrorKind::Unavailable, XyteErrorKind::Unavailable),
        (ErrorKind::OutcomeUnknown, XyteErrorKind::OutcomeUnknown),
        (ErrorKind::Other, XyteErrorKind::Other),
    ];
    for (kind, expected) in kinds {
        let host = mock::Host::new()
            .answer_with(&routes::GET_DEVICE, move |_| Reply::error(kind, "why", "Because."));
        let error = host.run(get_device).unwrap_err();
        assert_eq!((error.kind(), error.code(), error.to_string().as_str()), (expected, "why", "Because."));
    }
}

#[test]
fn a_lost_write_says_that_it_may_have_happened() {
    let host = mock::Host::new().answer_with(&routes::CLAIM_DEVICE, |_| {
        Reply::error(ErrorKind::OutcomeUnknown, "no_answer", "No answer came.")
    });
    let failure: Failure =
        ToolError::from(host.run(|cx| cx.request(&routes::CLAIM_DEVICE).send().unwrap_err())).into();
    assert!(failure.hint.unwrap().contains("may or may not have happened"));
}

#[test]
fn an_answer_that_is_not_what_was_expected_says_so() {
    let host = mock::Host::new().answer(&routes::GET_DEVICE, 200, json!([1]));
    let error = host.run(get_device).unwrap_err();
    assert_eq!((error.kind(), error.code()), (XyteErrorKind::Unreadable, "unreadable_answer"));
}

#[test]
fn the_hosts_facts_come_with_the_answer() {
    let host = mock::Host::new()
        .answer_with(&routes::GET_DEVICE, |_| Reply::json(200, json!({"id": "d1"})).fact("age-ms", "250"));
    let response = host.run(|cx| cx.request(&routes::GET_DEVICE).param("device_id", "d1").send().unwrap());
    assert_eq!((response.fact("age-ms"), response.fact("attempts")), (Some("250"), None));
}

#[test]
fn an_empty_body_is_null() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Deleted {}
    let host = mock::Host::new().answer_with(&routes::DELETE_SPACE, |_| Reply::text(204, ""));
    let response = host.run(|cx| cx.request(&routes::DELETE_SPACE).param("space_id", 7).send().unwrap());
    assert_eq!(response.json::<Option<Deleted>>().unwrap(), None);
    assert!(response.json::<Deleted>().is_err());
}

#[test]
fn the_rows_of_one_page_are_read_in_any_form() {
    for (body, more) in
        [(json!({"items": [{"id": "d1"}], "next_page": 2}), true), (json!([{"id": "d1"}]), false)]
    {
        let host = mock::Host::new().answer(&routes::GET_DEVICES, 200, body);
        let rows = host.run(|cx| cx.request(&routes::GET_DEVICES).send().unwrap().rows::<Device>().unwrap());
        assert_eq!((rows.items[0].id.as_str(), rows.more), ("d1", more));
    }
}

#[test]
fn one_failure_among_several_requests_stops_nothing() {
    let host = mock::Host::new()
        .answer(&routes::GET_DEVICE, 200, json!({"id": "d1"}))
        .answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}))
        .answer(&routes::GET_DEVICE, 200, json!({"id": "d3"}));
    let answers = host.run(|cx| {
        let request = |id: &str| cx.request(&routes::GET_DEVICE).param("device_id", id);
        cx.send_all(["d1", "d2", "d3"].map(request).to_vec())
    });
    let ids: Vec<_> = answers.into_iter().map(|answer| answer?.json::<Device>()).collect();
    assert_eq!(ids[0].as_ref().unwrap().id, "d1");
    assert!(ids[1].as_ref().unwrap_err().is_not_found());
    assert_eq!(ids[2].as_ref().unwrap().id, "d3");
}

#[test]
fn the_call_knows_its_facts() {
    let host = mock::Host::new().at("2026-11-22T10:00:00.5Z").remaining_ms(1_000);
    host.run(|cx| {
        assert_eq!(cx.now().to_string(), "2026-11-22T10:00:00.5Z");
        assert_eq!((cx.request_id().as_str(), cx.tenant().as_str()), ("request-1", "tenant-1"));
        assert_eq!(cx.random(3), [0, 1, 2]);
        assert!(!cx.is_cancelled());
        assert!(cx.sleep_ms(400));
        assert_eq!((cx.remaining_ms(), cx.now().to_string().as_str()), (600, "2026-11-22T10:00:00.9Z"));
        assert!(!cx.sleep_ms(700), "cut short by the end of the call");
        cx.info("done", &[("pages", &3), ("id", &"d1")]);
    });
    let [line] = <[_; 1]>::try_from(host.logs()).unwrap();
    assert_eq!((line.level, line.message.as_str()), (Level::Info, "done"));
    assert_eq!(line.fields, [("pages".to_owned(), "3".to_owned()), ("id".to_owned(), "d1".to_owned())]);
}
