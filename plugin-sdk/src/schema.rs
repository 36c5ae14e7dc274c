//! JSON Schemas of arguments and answers, without what costs a model tokens and tells it nothing.

use schemars::generate::{Contract, SchemaGenerator, SchemaSettings};
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, json_schema};
use serde_json::{Map, Value};

/// Widths of numbers, which JSON does not have. Other formats (`date-time`, `uuid`) say something.
const NUMBER_FORMATS: [&str; 14] = [
    "int8", "int16", "int32", "int64", "int128", "int", "uint8", "uint16", "uint32", "uint64", "uint128",
    "uint", "float", "double",
];

/// The schema of arguments: an optional one may be left out, and is not also null.
pub fn input<T: JsonSchema>() -> Schema {
    root(Contract::Deserialize, |generator| generator.into_root_schema_for::<T>())
}

/// The schema of a tool that takes no arguments.
pub fn no_input() -> Schema {
    json_schema!({ "type": "object", "properties": {}, "additionalProperties": false })
}

/// The schema of settings: an optional one may be left out, and is not also null.
pub fn settings<T: JsonSchema>() -> Schema {
    input::<T>()
}

/// The schema of a structured answer.
pub fn output<T: JsonSchema>() -> Schema {
    root(Contract::Serialize, |generator| generator.into_root_schema_for::<T>())
}

/// Clients send an object or nothing, and a misspelt argument must be an error and not silence.
pub(crate) fn check_input(schema: &Schema) -> Result<(), &'static str> {
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        return Err("its arguments must be a struct");
    }
    if schema.get("additionalProperties").is_none() {
        return Err(
            "its arguments accept members that nobody reads: add #[serde(deny_unknown_fields)] to the struct",
        );
    }
    Ok(())
}

/// A misspelt setting must be an error and not silence.
pub(crate) fn check_settings(schema: &Schema) -> Result<(), &'static str> {
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        return Err("its settings must be a struct");
    }
    if schema.get("additionalProperties").is_none() {
        return Err(
            "its settings accept members that nobody reads: add #[serde(deny_unknown_fields)] to the struct",
        );
    }
    Ok(())
}

/// Clients of older revisions refuse structured content that is no object.
pub(crate) fn check_output(schema: &Schema) -> Result<(), &'static str> {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => Ok(()),
        _ => Err("its answer must be a JSON object: a struct, or `Text` for words"),
    }
}

fn root(contract: Contract, generate: fn(SchemaGenerator) -> Schema) -> Schema {
    let mut settings = SchemaSettings::draft2020_12();
    // Some clients do not follow references, and 2020-12 is what MCP takes a schema to be.
    settings.inline_subschemas = true;
    settings.meta_schema = None;
    settings.contract = contract.clone();
    let mut schema = generate(settings.into_generator());
    // The tool's own description says what its arguments and its answer are.
    schema.remove("description");
    Tidy { contract }.transform(&mut schema);
    schema
}

struct Tidy {
    contract: Contract,
}

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        if let Some(object) = schema.as_object_mut() {
            tidy(object);
            if self.contract.is_deserialize() {
                drop_null(object);
            } else {
                // Nobody fills in an answer.
                remove_if(object, "default", |_| true);
                drop_null_where_absent(object);
            }
        }
        transform_subschemas(self, schema);
    }
}

fn tidy(object: &mut Map<String, Value>) {
    remove_if(object, "title", |_| true);
    remove_if(object, "format", |format| NUMBER_FORMATS.iter().any(|number| format == number));
    remove_if(object, "default", Value::is_null);
    if let Some(Value::String(description)) = object.get_mut("description") {
        *description = unwrapped(description);
    }
}

fn remove_if(object: &mut Map<String, Value>, keyword: &str, condition: fn(&Value) -> bool) {
    if object.get(keyword).is_some_and(condition) {
        object.remove(keyword);
    }
}

/// The text with each paragraph on one line: the source's line breaks say nothing.
fn unwrapped(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\n' if letters.next_if_eq(&'\n').is_some() => lines.push_str("\n\n"),
            '\n' => lines.push(' '),
            letter => lines.push(letter),
        }
    }
    lines
}

/// A member that an answer may leave out is left out when it is none, and never null.
fn drop_null_where_absent(object: &mut Map<String, Value>) {
    let required = object.get("required").cloned().unwrap_or_default();
    let required = required.as_array().cloned().unwrap_or_default();
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    for (name, property) in properties {
        if let Value::Object(property) = property
            && !required.contains(&Value::from(name.as_str()))
        {
            drop_null(property);
        }
    }
}

fn drop_null(object: &mut Map<String, Value>) {
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if types.len() == 1 {
            object["type"] = types.remove(0);
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(only) = only_alternative(object) {
        object.remove("anyOf");
        object.extend(only);
    }
}

/// What is left of `anyOf` without null, if that is one schema.
fn only_alternative(object: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    let alternatives = object.get_mut("anyOf")?.as_array_mut()?;
    alternatives.retain(|alternative| alternative.get("type").and_then(Value::as_str) != Some("null"));
    match alternatives.as_mut_slice() {
        [Value::Object(only)] => Some(std::mem::take(only)),
        _ => None,
    }
}
