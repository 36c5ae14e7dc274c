//! The tools' schemas, moved into the document.
//!
//! A reference in a schema counts from the schema's own root. In the document it must count from the document's, so
//! each is written anew.

use serde_json::{Map, Value, json};

use crate::plugin::{Schema, Tool};

/// Members whose values are data and no schemas, whatever they look like.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];
/// Members whose values are schemas by name.
const NAMED: [&str; 5] = ["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"];
/// What a schema says of itself as a document of its own, which it no longer is.
const OF_DOCUMENTS: [&str; 2] = ["$id", "$schema"];

/// The schemas of a tool, by the names that `components` has them under.
pub(super) fn of_tool(tool: &Tool) -> Vec<(String, Value)> {
    let (input, output) = (name(tool, "arguments"), name(tool, "structured"));
    let mut schemas = vec![(input.clone(), moved(&tool.input, &input))];
    if let Some(schema) = &tool.output {
        let schema = moved(schema, &output);
        schemas.push((output, schema));
    }
    schemas
}

pub(super) fn input_of(tool: &Tool) -> Value {
    json!({"$ref": place(&name(tool, "arguments"))})
}

/// What a call answers: the form that every tool has, with this one's structured content.
pub(super) fn answer_of(tool: &Tool) -> Value {
    let answer = json!({"$ref": place("ToolAnswer")});
    match tool.output {
        Some(_) => {
            let structured = json!({"$ref": place(&name(tool, "structured"))});
            json!({"allOf": [answer, {"type": "object", "properties": {"structured": structured}}]})
        }
        None => answer,
    }
}

fn name(tool: &Tool, what: &str) -> String {
    format!("{}.{what}", tool.name)
}

fn place(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

fn moved(schema: &Schema, name: &str) -> Value {
    let mut object = schema.as_object().clone();
    object.retain(|member, _| !OF_DOCUMENTS.contains(&member.as_str()));
    let schema = Value::Object(object);
    let mut anchors = Map::new();
    find_anchors(&schema, &place(name), &mut anchors);
    with_references(schema, &place(name), &anchors)
}

fn with_references(schema: Value, root: &str, anchors: &Map<String, Value>) -> Value {
    match schema {
        Value::Object(members) => members
            .into_iter()
            .map(|(member, value)| {
                let value = match (member.as_str(), value) {
                    ("$ref" | "$dynamicRef", Value::String(reference)) => referred(&reference, root, anchors),
                    (name, value) if DATA.contains(&name) => value,
                    (name, Value::Object(named)) if NAMED.contains(&name) => named
                        .into_iter()
                        .map(|(name, schema)| (name, with_references(schema, root, anchors)))
                        .collect(),
                    (_, value) => with_references(value, root, anchors),
                };
                (member, value)
            })
            .collect(),
        Value::Array(schemas) => {
            schemas.into_iter().map(|schema| with_references(schema, root, anchors)).collect()
        }
        other => other,
    }
}

fn referred(reference: &str, root: &str, anchors: &Map<String, Value>) -> Value {
    match reference.strip_prefix('#') {
        Some(pointer) if pointer.is_empty() || pointer.starts_with('/') => json!(format!("{root}{pointer}")),
        Some(anchor) => anchors.get(anchor).cloned().unwrap_or_else(|| json!(reference)),
        // Checked when the plugin was loaded: it leads to something in the schema itself, or to the dialect.
        None => json!(reference),
    }
}

/// Notes where each anchor stands.
fn find_anchors(schema: &Value, place: &str, anchors: &mut Map<String, Value>) {
    let mut inside = |name: &str, value: &Value| {
        let name = name.replace('~', "~0").replace('/', "~1");
        find_anchors(value, &format!("{place}/{name}"), anchors);
    };
    match schema {
        Value::Object(members) => {
            for (member, value) in members {
                inside(member, value);
            }
            for anchor in ["$anchor", "$dynamicAnchor"] {
                if let Some(Value::String(name)) = members.get(anchor) {
                    anchors.insert(name.clone(), json!(place));
                }
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                inside(&index.to_string(), value);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved_text(text: &str) -> Value {
        moved(&Schema::parse(text).unwrap(), "t.arguments")
    }

    #[test]
    fn references_count_from_the_document() {
        let moved = moved_text(
            r##"{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
                "properties":{"a":{"$ref":"#/$defs/A"},"self":{"$ref":"#"},"b":{"$ref":"#bee"},
                    "list":{"items":{"anyOf":[{"$ref":"#/$defs/A"}]}}},
                "$defs":{"A":{"type":"string"},"B/x":{"$anchor":"bee","type":"integer"}}}"##,
        );
        let root = "#/components/schemas/t.arguments";
        assert_eq!(moved["properties"]["a"]["$ref"], format!("{root}/$defs/A"));
        assert_eq!(moved["properties"]["self"]["$ref"], root);
        assert_eq!(moved["properties"]["b"]["$ref"], format!("{root}/$defs/B~1x"));
        assert_eq!(moved["properties"]["list"]["items"]["anyOf"][0]["$ref"], format!("{root}/$defs/A"));
        assert!(moved.get("$schema").is_none());
        super::super::tests::assert_references_resolve(
            &json!({"components": {"schemas": {"t.arguments": moved}}}),
        );
    }

    #[test]
    fn data_that_looks_like_a_reference_is_left_alone() {
        let moved = moved_text(
            r##"{"type":"object","properties":{"a":{"default":{"$ref":"#/x"},"enum":[{"$ref":"#/y"}]},
                "default":{"$ref":"#/$defs/D"},"$ref":{"type":"string"}},"$defs":{"D":{"type":"string"}}}"##,
        );
        assert_eq!(moved["properties"]["a"]["default"], json!({"$ref": "#/x"}));
        assert_eq!(moved["properties"]["a"]["enum"], json!([{"$ref": "#/y"}]));
        let reference = json!({"$ref": "#/components/schemas/t.arguments/$defs/D"});
        assert_eq!(moved["properties"]["default"], reference);
        assert_eq!(moved["properties"]["$ref"], json!({"type": "string"}));
    }
}
