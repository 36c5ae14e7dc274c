//! What a real browser makes of it: the page for people works, and pages of others get nowhere.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::browser::{Browser, installed};
use crate::support::{Mode, TestHost, both_modes};

/// What a page of somebody else tries, and what came of it.
const ATTACK: &str = r#"<!doctype html><title>attack</title><link rel="icon" href="data:,"><body><script>
const host = location.hash.slice(1);
const body = JSON.stringify({ space_id: 2, cloud_id: "c1" });
const attempt = async (path, options) => {
  try {
    const response = await fetch(host + path, options);
    return response.type === "opaque" ? "opaque" : "read " + response.status + " " + (await response.text());
  } catch { return "refused"; }
};
const post = (type, mode) => ({ method: "POST", mode, body, headers: { "Content-Type": type } });
const frame = (path, target) => new Promise((done) => {
  const made = document.createElement("iframe");
  made.name = target || "";
  made.onload = () => { try { done(made.contentDocument ? "readable" : "closed"); } catch { done("closed"); } };
  if (path) made.src = host + path;
  document.body.append(made);
});
const element = (name, path) => new Promise((done) => {
  const made = document.createElement(name);
  made.onload = () => done("loaded");
  made.onerror = () => done("refused");
  made.src = host + path;
  document.body.append(made);
});
const form = async () => {
  const answered = frame("", "answer");
  const made = document.createElement("form");
  Object.assign(made, { method: "post", enctype: "text/plain", target: "answer", action: host + "/v1/tools/claim_device" });
  const field = document.createElement("input");
  Object.assign(field, { name: '{"space_id":2,"cloud_id":"', value: 'c1"}' });
  made.append(field);
  document.body.append(made);
  await answered;
  const frames = document.querySelector("iframe[name=answer]");
  const gone = new Promise((done) => { frames.onload = () => done("sent"); });
  made.submit();
  return gone;
};
const within = (work) => Promise.race([work, new Promise((done) => setTimeout(() => done("silent"), 5000))]);
window.report = (async () => ({
  read: await within(attempt("/v1/devices", {})),
  read_blindly: await within(attempt("/v1/devices", { mode: "no-cors" })),
  call_simply: await within(attempt("/v1/tools/claim_device", post("text/plain", "no-cors"))),
  call: await within(attempt("/v1/tools/claim_device", post("application/json", "cors"))),
  mcp: await within(attempt("/mcp", post("text/plain", "no-cors"))),
  script: await within(element("script", "/v1/devices")),
  image: await within(element("img", "/v1/devices")),
  form: await within(form()),
  docs: await within(frame("/v1/docs")),
  devices: await within(frame("/v1/devices")),
}))();
</script>"#;

/// Serves one page to whoever asks, on a port of its own.
async fn elsewhere(page: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            // Each by itself: a browser opens connections that it may never use.
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _read = stream.read(&mut request).await;
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n";
                let _sent = stream.write_all(format!("{head}{page}").as_bytes()).await;
            });
        }
    });
    port
}

/// The key typed in and sent off, and the tools waited for.
async fn load_docs(browser: &mut Browser, host: &TestHost) {
    browser.open(&format!("{}/v1/docs", host.url)).await;
    if host.mode == Mode::Multi {
        browser.wait_for("document.getElementById('status').textContent.includes('needs your key')").await;
        let key = &host.sim.tenants()[0].key;
        browser.value(&format!("document.getElementById('key').value = {key:?}")).await;
        browser.value("document.getElementById('key-form').requestSubmit()").await;
    }
    browser.wait_for("document.querySelector('[data-tool=list_devices]')").await;
}

