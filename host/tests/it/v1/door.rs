//! The door is the same one as that of `/mcp`, and every answer says to browsers what they may do with it.

use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::{problem, request, send};
use crate::support::{Era, Mode, TestHost, both_modes};

const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// The status and the error that `/mcp` and `/v1` answer to a request with these headers.
async fn at_both_doors(host: &TestHost, headers: &[(&str, &str)]) -> [(u16, String); 2] {
    let with = |request: RequestBuilder| {
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    };
    let mcp = with(host.client.post(format!("{}/mcp", host.url)));
    let mcp = Era::Legacy.request(mcp, "tools/list", json!({})).send().await.unwrap();
    let status = mcp.status().as_u16();
    let mcp: serde_json::Value = mcp.json().await.unwrap();
    let v1 = send(with(host.client.get(format!("{}/v1/tools", host.url)))).await;
    let (v1_status, error) = problem(&v1);
    [(status, mcp["error"].as_str().unwrap_or_default().to_owned()), (v1_status, error.to_owned())]
}

both_modes! {
    async fn whoever_is_refused_there_is_refused_here(mode: Mode) {
        let host = TestHost::start(mode).await;
        let key = host.sim.tenants()[0].key.clone();
        let own = host.url.clone();
        for (headers, status, error) in [
            (vec![("x-xyte-api-key", "one"), ("authorization", "two")], 400, "conflicting_credentials"),
            (vec![("authorization", "Basic a b")], 401, "invalid_xyte_key"),
            (vec![("authorization", key.as_str()), ("x-xyte-user-token", "a b")], 400, "invalid_user_token"),
            (vec![("authorization", key.as_str()), ("host", "evil.example")], 403, "host_not_allowed"),
            (vec![("authorization", key.as_str()), ("origin", "https://evil.example")], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("origin", "null")], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("origin", "http://localhost:1")], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("sec-fetch-site", "cross-site")], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("sec-fetch-site", "same-site")], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("sec-fetch-site", "cross-site"), ("origin", own.as_str())], 403, "origin_not_allowed"),
            (vec![("authorization", key.as_str()), ("sec-fetch-site", "same-origin"), ("origin", own.as_str())], 200, ""),
            (vec![("authorization", key.as_str())], 200, ""),
        ] {
            let expected = (status, error.to_owned());
            assert_eq!(at_both_doors(&host, &headers).await, [expected.clone(), expected], "{headers:?}");
        }
        assert!(host.sim.requests().is_empty());
        host.assert_serving().await;
    }

    async fn every_answer_comes_with_its_headers(mode: Mode) {
        let host = TestHost::start(mode).await;
        let unserved = host.client.get(format!("{}/v1/tools", host.url)).header("host", "evil.example");
        let refused = host.client.get(format!("{}/v1/tools", host.url)).header("authorization", "a b");
        for request in [
            request(&host, Method::GET, "tools"),
            request(&host, Method::GET, "devices"),
            request(&host, Method::GET, "nothing"),
            request(&host, Method::PUT, "tools"),
            request(&host, Method::POST, "tools/list_devices").json(&json!({})),
            unserved,
            refused,
        ] {
            let answered = send(request).await;
            let names = ["x-content-type-options", "content-security-policy", "cross-origin-resource-policy", "referrer-policy", "cache-control"];
            let values = names.map(|name| answered.header(name));
            assert_eq!(values, ["nosniff", POLICY, "same-origin", "no-referrer", "no-store"], "{}", answered.body);
            assert_eq!(answered.status == 401, answered.headers.contains_key("www-authenticate"));
            assert!(!answered.headers.contains_key("access-control-allow-origin"));
        }
    }

    async fn the_page_for_people_is_for_everybody_at_an_allowed_address(mode: Mode) {
        let host = TestHost::start(mode).await;
        let page = || host.client.get(format!("{}/v1/docs", host.url));
        let response = page().send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        let policy = response.headers()["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        let html = response.text().await.unwrap();
        assert!(html.contains("<title>xyte-mcp") && !html.contains("list_devices") && !html.contains(&host.sim.tenants()[0].key));
        for (name, value) in [("host", "evil.example"), ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")] {
            assert_eq!(send(page().header(name, value)).await.status, 403, "{name}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_served_in_multi_tenant_mode() {
    let host = TestHost::start(Mode::Multi).await;
    let expected = (401, "missing_xyte_key".to_owned());
    assert_eq!(at_both_doors(&host, &[]).await, [expected.clone(), expected]);
    for path in ["devices", "resources", "prompts", "openapi.json", "nothing", ""] {
        let answered = send(host.client.get(format!("{}/v1/{path}", host.url))).await;
        assert_eq!(problem(&answered), (401, "missing_xyte_key"), "{path}");
        assert!(answered.header("www-authenticate").starts_with("ApiKey"));
    }
    assert!(host.sim.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_own_key_decides_whose_devices_they_are() {
    let host = TestHost::start(Mode::Single).await;
    for tenant in host.sim.tenants().to_vec() {
        host.sim.clear_requests();
        let get = host.client.get(format!("{}/v1/devices", host.url)).header("x-xyte-api-key", &tenant.key);
        assert_eq!(send(get).await.status, 200);
        let seen = host.sim.requests();
        assert!(
            !seen.is_empty() && seen.iter().all(|request| request.tenant.as_deref() == Some(&tenant.name))
        );
    }
}
