//! From our types to the protocol's: how calls end.

mod content;
mod listed;

use rmcp::ErrorData;
use rmcp::model::{
    CacheScope, CallToolResult, CompleteResult, CompletionInfo, ContentBlock, ErrorCode, GetPromptResult,
    MetaObject, PromptMessage, ProtocolVersion, ReadResourceResult, Role as McpRole,
};
use serde_json::{Map, Value, json};

pub(super) use self::listed::{listed_resource, prompt, resource, template, tool};
use crate::json::Json;
use crate::plugin::{Answer, Completion, Declined, Failure, Messages, ResourceContents, Role};
use crate::tools::{Outcome, Reply};

/// Structured content up to so many bytes is repeated as text, for clients that show a model the text alone. The
/// specification recommends it; beyond this, escaping and sending everything twice costs more than it helps.
const TEXT_COPY_BYTES_MAX: usize = 64 << 10;
/// The first revision whose clients know structured content.
const FIRST_STRUCTURED: &str = "2025-06-18";
/// The first revision whose requests say everything themselves.
pub(super) const FIRST_MODERN: &str = "2026-07-28";
/// Where the machine-readable form of a failure is found in a result's `_meta`.
const FAILURE_META: &str = "xyte-mcp/error";
/// How long a client may keep what it read, unless the plugin says otherwise: until it wants to know again.
const READ_TTL_MS: u64 = 0;

/// Whether a client speaks a revision without sessions.
pub(super) fn is_modern(revision: Option<&ProtocolVersion>) -> bool {
    revision.is_some_and(|revision| revision.as_str() >= FIRST_MODERN)
}

/// The end of a tool's call as a result.
///
/// # Errors
/// The plugin could not serve the request at all, which is an error of the protocol.
pub(super) fn outcome(
    outcome: Outcome,
    revision: Option<&ProtocolVersion>,
) -> Result<CallToolResult, ErrorData> {
    let failure = outcome.failure();
    let (answer, failure) = match outcome {
        Outcome::Answered(answer) => (answer, failure),
        Outcome::Declined(Declined::MissingCapability(_)) if !is_modern(revision) => {
            (Answer::default(), failure)
        }
        Outcome::Declined(declined) => return Err(declined_as_error(&declined)),
        Outcome::Refused(_) | Outcome::Broken(_) => (Answer::default(), failure),
        Outcome::Asked(_) => return Err(unasked()),
    };
    let failure = failure.map(|failure| failure_object(&failure));
    let mut content: Vec<ContentBlock> = answer.content.into_iter().filter_map(content::block).collect();
    if let Some(text) = text_block(content.is_empty(), answer.structured.as_ref(), failure.as_ref(), revision)
    {
        content.push(ContentBlock::text(text));
    }
    let mut result = CallToolResult::success(content);
    result.is_error = Some(failure.is_some());
    result.structured_content = answer.structured.map(|json| json.to_value());
    result.meta = meta(answer.meta, failure);
    Ok(result)
}

/// The end of reading a resource.
///
/// # Errors
/// It was not read.
pub(super) fn read(outcome: Outcome<ResourceContents>) -> Result<ReadResourceResult, ErrorData> {
    let ResourceContents { contents, ttl, meta: given } = answered(outcome)?;
    let contents = contents.into_iter().map(content::contents).collect();
    let ttl_ms = ttl.map_or(READ_TTL_MS, |ttl| u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX));
    let mut result =
        ReadResourceResult::new(contents).with_ttl_ms(ttl_ms).with_cache_scope(CacheScope::Private);
    result.meta = meta(given, None);
    Ok(result)
}

/// The end of getting a prompt.
///
/// # Errors
/// It was not got.
pub(super) fn messages(outcome: Outcome<Messages>) -> Result<GetPromptResult, ErrorData> {
    let Messages { description, messages, meta: given } = answered(outcome)?;
    let messages = messages.into_iter().filter_map(|(role, content)| {
        let role = match role {
            Role::User => McpRole::User,
            Role::Assistant => McpRole::Assistant,
        };
        Some(PromptMessage::new(role, content::block(content)?))
    });
    let mut result = GetPromptResult::new(messages.collect());
    (result.description, result.meta) = (description, meta(given, None));
    Ok(result)
}

/// The end of asking for suggestions.
///
/// # Errors
/// There are none.
pub(super) fn completion(outcome: Outcome<Completion>) -> Result<CompleteResult, ErrorData> {
    let Completion { values, total, has_more } = answered(outcome)?;
    let completion = CompletionInfo::with_pagination(values, total, has_more);
    completion.map(CompleteResult::new).map_err(|reason| ErrorData::internal_error(reason, None))
}

