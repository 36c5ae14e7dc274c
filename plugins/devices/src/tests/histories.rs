use serde_json::Value;
use xyte_plugin_sdk::mock::{Host, Outcome, Recorded, Reply};
use xyte_plugin_sdk::time;
use xyte_plugin_sdk::{json, routes};

use crate::Devices;

const NOW: &str = "2026-11-22T10:00:00Z";

fn search(host: &Host, arguments: Value) -> Outcome {
    host.call::<Devices>("search_device_histories", arguments)
}

fn epoch(text: &str) -> i64 {
    time::parse(text).map_or(0, |time| time.as_second())
}

fn row(at: &str, status: &str) -> Value {
    json!({
        "uuid": format!("u-{at}"), "name": "Projector", "model": "X100", "partner": "Acme", "space_id": 42,
        "state": {"status": status, "lamp_hours": 8}, "created_at": at
    })
}

/// A hub that has these rows and answers what lies in the window asked for, oldest first.
fn hub(rows: Vec<Value>) -> Host {
    Host::new().at(NOW).answer_with(&routes::GET_HISTORIES, move |request: &Recorded| {
        let number = |name| request.query(name).and_then(|text| text.parse::<i64>().ok()).unwrap_or_default();
        let within = |row: &&Value| {
            (number("from")..=number("to")).contains(&epoch(row["created_at"].as_str().unwrap_or_default()))
        };
        let rows: Vec<&Value> = rows.iter().filter(within).collect();
        let per_page = usize::try_from(number("per_page")).unwrap_or(1);
        let from = usize::try_from(number("page") - 1).unwrap_or(0) * per_page;
        let page = &rows[from.min(rows.len())..(from + per_page).min(rows.len())];
        Reply::json(200, json!({"items": page, "has_next_page": from + per_page < rows.len()}))
    })
}

fn times(answer: &Value) -> Vec<&str> {
    answer["rows"].as_array().into_iter().flatten().filter_map(|row| row["at"].as_str()).collect()
}

#[test]
fn the_last_seven_days_come_newest_first() {
    let rows = vec![
        row("2026-11-10T00:00:00Z", "online"),
        row("2026-11-20T08:00:00.250Z", "offline"),
        row("2026-11-21T09:00:00Z", "online"),
    ];
    let host = hub(rows);
    let outcome = search(&host, json!({}));
    let answer = outcome.structured();
    assert_eq!(times(&answer), ["2026-11-21T09:00:00Z", "2026-11-20T08:00:00.250Z"]);
    assert_eq!(answer["windows"], json!([{"from": "2026-11-15T10:00:00Z", "to": NOW, "read": "whole"}]));
    assert_eq!((&answer["complete"], &answer["matched"]), (&json!(true), &json!(2)));
    let expected = json!({
        "at": "2026-11-21T09:00:00Z", "uuid": "u-2026-11-21T09:00:00Z", "name": "Projector", "model": "X100",
        "space_id": 42, "status": "online"
    });
    assert_eq!(answer["rows"][0], expected);
    assert_eq!(
        outcome.text(),
        "2 recorded states from 2026-11-15T10:00:00Z to 2026-11-22T10:00:00Z; showing 2, newest first."
    );
    let request = &host.requests()[0];
    assert_eq!(request.query("from"), Some(epoch("2026-11-15T10:00:00Z").to_string().as_str()));
    assert_eq!(request.query("to"), Some(epoch(NOW).to_string().as_str()));
}

#[test]
fn filters_are_passed_on_as_xyte_takes_them() {
    let host = hub(vec![]);
    let id = "5dc4ba6c-c323-4118-a4e4-504f074426f2";
    search(&host, json!({"device_id": id, "space_id": 42, "name": "Projector", "status": "offline"}))
        .structured();
    let request = &host.requests()[0];
    let sent: Vec<Option<&str>> =
        ["device_id", "space_id", "name", "status"].map(|name| request.query(name)).to_vec();
    assert_eq!(sent, [Some(id), Some("42"), Some("Projector"), Some("offline")]);
}

#[test]
fn a_long_time_is_read_in_windows_and_merged() {
    let rows = vec![
        row("2026-09-01T00:00:00Z", "online"),
        row("2026-10-02T00:00:00Z", "offline"),
        row("2026-11-01T00:00:00Z", "online"),
    ];
    let host = hub(rows);
    let arguments = json!({"from": "2026-09-01", "to": "2026-11-01", "order": "oldest_first"});
    let answer = search(&host, arguments).structured();
    assert_eq!(times(&answer), ["2026-09-01T00:00:00Z", "2026-10-02T00:00:00Z", "2026-11-01T00:00:00Z"]);
    assert_eq!(
        answer["windows"],
        json!([
            {"from": "2026-09-01T00:00:00Z", "to": "2026-10-02T00:00:00Z", "read": "whole"},
            {"from": "2026-10-02T00:00:00Z", "to": "2026-11-02T00:00:00Z", "read": "whole"}
        ])
    );
    for request in host.requests() {
        let number = |name| request.query(name).unwrap().parse::<i64>().unwrap();
        assert!(number("to") - number("from") <= 31 * 24 * 60 * 60, "Xyte refuses more");
    }
    assert_eq!(answer["matched"], 3, "the row in the second that both windows have counts once");
}

