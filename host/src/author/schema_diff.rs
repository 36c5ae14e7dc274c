//! What changed between two JSON Schemas, as far as schemas of tools go.
//!
//! Arguments break when fewer are accepted than before; answers break when less is promised than before. Of members and
//! items this looks at type, enumeration and what is required; what it does not know is reported as a change that may
//! break, so that a person looks.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::surface::Change;

/// Which side of a call a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// What callers send.
    Arguments,
    /// What callers receive.
    Answer,
}

/// Words that change nothing about what fits.
const WORDS: [&str; 7] = ["description", "title", "default", "examples", "$schema", "$comment", "$id"];
/// What is compared member by member.
const COMPARED: [&str; 6] = ["type", "enum", "properties", "required", "items", "$defs"];

/// The changes from one schema to another.
pub(super) fn changes(old: &Map<String, Value>, new: &Map<String, Value>, side: Side) -> Vec<Change> {
    let mut changes = Vec::new();
    compare("", old, new, side, &mut changes);
    changes
}

fn compare(
    at: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    side: Side,
    changes: &mut Vec<Change>,
) {
    let shown = if at.is_empty() { side.word().to_owned() } else { format!("`{at}`") };
    if old.get("type") != new.get("type") {
        changes.push(Change::breaking(format!("{shown} changes its type")));
        return;
    }
    enumeration(&shown, old, new, side, changes);
    members(at, old, new, side, changes);
    match (old.get("items"), new.get("items")) {
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            compare(&format!("{at}[]"), old, new, side, changes);
        }
        (old, new) if old != new => changes.push(Change::breaking(format!("{shown} has other items"))),
        _ => {}
    }
    definitions(old, new, side, changes);
    for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let known = WORDS.contains(&key.as_str()) || COMPARED.contains(&key.as_str());
        if !known && old.get(key) != new.get(key) {
            changes.push(Change::breaking(format!("{shown} has another `{key}`")));
        }
    }
}

fn enumeration(
    shown: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    side: Side,
    changes: &mut Vec<Change>,
) {
    let (old, new) = (old.get("enum").and_then(Value::as_array), new.get("enum").and_then(Value::as_array));
    let (narrower, wider) = match side {
        Side::Arguments => (true, false),
        Side::Answer => (false, true),
    };
    match (old, new) {
        (Some(old), Some(new)) => {
            for gone in old.iter().filter(|value| !new.contains(value)) {
                changes.push(Change { breaking: narrower, what: format!("{shown} can no longer be {gone}") });
            }
            for added in new.iter().filter(|value| !old.contains(value)) {
                changes.push(Change { breaking: wider, what: format!("{shown} can now be {added}") });
            }
        }
        (None, Some(_)) => {
            changes.push(Change { breaking: narrower, what: format!("{shown} is one of a list now") });
        }
        (Some(_), None) => {
            changes.push(Change { breaking: wider, what: format!("{shown} can now be anything") });
        }
        (None, None) => {}
    }
}

fn members(
    at: &str,
    old: &Map<String, Value>,
    new: &Map<String, Value>,
    side: Side,
    changes: &mut Vec<Change>,
) {
    let empty = Map::new();
    let properties =
        |schema: &'_ Map<String, Value>| schema.get("properties").and_then(Value::as_object).cloned();
    let (old_members, new_members) =
        (properties(old).unwrap_or_else(|| empty.clone()), properties(new).unwrap_or_else(|| empty.clone()));
    let (was_required, is_required) = (required(old), required(new));
    let path = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    for (name, old_member) in &old_members {
        match new_members.get(name) {
            None => changes.push(Change::breaking(format!("`{}` is gone", path(name)))),
            Some(new_member) => {
                if let (Value::Object(old), Value::Object(new)) = (old_member, new_member) {
                    compare(&path(name), old, new, side, changes);
                }
            }
        }
    }
    for name in new_members.keys().filter(|name| !old_members.contains_key(*name)) {
        if side == Side::Answer || !is_required.contains(name.as_str()) {
            changes.push(Change::compatible(format!("there is a new `{}`", path(name))));
        }
    }
    for name in is_required.difference(&was_required) {
        let what = match side {
            Side::Arguments => Change::breaking(format!("`{}` must now be given", path(name))),
            Side::Answer => Change::compatible(format!("`{}` is now always there", path(name))),
        };
        changes.push(what);
    }
    for name in was_required.difference(&is_required).filter(|name| new_members.contains_key(**name)) {
        let what = match side {
            Side::Arguments => Change::compatible(format!("`{}` need not be given any more", path(name))),
            Side::Answer => Change::breaking(format!("`{}` is not always there any more", path(name))),
        };
        changes.push(what);
    }
}

