//! The failures that are known, each with its reason.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::outcome::{Check, Outcome};
use super::row;
use crate::workspace;

const FILE: &str = "xtask/conformance/expected.toml";

/// The list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    #[serde(default)]
    expected: Vec<Entry>,
}

/// One known failure.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The rows in which it is expected; all of them when there are none.
    #[serde(default)]
    rows: Vec<String>,
    scenario: String,
    /// Checks of the scenario; without them, whatever fails in it.
    #[serde(default)]
    checks: Vec<String>,
    reason: String,
}

/// What the list makes of a run.
#[derive(Default)]
pub(super) struct Verdict {
    /// Failures that are listed: the row, the check, and the reason of its entry.
    pub(super) listed: Vec<(&'static str, Check, String)>,
    /// Failures that are not.
    pub(super) unlisted: Vec<(&'static str, Check)>,
    /// Entries that should go, and why.
    pub(super) stale: Vec<String>,
}

impl Expected {
    /// Reads the list of the repository.
    pub(super) fn read() -> anyhow::Result<Expected> {
        let path = workspace::root().join(FILE);
        let text = fs::read_to_string(&path).with_context(|| format!("{FILE} cannot be read"))?;
        Expected::parse(&text).with_context(|| FILE.to_owned())
    }

    fn parse(text: &str) -> anyhow::Result<Expected> {
        let expected: Expected = toml::from_str(text)?;
        let rows: BTreeSet<&str> = row::all().iter().map(|row| row.name).collect();
        for entry in &expected.expected {
            if entry.reason.trim().is_empty() {
                bail!("{}: a reason is missing", entry.scenario);
            }
            if let Some(unknown) = entry.rows.iter().find(|row| !rows.contains(row.as_str())) {
                bail!("{}: there is no row {unknown}", entry.scenario);
            }
        }
        Ok(expected)
    }

    /// Holds the outcomes against the list. An entry that names what no row has is told of when all its rows were run
    /// in full.
    pub(super) fn judge(&self, outcomes: &[Outcome], is_partial: bool) -> Verdict {
        let mut verdict = Verdict::default();
        for outcome in outcomes {
            for check in outcome.failed() {
                match self.expected.iter().find(|entry| entry.covers(outcome.row, check)) {
                    Some(entry) => verdict.listed.push((outcome.row, check.clone(), entry.reason.clone())),
                    None => verdict.unlisted.push((outcome.row, check.clone())),
                }
            }
        }
        let ran: BTreeSet<&str> = outcomes.iter().map(|outcome| outcome.row).collect();
        verdict.stale =
            self.expected.iter().flat_map(|entry| entry.stale(outcomes, &ran, is_partial)).collect();
        verdict
    }
}

impl Entry {
    fn is_for(&self, row: &str) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|listed| listed == row)
    }

    fn names(&self, check: &Check) -> bool {
        self.scenario == check.scenario && (self.checks.is_empty() || self.checks.contains(&check.id))
    }

    fn covers(&self, row: &str, check: &Check) -> bool {
        self.is_for(row) && self.names(check)
    }

    /// What of the entry should go, and why.
    fn stale(&self, outcomes: &[Outcome], ran: &BTreeSet<&str>, is_partial: bool) -> Vec<String> {
        let mut stale = Vec::new();
        let mut seen = false;
        for outcome in outcomes.iter().filter(|outcome| self.is_for(outcome.row)) {
            let own: Vec<&Check> =
                outcome.checks.iter().filter(|check| check.scenario == self.scenario).collect();
            seen |= !own.is_empty();
            let failing: BTreeSet<&str> =
                own.iter().filter(|check| check.has_failed()).map(|check| check.id.as_str()).collect();
            if own.is_empty() {
                continue;
            }
            if self.checks.is_empty() && failing.is_empty() {
                stale.push(format!("{}: nothing fails in {}", self.scenario, outcome.row));
            }
            let passing = self.checks.iter().filter(|check| !failing.contains(check.as_str()));
            stale.extend(
                passing.map(|check| format!("{}: {check} does not fail in {}", self.scenario, outcome.row)),
            );
        }
        let rows = row::all();
        let was_run =
            !is_partial && rows.iter().filter(|row| self.is_for(row.name)).all(|row| ran.contains(row.name));
        if was_run && !seen {
            stale.push(format!("{}: no row has this scenario", self.scenario));
        }
        stale
    }
}

