//! Who is let in.

use reqwest::Method;

use crate::support::{Hub, send};

#[tokio::test]
async fn keys_are_well_formed_and_differ() {
    let hub = Hub::start().await;
    let keys: Vec<&str> = hub.sim.tenants().iter().map(|tenant| tenant.key.as_str()).collect();
    assert_eq!(keys.len(), 3);
    for key in &keys {
        let random = key.strip_prefix("sim_").unwrap();
        assert!(random.len() == 40 && random.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{key}");
    }
    assert!(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
}

#[tokio::test]
async fn each_key_reaches_its_own_tenant() {
    let hub = Hub::start().await;
    for (index, devices) in [1250, 40, 7].into_iter().enumerate() {
        let key = &hub.sim.tenants()[index].key;
        let answer = send(hub.keyless(Method::GET, "/info").header("authorization", key)).await;
        assert_eq!((answer.status, &answer.json()["statistics"]["devices"]), (200, &devices.into()));
    }
}

#[tokio::test]
async fn another_tenants_device_is_not_found() {
    let hub = Hub::start().await;
    let theirs = hub.sim.fleet("borealis").unwrap().devices()[0].id;
    hub.get(&format!("/devices/{theirs}")).await.assert_error(404, "Errors::NotFound");
}

#[tokio::test]
async fn a_missing_or_wrong_key_is_not_authorized() {
    let hub = Hub::start().await;
    send(hub.keyless(Method::GET, "/info")).await.assert_error(401, "Not authorized");
    let wrong = [
        format!("Bearer {}", hub.key),
        format!("{}x", hub.key),
        hub.key.to_lowercase(),
        "sim_0000000000000000000000000000000000000000".to_owned(),
        String::new(),
    ];
    for key in wrong {
        send(hub.keyless(Method::GET, "/info").header("authorization", &key))
            .await
            .assert_error(401, "Not authorized");
    }
}

#[tokio::test]
async fn two_credentials_are_none() {
    let hub = Hub::start().await;
    let twice = hub.request(Method::GET, "/info").header("authorization", &hub.sim.tenants()[1].key);
    send(twice).await.assert_error(401, "Not authorized");
}

#[tokio::test]
async fn a_write_without_a_key_changes_nothing() {
    let hub = Hub::start().await;
    let body = serde_json::json!({ "name": "Annex" });
    let answer = send(hub.keyless(Method::POST, "/spaces").json(&body)).await;
    answer.assert_error(401, "Not authorized");
    assert_eq!(hub.fleet().spaces().len(), 60);
}