/// Why a list cannot be had now.
pub(super) fn no_list<T: Reply>(outcome: Outcome<T>) -> ErrorData {
    answered(outcome).err().unwrap_or_else(unasked)
}

/// The answer, or the error that says why there is none, for what cannot fail by its result.
fn answered<T: Reply>(outcome: Outcome<T>) -> Result<T, ErrorData> {
    let failure = outcome.failure();
    match outcome {
        Outcome::Answered(answer) => Ok(answer),
        Outcome::Declined(declined) => Err(declined_as_error(&declined)),
        Outcome::Asked(_) => Err(unasked()),
        Outcome::Refused(_) => Err(failure_as_error(REFUSED, failure)),
        Outcome::Broken(_) => Err(failure_as_error(ErrorCode::INTERNAL_ERROR, failure)),
    }
}

/// What the host refuses for reasons of its own has a code outside of those that JSON-RPC and MCP assign; the stable
/// code is in the data.
const REFUSED: ErrorCode = ErrorCode(1);

fn failure_as_error(code: ErrorCode, failure: Option<Failure>) -> ErrorData {
    let object = failure.map(|failure| failure_object(&failure)).unwrap_or_default();
    let message = object["message"].as_str().unwrap_or_default().to_owned();
    let invalid = object["error"] == "invalid_arguments";
    ErrorData::new(if invalid { ErrorCode::INVALID_PARAMS } else { code }, message, Some(object))
}

/// Questions are passed on before this; one that comes here was lost on the way.
fn unasked() -> ErrorData {
    ErrorData::internal_error("a question of the plugin was not passed on", None)
}

/// MCP's code for a capability that the client must declare first.
const MISSING_CAPABILITY: ErrorCode = ErrorCode(-32021);

fn declined_as_error(declined: &Declined) -> ErrorData {
    let message = declined.to_string();
    match declined {
        Declined::UnknownName(_) | Declined::InvalidParams(_) => ErrorData::invalid_params(message, None),
        Declined::NotFound(uri) => no_resource(uri),
        Declined::MissingCapability(needed) => {
            let data = json!({"requiredCapabilities": needed.to_value()});
            ErrorData::new(MISSING_CAPABILITY, message, Some(data))
        }
        Declined::Internal => ErrorData::internal_error(message, None),
        Declined::Protocol { code, data, .. } => {
            ErrorData::new(ErrorCode(*code), message, data.as_ref().map(Json::to_value))
        }
    }
}

/// There is no such resource. The protocol library gives it the code of the client's revision.
pub(super) fn no_resource(uri: &str) -> ErrorData {
    ErrorData::resource_not_found("there is no such resource", Some(json!({"uri": uri})))
}

/// The block that says in text what would otherwise be said to programs alone.
fn text_block(
    nothing_else: bool,
    structured: Option<&Json>,
    failure: Option<&Value>,
    revision: Option<&ProtocolVersion>,
) -> Option<String> {
    if let Some(failure) = failure {
        return nothing_else.then(|| failure.to_string());
    }
    let json = structured?;
    let old = revision.is_some_and(|revision| revision.as_str() < FIRST_STRUCTURED);
    (nothing_else || old || json.as_str().len() <= TEXT_COPY_BYTES_MAX).then(|| json.as_str().to_owned())
}

/// A failure in the one form that people, models and programs get.
fn failure_object(failure: &Failure) -> Value {
    let mut object = json!({"error": failure.code, "message": failure.message});
    if let Some(hint) = &failure.hint {
        object["hint"] = json!(hint);
    }
    if let Some(delay) = failure.retry_after {
        object["retry_after_ms"] = json!(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX));
    }
    if let Some(details) = &failure.details {
        object["details"] = details.to_value();
    }
    object
}

