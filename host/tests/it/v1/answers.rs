//! What is there: lists, calls, resources and prompts.

use serde_json::json;
use xyte_sim::Fault;

use super::{call, document, get, request, send};
use crate::support::{TestHost, both_modes};

both_modes! {
    async fn the_tools_are_those_of_mcp_with_their_schemas(mode: Mode) {
        let host = TestHost::start(mode).await;
        let tools = document(&host, "tools").await["tools"].as_array().unwrap().clone();
        let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
        assert_eq!(names, host.tools().await);
        let list = &tools[names.iter().position(|name| *name == "list_devices").unwrap()];
        assert_eq!(list["annotations"]["read_only"], true);
        assert_eq!(list["input_schema"]["properties"]["limit"]["maximum"], 1000);
        assert!(list["output_schema"]["properties"]["by_status"].is_object());
    }

    async fn a_call_answers_what_it_answers_over_mcp(mode: Mode) {
        let host = TestHost::start(mode).await;
        let arguments = json!({"limit": 2, "status": "offline"});
        let over_mcp = host.call("list_devices", arguments.clone()).await;
        let answered = call(&host, "list_devices", &arguments).await;
        assert_eq!(answered.status, 200);
        assert_eq!(answered.body["structured"], over_mcp["structuredContent"]);
        assert_eq!(answered.body["content"][0], over_mcp["content"][0]);
    }

    async fn the_fleet_is_a_resource(mode: Mode) {
        let host = TestHost::start(mode).await;
        let read = document(&host, "devices").await;
        let part = &read["contents"][0];
        assert_eq!((&part["uri"], &part["mime_type"]), (&json!("devices://"), &json!("application/json")));
        assert_eq!((&part["json"]["scanned"], &part["json"]["returned"]), (&json!(1250), &json!(1000)));
    }

    async fn a_device_has_its_status_commands_and_histories(mode: Mode) {
        let host = TestHost::start(mode).await;
        let device = host.sim.fleet("acme").unwrap().devices()[7].clone();
        let id = device.id;
        let commands = format!("{}/core/v1/organization/devices/{id}/commands", host.sim.url());
        for name in ["reboot", "dump"] {
            let send = host.client.post(&commands).header("authorization", &host.sim.tenants()[0].key);
            assert_eq!(send.json(&json!({"name": name})).send().await.unwrap().status(), 201);
            host.sim.advance(std::time::Duration::from_secs(60));
        }
        let status = document(&host, &format!("device/{id}/status")).await;
        assert_eq!(status["contents"][0]["uri"], format!("device://{id}/status"));
        assert_eq!(status["contents"][0]["json"]["name"], device.name);
        let commands = document(&host, &format!("device/{id}/commands")).await;
        let commands = &commands["contents"][0]["json"];
        assert_eq!((&commands["commands"][0]["name"], &commands["commands"][1]["name"]), (&json!("dump"), &json!("reboot")));
        assert_eq!(commands["complete"], true);
        let histories = document(&host, &format!("device/{id}/histories")).await;
        let rows = &histories["contents"][0]["json"];
        assert_eq!(rows["windows"].as_array().map(Vec::len), Some(1), "{rows}");
        assert!(rows["rows"].as_array().unwrap().iter().all(|row| row.get("state").is_none()));
    }

    async fn resources_are_listed_page_by_page_with_those_of_the_tenant(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let first = document(&host, "resources").await;
        let uris: Vec<&str> = first["resources"].as_array().unwrap().iter().map(|r| r["uri"].as_str().unwrap()).collect();
        let of_all = ["probe://bytes", "probe://claim", "probe://gone", "probe://here"];
        assert_eq!((&uris[..4], &uris[4..]), (&of_all[..], &["probe://rooms/blue"][..]));
        assert_eq!(first["templates"][0]["uri_template"], "probe://devices/{device_id}/status");
        let mut cursor = first["next_cursor"].as_str().map(str::to_owned);
        let mut pages = 0;
        while let Some(here) = cursor {
            let page = document(&host, &format!("resources?cursor={here}")).await;
            assert_eq!(page["resources"], json!([{"uri": "probe://rooms/blue", "name": "blue"}]));
            cursor = page["next_cursor"].as_str().map(str::to_owned);
            pages += 1;
        }
        assert_eq!(pages, 1);
    }

    async fn bytes_and_their_type_are_said_and_never_served(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let answered = get(&host, "probe/bytes").await;
        assert_eq!((answered.status, answered.kind.as_str()), (200, "application/json"));
        let expected = json!({"contents": [{"uri": "probe://bytes", "mime_type": "image/png", "blob": "Zm91cg=="}],
            "ttl_ms": 60_000});
        assert_eq!(answered.body, expected);
    }

    async fn a_prompt_is_listed_and_got_with_its_arguments(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let prompts = document(&host, "prompts").await;
        assert_eq!(prompts["prompts"][0]["name"], "diagnose");
        assert_eq!(prompts["prompts"][0]["arguments"][0]["required"], true);
        let got = document(&host, "prompts/diagnose?room=Blue%20%26%20Red&floor=3").await;
        let expected = json!({"role": "user", "content": {"type": "text", "text": "What is wrong in Blue & Red on floor 3?"}});
        assert_eq!(got["messages"][0], expected);
    }

    async fn reading_changes_nothing_whatever_was_granted(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let read = document(&host, "probe/claim").await;
        assert_eq!(read["contents"][0]["text"], "read_only_tool");
        assert!(host.sim.requests().is_empty());
    }

    async fn head_is_get_without_the_body(mode: Mode) {
        let host = TestHost::start(mode).await;
        let response = request(&host, reqwest::Method::HEAD, "tools").send().await.unwrap();
        assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (200, &"application/json".parse().unwrap()));
        assert!(response.bytes().await.unwrap().is_empty());
    }

    async fn a_caller_who_goes_ends_the_guest(mode: Mode) {
        let host = TestHost::start(mode).await;
        host.sim.fault_next("organization.devices.getDevices", Fault::Hang, 1).unwrap();
        let reading = send(request(&host, reqwest::Method::GET, "devices"));
        let hub_has_it = async {
            while host.sim.in_flight() == 0 {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answer = reading => panic!("{answer:?}"),
            () = hub_has_it => {}
        }
        // The client has gone; the request that waits at the hub goes with it.
        let gone = async {
            while host.sim.in_flight() > 0 {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(10), gone).await.unwrap();
        host.assert_serving().await;
    }
}
