//! Sessions: whose they are, and that there is a way without them.

use serde_json::json;
use xyte_mcp::mcp::SessionMode;

use crate::support::host::Options;
use crate::support::{Era, Events, Mode, Plugins, Session, TestHost};

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

/// Whoever opens more than there is room for loses sessions of its own, and nobody else does.
#[tokio::test(flavor = "multi_thread")]
async fn a_caller_cannot_take_the_sessions_of_others() {
    let host = TestHost::start(Mode::Multi).await;
    let first = Session::open(&host, json!({})).await;
    let initialize = |user: usize| {
        let post = host.post_as_another().header("x-xyte-user-token", format!("user-{user}"));
        Session::initialize(post, json!({}))
    };
    for user in 0..110 {
        assert_eq!(initialize(user).await.status(), 200);
    }
    assert_eq!(listed(&first).await, host.tools().await.len());
    // A session in which something happens is not ended for another.
    let busy = first.follow().await;
    for _ in 0..110 {
        assert_eq!(Session::initialize(host.post(), json!({})).await.status(), 200);
    }
    assert_eq!(listed(&first).await, host.tools().await.len());
    drop(busy);
    // Who needs no session is served all the same.
    assert!(host.message(Era::Modern, "tools/list", json!({})).await["result"].is_object());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_under_way_is_not_used_again() {
    let host = TestHost::probe(Mode::Multi).await;
    let session = Session::open(&host, json!({})).await;
    let call = json!({"jsonrpc": "2.0", "id": 5, "method": "tools/call",
        "params": {"name": "sleep", "arguments": {"ms": 400}}});
    let first = Events::of(session.send(&call).await);
    let second = session.send(&call).await;
    assert_eq!(second.status(), 400);
    let second: serde_json::Value = second.json().await.unwrap();
    assert!(second["id"].is_null() && second["error"]["code"] == -32600, "{second}");
    assert_eq!(first.until_answer().await[0]["result"]["structuredContent"]["slept"], true);
    assert!(session.answer(5, "ping", json!({})).await["result"].is_object());
}

/// A client that opens its stream of news and does not read it loses the stream, and not its session.
#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_is_not_read_stops_nobody() {
    let host = TestHost::probe(Mode::Multi).await;
    let session = Session::open(&host, json!({})).await;
    session.answer(1, "logging/setLevel", json!({"level": "debug"})).await;
    let _never_read = session.follow().await;
    for id in 10..40 {
        let call = json!({"name": "report", "arguments": {"steps": 100}});
        assert!(session.answer(id, "tools/call", call).await["result"].is_object());
    }
    assert_eq!(session.delete().await, 204);
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
