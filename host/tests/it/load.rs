//! Files that are no plugins, or not for this host. Each is refused with a sentence, and keeps no other from serving.

use std::path::Path;

use xyte_mcp::plugin::directory;

use crate::support::fixtures::{self, load};

/// A component that exports nothing.
const EMPTY: &str = "(component)";

/// A component that imports what a test names.
fn importing(interface: &str) -> Vec<u8> {
    let text = format!(
        r#"(component
            (import "{interface}" (instance (export "f" (func))))
            (core module $m (func (export "x")))
            (core instance (instantiate $m)))"#
    );
    wat::parse_str(text).unwrap()
}

/// What a directory's only file is refused with.
async fn refusal(name: &str, bytes: &[u8]) -> String {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(name), bytes).unwrap();
    let contents = load(directory.path()).await;
    assert!(contents.plugins.is_empty());
    let [(_, error)] = contents.refused.as_slice() else { panic!("{:?}", contents.refused) };
    error.to_string()
}

#[tokio::test]
async fn what_is_no_component_is_refused_with_the_way_to_build_one() {
    let module = wat::parse_str("(module)").unwrap();
    for bytes in [b"".as_slice(), b"not wasm", b"\0asm\x0d\0\x01\0garbage", &module] {
        let error = refusal("broken.wasm", bytes).await;
        assert!(error.contains("not a WebAssembly component") && error.contains("wasm32-wasip2"), "{error}");
    }
}

#[tokio::test]
async fn half_a_component_is_refused() {
    let whole = std::fs::read(fixtures::probe()).unwrap();
    let error = refusal("probe.wasm", &whole[..whole.len() / 2]).await;
    assert!(error.contains("not a WebAssembly component"), "{error}");
}

#[tokio::test]
async fn a_component_of_another_world_is_refused() {
    let error = refusal("other.wasm", &wat::parse_str(EMPTY).unwrap()).await;
    assert!(error.contains("does not fit the contract xyte:plugin@0.1.0"), "{error}");
}

#[tokio::test]
async fn what_reaches_out_of_the_sandbox_is_refused_with_a_replacement() {
    let cases =
        [("wasi:http/outgoing-handler@0.2.6", "use the xyte import"), ("acme:secrets/keys", "nothing else")];
    for (interface, instead) in cases {
        let error = refusal("reaching.wasm", &importing(interface)).await;
        assert!(error.contains(interface) && error.contains(instead), "{error}");
    }
}

#[tokio::test]
async fn two_memories_in_one_component_never_panic_the_host() {
    let text = r#"(component
        (core module $m (memory (export "memory") 1))
        (core instance $a (instantiate $m))
        (core instance $b (instantiate $m)))"#;
    let error = refusal("two.wasm", &wat::parse_str(text).unwrap()).await;
    assert!(error.contains("does not fit the contract"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_before_it_is_compiled() {
    let error = refusal("large.wasm", &vec![0; (32 << 20) + 1]).await;
    assert!(error.contains("more than 33554432 bytes"), "{error}");
}

#[tokio::test]
async fn machine_code_is_refused_whatever_its_name() {
    let compiled = wasmtime::Engine::default().precompile_component(&wat::parse_str(EMPTY).unwrap()).unwrap();
    let error = refusal("code.wasm", &compiled).await;
    assert!(error.contains("machine code"), "{error}");
}

#[tokio::test]
async fn a_file_is_named_like_its_plugin() {
    let probe = std::fs::read(fixtures::probe()).unwrap();
    let error = refusal("other.wasm", &probe).await;
    assert!(error.contains("name the file probe.wasm"), "{error}");
    let error = refusal("My Plugin.wasm", &probe).await;
    assert!(error.contains("rename it"), "{error}");
}

#[tokio::test]
async fn a_grant_file_that_is_not_understood_keeps_its_plugin_out() {
    let cases = [
        ("routes = [\"organization.devices.getDevice\"", "probe.toml"),
        ("routes = [\"devices.getDevice\"]", "did you mean \"organization.devices.getDevice\"?"),
        ("granted = true", "unknown field `granted`"),
    ];
    for (text, expected) in cases {
        let directory = fixtures::probe_directory(&[]);
        std::fs::write(directory.path().join("probe.toml"), text).unwrap();
        let contents = load(directory.path()).await;
        assert!(contents.plugins.is_empty());
        let error = contents.refused[0].1.to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[tokio::test]
async fn a_disabled_plugin_is_not_loaded() {
    let directory = fixtures::probe_directory(&[]);
    std::fs::write(directory.path().join("probe.toml"), "enabled = false").unwrap();
    let contents = load(directory.path()).await;
    assert!(contents.plugins.is_empty() && contents.refused.is_empty());
    assert_eq!(contents.disabled, ["probe"]);
}

#[tokio::test]
async fn one_bad_file_keeps_no_other_from_serving() {
    let directory = fixtures::probe_directory(&[]);
    std::fs::write(directory.path().join("a-broken.wasm"), "not wasm").unwrap();
    let contents = load(directory.path()).await;
    assert_eq!(contents.plugins.len(), 1);
    assert_eq!(contents.plugins[0].id(), "probe");
    assert_eq!(contents.refused.len(), 1);
}

#[tokio::test]
async fn a_missing_directory_is_an_error_of_its_own() {
    let error = directory::load(&fixtures::loader(), Path::new("/nowhere/plugins")).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}
