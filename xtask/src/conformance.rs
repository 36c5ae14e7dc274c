//! `cargo xtask conformance`: the host held against MCP's conformance suite and against the clients of others.
//!
//! A guest with everything that the suite asks for runs in the real host, as any plugin would. What fails is either
//! listed in `xtask/conformance/expected.toml`, with the reason, or fails the command; so does an entry of the list
//! that no longer fails.

mod client;
mod expected;
mod outcome;
mod proxy;
mod row;
mod stand;
mod suite;
mod table;

use std::time::Instant;

use anyhow::bail;

use crate::stage::bold;
use crate::{clients, workspace};
use expected::Expected;
use outcome::Outcome;
use row::Row;
use stand::Stand;

const EXAMPLES: &str = "\
Examples:
  cargo xtask conformance                                     everything
  cargo xtask conformance --only single-2026-07-28            one row
  cargo xtask conformance --only inspector --only python      every row with one of these words in its name
  cargo xtask conformance --only single-2026-07-28 --scenario caching
  cargo xtask conformance --list                              the names of the rows

What the suite, the clients and the hosts said is in target/conformance, by row.";

#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Run the rows whose names contain this; may be said several times
    #[arg(long, value_name = "WORD")]
    only: Vec<String>,
    /// Run this scenario of the suite alone, in the rows that are the suite's
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,
    /// Print the names of the rows and stop
    #[arg(long)]
    list: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let rows = chosen(arguments)?;
    if arguments.list {
        table::names(&rows);
        return Ok(());
    }
    let expected = Expected::read()?;
    clients::run()?;
    let stand = Stand::build()?;
    let outcomes = rows
        .iter()
        .map(|row| ran(row, arguments.scenario.as_deref(), &stand))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let verdict = expected.judge(&outcomes, arguments.scenario.is_some());
    table::show(&outcomes, &verdict);
    match verdict.is_good() {
        true => Ok(()),
        false => bail!("{}; the details are in {}", verdict.sentence(), workspace::conformance().display()),
    }
}

fn chosen(arguments: &Arguments) -> anyhow::Result<Vec<Row>> {
    let known = row::all();
    let names: Vec<&str> = known.iter().map(|row| row.name).collect();
    if let Some(word) = arguments.only.iter().find(|word| !names.iter().any(|name| name.contains(*word))) {
        bail!("no row has {word:?} in its name; the rows are {}", names.join(", "));
    }
    let is_chosen = |row: &Row| {
        let named = arguments.only.is_empty() || arguments.only.iter().any(|word| row.name.contains(word));
        named && (arguments.scenario.is_none() || row.is_of_the_suite())
    };
    let rows: Vec<Row> = known.into_iter().filter(is_chosen).collect();
    if rows.is_empty() {
        bail!("a scenario is the suite's, and none of its rows was chosen");
    }
    Ok(rows)
}

/// Runs one row, and says what came of it.
fn ran(row: &Row, scenario: Option<&str>, stand: &Stand) -> anyhow::Result<Outcome> {
    eprintln!("{} {}", bold("▸"), row.name);
    let started = Instant::now();
    let checks = row.run(scenario, stand)?;
    let outcome = Outcome { row: row.name, checks, seconds: started.elapsed().as_secs_f32() };
    let (passed, failed) = (outcome.passed(), outcome.failed().count());
    eprintln!("{} {}: {passed} passed, {failed} failed in {:.1} s", bold("▪"), row.name, outcome.seconds);
    Ok(outcome)
}