impl Verdict {
    pub(super) fn is_good(&self) -> bool {
        self.unlisted.is_empty() && self.stale.is_empty()
    }

    /// What is wrong, in short.
    pub(super) fn sentence(&self) -> String {
        format!(
            "failures that are not listed: {}; listed ones that do not fail: {}",
            self.unlisted.len(),
            self.stale.len()
        )
    }

    /// How many failures of a row are listed.
    pub(super) fn listed_in(&self, row: &str) -> usize {
        self.listed.iter().filter(|(listed, ..)| *listed == row).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "single-2026-07-28";

    fn outcome(row: &'static str, checks: &[(&str, &str, bool)]) -> Outcome {
        let check = |&(scenario, id, passes): &(&str, &str, bool)| match passes {
            true => Check::passed(scenario, id),
            false => Check::failed(scenario, id, "no"),
        };
        Outcome { row, checks: checks.iter().map(check).collect(), seconds: 0.0 }
    }

    fn list(entry: &str) -> Expected {
        Expected::parse(&format!("[[expected]]\nreason = \"why\"\n{entry}")).unwrap()
    }

    #[test]
    fn what_fails_is_listed_or_not() {
        let outcomes = [outcome(ROW, &[("a", "one", false), ("a", "two", false), ("b", "one", false)])];
        for (entry, listed, unlisted) in [
            ("scenario = \"a\"", 2, 1),
            ("scenario = \"a\"\nchecks = [\"one\"]", 1, 2),
            ("scenario = \"a\"\nrows = [\"single-2026-07-28\"]", 2, 1),
        ] {
            let verdict = list(entry).judge(&outcomes, false);
            assert_eq!((verdict.listed.len(), verdict.unlisted.len()), (listed, unlisted), "{entry}");
            assert!(verdict.stale.is_empty() && !verdict.is_good(), "{entry}");
            assert_eq!(verdict.listed_in(ROW), listed);
        }
        let verdict = list("scenario = \"a\"\nrows = [\"multi-2026-07-28\"]").judge(&outcomes, false);
        assert_eq!((verdict.listed.len(), verdict.unlisted.len()), (0, 3));
    }

    #[test]
    fn an_entry_that_does_not_fail_is_stale() {
        let entry = list("scenario = \"a\"\nchecks = [\"one\"]\nrows = [\"single-2026-07-28\"]");
        assert!(entry.judge(&[outcome(ROW, &[("a", "one", false)])], false).is_good());
        for (checks, is_partial, why) in [
            (&[("a", "one", true)], false, "a: one does not fail in single-2026-07-28"),
            (&[("a", "two", true)], true, "a: one does not fail in single-2026-07-28"),
            (&[("b", "one", true)], false, "a: no row has this scenario"),
        ] {
            let verdict = entry.judge(&[outcome(ROW, checks)], is_partial);
            assert_eq!(verdict.stale, [why]);
            assert!(!verdict.is_good());
        }
        let whole = list("scenario = \"a\"").judge(&[outcome(ROW, &[("a", "one", true)])], false);
        assert_eq!(whole.stale, ["a: nothing fails in single-2026-07-28"]);
        // Of what was not run nothing is said.
        assert!(entry.judge(&[outcome(ROW, &[("b", "one", true)])], true).is_good());
        assert!(entry.judge(&[outcome("multi-2026-07-28", &[("a", "one", true)])], false).is_good());
    }

    #[test]
    fn an_entry_says_why_and_names_rows_that_there_are() {
        for (text, error) in [
            ("[[expected]]\nscenario = \"a\"\nreason = \" \"", "a reason is missing"),
            ("[[expected]]\nscenario = \"a\"", "missing field `reason`"),
            ("[[expected]]\nscenario = \"a\"\nreason = \"b\"\nrows = [\"c\"]", "there is no row c"),
            ("[[expected]]\nscenario = \"a\"\nreason = \"b\"\nchek = \"c\"", "unknown field `chek`"),
        ] {
            let said = format!("{:#}", Expected::parse(text).err().unwrap());
            assert!(said.contains(error), "{said}");
        }
        Expected::read().unwrap();
    }
}
