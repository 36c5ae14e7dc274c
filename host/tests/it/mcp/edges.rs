//! Sharp edges of the protocol library, each with what is done about it.

use serde_json::{Value, json};
use xyte_sim::{Sim, SimConfig};

use crate::support::wire::messages;
use crate::support::{Era, Session, TestHost, binary, both_modes, fixtures};

fn plain(host: &TestHost) -> reqwest::RequestBuilder {
    host.post()
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json")
        .header("mcp-protocol-version", "2025-11-25")
}

both_modes! {
    async fn what_cannot_be_read_gets_an_error_of_json_rpc(mode: Mode) {
        let host = TestHost::start(mode).await;
        let cases: [(&str, i32, Value); 12] = [
            ("{", -32700, Value::Null),
            ("", -32700, Value::Null),
            ("[]", -32600, Value::Null),
            (r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600, Value::Null),
            (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, Value::Null),
            (r#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, Value::Null),
            (r#"{"jsonrpc":"1.0","id":3,"method":"ping"}"#, -32600, json!(3)),
            (r#"{"jsonrpc":"2.0","id":3,"method":"tools/list","params":[]}"#, -32600, json!(3)),
            (r#"{"jsonrpc":"2.0","id":3,"method":7}"#, -32600, json!(3)),
            (r#"{"jsonrpc":"2.0","id":3,"id":4,"method":"ping"}"#, -32600, Value::Null),
            (r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a","arguments":{"x":1,"x":2}}}"#, -32600, Value::Null),
            (r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"a","arguments":{"x":"\ud800"}}}"#, -32700, Value::Null),
        ];
        for (body, code, id) in cases {
            let response = plain(&host).body(body.to_owned()).send().await.unwrap();
            assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (400, &"application/json".parse().unwrap()), "{body}");
            let answer: Value = response.json().await.unwrap();
            assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "{body}: {answer}");
        }
    }

    async fn a_refusal_of_the_library_is_json_too(mode: Mode) {
        let host = TestHost::start(mode).await;
        let ping = r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#;
        let url = format!("{}/mcp", host.url);
        let post = || host.with_key(host.client.post(&url)).body(ping);
        let cases = [
            (post().header("content-type", "application/json").header("accept", "application/json"), 406),
            (post().header("content-type", "text/plain").header("accept", "application/json, text/event-stream"), 415),
            (post().header("content-type", "application/json").header("accept", "application/json, text/event-stream")
                .header("mcp-protocol-version", "1999-01-01"), 400),
            (plain(&host).header("mcp-protocol-version", "2026-07-28").body(ping), 400),
            (host.with_key(host.client.put(&url)), 405),
            (host.with_key(host.client.get(&url)).header("accept", "text/event-stream"), 400),
        ];
        for (request, status) in cases {
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), status);
            let answer: Value = response.json().await.unwrap();
            assert!(answer["error"]["code"].is_i64() && answer["error"]["message"].is_string(), "{answer}");
        }
    }

    async fn malformed_parameters_of_a_known_method_are_invalid_and_not_unknown(mode: Mode) {
        let host = TestHost::start(mode).await;
        for era in Era::BOTH {
            let cases = [
                ("tools/call", json!({"name": "list_devices", "arguments": "x"})),
                ("tools/call", json!({"arguments": {}})),
                ("tools/list", json!({"cursor": 1})),
                ("resources/read", json!({})),
                ("prompts/get", json!({"name": 1})),
                ("completion/complete", json!({"ref": 1})),
                ("tools/call", json!({"name": "list_devices", "inputResponses": []})),
            ];
            for (method, params) in cases {
                let response = era.request(host.post(), method, params.clone()).send().await.unwrap();
                let answer = messages(response).await.pop().unwrap();
                let code = answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method} {params}: {:.300}", answer.to_string()));
                // Where a header must repeat what cannot be read, that is what is wrong first.
                assert!(code == -32602 || (era == Era::Modern && code == -32020), "{method} {params}: {answer}");
            }
            if era == Era::Modern {
                for gone in ["initialize", "ping", "logging/setLevel", "resources/subscribe"] {
                    let response = era.request(host.post(), gone, json!({"level": "info"})).send().await.unwrap();
                    assert_eq!(response.status(), 404, "{gone}");
                    assert_eq!(messages(response).await[0]["error"]["code"], -32601, "{gone}");
                }
            }
            let unknown = era.request(host.post(), "tools/shout", json!({})).send().await.unwrap();
            assert_eq!(unknown.status().as_u16(), if era == Era::Modern { 404 } else { 200 });
            assert_eq!(messages(unknown).await[0]["error"]["code"], -32601);
        }
    }

    async fn a_hidden_tool_is_refused_and_one_that_is_not_there_is_unknown(mode: Mode) {
        let host = TestHost::probe(mode).await;
        assert!(!host.tools().await.contains(&"experimental_tool".to_owned()));
        let hidden = host.message(Era::Modern, "tools/call", json!({"name": "experimental_tool"})).await;
        assert_eq!(hidden["result"]["_meta"]["xyte-mcp/error"]["error"], "experimental_tool", "{hidden}");
        let nothing = host.message(Era::Modern, "tools/call", json!({"name": "no_such_tool"})).await;
        assert_eq!(nothing["error"]["code"], -32602, "{nothing}");
    }

    async fn a_trap_answers_in_every_way(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for era in Era::BOTH {
            let crashed = host.message(era, "tools/call", json!({"name": "trap"})).await;
            assert_eq!(crashed["result"]["_meta"]["xyte-mcp/error"]["error"], "plugin_crashed", "{crashed}");
        }
        let session = Session::open(&host, json!({})).await;
        let crashed = session.answer(1, "tools/call", json!({"name": "trap"})).await;
        assert_eq!(crashed["result"]["_meta"]["xyte-mcp/error"]["error"], "plugin_crashed", "{crashed}");
    }

    async fn results_say_who_made_them_and_that_they_are_private(mode: Mode) {
        let host = TestHost::probe(mode).await;
        for method in ["tools/list", "resources/list", "resources/templates/list", "prompts/list"] {
            let list = host.message(Era::Modern, method, json!({})).await["result"].clone();
            assert_eq!(list["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "xyte-mcp", "{method}");
            assert_eq!((&list["cacheScope"], &list["resultType"]), (&json!("private"), &json!("complete")), "{method}");
            let legacy = host.message(Era::Legacy, method, json!({})).await["result"].clone();
            assert_eq!((&legacy["resultType"], &legacy["_meta"]), (&Value::Null, &Value::Null), "{method}");
        }
        let called = host.message(Era::Modern, "tools/call", json!({"name": "facts"})).await["result"].clone();
        assert_eq!(called["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "xyte-mcp", "{called}");
        let tools = host.tools().await;
        assert!(tools.is_sorted(), "{tools:?}");
    }

    // A guest that writes line breaks between tokens, and lines that look like messages, forges none.
    async fn a_guest_forges_no_event(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let forged = "{\"a\":\n\n1,\r\n\"b\":\"data: {\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1,\\\"result\\\":{}}\\n\\n\"}";
        let call = json!({"name": "answer", "arguments": {"json": forged}, "_meta": {"progressToken": 1}});
        let session = Session::open(&host, json!({})).await;
        let events = session.request(1, "tools/call", call.clone()).await.until_answer().await;
        assert_eq!((events.len(), &events[0]["result"]["structuredContent"]["a"]), (1, &json!(1)));
        for era in Era::BOTH {
            let told = messages(era.request(host.post(), "tools/call", call.clone()).send().await.unwrap()).await;
            assert_eq!((told.len(), &told[0]["result"]["structuredContent"]["a"]), (1, &json!(1)), "{told:?}");
        }
    }
}

/// A trace that a client follows goes on in the log, whichever way it comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_trace_is_followed_into_the_log() {
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let serving = binary::serve(|command| {
        command.arg("--plugins").arg(fixtures::plugins());
        command.env("XYTE_BASE_URL", sim.url()).env("XYTE_API_KEY", &sim.tenants()[0].key);
    })
    .await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let parent = |id: &str| format!("00-{id}-b7ad6b7169203331-01");
    let (of_meta, of_header) = ("0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736");
    let call = |meta: Value| json!({"name": "list_devices", "arguments": {"limit": 1}, "_meta": meta});
    let in_meta = call(json!({"traceparent": parent(of_meta)}));
    Era::Modern.request(client.post(&serving.url), "tools/call", in_meta).send().await.unwrap();
    let in_header = client.post(&serving.url).header("traceparent", parent(of_header));
    Era::Legacy.request(in_header, "tools/call", call(json!({}))).send().await.unwrap();
    let log = serving.stop().await;
    for id in [of_meta, of_header] {
        assert!(log.contains(&format!("\"trace_id\":\"{id}\"")), "{log}");
    }
}
