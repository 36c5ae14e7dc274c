//! `xyte-mcp plugin call`

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use xyte_sim::Faults;

use super::{Which, grants, show};
use crate::author::{Behind, Called, Sandbox};
use crate::cli::arguments::Common;
use crate::json::Json;
use crate::plugin::{Content, Exchange, GrantFile, Report};
use crate::tenant::{ApiKey, UserToken};
use crate::tools::{ARGUMENTS_BYTES_MAX, Catalog, Outcome};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The tool
    tool: String,
    /// Its arguments: one JSON object
    #[arg(long, value_name = "JSON", default_value = "{}")]
    args: String,
    /// What goes wrong at the simulated hub: 429, slow, cut, hang, garbage, fail, or as `xyte-mcp sim --faults`
    #[arg(long, value_name = "FAULT", conflicts_with = "real")]
    hub_fault: Option<String>,
    /// Call the hub of XYTE_BASE_URL with XYTE_API_KEY, on the routes that the grant file grants
    #[arg(long)]
    real: bool,
    /// Grant what the grant file grants, and not everything that the plugin asks for
    #[arg(long)]
    granted: bool,
    /// The user's label, as X-Xyte-User-Token carries it
    #[arg(long, value_name = "LABEL")]
    user: Option<String>,
    /// The answer to a question of the tool, KEY=JSON; may be repeated
    #[arg(long, value_name = "KEY=JSON")]
    answer: Vec<String>,
    /// The state that the tool handed out with its question
    #[arg(long, value_name = "TEXT")]
    state: Option<String>,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    crate::telemetry::logs::init_for_author();
    let candidate = arguments.which.candidate()?;
    let given = Json::parse_object(&arguments.args, ARGUMENTS_BYTES_MAX).context("--args")?;
    let (grant, behind) = if arguments.real {
        (GrantFile::read(&candidate.grant)?, real(arguments)?)
    } else {
        let faults = fault_rules(arguments.hub_fault.as_deref().unwrap_or_default())?;
        let grant = if arguments.granted {
            GrantFile::read(&candidate.grant)?
        } else {
            grants::for_simulator(&candidate)?
        };
        (grant, Behind::Simulator(faults))
    };
    let loaded = super::loader()?.load_with(&candidate, &grant).await;
    let plugin = loaded.with_context(|| format!("{} is refused", candidate.component.display()))?;
    let user = arguments.user.as_deref().map(UserToken::parse).transpose().context("--user")?;
    let sandbox = Sandbox::start(Arc::new(Catalog::new(vec![plugin]).0), behind, user.as_ref()).await?;
    let exchange =
        Exchange { responses: answers(&arguments.answer)?, state: arguments.state.clone(), ..everything() };
    let Some(called) = sandbox.call(&arguments.tool, given, exchange).await else {
        bail!("there is no tool {:?}; there are: {}", arguments.tool, sandbox.tool_names().join(", "));
    };
    print(&called)?;
    if let Some(sim) = sandbox.sim() {
        show::line("\nRequests at the simulated hub:")?;
        for request in sim.requests() {
            let status = request.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
            show::line(&format!("  {} {} -> {status}", request.method, request.target))?;
        }
    }
    show::line(&format!(
        "\n{}, {} of memory",
        show::time(called.time),
        show::bytes(called.memory_bytes as u64)
    ))?;
    let failed = called.outcome.family().is_some();
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// A word for a fault that always happens, or the simulator's own way of writing them.
pub(super) fn fault_rules(text: &str) -> anyhow::Result<Faults> {
    let text = match text {
        "slow" => "slow=2s",
        "cut" => "cut=20",
        "fail" => "fail=100%",
        "429" => "429=100%",
        "hang" => "hang=100%",
        "garbage" => "garbage=100%",
        other => other,
    };
    text.parse().with_context(|| format!("--hub-fault {text}"))
}

