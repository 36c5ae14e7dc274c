//! Which path reaches which operation.

use reqwest::Method;
use serde_json::Value;
use xyte_catalog::{Catalog, Operation, Scope};

use crate::support::{Hub, PREFIX, send};

/// Sends a request line with this path as it is; no client tidies it up.
async fn operation_of(hub: &Hub, path: &str) -> Option<&'static str> {
    hub.sim.clear_requests();
    hub.raw(&hub.raw_get(&format!("{PREFIX}{path}"), "")).await;
    hub.sim.requests()[0].operation
}

#[tokio::test]
async fn literals_win_over_parameters() {
    let hub = Hub::start().await;
    let device = hub.fleet().devices()[0].id;
    let histories = Some("organization.devices.getHistories");
    assert_eq!(operation_of(&hub, "/devices/histories").await, histories);
    assert_eq!(
        operation_of(&hub, &format!("/devices/{device}")).await,
        Some("organization.devices.getDevice")
    );
    assert_eq!(operation_of(&hub, "/devices/histories2").await, Some("organization.devices.getDevice"));
    let claim = hub.post("/devices/claim", serde_json::json!({})).await;
    claim.assert_error(422, "Parameter space_id is required");
}

#[tokio::test]
async fn a_format_and_slashes_do_not_make_another_route() {
    let hub = Hub::start().await;
    let histories = Some("organization.devices.getHistories");
    for path in
        ["/devices/histories.json", "/devices//histories", "/devices/histories/", "//devices/histories.json/"]
    {
        assert_eq!(operation_of(&hub, path).await, histories, "{path}");
    }
    assert_eq!(operation_of(&hub, "/devices/").await, Some("organization.devices.getDevices"));
    let device = hub.fleet().devices()[0].id;
    assert_eq!(hub.get(&format!("/devices/{device}.json")).await.json()["id"], device.to_string());
    assert_eq!(hub.get("/devices/histories.json?per_page=1").await.items().len(), 1);
}

#[tokio::test]
async fn what_only_looks_alike_is_another_route() {
    let hub = Hub::start().await;
    let device = Some("organization.devices.getDevice");
    for path in ["/devices/histories.xml", "/devices/histor%69es", "/devices/Histories", "/devices/%2e%2e"] {
        assert_eq!(operation_of(&hub, path).await, device, "{path}");
    }
    for path in ["/devices/x/../histories", "/Devices", "/devices/%ff", "/devices/x/y", "/device"] {
        assert_eq!(operation_of(&hub, path).await, None, "{path}");
    }
}

#[tokio::test]
async fn an_unknown_route_or_method_is_not_found() {
    let hub = Hub::start().await;
    hub.get("/nothing").await.assert_error(404, "Errors::NotFound");
    hub.delete("/info").await.assert_error(404, "Errors::NotFound");
    hub.get("/devices/claim").await.assert_error(404, "Errors::NotFound");
    send(hub.keyless(Method::GET, "/nothing")).await.assert_error(404, "Errors::NotFound");
    let elsewhere = String::from_utf8(hub.raw(&hub.raw_get("/", "")).await).unwrap();
    assert!(elsewhere.starts_with("HTTP/1.1 404 ") && elsewhere.ends_with(r#"{"error":"Errors::NotFound"}"#));
}

#[tokio::test]
async fn every_operation_is_played_or_says_that_it_is_not() {
    let hub = Hub::start().await;
    let of_organizations = |operation: &&Operation| operation.scope == Scope::Organization;
    let mut played = Vec::new();
    for operation in Catalog::known().operations().iter().filter(of_organizations) {
        let method = operation.method.as_str().parse().unwrap();
        let path = operation.template.as_str().replace(['{', '}'], "");
        let answer = send(hub.request(method, &path)).await;
        assert_eq!(hub.sim.requests().last().unwrap().operation, Some(operation.key.as_str()));
        if answer.status == 501 {
            answer.assert_error(501, &format!("The simulator does not play {} yet", operation.key));
        } else {
            played.push(operation.key.rsplit('.').next().unwrap());
        }
    }
    let expected = [
        "getOrganizationInfo",
        "getDevices",
        "getDevice",
        "claimDevice",
        "getHistories",
        "getCommands",
        "sendCommand",
        "cancelCommand",
        "getSpaces",
        "getSpace",
        "createSpace",
        "updateSpace",
        "deleteSpace",
        "findOrCreateSpace",
    ];
    assert_eq!(played, expected);
}

#[tokio::test]
async fn answers_are_json_in_their_head_as_well() {
    let hub = Hub::start().await;
    for path in ["/info", "/nothing"] {
        assert_eq!(hub.get(path).await.headers["content-type"], "application/json");
    }
}

#[tokio::test]
async fn a_body_is_read_leniently() {
    let hub = Hub::start().await;
    let form = hub.request(Method::POST, "/spaces").form(&[("name", "By form")]);
    assert_eq!(send(form).await.status, 201);
    let untyped = hub.request(Method::POST, "/spaces").body(r#"{"name":"Untyped","unknown":[1]}"#);
    assert_eq!(send(untyped).await.status, 201);
    let twice = hub.request(Method::POST, "/spaces").body(r#"{"name":"First","name":"Last"}"#);
    assert_eq!(send(twice).await.json()["name"], "Last");

    for no_object in ["", "[1]", "null"] {
        let answer = send(hub.request(Method::POST, "/spaces").body(no_object)).await;
        answer.assert_error(422, "Parameter name is required");
    }
    send(hub.request(Method::POST, "/spaces").body("{")).await.assert_error(400, "Bad Request");
}

#[tokio::test]
async fn the_query_is_merged_into_the_body_and_wins() {
    let hub = Hub::start().await;
    let device = hub.fleet().devices()[0].id;
    let path = format!("/devices/{device}/commands");
    let body = serde_json::json!({ "name": "identify" });
    let harmless = hub.post(&path, body.clone()).await;
    assert_eq!(harmless.json()["name"], "identify");
    let smuggled = hub.post(&format!("{path}?name=reboot"), body).await;
    assert_eq!((smuggled.status, smuggled.json()["name"].clone()), (201, "reboot".into()));
    let by_query_alone = hub.post(&format!("{path}?name=x&name=dump"), Value::Null).await;
    assert_eq!(by_query_alone.json()["name"], "dump");
}

#[tokio::test]
async fn a_body_may_not_be_larger_than_anything_needs() {
    let hub = Hub::start().await;
    let body = |bytes: usize| format!(r#"{{"name":"{}"}}"#, "x".repeat(bytes));
    let large = hub.request(Method::POST, "/spaces").body(body(1 << 20));
    send(large).await.assert_error(413, "Request body is too large");
    assert_eq!(send(hub.request(Method::POST, "/spaces").body(body(1 << 19))).await.status, 201);
}
