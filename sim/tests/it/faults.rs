//! What goes wrong when it is asked to.

use std::time::{Duration, Instant};

use reqwest::{Method, StatusCode};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use xyte_sim::{Fault, Faults};

use crate::support::{Answer, Hub, PREFIX, eventually, send};

const LIST: &str = "organization.devices.getDevices";

fn status(status: StatusCode) -> Fault {
    Fault::Status { status, retry_after: None }
}

async fn statuses(hub: &Hub, requests: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..requests {
        statuses.push(hub.get("/info").await.status);
    }
    statuses
}

#[tokio::test]
async fn a_request_asks_for_its_own_fault() {
    let hub = Hub::start().await;
    hub.with_fault("/info", "status=503").await.assert_error(503, "Service Unavailable");
    hub.with_fault("/info", "fail").await.assert_error(500, "Internal Server Error");
    assert_eq!(hub.with_fault("/info", "fail=0%").await.status, 200);
    assert_eq!(hub.get("/info").await.status, 200);
}

#[tokio::test]
async fn too_many_requests_may_say_when_to_come_back() {
    let hub = Hub::start().await;
    let silent = hub.with_fault("/info", "429").await;
    assert_eq!((silent.status, silent.headers.get("retry-after")), (429, None));
    let polite = hub.with_fault("/info", "429,retry-after=2s").await;
    assert_eq!((polite.status, &polite.headers["retry-after"]), (429, &"2".parse().unwrap()));
}

#[tokio::test]
async fn garbage_is_a_success_that_is_no_json() {
    let hub = Hub::start().await;
    let answer = hub.with_fault("/info", "garbage").await;
    assert_eq!(
        (answer.status, &answer.headers["content-type"]),
        (200, &"text/html; charset=utf-8".parse().unwrap())
    );
    assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err());
}

#[tokio::test]
async fn a_redirect_leads_where_it_was_told() {
    let hub = Hub::start().await;
    let answer = hub.with_fault("/info", "redirect=http://127.0.0.1:9/elsewhere?a=b").await;
    assert_eq!(
        (answer.status, &answer.headers["location"]),
        (302, &"http://127.0.0.1:9/elsewhere?a=b".parse().unwrap())
    );
}

#[tokio::test]
async fn a_slow_answer_is_the_right_one_later() {
    let hub = Hub::start().await;
    let begin = Instant::now();
    let answer = hub.with_fault("/info", "slow=60ms,slow=60ms").await;
    assert!(begin.elapsed() >= Duration::from_millis(120));
    assert_eq!(answer.json(), hub.get("/info").await.json());
}

#[tokio::test]
async fn what_is_answered_instead_was_not_played() {
    let hub = Hub::start().await;
    for fault in ["fail", "429", "garbage", "redirect=/x"] {
        let request = hub.request(Method::POST, "/spaces").header("x-sim-fault", fault);
        assert_ne!(send(request.json(&json!({ "name": "Annex" }))).await.status, 201);
    }
    assert_eq!(hub.fleet().spaces().len(), 60);
}

#[tokio::test]
async fn what_hangs_was_played() {
    let hub = Hub::start().await;
    let body = r#"{"name":"Annex"}"#;
    let mut socket = hub.connect().await;
    let request = format!(
        "POST {PREFIX}/spaces HTTP/1.1\r\nhost: sim\r\nauthorization: {}\r\nx-sim-fault: hang\r\ncontent-length: {}\r\n\r\n{body}",
        hub.key,
        body.len()
    );
    socket.write_all(request.as_bytes()).await.unwrap();
    eventually("the space exists", || hub.fleet().spaces().len() == 61).await;
    assert_eq!(hub.sim.in_flight(), 1);
    assert_eq!(hub.sim.requests()[0].status, None);
}

#[tokio::test]
async fn a_fault_that_cannot_be_read_says_what_is_known() {
    let hub = Hub::start().await;
    let answer = hub.with_fault("/info", "slow=1ms,explode").await;
    assert_eq!(answer.status, 400);
    let message = answer.json()["error"].as_str().unwrap().to_owned();
    assert!(message.starts_with("`explode` is not a fault; known are slow="), "{message}");
}

