//! `xyte-mcp serve`

use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::{assemble, door, ready_file, signals};
use crate::mcp::{Ending, Surface};
use crate::rest::Rest;
use crate::server::{self, AllowList, App};

/// How long requests that are under way may take to finish once the host was told to stop. Orchestrators kill after
/// 30 s, and the outcomes of writes may take the last third of that.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(18);

pub(super) async fn run(arguments: ServeArguments) -> anyhow::Result<()> {
    let settings = arguments.common.settings(arguments.listen.as_deref())?;
    if !arguments.allow_unauthenticated {
        door::refuse_open(&settings).await?;
    }
    let allowed = AllowList::new(&settings.allowed_hosts, &settings.allowed_origins)?;
    // The port first: that it is taken should be said before plugins are compiled.
    let listener = server::bind(&settings.listen).await?;
    let address = listener.local_addr().context("the socket has no address")?;
    let host = assemble::host(&settings).await?;
    let shutdown = signals::shutdown();
    let cut_off = after(&shutdown, DRAIN_TIMEOUT);
    let tools = host.tools.clone();
    let ending = Ending { stopping: shutdown.clone(), cut_off: cut_off.clone() };
    let app = App {
        rest: Rest::new(host.tools.clone()),
        surface: Surface::new(host.tools, &host.sealing_key, settings.mcp_sessions.into(), ending),
        authenticator: host.authenticator,
        allowed,
        readiness: host.readiness,
    };
    let url = format!("http://{address}/mcp");
    let docs = format!("http://{address}/v1/docs");
    tracing::info!(url, docs, hub = %settings.base_url, "serving MCP");
    if !address.ip().is_loopback() && settings.allowed_hosts.is_empty() {
        tracing::warn!(
            "requests that name another host than this machine are refused; set XYTE_ALLOWED_HOSTS to the name that \
             clients use"
        );
    }
    if let Some(path) = arguments.ready_file() {
        ready_file::write(path, &json!({"url": url}))?;
    }
    let served = server::serve(listener, server::router(app), shutdown, cut_off).await;
    tools.settle().await;
    served.context("the server stopped")
}

/// Fires so long after `token`.
fn after(token: &CancellationToken, delay: Duration) -> CancellationToken {
    let (token, later) = (token.clone(), CancellationToken::new());
    let fired = later.clone();
    tokio::spawn(async move {
        token.cancelled().await;
        tokio::time::sleep(delay).await;
        fired.cancel();
    });
    later
}
