//! The text form of faults: `slow=500ms,status=503:5%,429=20%,retry-after=2s`.

use std::str::FromStr;
use std::time::Duration;

use axum::http::StatusCode;

use super::{Chance, Fault, Faults, Rule};

/// The longest delay: longer than any client waits, and short enough to be no accident.
const DELAY_MAX: Duration = Duration::from_secs(3600);

/// Every fault's name and form, for parsing and for the errors alike.
const FORMS: [(&str, &str); 9] = [
    ("slow", "slow=DURATION[:PERCENT]"),
    ("fail", "fail[=PERCENT]"),
    ("status", "status=400..599[:PERCENT]"),
    ("429", "429[=PERCENT]"),
    ("retry-after", "retry-after=SECONDSs, after fail, status or 429"),
    ("cut", "cut=BYTES[:PERCENT]"),
    ("hang", "hang[=PERCENT]"),
    ("garbage", "garbage[=PERCENT]"),
    ("redirect", "redirect=URL[:PERCENT]"),
];

/// A part of a text that asks for no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultSyntaxError {
    /// There is no fault of that name.
    #[error("`{part}` is not a fault; known are {}", known())]
    Unknown {
        /// What was written between two commas.
        part: String,
    },
    /// The fault exists, and its value is none.
    #[error(
        "`{part}` must be of the form {form}, where DURATION is a whole number with ms, s or m (at most {} s) and \
         PERCENT is 0% to 100% with at most two decimals",
        DELAY_MAX.as_secs()
    )]
    Value {
        /// What was written between two commas.
        part: String,
        /// What should have been.
        form: &'static str,
    },
}

impl FromStr for Faults {
    type Err = FaultSyntaxError;

    /// Reads the text form. Nothing at all means no faults.
    fn from_str(text: &str) -> Result<Faults, FaultSyntaxError> {
        let mut rules = Vec::new();
        if text.trim().is_empty() {
            return Ok(Faults { rules });
        }
        for part in text.split(',').map(str::trim) {
            let (name, value) = match part.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (part, None),
            };
            let Some((_, form)) = FORMS.iter().find(|(known, _)| *known == name) else {
                return Err(FaultSyntaxError::Unknown { part: part.to_owned() });
            };
            apply(&mut rules, name, value)
                .ok_or_else(|| FaultSyntaxError::Value { part: part.to_owned(), form })?;
        }
        Ok(Faults { rules })
    }
}

/// Adds the fault that one part asks for. None if its value is wrong.
fn apply(rules: &mut Vec<Rule>, name: &str, value: Option<&str>) -> Option<()> {
    if name == "retry-after" {
        return set_retry_after(rules, value?);
    }
    let (fault, chance) = match name {
        "slow" => with_chance(value?, |text| duration(text).map(Fault::Slow))?,
        "status" => with_chance(value?, |text| error_status(text).map(status))?,
        "cut" => with_chance(value?, |text| whole_number(text).map(Fault::Cut))?,
        "redirect" => with_chance(value?, |text| location(text).map(Fault::Redirect))?,
        "fail" => (status(StatusCode::INTERNAL_SERVER_ERROR), chance_alone(value)?),
        "429" => (status(StatusCode::TOO_MANY_REQUESTS), chance_alone(value)?),
        "hang" => (Fault::Hang, chance_alone(value)?),
        "garbage" => (Fault::Garbage, chance_alone(value)?),
        _ => return None,
    };
    rules.push(Rule { fault, chance });
    Some(())
}

fn status(status: StatusCode) -> Fault {
    Fault::Status { status, retry_after: None }
}

/// It belongs to the nearest status before it, which must not have one yet.
fn set_retry_after(rules: &mut [Rule], value: &str) -> Option<()> {
    let seconds = whole_number(value.strip_suffix('s')?)?;
    let slot = rules.iter_mut().rev().find_map(|rule| match &mut rule.fault {
        Fault::Status { retry_after, .. } => Some(retry_after),
        _ => None,
    })?;
    if slot.is_some() {
        return None;
    }
    *slot = Some(Duration::from_secs(seconds));
    Some(())
}

/// `VALUE` or `VALUE:PERCENT`. A colon without a percentage behind it belongs to the value, as in a URL.
fn with_chance(text: &str, fault: impl Fn(&str) -> Option<Fault>) -> Option<(Fault, Chance)> {
    match text.rsplit_once(':') {
        Some((value, percent)) if percent.ends_with('%') => Some((fault(value)?, chance(percent)?)),
        _ => Some((fault(text)?, Chance::ALWAYS)),
    }
}

fn chance_alone(value: Option<&str>) -> Option<Chance> {
    value.map_or(Some(Chance::ALWAYS), chance)
}

fn chance(text: &str) -> Option<Chance> {
    let number = text.strip_suffix('%')?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    if fraction.is_empty() || fraction.len() > 2 {
        return None;
    }
    let hundredths = whole_number(&format!("{fraction:0<2}"))?;
    let total = whole_number(whole)?.checked_mul(100)?.checked_add(hundredths)?;
    Chance::from_hundredths(u16::try_from(total).ok()?)
}

fn duration(text: &str) -> Option<Duration> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit_ms = match &text[digits.len()..] {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        _ => return None,
    };
    let delay = Duration::from_millis(whole_number(digits)?.checked_mul(unit_ms)?);
    (delay <= DELAY_MAX).then_some(delay)
}

fn error_status(text: &str) -> Option<StatusCode> {
    let status = StatusCode::from_bytes(text.as_bytes()).ok()?;
    (status.is_client_error() || status.is_server_error()).then_some(status)
}

/// What a header can hold: anything else could not be sent.
fn location(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| text.to_owned())
}

/// Digits alone: unlike `parse`, no sign.
fn whole_number(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn known() -> String {
    FORMS.map(|(_, form)| form).join("; ")
}
