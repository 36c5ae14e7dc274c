//! `cargo xtask fuzz-v1`: thousands of requests that the host's own description of `/v1` allows, and that it does not,
//! with each answer compared with it.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::process::{self, Background, command};
use crate::stage::{bold, stage};
use crate::{demo, plugins, python, workspace};

/// Written last, with what was installed; while it holds the same, there is nothing to do.
const STAMP: &str = "installed";
/// Every answer has a status, a type and a form that the description names, and none is the host's own failure.
const CHECKS: &str =
    "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
/// Devices of the simulated organization: as many requests as possible should be those that are counted.
const DEVICES: &str = "40";

/// How the hub behaves, and what may be answered then.
struct Phase {
    name: &'static str,
    faults: &'static str,
    /// Statuses that are no finding.
    expected: &'static [&'static str],
}

/// A hub in trouble makes a plugin fail, and never the host. What hangs is left to the tests: each such request lasts
/// as long as a call may.
const PHASES: [Phase; 2] = [
    Phase { name: "healthy hub", faults: "", expected: &["2xx", "4xx"] },
    Phase {
        name: "faulty hub",
        faults: "slow=20ms:5%,fail=5%,status=503:5%,retry-after=2s,429=5%,retry-after=1s,status=401:3%,cut=120:5%,\
                 garbage=5%,redirect=http://127.0.0.1:1/:2%",
        expected: &["2xx", "4xx", "502", "503", "504"],
    },
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Random requests of each phase, spread over all operations; those that cover the description once come on top
    /// where there are fewer
    #[arg(long, default_value_t = 5_000)]
    requests: usize,
    /// Which requests: the same seed sends the same ones
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    stage("plugins", plugins::run)?;
    stage("host", demo::build_host)?;
    let tool = stage("schemathesis", install)?;
    let scratch = workspace::target().join("fuzz-v1");
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch)?;
    let found: Vec<&str> = PHASES
        .iter()
        .map(|phase| phase.run(arguments, &tool, &scratch).map(|is_clean| (!is_clean).then_some(phase.name)))
        .collect::<anyhow::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    if !found.is_empty() {
        bail!("there are findings with a {}; they are above", found.join(" and a "));
    }
    Ok(())
}

fn install() -> anyhow::Result<PathBuf> {
    let requirements = workspace::root().join("xtask/requirements-fuzz.txt");
    let directory = workspace::target().join("fuzz");
    let (wanted, stamp) = (fs::read_to_string(&requirements)?, directory.join(STAMP));
    if !fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        python::environment(&directory, &requirements)?;
        fs::write(stamp, wanted)?;
    }
    Ok(directory.join("bin/schemathesis"))
}

impl Phase {
    /// Sends the requests to a host of its own, and says in one line what came of it; whether nothing was found.
    fn run(&self, arguments: &Arguments, tool: &Path, scratch: &Path) -> anyhow::Result<bool> {
        let (_hub, _host, url) = self.start(scratch)?;
        let operations = operations(&url)?;
        let settings = scratch.join("schemathesis.toml");
        // Without a key of its own each request has the host's: what comes of a wrong one, the tests know.
        let expected = format!("{:?}", self.expected);
        let text = format!(
            "[generation]\nwith-security-parameters = false\n[checks.not_a_server_error]\nexpected-statuses = {expected}\n"
        );
        fs::write(&settings, text)?;
        let report = scratch.join("report.json");
        let each = arguments.requests.div_ceil(operations.max(1)).to_string();
        let mut fuzz = command(tool);
        fuzz.current_dir(scratch)
            .arg("--config-file")
            .arg(&settings)
            .arg("run")
            .arg(format!("{url}/v1/openapi.json"));
        fuzz.args(["--max-examples", &each, "--seed", &arguments.seed.to_string(), "--checks", CHECKS]);
        fuzz.args(["--phases", "coverage,fuzzing", "--warnings", "off", "--no-color", "--workers", "1"]);
        fuzz.args(["--report", "json", "--report-json-path"]).arg(&report);
        let started = Instant::now();
        let output = fuzz.output().context("schemathesis cannot be started")?;
        let seconds = started.elapsed().as_secs_f32();
        let sent = sent(&report).unwrap_or_default();
        let is_clean = output.status.success() && sent > 0;
        let outcome = if is_clean { "nothing found" } else { "FINDINGS" };
        eprintln!(
            "{} {}: {sent} requests to {operations} operations, {outcome}, {seconds:.1} s",
            bold("▪"),
            self.name
        );
        if !is_clean {
            eprintln!(
                "{}{}",
                String::from_utf8_lossy(&output.stdout),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(is_clean)
    }

    fn start(&self, scratch: &Path) -> anyhow::Result<(Background, Background, String)> {
        let folder = scratch.join(self.name.replace(' ', "-"));
        fs::create_dir_all(&folder)?;
        let mut sim = command(workspace::host_binary());
        sim.args(["sim", "--devices", DEVICES, "--faults", self.faults]).stdout(std::process::Stdio::null());
        let (hub, facts) = process::start_ready("the simulated hub", &mut sim, &folder.join("hub.json"))?;
        let key = facts["tenants"][0]["key"].as_str().context("the hub named no tenant")?;
        let mut serve = command(workspace::host_binary());
        serve.args(["serve", "--listen", "127.0.0.1:0", "--plugins"]).arg(workspace::plugins());
        serve.env("XYTE_BASE_URL", facts["url"].as_str().unwrap_or_default()).env("XYTE_API_KEY", key);
        serve.env("XYTE_DATA_DIR", folder.join("data")).env("XYTE_EXPERIMENTAL_APIS", "true");
        serve.env("XYTE_LOG_LEVEL", "error").stderr(fs::File::create(folder.join("host.log"))?);
        let (host, facts) = process::start_ready("the host", &mut serve, &folder.join("host.json"))?;
        let url = facts["url"].as_str().context("the host named no address")?;
        Ok((hub, host, url.trim_end_matches("/mcp").to_owned()))
    }
}

/// How many operations the host describes.
fn operations(url: &str) -> anyhow::Result<usize> {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address)?;
    write!(stream, "GET /v1/openapi.json HTTP/1.0\r\nHost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").context("the host's answer has no body")?;
    let described: Value = serde_json::from_str(body)?;
    let paths = described["paths"].as_object().context("the host describes no paths")?;
    Ok(paths.values().filter_map(Value::as_object).map(serde_json::Map::len).sum())
}

/// How many requests the report counts.
fn sent(report: &Path) -> anyhow::Result<u64> {
    let report: Value = serde_json::from_str(&fs::read_to_string(report)?)?;
    report["test_cases"]["generated"].as_u64().context("the report counts no requests")
}
