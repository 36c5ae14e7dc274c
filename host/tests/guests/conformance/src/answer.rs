//! Answers of every kind of content.

use schemars::JsonSchema;
use serde::Deserialize;
use xyte_plugin_sdk::Content;
use xyte_plugin_sdk::bindings::types::{ResourceBody, ResourceContents, ToolOutcome, ToolResult};

use crate::media;

/// Who is greeted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whom {
    pub(crate) name: String,
}

pub(crate) fn picture() -> ToolOutcome {
    complete(vec![Content::Image(media::picture())])
}

pub(crate) fn sound() -> ToolOutcome {
    complete(vec![Content::Audio(media::sound())])
}

pub(crate) fn resource() -> ToolOutcome {
    let text = "This is an embedded resource content.";
    complete(vec![embedded("test://embedded-resource", "text/plain", text)])
}

pub(crate) fn mixed() -> ToolOutcome {
    let json = r#"{"test":"data","value":123}"#;
    complete(vec![
        Content::Text("Multiple content types test:".to_owned()),
        Content::Image(media::picture()),
        embedded("test://mixed-content-resource", "application/json", json),
    ])
}

/// A resource as a block of content.
pub(crate) fn embedded(uri: &str, mime: &str, text: &str) -> Content {
    Content::Resource(ResourceContents {
        uri: uri.to_owned(),
        mime_type: Some(mime.to_owned()),
        body: ResourceBody::Text(text.to_owned()),
        extra: None,
    })
}

/// An answer of these blocks.
pub(crate) fn complete(content: Vec<Content>) -> ToolOutcome {
    ToolOutcome::Complete(ToolResult { content, structured: None, failure: None, meta: None })
}
