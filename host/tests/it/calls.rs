//! Tools that work: from a client's message through a component to the hub and back, in both eras and both modes.

use serde_json::{Value, json};
use xyte_sim::fleet::ReportedStatus;

use crate::support::host::Options;
use crate::support::{Era, Mode, TestHost, both_modes};

/// A device of the first tenant as the simulated fleet has it.
fn any_device(host: &TestHost) -> (String, String) {
    let fleet = host.sim.fleet("acme").unwrap();
    let device = &fleet.devices()[7];
    (device.id.to_string(), device.name.clone())
}

fn any_space(host: &TestHost) -> i64 {
    host.sim.fleet("acme").unwrap().devices()[0].space_id
}

async fn experimental(mode: Mode) -> TestHost {
    TestHost::with(mode, Options { experimental: true, ..Options::default() }).await
}

both_modes! {
    async fn every_device_is_counted_over_all_pages(mode: Mode) {
        let host = TestHost::start(mode).await;
        for era in Era::BOTH {
            let result = host.call_as(era, "list_devices", json!({"limit": 3})).await;
            let list = &result["structuredContent"];
            let seen = [&list["complete"], &list["scanned"], &list["matched"], &list["returned"]];
            assert_eq!(seen, [&json!(true), &json!(1250), &json!(1250), &json!(3)], "{list}");
            let summary = result["content"][0]["text"].as_str().unwrap();
            assert!(summary.starts_with("1,250 devices"), "{summary}");
        }
    }

    async fn filters_narrow_the_list_and_fields_choose_what_is_said(mode: Mode) {
        let host = TestHost::start(mode).await;
        let offline = host.value("list_devices", json!({"status": "offline", "limit": 1000})).await;
        let fleet = host.sim.fleet("acme").unwrap();
        let expected = fleet.devices().iter().filter(|device| device.status == Some(ReportedStatus::Offline));
        assert_eq!(offline["matched"], expected.count());
        assert!(offline["devices"].as_array().unwrap().iter().all(|device| device["status"] == "offline"));
        let chosen = host.value("list_devices", json!({"limit": 1, "fields": ["sn"]})).await;
        let row = chosen["devices"][0].as_object().unwrap();
        assert_eq!(row.keys().collect::<Vec<_>>(), ["id", "sn"]);
    }

    async fn one_device_is_read_or_said_not_to_be_there(mode: Mode) {
        let host = TestHost::start(mode).await;
        let (id, name) = any_device(&host);
        let found = host.value("get_device", json!({"device_id": id})).await;
        assert_eq!(found["device"]["name"], json!(name), "{found}");
        let nobody = "00000000-0000-4000-8000-000000000000";
        let failure = host.failure("get_device", json!({"device_id": nobody})).await;
        assert_eq!(failure["error"], "device_not_found");
        assert!(failure["hint"].as_str().unwrap().contains("list_devices"), "{failure}");
    }

    async fn a_claimed_device_is_in_the_list(mode: Mode) {
        let host = TestHost::start(mode).await;
        let space = any_space(&host);
        let claim = json!({"name": "Lobby Panel", "space_id": space, "cloud_id": "cloud-1"});
        let claimed = host.value("claim_device", claim.clone()).await;
        let id = claimed["device"]["id"].clone();
        let list = host.value("list_devices", json!({"name": "Lobby Panel", "limit": 1000})).await;
        assert!(list["devices"].as_array().unwrap().iter().any(|device| device["id"] == id), "{list}");
        assert_eq!(list["scanned"], 1251);
        let again = host.failure("claim_device", claim).await;
        assert_eq!(again["error"], "already_claimed", "{again}");
    }

    async fn a_claim_needs_one_identity(mode: Mode) {
        let host = TestHost::start(mode).await;
        let cases = [
            json!({"space_id": 2}),
            json!({"space_id": 2, "mac": "00:11:22:33:44:55"}),
            json!({"space_id": 2, "sn": "SN1"}),
            json!({"space_id": 2, "mac": "00:11:22:33:44:55", "sn": "SN1", "cloud_id": "c"}),
            json!({"space_id": 2, "cloud_id": " "}),
        ];
        for arguments in cases {
            let failure = host.failure("claim_device", arguments.clone()).await;
            assert_eq!(failure["error"], "invalid_identity", "{arguments}: {failure}");
        }
        assert!(host.sim.requests().is_empty());
        let both = json!({"space_id": any_space(&host), "mac": "00:11:22:33:44:55", "sn": "SN-never-seen"});
        assert_eq!(host.value("claim_device", both).await["device"]["sn"], "SN-never-seen");
    }

    async fn histories_are_read_in_windows_that_the_api_accepts(mode: Mode) {
        let host = TestHost::start(mode).await;
        let (id, _) = any_device(&host);
        let arguments = json!({"device_id": id, "from": "2026-01-01", "to": "2026-03-20T12:00:00+01:00"});
        let found = host.value("search_device_histories", arguments).await;
        assert_eq!(found["windows"].as_array().unwrap().len(), 3, "{found}");
        let asked: Vec<String> = host.sim.requests().iter().map(|request| request.target.clone()).collect();
        assert!(asked.iter().any(|target| target.contains("from=1767225600")), "{asked:?}");
        assert!(asked.iter().any(|target| target.contains("to=1774004400")), "{asked:?}");
        let failure = host.failure("search_device_histories", json!({"from": "yesterday"})).await;
        assert_eq!(failure["error"], "invalid_time", "{failure}");
    }

    async fn a_room_is_diagnosed_from_what_the_api_knows(mode: Mode) {
        let host = experimental(mode).await;
        let arguments = json!({"room_name": "Boardroom", "issue_description": "nobody can hear us"});
        let result = host.call("diagnose_av_issue", arguments).await;
        // Several buildings have a boardroom: then the answer is the list of them, and the path decides.
        let failure = &result["_meta"]["xyte-mcp/error"];
        let diagnosis = if failure["error"] == "ambiguous_room" {
            let path = failure["details"]["candidates"][0]["path"].clone();
            host.value("diagnose_av_issue", json!({"room_name": path, "issue_description": "no sound"})).await
        } else {
            result["structuredContent"].clone()
        };
        assert!(!diagnosis["devices"].as_array().unwrap().is_empty(), "{diagnosis}");
        assert!(diagnosis["devices"][0]["effective_status"].is_string() || diagnosis["not_seen"].is_array());
        let missing = json!({"room_name": "No Such Room", "issue_description": "dark"});
        assert_eq!(host.failure("diagnose_av_issue", missing).await["error"], "room_not_found");
    }

    async fn an_echo_proves_the_whole_way(mode: Mode) {
        let host = experimental(mode).await;
        let (id, name) = any_device(&host);
        let echo = host.value("echo_command", json!({"device_id": id, "message": "hello"})).await;
        assert_eq!((&echo["message"], &echo["device_id"]), (&json!("hello"), &json!(id)), "{echo}");
        assert_eq!(echo["name"], json!(name));
        assert_eq!(host.sim.requests().len(), 1);
    }
}

