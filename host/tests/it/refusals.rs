//! Bad input, through the whole path: the error is clear, and the host goes on serving.

use serde_json::{Value, json};

use crate::support::fixtures::{PROBE_ROUTES, Plugins};
use crate::support::host::Options;
use crate::support::{Era, Mode, TestHost, both_modes};

const DEVICE: &str = "5dc4ba6c-c323-4118-a4e4-504f074426f2";

/// Lets the guest for tests send a request of its own making, and returns the error that it got.
async fn refused(host: &TestHost, request: Value) -> (String, String) {
    let answer = host.value("send", request).await;
    let text = |name: &str| answer["error"][name].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
    (text("kind"), text("code"))
}

fn get_device(id: &str) -> Value {
    json!({"scope": "organization", "method": "get", "template": "/devices/{device_id}",
        "params": [["device_id", id]]})
}

fn pair(kind: &str, code: &str) -> (String, String) {
    (kind.to_owned(), code.to_owned())
}

both_modes! {
    async fn an_unknown_tool_is_a_protocol_error(mode: Mode) {
        let host = TestHost::start(mode).await;
        for era in Era::BOTH {
            let answer = host.message(era, "tools/call", json!({"name": "no_such_tool", "arguments": {}})).await;
            assert_eq!(answer["error"]["code"], -32602, "{answer}");
        }
        host.assert_serving().await;
    }

    async fn arguments_that_miss_the_schema_are_named_and_never_reach_the_hub(mode: Mode) {
        let host = TestHost::start(mode).await;
        for (tool, arguments, place) in [
            ("get_device", json!({}), "device_id"),
            ("list_devices", json!({"limit": "many"}), "/limit"),
            ("list_devices", json!({"no_such": 1}), "no_such"),
        ] {
            let failure = host.failure(tool, arguments).await;
            assert_eq!(failure["error"], "invalid_arguments");
            assert!(failure["message"].as_str().unwrap().contains(place), "{failure}");
        }
        assert!(host.sim.requests().is_empty());
        host.assert_serving().await;
    }

    async fn malformed_requests_get_a_json_rpc_error(mode: Mode) {
        let host = TestHost::start(mode).await;
        let cases = [
            ("{", 400, -32700),
            ("[]", 400, -32600),
            (r#"[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]"#, 400, -32600),
            (r#"{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call"}"#, 400, -32600),
            (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}"#, 200, -32602),
            (r#"{"jsonrpc":"2.0","id":1,"method":"no/such"}"#, 200, -32601),
        ];
        for (body, status, code) in cases {
            let post = host.post().header("accept", "application/json, text/event-stream");
            let post = post.header("content-type", "application/json").body(body);
            let response = post.send().await.unwrap();
            assert_eq!(response.status(), status, "{body}");
            let answer: Value = response.json().await.unwrap();
            assert_eq!(answer["error"]["code"], code, "{body}: {answer}");
        }
        host.assert_serving().await;
    }

    async fn an_oversized_request_is_refused(mode: Mode) {
        let host = TestHost::start(mode).await;
        let params = json!({"name": "list_devices", "arguments": {"name": "x".repeat(5 << 20)}});
        let response = Era::Legacy.request(host.post(), "tools/call", params).send().await.unwrap();
        assert_eq!(response.status(), 413);
        host.assert_serving().await;
    }

    async fn a_route_that_was_not_granted_is_denied_with_the_line_that_would_grant_it(mode: Mode) {
        let granted = PROBE_ROUTES.into_iter().filter(|route| !route.ends_with("getDevice")).collect();
        let host = TestHost::with(mode, Options { plugins: Plugins::Probe(granted), ..Options::default() }).await;
        assert_eq!(refused(&host, get_device(DEVICE)).await, pair("denied", "route_not_granted"));
        let message = host.value("send", get_device(DEVICE)).await["error"]["message"].to_string();
        assert!(message.contains("organization.devices.getDevice") && message.contains("probe.toml"), "{message}");
        assert!(host.sim.requests().is_empty());
        host.assert_serving().await;
    }

    async fn a_tool_without_a_route_that_it_needs_is_hidden_and_refused(mode: Mode) {
        let host = TestHost::with(mode, Options { plugins: Plugins::Probe(vec![]), ..Options::default() }).await;
        let listed = host.tools().await;
        assert!(!listed.contains(&"read_only_writes".to_owned()), "{listed:?}");
        let failure = host.failure("read_only_writes", json!({})).await;
        assert_eq!(failure["error"], "route_not_granted");
        assert!(failure["message"].as_str().unwrap().contains("probe.toml"), "{failure}");
        assert!(listed.contains(&"facts".to_owned()), "a tool that needs no route is there");
        host.assert_serving().await;
    }

    async fn an_experimental_tool_is_hidden_and_refused_until_experiments_are_on(mode: Mode) {
        let host = TestHost::start(mode).await;
        assert!(!host.tools().await.contains(&"echo_command".to_owned()));
        let failure = host.failure("echo_command", json!({"device_id": DEVICE, "message": "hello"})).await;
        assert_eq!(failure["error"], "experimental_tool");
        assert!(failure["hint"].as_str().unwrap().contains("XYTE_EXPERIMENTAL_APIS=true"));
        assert!(host.sim.requests().is_empty());

        let host = TestHost::with(mode, Options { experimental: true, ..Options::default() }).await;
        let listed = host.tools().await;
        assert!(listed.contains(&"echo_command".to_owned()) && listed.contains(&"diagnose_av_issue".to_owned()));
    }

    async fn values_that_would_leave_their_place_are_refused_before_anything_is_sent(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let hostile = [
            "a/b", "..", ".", "%2e%2e", "%2f", "a\r\nX-Evil: 1", "a\0b", "", "histories", "histories.json", "claim",
            "HISTORIES", "//evil.example", "https://evil.example/", "a?b=c", "a#b", "a\\b", "a;b",
        ];
        for value in hostile {
            assert_eq!(refused(&host, get_device(value)).await, pair("invalid", "invalid_param"), "{value:?}");
        }
        assert!(host.sim.requests().is_empty());
        host.assert_serving().await;
    }

    async fn requests_outside_the_catalogue_are_refused_before_anything_is_sent(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let with = |change: Value| {
            let mut request = get_device(DEVICE);
            request.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            request
        };
        let command = json!({"method": "post", "template": "/devices/{device_id}/commands"});
        let send = |body: &str, query: Value| {
            let mut change = command.clone();
            change["body"] = json!(body);
            change["query"] = query;
            with(change)
        };
        let cases = [
            (with(json!({"template": "/devices/histories.json", "params": []})), "unknown_route"),
            (with(json!({"template": "/devices/{device_id}/../../users"})), "unknown_route"),
            (with(json!({"template": "/webhooks", "params": []})), "unknown_route"),
            (with(json!({"scope": "partner"})), "route_not_asked_for"),
            (with(json!({"method": "put"})), "unknown_route"),
            (with(json!({"template": "/spaces", "params": []})), "route_not_asked_for"),
            (with(json!({"params": []})), "missing_param"),
            (with(json!({"params": [["device_id", DEVICE], ["device_id", DEVICE]]})), "surplus_param"),
            (with(json!({"query": [["access_token", "x"]]})), "unknown_query"),
            (with(json!({"body": "{}"})), "unexpected_body"),
            (with(json!({"options": [["follow-redirects", "1"]]})), "unknown_option"),
            (send(r#"{"name":"reboot"}"#, json!([["name", "other"]])), "unknown_query"),
            (send(r#"{"name":"reboot","api_key":"x"}"#, json!([])), "unknown_body_member"),
            (send(r#"{"name":"reboot","name":"wipe"}"#, json!([])), "invalid_body"),
            (send("[]", json!([])), "invalid_body"),
        ];
        for (request, code) in cases {
            assert_eq!(refused(&host, request.clone()).await.1, code, "{request}");
        }
        assert!(host.sim.requests().is_empty());
        host.assert_serving().await;
    }

    async fn a_tool_that_calls_itself_read_only_cannot_write(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let answer = host.value("read_only_writes", json!({})).await;
        assert_eq!(answer["error"]["code"], "read_only_tool", "{answer}");
        assert!(host.sim.requests().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_valid_request_of_the_same_guest_does_reach_the_hub() {
    let host = TestHost::probe(Mode::Single).await;
    let id = host.sim.fleet("acme").unwrap().devices()[0].id.to_string();
    let answer = host.value("send", get_device(&id)).await;
    assert_eq!(answer["status"], 200, "{answer}");
    assert_eq!(host.sim.requests().len(), 1);
}
