//! A client of a revision with sessions, over HTTP.

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

use super::TestHost;

/// An open session.
pub(crate) struct Session<'a> {
    host: &'a TestHost,
    pub(crate) id: String,
}

impl<'a> Session<'a> {
    /// Opens one, for a client that declares these capabilities.
    pub(crate) async fn open(host: &'a TestHost, capabilities: Value) -> Session<'a> {
        let response = Session::initialize(host.post(), capabilities).await;
        assert_eq!(response.status(), 200);
        let id = response.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        let session = Session { host, id };
        let note = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
        assert_eq!(session.send(&note).await.status(), StatusCode::ACCEPTED);
        session
    }

    /// Asks for one.
    pub(crate) async fn initialize(post: RequestBuilder, capabilities: Value) -> Response {
        let params = json!({"protocolVersion": "2025-11-25", "capabilities": capabilities,
            "clientInfo": {"name": "test", "version": "1"}});
        let message = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params});
        post.header("accept", "application/json, text/event-stream").json(&message).send().await.unwrap()
    }

    /// A request of this session, without a body.
    pub(crate) fn within(&self, request: RequestBuilder) -> RequestBuilder {
        let accept = "application/json, text/event-stream";
        request
            .header("accept", accept)
            .header("mcp-protocol-version", "2025-11-25")
            .header("mcp-session-id", &self.id)
    }

    /// Sends any message.
    pub(crate) async fn send(&self, message: &Value) -> Response {
        self.within(self.host.post()).json(message).send().await.unwrap()
    }

    /// Sends a request, and answers with what comes back while it is open.
    pub(crate) async fn request(&self, id: u64, method: &str, params: Value) -> Events {
        let message = json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params});
        Events::of(self.send(&message).await)
    }

    /// Sends a request and waits for its answer.
    pub(crate) async fn answer(&self, id: u64, method: &str, params: Value) -> Value {
        self.request(id, method, params).await.until_answer().await.pop().unwrap()
    }

    /// Opens the stream on which the host says what nobody asked for.
    pub(crate) async fn follow(&self) -> Events {
        let get = self.host.client.get(format!("{}/mcp", self.host.url));
        let response = self.within(self.host.with_key(get)).send().await.unwrap();
        assert_eq!(response.status(), 200);
        Events::of(response)
    }

    pub(crate) async fn delete(&self) -> StatusCode {
        let delete = self.host.client.delete(format!("{}/mcp", self.host.url));
        self.within(self.host.with_key(delete)).send().await.unwrap().status()
    }
}

/// Messages of an open stream of events.
pub(crate) struct Events {
    response: Response,
    text: String,
}

impl Events {
    pub(crate) fn of(response: Response) -> Events {
        assert!(response.status().is_success(), "{response:?}");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Events { response, text: String::new() }
    }

    /// The next message. None: the stream has ended.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some(end) = self.text.find('\n') {
                let line: String = self.text.drain(..=end).collect();
                if let Some(data) = line.trim_end().strip_prefix("data: ") {
                    return Some(serde_json::from_str(data).unwrap_or_else(|_| panic!("no message: {data}")));
                }
            }
            self.text += std::str::from_utf8(&self.response.chunk().await.ok()??).unwrap();
        }
    }

    /// Everything up to and including the answer to a request of the client.
    pub(crate) async fn until_answer(mut self) -> Vec<Value> {
        let mut messages = Vec::new();
        while let Some(message) = self.next().await {
            let is_answer = message.get("result").or(message.get("error")).is_some();
            messages.push(message);
            if is_answer {
                return messages;
            }
        }
        panic!("the stream ended without an answer: {messages:?}")
    }
}
