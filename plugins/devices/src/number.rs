//! Numbers for people.

/// `1,250`
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 device`, `1,250 devices`
pub(crate) fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(number))
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped};

    #[test]
    fn thousands_are_set_apart() {
        let numbers = [0, 7, 999, 1_000, 1_250, 999_999, 1_000_000];
        assert_eq!(numbers.map(grouped), ["0", "7", "999", "1,000", "1,250", "999,999", "1,000,000"]);
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!([0, 1, 2].map(|number| counted(number, "device")), ["0 devices", "1 device", "2 devices"]);
    }
}