/// Definitions under one name are compared as if they stood where they are used.
fn definitions(old: &Map<String, Value>, new: &Map<String, Value>, side: Side, changes: &mut Vec<Change>) {
    let (Some(Value::Object(old)), Some(Value::Object(new))) = (old.get("$defs"), new.get("$defs")) else {
        return;
    };
    for (name, old) in old {
        if let (Value::Object(old), Some(Value::Object(new))) = (old, new.get(name)) {
            compare(name, old, new, side, changes);
        }
    }
}

fn required(schema: &Map<String, Value>) -> BTreeSet<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

impl Side {
    fn word(self) -> &'static str {
        match self {
            Side::Arguments => "the whole of the arguments",
            Side::Answer => "the whole of the answer",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn diff(old: &Value, new: &Value, side: Side) -> Vec<(bool, String)> {
        let changes = changes(old.as_object().unwrap(), new.as_object().unwrap(), side);
        changes.into_iter().map(|change| (change.breaking, change.what)).collect()
    }

    fn object(members: Value, required: Value) -> Value {
        let members = [("type", json!("object")), ("properties", members), ("required", required)];
        members.map(|(name, value)| (name.to_owned(), value)).into_iter().collect::<Map<_, _>>().into()
    }

    #[test]
    fn arguments_break_when_less_is_accepted() {
        let old = || {
            object(
                json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "integer"}}),
                json!(["b"]),
            )
        };
        let cases = [
            (object(json!({"b": {"type": "integer"}}), json!(["b"])), true, "`a` is gone"),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x"]}, "b": {"type": "integer"}}),
                    json!(["b"]),
                ),
                true,
                "`a` can no longer be \"y\"",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y", "z"]}, "b": {"type": "integer"}}),
                    json!(["b"]),
                ),
                false,
                "`a` can now be \"z\"",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "string"}}),
                    json!(["b"]),
                ),
                true,
                "`b` changes its type",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "integer"}}),
                    json!([]),
                ),
                false,
                "need not be given",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "integer"}, "c": {}}),
                    json!(["b"]),
                ),
                false,
                "a new `c`",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "integer"}, "c": {}}),
                    json!(["b", "c"]),
                ),
                true,
                "`c` must now be given",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x", "y"]}, "b": {"type": "integer", "maximum": 9}}),
                    json!(["b"]),
                ),
                true,
                "another `maximum`",
            ),
        ];
        assert_eq!(diff(&old(), &old(), Side::Arguments), []);
        for (new, breaking, what) in cases {
            let found = diff(&old(), &new, Side::Arguments);
            let [(is_breaking, said)] = found.as_slice() else { panic!("{what}: {found:?}") };
            assert!(*is_breaking == breaking && said.contains(what), "{what}: {found:?}");
        }
    }

    #[test]
    fn answers_break_when_less_is_promised() {
        let old = || {
            object(
                json!({"a": {"type": "string", "enum": ["x"]}, "list": {"type": "array", "items": {"type": "string"}}}),
                json!(["a"]),
            )
        };
        let with_a = |a: Value, required: Value| {
            object(json!({"a": a, "list": {"type": "array", "items": {"type": "string"}}}), required)
        };
        let cases = [
            (with_a(json!({"type": "string", "enum": ["x"]}), json!([])), true, "not always there"),
            (with_a(json!({"type": "string", "enum": ["x", "y"]}), json!(["a"])), true, "can now be \"y\""),
            (
                with_a(json!({"type": "string", "enum": ["x"], "description": "d"}), json!(["a", "list"])),
                false,
                "now always there",
            ),
            (
                object(
                    json!({"a": {"type": "string", "enum": ["x"]}, "list": {"type": "array", "items": {"type": "integer"}}}),
                    json!(["a"]),
                ),
                true,
                "`list[]` changes its type",
            ),
        ];
        for (new, breaking, what) in cases {
            let found = diff(&old(), &new, Side::Answer);
            let [(is_breaking, said)] = found.as_slice() else { panic!("{what}: {found:?}") };
            assert!(*is_breaking == breaking && said.contains(what), "{what}: {found:?}");
        }
    }
}
