//! Components of other versions of the contract. Each is made from the contract's text, with functions that do
//! nothing: what is looked at is whether it is let in, and what is said if not.

use wit_component::{ComponentEncoder, StringEncoding, dummy_module, embed_component_metadata};
use wit_parser::{ManglingAndAbi, Resolve};

use crate::support::fixtures::{load, root};

/// The contract of this host.
fn current() -> String {
    std::fs::read_to_string(root().join("wit/plugin.wit")).unwrap()
}

/// The contract with one place of it written differently.
fn changed(from: &str, to: &str) -> String {
    let text = current();
    assert!(text.contains(from), "the contract has no {from:?}");
    text.replace(from, to)
}

/// The same, as a later version.
fn later(from: &str, to: &str) -> String {
    changed(from, to).replace("package xyte:plugin@0.1.0;", "package xyte:plugin@0.1.1;")
}

/// A component of a world of that contract, whose functions trap.
fn component(wit: &str, world: &str) -> Vec<u8> {
    let mut resolve = Resolve::default();
    let package = resolve.push_str("plugin.wit", wit).unwrap();
    let world = resolve.select_world(&[package], Some(world)).unwrap();
    let mut module = dummy_module(&resolve, world, ManglingAndAbi::Standard32);
    embed_component_metadata(&mut module, &resolve, world, StringEncoding::UTF8).unwrap();
    ComponentEncoder::default().module(&module).unwrap().encode().unwrap()
}

/// What is said of a component. One that was let in breaks as it describes itself, since its functions trap.
async fn verdict(wit: &str, world: &str) -> String {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("other.wasm"), component(wit, world)).unwrap();
    let contents = load(directory.path()).await;
    let [(_, error)] = contents.refused.as_slice() else { panic!("{:?}", contents.refused) };
    error.to_string()
}

async fn assert_let_in(wit: &str, world: &str) {
    let verdict = verdict(wit, world).await;
    assert!(verdict.starts_with("describing itself, the plugin crashed"), "{verdict}");
}

#[tokio::test]
async fn every_released_version_keeps_loading() {
    let mut released = 0;
    for entry in std::fs::read_dir(root().join("wit/released")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "wit") {
            let wit = std::fs::read_to_string(path).unwrap();
            assert_let_in(&wit, "plugin").await;
            assert_let_in(&wit, "plugin-full").await;
            released += 1;
        }
    }
    assert!(released > 0);
}

/// Within a version only what nobody can notice changes. Fails when a record, a variant or a signature did: then the
/// contract needs a new version.
#[test]
fn the_contract_only_grows() {
    let mut resolve = Resolve::default();
    let released = std::fs::read_to_string(root().join("wit/released/0.1.0.wit")).unwrap();
    let released = resolve.push_str("released.wit", &released).unwrap();
    let now = resolve.push_str("now.wit", &later("", "")).unwrap();
    for world in ["plugin", "with-resources", "with-prompts", "with-completions"] {
        let world = |package| resolve.select_world(&[package], Some(world)).unwrap();
        wit_component::semver_check(resolve.clone(), world(released), world(now)).unwrap();
    }
}

#[tokio::test]
async fn a_later_version_that_needs_nothing_new_is_let_in() {
    assert_let_in(&later("", ""), "plugin-full").await;
}

#[tokio::test]
async fn a_function_that_the_host_lacks_is_named_with_its_version() {
    let wit = later(
        "  is-cancelled: func() -> bool;\n",
        "  is-cancelled: func() -> bool;\n  log-level: func() -> string;\n",
    );
    let verdict = verdict(&wit, "plugin").await;
    for part in ["the function call.log-level", "version 0.1.1", "which speaks 0.1.0", "Update the host"] {
        assert!(verdict.contains(part), "{part}: {verdict}");
    }
}

#[tokio::test]
async fn an_interface_that_the_host_lacks_is_named_with_its_version() {
    let wit = later("world imports {", "world imports {\n  import weather;")
        + "\ninterface weather { forecast: func() -> string; }\n";
    let verdict = verdict(&wit, "plugin").await;
    assert!(verdict.contains("the interface weather, which version 0.1.1"), "{verdict}");
}

#[tokio::test]
async fn another_contract_is_refused_by_its_version() {
    let wit = changed("package xyte:plugin@0.1.0;", "package xyte:plugin@0.2.0;")
        .replace("version = 0.1.0", "version = 0.2.0");
    let verdict = verdict(&wit, "plugin").await;
    assert!(verdict.contains("built against version 0.2.0, and this host speaks 0.1.0"), "{verdict}");
}

#[tokio::test]
async fn a_changed_record_is_refused_at_load_and_not_at_its_first_call() {
    let answer = later(
        "    /// MCP `_meta` as one JSON object.\n    meta: option<json>,\n  }\n\n  /// A question",
        "    meta: option<json>,\n    mood: string,\n  }\n\n  /// A question",
    );
    let verdict_on_answer = verdict(&answer, "plugin").await;
    assert!(
        verdict_on_answer.contains("an export has another type than the contract's"),
        "{verdict_on_answer}"
    );
    let request = later(
        "    options: list<tuple<string, string>>,\n  }\n  /// Xyte answered",
        "    options: list<tuple<string, string>>,\n    mood: string,\n  }\n  /// Xyte answered",
    );
    let verdict_on_request = verdict(&request, "plugin").await;
    assert!(verdict_on_request.contains("xyte:plugin/xyte"), "{verdict_on_request}");
    for verdict in [verdict_on_answer, verdict_on_request] {
        assert!(verdict.contains("does not fit the contract") && verdict.contains("Rebuild it"), "{verdict}");
    }
}

#[tokio::test]
async fn exports_that_the_host_does_not_know_are_ignored() {
    let wit = later(
        "world plugin {\n  include imports;",
        "world plugin {\n  include imports;\n  export events;\n  export start: func();",
    ) + "\ninterface events { happened: func(what: string); }\n";
    assert_let_in(&wit, "plugin").await;
}

#[tokio::test]
async fn half_of_an_optional_interface_is_none() {
    let wit = changed("  serves: func() -> result<list<served-resource>, string>;\n", "");
    let verdict = verdict(&wit, "plugin-full").await;
    assert!(verdict.contains("does not fit the contract") && verdict.contains("serves"), "{verdict}");
}
