//! The kit on the plugins of this repository, which `cargo xtask plugins` builds.

use std::path::PathBuf;

use serde_json::json;
use xyte_plugin_testkit::{Fault, Kit};

fn plugin(name: &str) -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path =
        target.parent().expect("it stands below the target directory").join(format!("plugins/{name}.wasm"));
    assert!(path.is_file(), "{} is built by `cargo xtask plugins`", path.display());
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_called_under_its_own_grant() {
    let kit = Kit::load(plugin("devices")).await.unwrap();
    let called = kit.call("list_devices", json!({"limit": 1})).await;
    assert_eq!(called.structured()["scanned"], 1250);
    assert!(called.text().starts_with("1,250 devices") && called.requests().len() >= 13);
    assert!(called.memory_bytes() > 0 && called.code().is_none());

    let called = kit.call("get_device", json!({"device_id": "00000000-0000-4000-8000-000000000000"})).await;
    assert_eq!(called.code(), Some("device_not_found"), "{called:?}");
    assert_eq!(called.requests()[0].status, Some(404));
    assert!(called.message().is_some());

    kit.fault_next("organization.devices.getDevices", Fault::Cut(10), 1);
    let called = kit.call("list_devices", json!({})).await;
    assert_eq!(called.code(), Some("unreachable"), "{called:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_route_its_tool_is_not_there() {
    let routes = ["organization.devices.getDevice"];
    let kit = Kit::load_granting(plugin("devices"), &routes).await.unwrap();
    assert_eq!(kit.tools(), ["get_device"]);
    let called = kit.call("list_devices", json!({})).await;
    assert_eq!(called.code(), Some("route_not_granted"));
    assert!(kit.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_versions_of_a_surface_are_compared() {
    let kit = Kit::load(plugin("devices")).await.unwrap();
    assert_eq!(kit.surface().changes(kit.surface()), []);
    let other = Kit::load(plugin("claim-device")).await.unwrap();
    let changes = kit.surface().changes(other.surface());
    assert!(
        changes.iter().any(|change| change.breaking && change.what.contains("the tool list_devices is gone"))
    );
}

#[tokio::test]
async fn what_is_no_plugin_is_refused_as_a_host_refuses_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("broken.wasm");
    std::fs::write(&path, "not wasm").unwrap();
    let error = Kit::load(&path).await.unwrap_err().to_string();
    assert!(error.contains("not a WebAssembly component"), "{error}");
    std::fs::write(directory.path().join("broken.toml"), "grants = []").unwrap();
    let error = Kit::load(&path).await.unwrap_err().to_string();
    assert!(error.contains("broken.toml, line 1") && error.contains("unknown field"), "{error}");
}
