//! Words and numbers for a person.

use std::io::Write as _;
use std::time::Duration;

/// A line on standard output.
pub(super) fn line(text: &str) -> std::io::Result<()> {
    writeln!(std::io::stdout(), "{text}")
}

/// `179 KB`, `1.1 MB`: thousands, as file listings show them.
pub(super) fn bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// `36 µs`, `1.2 ms`, `3.4 s`.
pub(super) fn time(time: Duration) -> String {
    match time.as_micros() {
        0..1_000 => format!("{} µs", time.as_micros()),
        1_000..1_000_000 => format!("{:.1} ms", time.as_secs_f64() * 1e3),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!(
            [bytes(999), bytes(1_000), bytes(179_999), bytes(1_150_000)],
            ["999 bytes", "1 KB", "179 KB", "1.1 MB"]
        );
        let time = |micros| time(Duration::from_micros(micros));
        assert_eq!([time(36), time(1_234), time(3_400_000)], ["36 µs", "1.2 ms", "3.4 s"]);
    }
}
