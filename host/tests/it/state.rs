//! What plugins keep from call to call, and the settings that operators give them.

use serde_json::{Value, json};

use crate::support::{Era, Mode, Options, Plugins, TestHost, both_modes, fixtures};

both_modes! {
    async fn a_value_outlives_its_call_and_belongs_to_its_tenant(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let first = host.value("keep", json!({"key": "room", "value": "{\"a\": 1}", "expected": 0})).await;
        assert_eq!(first["version"], 1, "{first}");
        let second = host.value("keep", json!({"key": "room"})).await;
        assert_eq!(second, json!({"value": "{\"a\":1}", "version": 1, "keys": ["room"]}));
        let conflict = host.value("keep", json!({"key": "room", "value": "2", "expected": 0})).await;
        assert_eq!(conflict["error"], "Error::Conflict(1)");
        host.value("keep", json!({"key": "room", "remove": true})).await;
        assert_eq!(host.value("keep", json!({"key": "room"})).await["keys"], json!([]));
    }

    async fn what_cannot_be_kept_is_refused_with_the_reason(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let large = format!("\"{}\"", "x".repeat(64 << 10));
        for (arguments, error) in [
            (json!({"key": "a b"}), "Error::InvalidKey"),
            (json!({"key": "", "value": "1"}), "Error::InvalidKey"),
            (json!({"key": "k", "value": "{"}), "Error::InvalidValue"),
            (json!({"key": "k", "value": "{\"a\":1,\"a\":2}"}), "Error::InvalidValue"),
            (json!({"key": "k", "value": large}), "Error::TooLarge(65536)"),
            (json!({"key": "k", "user": true}), "Error::NoUser"),
        ] {
            let kept = host.value("keep", arguments.clone()).await;
            assert!(kept["error"].as_str().unwrap().starts_with(error), "{arguments}: {kept}");
        }
    }

    async fn each_user_token_has_a_space_of_its_own(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let keep = async |user: &'static str, arguments: Value| {
            let params = json!({"name": "keep", "arguments": arguments});
            let post = host.post().header("x-xyte-user-token", user);
            let answer: Value =
                Era::Modern.request(post, "tools/call", params).send().await.unwrap().json().await.unwrap();
            answer["result"]["structuredContent"].clone()
        };
        keep("ann", json!({"key": "k", "user": true, "value": "1"})).await;
        let (ann, bob) = (keep("ann", json!({"key": "k", "user": true})).await, keep("bob", json!({"key": "k", "user": true})).await);
        assert_eq!(ann["value"], "1");
        assert_eq!(bob["value"], Value::Null);
        assert!(ann["known_user"].is_string() && ann["known_user"] != bob["known_user"], "{ann} {bob}");
        assert!(!ann.to_string().contains("ann"), "the plugin never sees the token: {ann}");
        let shared = keep("ann", json!({"key": "k"})).await;
        assert_eq!(shared["value"], Value::Null, "a user's value is not the tenant's");
        let refused = host.post().header("x-xyte-user-token", "a b");
        let refused = Era::Modern.request(refused, "tools/list", json!({})).send().await.unwrap();
        assert_eq!(refused.status(), 400);
        assert_eq!(refused.json::<Value>().await.unwrap()["error"], "invalid_user_token");
    }

    async fn who_has_written_cannot_ask(mode: Mode) {
        let host = TestHost::probe(mode).await;
        let failure = host.failure("ask_after_write", json!({})).await;
        assert_eq!(failure["error"], "confirm_first", "{failure}");
        assert_eq!(host.sim.requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tenants_never_see_each_others_values() {
    let host = TestHost::probe(Mode::Multi).await;
    let keep = async |tenant: usize, arguments: Value| {
        let params = json!({"name": "keep", "arguments": arguments});
        let post = host
            .client
            .post(format!("{}/mcp", host.url))
            .header("authorization", &host.sim.tenants()[tenant].key);
        let answer: Value =
            Era::Modern.request(post, "tools/call", params).send().await.unwrap().json().await.unwrap();
        answer["result"]["structuredContent"].clone()
    };
    keep(0, json!({"key": "k", "value": "\"acme\""})).await;
    assert_eq!(keep(1, json!({"key": "k"})).await["keys"], json!([]));
    assert_eq!(keep(0, json!({"key": "k"})).await["value"], "\"acme\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_reach_the_plugin_once_they_fit() {
    let directory = fixtures::probe_directory(&fixtures::PROBE_ROUTES);
    let grant = directory.path().join("probe.toml");
    let routes = std::fs::read_to_string(&grant).unwrap();
    for (settings, expected) in [
        ("[settings]\nroom = 7\n", "probe.toml: `settings`: /room"),
        ("[settings]\nroof = \"A\"\n", "probe.toml: `settings`: "),
    ] {
        std::fs::write(&grant, format!("{routes}\n{settings}")).unwrap();
        let contents = fixtures::load(directory.path()).await;
        let error = contents.refused[0].1.to_string();
        assert!(error.contains(expected), "{error}");
    }
    std::fs::write(&grant, format!("{routes}\n[settings]\nroom = \"Lobby\"\n")).unwrap();
    let host = TestHost::with(
        Mode::Single,
        Options { plugins: Plugins::In(directory.path().into()), ..Options::default() },
    )
    .await;
    assert_eq!(host.value("settings", json!({})).await, json!({"room": "Lobby"}));
}
