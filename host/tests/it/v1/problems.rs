//! What is not there, and what goes wrong: never a 500, always a problem.

use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{call, get, problem, request, send};
use crate::support::fixtures::{PROBE_ROUTES, Plugins};
use crate::support::host::Options;
use crate::support::{Mode, TestHost, both_modes};

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

/// Sends a request line as it is, which clients would tidy up first; the status and the code.
async fn raw(host: &TestHost, line: &str) -> (u16, String) {
    let address = host.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).await.unwrap();
    let key = &host.sim.tenants()[0].key;
    let text =
        format!("{line} HTTP/1.1\r\nHost: {address}\r\nAuthorization: {key}\r\nConnection: close\r\n\r\n");
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let body: Value = serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"));
    (status, body["error"].as_str().unwrap_or_default().to_owned())
}

both_modes! {
    async fn what_is_not_there_is_not_found(mode: Mode) {
        let host = TestHost::start(mode).await;
        for (path, error) in [
            ("", "unknown_route"),
            ("tools/", "method_not_allowed"),
            ("tools/a/b", "unknown_route"),
            ("docs/x", "unknown_route"),
            ("openapi.json/x", "unknown_route"),
            ("nothing", "unknown_resource"),
            ("devices?x=1", "unknown_resource"),
            ("devices/x", "unknown_resource"),
            ("Devices", "unknown_resource"),
            ("device/x/nothing", "unknown_resource"),
            ("prompts/nothing", "unknown_prompt"),
        ] {
            let answered = get(&host, path).await;
            assert_eq!(problem(&answered).1, error, "{path}");
            assert_eq!(answered.status, if error == "method_not_allowed" { 405 } else { 404 }, "{path}");
        }
        assert_eq!(problem(&call(&host, "no_such_tool", &json!({})).await), (404, "unknown_tool"));
        assert_eq!(problem(&get(&host, &format!("device/{NOBODY}/status")).await), (404, "not_found"));
        host.assert_serving().await;
    }

    async fn another_method_is_told_which_one_would_do(mode: Mode) {
        let host = TestHost::start(mode).await;
        for (method, path, allow) in [
            (Method::POST, "tools", "GET, HEAD"),
            (Method::DELETE, "devices", "GET, HEAD"),
            (Method::OPTIONS, "resources", "GET, HEAD"),
            (Method::PUT, "openapi.json", "GET, HEAD"),
            (Method::POST, "docs", "GET, HEAD"),
            (Method::GET, "tools/list_devices", "POST"),
            (Method::PUT, "tools/list_devices", "POST"),
        ] {
            let answered = send(request(&host, method, path)).await;
            assert_eq!((problem(&answered), answered.header("allow")), ((405, "method_not_allowed"), allow), "{path}");
        }
        assert!(host.sim.requests().is_empty());
    }

    async fn a_value_stays_in_its_segment(mode: Mode) {
        let host = TestHost::start(mode).await;
        for path in [
            "device/histories/status",
            "device/a%2Fcommands/status",
            "device/..%2F..%2Forganization/status",
            "device/%2e%2e/status",
            "device/histories.json/status",
            "device/a%3Fpage=1/status",
        ] {
            let answered = raw(&host, &format!("GET /v1/{path}")).await;
            assert_eq!(answered, (400, "invalid_arguments".to_owned()), "{path}");
        }
        for path in ["device/%0a/status", "device/%ff/status", "device//status", "device/a/b/status", "device/../status/x"] {
            assert_eq!(raw(&host, &format!("GET /v1/{path}")).await, (404, "unknown_resource".to_owned()), "{path}");
        }
        for path in ["device/%zz/status", "device/%/status", "device/{x}/status"] {
            assert_eq!(raw(&host, &format!("GET /v1/{path}")).await, (400, "malformed_path".to_owned()), "{path}");
        }
        for path in ["%64ocs", "tool%73", "./tools", "../v1/tools"] {
            assert_eq!(raw(&host, &format!("GET /v1/{path}")).await.0, 404, "{path}");
        }
        assert!(host.sim.requests().is_empty(), "nothing of it reached the hub");
        host.assert_serving().await;
    }

    async fn a_body_is_one_json_object_declared_as_json(mode: Mode) {
        let host = TestHost::start(mode).await;
        let post = |body: &str| request(&host, Method::POST, "tools/list_devices").body(body.to_owned());
        for kind in ["text/plain", "application/x-www-form-urlencoded", "text/plain; application/json", "application/jsonp"] {
            let answered = send(post("{}").header("content-type", kind)).await;
            assert_eq!(problem(&answered), (415, "unsupported_media_type"), "{kind}");
        }
        assert_eq!(problem(&send(post("{}")).await), (415, "unsupported_media_type"));
        for body in ["", "{", "[]", "null", "{\"limit\":1,\"limit\":2}", "{\"name\":\"\\ud800\"}", "{} {}"] {
            let answered = send(post(body).header("content-type", "application/json")).await;
            assert_eq!(problem(&answered), (400, "invalid_json"), "{body}");
        }
        let long = format!("{{\"name\":\"{}\"}}", "x".repeat(2 << 20));
        let answered = send(post(&long).header("content-type", "application/json")).await;
        assert_eq!(problem(&answered), (413, "body_too_large"));
        for (arguments, place) in [(json!({"limit": "many"}), "/limit"), (json!({"no_such": 1}), "no_such")] {
            let answered = call(&host, "list_devices", &arguments).await;
            assert_eq!(problem(&answered), (400, "invalid_arguments"));
            assert!(answered.body["detail"].as_str().unwrap().contains(place), "{}", answered.body);
        }
        assert!(host.sim.requests().is_empty());
        let good = post("{}").header("content-type", "application/json; charset=utf-8");
        assert_eq!(send(good).await.status, 200);
    }

    async fn a_failure_keeps_its_code_and_its_time(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let arguments = json!({"code": "lamp_broken", "message": "The lamp is broken.", "retry_after_ms": 1500});
        let answered = call(&host, "fail", &arguments).await;
        assert_eq!(problem(&answered), (422, "lamp_broken"), "{}", answered.body);
        assert_eq!((answered.header("retry-after"), &answered.body["retry_after_ms"]), ("2", &json!(1500)));
        let over_mcp = host.failure("fail", arguments).await;
        assert_eq!((&over_mcp["message"], &over_mcp["hint"]), (&answered.body["detail"], &answered.body["hint"]));
    }

    async fn what_a_plugin_breaks_is_a_bad_gateway(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for (tool, arguments, expected) in [
            ("trap", json!({}), (502, "plugin_crashed")),
            ("exit", json!({}), (502, "plugin_exited")),
            ("hoard", json!({}), (502, "plugin_crashed")),
            ("answer", json!({"json": "{\"a\":1,\"a\":2}"}), (502, "invalid_answer")),
            ("answer", json!({"json": "{}}\n{\"jsonrpc\":\"2.0\"}"}), (502, "invalid_answer")),
            ("spin", json!({}), (504, "deadline_exceeded")),
            ("needs_input", json!({}), (409, "needs_input")),
            ("ask_after_write", json!({}), (502, "confirm_first")),
        ] {
            let answered = call(&host, tool, &arguments).await;
            assert_eq!(problem(&answered), expected, "{tool}");
        }
        assert_eq!(problem(&get(&host, "probe/gone").await), (404, "not_found"));
        assert_eq!(problem(&get(&host, "probe/here").await), (409, "needs_input"));
        for path in ["prompts/diagnose", "prompts/diagnose?room=a&room=b", "prompts/diagnose?room=a&x=b", "prompts/diagnose?room=a&floor=top"] {
            assert_eq!(problem(&get(&host, path).await), (400, "invalid_arguments"), "{path}");
        }
        for cursor in ["x", "%20", "cHJvYmU"] {
            let answered = get(&host, &format!("resources?cursor={cursor}")).await;
            let is_ours = cursor == "cHJvYmU";
            assert_eq!(answered.status, if is_ours { 200 } else { 400 }, "{cursor}");
        }
        host.assert_serving().await;
    }

    async fn a_key_that_xyte_refuses_is_said_to_be_refused(mode: Mode) {
        let host = TestHost::start(mode).await;
        let get = host.client.get(format!("{}/v1/devices", host.url)).header("x-xyte-api-key", "sim_nobody");
        let answered = send(get).await;
        assert_eq!(problem(&answered), (502, "plugin_error"));
        assert_eq!(answered.body["details"]["error"], "unauthorized", "{}", answered.body);
    }

    async fn a_hub_in_trouble_is_no_trouble_of_the_host(mode: Mode) {
        let host = TestHost::start(mode).await;
        let down = xyte_sim::Fault::Status { status: 503_u16.try_into().unwrap(), retry_after: None };
        host.sim.fault_next("organization.devices.getDevices", down.clone(), 1).unwrap();
        assert_eq!(call(&host, "list_devices", &json!({})).await.status, 422);
        host.sim.fault_next("organization.devices.getDevices", down, 1).unwrap();
        let failed = get(&host, "devices").await;
        assert_eq!(problem(&failed), (502, "plugin_error"));
        assert!(failed.body["detail"].as_str().unwrap().contains("unavailable"), "{}", failed.body);
        assert!(failed.body["details"]["error"].as_str().unwrap().starts_with("upstream_"), "{}", failed.body);
        assert_eq!(get(&host, "devices").await.status, 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hidden_is_refused_by_the_same_code_as_over_mcp() {
    let granted = PROBE_ROUTES.into_iter().filter(|route| !route.ends_with("getDevices")).collect();
    let options = Options { plugins: Plugins::Probe(granted), ..Options::default() };
    let ungranted = TestHost::with(Mode::Single, options).await;
    let ours = TestHost::start(Mode::Single).await;
    for (host, tool, expected) in
        [(&ungranted, "send_many", "route_not_granted"), (&ours, "echo_command", "experimental_tool")]
    {
        let listed = super::document(host, "tools").await;
        assert!(listed["tools"].as_array().unwrap().iter().all(|shown| shown["name"] != tool), "{tool}");
        assert_eq!(problem(&call(host, tool, &json!({})).await), (403, expected));
        assert_eq!(host.failure(tool, json!({})).await["error"], expected);
        let described = super::document(host, "openapi.json").await;
        assert!(described["paths"].get(format!("/v1/tools/{tool}")).is_none(), "{tool}");
    }
}
