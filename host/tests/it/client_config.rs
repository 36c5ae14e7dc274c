//! `xyte-mcp client-config`: what is printed for each client, and what becomes of a client's file.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use xyte_sim::{Sim, SimConfig};

use crate::support::binary::{self, Ended};
use crate::support::fixtures;

const CLIENTS: [&str; 4] = ["claude-code", "claude-desktop", "vscode", "cursor"];
const URL: &str = "https://mcp.example.com/mcp";
/// Stands in the environment of every run, and nowhere else afterwards.
const KEY: &str = "a-key-that-nobody-may-see";

/// A project's directory, which is its user's home as well, with a directory of plugins.
fn project() -> TempDir {
    let project = tempfile::tempdir().unwrap();
    std::fs::create_dir(project.path().join("plugins")).unwrap();
    project
}

async fn run(project: &TempDir, client: &str, arguments: &[&str]) -> Ended {
    let mut command = binary::command(project.path());
    command.env("HOME", project.path()).env("XYTE_API_KEY", KEY);
    let ended = binary::run(command.args(["client-config", client]).args(arguments)).await;
    assert!(!format!("{ended:?}").contains(KEY), "{ended:?}");
    ended
}

fn default_file(project: &TempDir, client: &str) -> PathBuf {
    let file = match client {
        "claude-code" => ".mcp.json",
        "vscode" => ".vscode/mcp.json",
        "cursor" => ".cursor/mcp.json",
        _ => ".config/Claude/claude_desktop_config.json",
    };
    project.path().join(file)
}

/// The arguments of a case, and the name of the document that shows it.
fn cases() -> Vec<(&'static str, Vec<&'static str>, String)> {
    let remote = CLIENTS.into_iter().filter(|client| *client != "claude-desktop");
    let remote = remote.map(|client| (client, vec!["--url", URL], format!("{client}-http.json")));
    let local = CLIENTS.map(|client| (client, vec!["--plugins", "plugins"], format!("{client}-stdio.json")));
    let file = vec!["--plugins", "plugins", "--key-file", "xyte.key"];
    let file = [("claude-desktop", file, "claude-desktop-key-file.json".to_owned())];
    local.into_iter().chain(remote).chain(file).collect()
}

