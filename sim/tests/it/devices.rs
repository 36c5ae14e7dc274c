//! Devices: list, read, claim.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::support::Hub;

async fn walk(hub: &Hub, query: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    for page in 1.. {
        let answer = hub.get(&format!("/devices?page={page}{query}")).await;
        rows.extend(answer.items());
        if answer.json()["has_next_page"] == false {
            break;
        }
    }
    rows
}

#[tokio::test]
async fn the_list_is_walked_page_by_page() {
    let hub = Hub::start().await;
    let first = hub.get("/devices").await;
    assert_eq!(first.items().len(), 100);
    assert_eq!(first.json().as_object().unwrap().keys().collect::<Vec<_>>(), ["has_next_page", "items"]);

    let fleet = hub.fleet();
    let ids: Vec<String> = fleet.devices().iter().map(|device| device.id.to_string()).collect();
    for per_page in ["", "&per_page=77"] {
        let walked = walk(&hub, per_page).await;
        assert!(walked.iter().map(|row| row["id"].as_str().unwrap()).eq(ids.iter().map(String::as_str)));
    }
}

#[tokio::test]
async fn the_last_page_knows_that_it_is_the_last() {
    let hub = Hub::start().await;
    for (page, rows, more) in [(24, 50, true), (25, 50, false), (26, 0, false)] {
        let answer = hub.get(&format!("/devices?per_page=50&page={page}")).await;
        assert_eq!(
            (answer.items().len(), &answer.json()["has_next_page"]),
            (rows, &more.into()),
            "page {page}"
        );
    }
}

#[tokio::test]
async fn page_and_per_page_have_bounds() {
    let hub = Hub::start().await;
    assert_eq!(hub.get("/devices?per_page=100").await.status, 200);
    assert_eq!(hub.get("/devices?per_page=").await.items().len(), 100);
    for per_page in ["101", "0", "-1"] {
        let answer = hub.get(&format!("/devices?per_page={per_page}")).await;
        answer.assert_error(422, "Parameter per_page must be between 1 and 100");
    }
    hub.get("/devices?page=0").await.assert_error(422, "Parameter page must be at least 1");
    hub.get("/devices?page=two").await.assert_error(422, "Parameter page must be an integer");
    assert_eq!(hub.get(&format!("/devices?page={}", i64::MAX)).await.items().len(), 0);
}

#[tokio::test]
async fn a_space_has_its_own_devices_and_not_those_below() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let room = fleet.devices()[0].space_id;
    let floor = fleet.spaces().get(room).unwrap().parent_id.unwrap();
    for space in [room, floor] {
        let expected = fleet.devices().iter().filter(|device| device.space_id == space).count();
        let rows = walk(&hub, &format!("&space_id={space}")).await;
        assert_eq!(rows.len(), expected);
        assert!(rows.iter().all(|row| row["space"]["id"] == space));
    }
    assert_eq!(walk(&hub, "&space_id=1").await.len(), 0);
    hub.get("/devices?space_id=x").await.assert_error(422, "Parameter space_id must be an integer");
}

#[tokio::test]
async fn a_row_is_the_documented_object_without_its_state() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let rows: HashMap<String, Value> =
        walk(&hub, "").await.into_iter().map(|row| (row["id"].as_str().unwrap().to_owned(), row)).collect();
    for device in fleet.devices() {
        let row = &rows[&device.id.to_string()];
        let mut members: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        members.retain(|member| *member != "custom_parameters");
        let documented = "cloud_id details effective_status firmware id last_seen_at mac merged_effective_status \
                          model name sn space status";
        assert_eq!(members.join(" "), documented);
        assert_eq!(row.get("custom_parameters").is_some(), device.custom_parameters.is_some());
        assert_eq!(row["name"], device.name);
        assert_eq!(row["status"], json!(device.status.map(|status| status.as_str())));
        assert_eq!(row["effective_status"], json!(device.effective_status.map(|health| health.as_str())));
        assert_eq!(row["merged_effective_status"], row["effective_status"]);
        assert_eq!(row["model"]["name"], device.model.name);
        assert_eq!(row["space"]["full_path"], fleet.spaces().full_path(device.space_id));
    }
}

#[tokio::test]
async fn one_device_has_its_state() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let device = fleet.devices().iter().find(|device| device.status.is_some()).unwrap();
    let answer = hub.get(&format!("/devices/{}", device.id)).await.json();
    assert_eq!(answer["state"], json!(device.state));
    assert_eq!(answer["state"]["status"], answer["status"]);
    assert_eq!(answer["firmware"]["version"], json!(device.firmware));
    let seen = answer["last_seen_at"].as_str().unwrap();
    assert!(seen.ends_with(".000Z"), "with milliseconds: {seen}");
}

