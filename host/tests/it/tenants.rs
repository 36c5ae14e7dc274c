//! Two tenants in one process: each request carries its own tenant's key, and no log carries any.

use futures_util::future::join_all;
use serde_json::json;
use xyte_sim::{Sim, SimConfig};

use crate::support::{Era, Mode, TestHost, binary, fixtures, leaks};

/// Calls of each tenant. Enough to interleave on every worker thread.
const CALLS: usize = 20;

/// What the hub may see of a request without a body, in the order of the names.
const READ_HEADERS: [&str; 4] = ["accept", "authorization", "host", "user-agent"];
/// And of one with a body.
const WRITE_HEADERS: [&str; 6] =
    ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];

#[tokio::test(flavor = "multi_thread")]
async fn interleaved_calls_carry_each_tenants_own_key_and_nothing_else() {
    let host = TestHost::start(Mode::Multi).await;
    let tenants = host.sim.tenants()[..2].to_vec();
    let call = async |index: usize| {
        let tenant = &tenants[index % 2];
        let post = host.client.post(format!("{}/mcp", host.url)).header("authorization", &tenant.key);
        let (tool, arguments) = match index % 4 {
            0 | 1 => ("list_devices", json!({"limit": 1})),
            _ => ("claim_device", json!({"space_id": 2, "cloud_id": format!("{}-{index}", tenant.name)})),
        };
        let era = Era::BOTH[index / 4 % 2];
        let params = json!({"name": tool, "arguments": arguments});
        let response = era.request(post, "tools/call", params).send().await.unwrap();
        assert_eq!(response.status(), 200);
    };
    join_all((0..CALLS * 2).map(call)).await;

    let seen = host.sim.requests();
    for tenant in &tenants {
        let own: Vec<_> =
            seen.iter().filter(|request| request.tenant.as_deref() == Some(&tenant.name)).collect();
        assert!(own.len() >= CALLS, "{} requests of {}", own.len(), tenant.name);
        assert!(own.iter().all(|request| request.header("authorization") == Some(&tenant.key)));
        // What a tenant claimed names the tenant: no body travelled with another's key.
        let claims = own.iter().filter(|request| request.method == "POST");
        let bodies: Vec<String> =
            claims.map(|claim| String::from_utf8(claim.body.clone()).unwrap()).collect();
        assert!(!bodies.is_empty() && bodies.iter().all(|body| body.contains(&tenant.name)), "{bodies:?}");
    }
    for request in &seen {
        let mut names: Vec<&str> = request.headers.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        let expected: &[&str] = if request.method == "GET" { &READ_HEADERS } else { &WRITE_HEADERS };
        assert_eq!(names, expected, "{} {}", request.method, request.target);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_a_key_is_in_a_log_that_says_everything() {
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let configured = sim.tenants()[2].key.clone();
    let serving = binary::serve(|command| {
        command.arg("--plugins").arg(fixtures::plugins());
        command
            .env("XYTE_BASE_URL", sim.url())
            .env("XYTE_API_KEY", &configured)
            .env("XYTE_LOG_LEVEL", "trace");
    })
    .await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let with_key = |request: reqwest::RequestBuilder, index: usize| match index % 5 {
        0 => request,
        1 => request.header("authorization", &sim.tenants()[0].key),
        2 => request.header("authorization", format!("Bearer {}", sim.tenants()[1].key)),
        3 => request.header("x-xyte-api-key", &sim.tenants()[0].key),
        // Refused at the door, which must not repeat what it refuses.
        _ => request.header("authorization", format!("{} {}", sim.tenants()[0].key, sim.tenants()[1].key)),
    };
    let plain = serving.url.replace("/mcp", "/v1/tools/list_devices");
    let call = async |index: usize| {
        let arguments = if index.is_multiple_of(3) { json!({"limit": 1}) } else { json!({"no_such": 1}) };
        with_key(client.post(&plain), index).json(&arguments).send().await.unwrap();
        let post = with_key(client.post(&serving.url), index);
        let params = json!({"name": "list_devices", "arguments": arguments});
        Era::BOTH[index % 2].request(post, "tools/call", params).send().await.unwrap();
    };
    join_all((0..CALLS * 2).map(call)).await;
    let log = serving.stop().await;

    assert!(log.lines().count() > CALLS, "the log says little:\n{log}");
    assert!(log.contains("\"level\":\"TRACE\"") && log.contains("\"kind\":\"tool\""));
    for tenant in sim.tenants() {
        assert_eq!(leaks::find(&log, &tenant.key), None, "{}", tenant.name);
    }
    let tenants: std::collections::BTreeSet<_> =
        log.split("\"tenant\":\"t_").skip(1).map(|rest| &rest[..32]).collect();
    assert_eq!(tenants.len(), 3, "each tenant has a name of its own in the log");
    for line in log.lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "not JSON: {line}");
    }
}
