//! Tools that ask in between, as clients of each era are asked.

use serde_json::{Value, json};
use xyte_sim::{Sim, SimConfig};

use crate::support::wire::messages;
use crate::support::{Era, Pipe, Session, TestHost, both_modes, fixtures};

#[expect(clippy::needless_pass_by_value, reason = "so that cases can be written as json!(…)")]
fn accept(content: Value) -> Value {
    json!({"action": "accept", "content": content})
}

/// Params of one round, for a client that can be asked.
#[expect(clippy::needless_pass_by_value, reason = "so that cases can be written as json!(…)")]
fn round(more: Value) -> Value {
    let mut params = json!({"name": "needs_input", "arguments": {"what": "wall"},
        "_meta": {"io.modelcontextprotocol/clientCapabilities": {"elicitation": {}}}});
    for (name, value) in more.as_object().unwrap() {
        params[name] = value.clone();
    }
    params
}

async fn modern(host: &TestHost, params: Value) -> Value {
    host.message(Era::Modern, "tools/call", params).await
}

both_modes! {
    async fn a_client_of_the_newest_revision_comes_back_with_the_answers(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let first = modern(&host, round(json!({}))).await["result"].clone();
        assert_eq!(first["resultType"], "input_required", "{first}");
        let asked = &first["inputRequests"]["colour"];
        assert_eq!(asked["method"], "elicitation/create");
        // Who reads it is told which plugin asks.
        assert_eq!(asked["params"]["message"], "The plugin \"Probe\" asks: Which colour?", "{asked}");
        let second = modern(&host, round(json!({"inputResponses": {"colour": accept(json!({"colour": "blue"}))}}))).await;
        let second = &second["result"];
        let state = second["requestState"].as_str().unwrap();
        assert!(second["inputRequests"]["shade"].is_object() && !state.contains("blue"), "{second}");
        let responses = json!({"shade": accept(json!({"shade": "light"})), "surplus": {}});
        let third = modern(&host, round(json!({"inputResponses": responses, "requestState": state}))).await;
        assert_eq!(third["result"]["content"][0]["text"], "light blue wall", "{third}");

        // The state belongs to this caller, this tool and these arguments.
        let mut changed = state.to_owned();
        changed.replace_range(20..21, if &state[20..21] == "A" { "B" } else { "A" });
        let mut other = round(json!({"inputResponses": {}, "requestState": state}));
        other["arguments"]["what"] = json!("door");
        for params in [other, round(json!({"requestState": changed})), round(json!({"requestState": "x"}))] {
            let refused = modern(&host, params).await;
            assert_eq!(refused["error"]["code"], -32602, "{refused}");
        }
        let replayed = Era::Modern
            .request(host.post_as_another(), "tools/call", round(json!({"requestState": state})))
            .send().await.unwrap();
        assert_eq!(messages(replayed).await[0]["error"]["code"], -32602);
    }

    async fn a_client_is_asked_for_nothing_that_it_did_not_declare(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let refused = Era::Modern
            .request(host.post(), "tools/call", json!({"name": "needs_input", "arguments": {}}))
            .send().await.unwrap();
        assert_eq!(refused.status(), 400);
        let refused = &messages(refused).await[0];
        assert_eq!(refused["error"]["code"], -32021, "{refused}");
        assert_eq!(refused["error"]["data"]["requiredCapabilities"], json!({"elicitation": {}}));
        let session = Session::open(&host, json!({})).await;
        let failed = session.answer(1, "tools/call", json!({"name": "needs_input"})).await;
        assert_eq!(failed["result"]["_meta"]["xyte-mcp/error"]["error"], "missing_capability", "{failed}");
    }

    async fn a_client_with_a_session_is_asked_while_it_waits(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let session = Session::open(&host, json!({"elicitation": {}})).await;
        let params = json!({"name": "needs_input", "arguments": {"what": "wall"}});
        let mut stream = session.request(1, "tools/call", params).await;
        for (key, value) in [("colour", "red"), ("shade", "dark")] {
            let asked = stream.next().await.unwrap();
            assert_eq!(asked["method"], "elicitation/create", "{asked}");
            assert!(asked["params"]["message"].as_str().unwrap().starts_with("The plugin \"Probe\" asks: Which "));
            let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": accept(json!({key: value}))});
            assert_eq!(session.send(&answer).await.status(), 202);
        }
        let answer = stream.next().await.unwrap();
        assert_eq!(answer["result"]["content"][0]["text"], "dark red wall", "{answer}");
        let refused = session.request(2, "tools/call", json!({"name": "needs_input"})).await;
        let answer = decline(&session, refused).await;
        assert_eq!(answer["result"]["_meta"]["xyte-mcp/error"]["error"], "no_colour", "{answer}");
    }

    async fn who_has_written_cannot_ask(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let mut params = round(json!({"name": "ask_after_write", "arguments": {}}));
        params["arguments"] = json!({});
        let ended = modern(&host, params).await;
        assert_eq!(ended["result"]["_meta"]["xyte-mcp/error"]["error"], "confirm_first", "{ended}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_is_asked_eight_times_in_one_call_and_no_more() {
    let host = TestHost::probe(crate::support::Mode::Multi).await;
    let session = Session::open(&host, json!({"elicitation": {}})).await;
    for (id, times, ended) in [(1, 8, None), (2, 9, Some("too_many_rounds"))] {
        let call = json!({"name": "ask_often", "arguments": {"times": times}});
        let mut stream = session.request(id, "tools/call", call).await;
        for _ in 0..8 {
            let asked = stream.next().await.unwrap();
            let answer = accept(json!({"shade": "dark"}));
            session.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": answer})).await;
        }
        let answer = stream.next().await.unwrap();
        assert_eq!(answer["result"]["_meta"]["xyte-mcp/error"]["error"].as_str(), ended, "{answer}");
    }
}

async fn decline(session: &Session<'_>, mut stream: crate::support::Events) -> Value {
    let asked = stream.next().await.unwrap();
    let answer = json!({"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "decline"}});
    assert_eq!(session.send(&answer).await.status(), 202);
    stream.next().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_over_stdio_is_asked_in_the_form_of_its_era() {
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let directory = fixtures::probe_directory(&fixtures::PROBE_ROUTES);
    let mut pipe = Pipe::greeted(&sim, directory.path(), json!({"elicitation": {}})).await;
    let params = json!({"name": "needs_input", "arguments": {"what": "wall"}});
    pipe.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})).await;
    for (key, value) in [("colour", "green"), ("shade", "pale")] {
        let asked = pipe.next().await.unwrap();
        let result = accept(json!({key: value}));
        pipe.send(&json!({"jsonrpc": "2.0", "id": asked["id"], "result": result})).await;
    }
    assert_eq!(pipe.next().await.unwrap()["result"]["content"][0]["text"], "pale green wall");
    pipe.leave().await;

    let mut pipe = Pipe::open(&sim, directory.path());
    let mut params = round(json!({}));
    params["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("2026-07-28");
    pipe.send(&json!({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params})).await;
    assert_eq!(pipe.next().await.unwrap()["result"]["resultType"], "input_required");
    pipe.leave().await;
}
