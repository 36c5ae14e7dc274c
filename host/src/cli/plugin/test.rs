//! `xyte-mcp plugin test`

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;

use super::project::Project;
use super::toolchain::{self, Profile, say};
use super::{cases, grants, show};
use crate::author::Surface;
use crate::tools::Catalog;

/// What the plugin showed to clients when its author last approved of it.
const SURFACE: &str = "surface.json";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Skip the project's own tests
    #[arg(long)]
    component_only: bool,
    /// Write surface.json anew: from now on, what the plugin shows to clients is compared with this
    #[arg(long)]
    accept: bool,
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let project = Project::here()?;
    if !arguments.component_only {
        say("the project's own tests");
        toolchain::test(&project)?;
    }
    say("building the component");
    toolchain::build(&project, Profile::Release)?;
    let candidate = project.candidate();
    let plugin = super::loader()?.load_with(&candidate, &grants::for_simulator(&candidate)?).await?;
    let shown = Surface::of(&plugin);
    let plugins = Arc::new(Catalog::new(vec![plugin]).0);
    let mut failed = 0;
    let path = project.root.join(cases::FILE);
    if path.is_file() {
        say("the component, in the sandbox, against the simulated hub");
        failed += cases::run(&path, &plugins).await?;
    } else {
        show::line(&format!("{} is not there: no call of the component is tested", path.display()))?;
    }
    failed += surface(&project, &shown, arguments.accept)?;
    if failed > 0 {
        show::line(&format!("{failed} failed"))?;
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares what the plugin shows with what was accepted, and counts what would break somebody.
fn surface(project: &Project, now: &Surface, accept: bool) -> anyhow::Result<usize> {
    let path = project.root.join(SURFACE);
    if accept {
        let text = serde_json::to_string_pretty(now)? + "\n";
        std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
        show::line(&format!("{} holds what the plugin shows to clients now", path.display()))?;
        return Ok(0);
    }
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) => {
            show::line(
                "what it shows to clients is not compared; `xyte-mcp plugin test --accept` begins to",
            )?;
            return Ok(0);
        }
    };
    let accepted: Surface =
        serde_json::from_str(&text).with_context(|| format!("{} is no surface", path.display()))?;
    let changes = accepted.changes(now);
    let mut breaking = 0;
    for change in &changes {
        breaking += usize::from(change.breaking);
        show::line(&format!("{}  {}", if change.breaking { "BREAKING" } else { "change" }, change.what))?;
    }
    if !changes.is_empty() {
        show::line("`xyte-mcp plugin test --accept` accepts them")?;
    }
    Ok(breaking)
}
