//! Sessions: whose they are, and that there is a way without them.

use serde_json::json;
use xyte_mcp::mcp::SessionMode;

use crate::support::host::Options;
use crate::support::{Era, Mode, Plugins, Session, TestHost};

async fn listed(session: &Session<'_>) -> usize {
    let answer = session.answer(9, "tools/list", json!({})).await;
    answer["result"]["tools"].as_array().unwrap().len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_of_another_looks_like_one_that_there_is_not() {
    let host = TestHost::start(Mode::Multi).await;
    let session = Session::open(&host, json!({})).await;
    let url = format!("{}/mcp", host.url);
    let key = &host.sim.tenants()[1].key;
    let ping = json!({"jsonrpc": "2.0", "id": 5, "method": "ping"});
    let note = json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": 1}});
    let foreign = [
        session.within(host.post_as_another()).json(&ping),
        session.within(host.post_as_another()).json(&note),
        session.within(host.client.get(&url).header("authorization", key)),
        session.within(host.client.delete(&url).header("authorization", key)),
        session.within(host.post().header("x-xyte-user-token", "somebody")).json(&ping),
    ];
    for request in foreign {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 404);
        let body: serde_json::Value = response.json().await.unwrap();
        assert!(body["error"]["message"].as_str().unwrap().contains("no such session"), "{body}");
    }
    assert_eq!(listed(&session).await, host.tools().await.len(), "its owner has it still");
    assert_eq!(session.delete().await, 204);
    assert_eq!(session.send(&ping).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_cannot_open_sessions_without_end() {
    let host = TestHost::start(Mode::Multi).await;
    let mut statuses = Vec::new();
    for _ in 0..102 {
        statuses.push(Session::initialize(host.post(), json!({})).await.status().as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 100);
    let refused = Session::initialize(host.post(), json!({})).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    let body: serde_json::Value = refused.json().await.unwrap();
    assert_eq!(body["id"], 0, "{body}");
    assert_eq!(Session::initialize(host.post_as_another(), json!({})).await.status(), 200);
    // Who needs no session is served all the same.
    assert!(host.message(Era::Modern, "tools/list", json!({})).await["result"].is_object());
    host.assert_serving().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_the_newest_revision_has_no_session_whatever_it_sends() {
    let host = TestHost::start(Mode::Multi).await;
    let session = Session::open(&host, json!({})).await;
    let stray =
        Era::Modern.request(host.post(), "tools/list", json!({})).header("mcp-session-id", &session.id);
    assert_eq!(stray.send().await.unwrap().status(), 200);
    let url = format!("{}/mcp", host.url);
    for request in [host.client.get(&url), host.client.delete(&url)] {
        let request = host.with_key(request).header("mcp-protocol-version", "2026-07-28");
        let response = request.header("accept", "text/event-stream").send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["allow"]),
            (405, &"POST".parse().unwrap())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn older_clients_can_be_served_without_sessions() {
    let options = Options { sessions: SessionMode::Off, plugins: Plugins::probe(), ..Options::default() };
    let host = TestHost::with(Mode::Multi, options).await;
    let opened = Session::initialize(host.post(), json!({"elicitation": {}})).await;
    assert!(!opened.headers().contains_key("mcp-session-id"));
    let opened: serde_json::Value = opened.json().await.unwrap();
    assert!(opened["result"]["capabilities"]["resources"]["subscribe"].is_null(), "{opened}");
    assert!(!host.tools().await.is_empty());
    // Nobody can be asked, and a call that must ask says so at once.
    let failure = host.failure("needs_input", json!({})).await;
    assert_eq!(failure["error"], "needs_input_unsupported");
    let url = format!("{}/mcp", host.url);
    let get =
        host.with_key(host.client.get(&url)).header("accept", "text/event-stream").send().await.unwrap();
    assert_eq!(get.status(), 405);
}
