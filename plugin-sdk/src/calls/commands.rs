//! Commands to devices.

mod wait;

use serde::Serialize;

use super::declare::call;
use crate::api::Command;

pub use wait::{CommandEnd, CommandWait, wait_for_command};

call! {
    /// Lists the commands that were sent to a device. Which commands its model knows cannot be read.
    fn get_commands(path device_id: &str) -> rows Command;
    route GET_COMMANDS, read;
}

call! {
    /// Queues a command for a device, which fetches it within 5 to 120 seconds; [`wait_for_command`] sees how it
    /// ends. The answer has the command's [`id`](super::Done::id), as far as is known.
    fn send_command(path device_id: &str, body name: &str) -> done;
    route SEND_COMMAND, privileged;
    options SendCommand {
        /// What people read.
        body friendly_name: &'a str,
        /// A file that goes with it.
        body file_id: &'a str,
        /// What goes with it, by name.
        json extra_params: &impl Serialize,
    }
}

call! {
    /// Cancels a command that has not ended.
    fn cancel_command(path device_id: &str, path command_id: &str) -> done;
    route CANCEL_COMMAND, destructive;
}
