//! Talking where a plugin should not.

use std::io::Write;

use schemars::JsonSchema;
use serde::Deserialize;
use xyte_plugin_sdk::{Cx, Text, ToolError};

/// What is said.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Say {
    lines: Vec<String>,
}

pub(crate) fn say(cx: &Cx, args: &Say) -> Result<Text, ToolError> {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    for line in &args.lines {
        cx.info(line, &[("said", line)]);
        let written = writeln!(out, "{line}").and_then(|()| writeln!(err, "{line}"));
        written.map_err(|error| ToolError::new("not_written", error.to_string()))?;
    }
    Ok(Text("Said.".to_owned()))
}
