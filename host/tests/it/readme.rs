//! The README's commands, as somebody would paste them.
//!
//! They are taken out of the document and run by a shell. Only what a reader would replace is replaced: the key, the
//! port, where the binary and the plugins are.

use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tokio::process::{Child, Command};
use xyte_sim::{Sim, SimConfig};

use crate::support::fixtures;

/// In an answer about devices that are offline.
const OFFLINE: &str = "\"status\":\"offline\"";
const PATIENCE: Duration = Duration::from_secs(60);

fn readme() -> String {
    std::fs::read_to_string(fixtures::root().join("README.md")).unwrap()
}

/// The contents of the code blocks of one language.
fn blocks(language: &str) -> Vec<String> {
    let text = readme();
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap().to_owned()).collect()
}

/// The two start commands of the table: for one organization, and for many.
fn start_commands() -> [String; 2] {
    let text = readme();
    let row = text.lines().find(|line| line.starts_with("| start |")).expect("the table says how to start");
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    [cells[2], cells[3]].map(|cell| cell.trim_matches('`').to_owned())
}

/// What a reader has at hand, in place of what the document says.
fn adapted(command: &str, key: &str) -> String {
    command
        .replace("target/release/xyte-mcp", env!("CARGO_BIN_EXE_xyte-mcp"))
        .replace("target/plugins", fixtures::plugins().to_str().unwrap())
        .replace('…', key)
}

fn shell(script: &str) -> Command {
    let mut command = Command::new("bash");
    command.args(["-euc", script]).env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").kill_on_drop(true);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Starts what a reader would start, on a free port, and waits until it serves.
async fn start(command: &str, sim: &Sim, directory: &std::path::Path) -> (Child, String) {
    let ready = directory.join("ready.json");
    let _ = std::fs::remove_file(&ready);
    let script = format!("exec env {command} --listen 127.0.0.1:0 --ready-file {}", ready.display());
    let mut child =
        shell(&script).env("XYTE_BASE_URL", sim.url()).env("XYTE_DATA_DIR", directory).spawn().unwrap();
    let wait = async {
        loop {
            if let Ok(text) = std::fs::read_to_string(&ready) {
                return serde_json::from_str::<Value>(&text).unwrap();
            }
            assert!(child.try_wait().unwrap().is_none(), "`{script}` ended early");
            // The file is the event; nothing else tells of it.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let ready = tokio::time::timeout(PATIENCE, wait).await.unwrap();
    let authority =
        ready["url"].as_str().unwrap().trim_start_matches("http://").trim_end_matches("/mcp").to_owned();
    (child, authority)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_quickstarts_and_the_curl_commands_work() {
    let curls: Vec<String> = blocks("sh").into_iter().filter(|block| block.starts_with("curl ")).collect();
    assert_eq!(curls.len(), 4);
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let key = sim.tenants()[0].key.clone();
    let directory = tempfile::tempdir().unwrap();
    let expected = ["search_device_histories", OFFLINE, OFFLINE, "\"uri\":\"devices://\""];
    for command in start_commands() {
        let (mut host, authority) = start(&adapted(&command, &key), &sim, directory.path()).await;
        for (curl, expected) in curls.iter().zip(expected) {
            let script = curl.replace("127.0.0.1:8080", &authority);
            let output = shell(&script).env("XYTE_API_KEY", &key).output();
            let output = tokio::time::timeout(PATIENCE, output).await.unwrap().unwrap();
            let answer = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && answer.contains(expected), "{script}\n{output:?}");
        }
        host.kill().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulator_is_started_as_it_says() {
    let block = blocks("sh").into_iter().find(|block| block.contains("xyte-mcp sim")).unwrap();
    let line = block.lines().next().unwrap().replace("127.0.0.1:9000", "127.0.0.1:0");
    let directory = tempfile::tempdir().unwrap();
    let ready = directory.path().join("sim.json");
    let script = format!("exec {} --ready-file {}", adapted(&line, ""), ready.display());
    let mut sim = shell(&script).spawn().unwrap();
    let wait = async {
        while !ready.exists() {
            assert!(sim.try_wait().unwrap().is_none(), "`{script}` ended early");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap();
    sim.kill().await.unwrap();
}

/// Each command for clients, in a directory that is the reader's home as well.
#[tokio::test(flavor = "multi_thread")]
async fn clients_are_configured_as_it_says() {
    let block = blocks("sh").into_iter().find(|block| block.contains("client-config")).unwrap();
    let home = tempfile::tempdir().unwrap();
    for line in block.lines() {
        let output = shell(&adapted(line, "")).env("HOME", home.path()).current_dir(home.path()).output();
        let output = tokio::time::timeout(PATIENCE, output).await.unwrap().unwrap();
        assert!(output.status.success(), "{line}\n{output:?}");
        if !line.contains("--write") {
            let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert!(printed["mcpServers"]["xyte"].is_object(), "{printed}");
        }
    }
    for (file, section) in
        [(".vscode/mcp.json", "servers"), (".config/Claude/claude_desktop_config.json", "mcpServers")]
    {
        let text = std::fs::read_to_string(home.path().join(file)).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        assert!(value[section]["xyte"].is_object(), "{text}");
    }
}

#[test]
fn files_that_it_links_to_exist() {
    let text = readme();
    for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        assert!(link.starts_with("https://") || fixtures::root().join(link).exists(), "{link}");
    }
}
