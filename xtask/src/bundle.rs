//! The bundle (`.mcpb`): one file that an MCP client installs with a click. It holds the host and its plugins with
//! their grants; the client asks for the key and keeps it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::process::{self, cargo, command};
use crate::stage::stage;
use crate::stdio::Session;
use crate::{clients, demo, plugins, workspace};

/// The newest revision of the manifest that released clients read; 0.4 adds nothing that a binary needs.
const MANIFEST_VERSION: &str = "0.3";
/// The official tool, below the directory of clients.
const TOOL: &str = "node_modules/@anthropic-ai/mcpb/dist/cli/cli.js";
/// What a client makes of a manifest, by the official library: the command, its arguments and its environment.
const CONFIGURE: &str = "\
const [directory, userConfig] = process.argv.slice(1);
const { getMcpConfigForManifest } = await import('@anthropic-ai/mcpb');
const { readFileSync } = await import('node:fs');
const manifest = JSON.parse(readFileSync(directory + '/manifest.json', 'utf8'));
const given = { manifest, extensionPath: directory, systemDirs: {}, userConfig: JSON.parse(userConfig), pathSeparator: '/' };
console.log(JSON.stringify(await getMcpConfigForManifest(given)));";

/// With which profile the host is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Built already where tests run, and slow: for looking whether the bundle is right.
    Dev,
    Release,
}

/// Builds the bundle, and runs what is in it as a client would; where it is.
pub(crate) fn build(profile: Profile) -> anyhow::Result<PathBuf> {
    let bundle = workspace::packages().join("xyte-mcp.mcpb");
    let scratch = workspace::target().join("bundle");
    // Whatever an earlier run left must not get into this one's.
    let _absent = fs::remove_dir_all(&scratch);
    let (contents, unpacked) = (scratch.join("contents"), scratch.join("unpacked"));
    stage("plugins", plugins::run)?;
    let host = stage("host", || host(profile))?;
    stage("clients of others", clients::run)?;
    stage("bundle", || {
        collect(&host, profile, &contents)?;
        let tools = offered(&contents, &scratch)?;
        let manifest = contents.join("manifest.json");
        fs::write(&manifest, format!("{:#}\n", manifest_of(&tools)))?;
        fs::create_dir_all(workspace::packages())?;
        let _absent = fs::remove_file(&bundle);
        process::output(tool().arg("validate").arg(&manifest))?;
        process::output(tool().arg("pack").arg(&contents).arg(&bundle)).map(drop)
    })?;
    stage("the bundle, installed and started as its manifest says", || {
        process::output(tool().arg("unpack").arg(&bundle).arg(&unpacked))?;
        try_out(&unpacked, &scratch)
    })?;
    if profile == Profile::Dev {
        eprintln!("{} is of the dev profile, for trying out; --release makes one for use", bundle.display());
    }
    Ok(bundle)
}

fn binary() -> String {
    format!("xyte-mcp{}", std::env::consts::EXE_SUFFIX)
}

fn host(profile: Profile) -> anyhow::Result<PathBuf> {
    match profile {
        Profile::Dev => demo::build_host()?,
        Profile::Release => process::run(cargo().args(["build", "--package", "xyte-mcp", "--release"]))?,
    }
    let folder = if profile == Profile::Release { "release" } else { "debug" };
    Ok(workspace::target().join(folder).join(binary()))
}

/// Puts together what is packed, but for the manifest.
fn collect(host: &Path, profile: Profile, contents: &Path) -> anyhow::Result<()> {
    let (server, plugins) = (contents.join("server"), contents.join("plugins"));
    fs::create_dir_all(&server)?;
    fs::create_dir_all(&plugins)?;
    let server = server.join(binary());
    fs::copy(host, &server)?;
    if profile == Profile::Dev {
        slim(&server);
    }
    fs::copy(workspace::root().join("LICENSE"), contents.join("LICENSE"))?;
    for folder in plugins::folders()? {
        for extension in ["wasm", "toml"] {
            let name = format!("{folder}.{extension}");
            let from = workspace::plugins().join(&name);
            fs::copy(&from, plugins.join(name)).with_context(|| format!("{} is missing", from.display()))?;
        }
    }
    Ok(())
}

/// Takes out what only a debugger reads, more than half of a dev binary. Where there is no `strip`, the bundle is as
/// good and packing takes longer.
fn slim(binary: &Path) {
    if let Err(error) = process::run(command("strip").arg("-S").arg(binary)) {
        eprintln!("the binary is packed as it is: {error}");
    }
}

/// What the host says that it offers. It needs no key for that, and no hub.
fn offered(contents: &Path, scratch: &Path) -> anyhow::Result<Vec<Value>> {
    let mut server = command(contents.join("server").join(binary()));
    server.args(["stdio", "--plugins"]).arg(contents.join("plugins"));
    server.env_clear().env("XYTE_DATA_DIR", scratch.join("data")).env("XYTE_LOG_LEVEL", "error");
    let tools = Session::start(&mut server)?.request("tools/list", &json!({}))?;
    let tools = tools["tools"].as_array().context("the host lists no tools")?;
    Ok(tools.iter().map(|tool| json!({"name": tool["name"], "description": tool["description"]})).collect())
}

