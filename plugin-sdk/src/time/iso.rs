//! ISO 8601 as people and APIs write it.
//!
//! jiff has a parser for all of it, but its error messages alone would make each plugin 200 KB larger; it stays the
//! judge of what a date and an offset are, and the tests hold this parser against it.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

/// What a text says, as far as it says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Parsed {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    pub(super) offset: Option<Offset>,
}

impl Parsed {
    /// The date at its time, or at midnight.
    pub(super) fn civil(&self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }
}

/// `2026-11-05`, `2026-11-05T10:00`, `2026-11-05 10:00:00.25`, `2026-11-05T10:00:00Z`, `2026-11-05T10:00:00+02:00`
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let mut text = Text(text.as_bytes());
    let (year, month, day) = (text.number(4)?, text.after(b"-", 2)?, text.after(b"-", 2)?);
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    if text.0.is_empty() {
        return Some(Parsed { date, time: None, offset: None });
    }
    text.one_of(b"Tt ")?;
    let time = text.time()?;
    let offset = text.offset()?;
    text.0.is_empty().then_some(Parsed { date, time: Some(time), offset })
}

/// What is left to read.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        bytes.contains(first).then(|| self.0 = rest)?;
        Some(*first)
    }

    fn number(&mut self, digits: usize) -> Option<i32> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number
            .iter()
            .try_fold(0, |value, digit| digit.is_ascii_digit().then(|| value * 10 + i32::from(digit - b'0')))
    }

    fn after(&mut self, separator: &[u8], digits: usize) -> Option<i32> {
        self.one_of(separator)?;
        self.number(digits)
    }

    fn time(&mut self) -> Option<Time> {
        let (hour, minute) = (self.number(2)?, self.after(b":", 2)?);
        let (mut second, mut nanosecond) = (0, 0);
        if self.0.first() == Some(&b':') {
            // A leap second is the one before it: no clock here counts them.
            second = match self.after(b":", 2)? {
                60 => 59,
                second => second,
            };
            if self.one_of(b".,").is_some() {
                nanosecond = self.fraction()?;
            }
        }
        Time::new(
            i8::try_from(hour).ok()?,
            i8::try_from(minute).ok()?,
            i8::try_from(second).ok()?,
            nanosecond,
        )
        .ok()
    }

    /// One to nine digits behind the point, as nanoseconds.
    fn fraction(&mut self) -> Option<i32> {
        let digits = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let scale = 10_i32.pow(u32::try_from(9_usize.checked_sub(digits)?).ok()?);
        (digits > 0).then(|| self.number(digits))?.map(|number| number * scale)
    }

    /// `Z`, `+02:00`, `-0330`, `+02`, or none.
    fn offset(&mut self) -> Option<Option<Offset>> {
        if self.0.is_empty() {
            return Some(None);
        }
        let sign = match self.one_of(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(Some(Offset::UTC)),
        };
        let hours = self.number(2)?;
        let colon = self.one_of(b":").is_some();
        let minutes = if self.0.is_empty() && !colon { 0 } else { self.number(2)? };
        if hours > 23 || minutes > 59 {
            return None;
        }
        Offset::from_seconds(sign * (hours * 60 + minutes) * 60).ok().map(Some)
    }
}

#[cfg(test)]
mod tests {
    use jiff::fmt::temporal::Pieces;
    use proptest::prelude::*;

    use super::*;

    /// The same by jiff's own parser, but for what this one leaves out on purpose.
    fn by_jiff(text: &str) -> Option<Parsed> {
        let pieces = Pieces::parse(text).ok()?;
        let parsed = Parsed { date: pieces.date(), time: pieces.time(), offset: pieces.to_numeric_offset() };
        pieces.time_zone_annotation().is_none().then_some(parsed)
    }

    #[test]
    fn every_usual_form_is_read() {
        for text in [
            "2026-11-05",
            "2026-11-05T10:00",
            "2026-11-05 10:00:00",
            "2026-11-05t10:00:00.1z",
            "2026-11-05T23:59:60Z",
            "2024-02-29T10:00:00.123456789+02:00",
            "2026-11-05T10:00:00-03:30",
            "2026-11-05T10:00:00+0530",
            "2026-11-05T10:00:00-08",
            "0001-01-01T00:00:00Z",
        ] {
            assert!(parse(text).is_some(), "{text}");
            assert_eq!(parse(text), by_jiff(text), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-5",
            "2026-02-29",
            "2026-13-01",
            "2026-11-05T",
            "2026-11-05T10",
            "2026-11-05T24:00",
            "2026-11-05T10:60",
            "2026-11-05T10:00:61",
            "2026-11-05T10:00:00.",
            "2026-11-05T10:00:00.1234567890Z",
            "2026-11-05T10:00:00+2",
            "2026-11-05T10:00:00+24:00",
            "2026-11-05T10:00:00+02:60",
            "2026-11-05T10:00:00+02:",
            "2026-11-05T10:00:00Zulu",
            "2026-11-05Z",
            "２０２６-11-05",
            "+2026-11-05",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_jiff_reads(text in "[0-9]{4}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9](\\.[0-9]{1,9})?)?(Z|[+-][01][0-9](:?[0-5][0-9])?)?)?") {
            prop_assert_eq!(parse(&text), by_jiff(&text));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,40}|[0-9TZ:.+ -]{0,40}") {
            if let Some(parsed) = parse(&text) {
                prop_assert_eq!(Some(parsed), by_jiff(&text));
            }
        }
    }
}
