//! What can go wrong between a client and the hub, and how it is asked for.
//!
//! Faults are asked for in three places, and the most specific one alone counts for a request: a script for its
//! operation, the request's own `X-Sim-Fault` header, the settings that the hub was started with.

mod answer;
mod parse;
mod source;

use std::fmt;
use std::time::Duration;

use axum::http::StatusCode;
use rand::RngExt;

pub(crate) use answer::{HEADER, Instead};
pub use parse::FaultSyntaxError;
pub(crate) use source::FaultSource;
pub use source::UnknownOperation;

/// One thing that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The answer is ready, and waits so long before it is sent.
    Slow(Duration),
    /// The operation is not played; this status is answered instead, with an error body.
    Status {
        /// The status: a final one, 200 or above. The syntax takes 400 to 599.
        status: StatusCode,
        /// What the `Retry-After` header says, in whole seconds. None: no such header.
        retry_after: Option<Duration>,
    },
    /// The connection closes after so many bytes of the response, its head included. A shorter response arrives
    /// whole.
    Cut(u64),
    /// The operation is played, and no answer ever comes.
    Hang,
    /// The operation is not played; status 200 is answered with a page of HTML.
    Garbage,
    /// The operation is not played; status 302 is answered, with this text as its `Location`.
    Redirect(String),
}

/// What goes wrong, each with its chance, in the order in which it is drawn.
///
/// Delays add up; of the faults that answer instead of the operation the first that is drawn counts; a cut applies to
/// whatever is answered. The text form is described in this crate's README.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Faults {
    pub(crate) rules: Vec<Rule>,
}

/// A fault and how likely it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) fault: Fault,
    pub(crate) chance: Chance,
}

/// A probability in hundredths of a percent, so that it is exact and can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chance(u16);

impl Faults {
    /// Nothing goes wrong.
    pub fn none() -> Faults {
        Faults::default()
    }

    /// Whether nothing can go wrong.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Faults {
        Faults { rules: vec![Rule { fault, chance: Chance::ALWAYS }] }
    }
}

impl Chance {
    pub(crate) const ALWAYS: Chance = Chance(10_000);

    /// None above 100 %.
    pub(crate) fn from_hundredths(hundredths: u16) -> Option<Chance> {
        (hundredths <= Chance::ALWAYS.0).then_some(Chance(hundredths))
    }

    fn hits(self, dice: &mut impl rand::Rng) -> bool {
        dice.random_range(0..Chance::ALWAYS.0) < self.0
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rule) in self.rules.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(f, "{comma}{rule}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let chance = self.chance;
        match &self.fault {
            Fault::Slow(delay) => write!(f, "slow={}ms:{chance}", delay.as_millis()),
            Fault::Status { status, retry_after: None } => write!(f, "status={}:{chance}", status.as_u16()),
            Fault::Status { status, retry_after: Some(after) } => {
                write!(f, "status={}:{chance},retry-after={}s", status.as_u16(), after.as_secs())
            }
            Fault::Cut(bytes) => write!(f, "cut={bytes}:{chance}"),
            Fault::Hang => write!(f, "hang={chance}"),
            Fault::Garbage => write!(f, "garbage={chance}"),
            Fault::Redirect(url) => write!(f, "redirect={url}:{chance}"),
        }
    }
}

impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}
