//! What a plugin sees, and answers of every kind.

use std::fmt::Write;
use std::sync::atomic::{AtomicU32, Ordering};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::types::{InputRequest, NeedsInput, ToolOutcome};
use xyte_plugin_sdk::{Ask, Catalog, Cx, Elicited, Outcome, RawJson, Text, ToolError};

/// How many calls this instance has served: two would mean that it was used again.
static CALLS: AtomicU32 = AtomicU32::new(0);

/// How long to wait.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sleep {
    ms: u32,
}

/// Whether the whole time has passed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Slept {
    slept: bool,
}

/// What to answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawAnswer {
    pub(crate) json: String,
}

/// How much to answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Big {
    bytes: usize,
}

/// How to fail.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fail {
    code: String,
    #[serde(default = "on_demand")]
    message: String,
    hint: Option<String>,
    retry_after_ms: Option<u32>,
}

/// What a plugin knows of its call.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Facts {
    request_id: String,
    tenant: String,
    remaining_ms: u32,
    is_cancelled: bool,
    now_ms: i64,
    /// 16 bytes, hexadecimal.
    random: String,
    calls: u32,
}

fn on_demand() -> String {
    "It failed on demand.".to_owned()
}

pub(crate) fn sleep(cx: &Cx, args: &Sleep) -> Slept {
    Slept { slept: cx.sleep_ms(args.ms) }
}

pub(crate) fn big(args: &Big) -> RawJson {
    let (begin, end) = (r#"{"data":""#, r#""}"#);
    // In one piece, so that the host's limit is met before the guest's own memory.
    let mut text = String::with_capacity(args.bytes.max(begin.len() + end.len()));
    text.push_str(begin);
    text.extend(std::iter::repeat_n('x', args.bytes.saturating_sub(begin.len() + end.len())));
    text.push_str(end);
    RawJson(text)
}

pub(crate) fn failure(args: Fail) -> ToolError {
    let mut error = ToolError::new(args.code, args.message);
    if let Some(hint) = args.hint {
        error = error.hint(hint);
    }
    match args.retry_after_ms {
        Some(retry_after_ms) => error.retry_after_ms(retry_after_ms),
        None => error,
    }
}

pub(crate) fn facts(cx: &Cx) -> Facts {
    let random = cx.random(16).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    });
    Facts {
        request_id: cx.request_id(),
        tenant: cx.tenant(),
        remaining_ms: cx.remaining_ms(),
        is_cancelled: cx.is_cancelled(),
        now_ms: cx.now().as_millisecond(),
        random,
        calls: CALLS.fetch_add(1, Ordering::Relaxed) + 1,
    }
}

/// What is to be painted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    #[serde(default)]
    what: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Colour {
    colour: String,
}

#[derive(Deserialize, JsonSchema)]
struct Shade {
    shade: String,
}

pub(crate) fn paint(cx: &Cx, args: &Wanted) -> Result<Outcome<Text>, ToolError> {
    if let Some(Colour { colour }) = cx.remembered()? {
        return match cx.elicited::<Shade>("shade")? {
            Some(Elicited::Accepted(Shade { shade })) => {
                Ok(Outcome::Complete(Text(format!("{shade} {colour} {}", args.what))))
            }
            _ => Err(ToolError::new("no_shade", "Nobody said which shade.")),
        };
    }
    match cx.elicited::<Colour>("colour")? {
        None => Ok(Ask::new().elicit::<Colour>("colour", "Which colour?").into()),
        Some(Elicited::Accepted(colour)) => {
            Ok(Ask::new().elicit::<Shade>("shade", "Which shade?").remember(&colour).into())
        }
        Some(_) => Err(ToolError::new("no_colour", "Nobody said which colour.")),
    }
}

/// How often to ask.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Often {
    times: u32,
}

pub(crate) fn ask_often(cx: &Cx, args: &Often) -> Result<Outcome<Text>, ToolError> {
    let asked: u32 = cx.remembered()?.unwrap_or_default();
    if asked == args.times {
        return Ok(Outcome::Complete(Text(format!("Asked {asked} times."))));
    }
    Ok(Ask::new().elicit::<Shade>("shade", "Again?").remember(&(asked + 1)).into())
}

/// What changed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct News {
    #[serde(default)]
    tools: bool,
    #[serde(default)]
    resources: bool,
    uri: Option<String>,
}

pub(crate) fn announce(cx: &Cx, args: &News) {
    if args.tools {
        cx.list_changed(Catalog::Tools);
    }
    if args.resources {
        cx.list_changed(Catalog::Resources);
    }
    if let Some(uri) = &args.uri {
        cx.resource_updated(uri);
    }
}

pub(crate) fn question() -> ToolOutcome {
    let schema = r#"{"type":"object","properties":{"colour":{"type":"string"}}}"#;
    let params = format!(r#"{{"message":"Which colour?","requestedSchema":{schema}}}"#);
    let question = InputRequest { key: "colour".to_owned(), method: "elicitation/create".to_owned(), params };
    ToolOutcome::NeedsInput(NeedsInput { requests: vec![question], state: Some("asked".to_owned()) })
}
