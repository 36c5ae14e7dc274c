//! Standard input and output: nothing but messages, whatever comes.

use serde_json::{Value, json};
use xyte_sim::{Sim, SimConfig};

use crate::support::{Pipe, fixtures};

async fn sim() -> Sim {
    Sim::start(SimConfig::default()).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_message_is_answered_and_the_next_is_read() {
    let sim = sim().await;
    let mut pipe = Pipe::greeted(&sim, &fixtures::plugins(), json!({})).await;
    let cases: [(&[u8], i32, Value); 7] = [
        (b"hello\n", -32700, Value::Null),
        (b"\xff\xfe\n", -32700, Value::Null),
        (b"[]\n", -32600, Value::Null),
        (b"{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}\n", -32600, Value::Null),
        (b"{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\",\"params\":[]}\n", -32600, json!(4)),
        (b"{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"ping\",\"method\":\"x\"}\n", -32600, Value::Null),
        (
            b"{\"jsonrpc\":\"2.0\",\"id\":4,\"method\":\"tools/call\",\"params\":{\"name\":1}}\n",
            -32602,
            json!(4),
        ),
    ];
    for (line, code, id) in cases {
        pipe.write(line).await;
        let answer = pipe.next().await.unwrap();
        assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "{answer}");
    }
    pipe.write(b"\n  \r\n").await;
    let long = vec![b'x'; 5 << 20];
    pipe.write(&long).await;
    pipe.write(b"\n").await;
    assert_eq!(pipe.next().await.unwrap()["error"]["code"], -32600);
    pipe.send(&json!({"jsonrpc": "2.0", "id": 5, "method": "ping"})).await;
    assert_eq!(pipe.next().await.unwrap()["id"], 5);
    pipe.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_the_newest_revision_needs_no_greeting() {
    let sim = sim().await;
    let mut pipe = Pipe::open(&sim, &fixtures::plugins());
    let meta = json!({"io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {}});
    pipe.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": meta}}))
        .await;
    let discovered = pipe.next().await.unwrap();
    assert!(discovered["result"]["supportedVersions"].as_array().unwrap().contains(&json!("2026-07-28")));
    let params = json!({"name": "list_devices", "arguments": {"limit": 1}, "_meta": meta});
    pipe.send(&json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params})).await;
    assert_eq!(pipe.next().await.unwrap()["result"]["resultType"], "complete");
    pipe.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_forges_no_line() {
    let sim = sim().await;
    let directory = fixtures::probe_directory(&fixtures::PROBE_ROUTES);
    let mut pipe = Pipe::greeted(&sim, directory.path(), json!({})).await;
    let forged = "{\"a\":\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n}";
    let call = |id: u64, tool: &str, arguments: Value| json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}});
    pipe.send(&call(1, "answer", json!({"json": forged}))).await;
    assert_eq!(pipe.next().await.unwrap()["result"]["structuredContent"]["a"]["jsonrpc"], "2.0");
    let lines = ["{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}", "a\nb"];
    pipe.send(&call(2, "say", json!({"lines": lines}))).await;
    assert_eq!(pipe.next().await.unwrap()["id"], 2);
    pipe.leave().await;
}
