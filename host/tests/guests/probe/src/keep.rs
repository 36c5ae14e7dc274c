//! What outlives a call, and what a call says while it runs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::state;
use xyte_plugin_sdk::{Cx, MessageLevel, ToolError};

/// The operator's settings for the probe.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// A room.
    #[serde(default)]
    room: Option<String>,
}

/// What to do with the state, as the contract has it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    #[serde(default)]
    user: bool,
    key: String,
    /// Written when given.
    value: Option<String>,
    expected: Option<u64>,
    #[serde(default)]
    remove: bool,
}

/// What came of it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Kept {
    /// As it was before.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    keys: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The user as the plugin knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_user: Option<String>,
}

/// How much to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Report {
    steps: u32,
}

pub(crate) fn keep(cx: &Cx, args: &Keep) -> Kept {
    let space = if args.user { state::Space::User } else { state::Space::Tenant };
    let mut kept = Kept { value: None, version: None, keys: Vec::new(), error: None, known_user: cx.user() };
    if let Err(error) = act(space, args, &mut kept) {
        kept.error = Some(format!("{error:?}"));
    }
    kept
}

fn act(space: state::Space, args: &Keep, kept: &mut Kept) -> Result<(), state::Error> {
    if let Some(entry) = state::get(space, &args.key)? {
        (kept.value, kept.version) = (Some(entry.value), Some(entry.version));
    }
    if let Some(value) = &args.value {
        kept.version = Some(state::set(space, &args.key, value, args.expected, None)?);
    }
    if args.remove {
        state::remove(space, &args.key)?;
    }
    kept.keys = state::keys(space, "", None)?;
    Ok(())
}

pub(crate) fn settings(cx: &Cx) -> Result<Settings, ToolError> {
    cx.config()
}

pub(crate) fn report(cx: &Cx, args: &Report) {
    for step in 0..args.steps {
        cx.progress(f64::from(step), f64::from(args.steps), "step");
        cx.message(MessageLevel::Info, step);
    }
}
