//! What several operations share.

use serde_json::{Map, Value, json};

use crate::rest::status::{self, MEANINGS};

/// The schemas of everything that is not a tool's own.
pub(super) fn schemas() -> Map<String, Value> {
    let text = || json!({"type": "string"});
    let list = |member: &str, item: Value| json!({"type": "object", "required": [member], "properties": {member: {"type": "array", "items": item}}});
    let all = [
        ("Object", json!({"type": "object"})),
        ("Problem", problem()),
        ("Tools", list("tools", tool())),
        ("Prompts", list("prompts", prompt())),
        (
            "Resources",
            json!({
                "type": "object", "required": ["resources", "templates"],
                "properties": {
                    "resources": {"type": "array", "items": described(&json!({"uri": text()}))},
                    "templates": {"type": "array", "items": described(&json!({"uri_template": text()}))},
                    "missing": {
                        "description": "Plugins whose own lists cannot be had now, and why",
                        "type": "array",
                        "items": {
                            "type": "object", "required": ["plugin", "error", "detail"],
                            "properties": {"plugin": text(), "error": text(), "detail": text()},
                        },
                    },
                    "next_cursor": {"type": "string", "description": "Present when there is more"},
                },
            }),
        ),
        (
            "ToolAnswer",
            json!({
                "type": "object", "required": ["content"],
                "properties": {
                    "content": {"type": "array", "items": block()},
                    "structured": {"description": "The answer for programs"},
                    "meta": {"type": "object"},
                },
            }),
        ),
        (
            "Contents",
            json!({
                "type": "object", "required": ["contents"],
                "properties": {
                    "contents": {"type": "array", "items": part()},
                    "ttl_ms": {"type": "integer", "description": "How long it may be kept"},
                    "meta": {"type": "object"},
                },
            }),
        ),
        (
            "Messages",
            json!({
                "type": "object", "required": ["messages"],
                "properties": {
                    "description": text(),
                    "messages": {"type": "array", "items": {
                        "type": "object", "required": ["role", "content"],
                        "properties": {"role": {"enum": ["user", "assistant"]}, "content": block()},
                    }},
                    "meta": {"type": "object"},
                },
            }),
        ),
    ];
    all.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// A response for each status that is a problem.
pub(super) fn responses() -> Map<String, Value> {
    let problem = json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}});
    let of = |status: http::StatusCode| {
        let mut response = json!({"description": status::meaning(status), "content": problem});
        if matches!(status.as_u16(), 422 | 503) {
            let seconds = json!({"description": "Seconds", "schema": {"type": "integer", "minimum": 1}});
            response["headers"] = json!({"Retry-After": seconds});
        }
        (format!("problem_{}", status.as_u16()), response)
    };
    MEANINGS.iter().map(|(status, _)| of(*status)).collect()
}

pub(super) fn parameters() -> Value {
    json!({"user_token": {
        "name": "X-Xyte-User-Token", "in": "header", "required": false,
        "description": "The user that the request is for: a label within the organization, under which plugins keep \
            what belongs to one person",
        "schema": {"type": "string", "pattern": "^[!-~]{1,256}$"},
    }})
}

pub(super) fn security_schemes() -> Value {
    let header =
        |name: &str, text: &str| json!({"type": "apiKey", "in": "header", "name": name, "description": text});
    json!({
        "authorization": header("Authorization", "The Xyte API key, raw or after `Bearer`"),
        "x_xyte_api_key": header("X-Xyte-Api-Key", "The Xyte API key"),
    })
}

fn problem() -> Value {
    json!({
        "description": "What went wrong, as RFC 9457 has it",
        "type": "object", "required": ["type", "title", "status", "detail", "error"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string", "description": "For people"},
            "error": {"type": "string", "description": "Stable, for programs", "pattern": "^[a-z0-9_]{1,64}$"},
            "hint": {"type": "string", "description": "What to try instead"},
            "retry_after_ms": {"type": "integer", "minimum": 0},
            "details": {"description": "Anything more"},
        },
    })
}

fn tool() -> Value {
    let hint = || json!({"type": "boolean"});
    json!({
        "type": "object", "required": ["name", "description", "input_schema", "annotations"],
        "properties": {
            "name": {"type": "string"},
            "title": {"type": "string"},
            "description": {"type": "string"},
            "input_schema": {"type": "object"},
            "output_schema": {"type": "object"},
            "annotations": {
                "type": "object", "required": ["read_only", "destructive", "idempotent", "open_world"],
                "properties": {
                    "read_only": hint(), "destructive": hint(), "idempotent": hint(), "open_world": hint(),
                },
            },
        },
    })
}

fn prompt() -> Value {
    json!({
        "type": "object", "required": ["name", "arguments"],
        "properties": {
            "name": {"type": "string"},
            "title": {"type": "string"},
            "description": {"type": "string"},
            "arguments": {"type": "array", "items": {
                "type": "object", "required": ["name", "required"],
                "properties": {
                    "name": {"type": "string"},
                    "title": {"type": "string"},
                    "description": {"type": "string"},
                    "required": {"type": "boolean"},
                },
            }},
        },
    })
}

/// A resource or a template: what it is found by, and what is said of it.
fn described(identity: &Value) -> Value {
    let mut properties: Map<String, Value> = identity.as_object().cloned().unwrap_or_default();
    let mut required: Vec<String> = properties.keys().cloned().collect();
    required.push("name".to_owned());
    for member in ["name", "title", "description", "mime_type"] {
        properties.insert(member.to_owned(), json!({"type": "string"}));
    }
    json!({"type": "object", "required": required, "properties": properties})
}

/// A block of content. Plugins may answer with kinds that are not listed here.
fn block() -> Value {
    json!({
        "type": "object", "required": ["type"],
        "properties": {
            "type": {"type": "string", "description": "text, image, audio, resource, or another kind of MCP"},
            "text": {"type": "string"},
            "mime_type": {"type": "string"},
            "data": {"type": "string", "contentEncoding": "base64"},
            "resource": part(),
        },
    })
}

/// A part of a resource, with one of `text`, `json` and `blob`.
fn part() -> Value {
    json!({
        "type": "object", "required": ["uri"],
        "properties": {
            "uri": {"type": "string"},
            "mime_type": {"type": "string", "description": "What the plugin says that it is"},
            "text": {"type": "string"},
            "json": {"description": "Text that is JSON, read"},
            "blob": {"type": "string", "contentEncoding": "base64"},
        },
        "oneOf": [{"required": ["text"]}, {"required": ["json"]}, {"required": ["blob"]}],
    })
}
