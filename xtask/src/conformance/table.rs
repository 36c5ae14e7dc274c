//! What is printed at the end.

use std::io::IsTerminal;

use super::expected::Verdict;
use super::outcome::{Check, Outcome};
use super::row::Row;

/// Where a reason is cut; in full it stands in the row's files.
const MESSAGE_CHARS_MAX: usize = 300;

#[expect(clippy::print_stdout, reason = "it is what was asked for")]
pub(super) fn names(rows: &[Row]) {
    for row in rows {
        println!("{}", row.name);
    }
}

/// The table, then every failure with its reason.
#[expect(clippy::print_stdout, reason = "it is what the command is for")]
pub(super) fn show(outcomes: &[Outcome], verdict: &Verdict) {
    let listed = verdict
        .listed
        .iter()
        .map(|(row, check, reason)| (*row, format!("{}\n          listed: {reason}", told(check))));
    for (failure, rows) in by_rows(listed) {
        println!("listed  {failure}\n          in {}", rows.join(", "));
    }
    for (failure, rows) in by_rows(verdict.unlisted.iter().map(|(row, check)| (*row, told(check)))) {
        println!("{}  {failure}\n          in {}", red("FAILED"), rows.join(", "));
    }
    for stale in &verdict.stale {
        println!("{}   {stale}; take it out of xtask/conformance/expected.toml", red("STALE"));
    }
    println!(
        "\n{:<24} {:>7} {:>7} {:>7} {:>7} {:>8}",
        "", "passed", "failed", "listed", "skipped", "seconds"
    );
    for outcome in outcomes {
        let listed = verdict.listed_in(outcome.row);
        let failed = outcome.failed().count() - listed;
        let failed = match failed {
            0 => format!("{failed:>7}"),
            _ => red(&format!("{failed:>7}")),
        };
        println!(
            "{:<24} {:>7} {failed} {listed:>7} {:>7} {:>8.1}",
            outcome.row,
            outcome.passed(),
            outcome.skipped(),
            outcome.seconds
        );
    }
}

/// Each failure once, with the rows that have it, in the order in which they were seen.
fn by_rows(failures: impl Iterator<Item = (&'static str, String)>) -> Vec<(String, Vec<&'static str>)> {
    let mut once: Vec<(String, Vec<&'static str>)> = Vec::new();
    for (row, failure) in failures {
        match once.iter_mut().find(|(earlier, _)| *earlier == failure) {
            Some((_, rows)) if rows.contains(&row) => {}
            Some((_, rows)) => rows.push(row),
            None => once.push((failure, vec![row])),
        }
    }
    once
}

/// What failed and why, the reason on one line and cut where it gets long.
fn told(check: &Check) -> String {
    let line = check.message.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = match line.char_indices().nth(MESSAGE_CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    };
    format!("{} {}\n          {line}", check.scenario, check.id)
}

/// Red on a terminal.
fn red(text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\u{1b}[31m{text}\u{1b}[0m") } else { text.to_owned() }
}
