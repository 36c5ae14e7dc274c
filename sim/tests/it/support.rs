//! A running hub and a client for it.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, HeaderMap};
use reqwest::{Client, Method, RequestBuilder, redirect};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use xyte_sim::{Clock, Fleet, Sim, SimConfig};

/// What every path begins with.
pub(crate) const PREFIX: &str = "/core/v1/organization";
/// When the fixed clock of most tests stands.
pub(crate) const NOW: &str = "2026-11-02T08:00:00Z";

/// A hub whose clock stands still, and a client with the first tenant's key.
pub(crate) struct Hub {
    pub(crate) sim: Sim,
    pub(crate) key: String,
    client: Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    /// The rows of a list.
    pub(crate) fn items(&self) -> Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json()["items"].as_array().unwrap().clone()
    }

    /// Asserts an error in the hub's own form.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, message: &str) {
        assert_eq!((self.status, self.json()), (status, serde_json::json!({ "error": message })));
    }
}

impl Hub {
    pub(crate) async fn start() -> Hub {
        Hub::with(|_| {}).await
    }

    pub(crate) async fn with(change: impl FnOnce(&mut SimConfig)) -> Hub {
        let mut config = SimConfig { clock: Clock::fixed(now()), ..SimConfig::default() };
        change(&mut config);
        let sim = Sim::start(config).await.unwrap();
        let key = sim.tenants()[0].key.clone();
        let client = Client::builder().no_proxy().redirect(redirect::Policy::none()).build().unwrap();
        Hub { sim, key, client }
    }

    /// What the first tenant has now.
    pub(crate) fn fleet(&self) -> Fleet {
        self.sim.fleet(&self.sim.tenants()[0].name).unwrap()
    }

    /// A request without a key. The path follows the prefix.
    pub(crate) fn keyless(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{PREFIX}{path}", self.sim.url()))
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.keyless(method, path).header(AUTHORIZATION, &self.key)
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }

    pub(crate) async fn with_fault(&self, path: &str, fault: &str) -> Answer {
        send(self.request(Method::GET, path).header("x-sim-fault", fault)).await
    }

    /// Sends these bytes on a connection of their own, and answers every byte that came back until it closed.
    pub(crate) async fn raw(&self, request: &str) -> Vec<u8> {
        let mut socket = self.connect().await;
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut received = Vec::new();
        socket.read_to_end(&mut received).await.unwrap();
        received
    }

    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.sim.url().strip_prefix("http://").unwrap()).await.unwrap()
    }

    /// The text of a request with this target and these further header lines, after which the server closes.
    pub(crate) fn raw_get(&self, target: &str, headers: &str) -> String {
        format!(
            "GET {target} HTTP/1.1\r\nhost: sim\r\nauthorization: {}\r\n{headers}connection: close\r\n\r\n",
            self.key
        )
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, text: response.text().await.unwrap() }
}

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// Waits until something is so that another task brings about; fails after a time that no test needs.
pub(crate) async fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let wait = async {
        while !is_so() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.unwrap_or_else(|_| panic!("never: {what}"));
}
