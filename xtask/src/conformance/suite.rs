//! The conformance suite: run as the program that it is, and read from the files that it leaves.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;
use serde_json::Value;

use super::outcome::{Check, Status};
use crate::process::{command, run_within};
use crate::workspace;

/// How long a whole run may take. It takes seconds; scenarios that hang take 30 s each, by the suite's own limit.
const LIMIT: Duration = Duration::from_secs(300);
/// What the suite's program is called below the packages of npm.
const PROGRAM: &str = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
/// What the suite leaves of a scenario.
const CHECKS: &str = "checks.json";
/// The characters of the time that ends the name of a scenario's directory: `2026-11-22T22-24-32-427Z`.
const TIME_CHARS: usize = 24;

/// Which scenarios are meant.
#[derive(Clone, Copy)]
pub(super) enum Scope {
    /// What the revision requires, and what the suite runs for it beyond that.
    Requirements(&'static str),
    /// Everything that can be run at the revision.
    All(&'static str),
}

impl Scope {
    fn revision(self) -> &'static str {
        match self {
            Scope::Requirements(revision) | Scope::All(revision) => revision,
        }
    }
}

/// A check as the suite writes it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    id: String,
    status: Status,
    #[serde(default)]
    description: String,
    error_message: Option<String>,
    #[serde(default)]
    details: Value,
}

/// Runs the suite against the host at `url`; every check of every scenario.
pub(super) fn run(row: &str, url: &str, scope: Scope, scenario: Option<&str>) -> anyhow::Result<Vec<Check>> {
    let directory = workspace::conformance().join(row);
    fs::create_dir_all(&directory)?;
    let log = directory.join("output.log");
    let mut suite = program(url, scope, scenario);
    suite.arg("--output-dir").arg(&directory);
    let ended = run_within(LIMIT, &mut suite, &log)?;
    let mut checks = read(&directory)?;
    if ended.is_none() {
        let message = format!("the run did not end within {} s", LIMIT.as_secs());
        checks.push(Check::failed("suite", "ends", message));
    }
    // Its exit code says that something failed, which its files say in full; without files it says all there is.
    if checks.is_empty() {
        bail!("the conformance suite ran nothing for {row}; what it said is in {}", log.display());
    }
    Ok(checks)
}

fn program(url: &str, scope: Scope, scenario: Option<&str>) -> Command {
    let clients = workspace::clients();
    let mut suite = command(clients.join("bin/node"));
    suite.arg(clients.join(PROGRAM)).args(["server", "--url", url]);
    match (scenario, scope) {
        (Some(scenario), _) => {
            suite.args(["--scenario", scenario, "--spec-version", scope.revision(), "--force"])
        }
        (None, Scope::Requirements(revision)) => suite.args(["--requirements", revision]),
        (None, Scope::All(revision)) => suite.args(["--suite", "all", "--spec-version", revision]),
    };
    suite
}

/// What the suite left: one directory for each scenario that it began.
fn read(directory: &Path) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    let mut entries = fs::read_dir(directory)?.collect::<Result<Vec<_>, _>>()?;
    // In the order in which they were run, which the time in their names gives.
    entries.sort_by_key(|entry| time(&entry.file_name().to_string_lossy()).to_owned());
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(scenario) = scenario_of(&name) else { continue };
        checks.extend(read_scenario(scenario, &entry.path().join(CHECKS))?);
    }
    Ok(checks)
}

fn read_scenario(scenario: &str, file: &Path) -> anyhow::Result<Vec<Check>> {
    let Ok(text) = fs::read_to_string(file) else {
        return Ok(vec![Check::failed(scenario, "result", "the scenario began and left no result")]);
    };
    let written: Vec<Written> =
        serde_json::from_str(&text).with_context(|| format!("{} cannot be read", file.display()))?;
    let check = |check: Written| {
        // Some that warn say why in their details alone.
        let detail = || check.details["message"].as_str().map(str::to_owned);
        let message = check.error_message.or_else(detail).unwrap_or(check.description);
        Check::new(scenario, &check.id, check.status, message)
    };
    Ok(written.into_iter().map(check).collect())
}

/// `tools-list` of `server-tools-list-2026-11-22T22-24-32-427Z`.
fn scenario_of(directory: &str) -> Option<&str> {
    let rest = directory.strip_prefix("server-")?;
    let (scenario, time) = rest.split_at_checked(rest.len().checked_sub(TIME_CHARS)?)?;
    (time.ends_with('Z') && time.contains('T')).then_some(scenario.strip_suffix('-')?)
}

fn time(directory: &str) -> &str {
    let start = directory.len().saturating_sub(TIME_CHARS);
    directory.get(start..).unwrap_or(directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_named_after_its_scenario() {
        let named = scenario_of("server-tools-list-2026-11-22T22-24-32-427Z");
        assert_eq!(named, Some("tools-list"));
        for other in
            ["data", "output.log", "server-", "server-tools-list", "client-x-2026-11-22T22-24-32-427Z"]
        {
            assert_eq!(scenario_of(other), None, "{other}");
        }
    }

    #[test]
    fn checks_are_read_with_their_reasons() {
        let written = r#"[
            {"id": "a", "name": "A", "status": "SUCCESS", "description": "does"},
            {"id": "b", "name": "B", "status": "WARNING", "description": "should", "errorMessage": "does not"},
            {"id": "c", "name": "C", "status": "FAILURE", "description": "must"},
            {"id": "d", "name": "D", "status": "WARNING", "description": "may", "details": {"message": "cannot"}}
        ]"#;
        let file = std::env::temp_dir().join(format!("xtask-checks-{}.json", std::process::id()));
        fs::write(&file, written).unwrap();
        let checks = read_scenario("s", &file).unwrap();
        fs::remove_file(&file).unwrap();
        let failed: Vec<_> = checks.iter().filter(|check| check.has_failed()).collect();
        assert_eq!(
            failed.iter().map(|check| check.message.as_str()).collect::<Vec<_>>(),
            ["does not", "must", "cannot"]
        );
        assert!(read_scenario("s", &file).unwrap()[0].has_failed(), "a scenario without a result has failed");
    }
}
