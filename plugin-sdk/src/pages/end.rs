//! How a walk over pages ended.

use std::fmt;

use crate::{XyteError, XyteErrorKind};

/// Whether a list was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It was.
    Complete,
    /// Something came in between.
    Truncated {
        /// The page to go on with.
        next_page: u32,
        /// What it was.
        why: Cut,
    },
}

/// What stopped a walk before the end of its list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cut {
    /// The walk's own limit of pages.
    PageLimit,
    /// The call's time, but for what the tool needs to answer.
    Time,
    /// The caller has gone.
    Cancelled,
    /// What one call may send or receive.
    Budget,
    /// A page that could not be read.
    Failed(XyteError),
}

impl End {
    /// Whether the list was read to its end.
    pub fn is_complete(&self) -> bool {
        *self == End::Complete
    }

    /// The page to go on with, if the list was not read to its end.
    pub fn next_page(&self) -> Option<u32> {
        match self {
            End::Complete => None,
            End::Truncated { next_page, .. } => Some(*next_page),
        }
    }

    /// Why it was not, in one clause for a reader.
    pub fn why(&self) -> Option<String> {
        match self {
            End::Complete => None,
            End::Truncated { why, .. } => Some(why.to_string()),
        }
    }
}

impl Cut {
    pub(crate) fn of(error: XyteError) -> Cut {
        match error.kind() {
            XyteErrorKind::BudgetExhausted => Cut::Budget,
            XyteErrorKind::Cancelled => Cut::Cancelled,
            _ => Cut::Failed(error),
        }
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cut::PageLimit => f.write_str("one call reads no more pages"),
            Cut::Time => f.write_str("the time of this call ran out"),
            Cut::Cancelled => f.write_str("the call was cancelled"),
            Cut::Budget => f.write_str("one call may send and receive no more"),
            Cut::Failed(error) => write!(f, "a page could not be read ({error})"),
        }
    }
}
