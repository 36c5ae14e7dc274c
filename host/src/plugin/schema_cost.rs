//! How much work a schema can make of one value.
//!
//! A validator follows a reference each time it meets one. A few kilobytes of definitions that each refer twice to the
//! next are a million steps for every call, so that a schema is judged by its size with all references written out.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// Nodes of a schema with its references written out. Generated schemas of large tools have some hundreds.
pub(super) const COST_MAX: u64 = 20_000;

/// The size of a schema with every local reference replaced by what it refers to. A definition that refers to itself
/// counts once: how often it is followed is up to the value.
pub(super) fn of(schema: &Map<String, Value>) -> u64 {
    let root = Value::Object(schema.clone());
    Cost { root: &root, known: HashMap::new() }.of(&root)
}

struct Cost<'a> {
    root: &'a Value,
    /// By pointer. None: it is being counted.
    known: HashMap<&'a str, Option<u64>>,
}

impl<'a> Cost<'a> {
    fn of(&mut self, node: &'a Value) -> u64 {
        match node {
            Value::Array(items) => items.iter().fold(1, |cost, item| self.of(item).saturating_add(cost)),
            Value::Object(members) => members.iter().fold(1, |cost, (name, value)| {
                let added = match value {
                    Value::String(reference) if name == "$ref" || name == "$dynamicRef" => {
                        self.of_reference(reference)
                    }
                    // Definitions cost where they are used.
                    _ if name == "$defs" || name == "definitions" => 0,
                    _ => self.of(value),
                };
                cost.saturating_add(added)
            }),
            _ => 0,
        }
    }

    fn of_reference(&mut self, reference: &'a str) -> u64 {
        if let Some(known) = self.known.get(reference) {
            return known.unwrap_or(1);
        }
        self.known.insert(reference, None);
        let target = reference.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
        // A name instead of a path could stand anywhere: it counts as the whole.
        let cost = self.of(target.unwrap_or(self.root));
        self.known.insert(reference, Some(cost));
        cost
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cost(schema: &Value) -> u64 {
        of(schema.as_object().unwrap())
    }

    #[test]
    fn references_count_as_often_as_they_are_followed() {
        let mut definitions = Map::new();
        for level in 0..40 {
            let next = format!("#/$defs/a{}", level + 1);
            definitions.insert(format!("a{level}"), json!({"allOf": [{"$ref": next}, {"$ref": next}]}));
        }
        definitions.insert("a40".into(), json!({"type": "string"}));
        let bomb =
            json!({"type": "object", "additionalProperties": {"$ref": "#/$defs/a0"}, "$defs": definitions});
        assert!(cost(&bomb) > COST_MAX);
    }

    #[test]
    fn ordinary_schemas_are_cheap() {
        let plain = json!({"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}, "b": {"$ref": "#/$defs/a"}},
            "$defs": {"a": {"enum": ["x", "y"]}}});
        assert!(cost(&plain) < 20, "{}", cost(&plain));
        let tree = json!({"type": "object", "properties": {"children": {"items": {"$ref": "#"}}}});
        assert!(cost(&tree) < 20, "{}", cost(&tree));
    }
}
