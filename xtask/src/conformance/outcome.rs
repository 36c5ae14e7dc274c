//! What a row saw.

use serde::Deserialize;

/// What came of one row.
pub(super) struct Outcome {
    pub(super) row: &'static str,
    pub(super) checks: Vec<Check>,
    pub(super) seconds: f32,
}

/// One thing that was looked at.
#[derive(Debug, Clone)]
pub(super) struct Check {
    pub(super) scenario: String,
    /// Unique in its scenario, or shared by several that look at the same requirement.
    pub(super) id: String,
    pub(super) status: Status,
    /// Why it failed.
    pub(super) message: String,
}

/// How a check ended, in the suite's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Status {
    Success,
    Failure,
    /// A SHOULD that is not met. Here it counts as a failure: what should be is met or listed.
    Warning,
    Skipped,
    Info,
}

impl Outcome {
    pub(super) fn passed(&self) -> usize {
        self.count(Status::Success)
    }

    pub(super) fn skipped(&self) -> usize {
        self.count(Status::Skipped)
    }

    pub(super) fn failed(&self) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(|check| check.has_failed())
    }

    fn count(&self, status: Status) -> usize {
        self.checks.iter().filter(|check| check.status == status).count()
    }
}

impl Check {
    pub(super) fn passed(scenario: &str, id: &str) -> Check {
        Check::new(scenario, id, Status::Success, String::new())
    }

    pub(super) fn failed(scenario: &str, id: &str, message: impl Into<String>) -> Check {
        Check::new(scenario, id, Status::Failure, message.into())
    }

    pub(super) fn new(scenario: &str, id: &str, status: Status, message: String) -> Check {
        Check { scenario: scenario.to_owned(), id: id.to_owned(), status, message }
    }

    pub(super) fn has_failed(&self) -> bool {
        matches!(self.status, Status::Failure | Status::Warning)
    }
}
