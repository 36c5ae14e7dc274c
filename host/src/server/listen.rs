//! The listening socket.

use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::net::{TcpListener, lookup_host};
use tokio_util::sync::CancellationToken;

use crate::config::ListenAddress;

/// Why the host cannot listen. Each says how to mend it.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// The name cannot be resolved.
    #[error("cannot listen on {host}: the name is not known here; use an address, such as 127.0.0.1")]
    UnknownHost {
        /// The name.
        host: String,
        /// Why.
        source: io::Error,
    },
    /// Somebody else listens there.
    #[error(
        "{address} is in use by another process; stop it, or choose another address with --listen HOST:PORT \
         (port 0 picks a free one)"
    )]
    InUse {
        /// The address.
        address: SocketAddr,
    },
    /// The system refuses.
    #[error("cannot listen on {address}; choose another address with --listen HOST:PORT")]
    Refused {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
}

/// Opens the socket, on the first of the host's addresses.
///
/// # Errors
/// The name is unknown, the port is taken, or the system refuses.
pub async fn bind(listen: &ListenAddress) -> Result<TcpListener, BindError> {
    let address = resolve(listen).await?[0];
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => BindError::InUse { address },
        _ => BindError::Refused { address, source },
    })
}

/// Whether only this machine can reach an address.
///
/// # Errors
/// The name is unknown.
pub async fn is_loopback_only(listen: &ListenAddress) -> Result<bool, BindError> {
    Ok(resolve(listen).await?.iter().all(|address| address.ip().is_loopback()))
}

/// At least one address.
async fn resolve(listen: &ListenAddress) -> Result<Vec<SocketAddr>, BindError> {
    let unknown = |source| BindError::UnknownHost { host: listen.host.clone(), source };
    let found = lookup_host((listen.host.as_str(), listen.port)).await.map_err(unknown)?;
    let addresses: Vec<SocketAddr> = found.collect();
    if addresses.is_empty() { Err(unknown(io::ErrorKind::NotFound.into())) } else { Ok(addresses) }
}

/// Serves until `shutdown` fires, and then finishes the requests that are under way, but for those that are not done
/// when `cut_off` fires.
///
/// # Errors
/// The socket failed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: CancellationToken,
    cut_off: CancellationToken,
) -> io::Result<()> {
    // Answers are written whole; waiting to fill a packet would only delay them.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection was lost before it was used");
        }
    });
    let serving = axum::serve(listener, router).with_graceful_shutdown(shutdown.cancelled_owned());
    tokio::select! {
        ended = serving.into_future() => ended,
        () = cut_off.cancelled() => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> ListenAddress {
        text.parse().unwrap()
    }

    #[tokio::test]
    async fn a_taken_port_is_named_with_the_way_out() {
        let first = bind(&address("127.0.0.1:0")).await.unwrap();
        let taken = first.local_addr().unwrap().to_string();
        let error = bind(&address(&taken)).await.unwrap_err().to_string();
        assert!(error.contains(&taken) && error.contains("--listen HOST:PORT"), "{error}");
    }

    #[tokio::test]
    async fn loopback_is_recognised_by_address() {
        for (text, expected) in
            [("127.0.0.1:0", true), ("[::1]:0", true), ("0.0.0.0:0", false), ("[::]:0", false)]
        {
            assert_eq!(is_loopback_only(&address(text)).await.unwrap(), expected, "{text}");
        }
        assert!(is_loopback_only(&address("localhost:0")).await.unwrap());
    }
}
