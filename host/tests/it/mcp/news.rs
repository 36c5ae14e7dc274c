//! Word of what changed.

use serde_json::{Value, json};

use crate::support::{Era, Events, Mode, Session, TestHost};

const BYTES: &str = "probe://bytes";

async fn announce(host: &TestHost, news: Value) {
    host.call("announce", news).await;
}

async fn listen(host: &TestHost, filter: Value) -> Events {
    let request = Era::Modern.request(host.post(), "subscriptions/listen", json!({"notifications": filter}));
    let mut stream = Events::of(request.send().await.unwrap());
    let first = stream.next().await.unwrap();
    assert_eq!(first["method"], "notifications/subscriptions/acknowledged", "{first}");
    stream
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_listens_hears_what_it_asked_for() {
    let host = TestHost::probe(Mode::Multi).await;
    let filter =
        json!({"toolsListChanged": true, "resourceSubscriptions": [BYTES, "probe://gone", "other://x"]});
    let mut stream = listen(&host, filter).await;
    announce(&host, json!({"resources": true, "uri": "probe://here"})).await;
    announce(&host, json!({"tools": true, "uri": BYTES})).await;
    let heard = [stream.next().await.unwrap(), stream.next().await.unwrap()];
    let methods: Vec<&Value> = heard.iter().map(|note| &note["method"]).collect();
    assert_eq!(methods, ["notifications/tools/list_changed", "notifications/resources/updated"]);
    assert_eq!(heard[1]["params"]["uri"], BYTES);
    assert!(heard.iter().all(|note| note["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"] == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_hears_of_lists_and_of_resources_that_it_follows() {
    let host = TestHost::probe(Mode::Multi).await;
    let session = Session::open(&host, json!({})).await;
    let mut stream = session.follow().await;
    assert!(session.answer(1, "resources/subscribe", json!({"uri": BYTES})).await["result"].is_object());
    let unknown = session.answer(2, "resources/subscribe", json!({"uri": "other://x"})).await;
    assert_eq!(unknown["error"]["code"], -32002, "{unknown}");
    announce(&host, json!({"tools": true, "uri": "probe://here"})).await;
    assert_eq!(stream.next().await.unwrap()["method"], "notifications/tools/list_changed");
    announce(&host, json!({"uri": BYTES})).await;
    let updated = stream.next().await.unwrap();
    assert_eq!(updated["params"]["uri"], BYTES, "{updated}");
    session.answer(3, "resources/unsubscribe", json!({"uri": BYTES})).await;
    announce(&host, json!({"uri": BYTES, "resources": true})).await;
    assert_eq!(stream.next().await.unwrap()["method"], "notifications/resources/list_changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tenants_news_are_not_anothers() {
    let host = TestHost::probe(Mode::Multi).await;
    let mut ours = listen(&host, json!({"toolsListChanged": true})).await;
    let request = Era::Modern.request(
        host.post_as_another(),
        "subscriptions/listen",
        json!({"notifications": {"toolsListChanged": true, "resourceSubscriptions": [BYTES]}}),
    );
    let mut theirs = Events::of(request.send().await.unwrap());
    theirs.next().await.unwrap();
    announce(&host, json!({"tools": true, "uri": BYTES})).await;
    assert_eq!(ours.next().await.unwrap()["method"], "notifications/tools/list_changed");
    let call = json!({"name": "announce", "arguments": {"uri": BYTES}});
    Era::Modern.request(host.post_as_another(), "tools/call", call).send().await.unwrap();
    // Their own is the first that they hear.
    assert_eq!(theirs.next().await.unwrap()["method"], "notifications/resources/updated");
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_of_one_caller_are_counted() {
    let host = TestHost::probe(Mode::Multi).await;
    let mut open = Vec::new();
    for _ in 0..32 {
        open.push(listen(&host, json!({"toolsListChanged": true})).await);
    }
    let request = Era::Modern.request(host.post(), "subscriptions/listen", json!({"notifications": {}}));
    assert_eq!(request.send().await.unwrap().status(), 429);
    host.assert_serving().await;
}