/// What was printed, with the paths that a reader has in place of this machine's.
fn shown(printed: &str, project: &TempDir) -> String {
    let project = project.path().canonicalize().unwrap();
    printed
        .replace(env!("CARGO_BIN_EXE_xyte-mcp"), "/path/to/xyte-mcp")
        .replace(project.to_str().unwrap(), "/path/to")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn names(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_is_printed_is_what_the_examples_show() {
    let project = project();
    let directory = fixtures::root().join("examples/clients/config");
    for (client, arguments, document) in cases() {
        let ended = run(&project, client, &arguments).await;
        assert!(ended.success, "{ended:?}");
        assert_eq!(shown(&ended.stdout, &project), read(&directory.join(&document)), "{document}");
        assert!(ended.stderr.contains("it goes into"), "{ended:?}");
    }
    let mut documents: Vec<String> = cases().into_iter().map(|(_, _, document)| document).collect();
    documents.sort();
    assert_eq!(names(&directory), documents);
}

#[tokio::test]
async fn writing_makes_the_file_and_writing_again_changes_nothing() {
    for (client, arguments, document) in cases() {
        let project = project();
        let printed = run(&project, client, &arguments).await.stdout;
        let write = [arguments.as_slice(), &["--write"]].concat();
        let ended = run(&project, client, &write).await;
        assert!(ended.success && ended.stdout.is_empty(), "{ended:?}");
        let file = default_file(&project, client);
        assert!(ended.stderr.contains(file.file_name().unwrap().to_str().unwrap()), "{ended:?}");
        assert_eq!(read(&file), printed, "{document}");
        let before = std::fs::metadata(&file).unwrap().modified().unwrap();
        let again = run(&project, client, &write).await;
        assert!(again.success && again.stderr.contains("already"), "{again:?}");
        assert_eq!(std::fs::metadata(&file).unwrap().modified().unwrap(), before);
        assert_eq!(names(file.parent().unwrap()).iter().filter(|name| name.ends_with("part")).count(), 0);
    }
}

#[tokio::test]
async fn what_a_file_holds_stays_in_it() {
    for (client, arguments, _) in cases() {
        let project = project();
        let file = project.path().join("mine.json");
        let section = if client == "vscode" { "servers" } else { "mcpServers" };
        let comment = if client == "vscode" { " // mine" } else { "" };
        let before = format!(
            "{{\n    \"zeta\": [1.50],{comment}\n    \"{section}\": {{\n        \"other\": {{\"command\": \"x\"}}\n    \
             }},\n    \"alpha\": null\n}}"
        );
        std::fs::write(&file, &before).unwrap();
        let write = [arguments.as_slice(), &["--write", "mine.json", "--name", "fleet"]].concat();
        let ended = run(&project, client, &write).await;
        assert!(ended.success, "{ended:?}");
        let after = read(&file);
        assert!(after.starts_with(before.split("\n    },").next().unwrap()), "{after}");
        assert!(after.contains("{\"command\": \"x\"},\n        \"fleet\": {\n            \""), "{after}");
        assert!(after.contains("\n    },\n    \"alpha\": null") && after.ends_with('}'), "{after}");
        assert!(!after.contains(KEY));
        assert!(run(&project, client, &write).await.stderr.contains("already"), "{after}");
    }
}

/// Another entry of the name is replaced where that is asked for, and only it.
#[tokio::test]
async fn an_entry_of_another_content_needs_force() {
    let project = project();
    let file = default_file(&project, "cursor");
    let write = ["--plugins", "plugins", "--write"];
    assert!(run(&project, "cursor", &write).await.success);
    let local = read(&file);
    let refused = run(&project, "cursor", &["--url", URL, "--write"]).await;
    assert!(!refused.success && refused.stderr.contains("--force"), "{refused:?}");
    assert!(refused.stderr.contains(".cursor/mcp.json"), "{refused:?}");
    assert_eq!(read(&file), local);
    let forced = run(&project, "cursor", &["--url", URL, "--write", "--force"]).await;
    assert!(forced.success, "{forced:?}");
    assert_eq!(read(&file), run(&project, "cursor", &["--url", URL]).await.stdout);
}

#[cfg(unix)]
#[tokio::test]
async fn modes_and_links_stay_and_the_user_s_own_file_is_private() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let project = project();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let real = project.path().join("dotfiles.json");
    std::fs::write(&real, "{}").unwrap();
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    symlink("dotfiles.json", project.path().join(".mcp.json")).unwrap();
    assert!(run(&project, "claude-code", &["--url", URL, "--write"]).await.success);
    assert!(project.path().join(".mcp.json").is_symlink());
    assert!(read(&real).contains(URL));
    assert_eq!(mode(&real), 0o640);
    assert!(run(&project, "claude-desktop", &["--write"]).await.success);
    assert_eq!(mode(&default_file(&project, "claude-desktop")), 0o600);
}

#[tokio::test]
async fn a_file_that_cannot_be_merged_into_is_left_alone_and_named() {
    let cases: [(&str, &str, &[u8], &str); 7] = [
        ("claude-code", "bad.json", b"{\"mcpServers\": {},\n}", "line 2: it is not valid JSON"),
        ("claude-desktop", "bad.json", b"// mine\n{}", "line 1: it has a comment"),
        ("vscode", "bad.json", b"{\"servers\": {} \"inputs\": []}", "line 1: it is not valid JSON"),
        ("vscode", "bad.json", b"{\"servers\": {\"xyte\": {\"url\": \"u\"}}}", "--force"),
        ("cursor", "bad.json", b"{\"mcpServers\": []}", "\"mcpServers\" is not an object"),
        ("cursor", "bad.json", b"[]", "no JSON object"),
        ("cursor", "bad.json", b"\xff{}", "UTF-8"),
    ];
    for (client, name, content, reason) in cases {
        let project = project();
        std::fs::write(project.path().join(name), content).unwrap();
        let ended = run(&project, client, &["--plugins", "plugins", "--write", name]).await;
        assert!(!ended.success && ended.stdout.is_empty(), "{ended:?}");
        assert!(ended.stderr.contains(name) && ended.stderr.contains(reason), "{reason}: {ended:?}");
        assert_eq!(std::fs::read(project.path().join(name)).unwrap(), content);
        assert_eq!(names(project.path()), [name, "plugins"]);
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_the_fix() {
    let project = project();
    let read_only = project.path().join("locked.json");
    std::fs::write(&read_only, "{}").unwrap();
    let mut permissions = std::fs::metadata(&read_only).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&read_only, permissions).unwrap();
    let large = std::fs::File::create(project.path().join("large.json")).unwrap();
    large.set_len((4 << 20) + 1).unwrap();
    let cases: [(&str, &[&str], &str); 11] = [
        ("claude-desktop", &["--url", URL], "Settings > Connectors"),
        ("claude-desktop", &["--url", URL, "--write"], "Settings > Connectors"),
        ("cursor", &["--url", "http://mcp.example.com/mcp"], "use https"),
        ("cursor", &["--url", "https://key@mcp.example.com/mcp"], "in a header"),
        ("cursor", &["--plugins", "nowhere"], "is no directory"),
        ("cursor", &["--url", URL, "--plugins", "plugins"], "cannot be used with"),
        ("cursor", &["--name", "my server"], "letters, digits"),
        ("cursor", &["--force"], "--write"),
        ("cursor", &["--write", "plugins"], "plugins is no file"),
        ("cursor", &["--write", "locked.json"], "locked.json is read-only"),
        ("cursor", &["--write", "large.json"], "large.json has more than"),
    ];
    for (client, arguments, reason) in cases {
        let ended = run(&project, client, arguments).await;
        assert!(!ended.success && ended.stdout.is_empty(), "{arguments:?} {ended:?}");
        assert!(ended.stderr.contains(reason), "{reason}: {ended:?}");
    }
    let lost = run(&project, "cursor", &["--write", "no/such/mcp.json"]).await;
    assert!(!lost.success && lost.stderr.contains("mcp.json cannot be written"), "{lost:?}");
    let help = run(&project, "cursor", &["--help"]).await;
    assert!(help.success && help.stdout.contains("Examples:"), "{help:?}");
}

/// A client that does as the file says has tools that answer, with a key that was never in the file.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_as_the_written_entry_says() {
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let (project, plugins) = (project(), fixtures::plugins());
    std::fs::write(project.path().join("xyte.key"), format!("{}\n", sim.tenants()[0].key)).unwrap();
    let arguments = ["--plugins", plugins.to_str().unwrap(), "--key-file", "xyte.key", "--write"];
    assert!(run(&project, "claude-desktop", &arguments).await.success);
    let text = read(&default_file(&project, "claude-desktop"));
    assert!(!text.contains(&sim.tenants()[0].key));
    let file: Value = serde_json::from_str(&text).unwrap();
    let entry = &file["mcpServers"]["xyte"];
    let mut command = Command::new(entry["command"].as_str().unwrap());
    command.args(entry["args"].as_array().unwrap().iter().map(|argument| argument.as_str().unwrap()));
    command.env_clear().env("XYTE_BASE_URL", sim.url()).env("XYTE_DATA_DIR", project.path());
    for (name, value) in entry["env"].as_object().unwrap() {
        command.env(name, value.as_str().unwrap());
    }
    let call = json!({"name": "list_devices", "arguments": {"limit": 1}});
    let answer = tokio::task::spawn_blocking(move || ask(command, "tools/call", &call)).await.unwrap();
    assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
}

/// Starts a server, asks it one thing after the handshake, and ends it.
fn ask(mut command: Command, method: &str, params: &Value) -> Value {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}});
    let messages = [
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": hello}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
        json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}),
    ];
    let mut input = child.stdin.take().unwrap();
    for message in &messages {
        writeln!(input, "{message}").unwrap();
    }
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap();
    let answer = std::iter::repeat_with(&mut next).find(|message| message["id"] == 1).unwrap();
    drop(input);
    assert!(child.wait().unwrap().success());
    answer
}
