//! Looks at a room whose equipment does not work.

mod diagnose;
mod echo;
mod evidence;
mod findings;
mod history;
mod room;
#[cfg(test)]
mod tests;
mod topics;
mod tree;

use xyte_plugin_sdk::{Answer, Cx, ToolError, plugin, routes};

/// Diagnostics.
pub struct Diagnostics;

/// Looks at a room whose equipment does not work, and shows whether the way to a device works at all.
#[plugin(id = "diagnostics", experimental)]
impl Diagnostics {
    /// Gathers what Xyte knows of the devices in a room: how they are, since when, and what changed in the last week.
    ///
    /// Devices that relate to the complaint come first, those with a problem before the others. It does not guess causes:
    /// it says what was seen, and in `not_seen` what was not. An offline device is itself off or unreachable; of a
    /// disconnected one nothing is known, since what connects it is broken.
    #[tool(
        title = "Diagnose AV issue",
        read_only,
        idempotent,
        timeout_ms = 60000,
        routes(
            routes::GET_SPACES = "Finds the room by its name",
            routes::GET_DEVICES = "Reads the status of the devices in the room"
        ),
        optional(routes::GET_HISTORIES = "Sees what the devices reported in the last week"),
        failures("room_not_found", "ambiguous_room")
    )]
    fn diagnose_av_issue(
        cx: &Cx,
        args: diagnose::DiagnoseAvIssue,
    ) -> Result<Answer<diagnose::Diagnosis>, ToolError> {
        diagnose::run(cx, &args)
    }

    /// Reads a device and returns the message beside its name and status: proof that the whole way works, from the
    /// client through the host and this plugin to Xyte. Nothing is sent to the device.
    #[tool(
        title = "Echo",
        read_only,
        idempotent,
        routes(routes::GET_DEVICE),
        failures("device_not_found", "invalid_device_id")
    )]
    fn echo_command(cx: &Cx, args: echo::EchoCommand) -> Result<echo::Echo, ToolError> {
        echo::run(cx, args)
    }
}
