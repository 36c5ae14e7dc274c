//! `xyte-mcp plugin routes`

use std::process::ExitCode;

use xyte_catalog::{Catalog, Operation};

use super::show;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Only operations in whose key, path or summary this stands, in any case
    word: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let word = arguments.word.as_deref().unwrap_or_default().to_lowercase();
    let meant = |operation: &&Operation| {
        let text = format!("{} {} {}", operation.key, operation.template, operation.summary);
        text.to_lowercase().contains(&word)
    };
    let mut found = 0;
    for operation in Catalog::known().operations().iter().filter(meant) {
        found += 1;
        let Operation { key, method, template, effect, summary, .. } = operation;
        show::line(&format!("{key}\n  {method} {template} ({effect})\n  {summary}"))?;
    }
    if found == 0 {
        show::line("no operation of the Xyte API is like that")?;
    }
    Ok(if found == 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
