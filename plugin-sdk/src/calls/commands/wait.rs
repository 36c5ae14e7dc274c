//! Waiting for a command to end.

use crate::api::{Command, CommandStatus};
use crate::calls::get_commands;
use crate::pages::MARGIN_MS;
use crate::{Cut, Cx, XyteError, XyteErrorKind};

/// The pause before the second look. Each further one is twice as long, up to the longest.
const FIRST_PAUSE_MS: u32 = 1_000;
/// The longest pause, unless told otherwise: even ten minutes of it stay within the requests of one call.
const LONGEST_PAUSE_MS: u32 = 10_000;

/// Waits until a command has ended, or the time of this call has.
///
/// ```
/// # use xyte_plugin_sdk::{Cx, Text, ToolError, calls::{self, CommandEnd}};
/// # fn tool(cx: &Cx, id: &str) -> Result<Text, ToolError> {
/// let sent = calls::send_command(cx, id, "reboot").send()?;
/// let Some(command_id) = sent.id() else { return Ok(Text("It was sent.".to_owned())) };
/// Ok(Text(match calls::wait_for_command(cx, id, &command_id).run()? {
///     CommandEnd::Done(_) => "It was done.".to_owned(),
///     CommandEnd::Failed(_) => "The device could not do it.".to_owned(),
///     CommandEnd::Aborted(_) => "It was cancelled.".to_owned(),
///     CommandEnd::Unfinished { why, .. } => format!("It was sent and has not ended: {why}."),
/// }))
/// # }
/// ```
pub fn wait_for_command<'a>(cx: &'a Cx, device_id: &'a str, command_id: &'a str) -> CommandWait<'a> {
    let (pause_ms_max, margin_ms) = (LONGEST_PAUSE_MS, MARGIN_MS);
    CommandWait { cx, device_id, command_id, pause_ms_max, margin_ms }
}

/// A wait for a command, by looking at the device's commands again and again
/// ([`GET_COMMANDS`](crate::routes::GET_COMMANDS)): Xyte has no other way.
#[derive(Debug, Clone)]
#[must_use = "nothing is waited for until it runs"]
pub struct CommandWait<'a> {
    cx: &'a Cx,
    device_id: &'a str,
    command_id: &'a str,
    pause_ms_max: u32,
    margin_ms: u32,
}

/// How a wait for a command ended.
#[derive(Debug, Clone, PartialEq)]
pub enum CommandEnd {
    /// The device did it.
    Done(Command),
    /// The device could not do it.
    Failed(Command),
    /// It was cancelled.
    Aborted(Command),
    /// The wait ended before the command, which may still be done.
    Unfinished {
        /// The command as it was last seen, if it was.
        command: Option<Command>,
        /// What ended the wait.
        why: Cut,
    },
}

impl CommandWait<'_> {
    /// Looks at least so often.
    pub fn every_ms(mut self, milliseconds: u32) -> Self {
        self.pause_ms_max = milliseconds.max(1);
        self
    }

    /// Stops when so little time is left.
    pub fn leaving_ms(mut self, milliseconds: u32) -> Self {
        self.margin_ms = milliseconds;
        self
    }

    /// Waits. What may pass (too many requests, a time-out) only makes it wait longer.
    ///
    /// # Errors
    /// The commands cannot be read, and looking again will not change that.
    pub fn run(self) -> Result<CommandEnd, XyteError> {
        let mut seen = None;
        let mut pause_ms = FIRST_PAUSE_MS;
        loop {
            let trouble = match self.look() {
                Ok(Some(command)) => match end_of(command.status.as_ref()) {
                    Some(end) => return Ok(end(command)),
                    None => {
                        seen = Some(command);
                        None
                    }
                },
                // It may not be listed yet.
                Ok(None) => None,
                Err(error) if stops(&error) => {
                    return Ok(CommandEnd::Unfinished { command: seen, why: Cut::of(error) });
                }
                Err(error) if may_pass(&error) => Some(error),
                Err(error) => return Err(error),
            };
            if let Err(why) = self.pause(trouble, pause_ms) {
                return Ok(CommandEnd::Unfinished { command: seen, why });
            }
            pause_ms = pause_ms.saturating_mul(2);
        }
    }

    fn look(&self) -> Result<Option<Command>, XyteError> {
        let left_ms = self.cx.remaining_ms();
        let timeout_ms = left_ms.saturating_sub(self.margin_ms / 2).max(left_ms / 2);
        let commands = get_commands(self.cx, self.device_id).timeout_ms(timeout_ms).send()?.items;
        Ok(commands.into_iter().find(|command| command.id == self.command_id))
    }

    /// Pauses before the next look, or says why there is none.
    fn pause(&self, trouble: Option<XyteError>, pause_ms: u32) -> Result<(), Cut> {
        let wanted_ms = trouble.as_ref().and_then(XyteError::retry_after_ms).unwrap_or(1);
        let left_ms = self.cx.remaining_ms().saturating_sub(self.margin_ms);
        let pause_ms = pause_ms.min(self.pause_ms_max).max(wanted_ms).min(left_ms);
        if left_ms >= wanted_ms && self.cx.sleep_ms(pause_ms) {
            return Ok(());
        }
        Err(match trouble {
            _ if self.cx.is_cancelled() => Cut::Cancelled,
            Some(error) => Cut::Failed(error),
            None => Cut::Time,
        })
    }
}

/// What the end of a command of that status is, if it is one.
fn end_of(status: Option<&CommandStatus>) -> Option<fn(Command) -> CommandEnd> {
    match status? {
        CommandStatus::Done => Some(CommandEnd::Done),
        CommandStatus::Failed => Some(CommandEnd::Failed),
        CommandStatus::Aborted => Some(CommandEnd::Aborted),
        _ => None,
    }
}

/// Whether this call can look no more.
fn stops(error: &XyteError) -> bool {
    matches!(error.kind(), XyteErrorKind::BudgetExhausted | XyteErrorKind::Cancelled)
}

/// Whether a later look may succeed.
fn may_pass(error: &XyteError) -> bool {
    use XyteErrorKind::{RateLimited, Timeout, Unavailable, Upstream};
    matches!(error.kind(), RateLimited | Timeout | Unavailable | Upstream)
}