fn meta(given: Option<Json>, failure: Option<Value>) -> Option<MetaObject> {
    let mut meta = match given.map(|json| json.to_value()) {
        Some(Value::Object(meta)) => meta,
        _ => Map::new(),
    };
    if let Some(failure) = failure {
        meta.insert(FAILURE_META.to_owned(), failure);
    }
    (!meta.is_empty()).then_some(MetaObject(meta))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::plugin::{Blob, Content, Fault, Resource, ResourceBody};
    use crate::tools::Refusal;

    fn rendered(outcome: Outcome, revision: &str) -> Value {
        let revision: ProtocolVersion = serde_json::from_value(json!(revision)).unwrap();
        serde_json::to_value(self::outcome(outcome, Some(&revision)).unwrap()).unwrap()
    }

    #[test]
    fn what_a_plugin_cannot_serve_is_an_error_of_the_protocol() {
        let modern: ProtocolVersion = serde_json::from_value(json!(FIRST_MODERN)).unwrap();
        let error = |declined| outcome(Outcome::Declined(declined), Some(&modern)).unwrap_err();
        let code = |declined| error(declined).code.0;
        assert_eq!(code(Declined::InvalidParams("x".into())), -32602);
        assert_eq!(code(Declined::Internal), -32603);
        assert_eq!(code(Declined::Protocol { code: 7, message: "m".into(), data: None }), 7);
        assert_eq!(error(Declined::NotFound("a://b".into())).data, Some(json!({"uri": "a://b"})));
        let needed = Declined::MissingCapability(Json::parse(r#"{"sampling":{}}"#, 100).unwrap());
        let needed = error(needed);
        assert_eq!(needed.code, MISSING_CAPABILITY);
        assert_eq!(needed.data, Some(json!({"requiredCapabilities": {"sampling": {}}})));
    }

    fn structured(text: &str) -> Outcome {
        let structured = Some(Json::parse(text, 1 << 20).unwrap());
        Outcome::Answered(Answer { structured, ..Answer::default() })
    }

    #[test]
    fn a_structured_answer_is_there_for_programs_and_for_models() {
        let result = rendered(structured(r#"{"a":1}"#), "2025-11-25");
        assert_eq!(result["structuredContent"], json!({"a": 1}));
        assert_eq!(result["content"], json!([{"type": "text", "text": "{\"a\":1}"}]));
        assert_eq!(result["isError"], json!(false));
    }

    #[test]
    fn a_summary_comes_first_and_a_large_answer_is_not_said_twice() {
        let large = format!("{{\"a\":\"{}\"}}", "x".repeat(TEXT_COPY_BYTES_MAX));
        let answer = |text: &str| {
            let Outcome::Answered(answer) = structured(text) else { unreachable!() };
            Outcome::Answered(Answer { content: vec![Content::Text("one row".into())], ..answer })
        };
        assert_eq!(rendered(answer("{}"), "2025-11-25")["content"].as_array().unwrap().len(), 2);
        assert_eq!(rendered(answer("{}"), "2025-11-25")["content"][0]["text"], "one row");
        assert_eq!(rendered(answer(&large), "2025-11-25")["content"].as_array().unwrap().len(), 1);
        assert_eq!(rendered(answer(&large), "2025-03-26")["content"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn a_failure_is_an_error_result_with_a_stable_code() {
        let failure = Failure {
            code: "device_not_found".into(),
            message: "no".into(),
            hint: Some("list".into()),
            retry_after: Some(Duration::from_secs(1)),
            details: None,
        };
        let result =
            rendered(Outcome::Answered(Answer { failure: Some(failure), ..Answer::default() }), "2025-11-25");
        assert_eq!(result["isError"], json!(true));
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        let expected =
            json!({"error": "device_not_found", "message": "no", "hint": "list", "retry_after_ms": 1000});
        assert_eq!(text, expected);
        assert_eq!(result["_meta"][FAILURE_META], expected);
    }

    #[test]
    fn a_refusal_and_a_crash_are_error_results_too() {
        let cases = [
            (Outcome::Refused(Refusal::MissingKey), "missing_xyte_key"),
            (Outcome::Broken(Fault::Deadline(Duration::from_secs(1))), "deadline_exceeded"),
        ];
        for (outcome, code) in cases {
            let result = rendered(outcome, "2025-11-25");
            assert_eq!(
                (&result["isError"], &result["_meta"][FAILURE_META]["error"]),
                (&json!(true), &json!(code))
            );
        }
    }

    #[test]
    fn every_kind_of_content_is_rendered() {
        let other = |text: &str| Content::Other(Json::parse(text, 1000).unwrap());
        let content = vec![
            Content::Image(Blob { data: vec![1, 2, 3], mime_type: "image/png".into() }),
            Content::Audio(Blob { data: vec![255], mime_type: "audio/wav".into() }),
            Content::Resource(Resource {
                uri: "x://y".into(),
                mime_type: Some("text/plain".into()),
                body: ResourceBody::Text("t".into()),
                extra: None,
            }),
            other(r#"{"type":"resource_link","uri":"x://z","name":"z"}"#),
            other(r#"{"type":"hologram"}"#),
        ];
        let result = rendered(Outcome::Answered(Answer { content, ..Answer::default() }), "2025-11-25");
        let blocks = result["content"].as_array().unwrap();
        assert_eq!(blocks.len(), 4, "{blocks:?}");
        assert_eq!(blocks[0]["data"], "AQID");
        assert_eq!(blocks[1]["mimeType"], "audio/wav");
        assert_eq!(blocks[2]["resource"]["text"], "t");
        assert_eq!(blocks[3]["type"], "resource_link");
    }
}
