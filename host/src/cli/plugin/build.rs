//! `xyte-mcp plugin build`

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Context;

use super::project::Project;
use super::show;
use super::toolchain::{self, Profile};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Build quickly and with names, for finding mistakes; Rust only
    #[arg(long)]
    debug: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let project = Project::here()?;
    let profile = if arguments.debug { Profile::Debug } else { Profile::Release };
    let started = Instant::now();
    toolchain::build(&project, profile)?;
    let component = project.component();
    let size = std::fs::metadata(&component).context("the component was built and is not there")?.len();
    show::line(&format!(
        "{} {}, built in {:.1} s",
        component.display(),
        show::bytes(size),
        started.elapsed().as_secs_f32()
    ))?;
    show::line("Next: xyte-mcp plugin call TOOL, xyte-mcp plugin check, xyte-mcp plugin test")?;
    Ok(ExitCode::SUCCESS)
}
