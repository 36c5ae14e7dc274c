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
    for (row, check, reason) in &verdict.listed {
        println!("listed  {row}: {} {}: {}\n        {reason}", check.scenario, check.id, shortened(check));
    }
    for (row, check) in &verdict.unlisted {
        println!("{}  {row}: {} {}: {}", red("FAILED"), check.scenario, check.id, shortened(check));
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

/// On one line, cut where it gets long.
fn shortened(check: &Check) -> String {
    let line = check.message.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MESSAGE_CHARS_MAX) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// Red on a terminal.
fn red(text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\u{1b}[31m{text}\u{1b}[0m") } else { text.to_owned() }
}
