//! `xyte-mcp doctor`: what usually is wrong, looked at once, each finding with its fix.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use xyte_catalog::Catalog as Operations;

use super::arguments::DoctorArguments;
use super::report::{self, Finding, Verdict};
use super::{assemble, door};
use crate::config::Settings;
use crate::plugin::{Contents, GrantFile, Loader, Plugin, Runtime, directory};
use crate::server::{self, AllowList};
use crate::store::StateStore;
use crate::tenant::{Credential, TenantSecret};
use crate::tools::Catalog;
use crate::xyte::{Grant, Hub, Outbound, Request, Response, Route, Sender, XyteError};

/// How long the hub may take to answer the probe.
const PROBE_TIMEOUT: Duration = Duration::from_secs(10);
/// The cheapest operation that only a good key may use.
const PROBE: &str = "organization.getOrganizationInfo";

pub(super) async fn run(arguments: &DoctorArguments) -> anyhow::Result<ExitCode> {
    let sources = arguments.common.sources(arguments.listen.as_deref())?;
    let settings = match Settings::load(&sources) {
        Ok(settings) => settings,
        Err(error) => {
            let error = format!("{:#}", anyhow::Error::new(error));
            report::print(&[Finding::bad("settings", error, "correct it and run doctor again")])?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut findings: Vec<Finding> = sources.unknown_variables().map(unknown_variable).collect();
    findings.push(data_directory(&settings).await);
    findings.push(key(&settings).await);
    findings.extend(plugins(&settings).await?);
    findings.push(port(&settings).await);
    findings.extend(exposure(&settings).await);
    report::print(&findings)?;
    let worst = findings.iter().map(|finding| finding.verdict).max();
    let (summary, code) = match worst {
        Some(Verdict::Bad) => ("Something needs fixing before this works.", ExitCode::FAILURE),
        Some(Verdict::Doubtful) => ("It works; look at the warnings.", ExitCode::SUCCESS),
        _ => ("Everything is in order.", ExitCode::SUCCESS),
    };
    writeln!(std::io::stdout(), "\n{summary}")?;
    Ok(code)
}

fn unknown_variable((name, nearest): (&str, Option<&str>)) -> Finding {
    let fix =
        nearest.map_or_else(|| "unset it, or ignore this".to_owned(), |name| format!("did you mean {name}?"));
    Finding::doubtful("settings", format!("{name} looks like a setting and is none"), fix)
}

async fn data_directory(settings: &Settings) -> Finding {
    let shown = settings.data_dir.display();
    let fix = "make it writable for this user, or name another with XYTE_DATA_DIR";
    let probe = || -> std::io::Result<()> {
        std::fs::create_dir_all(&settings.data_dir)?;
        write_and_remove(&settings.data_dir)
    };
    if let Err(error) = probe() {
        return Finding::bad("directories", format!("{shown} cannot be written: {error}"), fix);
    }
    if let Err(error) = StateStore::open(&settings.data_dir).await {
        let text = format!("{:#}", anyhow::Error::new(error));
        return Finding::bad("directories", text, "restore the file, or move it away to begin with no state");
    }
    match TenantSecret::load_or_create(&settings.data_dir) {
        Ok(_) => Finding::good("directories", format!("{shown} can be written")),
        Err(error) => Finding::bad("directories", format!("{:#}", anyhow::Error::new(error)), fix),
    }
}

/// Writes a file that nobody has, and removes it.
fn write_and_remove(directory: &Path) -> std::io::Result<()> {
    let path = directory.join(format!(".doctor-{:016x}", rand::random::<u64>()));
    std::fs::write(&path, "")?;
    std::fs::remove_file(&path)
}

async fn key(settings: &Settings) -> Finding {
    let key = match assemble::configured_key(settings) {
        Ok(Some(key)) => key,
        Ok(None) => {
            return Finding::good(
                "key",
                "none is configured: multi-tenant mode, every request brings its own",
            );
        }
        Err(error) => {
            return Finding::bad("key", format!("{error:#}"), "copy the key again, without line breaks");
        }
    };
    let credential = Credential { tenant: TenantSecret::random().tenant_of(&key), key: Arc::new(key) };
    let base = &settings.base_url;
    match probe(settings, credential).await {
        Ok(Response { status: 200, body, .. }) => {
            let body = body.map(|json| json.to_value()).unwrap_or_default();
            let name = body["name"].as_str().unwrap_or("without a name");
            Finding::good("key", format!("accepted by {base} for the organization {name:?}"))
        }
        Ok(Response { status: 401 | 403, .. }) => {
            let fix =
                "create an organization key in the Xyte portal (Settings, API keys) and set XYTE_API_KEY";
            Finding::bad("key", format!("refused by {base}"), fix)
        }
        Ok(Response { status, .. }) => {
            let fix = "check that XYTE_BASE_URL is a Xyte hub";
            Finding::bad("key", format!("{base} answered the probe with status {status}"), fix)
        }
        Err(error) => {
            let fix = "check XYTE_BASE_URL, and that this machine may reach it (no proxy is used)";
            Finding::bad("key", format!("{base} cannot be asked: {error}"), fix)
        }
    }
}

/// Asks through the same door as plugins, with a grant for the one operation.
async fn probe(settings: &Settings, credential: Credential) -> Result<Response, anyhow::Error> {
    let operation = Operations::known().get(PROBE).expect("the probe is in the catalogue");
    let route = Route { operation, why: String::new(), required: true };
    let granted = Arc::new(BTreeSet::from([operation.key.as_str()]));
    let sender = Sender { hub: Arc::new(Hub::new(settings.base_url.clone())?), credential };
    let outbound = Outbound::new(
        sender,
        Grant::new("doctor", vec![route], granted, true),
        Instant::now() + PROBE_TIMEOUT,
    );
    let request = Request {
        scope: operation.scope,
        method: operation.method,
        template: operation.template.as_str().to_owned(),
        params: Vec::new(),
        query: Vec::new(),
        body: None,
        options: Vec::new(),
    };
    outbound.send(&request).await.map_err(|error: XyteError| error.into())
}

async fn plugins(settings: &Settings) -> anyhow::Result<Vec<Finding>> {
    let path = &settings.plugins_dir;
    let loader = Loader::new(Arc::new(Runtime::new()?));
    let contents = match directory::load(&loader, path).await {
        Ok(contents) => contents,
        Err(error) => {
            let fix = "create it, or name another with --plugins DIR or XYTE_PLUGINS_DIR";
            return Ok(vec![Finding::bad("plugins", format!("{}: {error}", path.display()), fix)]);
        }
    };
    let Contents { plugins, disabled, refused } = contents;
    let mut findings = Vec::new();
    if plugins.is_empty() && refused.is_empty() && disabled.is_empty() {
        let fix = "put components (*.wasm) there; `cargo xtask plugins` builds ours into target/plugins";
        findings.push(Finding::bad("plugins", format!("{} holds no plugin", path.display()), fix));
    }
    for (name, error) in refused {
        let text = format!("{name} is refused: {:#}", anyhow::Error::new(error));
        findings.push(Finding::bad("plugins", text, "correct or replace the file, or remove it"));
    }
    for name in disabled {
        findings.push(Finding::good("plugins", format!("{name} is disabled by {name}.toml")));
    }
    for plugin in &plugins {
        findings.push(loaded(plugin));
        findings.extend(grants(settings, plugin));
    }
    let (_, conflicts) = Catalog::new(plugins);
    findings.extend(conflicts.iter().map(|conflict| {
        let text = format!("{} is refused: {conflict}", conflict.plugin);
        Finding::bad("plugins", text, "rename a tool, or remove one of the two plugins")
    }));
    Ok(findings)
}

/// How much of a plugin callers will see.
fn loaded(plugin: &Plugin) -> Finding {
    let all = plugin.tools().len();
    let served = plugin.tools().iter().filter(|tool| tool.grant.missing().next().is_none()).count();
    let text = format!("{} {} with {served} of its {all} tools", plugin.id(), plugin.version());
    if served == 0 && all > 0 {
        return Finding::bad("plugins", text, "grant it the routes below");
    }
    Finding::good("plugins", text)
}

/// What a plugin asks for and lacks, and what it was granted and does not ask for.
fn grants(settings: &Settings, plugin: &Plugin) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut asked = BTreeSet::new();
    for tool in plugin.tools() {
        for (route, held) in tool.grant.routes() {
            asked.insert(route.operation.key.as_str());
            if !held {
                let lack = if route.required { "is hidden without" } else { "does less without" };
                let text = format!("{}: {} {lack} {}", plugin.id(), tool.name, route.operation.key);
                findings.push(Finding::doubtful("grants", text, tool.grant.how_to_grant(route.operation)));
            }
        }
    }
    for (route, held) in plugin.grant().routes() {
        asked.insert(route.operation.key.as_str());
        if !held {
            let text = format!("{}: what it serves besides tools lacks {}", plugin.id(), route.operation.key);
            findings.push(Finding::doubtful("grants", text, plugin.grant().how_to_grant(route.operation)));
        }
    }
    let file = settings.plugins_dir.join(format!("{}.toml", plugin.id()));
    let granted = GrantFile::read(&file).unwrap_or_else(|_| GrantFile::absent());
    for key in granted.routes.listed().filter(|key| !asked.contains(key)) {
        let text = format!("{}: {key} is granted and not asked for", plugin.id());
        findings.push(Finding::doubtful("grants", text, format!("remove it from {}", file.display())));
    }
    findings
}

/// What `serve` refuses to start with.
async fn exposure(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Err(error) = AllowList::new(&settings.allowed_hosts, &settings.allowed_origins) {
        let text = format!("{:#}", anyhow::Error::new(error));
        findings.push(Finding::bad("settings", text, "correct XYTE_ALLOWED_HOSTS or XYTE_ALLOWED_ORIGINS"));
    }
    if let Err(error) = door::refuse_open(settings).await {
        let fix = "serve refuses to start so, but for --allow-unauthenticated";
        findings.push(Finding::bad("settings", format!("{error:#}"), fix));
    }
    findings
}

async fn port(settings: &Settings) -> Finding {
    match server::bind(&settings.listen).await {
        Ok(listener) => {
            let address = listener.local_addr().map(|address| address.to_string()).unwrap_or_default();
            Finding::good("port", format!("{address} is free"))
        }
        Err(error) => {
            let fix =
                "stop what listens there (perhaps this very host), or choose another with --listen HOST:PORT";
            Finding::bad("port", format!("{:#}", anyhow::Error::new(error)), fix)
        }
    }
}
