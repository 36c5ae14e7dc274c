//! `xyte-mcp plugin check`

use std::process::ExitCode;

use super::lint::{self, Doubt};
use super::{Which, grants, show};
use crate::author::{Examination, examine};
use crate::cli::report::{self, Finding, Verdict};
use crate::plugin::{GrantFile, Plugin};
use crate::telemetry::chain;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let candidate = arguments.which.candidate()?;
    let mut findings = Vec::new();
    let examined = examine(&super::loader()?, &candidate, &grants::for_looking(&candidate)).await;
    match &examined {
        Ok(Examination { plugin, .. }) => {
            let text = format!("{} {} with {} tools", plugin.id(), plugin.version(), plugin.tools().len());
            findings.push(Finding::good("contract", text));
            let bytes = std::fs::read(&candidate.component)?;
            let doubts = lint::doubts(plugin, &bytes, &plugin.interfaces().imports);
            findings
                .extend(doubts.into_iter().map(|Doubt { text, fix }| Finding::doubtful("lint", text, fix)));
            findings.extend(grant(plugin, &candidate.grant));
        }
        Err(error) => {
            let text = chain(error);
            findings.push(Finding::bad(
                "contract",
                text,
                "a host refuses it for this; correct it, and build again if it is the component",
            ));
        }
    }
    report::print(&findings)?;
    if let Ok(examination) = &examined {
        numbers(examination)?;
    }
    let worst = findings.iter().map(|finding| finding.verdict).max().unwrap_or(Verdict::Good);
    let tolerated = if arguments.strict { Verdict::Good } else { Verdict::Doubtful };
    Ok(if worst <= tolerated { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the plugin asks for, beside what its grant file suggests to operators.
fn grant(plugin: &Plugin, path: &std::path::Path) -> Vec<Finding> {
    let file = match GrantFile::read(path) {
        Ok(file) => file,
        Err(error) => return vec![Finding::bad("grant", chain(&error), "correct the file")],
    };
    let mut findings = Vec::new();
    if !path.exists() {
        let fix = "write one; without it every route is refused";
        findings.push(Finding::doubtful("grant", format!("there is no {}", path.display()), fix));
    } else if !file.enabled {
        let fix = "set it to true, or leave it out";
        let text = format!("{} says `enabled = false`: no host serves it", path.display());
        findings.push(Finding::doubtful("grant", text, fix));
    }
    let granted: Vec<&str> = file.routes.listed().collect();
    let tools = plugin.tools().iter().flat_map(|tool| tool.grant.routes());
    let mut asked: Vec<&str> =
        tools.chain(plugin.grant().routes()).map(|(route, _)| route.operation.key.as_str()).collect();
    asked.sort_unstable();
    asked.dedup();
    for key in asked.iter().filter(|key| !granted.contains(key)) {
        let text = format!("{key} is asked for, and {} does not grant it", path.display());
        findings.push(Finding::doubtful("grant", text, format!("add \"{key}\" to its `routes`")));
    }
    for key in granted.iter().filter(|key| !asked.contains(key)) {
        let text = format!("{} grants {key}, and nothing asks for it", path.display());
        findings.push(Finding::doubtful("grant", text, "remove it from `routes`"));
    }
    if findings.is_empty() {
        let text = format!("{} grants what is asked for: {} routes", path.display(), asked.len());
        findings.push(Finding::good("grant", text));
    }
    findings
}

fn numbers(examination: &Examination) -> anyhow::Result<()> {
    let Examination { bytes, load, instantiate, memory_bytes, .. } = examination;
    show::line("")?;
    for (what, figure) in [
        ("size", show::bytes(*bytes)),
        ("compiled and described in", show::time(*load)),
        ("instance made and described in", show::time(*instantiate)),
        ("memory of an instance", show::bytes(*memory_bytes as u64)),
    ] {
        show::line(&format!("{what:<32} {figure}"))?;
    }
    Ok(())
}
