//! What a client hears while a call runs.

use xyte_plugin_sdk::{Cx, MessageLevel, Text};

/// Between two reports: long enough to be two, short enough for a suite.
const PAUSE_MS: u32 = 50;
/// Of a call whose stream may end before its answer.
const LATE_MS: u32 = 100;

pub(crate) fn progress(cx: &Cx) -> Text {
    for (step, done) in [0.0, 50.0, 100.0].into_iter().enumerate() {
        if step > 0 {
            cx.sleep_ms(PAUSE_MS);
        }
        cx.progress(done, 100.0, None);
    }
    Text("All three steps are done.".to_owned())
}

pub(crate) fn messages(cx: &Cx) -> Text {
    let messages = ["Tool execution started", "Tool processing data", "Tool execution completed"];
    for (step, message) in messages.into_iter().enumerate() {
        if step > 0 {
            cx.sleep_ms(PAUSE_MS);
        }
        cx.message(MessageLevel::Info, message);
    }
    Text("Three messages were sent.".to_owned())
}

pub(crate) fn message(cx: &Cx) -> Text {
    cx.message(MessageLevel::Info, "A message for a client that asked for messages");
    Text("A message was sent.".to_owned())
}

pub(crate) fn late(cx: &Cx) -> Text {
    cx.sleep_ms(LATE_MS);
    Text("The answer came late.".to_owned())
}
