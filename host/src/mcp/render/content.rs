//! Blocks of content, and contents of resources.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rmcp::model::{ContentBlock, MetaObject, ResourceContents};
use serde_json::Value;

use super::listed::keep_harmless;
use crate::json::Json;
use crate::plugin::{Blob, Content, Resource, ResourceBody};

/// A block of content. None: one that the protocol library has no form for; the rest of the answer is still good.
pub(super) fn block(content: Content) -> Option<ContentBlock> {
    Some(match content {
        Content::Text(text) => ContentBlock::text(text),
        Content::Image(Blob { data, mime_type }) => ContentBlock::image(STANDARD.encode(data), mime_type),
        Content::Audio(Blob { data, mime_type }) => ContentBlock::audio(STANDARD.encode(data), mime_type),
        Content::Resource(resource) => ContentBlock::resource(contents(resource)),
        Content::Other(json) => match serde_json::from_value(harmless(&json)) {
            Ok(block) => block,
            Err(_) => {
                tracing::warn!("a plugin's content block is of no kind that MCP knows; it was left out");
                return None;
            }
        },
    })
}

/// A part of a resource.
pub(super) fn contents(resource: Resource) -> ResourceContents {
    let mut contents = match resource.body {
        ResourceBody::Text(text) => ResourceContents::text(text, resource.uri),
        ResourceBody::Blob(data) => ResourceContents::blob(STANDARD.encode(data), resource.uri),
    };
    if let Some(mime_type) = resource.mime_type {
        contents = contents.with_mime_type(mime_type);
    }
    match resource.extra.map(|json| json.to_value()) {
        Some(Value::Object(mut extra)) => match extra.remove("_meta") {
            Some(Value::Object(meta)) => contents.with_meta(MetaObject(meta)),
            _ => contents,
        },
        _ => contents,
    }
}

/// A block of a plugin's own, whose pictures are pictures.
fn harmless(json: &Json) -> Value {
    let mut value = json.to_value();
    if let Some(icons) = value.get_mut("icons") {
        keep_harmless(icons);
    }
    value
}
