//! `xyte-mcp plugin inspect`

use std::process::ExitCode;

use anyhow::Context;
use serde_json::json;

use super::{Which, grants, show};
use crate::author::Surface;
use crate::plugin::{Interfaces, Plugin, Runtime};
use crate::telemetry::chain;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let candidate = arguments.which.candidate()?;
    let shown = candidate.component.display();
    let loaded = super::loader()?.load_with(&candidate, &grants::for_looking(&candidate)).await;
    let Interfaces { imports, exports } = match &loaded {
        Ok(plugin) => plugin.interfaces().clone(),
        // They can be told also of a component that is refused.
        Err(_) => {
            let looked = Interfaces::of_file(&Runtime::new()?, &candidate.component);
            looked.with_context(|| shown.to_string())?
        }
    };
    if arguments.json {
        let surface = loaded.as_ref().ok().map(Surface::of);
        let refusal = loaded.as_ref().err().map(ToString::to_string);
        let digest = loaded.as_ref().ok().map(|plugin| plugin.digest().to_string());
        let version = loaded.as_ref().ok().map(Plugin::version);
        let object = json!({"component": shown.to_string(), "digest": digest, "version": version, "surface": surface,
            "imports": imports, "exports": exports, "signature": null, "refused": refusal});
        show::line(&serde_json::to_string_pretty(&object)?)?;
    } else {
        match &loaded {
            Ok(plugin) => describe(plugin)?,
            Err(error) => show::line(&format!("{shown} is refused: {}", chain(error)))?,
        }
        list("Imports", &imports)?;
        list("Exports", &exports)?;
        show::line("Signature: none")?;
    }
    Ok(if loaded.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn describe(plugin: &Plugin) -> anyhow::Result<()> {
    show::line(&format!("{} {} ({})", plugin.title(), plugin.version(), plugin.id()))?;
    show::line(&format!("{}\n{}", plugin.description(), plugin.digest()))?;
    for tool in plugin.tools() {
        let mark = |yes: bool, word: &'static str| if yes { word } else { "" };
        let marks = [
            mark(tool.annotations.read_only, " read-only"),
            mark(tool.annotations.destructive, " destructive"),
            mark(tool.experimental, " experimental"),
        ];
        show::line(&format!("\nTool {}{}", tool.name, marks.concat()))?;
        show::line(&format!("  {}", tool.description.lines().next().unwrap_or_default()))?;
        routes(&tool.grant)?;
    }
    for served in plugin.resources() {
        show::line(&format!("\nResource {} ({})", served.template, served.name))?;
    }
    for prompt in plugin.prompts() {
        show::line(&format!("\nPrompt {}", prompt.name))?;
    }
    if plugin.grant().routes().next().is_some() {
        show::line("\nFor resources, prompts and completions")?;
        routes(plugin.grant())?;
    }
    if plugin.config_schema().is_some() {
        show::line("\nIt takes settings, under [settings] in its grant file")?;
    }
    Ok(())
}

fn routes(grant: &crate::xyte::Grant) -> anyhow::Result<()> {
    for (route, _) in grant.routes() {
        let need = if route.required { "asks for" } else { "may use" };
        let (key, effect) = (&route.operation.key, route.operation.effect);
        show::line(&format!("  {need} {key} ({effect}): {}", route.why))?;
    }
    Ok(())
}

fn list(title: &str, names: &[String]) -> anyhow::Result<()> {
    show::line(&format!("\n{title}"))?;
    names.iter().try_for_each(|name| show::line(&format!("  {name}"))).map_err(Into::into)
}