fn manifest_of(tools: &[Value]) -> Value {
    let platform = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let server = format!("server/{}", binary());
    json!({
        "manifest_version": MANIFEST_VERSION,
        "name": "xyte-mcp",
        "display_name": "Xyte",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Fleets of AV and IoT devices in the Xyte cloud: search, read and claim devices",
        "long_description": "Every tool is a WebAssembly component in a sandbox of its own: it reaches the Xyte API on \
            the routes that it was granted, and sees no key, no file and no other network.",
        "author": {"name": "The xyte-mcp authors", "url": env!("CARGO_PKG_REPOSITORY")},
        "repository": {"type": "git", "url": env!("CARGO_PKG_REPOSITORY")},
        "license": env!("CARGO_PKG_LICENSE"),
        "keywords": ["xyte", "av", "iot", "devices"],
        "server": {
            "type": "binary",
            "entry_point": server,
            "mcp_config": {
                "command": format!("${{__dirname}}/{server}"),
                "args": ["stdio", "--plugins", "${__dirname}/plugins"],
                "env": {
                    "XYTE_API_KEY": "${user_config.api_key}",
                    "XYTE_BASE_URL": "${user_config.base_url}",
                    "XYTE_EXPERIMENTAL_APIS": "${user_config.experimental_apis}",
                },
            },
        },
        "tools": tools,
        // Experimental ones come on top where they are turned on.
        "tools_generated": true,
        "compatibility": {"platforms": [platform]},
        "user_config": {
            "api_key": {
                "type": "string",
                "title": "Xyte API key",
                "description": "An API key of your organization, from the Xyte portal",
                "sensitive": true,
                "required": true,
            },
            // One that is optional needs a default: clients leave a variable that has no value as it stands.
            "base_url": {
                "type": "string",
                "title": "Xyte hub",
                "description": "Where the Xyte API is; leave it as it is unless you were told another address",
                "default": "https://hub.xyte.io",
                "required": false,
            },
            "experimental_apis": {
                "type": "boolean",
                "title": "Experimental tools",
                "description": "Show tools that may still change or go away",
                "default": false,
                "required": false,
            },
        },
    })
}

fn node() -> Command {
    let mut node = command(workspace::clients().join("bin/node"));
    node.current_dir(workspace::clients());
    node
}

fn tool() -> Command {
    let mut tool = node();
    tool.arg(TOOL);
    tool
}

/// Starts what was unpacked as a client would after a person gave the key, before a simulated hub, and uses it.
fn try_out(unpacked: &Path, scratch: &Path) -> anyhow::Result<()> {
    let mut sim = command(unpacked.join("server").join(binary()));
    let sim = sim.arg("sim").stdout(Stdio::null());
    let (_hub, facts) = process::start_ready("the simulated hub", sim, &scratch.join("hub.json"))?;
    let user_config = json!({"api_key": facts["tenants"][0]["key"], "base_url": facts["url"]});
    let mut server = configured(unpacked, &user_config)?;
    server.env("XYTE_DATA_DIR", scratch.join("data")).env("XYTE_LOG_LEVEL", "error");
    let mut session = Session::start(&mut server)?;
    let manifest: Value = serde_json::from_str(&fs::read_to_string(unpacked.join("manifest.json"))?)?;
    let listed = session.request("tools/list", &json!({}))?;
    if names(&listed["tools"]).is_empty() || names(&listed["tools"]) != names(&manifest["tools"]) {
        bail!("the bundle's server offers {listed}, its manifest {}", manifest["tools"]);
    }
    let call = json!({"name": "list_devices", "arguments": {"limit": 1}});
    let answer = session.request("tools/call", &call)?;
    if answer["isError"] != json!(false) {
        bail!("the bundle's server cannot list devices: {answer}");
    }
    eprintln!("{} tools, and list_devices answers", names(&listed["tools"]).len());
    Ok(())
}

/// The command that a client makes of the manifest, with nothing else in its environment.
fn configured(unpacked: &Path, user_config: &Value) -> anyhow::Result<Command> {
    let mut configure = node();
    configure.args(["--input-type=module", "--eval", CONFIGURE, "--"]).arg(unpacked);
    let config: Value = serde_json::from_str(&process::output(configure.arg(user_config.to_string()))?)?;
    let text =
        |value: &Value| value.as_str().map(str::to_owned).context("the manifest configures no command");
    let mut server = command(text(&config["command"])?);
    server.env_clear();
    for argument in config["args"].as_array().into_iter().flatten() {
        server.arg(text(argument)?);
    }
    for (name, value) in config["env"].as_object().into_iter().flatten() {
        server.env(name, text(value)?);
    }
    Ok(server)
}

fn names(tools: &Value) -> Vec<&str> {
    tools.as_array().into_iter().flatten().filter_map(|tool| tool["name"].as_str()).collect()
}
