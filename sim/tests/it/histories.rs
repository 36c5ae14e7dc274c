//! What devices reported over time.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::support::{Hub, now};

const DAY: i64 = 86_400;

/// Every row of a window, page by page.
async fn walk(hub: &Hub, query: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    for page in 1.. {
        let answer = hub.get(&format!("/devices/histories?per_page=1000&page={page}{query}")).await;
        rows.extend(answer.items());
        if answer.json()["has_next_page"] == false {
            break;
        }
    }
    rows
}

fn window(from: i64, to: i64) -> String {
    format!("&from={from}&to={to}")
}

fn at(row: &Value) -> i64 {
    row["created_at"].as_str().unwrap().parse::<Timestamp>().unwrap().as_second()
}

#[tokio::test]
async fn the_window_is_the_last_week_unless_said() {
    let hub = Hub::start().await;
    let end = now().as_second();
    let week = walk(&hub, "").await;
    assert_eq!(week, walk(&hub, &window(end - 7 * DAY, end)).await);
    assert!(week.iter().all(|row| (end - 7 * DAY..=end).contains(&at(row))));
    let expected =
        hub.fleet().histories().iter().filter(|row| row.created_at.as_second() >= end - 7 * DAY).count();
    assert_eq!(week.len(), expected);

    let month = walk(&hub, &window(end - 31 * DAY, end)).await;
    assert!(month.len() > week.len() && hub.fleet().histories().len() > month.len());
    assert!(month.is_sorted_by_key(|row| -at(row)), "newest first");
    assert_eq!(
        walk(&hub, &format!("&to={}", end - DAY)).await,
        walk(&hub, &window(end - 8 * DAY, end - DAY)).await
    );
}

#[tokio::test]
async fn the_default_window_follows_the_clock() {
    let hub = Hub::start().await;
    let before = walk(&hub, "").await.len();
    hub.sim.advance(Duration::from_secs(3 * 86_400));
    assert!(walk(&hub, "").await.len() < before);
}

#[tokio::test]
async fn a_window_has_bounds() {
    let hub = Hub::start().await;
    let end = now().as_second();
    let refused = [
        (window(end - 31 * DAY - 1, end), "Time range must be at most 31 days"),
        (format!("&from={}", end - 32 * DAY), "Time range must be at most 31 days"),
        (window(end, end - 1), "Parameter from must be before to"),
        ("&from=yesterday".to_owned(), "Parameter from must be an integer"),
        ("&to=2026-11-02T08:00:00Z".to_owned(), "Parameter to must be an integer"),
        ("&from=1.5".to_owned(), "Parameter from must be an integer"),
        (format!("&from={}", i64::MAX), "Parameter from is out of range"),
    ];
    for (query, message) in refused {
        hub.get(&format!("/devices/histories?page=1{query}")).await.assert_error(422, message);
    }
    assert_eq!(hub.get(&format!("/devices/histories?page=1{}", window(end, end))).await.status, 200);
}

#[tokio::test]
async fn a_page_has_100_rows_and_at_most_1000() {
    let hub = Hub::start().await;
    let answer = hub.get("/devices/histories").await;
    assert_eq!((answer.items().len(), &answer.json()["has_next_page"]), (100, &true.into()));
    assert_eq!(hub.get("/devices/histories?per_page=1000").await.items().len(), 1000);
    let answer = hub.get("/devices/histories?per_page=1001").await;
    answer.assert_error(422, "Parameter per_page must be between 1 and 1000");
}

#[tokio::test]
async fn status_is_the_devices_current_one() {
    let hub = Hub::start().await;
    let end = now().as_second();
    let month = window(end - 31 * DAY, end);
    let rows = walk(&hub, &format!("{month}&status=error")).await;
    let fleet = hub.fleet();
    let current =
        |row: &Value| fleet.device(row["uuid"].as_str().unwrap().parse().unwrap()).unwrap().current_status();
    assert!(rows.iter().all(|row| current(row) == "error"));
    assert!(
        rows.iter().any(|row| row["state"]["status"] != "error"),
        "the row's own status is another matter"
    );
    assert_eq!(walk(&hub, &format!("{month}&status=unavailable")).await.len(), 0);
    let refused = hub.get("/devices/histories?status=sleeping").await;
    refused.assert_error(422, "Parameter status must be one of online, offline, unavailable, error");
}

#[tokio::test]
async fn filters_narrow_to_devices() {
    let hub = Hub::start().await;
    let fleet = hub.fleet();
    let device = fleet.device(fleet.devices()[fleet.histories()[0].device].id).unwrap();
    let (id, space) = (device.id.to_string(), device.space_id);

    let rows = walk(&hub, &format!("&device_id={}", id.to_uppercase())).await;
    assert!(!rows.is_empty() && rows.iter().all(|row| row["uuid"] == id));
    let rows = walk(&hub, &format!("&space_id={space}")).await;
    assert!(!rows.is_empty() && rows.iter().all(|row| row["space_id"] == space));
    let rows = walk(&hub, "&name=pRoJeCtor").await;
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["name"].as_str().unwrap().to_lowercase().contains("projector")));

    assert_eq!(walk(&hub, "&device_id=nobody").await.len(), 0);
    assert_eq!(walk(&hub, &format!("&device_id={id}&space_id=1")).await.len(), 0);
    hub.get("/devices/histories?space_id=x").await.assert_error(422, "Parameter space_id must be an integer");
}

#[tokio::test]
async fn a_row_is_flatter_than_a_device() {
    let hub = Hub::start().await;
    let row = &hub.get("/devices/histories?per_page=1").await.items()[0];
    let members: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(members, ["created_at", "model", "name", "partner", "space_id", "state", "uuid"]);
    assert!(row["model"].is_string() && row["partner"].is_string() && row["space_id"].is_i64());
    assert!(row["state"]["status"].is_string());
}
