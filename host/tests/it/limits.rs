//! Guests that misbehave: each call ends in time with its own error, and the next one is served.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Mode, TestHost, both_modes};

/// Longer than any guest here may run, on a machine that is busy with the other tests.
const PATIENCE: Duration = Duration::from_secs(30);

async fn failure(host: &TestHost, tool: &str, arguments: Value) -> String {
    let started = Instant::now();
    let failure = host.failure(tool, arguments).await;
    assert!(started.elapsed() < PATIENCE, "{tool} took {:?}", started.elapsed());
    host.value("facts", json!({})).await;
    failure["error"].as_str().unwrap().to_owned()
}

both_modes! {
    async fn a_guest_that_breaks_is_one_failed_call(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let cases = [
            ("spin", json!({}), "deadline_exceeded"),
            ("hoard", json!({}), "plugin_crashed"),
            ("overflow", json!({}), "plugin_crashed"),
            ("trap", json!({}), "plugin_crashed"),
            ("exit", json!({}), "plugin_exited"),
            ("big", json!({"bytes": 20 << 20}), "answer_too_large"),
            ("big", json!({"bytes": 2 << 20}), "invalid_answer"),
        ];
        for (tool, arguments, code) in cases {
            assert_eq!(failure(&host, tool, arguments).await, code, "{tool}");
        }
        host.assert_serving().await;
    }

    async fn an_answer_that_is_not_one_plain_json_value_is_refused(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let nested = "[".repeat(100) + &"]".repeat(100);
        for text in ["{", "{} {}", "{\"a\":1,\"a\":2}", "\"\\ud800\"", "1e999", &nested] {
            assert_eq!(failure(&host, "answer", json!({"json": text})).await, "invalid_answer", "{text}");
        }
        // Line breaks between tokens would end a line of the protocol; they are dropped, and the value stays.
        let value = host.value("answer", json!({"json": "{\n\"a\":\r\n 1}\n"})).await;
        assert_eq!(value, json!({"a": 1}));
    }

    async fn a_failure_of_the_tools_own_keeps_its_code(mode: Mode) {
        let host = TestHost::probe(mode).await;
        assert_eq!(failure(&host, "fail", json!({"code": "lamp_broken"})).await, "lamp_broken");
        assert_eq!(failure(&host, "fail", json!({"code": "Not A Code"})).await, "invalid_answer");
        assert_eq!(failure(&host, "needs_input", json!({})).await, "needs_input_unsupported");
    }

    async fn waiting_ends_at_the_deadline(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let started = Instant::now();
        let result = host.call("sleep", json!({"ms": 60_000})).await;
        assert!(started.elapsed() < PATIENCE, "{result}");
        let cut_short = result["structuredContent"]["slept"] == false;
        assert!(cut_short || result["_meta"]["xyte-mcp/error"]["error"] == "deadline_exceeded", "{result}");
        assert_eq!(host.value("sleep", json!({"ms": 1})).await["slept"], true);
    }

    async fn one_call_may_send_so_many_requests(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let answer = host.value("send_many", json!({"count": 70})).await;
        assert_eq!(answer, json!({"answered": 64, "refused": 6}), "{answer}");
        assert_eq!(host.sim.requests().len(), 64);
        let answer = host.value("send_many", json!({"count": 64})).await;
        assert_eq!(answer["answered"], 64, "the next call has a budget of its own");
    }

    async fn every_call_has_an_instance_of_its_own(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let (first, second) = (host.value("facts", json!({})).await, host.value("facts", json!({})).await);
        assert_eq!(first["calls"], 1, "{first}");
        assert_eq!(second["calls"], 1, "nothing of the first call is left: {second}");
        assert_ne!(first["request_id"], second["request_id"]);
        assert_ne!(first["random"], second["random"]);
        assert_eq!(first["tenant"], second["tenant"]);
    }
}

/// In one mode only: it computes for the whole of its budget, ten seconds.
#[tokio::test(flavor = "multi_thread")]
async fn a_guest_may_compute_for_so_long_however_much_time_it_has() {
    let host = TestHost::probe(Mode::Single).await;
    assert_eq!(failure(&host, "spin_on", json!({})).await, "cpu_budget_exhausted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_that_computes_does_not_keep_others_waiting() {
    let host = TestHost::probe(Mode::Single).await;
    let neighbour = async {
        for _ in 0..20 {
            host.value("facts", json!({})).await;
        }
        Instant::now()
    };
    let spin = async {
        host.failure("spin", json!({})).await;
        Instant::now()
    };
    let (neighbour_done, spin_done) = tokio::join!(neighbour, spin);
    assert!(neighbour_done < spin_done, "twenty small calls are over before one that spins for a second");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_who_goes_ends_the_guest() {
    let host = TestHost::probe(Mode::Single).await;
    host.sim.fault_next("organization.devices.getDevices", xyte_sim::Fault::Hang, 1).unwrap();
    let request = json!({"scope": "organization", "method": "get", "template": "/devices"});
    let call = host.call("send", request);
    let hub_has_it = async {
        while host.sim.in_flight() == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = call => panic!("{answer}"),
        () = hub_has_it => {}
    }
    // The client has gone; the request that waits at the hub goes with it.
    tokio::time::timeout(PATIENCE, async {
        while host.sim.in_flight() > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    })
    .await
    .unwrap();
    host.assert_serving().await;
}