#[tokio::test]
async fn passwords_are_masked() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let passwords: Vec<&Value> = fleet
        .devices()
        .iter()
        .filter_map(|device| device.custom_parameters.as_ref())
        .map(|parameters| &parameters["Admin password"])
        .collect();
    assert!(passwords.contains(&&json!("*****")) && passwords.contains(&&json!("")));
    assert!(passwords.iter().all(|password| **password == "*****" || **password == ""));
}

#[tokio::test]
async fn an_unknown_device_is_not_found() {
    let hub = Hub::start().await;
    for id in ["5dc4ba6c-c323-4118-a4e4-504f074426f2", "7", "x", "%20"] {
        hub.get(&format!("/devices/{id}")).await.assert_error(404, "Errors::NotFound");
    }
}

#[tokio::test]
async fn a_claimed_device_is_the_last_of_the_list() {
    let hub = Hub::start().await;
    let space = hub.fleet().devices()[0].space_id;
    let by_sn =
        json!({ "name": "New", "space_id": space, "mac": "02:00:00:00:00:01", "sn": "N-1", "cloud_id": "" });
    let claimed = hub.post("/devices/claim", by_sn).await;
    assert_eq!(claimed.status, 200, "{}", claimed.text);
    let device = claimed.json();
    assert_eq!(
        (&device["name"], &device["sn"], &device["cloud_id"]),
        (&json!("New"), &json!("N-1"), &Value::Null)
    );
    assert_eq!((&device["status"], &device["effective_status"]), (&Value::Null, &json!("never_seen")));
    assert_eq!(device["space"]["id"], space);

    let by_cloud_id = json!({ "space_id": space.to_string(), "cloud_id": "c-1" });
    let named_by_model = hub.post("/devices/claim", by_cloud_id).await.json();
    assert_eq!(named_by_model["name"], named_by_model["model"]["name"]);

    let tail = hub.get("/devices?page=26&per_page=50").await.items();
    assert_eq!((&tail[0]["id"], &tail[1]["id"]), (&device["id"], &named_by_model["id"]));
    assert_eq!(hub.get("/info").await.json()["statistics"]["devices"], 1252);
    let id = device["id"].as_str().unwrap();
    assert_eq!(hub.get(&format!("/devices/{id}")).await.json(), device);
}

#[tokio::test]
async fn a_claim_needs_a_space_and_an_identity() {
    let hub = Hub::start().await;
    let space = hub.fleet().spaces().root();
    let no_space = json!({ "mac": "02:00:00:00:00:01", "sn": "N-1" });
    hub.post("/devices/claim", no_space).await.assert_error(422, "Parameter space_id is required");

    let half = [
        json!({}),
        json!({ "mac": "m" }),
        json!({ "sn": "s" }),
        json!({ "mac": "", "sn": "s", "cloud_id": " " }),
    ];
    for mut identity in half {
        identity["space_id"] = json!(space);
        let answer = hub.post("/devices/claim", identity).await;
        answer.assert_error(422, "Parameters mac and sn, or cloud_id, are required");
    }
    for unknown in [json!(7), json!("seven"), json!(1.5)] {
        let claim = json!({ "space_id": unknown, "cloud_id": "c-1" });
        hub.post("/devices/claim", claim).await.assert_error(404, "Errors::NotFound");
    }
    assert_eq!(hub.fleet().devices().len(), 1250);
}

#[tokio::test]
async fn nothing_is_claimed_twice() {
    let hub = Hub::start().await;
    let space = hub.fleet().spaces().root();
    let fleet = hub.fleet();
    let by_sn = fleet.devices().iter().find(|device| device.sn.is_some()).unwrap();
    let by_cloud_id = fleet.devices().iter().find(|device| device.cloud_id.is_some()).unwrap();
    let claims = [
        (json!({ "space_id": space, "mac": "02:1", "sn": by_sn.sn }), "Sn has already been taken"),
        (json!({ "space_id": space, "mac": by_sn.mac, "sn": "N-1" }), "Mac has already been taken"),
        (json!({ "space_id": space, "cloud_id": by_cloud_id.cloud_id }), "Cloud has already been taken"),
    ];
    for (claim, message) in claims {
        hub.post("/devices/claim", claim).await.assert_error(422, message);
    }
    let claim = json!({ "space_id": space, "mac": "02:1", "sn": "N-1" });
    assert_eq!(hub.post("/devices/claim", claim.clone()).await.status, 200);
    hub.post("/devices/claim", claim).await.assert_error(422, "Sn has already been taken");
}
