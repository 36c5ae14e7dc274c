use xyte_plugin_sdk::mock::{ErrorKind, Host, Outcome, Reply};
use xyte_plugin_sdk::{json, routes};

use crate::Diagnostics;

fn echo(host: &Host) -> Outcome {
    host.call::<Diagnostics>("echo_command", json!({"device_id": "d1", "message": "are you there"}))
}

#[test]
fn the_message_comes_back_with_the_device_and_the_request() {
    let device = json!({"id": "d1", "name": "Projector", "status": "online", "effective_status": "ok"});
    let host = Host::new().answer(&routes::GET_DEVICE, 200, device);
    let expected = json!({
        "device_id": "d1", "name": "Projector", "status": "online", "effective_status": "ok",
        "message": "are you there", "request_id": "request-1"
    });
    assert_eq!(echo(&host).structured(), expected);
    assert_eq!(host.requests()[0].options, [("max-age-ms".to_owned(), "0".to_owned())]);
}

#[test]
fn failures_have_codes() {
    let unknown = Host::new().answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}));
    let no_id = Host::new().answer_with(&routes::GET_DEVICE, |_| {
        Reply::error(ErrorKind::Invalid, "invalid_param", "Must be a UUID.")
    });
    let forbidden = Host::new().answer(&routes::GET_DEVICE, 403, json!({}));
    let cases = [(unknown, "device_not_found"), (no_id, "invalid_device_id"), (forbidden, "forbidden")];
    for (host, code) in cases {
        assert_eq!(echo(&host).failure().code, code);
    }
    Host::new().call::<Diagnostics>("echo_command", json!({"device_id": "d1"})).call_error();
}
