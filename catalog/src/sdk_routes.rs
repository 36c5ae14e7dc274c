//! The table as Rust constants, for plugin authors: `plugin-sdk/src/routes.rs`.

use std::fmt::Write;

use crate::{Catalog, Operation, Scope};

const HEADER: &str = "\
//! The routes of the Xyte API, one constant each. A tool names in its attribute the routes it uses, and uses them
//! by the same constants, so that what is asked for and what is sent cannot differ.
//
// Generated from catalog/operations.toml by `cargo xtask routes`: change that table, not this file.

use crate::route::{Method, Route, Scope};
";

/// The text of the SDK's `routes` module: `GET_DEVICES` for `organization.devices.getDevices`, and the partner
/// scope's in a module of their own, since both scopes use the same names.
pub fn sdk_routes(catalog: &Catalog) -> String {
    let (partner, organization): (Vec<&Operation>, Vec<&Operation>) =
        catalog.operations().iter().partition(|operation| operation.scope == Scope::Partner);
    let mut text = HEADER.to_owned();
    for operation in organization {
        text.push_str(&constant(operation));
    }
    if !partner.is_empty() {
        let constants: String = partner.into_iter().map(constant).collect();
        text.push_str("\n/// What a manufacturer's partner key reaches.\npub mod partner {\n");
        text.push_str("    use crate::route::{Method, Route, Scope};\n");
        for line in constants.lines() {
            text.push_str(if line.is_empty() { "" } else { "    " });
            text.push_str(line);
            text.push('\n');
        }
        text.push_str("}\n");
    }
    text
}

fn constant(operation: &Operation) -> String {
    let Operation { key, summary, method, template, body, .. } = operation;
    let query: Vec<&str> = operation.query.iter().map(|query| query.name.as_str()).collect();
    let mut text = format!("\n/// {summary}: `{method} {template}`.\n");
    let lines = [
        format!("pub const {}: Route = Route {{", name(key)),
        format!("    key: {key:?},"),
        format!("    scope: Scope::{:?},", operation.scope),
        format!("    method: Method::{method:?},"),
        format!("    template: {:?},", template.as_str()),
        format!("    summary: {summary:?},"),
        format!("    query: &{query:?},"),
        format!("    body: &{body:?},"),
        "};".to_owned(),
    ];
    for line in lines {
        writeln!(text, "{line}").expect("writing to a string cannot fail");
    }
    text
}

/// `GET_DEVICES` for `organization.devices.getDevices`.
fn name(key: &str) -> String {
    let last = key.rsplit('.').next().unwrap_or(key);
    let mut name = String::new();
    for letter in last.chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partner_routes_get_a_module_of_their_own() {
        let table = r#"
            [[operation]]
            key = "partner.devices.getDeviceInfo"
            summary = "Reads a device"
            method = "GET"
            path = "/devices/{device_id}"
            params = { device_id = "uuid" }
            query = ["page", "state[]"]
            effect = "read"
        "#;
        let text = sdk_routes(&Catalog::parse(table).unwrap());
        assert!(text.contains("pub mod partner {\n"), "{text}");
        assert!(text.contains("\n    pub const GET_DEVICE_INFO: Route = Route {\n"), "{text}");
        assert!(text.contains("\n        scope: Scope::Partner,\n"), "{text}");
        assert!(text.contains("\n        query: &[\"page\", \"state\"],\n"), "{text}");
    }

    #[test]
    fn every_operation_has_a_constant() {
        let text = sdk_routes(Catalog::known());
        assert_eq!(text.matches("pub const ").count(), Catalog::known().operations().len());
        assert!(text.contains(
            "pub const GET_DEVICES: Route = Route {\n    key: \"organization.devices.getDevices\","
        ));
    }
}