#[test]
fn older_windows_are_left_unread_once_there_are_rows_enough() {
    let rows: Vec<Value> =
        (1..=9).map(|month| row(&format!("2026-0{month}-05T00:00:00Z"), "online")).collect();
    let host = hub(rows);
    let outcome = search(&host, json!({"from": "2026-01-01", "to": "2026-09-30", "limit": 2}));
    let answer = outcome.structured();
    assert_eq!(times(&answer), ["2026-09-05T00:00:00Z", "2026-08-05T00:00:00Z"]);
    let unread =
        answer["windows"].as_array().unwrap().iter().filter(|window| window["read"] == "nothing").count();
    assert!(unread >= 6, "{answer}");
    assert_eq!(answer["complete"], false);
    let next = json!({"from": "2026-01-01T00:00:00Z", "to": "2026-10-01T00:00:00Z", "offset": 2});
    assert_eq!(answer["next"], next);
    assert!(outcome.text().starts_with("At least 2 recorded states"), "{}", outcome.text());
}

#[test]
fn the_next_arguments_lead_through_all_rows() {
    let rows: Vec<Value> = (1..=9)
        .flat_map(|month| [5, 6].map(|day| row(&format!("2026-0{month}-0{day}T00:00:00Z"), "online")))
        .collect();
    for order in ["newest_first", "oldest_first"] {
        let host = hub(rows.clone());
        let mut arguments = json!({"from": "2026-01-01", "to": "2026-09-30", "limit": 5, "order": order});
        let mut found = Vec::new();
        loop {
            let answer = search(&host, arguments.clone()).structured();
            found.extend(times(&answer).into_iter().map(str::to_owned));
            let Some(next) = answer["next"].as_object() else { break };
            for (name, value) in next {
                arguments[name] = value.clone();
            }
        }
        let mut expected: Vec<String> =
            rows.iter().filter_map(|row| row["created_at"].as_str()).map(str::to_owned).collect();
        if order == "newest_first" {
            expected.reverse();
        }
        assert_eq!(found, expected);
    }
}

#[test]
fn rows_can_be_chosen_by_the_status_they_recorded() {
    let rows = vec![row("2026-11-20T00:00:00Z", "offline"), row("2026-11-21T00:00:00Z", "online")];
    let host = hub(rows);
    let answer = search(&host, json!({"recorded_status": "Offline", "include_state": true})).structured();
    assert_eq!(times(&answer), ["2026-11-20T00:00:00Z"]);
    assert_eq!(answer["rows"][0]["state"], json!({"status": "offline", "lamp_hours": 8}));
    assert_eq!(host.requests()[0].query("status"), None, "that would be the device's status now");
}

#[test]
fn what_could_not_be_read_is_said() {
    let rows: Vec<Value> = (0..900)
        .map(|minute| row(&format!("2026-11-21T{:02}:{:02}:00Z", minute / 60, minute % 60), "online"))
        .collect();
    let host = hub(rows).requests_max(2);
    let outcome = search(&host, json!({"from": "2026-10-01", "limit": 1000}));
    let answer = outcome.structured();
    assert_eq!((&answer["complete"], &answer["returned"]), (&json!(false), &json!(500)));
    let reads: Vec<&str> =
        answer["windows"].as_array().unwrap().iter().filter_map(|window| window["read"].as_str()).collect();
    assert_eq!(reads, ["part", "nothing"]);
    assert!(answer["incomplete_because"].as_str().unwrap().contains("which rows are missing is not known"));
    assert!(answer.get("next").is_none());
    assert!(outcome.text().contains("Not all was read"), "{}", outcome.text());
}

#[test]
fn a_failure_in_a_later_window_keeps_the_earlier_ones() {
    let host = Host::new().at(NOW).answer_with(&routes::GET_HISTORIES, |request: &Recorded| {
        match request.query("to") == Some(epoch(NOW).to_string().as_str()) {
            true => Reply::json(
                200,
                json!({"items": [row("2026-11-20T00:00:00Z", "online")], "has_next_page": false}),
            ),
            false => Reply::json(422, json!({"error": "Window too long"})),
        }
    });
    let answer = search(&host, json!({"from": "2026-10-01"})).structured();
    assert_eq!((times(&answer), &answer["complete"]), (vec!["2026-11-20T00:00:00Z"], &json!(false)));
    assert!(answer["incomplete_because"].as_str().unwrap().contains("Window too long"));
}

#[test]
fn times_that_make_no_window_are_refused_before_anything_is_sent() {
    let cases = [
        (json!({"from": "yesterday"}), "invalid_time"),
        (json!({"to": "1762336800"}), "invalid_time"),
        (json!({"from": "2026-11-05", "to": "2026-11-01"}), "invalid_time"),
        (json!({"from": "2027-01-01"}), "invalid_time"),
        (json!({"from": "2025-11-01", "to": "2026-11-20"}), "window_too_long"),
    ];
    for (arguments, code) in cases {
        let host = hub(vec![]);
        assert_eq!(search(&host, arguments.clone()).failure().code, code, "{arguments}");
        assert!(host.requests().is_empty());
    }
    let year = search(&hub(vec![]), json!({"from": "2025-11-21T10:00:00Z"})).structured();
    assert_eq!(year["windows"].as_array().unwrap().len(), 12);
}

#[test]
fn rows_of_odd_form_are_kept_and_come_last() {
    let host = Host::new().at(NOW).answer(
        &routes::GET_HISTORIES,
        200,
        json!({"items": [
            {"uuid": 7, "created_at": "some day", "state": "on"}, {},
            row("2026-11-20T00:00:00Z", "online")
        ], "next_page": null}),
    );
    let answer = search(&host, json!({})).structured();
    assert_eq!(answer["rows"][0]["status"], "online");
    assert_eq!(answer["matched"], 3);
}

#[test]
fn a_failure_of_the_first_window_keeps_its_code() {
    let host = Host::new().at(NOW).answer(&routes::GET_HISTORIES, 403, json!({"error": "Not authorized"}));
    assert_eq!(search(&host, json!({})).failure().code, "forbidden");
}
