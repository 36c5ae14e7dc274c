//! What a guest says, in the operator's log, within bounds.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use tracing::Level;

use super::limits::{LOG_BYTES_MAX, LOG_LINE_BYTES_MAX, LOG_LINES_MAX};
use super::text::cut;

/// The log of one call. It counts, and it never fails the guest.
#[derive(Debug)]
pub(super) struct GuestLog {
    origin: Origin,
    lines: AtomicU32,
    bytes: AtomicUsize,
    dropped: AtomicU32,
}

/// Whose lines they are.
#[derive(Debug, Clone)]
pub(super) struct Origin {
    pub(super) plugin: Arc<str>,
    pub(super) tool: Arc<str>,
    pub(super) tenant: Arc<str>,
    pub(super) request_id: Arc<str>,
}

impl GuestLog {
    pub(super) fn new(origin: Origin) -> GuestLog {
        GuestLog { origin, lines: 0.into(), bytes: 0.into(), dropped: 0.into() }
    }

    /// Whose log it is.
    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Logs one line; what is too long of it is cut, and what is too much is counted and dropped.
    pub(super) fn write(&self, level: Level, message: &str, fields: &str) {
        let message = plain(message);
        let fields = plain(fields);
        let line = self.lines.fetch_add(1, Ordering::Relaxed);
        let bytes = self.bytes.fetch_add(message.len() + fields.len(), Ordering::Relaxed);
        if line >= LOG_LINES_MAX || bytes >= LOG_BYTES_MAX {
            self.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        self.emit(level, &message, &fields);
    }

    fn emit(&self, level: Level, message: &str, fields: &str) {
        let Origin { plugin, tool, tenant, request_id } = &self.origin;
        macro_rules! emit {
            ($level:expr) => {
                tracing::event!($level, %plugin, %tool, %tenant, %request_id, fields, guest = message, "plugin log")
            };
        }
        match level {
            Level::ERROR => emit!(Level::ERROR),
            Level::WARN => emit!(Level::WARN),
            Level::INFO => emit!(Level::INFO),
            Level::DEBUG => emit!(Level::DEBUG),
            _ => emit!(Level::TRACE),
        }
    }
}

impl Drop for GuestLog {
    fn drop(&mut self) {
        let dropped = *self.dropped.get_mut();
        if dropped > 0 {
            let Origin { plugin, tool, request_id, .. } = &self.origin;
            tracing::warn!(%plugin, %tool, %request_id, dropped, "the plugin logged more than it may");
        }
    }
}

/// The text cut to a line's length, with control characters (line breaks, escape sequences) replaced, so that it can
/// neither forge a line nor steer a terminal.
fn plain(text: &str) -> String {
    cut(text, LOG_LINE_BYTES_MAX)
        .chars()
        .map(|char| if char.is_control() { '\u{fffd}' } else { char })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_and_excess_length_are_taken_away() {
        assert_eq!(plain("a\nb\u{1b}[31mc"), "a\u{fffd}b\u{fffd}[31mc");
        assert_eq!(plain(&"x".repeat(LOG_LINE_BYTES_MAX + 1)).len(), LOG_LINE_BYTES_MAX);
        assert_eq!(plain(&"ä".repeat(LOG_LINE_BYTES_MAX)).len(), LOG_LINE_BYTES_MAX);
    }
}
