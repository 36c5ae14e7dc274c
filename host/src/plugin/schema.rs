//! A tool's JSON Schema: read once, kept as it was written, and able to judge arguments.

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::limits::SCHEMA_BYTES_MAX;
use super::schema_cost::{self, COST_MAX};
use crate::json::{Json, JsonError};

/// Characters of a reported mismatch, which may quote the value.
const MISMATCH_CHARS_MAX: usize = 300;

/// A JSON Schema (2020-12) of an object.
#[derive(Debug)]
pub struct Schema {
    object: Map<String, Value>,
    validator: Validator,
}

/// Why a schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// It is no JSON object.
    #[error("the schema is refused: {0}")]
    Json(#[from] JsonError),
    /// Arguments and structured answers are objects.
    #[error("the schema must say \"type\": \"object\" at its root")]
    NotOfObject,
    /// Its references multiply.
    #[error("the schema has more than {COST_MAX} parts when its references are written out")]
    TooCostly,
    /// It is no schema, or needs something that is not in it.
    #[error("the schema cannot be used: {0}")]
    Unusable(String),
}

impl Schema {
    /// Reads and compiles a schema. References outside of it are never fetched.
    ///
    /// # Errors
    /// It is not JSON, not a schema, not of an object, or refers to something outside.
    pub fn parse(text: &str) -> Result<Schema, SchemaError> {
        let json = Json::parse_object(text, SCHEMA_BYTES_MAX)?;
        let value = json.to_value();
        let validator =
            jsonschema::draft202012::new(&value).map_err(|e| SchemaError::Unusable(e.to_string()))?;
        let Value::Object(object) = value else { return Err(SchemaError::NotOfObject) };
        if object.get("type").and_then(Value::as_str) != Some("object") {
            return Err(SchemaError::NotOfObject);
        }
        if schema_cost::of(&object) > COST_MAX {
            return Err(SchemaError::TooCostly);
        }
        Ok(Schema { object, validator })
    }

    /// The schema as it was written.
    pub fn as_object(&self) -> &Map<String, Value> {
        &self.object
    }

    /// Whether a value fits.
    ///
    /// # Errors
    /// The first place where it does not, and why, for the one who wrote the value. Not all of them: the library
    /// gathers every mismatch before it hands out one, and a caller can send half a million.
    pub fn check(&self, value: &Value) -> Result<(), String> {
        self.validator.validate(value).map_err(|error| mismatch(&error))
    }
}

fn mismatch(error: &jsonschema::ValidationError<'_>) -> String {
    let place = error.instance_path().to_string();
    let text = if place.is_empty() { error.to_string() } else { format!("{place}: {error}") };
    match text.char_indices().nth(MISMATCH_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_judged_with_the_place_of_the_mismatch() {
        let text = r#"{"type":"object","properties":{"limit":{"type":"integer","maximum":100}},
            "required":["limit"],"additionalProperties":false}"#;
        let schema = Schema::parse(text).unwrap();
        assert!(schema.check(&json!({"limit": 5})).is_ok());
        let error = schema.check(&json!({"limit": 500})).unwrap_err();
        assert!(error.contains("/limit") && error.contains("100"), "{error}");
        assert!(schema.check(&json!({})).unwrap_err().contains("limit"));
        assert!(schema.check(&json!({"limit": 1, "x": 1})).unwrap_err().contains("x"));
    }

    #[test]
    fn a_report_is_bounded() {
        let schema = Schema::parse(r#"{"type":"object","additionalProperties":{"type":"integer"}}"#).unwrap();
        let many: Map<String, Value> =
            (0..100).map(|n| (format!("k{n}"), json!("x".repeat(10_000)))).collect();
        let error = schema.check(&Value::Object(many)).unwrap_err();
        assert!(error.len() < MISMATCH_CHARS_MAX + 10, "{}", error.len());
    }

    #[test]
    fn what_is_no_schema_of_an_object_is_refused() {
        let cases = [
            ("{", "not valid JSON"),
            ("[]", "not a JSON object"),
            ("{}", "type"),
            (r#"{"type":"array"}"#, "type"),
            (r#"{"type":"nonsense"}"#, "cannot be used"),
            (r##"{"type":"object","$ref":"#/$defs/none"}"##, "cannot be used"),
            (r#"{"type":"object","$ref":"https://evil.example/schema"}"#, "cannot be used"),
            (r#"{"type":"object","$ref":"file:///etc/passwd"}"#, "cannot be used"),
        ];
        for (text, expected) in cases {
            let error = Schema::parse(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
