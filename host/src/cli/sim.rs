//! `xyte-mcp sim`

use std::io::Write as _;
use std::net::SocketAddr;

use anyhow::Context;
use tokio::signal;
use xyte_sim::{Faults, Sim, SimConfig, TenantConfig};

use super::arguments::SimArguments;
use super::ready_file;

pub(super) async fn run(arguments: SimArguments) -> anyhow::Result<()> {
    let sim = Sim::start(config(&arguments)?).await?;
    announce(&sim)?;
    if let Some(path) = &arguments.ready_file {
        ready_file::write(path, &sim.ready())?;
    }
    tokio::select! {
        interrupted = signal::ctrl_c() => interrupted.context("Ctrl-C cannot be heard")?,
        () = sim.stopped() => {}
    }
    sim.shutdown().await;
    Ok(())
}

fn config(arguments: &SimArguments) -> anyhow::Result<SimConfig> {
    let listen: SocketAddr = arguments.listen.parse().with_context(|| {
        format!("--listen {}: expected ADDRESS:PORT, such as 127.0.0.1:9000", arguments.listen)
    })?;
    let faults = arguments.faults.trim();
    let faults = if faults.is_empty() { Faults::none() } else { faults.parse().context("--faults")? };
    let defaults = SimConfig::default();
    let mut tenants = defaults.tenants;
    if let Some(first) = tenants.first_mut() {
        *first = TenantConfig { devices: arguments.devices, ..first.clone() };
    }
    Ok(SimConfig { listen, seed: arguments.seed, tenants, faults, ..SimConfig::default() })
}

/// Says where it is and whom it knows, for the person who started it. The keys are invented.
fn announce(sim: &Sim) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "simulated Xyte hub on {}", sim.url())?;
    for tenant in sim.tenants() {
        let devices = sim.fleet(&tenant.name).map_or(0, |fleet| fleet.devices().len());
        writeln!(out, "  {:<12} {devices:>6} devices   key {}", tenant.name, tenant.key)?;
    }
    writeln!(
        out,
        "point a host at it: XYTE_BASE_URL={} XYTE_API_KEY=<one of the keys> xyte-mcp serve --plugins <their directory>",
        sim.url()
    )
}
