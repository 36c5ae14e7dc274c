//! `xyte-mcp plugin dev`: builds and reloads a project as it is saved, serves it to MCP clients, and calls its tools
//! from a prompt. A version that does not build, or that a host would refuse, leaves the last good one serving.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, BufReader, Lines, Stdin};
use tokio_util::sync::CancellationToken;

use super::call;
use super::project::Project;
use super::toolchain::{self, Profile};
use super::watch::SourceWatch;
use super::{grants, show};
use crate::author::{Behind, Sandbox};
use crate::config::ListenAddress;
use crate::json::Json;
use crate::mcp::{SessionMode, Surface};
use crate::plugin::{Exchange, Loader};
use crate::rest::Rest;
use crate::server::{self, AllowList, App, Authenticator, Readiness};
use crate::tenant::ApiKey;
use crate::tools::{ARGUMENTS_BYTES_MAX, Catalog};

const HELP: &str = "\
  TOOL {JSON}   calls a tool; the arguments may be left out
  tools         lists the tools
  build         builds and reloads now
  quit          ends";

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Loopback address to serve MCP on; port 0 picks a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0")]
    listen: String,
    /// Build as for operators; slower to build, faster to run
    #[arg(long)]
    release: bool,
    /// What goes wrong at the simulated hub, as `plugin call --hub-fault`
    #[arg(long, value_name = "FAULT", default_value = "")]
    hub_fault: String,
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    crate::telemetry::logs::init_for_author();
    let profile = if arguments.release { Profile::Release } else { Profile::Debug };
    let workbench = Workbench { project: Project::here()?, profile, loader: super::loader()? };
    let faults = call::fault_rules(&arguments.hub_fault)?;
    let (sandbox, shutdown) =
        (Sandbox::start(Arc::default(), Behind::Simulator(faults), None).await?, CancellationToken::new());
    // Watched before the first build, so that nothing that is saved meanwhile is missed.
    let mut watch = SourceWatch::of(&workbench.project.root)?;
    let url = serve(&sandbox, &arguments.listen, &shutdown).await?;
    show::line(&format!(
        "MCP at {url}, without a key, before a simulated hub. It grants whatever the plugin asks for: never serve \
         others so.\nSave a file to reload. Type a tool's name to call it, or help."
    ))?;
    let interrupted = interruption();
    tokio::select! {
        // Interrupted while it builds, an author should not wait for the end of it.
        () = interrupted.cancelled() => {}
        ended = attend(&workbench, &sandbox, &mut watch) => ended?,
    }
    shutdown.cancel();
    Ok(ExitCode::SUCCESS)
}

/// Fires on Ctrl-C, whatever goes on meanwhile.
fn interruption() -> CancellationToken {
    let token = CancellationToken::new();
    let fired = token.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            fired.cancel();
        }
    });
    token
}

/// Reloads and answers until the author has enough.
async fn attend(workbench: &Workbench, sandbox: &Sandbox, watch: &mut SourceWatch) -> anyhow::Result<()> {
    workbench.reload(sandbox).await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut typed = true;
    loop {
        tokio::select! {
            changed = watch.changed() => match changed {
                Some(()) => {
                    watch.settled().await;
                    workbench.reload(sandbox).await?;
                }
                None => bail!("changes of files are no longer told"),
            },
            line = next_line(&mut lines), if typed => match line {
                Some(line) if line.trim() == "build" => workbench.reload(sandbox).await?,
                Some(line) if line.trim() == "quit" => return Ok(()),
                Some(line) => answer(sandbox, line.trim()).await?,
                // The end of input ends the prompt; what is served goes on until it is interrupted.
                None => typed = false,
            },
        }
    }
}

async fn next_line(lines: &mut Lines<BufReader<Stdin>>) -> Option<String> {
    lines.next_line().await.ok().flatten()
}

/// What turns sources into a plugin.
struct Workbench {
    project: Project,
    profile: Profile,
    loader: Loader,
}

impl Workbench {
    /// Builds, checks and swaps. What goes wrong is said, and the last good version goes on serving.
    async fn reload(&self, sandbox: &Sandbox) -> anyhow::Result<()> {
        let started = Instant::now();
        let text = match self.made().await {
            Ok(catalog) => {
                let tools: Vec<String> = catalog.entries().map(|entry| entry.tool().name.clone()).collect();
                sandbox.tools().replace(catalog);
                format!("reloaded in {}: {}", show::time(started.elapsed()), tools.join(", "))
            }
            Err(error) if sandbox.tool_names().is_empty() => {
                format!("not loaded; nothing is served yet: {error:#}")
            }
            Err(error) => format!("not reloaded; the last good version serves on: {error:#}"),
        };
        show::line(&text).map_err(Into::into)
    }

    async fn made(&self) -> anyhow::Result<Catalog> {
        let (project, profile) = (self.project.clone(), self.profile);
        tokio::task::spawn_blocking(move || toolchain::build(&project, profile)).await??;
        let candidate = self.project.candidate();
        let plugin = self.loader.load_with(&candidate, &grants::for_simulator(&candidate)?).await?;
        Ok(Catalog::new(vec![plugin]).0)
    }
}

/// Serves the sandbox's tools on a loopback address, to whoever asks, with the simulated hub's key.
async fn serve(sandbox: &Sandbox, listen: &str, shutdown: &CancellationToken) -> anyhow::Result<String> {
    let listen: ListenAddress = listen.parse().map_err(anyhow::Error::msg).context("--listen")?;
    if !server::is_loopback_only(&listen).await? {
        bail!(
            "--listen {}: plugin dev grants everything that is asked for and serves loopback addresses alone",
            listen.host
        );
    }
    let listener = server::bind(&listen).await?;
    let url = format!("http://{}/mcp", listener.local_addr()?);
    let key = sandbox.sim().and_then(|sim| sim.tenants().first()).map(|tenant| ApiKey::parse(&tenant.key));
    let app = App {
        rest: Rest::new(sandbox.tools().clone()),
        surface: Surface::new(
            sandbox.tools().clone(),
            &sandbox.secret().sealing_key(),
            SessionMode::On,
            shutdown.clone(),
        ),
        authenticator: Authenticator::new(sandbox.secret().clone(), key.transpose()?),
        allowed: AllowList::new(&[], &[])?,
        readiness: Readiness::Ready { plugins: 1, refused: 0 },
    };
    tokio::spawn(server::serve(listener, server::router(app), shutdown.clone(), shutdown.clone()));
    Ok(url)
}

async fn answer(sandbox: &Sandbox, line: &str) -> anyhow::Result<()> {
    let (name, arguments) = line.split_once(char::is_whitespace).unwrap_or((line, "{}"));
    match name {
        "" => return Ok(()),
        "help" | "?" => return show::line(HELP).map_err(Into::into),
        "tools" => return show::line(&sandbox.tool_names().join("\n")).map_err(Into::into),
        _ => {}
    }
    let arguments = match Json::parse_object(arguments.trim(), ARGUMENTS_BYTES_MAX) {
        Ok(arguments) => arguments,
        Err(error) => return show::line(&format!("the arguments: {error}")).map_err(Into::into),
    };
    match sandbox.call(name, arguments, Exchange::default()).await {
        Some(called) => {
            call::print(&called)?;
            show::line(&format!(
                "({}, {})",
                show::time(called.time),
                show::bytes(called.memory_bytes as u64)
            ))?;
        }
        None => {
            show::line(&format!(
                "there is no tool {name:?}; there are: {}",
                sandbox.tool_names().join(", ")
            ))?;
        }
    }
    Ok(())
}
