//! What a call knows, says and keeps.

use std::panic::{AssertUnwindSafe, catch_unwind};

use schemars::JsonSchema;
use serde::Deserialize;
use xyte_plugin_sdk::mock::{self, Message, Progress};
use xyte_plugin_sdk::state::{Entry, Space};
use xyte_plugin_sdk::{Cx, MessageLevel, StateError, Text, ToolError, json, plugin};

/// What an operator may set.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// How to greet.
    greeting: String,
    #[serde(default)]
    loud: bool,
}

struct Polite;

/// Greets as the operator likes it.
#[plugin(id = "polite", config = Settings, extra = r#"{"homepage": "https://example.com"}"#)]
impl Polite {
    /// Greets.
    #[tool(read_only, task = "optional", extra = r#"{"icons": []}"#)]
    fn greet(cx: &Cx) -> Result<Text, ToolError> {
        let settings: Settings = cx.config()?;
        let name = cx.user().unwrap_or_else(|| "stranger".to_owned());
        let mark = if settings.loud { "!" } else { "." };
        Ok(Text(format!("{}, {name}{mark}", settings.greeting)))
    }

    /// Counts its calls.
    #[tool(idempotent)]
    fn count(cx: &Cx) -> Result<Text, ToolError> {
        let state = cx.state(Space::User);
        let count = state.get::<u32>("count")?.unwrap_or(0) + 1;
        state.set("count", &count)?;
        Ok(Text(count.to_string()))
    }
}

#[test]
fn settings_are_described_and_read_typed() {
    let manifest = mock::describe::<Polite>();
    let schema: serde_json::Value = serde_json::from_str(manifest.config_schema.as_ref().unwrap()).unwrap();
    assert_eq!(schema["properties"]["greeting"], json!({"type": "string", "description": "How to greet."}));
    assert_eq!((&schema["required"], &schema["additionalProperties"]), (&json!(["greeting"]), &json!(false)));
    assert_eq!(mock::golden::<Polite>()["extra"]["homepage"], "https://example.com");
    assert_eq!(mock::golden::<Polite>()["tools"][0]["task"], "optional");
    assert_eq!(mock::golden::<Polite>()["tools"][0]["extra"], json!({"icons": []}));

    let host = mock::Host::new().config(json!({"greeting": "Hello", "loud": true}));
    assert_eq!(host.call::<Polite>("greet", json!({})).text(), "Hello, stranger!");
    assert_eq!(host.user("ada").call::<Polite>("greet", json!({})).text(), "Hello, ada!");
}

#[test]
fn settings_that_do_not_fit_never_reach_a_tool() {
    let host = mock::Host::new().config(json!({"greeting": 7}));
    let call = catch_unwind(AssertUnwindSafe(|| host.call::<Polite>("greet", json!({}))));
    if cfg!(feature = "schema-check") {
        let complaint = call.expect_err("the host would not load the plugin").downcast::<String>().unwrap();
        assert!(complaint.contains("7 is not of type \"string\" at `/greeting`"), "{complaint}");
    } else {
        assert_eq!(call.unwrap().failure().code, "invalid_settings");
        assert_eq!(host.logs()[0].message, "the settings cannot be read");
    }
}

#[test]
fn the_client_is_told_what_rises() {
    let host = mock::Host::new();
    host.run(|cx| {
        cx.progress(1.0, 2.0, "Reading");
        cx.progress(1.0, None, None);
        cx.progress(2.0, 2.0, None);
        cx.message(MessageLevel::Notice, json!({"rows": 3}));
        assert!(cx.client_capabilities().is_empty());
    });
    let first = Progress { done: 1.0, total: Some(2.0), message: Some("Reading".to_owned()) };
    assert_eq!(host.progress(), [first, Progress { done: 2.0, total: Some(2.0), message: None }]);
    assert_eq!(host.messages(), [Message { level: "notice".to_owned(), data: json!({"rows": 3}) }]);
    let host = mock::Host::new().client_capabilities(json!({"roots": {"listChanged": true}}));
    assert!(host.run(|cx| cx.client_capabilities().contains_key("roots")));
}

#[test]
fn values_are_kept_for_each_user_from_call_to_call() {
    let host = || mock::Host::new().config(json!({"greeting": "Hello"}));
    let failure = host().call::<Polite>("count", json!({})).failure().clone();
    assert_eq!((failure.code.as_str(), failure.retry_after_ms), ("state_no_user", None));
    let host = host().user("ada").keeping(Space::User, "count", 41);
    assert_eq!(host.call::<Polite>("count", json!({})).text(), "42");
    assert_eq!(host.kept::<u32>(Space::User, "count"), Some(42));
    assert_eq!(host.kept::<u32>(Space::Tenant, "count"), None);
    let host = host.user("bob");
    assert_eq!(host.call::<Polite>("count", json!({})).text(), "1");
}

#[test]
fn a_write_can_insist_on_what_it_read() {
    mock::Host::new().run(|cx| {
        let state = cx.state(Space::Tenant);
        let first = state.create("a", &1).unwrap();
        assert_eq!(state.create("a", &2), Err(StateError::Conflict(first)));
        assert_eq!(state.entry("a").unwrap(), Some(Entry { value: 1, version: first }));
        let second = state.replace("a", &3, first).unwrap();
        assert!(second > first);
        let late = state.replace("a", &4, first).unwrap_err();
        assert_eq!((late.clone(), late.code()), (StateError::Conflict(second), "state_conflict"));
        assert_eq!((state.remove("a"), state.remove("a")), (Ok(true), Ok(false)));
        assert_eq!(state.replace("a", &5, second), Err(StateError::Conflict(0)));
        assert!(matches!(
            state.set("a", &"x").and_then(|_| state.get::<u8>("a")),
            Err(StateError::Unreadable(_))
        ));
    });
}

#[test]
fn what_is_kept_ends_with_its_time() {
    let host = mock::Host::new();
    host.run(|cx| cx.state(Space::Tenant).ttl_ms(60_000).set("a", &1).unwrap());
    host.pass_ms(59_999);
    assert_eq!(host.kept(Space::Tenant, "a"), Some(1));
    host.pass_ms(1);
    assert_eq!(host.kept::<u8>(Space::Tenant, "a"), None);
}

#[test]
fn keys_come_sorted_and_all_of_them() {
    mock::Host::new().run(|cx| {
        let state = cx.state(Space::Tenant);
        for number in (0..250).rev() {
            state.set(&format!("row:{number:03}"), &number).unwrap();
        }
        state.set("other", &0).unwrap();
        let keys = state.keys("row:").unwrap();
        assert_eq!((keys.len(), keys[0].as_str(), keys[249].as_str()), (250, "row:000", "row:249"));
    });
}

#[test]
fn the_store_has_limits() {
    let host = mock::Host::new().state_max(2, 20);
    host.run(|cx| {
        let state = cx.state(Space::Tenant);
        assert_eq!(state.set("no spaces", &1), Err(StateError::InvalidKey("no spaces".to_owned())));
        assert_eq!(state.set("a", &"x".repeat(65_536)), Err(StateError::TooLarge(65_536)));
        assert_eq!(state.set("a", &"x".repeat(20)), Err(StateError::Quota));
        assert!(state.set("a", &1).is_ok() && state.set("b", &1).is_ok());
        assert_eq!(state.set("c", &1), Err(StateError::Quota));
        assert!(state.set("b", &2).is_ok());
    });
    let error: ToolError = mock::Host::new()
        .state_unavailable()
        .run(|cx| cx.state(Space::User).get::<u8>("a"))
        .unwrap_err()
        .into();
    assert_eq!(error.code(), "state_unavailable");
}
