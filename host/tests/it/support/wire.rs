//! MCP messages as clients of both eras send them.

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};

/// Which kind of client is speaking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// Until 2025-11-25: what the client is, it said once.
    Legacy,
    /// From 2026-07-28: every request says everything.
    Modern,
}

impl Era {
    pub(crate) const BOTH: [Era; 2] = [Era::Legacy, Era::Modern];

    fn revision(self) -> &'static str {
        match self {
            Era::Legacy => "2025-11-25",
            Era::Modern => "2026-07-28",
        }
    }

    /// Completes a POST to the MCP endpoint.
    pub(crate) fn request(self, post: RequestBuilder, method: &str, mut params: Value) -> RequestBuilder {
        let mut post = post
            .header("accept", "application/json, text/event-stream")
            .header("mcp-protocol-version", self.revision());
        if self == Era::Modern {
            post = post.header("mcp-method", method);
            if let Some(name) = params["name"].as_str().or(params["uri"].as_str()) {
                post = post.header("mcp-name", name);
            }
            let meta = &mut params["_meta"];
            meta["io.modelcontextprotocol/protocolVersion"] = json!(self.revision());
            if meta["io.modelcontextprotocol/clientCapabilities"].is_null() {
                meta["io.modelcontextprotocol/clientCapabilities"] = json!({});
            }
            meta["io.modelcontextprotocol/clientInfo"] = json!({"name": "test", "version": "1"});
        }
        post.json(&json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
    }
}

/// The messages of an answer, whichever way they come: as JSON, or as a stream of events.
pub(crate) async fn messages(response: Response) -> Vec<Value> {
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    let text = response.text().await.unwrap();
    if kind.starts_with("application/json") {
        return vec![serde_json::from_str(&text).unwrap()];
    }
    let data = text.lines().filter_map(|line| line.strip_prefix("data: ")).filter(|data| !data.is_empty());
    data.map(|data| serde_json::from_str(data).unwrap_or_else(|error| panic!("{error}: {data}"))).collect()
}
