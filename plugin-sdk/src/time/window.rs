//! Spans of time.

use std::time::Duration;

use jiff::Timestamp;

use super::{TimeError, parse, parse_end};

/// A span of time in whole seconds, which is how Xyte counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    from: i64,
    to: i64,
}

impl Window {
    /// The window from one time to another. What is less than a second belongs to it.
    ///
    /// # Errors
    /// It ends before it begins.
    pub fn new(from: Timestamp, to: Timestamp) -> Result<Window, TimeError> {
        let window = Window { from: floor(from), to: ceiling(to) };
        if from >= to {
            return Err(TimeError(format!("The window ends ({to}) before it begins ({from}).")));
        }
        Ok(window)
    }

    /// The window that texts such as a tool's arguments say. Without an end it ends at `now`, and never after it;
    /// without a beginning it is as long as `usual`.
    ///
    /// # Errors
    /// A text is no time, or the window ends before it begins.
    pub fn between(
        from: Option<&str>,
        to: Option<&str>,
        now: Timestamp,
        usual: Duration,
    ) -> Result<Window, TimeError> {
        let to = to.map(parse_end).transpose()?.map_or(now, |to| to.min(now));
        let from = match from {
            Some(from) => parse(from)?,
            None => to.checked_sub(usual).unwrap_or(Timestamp::MIN),
        };
        Window::new(from, to)
    }

    /// Its first second since 1970, as Xyte's `from`.
    pub fn from_epoch(&self) -> i64 {
        self.from
    }

    /// Its last second since 1970, as Xyte's `to`.
    pub fn to_epoch(&self) -> i64 {
        self.to
    }

    /// Its beginning.
    pub fn start(&self) -> Timestamp {
        Timestamp::from_second(self.from).unwrap_or(Timestamp::MIN)
    }

    /// Its end.
    pub fn end(&self) -> Timestamp {
        Timestamp::from_second(self.to).unwrap_or(Timestamp::MAX)
    }

    /// How long it is.
    pub fn length(&self) -> Duration {
        Duration::from_secs(self.to.abs_diff(self.from))
    }

    /// The same span as windows of at most `longest`, oldest first. Each begins where the one before ends, so that
    /// nothing falls between two; what happened in that very second may be in both.
    pub fn split(&self, longest: Duration) -> Vec<Window> {
        let step = i64::try_from(longest.as_secs()).unwrap_or(i64::MAX).max(1);
        let mut windows = Vec::new();
        let mut from = self.from;
        while from < self.to {
            let to = from.saturating_add(step).min(self.to);
            windows.push(Window { from, to });
            from = to;
        }
        windows
    }
}

fn floor(time: Timestamp) -> i64 {
    time.as_second() - i64::from(time.subsec_nanosecond() < 0)
}

fn ceiling(time: Timestamp) -> i64 {
    time.as_second() + i64::from(time.subsec_nanosecond() > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::DAY;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_window_is_as_long_as_usual_and_never_in_the_future() {
        let now = at("2026-11-22T10:00:00Z");
        let window = |from, to| Window::between(from, to, now, 7 * DAY);
        let week = window(None, None).unwrap();
        assert_eq!((week.start().to_string(), week.end()), ("2026-11-15T10:00:00Z".to_owned(), now));
        assert_eq!(window(Some("2026-11-22"), Some("2026-11-22")).unwrap().end(), now);
        assert_eq!(window(None, Some("2026-11-01")).unwrap().end(), at("2026-11-02T00:00:00Z"));
        assert!(window(Some("2026-11-23"), None).is_err());
        assert!(window(Some("2026-11-03"), Some("2026-11-01")).is_err());
    }

    #[test]
    fn parts_of_seconds_belong_to_the_window() {
        let window = Window::new(at("2026-11-01T00:00:00.7Z"), at("2026-11-01T00:00:01.2Z")).unwrap();
        assert_eq!(window.start(), at("2026-11-01T00:00:00Z"));
        assert_eq!(window.end(), at("2026-11-01T00:00:02Z"));
        assert_eq!(
            Window::new(at("1969-12-31T23:59:58.5Z"), at("1970-01-01T00:00:00Z")).unwrap().from_epoch(),
            -2
        );
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(from in -4_000_000_000i64..4_000_000_000, length in 1i64..100_000_000, days in 1u32..400) {
            let whole = Window { from, to: from + length };
            let longest = days * DAY;
            let parts = whole.split(longest);
            prop_assert_eq!(parts[0].from, whole.from);
            prop_assert_eq!(parts[parts.len() - 1].to, whole.to);
            prop_assert!(parts.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(parts.iter().all(|part| part.length() <= longest && part.length() > Duration::ZERO));
            prop_assert_eq!(parts.len() as u64, whole.length().as_secs().div_ceil(longest.as_secs()));
        }

        #[test]
        fn a_written_time_is_read_as_itself(second in -2_000_000_000i64..4_000_000_000, millisecond in 0i64..1000) {
            let time = Timestamp::from_millisecond(second * 1000 + millisecond).unwrap();
            prop_assert_eq!(parse(&time.to_string()).unwrap(), time);
            let without_offset = time.to_string().replace('Z', "");
            prop_assert_eq!(parse(&without_offset).unwrap(), time);
        }
    }
}
