//! `x-mcp-header`: arguments that clients repeat as HTTP headers, so that proxies can route by them.
//!
//! Clients drop a tool whose annotations break the rules, silently. So a plugin is refused with the rule that it breaks,
//! while somebody is there to read it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

const HINT: &str = "x-mcp-header";
/// Characters of a header's name. It follows `Mcp-Param-` and is read by people.
const NAME_CHARS_MAX: usize = 64;
/// Members of a schema that hold values, in which nothing is an annotation.
const VALUES: [&str; 4] = ["const", "default", "enum", "examples"];

/// Members of a schema that hold schemas by names of their own choice.
const NAMED: [&str; 5] = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/// Checks every annotation of an input schema.
///
/// # Errors
/// The first rule that one breaks.
pub(super) fn check(schema: &Map<String, Value>) -> Result<(), String> {
    let mut names = BTreeSet::new();
    check_properties(schema, &mut names)?;
    if count(schema) != names.len() {
        return Err(format!(
            "{HINT} may stand on a property alone that is reached through `properties` only"
        ));
    }
    Ok(())
}

fn check_properties(schema: &Map<String, Value>, names: &mut BTreeSet<String>) -> Result<(), String> {
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    for (property, schema) in properties {
        let Some(schema) = schema.as_object() else { continue };
        if let Some(hint) = schema.get(HINT) {
            let name = check_hint(hint, schema).map_err(|reason| format!("{property:?}: {reason}"))?;
            if !names.insert(name.to_ascii_lowercase()) {
                return Err(format!("{property:?}: another property has the {HINT} {name:?} already"));
            }
        }
        check_properties(schema, names)?;
    }
    Ok(())
}

fn check_hint<'a>(hint: &'a Value, schema: &Map<String, Value>) -> Result<&'a str, String> {
    let name = hint.as_str().unwrap_or_default();
    let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
    if !(1..=NAME_CHARS_MAX).contains(&name.len()) || !name.bytes().all(token) {
        return Err(format!("{HINT} is the name of an HTTP header, of at most {NAME_CHARS_MAX} characters"));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("string" | "integer" | "boolean") => Ok(name),
        _ => Err(format!("{HINT} needs a property of type string, integer or boolean")),
    }
}

/// How many annotations there are, wherever they stand.
fn count(schema: &Map<String, Value>) -> usize {
    let members = schema.iter().map(|(name, value)| match name.as_str() {
        HINT => 1,
        name if VALUES.contains(&name) => 0,
        name if NAMED.contains(&name) => {
            value.as_object().map_or(0, |named| named.values().map(count_in).sum())
        }
        _ => count_in(value),
    });
    members.sum()
}

fn count_in(value: &Value) -> usize {
    match value {
        Value::Object(object) => count(object),
        Value::Array(items) => items.iter().map(count_in).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[expect(clippy::needless_pass_by_value, reason = "so that cases can be written as json!(…)")]
    fn verdict(schema: Value) -> Result<(), String> {
        check(schema.as_object().unwrap())
    }

    #[test]
    fn a_property_may_become_a_header() {
        let nested = json!({"type": "object", "properties": {"c": {"type": "integer", "x-mcp-header": "C"}}});
        let schema = json!({"type": "object", "properties": {
            "a": {"type": "string", "x-mcp-header": "Region"},
            "b": nested,
            "d": {"type": "string", "default": {"x-mcp-header": "E"}},
            "x-mcp-header": true,
            "default": {"type": "string", "x-mcp-header": "Default"},
        }});
        assert_eq!(verdict(schema), Ok(()));
        assert_eq!(verdict(json!({"type": "object"})), Ok(()));
    }

    #[test]
    fn a_broken_annotation_is_named() {
        let one = |property: Value| verdict(json!({"type": "object", "properties": {"a": property}}));
        for bad in ["", "a b", "ä", &"x".repeat(NAME_CHARS_MAX + 1)] {
            let error = one(json!({"type": "string", "x-mcp-header": bad})).unwrap_err();
            assert!(error.contains("the name of an HTTP header"), "{error}");
        }
        assert!(one(json!({"type": "string", "x-mcp-header": 1})).is_err());
        for kind in ["number", "object", "array"] {
            assert!(one(json!({"type": kind, "x-mcp-header": "A"})).unwrap_err().contains("of type string"));
        }
        let twice = json!({"type": "object", "properties": {
            "a": {"type": "string", "x-mcp-header": "Region"}, "b": {"type": "string", "x-mcp-header": "REGION"}}});
        assert!(verdict(twice).unwrap_err().contains("already"));
        let hint = json!({"type": "string", "x-mcp-header": "A"});
        let elsewhere = [
            json!({"type": "object", "x-mcp-header": "A"}),
            json!({"type": "object", "$defs": {"a": hint}}),
            json!({"type": "object", "properties": {"a": {"type": "array", "items": hint}}}),
            json!({"type": "object", "allOf": [{"properties": {"a": hint}}]}),
        ];
        for schema in elsewhere {
            assert!(verdict(schema.clone()).unwrap_err().contains("through `properties` only"), "{schema}");
        }
    }
}
