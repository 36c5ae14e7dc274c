//! A call that is taken back stops the guest and its reads; a write that was sent goes on to its outcome.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use xyte_sim::{Fault, RecordedRequest, Sim};

use crate::support::{Era, Mode, Pipe, Session, TestHost, fixtures};

/// How often each way is tried.
const TIMES: usize = 50;
/// What a taken-back call may take to stop, in the middle and at worst.
const MEDIAN_MAX: Duration = Duration::from_millis(100);
const WORST_MAX: Duration = Duration::from_secs(1);
const READ: &str = "organization.devices.getDevices";
const WRITE: &str = "organization.devices.claimDevice";

fn call(id: u64) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": "list_devices", "arguments": {}}})
}

fn cancelled(id: u64) -> Value {
    json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": id}})
}

/// The request of this number, once it looks as wanted. The hub's record is the event; nothing else tells of it.
async fn when(sim: &Sim, number: usize, wanted: impl Fn(&RecordedRequest) -> bool) -> RecordedRequest {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(request) = sim.requests().into_iter().nth(number).filter(&wanted) {
            return request;
        }
        assert!(
            Instant::now() < until,
            "the hub does not see it: {:?}",
            sim.requests().into_iter().nth(number)
        );
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

fn judge(mut times: Vec<Duration>) {
    times.sort_unstable();
    let (median, worst) = (times[times.len() / 2], *times.last().unwrap());
    eprintln!("stopped after {median:?} in the middle and {worst:?} at worst");
    assert!(times.len() == TIMES && median < MEDIAN_MAX && worst < WORST_MAX, "{median:?} {worst:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_the_stream_stops_the_guest_and_its_read() {
    let host = TestHost::start(Mode::Multi).await;
    host.sim.fault_next(READ, Fault::Hang, TIMES).unwrap();
    let mut times = Vec::new();
    for number in 0..TIMES {
        let era = Era::BOTH[number % 2];
        let params = json!({"name": "list_devices", "arguments": {}});
        let request = tokio::spawn(era.request(host.post(), "tools/call", params).send());
        when(&host.sim, number, |_| true).await;
        let started = Instant::now();
        request.abort();
        let ended = when(&host.sim, number, RecordedRequest::was_abandoned).await;
        times.push(ended.ended.unwrap().saturating_duration_since(started));
    }
    judge(times);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_note_in_a_session_stops_the_guest_and_its_read() {
    let host = TestHost::start(Mode::Multi).await;
    host.sim.fault_next(READ, Fault::Hang, TIMES).unwrap();
    let session = Session::open(&host, json!({})).await;
    let mut times = Vec::new();
    for number in 0..TIMES {
        let id = 100 + number as u64;
        let stream = session.send(&call(id)).await;
        when(&host.sim, number, |_| true).await;
        let started = Instant::now();
        assert_eq!(session.send(&cancelled(id)).await.status(), 202);
        let ended = when(&host.sim, number, RecordedRequest::was_abandoned).await;
        times.push(ended.ended.unwrap().saturating_duration_since(started));
        drop(stream);
    }
    judge(times);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_note_over_stdio_stops_the_guest_and_its_read() {
    let sim = Sim::start(xyte_sim::SimConfig::default()).await.unwrap();
    sim.fault_next(READ, Fault::Hang, TIMES).unwrap();
    let mut pipe = Pipe::greeted(&sim, &fixtures::plugins(), json!({})).await;
    let mut times = Vec::new();
    for number in 0..TIMES {
        let id = 100 + number as u64;
        pipe.send(&call(id)).await;
        when(&sim, number, |_| true).await;
        let started = Instant::now();
        pipe.send(&cancelled(id)).await;
        let ended = when(&sim, number, RecordedRequest::was_abandoned).await;
        times.push(ended.ended.unwrap().saturating_duration_since(started));
    }
    judge(times);
    pipe.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_of_a_session_or_of_the_input_stops_what_runs_in_it() {
    let host = TestHost::start(Mode::Multi).await;
    host.sim.fault_next(READ, Fault::Hang, 1).unwrap();
    let session = Session::open(&host, json!({})).await;
    let _stream = session.send(&call(1)).await;
    when(&host.sim, 0, |_| true).await;
    let started = Instant::now();
    assert_eq!(session.delete().await, 204);
    let ended = when(&host.sim, 0, RecordedRequest::was_abandoned).await;
    assert!(ended.ended.unwrap().saturating_duration_since(started) < WORST_MAX);

    host.sim.clear_requests();
    host.sim.fault_next(READ, Fault::Hang, 1).unwrap();
    let mut pipe = Pipe::greeted(&host.sim, &fixtures::plugins(), json!({})).await;
    pipe.send(&call(1)).await;
    when(&host.sim, 0, |_| true).await;
    let started = Instant::now();
    pipe.leave().await;
    assert!(started.elapsed() < Duration::from_secs(5), "the process ends with its client");
    assert!(host.sim.requests()[0].was_abandoned());
}

/// The hub carries it out all the same; giving it up would only mean that nobody knows.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_sent_goes_on_to_its_outcome() {
    let host = TestHost::start(Mode::Multi).await;
    let space = host.sim.fleet("acme").unwrap().devices()[0].space_id;
    let claim = |n: usize| {
        json!({"name": "claim_device",
        "arguments": {"name": "Panel", "space_id": space, "cloud_id": format!("cloud-{n}")}})
    };
    host.sim.fault_next(WRITE, Fault::Slow(Duration::from_millis(300)), 3).unwrap();

    let request = tokio::spawn(Era::Modern.request(host.post(), "tools/call", claim(0)).send());
    when(&host.sim, 0, |_| true).await;
    request.abort();

    let session = Session::open(&host, json!({})).await;
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": claim(1)});
    let _stream = session.send(&message).await;
    when(&host.sim, 1, |_| true).await;
    session.send(&cancelled(1)).await;

    let mut pipe = Pipe::greeted(&host.sim, &fixtures::plugins(), json!({})).await;
    pipe.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": claim(2)})).await;
    when(&host.sim, 2, |_| true).await;
    let log = pipe.leave().await;

    for number in 0..3 {
        let ended = when(&host.sim, number, |request| request.ended.is_some()).await;
        assert!(ended.status.is_some() && !ended.was_abandoned(), "{ended:?}");
    }
    assert!(log.contains("a write was answered after its call was over"), "{log}");
}
