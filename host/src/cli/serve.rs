//! `xyte-mcp serve`

use anyhow::{Context, bail};
use serde_json::json;
use tokio::signal;
use tokio_util::sync::CancellationToken;

use super::arguments::ServeArguments;
use super::{assemble, ready_file};
use crate::config::{Settings, Tenancy};
use crate::mcp::Surface;
use crate::server::{self, AllowList, App};

pub(super) async fn run(arguments: ServeArguments) -> anyhow::Result<()> {
    let settings = arguments.common.settings(arguments.listen.as_deref())?;
    refuse_open_door(&settings, arguments.allow_unauthenticated).await?;
    let allowed = AllowList::new(&settings.allowed_hosts, &settings.allowed_origins)?;
    // The port first: that it is taken should be said before plugins are compiled.
    let listener = server::bind(&settings.listen).await?;
    let address = listener.local_addr().context("the socket has no address")?;
    let host = assemble::host(&settings).await?;
    let shutdown = shutdown_signal();
    let app = App {
        surface: Surface::new(host.tools, shutdown.clone()),
        authenticator: host.authenticator,
        allowed,
        readiness: host.readiness,
    };
    let url = format!("http://{address}/mcp");
    tracing::info!(url, hub = %settings.base_url, "serving MCP");
    if let Some(path) = arguments.ready_file() {
        ready_file::write(path, &json!({"url": url}))?;
    }
    server::serve(listener, server::router(app), shutdown).await.context("the server stopped")
}

/// With a configured key, whoever reaches the host acts with it. On this machine that is its user; elsewhere it would
/// be anybody.
async fn refuse_open_door(settings: &Settings, allowed: bool) -> anyhow::Result<()> {
    if matches!(settings.tenancy, Tenancy::Multi) || allowed {
        return Ok(());
    }
    let public_name = !settings.allowed_hosts.is_empty();
    if public_name || !server::is_loopback_only(&settings.listen).await? {
        bail!(
            "a configured key (XYTE_API_KEY) is served to loopback addresses only, and XYTE_LISTEN or \
             XYTE_ALLOWED_HOSTS reaches further: anybody there could act with it. Unset the key, so that every \
             request brings its own, or pass --allow-unauthenticated if something in front of the host decides who \
             may reach it"
        );
    }
    Ok(())
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
        tracing::info!("shutting down");
        fired.cancel();
    });
    token
}
