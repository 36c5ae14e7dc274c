use xyte_plugin_sdk::mock::{ErrorKind, Host, Outcome, Reply};
use xyte_plugin_sdk::{json, routes};

use crate::Devices;

const ID: &str = "5dc4ba6c-c323-4118-a4e4-504f074426f2";

fn get(host: &Host) -> Outcome {
    host.call::<Devices>("get_device", json!({"device_id": ID}))
}

#[test]
fn a_device_comes_with_all_that_was_sent() {
    let host = Host::new().answer(
        &routes::GET_DEVICE,
        200,
        json!({
            "id": ID, "name": "Projector", "sn": "S1", "status": "online", "effective_status": "warning",
            "state": {"status": "online", "lamp_hours": 812}, "model": {"id": "m1", "name": "X100"},
            "space": {"id": 42, "full_path": "Org/Room"}, "claimed": "Somebody", "tags": ["a", "b"]
        }),
    );
    let answer = get(&host).structured();
    assert_eq!(answer["device"]["state"]["lamp_hours"], 812);
    assert_eq!(answer["device"]["space"], json!({"id": 42, "full_path": "Org/Room"}));
    assert_eq!(answer["other"], json!({"claimed": "Somebody", "tags": ["a", "b"]}));
    assert_eq!(host.requests()[0].param("device_id"), Some(ID));
}

#[test]
fn a_device_without_surprises_has_nothing_else() {
    let answer = get(&Host::new().answer(&routes::GET_DEVICE, 200, json!({"id": ID}))).structured();
    assert_eq!(answer, json!({"device": {"id": ID}}));
}

#[test]
fn what_is_not_found_says_how_to_find_it() {
    let unknown = Host::new().answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}));
    let no_id = Host::new().answer_with(&routes::GET_DEVICE, |_| {
        Reply::error(ErrorKind::Invalid, "invalid_param", "`device_id` must be a UUID.")
    });
    for (host, code) in [(unknown, "device_not_found"), (no_id, "invalid_device_id")] {
        let outcome = get(&host);
        assert_eq!(outcome.failure().code, code);
        assert!(outcome.failure().hint.as_ref().unwrap().contains("list_devices"));
    }
}

#[test]
fn other_failures_keep_their_codes() {
    let forbidden = Host::new().answer(&routes::GET_DEVICE, 403, json!({"error": "Not authorized"}));
    let denied = Host::new().deny(&routes::GET_DEVICE);
    let strange = Host::new().answer(&routes::GET_DEVICE, 200, json!([]));
    for (host, code) in
        [(forbidden, "forbidden"), (denied, "route_not_granted"), (strange, "unreadable_answer")]
    {
        assert_eq!(get(&host).failure().code, code);
    }
    let outcome = Host::new().call::<Devices>("get_device", json!({}));
    outcome.call_error();
}
