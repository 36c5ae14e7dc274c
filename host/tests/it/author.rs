//! A tool author's way, from nothing to a tool that answers, with the real commands outside the repository.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::support::{Era, fixtures};

/// Longer than any build takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(300);

/// The command as an author runs it, in a directory. Tools for languages are found as usual; what cargo builds is kept
/// between runs.
fn xyte_mcp(directory: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xyte-mcp"));
    command.current_dir(directory).arg("plugin").kill_on_drop(true);
    command.env("CARGO_TARGET_DIR", fixtures::target().join("author"));
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

struct Ran {
    success: bool,
    out: String,
    err: String,
}

async fn run(directory: &Path, arguments: &[&str]) -> Ran {
    let output = xyte_mcp(directory).args(arguments).output();
    let output = tokio::time::timeout(PATIENCE, output).await.unwrap().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { success: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs a command that must succeed, and returns what it printed.
async fn ran(directory: &Path, arguments: &[&str]) -> String {
    let Ran { success, out, err } = run(directory, arguments).await;
    assert!(success, "plugin {arguments:?}\n{out}\n{err}");
    out
}

/// A new project, with nothing edited by hand.
async fn project(name: &str, language: &str) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let made = ran(directory.path(), &["new", name, "--lang", language]).await;
    assert!(made.contains("xyte-mcp plugin build"), "{made}");
    directory
}

/// Builds, calls, checks and tests a new project.
async fn five_minutes(language: &str) {
    let name = format!("{language}-room");
    let directory = project(&name, language).await;
    let root = directory.path().join(&name);
    let built = ran(&root, &["build"]).await;
    assert!(built.contains(&format!("dist/{name}.wasm")), "{built}");
    let called = ran(&root, &["call", "count_devices"]).await;
    assert!(called.contains("\"devices\": 1250") && called.contains("\"complete\": true"), "{called}");
    assert!(
        called.contains("GET /core/v1/organization/devices?") && called.contains("of memory"),
        "{called}"
    );
    let failed = run(&root, &["call", "count_devices", "--hub-fault", "429"]).await;
    assert!(!failed.success && failed.out.contains("upstream_rate_limited"), "{}", failed.out);
    let checked = ran(&root, &["check"]).await;
    for part in ["ok    contract", "grants what is asked for: 2 routes", "size", "memory of an instance"] {
        assert!(checked.contains(part), "{part}: {checked}");
    }
    let tested = ran(&root, &["test", "--accept"]).await;
    assert!(tested.contains("ok    an unknown device is a failure"), "{tested}");
    assert!(root.join("surface.json").is_file());
    let again = ran(&root, &["test", "--component-only"]).await;
    assert!(!again.contains("BREAKING") && !again.contains("is not compared"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_in_rust_works_in_five_minutes() {
    five_minutes("rust").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_in_javascript_works_in_five_minutes() {
    five_minutes("js").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_in_python_works_in_five_minutes() {
    five_minutes("python").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_says_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    let here = directory.path();
    std::fs::create_dir(here.join("taken")).unwrap();
    std::fs::write(here.join("taken/x"), "").unwrap();
    std::fs::write(here.join("broken.wasm"), "not wasm").unwrap();
    let cases: [(&[&str], &str); 11] = [
        (&["new", "a-"], "ends with a hyphen"),
        (&["new", "xyte-plugin-sdk"], "a package that plugins use"),
        (&["new", "Weather Room"], "[a-z][a-z0-9-]{0,39}"),
        (&["new", "taken"], "--path DIR"),
        (&["build"], "xyte-mcp plugin new NAME"),
        (&["call", "x"], "xyte-mcp plugin new NAME"),
        (&["call", "x", "--component", "none.wasm"], "`xyte-mcp plugin build` makes it"),
        (&["call", "x", "--component", "broken.wasm"], "not a WebAssembly component"),
        (&["call", "x", "--component", "broken.wasm", "--args", "[]"], "--args"),
        (&["call", "x", "--component", "broken.wasm", "--hub-fault", "rain"], "--hub-fault rain"),
        (&["inspect", "--component", "broken.wasm"], "not a WebAssembly component"),
    ];
    for (arguments, expected) in cases {
        let Ran { success, out, err } = run(here, arguments).await;
        assert!(!success && err.contains(expected), "{arguments:?}\n{out}\n{err}");
    }
    let check = run(here, &["check", "--component", "broken.wasm"]).await;
    assert!(!check.success && check.out.contains("FAIL  contract"), "{}", check.out);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_component_is_looked_into_without_being_trusted() {
    let directory = fixtures::probe_directory(&["organization.devices.getDevices"]);
    let inspected = ran(directory.path(), &["inspect", "--component", "probe.wasm"]).await;
    for part in [
        "Tool send_many read-only",
        "asks for organization.devices.getDevices (read)",
        "sha256:",
        "xyte:plugin/xyte@0.1.0",
        "xyte:plugin/tools@0.1.0",
        "Signature: none",
        "It takes settings",
    ] {
        assert!(inspected.contains(part), "{part}: {inspected}");
    }
    let routes = ran(directory.path(), &["routes", "incidents"]).await;
    assert!(
        routes.contains("organization.incidents.getIncidents") && !routes.contains("getTickets"),
        "{routes}"
    );
    let refused =
        run(directory.path(), &["call", "read_only_writes", "--component", "probe.wasm", "--granted"]).await;
    assert!(!refused.success && refused.out.contains("route_not_granted"), "{}", refused.out);
    let json = ran(directory.path(), &["inspect", "--component", "probe.wasm", "--json"]).await;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["surface"]["tools"]["send_many"]["routes"], json!(["organization.devices.getDevices"]));
    let checked = run(directory.path(), &["check", "--component", "probe.wasm", "--strict"]).await;
    assert!(!checked.success);
    for part in [
        "read_only_writes: it is read-only, and organization.devices.claimDevice changes something",
        "and ./probe.toml does not grant it",
        "fix: add \"organization.devices.getDevice\" to its `routes`",
    ] {
        let out = checked.out.replace("probe.toml", "./probe.toml").replace("././", "./");
        assert!(out.contains(part), "{part}: {out}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trap_shows_where_it_happened() {
    let directory = fixtures::probe_directory(&[]);
    let trapped = run(directory.path(), &["call", "trap", "--component", "probe.wasm"]).await;
    assert!(!trapped.success && trapped.out.contains("plugin_crashed"), "{}", trapped.out);
    assert!(trapped.err.contains("src/lib.rs:"), "file and line: {}", trapped.err);
    let asked = run(directory.path(), &["call", "needs_input", "--component", "probe.wasm"]).await;
    assert!(
        asked.out.contains("colour (elicitation/create)")
            && asked.out.contains("--answer 'colour={\"action\": \"accept\""),
        "{}",
        asked.out
    );
    let answer = r#"colour={"action":"accept","content":{"colour":"blue"}}"#;
    let again = ["call", "needs_input", "--component", "probe.wasm", "--answer", answer];
    let asked = run(directory.path(), &again).await;
    assert!(asked.out.contains("shade") && asked.out.contains("--state"), "{}", asked.out);
    let reported =
        ran(directory.path(), &["call", "report", "--component", "probe.wasm", "--args", "{\"steps\":2}"])
            .await;
    assert!(reported.contains("progress 1 of 2 step") && reported.contains("message (info) 1"), "{reported}");
}

/// A plugin of one tool, with typed arguments, an answer and their schemas.
const ONE_TOOL: &str = r#"
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::{Cx, ToolError, plugin, routes};

pub struct OneTool;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// The device's id.
    device_id: String,
}

#[derive(Deserialize, Serialize, JsonSchema)]
struct Name {
    /// The device's name.
    name: Option<String>,
}

/// Knows names.
#[plugin(id = "small-room")]
impl OneTool {
    /// Reads a device's name.
    #[tool(read_only, routes(routes::GET_DEVICE))]
    fn name_of(cx: &Cx, args: Ask) -> Result<Name, ToolError> {
        Ok(cx.get(&routes::GET_DEVICE, &[("device_id", &args.device_id)])?)
    }
}
"#;

/// The same, with a request on a route that the tool does not name.
const UNNAMED_ROUTE: &str = r#"        let _space: serde_json::Value = cx.get(&routes::GET_SPACE, &[("space_id", &1)])?;
        Ok(cx.get"#;

/// A plugin made of the contract alone.
const BARE: &str = r#"
#[cfg(target_arch = "wasm32")]
mod bare {
    use xyte_plugin_sdk::bindings::describe::{Annotations, Guest as Describe, Manifest, TaskSupport, Tool};
    use xyte_plugin_sdk::bindings::export_plugin;
    use xyte_plugin_sdk::bindings::tools::Guest as Tools;
    use xyte_plugin_sdk::bindings::types::{CallError, Content, ToolOutcome, ToolResult};

    struct Bare;

    impl Describe for Bare {
        fn describe() -> Result<Manifest, String> {
            let annotations = Annotations { read_only: true, destructive: false, idempotent: true, open_world: false };
            let tool = Tool {
                name: "hello".into(), title: None, description: "Says hello to whoever asks.".into(),
                input_schema: "{\"type\":\"object\"}".into(), output_schema: None, annotations, experimental: false,
                task: TaskSupport::Never, timeout_ms: None, routes: Vec::new(), failure_codes: Vec::new(), extra: None,
            };
            Ok(Manifest {
                id: "small-room".into(), version: "0.1.0".into(), title: "Bare".into(), description: "Says hello.".into(),
                routes: Vec::new(), config_schema: None, tools: vec![tool], extra: None,
            })
        }
    }

    impl Tools for Bare {
        fn call_tool(name: String, _: String) -> Result<ToolOutcome, CallError> {
            let content = vec![Content::Text(format!("Hello from {name}."))];
            Ok(ToolOutcome::Complete(ToolResult { content, structured: None, failure: None, meta: None }))
        }
    }

    export_plugin!(Bare with_types_in xyte_plugin_sdk::bindings);
}
"#;

/// What a component costs is a promise: authors pay for it in every download, operators at every start.
#[tokio::test(flavor = "multi_thread")]
async fn small_plugins_are_small_and_an_unnamed_route_is_found() {
    let directory = project("small-room", "rust").await;
    let root = directory.path().join("small-room");
    let size = async |source: &str| {
        std::fs::write(root.join("src/lib.rs"), source).unwrap();
        ran(&root, &["build"]).await;
        std::fs::metadata(root.join("dist/small-room.wasm")).unwrap().len()
    };
    let bare = size(BARE).await;
    assert!(bare <= 64_000, "a bare plugin has {bare} bytes");
    assert!(ran(&root, &["call", "hello"]).await.contains("Hello from hello."));
    let one_tool = size(ONE_TOOL).await;
    assert!(one_tool <= 200_000, "a plugin of one tool has {one_tool} bytes");

    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    std::fs::write(
        root.join("Cargo.toml"),
        manifest.replace("[dependencies]", "[dependencies]\nserde_json = \"1\""),
    )
    .unwrap();
    size(&ONE_TOOL.replace("        Ok(cx.get", UNNAMED_ROUTE)).await;
    let checked = ran(&root, &["check"]).await;
    assert!(checked.contains("the component holds /spaces/{space_id}, and no tool asks for it"), "{checked}");
    let device = "{\"device_id\": \"a50d907c-b8fa-40f3-990c-8caadd0d9a69\"}";
    let called = run(&root, &["call", "name_of", "--args", device]).await;
    assert!(called.out.contains("route_not_asked_for"), "{}", called.out);
}

/// `plugin dev`, until it is dropped.
struct Dev {
    _child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    url: String,
}

impl Dev {
    async fn start(root: &Path) -> Dev {
        let mut child = xyte_mcp(root).args(["dev"]).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap().unwrap();
        let url = first.strip_prefix("MCP at ").and_then(|rest| rest.split(',').next()).unwrap().to_owned();
        Dev { _child: child, lines, url }
    }

    /// Waits for a line that begins so.
    async fn says(&mut self, beginning: &str) -> String {
        let waited = async {
            loop {
                let line = self.lines.next_line().await.unwrap().expect("it goes on");
                if line.starts_with(beginning) {
                    return line;
                }
            }
        };
        tokio::time::timeout(PATIENCE, waited).await.unwrap_or_else(|_| panic!("it never says {beginning}"))
    }

    async fn summary(&self) -> String {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let params = json!({"name": "count_devices", "arguments": {}});
        let answer = Era::Modern.request(client.post(&self.url), "tools/call", params).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_is_served_and_what_does_not_build_changes_nothing() {
    let directory = project("saved-room", "rust").await;
    let root = directory.path().join("saved-room");
    let mut dev = Dev::start(&root).await;
    dev.says("reloaded in").await;
    assert_eq!(dev.summary().await, "1250 devices.");

    let source = root.join("src/lib.rs");
    let text = std::fs::read_to_string(&source).unwrap();
    std::fs::write(&source, text.replace("{devices} devices.", "{devices} screens.")).unwrap();
    dev.says("reloaded in").await;
    assert_eq!(dev.summary().await, "1250 screens.");

    std::fs::write(&source, text.replace("let devices =", "let devices = nonsense")).unwrap();
    let said = dev.says("not reloaded").await;
    assert!(said.contains("the last good version serves on") && said.contains("cargo build"), "{said}");
    assert_eq!(dev.summary().await, "1250 screens.");

    std::fs::write(&source, &text).unwrap();
    dev.says("reloaded in").await;
    assert_eq!(dev.summary().await, "1250 devices.");
}
