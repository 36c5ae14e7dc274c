//! The table as it ships, and tables that must be refused.

use proptest::prelude::*;
use xyte_catalog::{Catalog, Effect, Method, Operation, Param, Scope};

fn param<'a>(operation: &'a Operation, name: &str) -> &'a Param {
    operation.template.params().find(|param| param.name == name).expect("the operation has it")
}

fn operation(key: &str) -> &'static Operation {
    Catalog::known().get(key).expect("the operation is known")
}

#[test]
fn every_shipped_row_is_readable_and_found_by_its_route() {
    for operation in Catalog::known().operations() {
        let found =
            Catalog::known().find(operation.scope, operation.method, operation.template.as_str()).unwrap();
        assert_eq!(found.key, operation.key);
        assert!(!operation.summary.is_empty() && operation.summary.len() <= 200, "{}", operation.key);
    }
}

#[test]
fn a_route_is_found_by_byte_equality_alone() {
    let find = |template| Catalog::known().find(Scope::Organization, Method::Get, template);
    assert!(find("/devices/{device_id}").is_some());
    for near in [
        "/devices/{device_id}/",
        "/Devices/{device_id}",
        "/devices/{id}",
        "//devices/{device_id}",
        "/devices/x",
    ] {
        assert!(find(near).is_none(), "{near}");
    }
}

#[test]
fn sending_any_command_is_privileged() {
    assert_eq!(operation("organization.commands.sendCommand").effect, Effect::Privileged);
}

#[test]
fn an_id_that_would_be_another_route_is_refused() {
    let catalog = Catalog::parse(
        r#"
        [[operation]]
        key = "organization.things.get"
        summary = "Reads a thing"
        method = "GET"
        path = "/things/{thing_id}"
        params = { thing_id = "id" }
        effect = "read"

        [[operation]]
        key = "organization.things.histories"
        summary = "Lists"
        method = "GET"
        path = "/things/histories"
        effect = "read"

        [[operation]]
        key = "organization.things.claim"
        summary = "Claims"
        method = "POST"
        path = "/things/claim"
        effect = "write"
        "#,
    )
    .unwrap();
    let thing = param(catalog.get("organization.things.get").unwrap(), "thing_id");
    assert!(thing.check("history").is_ok());
    for sibling in ["histories", "HISTORIES", "Claim"] {
        let refused = thing.check(sibling).unwrap_err();
        assert!(refused.to_string().contains("not the name of another route"), "{refused}");
    }
}

#[test]
fn values_that_could_leave_their_segment_are_refused() {
    let hostile = [
        "",
        ".",
        "..",
        "a/b",
        "a%2fb",
        "%2e%2e",
        "..;",
        "a\\b",
        "a?b",
        "a#b",
        "a\r\nb",
        "a\0b",
        "a b",
        "a.json",
        "ä",
        "１２３",
        "+1",
        " 1",
        "1 ",
    ];
    let operations = Catalog::known().operations();
    for param in operations.iter().flat_map(|operation| operation.template.params()) {
        for value in hostile {
            assert!(param.check(value).is_err(), "{} accepted {value:?}", param.name);
        }
    }
    let space = param(operation("organization.spaces.getSpace"), "space_id");
    assert!(space.check("-1").is_err() && space.check("0x10").is_err() && space.check("7").is_ok());
}

#[test]
fn a_contradictory_row_is_refused_with_its_key() {
    let row = |text: &str| format!("[[operation]]\nkey = \"organization.x.y\"\nsummary = \"s\"\n{text}");
    let cases = [
        ("method = \"GET\"\npath = \"/x\"\neffect = \"write\"", "GET cannot have the effect write"),
        ("method = \"POST\"\npath = \"/x\"\neffect = \"read\"", "POST cannot have the effect read"),
        (
            "method = \"DELETE\"\npath = \"/x\"\neffect = \"destructive\"\nbody = [\"a\"]",
            "DELETE takes no body",
        ),
        ("method = \"GET\"\npath = \"x\"\neffect = \"read\"", "must begin with a slash"),
        ("method = \"GET\"\npath = \"/x//y\"\neffect = \"read\"", "neither a lower-case word"),
        ("method = \"GET\"\npath = \"/x/{id}\"\neffect = \"read\"", "must say the type of `id`"),
        (
            "method = \"GET\"\npath = \"/x/{id}\"\nparams = { id = \"any\" }\neffect = \"read\"",
            "unknown type",
        ),
        ("method = \"GET\"\npath = \"/x\"\nparams = { id = \"id\" }\neffect = \"read\"", "not in the path"),
        (
            "method = \"POST\"\npath = \"/x\"\neffect = \"write\"\ncache_seconds = 1",
            "only a read may be cached",
        ),
        (
            "method = \"GET\"\npath = \"/x\"\neffect = \"read\"\nquery = [\"Access_Token\"]",
            "could carry a credential",
        ),
        (
            "method = \"POST\"\npath = \"/x\"\neffect = \"write\"\nbody = [\"_method\"]",
            "could carry a credential",
        ),
        ("method = \"GET\"\npath = \"/x\"\neffect = \"read\"\nsurprise = 1", "unknown field `surprise`"),
    ];
    for (text, reason) in cases {
        let error = Catalog::parse(&row(text)).unwrap_err().to_string();
        assert!(error.contains(reason), "{text}\n{error}");
    }
}

#[test]
fn a_key_or_route_listed_twice_is_refused() {
    let row = |key: &str, path: &str| {
        format!(
            "[[operation]]\nkey = \"organization.{key}\"\nsummary = \"s\"\nmethod = \"GET\"\npath = \"{path}\"\neffect = \"read\"\n"
        )
    };
    let same_key = row("a.b", "/x") + &row("a.b", "/y");
    assert!(Catalog::parse(&same_key).unwrap_err().to_string().contains("listed twice"));
    let same_route = row("a.b", "/x") + &row("a.c", "/x");
    assert!(Catalog::parse(&same_route).unwrap_err().to_string().contains("same route"));
}

proptest! {
    #[test]
    fn an_accepted_value_is_one_plain_segment(value in "\\PC{0,70}|[a-zA-Z0-9._%/-]{0,70}") {
        for param in Catalog::known().operations().iter().flat_map(|operation| operation.template.params()) {
            if param.check(&value).is_ok() {
                let plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                prop_assert!(plain && !value.is_empty(), "{value:?}");
            }
        }
    }
}