#[tokio::test]
async fn faults_of_the_start_meet_everybody() {
    let hub = Hub::with(|config| config.faults = "status=502".parse().unwrap()).await;
    assert_eq!(hub.get("/info").await.status, 502);
    assert_eq!(send(hub.keyless(Method::GET, "/nothing")).await.status, 502);
    hub.sim.clear_faults();
    assert_eq!(hub.get("/info").await.status, 200);
}

#[tokio::test]
async fn random_faults_repeat_with_the_seed() {
    let faults = |text: &str| text.parse::<Faults>().unwrap();
    let start = |seed, text| Hub::with(move |config| (config.seed, config.faults) = (seed, faults(text)));
    let text = "status=503:30%,429=30%";
    let first = statuses(&start(1, text).await, 60).await;
    assert_eq!(first, statuses(&start(1, text).await, 60).await);
    assert_ne!(first, statuses(&start(2, text).await, 60).await);
    for status in [200, 429, 503] {
        let share = first.iter().filter(|seen| **seen == status).count();
        assert!((5..=45).contains(&share), "{status} came {share} times");
    }
}

#[tokio::test]
async fn a_chance_of_nothing_never_hits_and_one_of_everything_always_does() {
    let hub = Hub::with(|config| config.faults = "fail=0%,429=100%".parse().unwrap()).await;
    assert_eq!(statuses(&hub, 50).await, [429; 50]);
}

#[tokio::test]
async fn a_script_counts_the_requests_of_its_operation() {
    let hub = Hub::start().await;
    hub.sim.fault_next(LIST, status(StatusCode::BAD_GATEWAY), 2).unwrap();
    hub.sim.fault_next(LIST, Fault::Garbage, 1).unwrap();
    hub.sim.fault_next(LIST, status(StatusCode::NOT_FOUND), 0).unwrap();
    assert_eq!(hub.get("/info").await.status, 200);
    for expected in [502, 502, 200, 200] {
        assert_eq!(hub.get("/devices").await.status, expected);
    }
    let kinds: Vec<_> = hub
        .sim
        .requests()
        .iter()
        .filter(|seen| seen.operation == Some(LIST))
        .map(|seen| seen.status)
        .collect();
    assert_eq!(kinds, [Some(502), Some(502), Some(200), Some(200)]);
    assert_eq!(hub.get("/devices").await.items().len(), 100);
}

#[tokio::test]
async fn several_faults_are_scripted_at_once() {
    let hub = Hub::start().await;
    let both: Faults = "slow=50ms,429,retry-after=7s".parse().unwrap();
    hub.sim.fault_next(LIST, both, 1).unwrap();
    let begin = Instant::now();
    let answer: Answer = hub.get("/devices").await;
    assert!(begin.elapsed() >= Duration::from_millis(50));
    assert_eq!((answer.status, &answer.headers["retry-after"]), (429, &"7".parse().unwrap()));
}

#[tokio::test]
async fn the_most_specific_faults_alone_count() {
    let hub = Hub::with(|config| config.faults = "status=500".parse().unwrap()).await;
    hub.sim.fault_next(LIST, status(StatusCode::BAD_GATEWAY), 1).unwrap();
    assert_eq!(hub.with_fault("/devices", "status=503").await.status, 502);
    assert_eq!(hub.with_fault("/devices", "status=503").await.status, 503);
    assert_eq!(hub.get("/devices").await.status, 500);
    assert_eq!(hub.with_fault("/devices", "").await.status, 200);
}

#[tokio::test]
async fn scripts_are_cleared_and_only_written_for_what_exists() {
    let hub = Hub::start().await;
    hub.sim.fault_next(LIST, Fault::Garbage, 5).unwrap();
    hub.sim.clear_faults();
    assert_eq!(hub.get("/devices").await.items().len(), 100);
    let error = hub.sim.fault_next("organization.devices.getDevice ", Fault::Hang, 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`organization.devices.getDevice ` is not the key of an operation in the catalogue"
    );
}
