//! What the system tells a process.

use tokio::signal;
use tokio_util::sync::CancellationToken;

/// Fires on Ctrl-C and on SIGTERM.
pub(super) fn shutdown() -> CancellationToken {
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
        tracing::info!("shutting down");
    });
    token
}
