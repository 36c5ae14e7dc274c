//! A hub that is slow, broken or hostile, and what a plugin learns of it.

use std::time::Duration;

use serde_json::{Value, json};
use xyte_sim::Fault;

use crate::support::{Mode, TestHost, both_modes};

const GET_DEVICES: &str = "organization.devices.getDevices";
const CLAIM_DEVICE: &str = "organization.devices.claimDevice";

fn list() -> Value {
    json!({"scope": "organization", "method": "get", "template": "/devices", "query": [["per_page", "1"]]})
}

fn claim() -> Value {
    json!({"scope": "organization", "method": "post", "template": "/devices/claim",
        "body": r#"{"space_id":2,"cloud_id":"c1"}"#})
}

fn status(code: u16) -> Fault {
    let status = code.try_into().unwrap();
    Fault::Status { status, retry_after: Some(Duration::from_secs(7)) }
}

both_modes! {
    async fn what_went_wrong_with_a_read_is_told_by_kind(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let cases = [
            (status(429), "rate-limited", "upstream_rate_limited"),
            (status(503), "unavailable", "upstream_unavailable"),
            (Fault::Garbage, "other", "broken_answer"),
            (Fault::Cut(20), "unavailable", "unreachable"),
            (Fault::Redirect("https://evil.example/".into()), "other", "unexpected_redirect"),
        ];
        for (fault, kind, code) in cases {
            host.sim.clear_requests();
            host.sim.fault_next(GET_DEVICES, fault.clone(), 1).unwrap();
            let answer = host.value("send", list()).await;
            assert_eq!((&answer["error"]["kind"], &answer["error"]["code"]), (&json!(kind), &json!(code)), "{fault:?}");
            assert_eq!(host.sim.requests().len(), 1, "nothing is repeated or followed: {fault:?}");
        }
        let answer = host.value("send", list()).await;
        assert_eq!(answer["status"], 200);
    }

    async fn the_hubs_wish_to_wait_is_passed_on(mode: Mode) {
        let host = TestHost::probe(mode).await;
        host.sim.fault_next(GET_DEVICES, status(429), 1).unwrap();
        let answer = host.value("send", list()).await;
        assert_eq!(answer["error"]["retry_after_ms"], 7000, "{answer}");
    }

    async fn other_statuses_are_answers(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for code in [400, 401, 403, 404, 422, 500, 502] {
            host.sim.fault_next(GET_DEVICES, status(code), 1).unwrap();
            let answer = host.value("send", list()).await;
            assert_eq!(answer["status"], code, "{answer}");
        }
    }

    async fn a_write_without_an_answer_has_an_unknown_outcome_and_is_not_repeated(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for fault in [Fault::Cut(0), Fault::Cut(20)] {
            host.sim.clear_requests();
            host.sim.fault_next(CLAIM_DEVICE, fault.clone(), 1).unwrap();
            let answer = host.value("send", claim()).await;
            assert_eq!(answer["error"]["kind"], "outcome-unknown", "{fault:?}: {answer}");
            assert_eq!(host.sim.requests().len(), 1, "{fault:?}");
        }
        host.sim.fault_next(CLAIM_DEVICE, status(503), 1).unwrap();
        let answer = host.value("send", claim()).await;
        assert_eq!(answer["error"]["kind"], "outcome-unknown", "who said 503 is not known: {answer}");
        host.sim.fault_next(CLAIM_DEVICE, status(429), 1).unwrap();
        let answer = host.value("send", claim()).await;
        assert_eq!(answer["error"]["kind"], "rate-limited", "a refused write did not happen: {answer}");
    }

    async fn a_request_may_be_given_less_time(mode: Mode) {
        let host = TestHost::probe(mode).await;
        host.sim.fault_next(GET_DEVICES, Fault::Hang, 1).unwrap();
        let mut request = list();
        request["options"] = json!([["timeout-ms", "50"]]);
        let answer = host.value("send", request).await;
        assert_eq!(answer["error"]["kind"], "timeout", "{answer}");
    }

    async fn plugins_turn_the_hubs_faults_into_failures_that_help(mode: Mode) {
        let host = TestHost::start(mode).await;
        host.sim.fault_next(GET_DEVICES, status(401), 1).unwrap();
        let failure = host.failure("list_devices", json!({})).await;
        assert_eq!(failure["error"], "unauthorized", "{failure}");
        host.sim.fault_next(GET_DEVICES, status(429), 1).unwrap();
        let failure = host.failure("list_devices", json!({})).await;
        assert_eq!(failure["error"], "upstream_rate_limited", "{failure}");
        assert_eq!(failure["retry_after_ms"], 7000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_not_there_is_unavailable_also_for_a_write() {
    let options = crate::support::host::Options {
        plugins: crate::support::fixtures::Plugins::probe(),
        // A port that nobody listens on: the discard service, which no system runs any more.
        hub_url: Some("http://127.0.0.1:9".to_owned()),
        ..Default::default()
    };
    let host = TestHost::with(Mode::Single, options).await;
    for request in [list(), claim()] {
        let answer = host.value("send", request).await;
        assert_eq!(answer["error"]["kind"], "unavailable", "{answer}");
    }
}
