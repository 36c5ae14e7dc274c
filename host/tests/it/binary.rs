//! The real binary: settings, start-up, what it says when something is wrong.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use xyte_sim::{Fault, Sim, SimConfig};

use crate::support::{Era, binary, fixtures};

async fn sim() -> Sim {
    Sim::start(SimConfig::default()).await.unwrap()
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mode_is_said_at_the_start_and_a_blank_key_is_none() {
    for (key, line) in [("sim_key", "Running in single-tenant mode"), (" ", "Running in multi-tenant mode")] {
        let serving = binary::serve(|command| {
            command.arg("--plugins").arg(fixtures::plugins()).env("XYTE_API_KEY", key);
        })
        .await;
        let log = serving.stop().await;
        assert!(log.contains(line), "{log}");
        assert!(!log.contains("sim_key"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_ready_file_tells_where_the_host_is_and_only_its_owner() {
    let serving = binary::serve(|command| {
        command.arg("--plugins").arg(fixtures::plugins());
    })
    .await;
    let health = serving.url.replace("/mcp", "/healthz");
    assert_eq!(client().get(health).send().await.unwrap().status(), 200);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&serving.ready_file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_plugins_directory_the_host_serves_and_says_what_to_do() {
    let serving = binary::serve(|command| {
        command.args(["--plugins", "/nowhere/plugins"]).env("XYTE_API_KEY", "sim_key");
    })
    .await;
    let ready = client().get(serving.url.replace("/mcp", "/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 503);
    let body: Value = ready.json().await.unwrap();
    assert_eq!(body["reason"], "no plugin is loaded; the log says why", "and no path of this machine");
    let list =
        Era::Legacy.request(client().post(&serving.url), "tools/list", json!({})).send().await.unwrap();
    let list: Value = list.json().await.unwrap();
    assert_eq!(list["result"]["tools"], json!([]));
    let log = serving.stop().await;
    assert!(log.contains("/nowhere/plugins cannot be read as a directory of plugins"), "{log}");
    assert!(log.contains("XYTE_PLUGINS_DIR"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_corrupt_plugin_is_reported_and_the_rest_is_served() {
    let directory = fixtures::probe_directory(&fixtures::PROBE_ROUTES);
    std::fs::write(directory.path().join("broken.wasm"), "not wasm").unwrap();
    let serving = binary::serve(|command| {
        command.arg("--plugins").arg(directory.path()).env("XYTE_API_KEY", "sim_key");
    })
    .await;
    let ready = client().get(serving.url.replace("/mcp", "/readyz")).send().await.unwrap();
    let body: Value = ready.json().await.unwrap();
    assert_eq!(body, json!({"status": "ready", "plugins": 1, "refused": 1}));
    let log = serving.stop().await;
    assert!(log.contains("not a WebAssembly component"), "{log}");
}

/// Environment, arguments, and what the error says.
type Case<'a> = (Vec<(&'a str, &'a str)>, Vec<&'a str>, Vec<&'a str>);

#[tokio::test]
async fn settings_that_make_no_sense_end_the_start_with_their_name() {
    let data = tempfile::tempdir().unwrap();
    let lure = data.path().join("lure.env");
    std::fs::write(&lure, "XYTE_BASE_URL=https://evil.example\n").unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let cases: Vec<Case> = vec![
        (vec![("XYTE_API_KEY", "sim_a\nsim_b")], vec![], vec!["XYTE_API_KEY", "line break"]),
        (vec![("XYTE_BASE_URL", "http://hub.xyte.io")], vec![], vec!["XYTE_BASE_URL", "https"]),
        (vec![("XYTE_EXPERIMENTAL_APIS", "maybe")], vec![], vec!["XYTE_EXPERIMENTAL_APIS", "true or false"]),
        (vec![("XYTE_ALLOWED_HOSTS", "https://x")], vec![], vec!["XYTE_ALLOWED_HOSTS", "host name"]),
        (vec![], vec!["--listen", &taken], vec![&taken, "in use", "--listen"]),
        (vec![], vec!["--listen", "8080"], vec!["XYTE_LISTEN", "HOST:PORT"]),
        (vec![], vec!["--env-file", lure.to_str().unwrap()], vec!["lure.env", "XYTE_BASE_URL"]),
        (vec![], vec!["--env-file", "/nowhere.env"], vec!["/nowhere.env"]),
        (
            vec![("XYTE_API_KEY", "k")],
            vec!["--listen", "0.0.0.0:0"],
            vec!["--allow-unauthenticated", "XYTE_LISTEN"],
        ),
        (vec![("XYTE_API_KEY", "k"), ("XYTE_ALLOWED_HOSTS", "mcp.example.com")], vec![], vec!["loopback"]),
    ];
    for (environment, arguments, expected) in cases {
        let mut command = binary::command(data.path());
        command.args(["serve", "--listen", "127.0.0.1:0"]);
        if arguments.contains(&"--listen") {
            command = binary::command(data.path());
            command.arg("serve");
        }
        let ended = binary::run(command.args(&arguments).envs(environment.iter().copied())).await;
        assert!(!ended.success, "{arguments:?} {environment:?}");
        for part in expected {
            assert!(ended.stderr.contains(part), "{part}: {}", ended.stderr);
        }
        assert!(!ended.stderr.contains("sim_a") && !ended.stderr.contains("sim_b"), "{}", ended.stderr);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_called_env_in_the_working_directory_is_not_read() {
    let sim = sim().await;
    let here = tempfile::tempdir().unwrap();
    // Read, it would show the experimental tools.
    std::fs::write(here.path().join(".env"), "XYTE_EXPERIMENTAL_APIS=true\n").unwrap();
    let serving = binary::serve(|command| {
        command.current_dir(here.path()).arg("--plugins").arg(fixtures::plugins());
        command.env("XYTE_BASE_URL", sim.url()).env("XYTE_API_KEY", &sim.tenants()[0].key);
    })
    .await;
    let answer =
        Era::Modern.request(client().post(&serving.url), "tools/list", json!({})).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    let tools = answer["result"]["tools"].as_array().unwrap();
    let listed = |name: &str| tools.iter().any(|tool| tool["name"] == name);
    assert!(listed("list_devices") && !listed("echo_command"), "{answer}");
    serving.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_under_way_when_the_host_is_told_to_stop_is_answered() {
    let sim = sim().await;
    let serving = binary::serve(|command| {
        command.arg("--plugins").arg(fixtures::plugins());
        command.env("XYTE_BASE_URL", sim.url()).env("XYTE_API_KEY", &sim.tenants()[0].key);
    })
    .await;
    let slow = Fault::Slow(Duration::from_secs(1));
    sim.fault_next("organization.devices.getDevices", slow, 1).unwrap();
    let params = json!({"name": "list_devices", "arguments": {"limit": 1}});
    let request = Era::Modern.request(client().post(&serving.url), "tools/call", params);
    let call = tokio::spawn(async move { request.send().await.unwrap().json::<Value>().await.unwrap() });
    while sim.in_flight() == 0 {
        // The request at the hub is the event; nothing else tells of it.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let log = serving.stop().await;
    let answer = call.await.unwrap();
    assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
    assert!(log.contains("shutting down"), "{log}");
}

/// A log that nobody takes must not stop the host: not one whose reader has gone, and not one whose reader sleeps.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_nobody_reads_stops_nothing() {
    let directory = fixtures::probe_directory(&[]);
    for reader in [binary::LogReader::Gone, binary::LogReader::Asleep] {
        let serving = binary::serve_with(reader, |command| {
            command.arg("--plugins").arg(directory.path()).env("XYTE_API_KEY", "sim_key");
        })
        .await;
        let lines = vec!["x".repeat(2_000); 90];
        for _ in 0..3 {
            let params = json!({"name": "say", "arguments": {"lines": lines}});
            let answer =
                Era::Modern.request(client().post(&serving.url), "tools/call", params).send().await.unwrap();
            let answer: Value = answer.json().await.unwrap();
            assert_eq!(answer["result"]["isError"], json!(false), "{answer}");
        }
        serving.stop().await;
    }
}

/// Speaks lines of JSON-RPC with `stdio`, ends its input, and returns the lines that it wrote, and its log.
async fn converse(messages: &[Value], environment: &[(&str, &str)], plugins: &Path) -> (Vec<Value>, String) {
    let data = tempfile::tempdir().unwrap();
    let mut command = binary::command(data.path());
    command.args(["stdio", "--plugins"]).arg(plugins).envs(environment.iter().copied());
    let mut child = command.stdin(std::process::Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut answers = Vec::new();
    for message in messages {
        input.write_all(format!("{message}\n").as_bytes()).await.unwrap();
        if message.get("id").is_some() {
            let line = output.next_line().await.unwrap().expect("an answer");
            answers.push(serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON-RPC: {line}")));
        }
    }
    drop(input);
    assert_eq!(output.next_line().await.unwrap(), None, "nobody asked for more");
    let ended = child.wait_with_output().await.unwrap();
    assert!(ended.status.success());
    (answers, String::from_utf8(ended.stderr).unwrap())
}

fn handshake() -> Vec<Value> {
    let params = json!({"protocolVersion": "2025-11-25", "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"}});
    vec![
        json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}),
        json!({"jsonrpc": "2.0", "method": "notifications/initialized"}),
    ]
}

#[expect(clippy::needless_pass_by_value, reason = "so that cases can be written as json!(…)")]
fn call(id: u64, tool: &str, arguments: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
}

#[tokio::test(flavor = "multi_thread")]
async fn stdio_speaks_nothing_but_json_rpc_whatever_a_plugin_prints() {
    let sim = sim().await;
    let directory = fixtures::probe_directory(&fixtures::PROBE_ROUTES);
    let mut messages = handshake();
    let lines =
        json!(["plain", "{\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{}}", "\u{1b}[31mred\nsecond line"]);
    messages.push(call(1, "say", json!({"lines": lines})));
    messages.push(call(2, "answer", json!({"json": "{\n\"a\":\n1}"})));
    messages.push(call(3, "trap", json!({})));
    messages.push(call(4, "spin", json!({})));
    let environment = [("XYTE_BASE_URL", sim.url()), ("XYTE_API_KEY", sim.tenants()[0].key.clone())];
    let environment = environment.each_ref().map(|(name, value)| (*name, value.as_str()));
    let (answers, log) = converse(&messages, &environment, directory.path()).await;
    assert_eq!(answers.len(), 5, "{answers:?}");
    assert_eq!(answers[2]["result"]["structuredContent"], json!({"a": 1}));
    assert_eq!(answers[3]["result"]["_meta"]["xyte-mcp/error"]["error"], "plugin_crashed");
    assert_eq!(answers[4]["result"]["_meta"]["xyte-mcp/error"]["error"], "deadline_exceeded");
    // What the guest said is in the log, line by line, as data.
    assert!(log.contains("\"plugin log\"") && log.contains("\u{fffd}[31mred"), "{log}");
    for line in log.lines() {
        assert!(serde_json::from_str::<Value>(line).is_ok(), "not JSON: {line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn stdio_without_a_key_starts_and_refuses_every_call_with_the_fix() {
    let mut messages = handshake();
    messages.push(json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}));
    messages.push(call(2, "list_devices", json!({})));
    messages.push(call(3, "claim_device", json!({"space_id": 1, "cloud_id": "x"})));
    let (answers, log) = converse(&messages, &[], &fixtures::plugins()).await;
    assert!(!answers[1]["result"]["tools"].as_array().unwrap().is_empty());
    for answer in &answers[2..] {
        let failure = &answer["result"]["_meta"]["xyte-mcp/error"];
        assert_eq!(failure["error"], "missing_xyte_key", "{answer}");
        assert!(failure["hint"].as_str().unwrap().contains("XYTE_API_KEY"), "{answer}");
    }
    assert!(log.contains("missing_xyte_key") && log.contains("set XYTE_API_KEY"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_finds_everything_in_order_or_says_what_to_do() {
    let sim = sim().await;
    let data = tempfile::tempdir().unwrap();
    let doctor = || {
        let mut command = binary::command(data.path());
        command.args(["doctor", "--listen", "127.0.0.1:0", "--plugins"]).arg(fixtures::plugins());
        command.env("XYTE_BASE_URL", sim.url());
        command
    };
    let good = binary::run(doctor().env("XYTE_API_KEY", &sim.tenants()[0].key)).await;
    assert!(good.success, "{good:?}");
    assert!(good.stdout.contains("Everything is in order."), "{}", good.stdout);
    for subject in ["directories", "key", "plugins", "port"] {
        assert!(good.stdout.contains(&format!("ok    {subject}")), "{subject}: {}", good.stdout);
    }
    assert!(!good.stdout.contains('\u{1b}'), "no colour without a terminal");

    let wrong_key = binary::run(doctor().env("XYTE_API_KEY", "sim_wrong")).await;
    assert!(!wrong_key.success);
    assert!(
        wrong_key.stdout.contains("FAIL  key") && wrong_key.stdout.contains("fix: create"),
        "{wrong_key:?}"
    );
    assert!(!format!("{wrong_key:?}").contains("sim_wrong"));

    let broken = fixtures::probe_directory(&["organization.spaces.getSpaces"]);
    std::fs::write(broken.path().join("broken.wasm"), "x").unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut command = binary::command(data.path());
    command.args(["doctor", "--listen"]).arg(taken.local_addr().unwrap().to_string());
    command.arg("--plugins").arg(broken.path()).env("XYTE_LOG_LEVLE", "info");
    let bad = binary::run(&mut command).await;
    assert!(!bad.success);
    for expected in [
        "XYTE_LOG_LEVLE looks like a setting",
        "did you mean XYTE_LOG_LEVEL?",
        "broken is refused",
        "probe: organization.spaces.getSpaces is granted and not asked for",
        "is hidden without",
        "does less without",
        "FAIL  port",
    ] {
        assert!(bad.stdout.contains(expected), "{expected}: {}", bad.stdout);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_simulator_listens_on_loopback_alone() {
    let data = tempfile::tempdir().unwrap();
    let ended = binary::run(binary::command(data.path()).args(["sim", "--listen", "0.0.0.0:0"])).await;
    assert!(!ended.success && ended.stderr.contains("loopback"), "{ended:?}");
    let ended = binary::run(binary::command(data.path()).args(["sim", "--faults", "earthquake"])).await;
    assert!(!ended.success && ended.stderr.contains("earthquake"), "{ended:?}");
}

#[tokio::test]
async fn help_has_examples() {
    let data = tempfile::tempdir().unwrap();
    for arguments in [vec!["--help"], vec!["sim", "--help"]] {
        let ended = binary::run(binary::command(data.path()).args(&arguments)).await;
        assert!(ended.success && ended.stdout.contains("Examples:"), "{ended:?}");
    }
}
