//! The door: who is let in, and what a refusal says.

use serde_json::{Value, json};

use crate::support::{Era, Mode, TestHost, both_modes};

async fn status_and_error(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["error"].clone())
}

both_modes! {
    async fn health_answers_without_a_key(mode: Mode) {
        let host = TestHost::start(mode).await;
        for path in ["/healthz", "/readyz"] {
            let response = host.client.get(format!("{}{path}", host.url)).send().await.unwrap();
            assert_eq!(response.status(), 200, "{path}");
        }
    }

    async fn a_key_is_taken_raw_after_bearer_or_in_its_own_header(mode: Mode) {
        let host = TestHost::start(mode).await;
        let key = host.sim.tenants()[1].key.clone();
        for (header, value) in
            [("authorization", key.clone()), ("authorization", format!("Bearer {key}")), ("x-xyte-api-key", key.clone())]
        {
            host.sim.clear_requests();
            let post = host.client.post(format!("{}/mcp", host.url)).header(header, value);
            let call = json!({"name": "list_devices", "arguments": {}});
            let response = Era::Legacy.request(post, "tools/call", call).send().await.unwrap();
            assert_eq!(response.status(), 200);
            let seen = host.sim.requests();
            assert!(!seen.is_empty() && seen.iter().all(|request| request.header("authorization") == Some(&key)));
        }
    }

    async fn different_keys_in_one_request_are_refused(mode: Mode) {
        let host = TestHost::start(mode).await;
        let post = host.client.post(format!("{}/mcp", host.url));
        let post = post.header("authorization", "key-one").header("x-xyte-api-key", "key-two");
        let response = Era::Legacy.request(post, "tools/list", json!({})).send().await.unwrap();
        assert_eq!(status_and_error(response).await, (400, json!("conflicting_credentials")));
        host.assert_serving().await;
    }

    async fn a_foreign_host_or_origin_is_refused_with_the_setting_that_would_allow_it(mode: Mode) {
        let host = TestHost::start(mode).await;
        for (header, value, error) in [
            ("host", "evil.example", "host_not_allowed"),
            ("origin", "https://evil.example", "origin_not_allowed"),
        ] {
            let post = host.post().header(header, value);
            let response = Era::Legacy.request(post, "tools/list", json!({})).send().await.unwrap();
            assert_eq!(response.status(), 403, "{header}");
            let body: Value = response.json().await.unwrap();
            assert_eq!(body["error"], error);
            assert!(body["message"].as_str().unwrap().contains("XYTE_ALLOWED_"), "{body}");
        }
        host.assert_serving().await;
    }

    async fn an_unknown_route_says_what_there_is(mode: Mode) {
        let host = TestHost::start(mode).await;
        let response = host.client.get(format!("{}/", host.url)).send().await.unwrap();
        assert_eq!(status_and_error(response).await, (404, json!("unknown_route")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_a_request_is_refused_in_multi_tenant_mode() {
    let host = TestHost::start(Mode::Multi).await;
    let post = host.client.post(format!("{}/mcp", host.url));
    let response = Era::Legacy.request(post, "tools/list", json!({})).send().await.unwrap();
    assert!(response.headers().contains_key("www-authenticate"));
    assert_eq!(status_and_error(response).await, (401, json!("missing_xyte_key")));
    assert!(host.sim.requests().is_empty(), "nothing was sent with a key that nobody gave");
    host.assert_serving().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_own_key_replaces_the_configured_one_for_its_request() {
    let host = TestHost::start(Mode::Single).await;
    let keys: Vec<String> = host.sim.tenants().iter().map(|tenant| tenant.key.clone()).collect();
    for (sent, expected) in [(None, &keys[0]), (Some(&keys[1]), &keys[1]), (None, &keys[0])] {
        host.sim.clear_requests();
        let mut post = host.client.post(format!("{}/mcp", host.url));
        if let Some(key) = sent {
            post = post.header("authorization", key);
        }
        let call = json!({"name": "list_devices", "arguments": {}});
        Era::Legacy.request(post, "tools/call", call).send().await.unwrap();
        let seen = host.sim.requests();
        assert!(
            !seen.is_empty() && seen.iter().all(|request| request.header("authorization") == Some(expected))
        );
    }
}
