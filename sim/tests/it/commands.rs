//! Commands: list, send, cancel.

use std::time::Duration;

use serde_json::{Value, json};
use xyte_sim::fleet::COMMANDS_PER_DEVICE_MAX;

use crate::support::{Answer, Hub};

const STAGE: Duration = Duration::from_secs(2);

fn commands(hub: &Hub) -> String {
    format!("/devices/{}/commands", hub.fleet().devices()[0].id)
}

async fn send(hub: &Hub, name: &str) -> Answer {
    hub.post(&commands(hub), json!({ "name": name })).await
}

async fn status(hub: &Hub) -> Value {
    hub.get(&commands(hub)).await.items()[0]["status"].clone()
}

#[tokio::test]
async fn a_command_is_only_queued_when_it_was_sent() {
    let hub = Hub::start().await;
    let body = json!({ "name": "reboot", "friendly_name": "Reboot", "file_id": "f1", "extra_params": { "delay": 5 } });
    let sent = hub.post(&commands(&hub), body).await;
    assert_eq!(sent.status, 201);
    let row = sent.json();
    assert_eq!((&row["name"], &row["status"]), (&json!("reboot"), &json!("scheduled")));
    assert_eq!((&row["friendly_name"], &row["file_id"]), (&json!("Reboot"), &json!("f1")));
    assert_eq!(row["parameters"], json!({ "delay": 5 }));
    let listed = hub.get(&commands(&hub)).await;
    assert_eq!(listed.json(), json!({ "items": [row], "has_next_page": false }));
}

#[tokio::test]
async fn it_goes_through_every_stage_as_time_passes() {
    let hub = Hub::start().await;
    send(&hub, "update_firmware").await;
    for expected in ["scheduled", "pending", "in_progress", "done", "done"] {
        assert_eq!(status(&hub).await, expected);
        hub.sim.advance(STAGE);
    }
}

#[tokio::test]
async fn a_stage_is_as_long_as_configured() {
    let hub = Hub::with(|config| config.stage = Duration::from_secs(10)).await;
    send(&hub, "reboot").await;
    hub.sim.advance(Duration::from_millis(9999));
    assert_eq!(status(&hub).await, "scheduled");
    hub.sim.advance(Duration::from_millis(1));
    assert_eq!(status(&hub).await, "pending");
    hub.sim.advance(Duration::from_secs(3600));
    assert_eq!(status(&hub).await, "done");
}

#[tokio::test]
async fn what_is_called_fail_fails() {
    let hub = Hub::start().await;
    send(&hub, "fail_over").await;
    hub.sim.advance(2 * STAGE);
    assert_eq!(status(&hub).await, "in_progress");
    hub.sim.advance(STAGE);
    assert_eq!(status(&hub).await, "failed");
}

#[tokio::test]
async fn a_cancelled_command_is_aborted_for_good() {
    let hub = Hub::start().await;
    let id = send(&hub, "reboot").await.json()["id"].as_str().unwrap().to_owned();
    hub.sim.advance(STAGE);
    let path = format!("{}/{id}", commands(&hub));
    assert_eq!(hub.delete(&path).await.json(), json!({ "success": true }));
    hub.sim.advance(10 * STAGE);
    assert_eq!(status(&hub).await, "aborted");
    hub.delete(&path).await.assert_error(403, "Cannot move from aborted to aborted");
}

#[tokio::test]
async fn what_has_ended_cannot_be_cancelled() {
    let hub = Hub::start().await;
    for (name, end) in [("reboot", "done"), ("fail", "failed")] {
        let id = send(&hub, name).await.json()["id"].as_str().unwrap().to_owned();
        hub.sim.advance(3 * STAGE);
        let answer = hub.delete(&format!("{}/{id}", commands(&hub))).await;
        answer.assert_error(403, &format!("Cannot move from {end} to aborted"));
        assert_eq!(status(&hub).await, end);
    }
}

#[tokio::test]
async fn a_command_belongs_to_its_device() {
    let hub = Hub::start().await;
    let id = send(&hub, "reboot").await.json()["id"].as_str().unwrap().to_owned();
    let other = hub.fleet().devices()[1].id;
    let not_its_own = [
        format!("/devices/{other}/commands/{id}"),
        format!("{}/5dc4ba6c-c323-4118-a4e4-504f074426f2", commands(&hub)),
        format!("{}/1", commands(&hub)),
        format!("/devices/nobody/commands/{id}"),
    ];
    for path in not_its_own {
        hub.delete(&path).await.assert_error(404, "Errors::NotFound");
    }
    assert_eq!(hub.get(&format!("/devices/{other}/commands")).await.items().len(), 0);
    assert_eq!(status(&hub).await, "scheduled");
}

#[tokio::test]
async fn a_command_has_a_name_and_a_device() {
    let hub = Hub::start().await;
    for nameless in
        [json!({}), json!({ "name": "" }), json!({ "name": "  " }), json!({ "name": null }), json!([])]
    {
        hub.post(&commands(&hub), nameless).await.assert_error(422, "Parameter name is required");
    }
    let nobody = "/devices/5dc4ba6c-c323-4118-a4e4-504f074426f2/commands";
    hub.post(nobody, json!({ "name": "reboot" })).await.assert_error(404, "Errors::NotFound");
    hub.get(nobody).await.assert_error(404, "Errors::NotFound");
    assert_eq!(hub.get(&commands(&hub)).await.items().len(), 0);
}

#[tokio::test]
async fn the_newest_command_comes_first_and_the_oldest_is_forgotten() {
    let hub = Hub::start().await;
    let path = commands(&hub);
    for number in 0..=COMMANDS_PER_DEVICE_MAX {
        hub.post(&path, json!({ "name": format!("command {number}") })).await;
    }
    let first = hub.get(&path).await;
    assert_eq!(first.items()[0]["name"], format!("command {COMMANDS_PER_DEVICE_MAX}"));
    assert_eq!((first.items().len(), &first.json()["has_next_page"]), (100, &true.into()));
    let last = hub.get(&format!("{path}?page=10")).await;
    assert_eq!(last.items()[99]["name"], "command 1");
    assert_eq!(last.json()["has_next_page"], false);
    let answer = hub.get(&format!("{path}?per_page=101")).await;
    answer.assert_error(422, "Parameter per_page must be between 1 and 100");
}
