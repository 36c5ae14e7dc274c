//! What the hub saw.

use reqwest::Method;
use serde_json::json;

use crate::support::{Hub, PREFIX, send};

#[tokio::test]
async fn a_request_is_recorded_as_it_was_received() {
    let hub = Hub::start().await;
    let target = format!("{PREFIX}//devices/histories.json?name=a%20b&name=%D7%90&empty");
    hub.raw(&hub.raw_get(&target, "X-One: 1\r\nx-two: 2\r\nx-one: 3\r\n")).await;
    let seen = &hub.sim.requests()[0];
    assert_eq!((seen.number, seen.method.as_str(), seen.status), (1, "GET", Some(200)));
    assert_eq!(seen.target, target);
    assert_eq!(seen.tenant.as_deref(), Some("acme"));
    assert_eq!(seen.operation, Some("organization.devices.getHistories"));
    assert_eq!(seen.header("authorization"), Some(hub.key.as_str()));
    let names: Vec<&str> = seen.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["host", "authorization", "x-one", "x-one", "x-two", "connection"]);
    assert_eq!(
        (seen.headers[2].1.as_str(), seen.headers[3].1.as_str(), seen.header("x-three")),
        ("1", "3", None)
    );
}

#[tokio::test]
async fn the_body_is_recorded_byte_by_byte() {
    let hub = Hub::start().await;
    let body = "{ \"name\" :\t\"Annex\" , \"name\":\"\\u0041nnex\" }";
    send(hub.request(Method::POST, "/spaces").body(body)).await;
    let seen = &hub.sim.requests()[0];
    assert_eq!((seen.body.as_slice(), seen.status), (body.as_bytes(), Some(201)));
}

#[tokio::test]
async fn requests_are_numbered_in_order() {
    let hub = Hub::start().await;
    hub.get("/info").await;
    hub.get("/nothing").await;
    hub.sim.clear_requests();
    assert!(hub.sim.requests().is_empty());
    hub.get("/info").await;
    hub.with_fault("/info", "status=503").await;
    let seen: Vec<_> =
        hub.sim.requests().iter().map(|seen| (seen.number, seen.operation, seen.status)).collect();
    let info = Some("organization.getOrganizationInfo");
    assert_eq!(seen, [(3, info, Some(200)), (4, info, Some(503))]);
}

#[tokio::test]
async fn what_has_no_route_or_no_key_is_recorded_too() {
    let hub = Hub::start().await;
    send(hub.keyless(Method::DELETE, "/nothing?a=b")).await;
    let seen = &hub.sim.requests()[0];
    assert_eq!((seen.method.as_str(), seen.status), ("DELETE", Some(404)));
    assert_eq!((seen.tenant.as_ref(), seen.operation), (None, None));
    assert_eq!(seen.target, format!("{PREFIX}/nothing?a=b"));
}

#[tokio::test]
async fn a_key_that_is_not_the_simulators_is_never_kept() {
    let hub = Hub::start().await;
    let ours = "sim_unknown";
    for (header, value, kept) in [
        ("authorization", "a-real-key-of-somebody", "<not a simulator key>"),
        ("authorization", "Bearer sim_unknown", "<not a simulator key>"),
        ("authorization", "SIM_unknown", "<not a simulator key>"),
        ("authorization", ours, ours),
        ("proxy-authorization", "Basic YTpi", "<not a simulator key>"),
        ("x-api-key", "a-real-key-of-somebody", "<not a simulator key>"),
        ("cookie", "hub=1", "<not a simulator key>"),
    ] {
        hub.sim.clear_requests();
        send(hub.keyless(Method::GET, "/info").header(header, value))
            .await
            .assert_error(401, "Not authorized");
        let seen = &hub.sim.requests()[0];
        assert_eq!(seen.header(header), Some(kept));
        assert!(kept == value || !format!("{seen:?}").contains(value), "{header}: {value}");
    }
    let both = hub.request(Method::POST, "/spaces").header("authorization", "a-real-key").json(&json!({}));
    send(both).await.assert_error(401, "Not authorized");
    assert!(!format!("{:?}", hub.sim.requests()).contains("a-real-key"));
}
