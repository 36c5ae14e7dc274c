//! What plugins answer, as documents. Their JSON travels as the text that was checked.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::json::Json;
use crate::plugin::{Answer, Blob, Content, Messages, Resource, ResourceBody, ResourceContents, Role};

/// The answer of a tool.
#[derive(Serialize)]
pub(super) struct ToolDocument {
    content: Vec<Block>,
    #[serde(skip_serializing_if = "Option::is_none")]
    structured: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Box<RawValue>>,
}

/// A resource that was read.
#[derive(Serialize)]
pub(super) struct ReadDocument {
    contents: Vec<Part>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ttl_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Box<RawValue>>,
}

/// What a prompt becomes.
#[derive(Serialize)]
pub(super) struct MessagesDocument {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    messages: Vec<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meta: Option<Box<RawValue>>,
}

#[derive(Serialize)]
struct Message {
    role: &'static str,
    content: Block,
}

/// One block of content.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Block {
    Text {
        text: String,
    },
    Image {
        mime_type: String,
        data: String,
    },
    Audio {
        mime_type: String,
        data: String,
    },
    Resource {
        resource: Part,
    },
    /// A kind that only the plugin and MCP know, as it came.
    #[serde(untagged)]
    Other(Box<RawValue>),
}

/// A part of a resource: its type is said beside it and is never that of the HTTP answer.
#[derive(Serialize)]
struct Part {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<String>,
    #[serde(flatten)]
    body: Body,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Body {
    Text(String),
    /// Text that says of itself that it is JSON, and is.
    Json(Box<RawValue>),
    /// Bytes, in base64.
    Blob(String),
}

/// Checked JSON, to be spliced into a document.
pub(super) fn raw(json: Json) -> Box<RawValue> {
    RawValue::from_string(json.into_string()).expect("a checked text is JSON")
}

impl From<Answer> for ToolDocument {
    fn from(answer: Answer) -> ToolDocument {
        ToolDocument {
            content: answer.content.into_iter().map(Block::from).collect(),
            structured: answer.structured.map(raw),
            meta: answer.meta.map(raw),
        }
    }
}

impl From<ResourceContents> for ReadDocument {
    fn from(contents: ResourceContents) -> ReadDocument {
        let ttl_ms = contents.ttl.map(|ttl| u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX));
        ReadDocument {
            contents: contents.contents.into_iter().map(Part::from).collect(),
            ttl_ms,
            meta: contents.meta.map(raw),
        }
    }
}

impl From<Messages> for MessagesDocument {
    fn from(messages: Messages) -> MessagesDocument {
        let message = |(role, content)| Message {
            role: match role {
                Role::User => "user",
                Role::Assistant => "assistant",
            },
            content: Block::from(content),
        };
        MessagesDocument {
            description: messages.description,
            messages: messages.messages.into_iter().map(message).collect(),
            meta: messages.meta.map(raw),
        }
    }
}

impl From<Content> for Block {
    fn from(content: Content) -> Block {
        match content {
            Content::Text(text) => Block::Text { text },
            Content::Image(Blob { data, mime_type }) => {
                Block::Image { mime_type, data: STANDARD.encode(data) }
            }
            Content::Audio(Blob { data, mime_type }) => {
                Block::Audio { mime_type, data: STANDARD.encode(data) }
            }
            Content::Resource(resource) => Block::Resource { resource: Part::from(resource) },
            Content::Other(json) => Block::Other(raw(json)),
        }
    }
}

impl From<Resource> for Part {
    fn from(resource: Resource) -> Part {
        let body = match resource.body {
            ResourceBody::Blob(bytes) => Body::Blob(STANDARD.encode(bytes)),
            ResourceBody::Text(text) => Body::of_text(text, resource.mime_type.as_deref()),
        };
        Part { uri: resource.uri, mime_type: resource.mime_type, body }
    }
}

impl Body {
    fn of_text(text: String, mime_type: Option<&str>) -> Body {
        let json = mime_type.is_some_and(is_json).then(|| Json::parse(&text, text.len()).ok()).flatten();
        json.map_or(Body::Text(text), |json| Body::Json(raw(json)))
    }
}

fn is_json(mime_type: &str) -> bool {
    let essence = mime_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn shown(document: &impl Serialize) -> Value {
        serde_json::from_str(&serde_json::to_string(document).unwrap()).unwrap()
    }

    fn resource(mime_type: Option<&str>, body: ResourceBody) -> Resource {
        Resource { uri: "x://y".into(), mime_type: mime_type.map(str::to_owned), body, extra: None }
    }

    #[test]
    fn every_kind_of_content_has_one_form() {
        let content = vec![
            Content::Text("<b>t</b>".into()),
            Content::Image(Blob { data: vec![1, 2, 3], mime_type: "image/png".into() }),
            Content::Audio(Blob { data: vec![255], mime_type: "audio/wav".into() }),
            Content::Resource(resource(None, ResourceBody::Text("t".into()))),
            Content::Other(Json::parse(r#"{"type":"resource_link","uri":"x://z","name":"z"}"#, 100).unwrap()),
        ];
        let structured = Json::parse("[12345678901234567890123]", 100).ok();
        let answer = Answer { content, structured, ..Answer::default() };
        let text = serde_json::to_string(&ToolDocument::from(answer)).unwrap();
        assert!(text.contains("12345678901234567890123"), "numbers are not rounded: {text}");
        let document: Value = serde_json::from_str(&text).unwrap();
        let expected = json!([
            {"type": "text", "text": "<b>t</b>"},
            {"type": "image", "mime_type": "image/png", "data": "AQID"},
            {"type": "audio", "mime_type": "audio/wav", "data": "/w=="},
            {"type": "resource", "resource": {"uri": "x://y", "text": "t"}},
            {"type": "resource_link", "uri": "x://z", "name": "z"},
        ]);
        assert_eq!(document["content"], expected);
        assert!(document.get("meta").is_none());
    }

    #[test]
    fn a_part_is_text_json_or_bytes() {
        let json_type = Some("application/json; charset=utf-8");
        for (given, expected) in [
            (resource(json_type, ResourceBody::Text("{ \"a\": 1 }".into())), json!({"json": {"a": 1}})),
            (resource(Some("application/geo+json"), ResourceBody::Text("[]".into())), json!({"json": []})),
            (
                resource(json_type, ResourceBody::Text("{\"a\":1,\"a\":2}".into())),
                json!({"text": "{\"a\":1,\"a\":2}"}),
            ),
            (resource(Some("text/html"), ResourceBody::Text("[]".into())), json!({"text": "[]"})),
            (resource(Some("image/png"), ResourceBody::Blob(b"four".to_vec())), json!({"blob": "Zm91cg=="})),
        ] {
            let mut shown = shown(&Part::from(given));
            let members = shown.as_object_mut().unwrap();
            members.remove("uri");
            members.remove("mime_type");
            assert_eq!(shown, expected);
        }
    }
}