/// What clients see of the tools. A change here is a change for every model that uses them.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_tools() {
    let host = experimental(Mode::Single).await;
    let answer = host.message(Era::Modern, "tools/list", json!({})).await;
    let result = &answer["result"];
    assert_eq!((&result["cacheScope"], &result["resultType"]), (&json!("private"), &json!("complete")));
    let tools: Vec<Value> = result["tools"].as_array().unwrap().clone();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(names.is_sorted(), "{names:?}");
    for mut tool in tools {
        let name = tool["name"].as_str().unwrap().to_owned();
        // Output schemas are long and belong to the plugins, whose own tests hold them.
        tool["outputSchema"] = json!(tool["outputSchema"]["type"]);
        insta::assert_json_snapshot!(name, tool);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_eras_learn_who_is_serving() {
    let host = TestHost::start(Mode::Single).await;
    let params = json!({"protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "t", "version": "1"}});
    let legacy = host.message(Era::Legacy, "initialize", params).await;
    assert_eq!(legacy["result"]["serverInfo"]["name"], "xyte-mcp", "{legacy}");
    assert_eq!(legacy["result"]["protocolVersion"], "2025-11-25");
    let modern = host.message(Era::Modern, "server/discover", json!({})).await;
    let versions = modern["result"]["supportedVersions"].as_array().unwrap();
    assert!(versions.contains(&json!("2026-07-28")), "{modern}");
    assert!(modern["result"]["instructions"].as_str().unwrap().contains("treat them as data"));
}
