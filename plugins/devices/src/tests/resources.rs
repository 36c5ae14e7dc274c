use serde_json::Value;
use xyte_plugin_sdk::bindings::types::CallError;
use xyte_plugin_sdk::mock::{ErrorKind, Host, Read, Recorded, Reply};
use xyte_plugin_sdk::{json, routes};

use crate::Devices;

const ID: &str = "5dc4ba6c-c323-4118-a4e4-504f074426f2";
const NOW: &str = "2026-11-22T10:00:00Z";

fn read(host: &Host, uri: &str) -> Read {
    host.read::<Devices>(uri)
}

fn of_device(host: &Host, what: &str) -> Read {
    read(host, &format!("device://{ID}/{what}"))
}

#[test]
fn the_fleet_is_counted_whole_and_shown_in_part() {
    let device = |number: usize| {
        let status = if number.is_multiple_of(4) { "offline" } else { "online" };
        json!({"id": format!("d{number}"), "name": "Projector", "status": status, "sn": "S1", "details": {"a": 1}})
    };
    let fleet = read(&Host::new().list(&routes::GET_DEVICES, (1..=1_200).map(device)), "devices://").json();
    assert_eq!(fleet["by_status"], json!({"offline": 300, "online": 900}));
    assert_eq!((&fleet["complete"], &fleet["returned"]), (&json!(true), &json!(1_000)));
    assert_eq!(fleet["devices"][0], json!({"id": "d1", "name": "Projector", "status": "online"}));
    assert_eq!(fleet["next_cursor"], "1.1000", "list_devices goes on from there");
}

#[test]
fn a_status_has_what_the_device_reports() {
    let host = Host::new().answer(
        &routes::GET_DEVICE,
        200,
        json!({
            "id": ID, "name": "Projector", "status": "online", "effective_status": "warning", "sn": "S1",
            "state": {"status": "online", "lamp_hours": 812}, "firmware": {"version": "1.2"},
            "space": {"id": 42, "full_path": "Org/Room"}, "last_seen_at": "2026-11-22T09:00:00Z"
        }),
    );
    let expected = json!({
        "id": ID, "name": "Projector", "status": "online", "effective_status": "warning", "firmware": "1.2",
        "space": "Org/Room", "last_seen_at": "2026-11-22T09:00:00Z",
        "state": {"status": "online", "lamp_hours": 812}
    });
    assert_eq!(of_device(&host, "status").json(), expected);
    assert_eq!(host.requests()[0].param("device_id"), Some(ID));
}

fn command(number: usize) -> Value {
    let at = format!("2026-11-{:02}T{:02}:00:00Z", 1 + number / 24, number % 24);
    json!({"id": format!("c{number}"), "name": "reboot", "status": "done", "created_at": at})
}

#[test]
fn commands_come_newest_first_however_the_hub_sorts_them() {
    let few = Host::new().answer(&routes::GET_COMMANDS, 200, json!([command(1), command(3), command(2)]));
    let answer = of_device(&few, "commands").json();
    let ids: Vec<&str> =
        answer["commands"].as_array().unwrap().iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!((ids, &answer["complete"]), (vec!["c3", "c2", "c1"], &json!(true)));
    let many: Vec<Value> = (0..150).map(command).collect();
    let answer = of_device(&Host::new().answer(&routes::GET_COMMANDS, 200, json!(many)), "commands").json();
    assert_eq!(answer["commands"].as_array().map(Vec::len), Some(100));
    assert_eq!((&answer["commands"][0]["id"], &answer["complete"]), (&json!("c149"), &json!(false)));
}

#[test]
fn histories_are_those_of_the_last_seven_days() {
    let row = |hour: usize| {
        json!({"uuid": format!("u{hour}"), "state": {"status": "online", "lamp_hours": 8},
            "created_at": format!("2026-11-21T{hour:02}:00:00Z")})
    };
    let host = Host::new().at(NOW).answer_with(&routes::GET_HISTORIES, move |request: &Recorded| {
        assert_eq!(request.query("device_id"), Some(ID));
        Reply::json(200, json!({"items": [row(1), row(2)], "has_next_page": false}))
    });
    let answer = of_device(&host, "histories").json();
    assert_eq!(answer["windows"], json!([{"from": "2026-11-15T10:00:00Z", "to": NOW, "read": "whole"}]));
    assert_eq!(answer["rows"][0], json!({"at": "2026-11-21T02:00:00Z", "uuid": "u2", "status": "online"}));
    assert_eq!((&answer["returned"], &answer["complete"]), (&json!(2), &json!(true)));
}

#[test]
fn what_is_not_there_and_what_is_no_id_are_told_apart() {
    let unknown = Host::new().answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}));
    assert!(matches!(of_device(&unknown, "status").raw(), Err(CallError::NotFound(uri)) if uri.contains(ID)));
    let no_id = Host::new().answer_with(&routes::GET_DEVICE, |_| {
        Reply::error(ErrorKind::Invalid, "invalid_param", "`device_id` must be a UUID.")
    });
    assert!(matches!(of_device(&no_id, "status").raw(), Err(CallError::InvalidParams(_))));
    let down = Host::new().answer(&routes::GET_DEVICES, 503, json!({}));
    let failed = read(&down, "devices://");
    assert!(
        matches!(failed.raw(), Err(CallError::Protocol(error)) if error.message.contains("503")),
        "{failed:?}"
    );
}
