//! Times as people write them and as Xyte wants them.
//!
//! Xyte sends ISO 8601 and takes Unix seconds. A time without an offset is UTC here, since Xyte knows no other; so
//! is a date alone, which stands for its whole day.

mod iso;
mod window;

use std::fmt;
use std::time::Duration;

use jiff::tz::Offset;

use crate::ToolError;
use crate::text::quote;

pub use jiff::Timestamp;
pub use window::Window;

/// One day.
pub const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Text that is no time, or two times that make no window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeError(String);

/// Reads a time: `2026-11-05T10:00:00Z`, `2026-11-05T10:00`, `2026-11-05` (its first instant).
///
/// # Errors
/// It is no time of this form.
pub fn parse(text: &str) -> Result<Timestamp, TimeError> {
    instant(text).map(|(instant, _)| instant)
}

/// Reads the end of a window: like [`parse`], but a date alone is the end of its day.
///
/// # Errors
/// It is no time of this form.
pub fn parse_end(text: &str) -> Result<Timestamp, TimeError> {
    match instant(text)? {
        (instant, true) => Ok(instant),
        (midnight, false) => midnight.checked_add(DAY).map_err(|_| unreadable(text)),
    }
}

/// The instant, and whether the text had a time of day.
fn instant(text: &str) -> Result<(Timestamp, bool), TimeError> {
    let fail = || unreadable(text);
    let parsed = iso::parse(text.trim()).ok_or_else(fail)?;
    let offset = parsed.offset.unwrap_or(Offset::UTC);
    let instant = offset.to_timestamp(parsed.civil()).map_err(|_| fail())?;
    Ok((instant, parsed.time.is_some()))
}

fn unreadable(text: &str) -> TimeError {
    TimeError(format!(
        "{} is not a time of ISO 8601 such as 2026-11-05T10:00:00Z or 2026-11-05.",
        quote(text)
    ))
}

impl fmt::Display for TimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for TimeError {}

impl From<TimeError> for ToolError {
    fn from(error: TimeError) -> ToolError {
        ToolError::new("invalid_time", error.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_without_an_offset_are_utc() {
        let ten = "2026-11-05T10:00:00Z";
        for text in
            ["2026-11-05T10:00:00Z", "2026-11-05T10:00", "2026-11-05 10:00:00", "2026-11-05T12:00:00+02:00"]
        {
            assert_eq!(parse(text).unwrap().to_string(), ten, "{text}");
        }
        assert_eq!(parse("2026-11-05T10:00:00.250Z").unwrap().as_millisecond() % 1000, 250);
    }

    #[test]
    fn a_date_alone_is_its_whole_day() {
        assert_eq!(parse("2026-11-05").unwrap().to_string(), "2026-11-05T00:00:00Z");
        assert_eq!(parse_end("2026-11-05").unwrap().to_string(), "2026-11-06T00:00:00Z");
        assert_eq!(parse_end("2026-11-05T07:00Z").unwrap().to_string(), "2026-11-05T07:00:00Z");
    }

    #[test]
    fn what_is_no_time_is_named_and_refused() {
        for text in
            ["", "yesterday", "2026-13-01", "1762336800", "2026-11-05T10:00[Europe/Rome]", "05/11/2026"]
        {
            let error = ToolError::from(parse(text).unwrap_err());
            assert_eq!(error.code(), "invalid_time", "{text}");
        }
    }
}
