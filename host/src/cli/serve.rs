//! `xyte-mcp serve`

use std::time::Duration;

use anyhow::Context;
use serde_json::json;
use tokio::signal;
use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::{assemble, door, ready_file};
use crate::mcp::Surface;
use crate::rest::Rest;
use crate::server::{self, AllowList, App};

/// How long requests that are under way may take to finish once the host was told to stop. The usual time of one call;
/// orchestrators wait about as long before they kill.
const DRAIN_TIMEOUT: Duration = Duration::from_secs(30);

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
    let shutdown = shutdown_signal();
    let cut_off = after(&shutdown, DRAIN_TIMEOUT);
    let tools = host.tools.clone();
    let app = App {
        rest: Rest::new(host.tools.clone()),
        surface: Surface::new(host.tools, &host.sealing_key, settings.mcp_sessions.into(), cut_off.clone()),
        authenticator: host.authenticator,
        allowed,
        readiness: host.readiness,
    };
    let url = format!("http://{address}/mcp");
    tracing::info!(url, hub = %settings.base_url, "serving MCP");
    if let Some(path) = arguments.ready_file() {
        ready_file::write(path, &json!({"url": url}))?;
    }
    let served = server::serve(listener, server::router(app), shutdown, cut_off).await;
    tools.settled().await;
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

/// Fires on Ctrl-C and on SIGTERM.
fn shutdown_signal() -> CancellationToken {
    let token = CancellationToken::new();
    let fired = token.clone();
    tokio::spawn(async move {
        #[cfg(unix)]
        let terminated = async {
            match signal::unix::signal(signal::unix::SignalKind::terminate()) {
                Ok(mut stream) => drop(stream.recv().await),
                Err(error) => {
                    tracing::warn!(%error, "SIGTERM cannot be heard");
                    std::future::pending::<()>().await;
                }
            }
        };
        #[cfg(not(unix))]
        let terminated = std::future::pending::<()>();
        tokio::select! {
            _ = signal::ctrl_c() => {}
            () = terminated => {}
        }
        fired.cancel();
        tracing::info!("shutting down; calls that are under way may finish");
    });
    token
}
