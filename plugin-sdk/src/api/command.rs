//! Commands to devices.

use super::Json;
use super::object::object;
use super::words::words;

object! {
    /// A command that was sent to a device.
    Command {
        /// The command's id.
        id: String,
        /// Where it stands.
        status: Option<CommandStatus>,
        /// What the device is told: `reboot`, `dump`, or what its model knows besides.
        name: Option<String>,
        /// What people read.
        friendly_name: Option<String>,
        /// What goes with it; what was sent as `extra_params`.
        parameters: Option<Json>,
        /// What the device said to it.
        message: Option<String>,
        /// When it was sent.
        created_at: Option<String>,
        /// When it last changed.
        updated_at: Option<String>,
    }
}

words! {
    /// Where a command stands. A device asks for its next command every 5 to 120 seconds, as its plan says.
    CommandStatus {
        /// It is to be sent later.
        Scheduled = "scheduled",
        /// The device has not fetched it.
        Pending = "pending",
        /// The device is at it.
        InProgress = "in_progress",
        /// The device did it.
        Done = "done",
        /// The device could not do it.
        Failed = "failed",
        /// It was cancelled.
        Aborted = "aborted",
    }
}

impl CommandStatus {
    /// Whether nothing will change any more. Of a word that is not known, that is not known.
    pub fn is_final(&self) -> bool {
        matches!(self, CommandStatus::Done | CommandStatus::Failed | CommandStatus::Aborted)
    }
}