/// A client that can be asked anything: the author answers.
fn everything() -> Exchange {
    let capabilities =
        Json::parse_object(r#"{"elicitation":{"form":{},"url":{}},"sampling":{},"roots":{}}"#, 200);
    Exchange { capabilities: capabilities.expect("it is JSON"), ..Exchange::default() }
}

fn answers(given: &[String]) -> anyhow::Result<Vec<(String, Json)>> {
    given
        .iter()
        .map(|answer| {
            let (key, json) = answer.split_once('=').context("--answer takes KEY=JSON")?;
            let json =
                Json::parse_object(json, ARGUMENTS_BYTES_MAX).with_context(|| format!("--answer {key}"))?;
            Ok((key.to_owned(), json))
        })
        .collect()
}

fn real(arguments: &Arguments) -> anyhow::Result<Behind> {
    let settings = crate::config::Settings::load(&arguments.common.sources(None)?)?;
    let crate::config::Tenancy::Single(key) = &settings.tenancy else {
        bail!("--real needs a key: set XYTE_API_KEY or XYTE_API_KEY_FILE");
    };
    Ok(Behind::Real(settings.base_url, ApiKey::from_setting(key).context("XYTE_API_KEY cannot be used")?))
}

/// Says how a call ended.
pub(super) fn print(called: &Called) -> anyhow::Result<()> {
    for report in &called.reports {
        match report {
            Report::Progress { done, total, message } => {
                let of = total.map(|total| format!(" of {total}")).unwrap_or_default();
                show::line(&format!("progress {done}{of} {}", message.as_deref().unwrap_or_default()))?;
            }
            Report::Message { level, data } => show::line(&format!("message ({level}) {data}"))?,
        }
    }
    if let Outcome::Answered(answer) = &called.outcome {
        for content in &answer.content {
            show::line(&content_text(content))?;
        }
        if let Some(structured) = &answer.structured {
            show::line(&serde_json::to_string_pretty(&structured.to_value())?)?;
        }
    }
    if let Outcome::Asked(question) = &called.outcome {
        show::line("The tool asks, and wants to be called again with the answers:")?;
        for request in &question.requests {
            show::line(&format!("  {} ({}) {}", request.key, request.method, request.params))?;
        }
        let answers = question
            .requests
            .iter()
            .map(|request| format!(" --answer '{}={}'", request.key, form(&request.method)));
        let state = question.state.as_ref().map(|state| format!(" --state {state:?}")).unwrap_or_default();
        show::line(&format!("Repeat `xyte-mcp plugin call` with{}{state}", answers.collect::<String>()))?;
    }
    if let Some(failure) = called.outcome.failure() {
        show::line(&format!("{}: {}", failure.code, failure.message))?;
        if let Some(hint) = &failure.hint {
            show::line(&format!("  hint: {hint}"))?;
        }
        if let Some(delay) = failure.retry_after {
            show::line(&format!("  may be repeated after {}", show::time(delay)))?;
        }
        if let Some(details) = &failure.details {
            show::line(&format!("  {details}"))?;
        }
    }
    Ok(())
}

/// What MCP answers a question with.
fn form(method: &str) -> &'static str {
    match method {
        "elicitation/create" => r#"{"action": "accept", "content": {…}}"#,
        "roots/list" => r#"{"roots": [{"uri": "file:///…"}]}"#,
        _ => r#"{"role": "assistant", "content": {"type": "text", "text": "…"}, "model": "…"}"#,
    }
}

fn content_text(content: &Content) -> String {
    match content {
        Content::Text(text) => text.clone(),
        Content::Image(blob) => {
            format!("[image {}, {}]", blob.mime_type, show::bytes(blob.data.len() as u64))
        }
        Content::Audio(blob) => {
            format!("[audio {}, {}]", blob.mime_type, show::bytes(blob.data.len() as u64))
        }
        Content::Resource(resource) => format!("[resource {}]", resource.uri),
        Content::Other(json) => json.to_string(),
    }
}
