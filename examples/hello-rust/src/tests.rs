//! Tests that need neither WebAssembly nor a host: the SDK's mock host answers what a test says, and keeps what was sent.

use xyte_plugin_sdk::mock::Host;
use xyte_plugin_sdk::{json, routes};

use super::HelloDevices;

#[test]
fn devices_are_counted_over_all_pages() {
    let devices = (0..250).map(|number| match number % 2 {
        0 => json!({"id": format!("d{number}"), "status": "online"}),
        _ => json!({"id": format!("d{number}")}),
    });
    let host = Host::new().list(&routes::GET_DEVICES, devices);
    let counted = host.call::<HelloDevices>("count_devices", json!({})).structured();
    assert_eq!(counted, json!({"devices": 250, "by_status": {"none": 125, "online": 125}, "complete": true}));
    let offline = host.call::<HelloDevices>("count_devices", json!({"status": "offline"})).structured();
    assert_eq!(offline["devices"], 0);
}

#[test]
fn an_unknown_device_is_a_failure_that_helps() {
    let host = Host::new().answer(&routes::GET_DEVICE, 404, json!({"error": "Errors::NotFound"}));
    let answer = host.call::<HelloDevices>("get_device", json!({"device_id": "none"}));
    assert_eq!(answer.failure().code, "device_not_found");
}
