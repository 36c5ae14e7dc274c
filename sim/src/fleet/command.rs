//! One command and where it stands.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

/// How many stages a command goes through before it is done: scheduled, pending, in progress.
const STAGES: u128 = 3;
/// Commands whose names begin so fail, for demos and tests.
const FAILING_PREFIX: &str = "fail";

/// One command. Where it stands follows from when it was sent, so that no task has to move it.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// Its id.
    pub id: Uuid,
    /// What the device is told.
    pub name: String,
    /// What people read.
    pub friendly_name: Option<String>,
    /// A file that goes with it.
    pub file_id: Option<String>,
    /// Its parameters.
    pub extra_params: Map<String, Value>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// Whether it was cancelled before it ended.
    pub aborted: bool,
}

/// Where a command stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the API's own")]
pub enum CommandStatus {
    Scheduled,
    Pending,
    InProgress,
    Done,
    Failed,
    Aborted,
}

impl Command {
    /// Where it stands at that time, if every stage takes `stage`.
    pub fn status(&self, now: Timestamp, stage: Duration) -> CommandStatus {
        if self.aborted {
            return CommandStatus::Aborted;
        }
        let elapsed_ms = now.duration_since(self.created_at).as_millis().max(0).unsigned_abs();
        match elapsed_ms / stage.as_millis().max(1) {
            0 => CommandStatus::Scheduled,
            1 => CommandStatus::Pending,
            2..STAGES => CommandStatus::InProgress,
            _ if self.name.starts_with(FAILING_PREFIX) => CommandStatus::Failed,
            _ => CommandStatus::Done,
        }
    }
}

impl CommandStatus {
    /// The status as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            CommandStatus::Scheduled => "scheduled",
            CommandStatus::Pending => "pending",
            CommandStatus::InProgress => "in_progress",
            CommandStatus::Done => "done",
            CommandStatus::Failed => "failed",
            CommandStatus::Aborted => "aborted",
        }
    }

    /// Whether nothing will change any more.
    pub fn is_final(self) -> bool {
        matches!(self, CommandStatus::Done | CommandStatus::Failed | CommandStatus::Aborted)
    }
}