both_modes! {
    async fn the_page_for_people_shows_the_tools_and_calls_one(mode: Mode) {
        let Some(program) = installed() else { return };
        let host = TestHost::start(mode).await;
        let mut browser = Browser::start(program).await;
        load_docs(&mut browser, &host).await;
        let shown = browser.value("document.querySelector('[data-tool=list_devices]').textContent").await;
        assert!(shown.as_str().unwrap().contains("Only devices whose name contains this"), "its schema: {shown}");
        browser.wait_for("document.getElementById('resources').textContent.includes('device://{device_id}/status')").await;
        host.sim.clear_requests();
        browser.value("document.querySelector('[data-tool=list_devices] > form').requestSubmit()").await;
        browser.wait_for("document.querySelector('[data-tool=list_devices] > form pre').textContent.includes('\"scanned\": 1250')").await;
        assert!(!host.sim.requests().is_empty());
        let elsewhere: Vec<String> = browser.requested().into_iter().filter(|url| !url.starts_with(&host.url)).collect();
        assert!(elsewhere.is_empty(), "{elsewhere:?}");
        // The browser itself notes that the first request, without a key, was answered with 401.
        let complaints: Vec<String> = browser.complaints().into_iter().filter(|text| mode == Mode::Single || !text.contains("401")).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }

    async fn a_key_is_gone_with_the_page(mode: Mode) {
        let Some(program) = installed() else { return };
        let host = TestHost::start(mode).await;
        let mut browser = Browser::start(program).await;
        load_docs(&mut browser, &host).await;
        let kept = "JSON.stringify([document.cookie, Object.keys(localStorage), Object.keys(sessionStorage), location.href])";
        let kept = browser.value(kept).await;
        assert_eq!(kept, json!(format!("[\"\",[],[],\"{}/v1/docs\"]", host.url)));
    }
}

/// A configured key is the worst case: no request needs to bring one.
#[tokio::test(flavor = "multi_thread")]
async fn pages_of_others_get_nowhere() {
    let Some(program) = installed() else { return };
    let host = TestHost::start(Mode::Single).await;
    let port = elsewhere(ATTACK).await;
    let mut browser = Browser::start(program).await;
    // Another port of the same name is the same site; another name is another site.
    for page in [format!("http://127.0.0.1:{port}/"), format!("http://evil.example:{port}/")] {
        browser.open(&format!("{page}#{}", host.url)).await;
        let report = browser.value("window.report").await;
        for (attempt, outcome) in report.as_object().unwrap() {
            let outcome = outcome.as_str().unwrap();
            // What is opaque was sent and could not be read; whether it did anything, the hub's record says.
            assert!(
                ["refused", "opaque", "closed", "sent"].contains(&outcome),
                "{page} {attempt}: {outcome}"
            );
        }
        assert_eq!(
            (&report["read"], &report["call"], &report["script"]),
            (&refused(), &refused(), &refused()),
            "{page}"
        );
        assert_eq!((&report["docs"], &report["devices"]), (&json!("closed"), &json!("closed")), "{page}");
    }
    assert!(host.sim.requests().is_empty(), "{:?}", host.sim.requests());
    let framing = browser.complaints().into_iter().filter(|text| text.contains("frame-ancestors")).count();
    assert!(framing >= 4, "both are kept out of frames on both pages: {:?}", browser.complaints());
    host.assert_serving().await;
}

/// A name of somebody else's that leads here: the page and the host are of one origin then, and the name gives it away.
#[tokio::test(flavor = "multi_thread")]
async fn a_rebound_name_is_not_served() {
    let Some(program) = installed() else { return };
    let host = TestHost::start(Mode::Single).await;
    let rebound = host.url.replace("127.0.0.1", "rebound.example");
    let mut browser = Browser::start(program).await;
    for path in ["/v1/docs", "/v1/devices"] {
        browser.open(&format!("{rebound}{path}")).await;
        let shown = browser.value("document.body.textContent").await;
        assert!(shown.as_str().unwrap().contains("host_not_allowed"), "{shown}");
    }
    assert!(host.sim.requests().is_empty());
}

fn refused() -> Value {
    json!("refused")
}
