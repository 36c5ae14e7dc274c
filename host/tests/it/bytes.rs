//! What really goes over the wire, byte for byte, and what a hub that is no Rails application may answer.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::support::fixtures::Plugins;
use crate::support::host::Options;
use crate::support::{Mode, TestHost};

/// Answers one connection with these bytes and returns what it was sent.
async fn raw_hub(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let seen = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !is_whole(&request) {
            let mut buffer = [0; 4096];
            let read = stream.read(&mut buffer).await.unwrap();
            assert!(read > 0, "the request ended early");
            request.extend_from_slice(&buffer[..read]);
        }
        // The host may have had enough and gone; that is its right.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
        String::from_utf8(request).unwrap()
    });
    (url, seen)
}

/// Whether the head is there, and as much body as it announces.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

fn ok(body: &str) -> Vec<u8> {
    answer("200 OK", "content-type: application/json\r\n", body)
}

fn answer(status: &str, headers: &str, body: &str) -> Vec<u8> {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

async fn send(answer: Vec<u8>, request: Value) -> (Value, String, String) {
    let (url, seen) = raw_hub(answer).await;
    let options = Options { plugins: Plugins::probe(), hub_url: Some(url.clone()), ..Options::default() };
    let host = TestHost::with(Mode::Single, options).await;
    let value = host.value("send", request).await;
    let key = host.sim.tenants()[0].key.clone();
    (value, seen.await.unwrap().replace(&url["http://".len()..], "HUB"), key)
}

fn get_devices() -> Value {
    json!({"scope": "organization", "method": "get", "template": "/devices",
        "query": [["page", "2"], ["per_page", "100"]]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_is_exactly_these_bytes() {
    let (value, seen, key) = send(ok("{}"), get_devices()).await;
    assert_eq!(value["status"], 200, "{value}");
    let expected = format!(
        "GET /core/v1/organization/devices?page=2&per_page=100 HTTP/1.1\r\nauthorization: {key}\r\naccept: \
         application/json\r\nuser-agent: xyte-mcp/{}\r\nhost: HUB\r\n\r\n",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(seen, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_is_exactly_these_bytes() {
    let request = json!({"scope": "organization", "method": "post", "template": "/devices/{device_id}/commands",
        "params": [["device_id", "5dc4ba6c-c323-4118-a4e4-504f074426f2"]],
        "body": "{ \"name\" : \"re boot\",\n \"extra_params\": {\"a\": 1.50} }"});
    let (_, seen, key) = send(ok("{}"), request).await;
    let body = r#"{"name":"re boot","extra_params":{"a":1.50}}"#;
    let expected = format!(
        "POST /core/v1/organization/devices/5dc4ba6c-c323-4118-a4e4-504f074426f2/commands \
         HTTP/1.1\r\nauthorization: {key}\r\naccept: application/json\r\ncontent-type: application/json\r\nuser-agent: \
         xyte-mcp/{}\r\nhost: HUB\r\ncontent-length: {}\r\n\r\n{body}",
        env!("CARGO_PKG_VERSION"),
        body.len()
    );
    assert_eq!(seen, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_cannot_be_trusted_are_refused() {
    let nested = "[".repeat(100) + &"]".repeat(100);
    let cases = [
        (ok(r#"{"a":1,"a":2}"#), "broken_answer"),
        (ok(&nested), "broken_answer"),
        (ok("{\"a\":\"\\ud800\"}"), "broken_answer"),
        (ok("{\"a\":"), "broken_answer"),
        (answer("200 OK", "content-type: text/html\r\n", "<p>"), "broken_answer"),
        (answer("200 OK", "", "{}"), "broken_answer"),
        (ok(&format!("\"{}\"", "x".repeat(5 << 20))), "answer_too_large"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}".to_vec(), "unreachable"),
        (b"SSH-2.0-OpenSSH\r\n".to_vec(), "unreachable"),
        (answer("301 Moved", "location: http://127.0.0.1:9/\r\n", ""), "unexpected_redirect"),
    ];
    for (bytes, code) in cases {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
        let (value, ..) = send(bytes, get_devices()).await;
        assert_eq!(value["error"]["code"], code, "{shown}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_repeats_the_key_does_not_hand_it_to_a_plugin() {
    let (url, seen) = raw_hub(Vec::new()).await;
    drop((url, seen));
    let host =
        TestHost::with(Mode::Single, Options { plugins: Plugins::probe(), ..Options::default() }).await;
    let key = host.sim.tenants()[0].key.clone();
    let (value, ..) = send(ok(&format!("{{\"you_sent\":\"{key}\"}}")), get_devices()).await;
    assert_eq!(value["body"], "{\"you_sent\":\"[key removed]\"}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_without_a_body_is_empty_text() {
    let (value, ..) = send(b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(), get_devices()).await;
    assert_eq!((&value["status"], &value["body"]), (&json!(204), &json!("")));
}
