//! A running simulated hub.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde::Serialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use xyte_catalog::Catalog;

use crate::config::{SimConfig, StartError};
use crate::fault::{Faults, UnknownOperation};
use crate::fleet::Fleet;
use crate::hub::{self, Hub, RecordedRequest, Tenant};
use crate::server;

/// A running simulated hub. Dropping it stops it.
#[derive(Debug)]
pub struct Sim {
    hub: Arc<Hub>,
    address: SocketAddr,
    stop: CancellationToken,
    stopped: CancellationToken,
}

/// What a program that started the simulator needs to know to use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ready {
    /// Where the hub is: `http://127.0.0.1:49152`.
    pub url: String,
    /// Who has a key.
    pub tenants: Vec<Tenant>,
}

impl Sim {
    /// Generates the fleets and listens. Requests are answered from now on, by tasks of the current tokio runtime.
    ///
    /// # Errors
    /// A setting out of bounds, or an address that cannot be listened on.
    pub async fn start(config: SimConfig) -> Result<Sim, StartError> {
        config.check()?;
        let listener = listen(config.listen).await?;
        let address =
            listener.local_addr().map_err(|source| StartError::Listen { address: config.listen, source })?;

        let hub = Arc::new(Hub::new(config));
        let (stop, stopped) = (CancellationToken::new(), CancellationToken::new());
        let router = hub::router(Arc::clone(&hub), Catalog::known());
        let serving = server::serve(listener, router, stop.clone());
        let ended = stopped.clone().drop_guard();
        tokio::spawn(async move {
            serving.await;
            drop(ended);
        });
        Ok(Sim { hub, address, stop, stopped })
    }

    /// Where it is, without a slash at the end: `http://127.0.0.1:49152`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Who has a key, in the order of the configuration.
    pub fn tenants(&self) -> &[Tenant] {
        self.hub.tenants.all()
    }

    /// What the ready file says.
    pub fn ready(&self) -> Ready {
        Ready { url: self.url(), tenants: self.tenants().to_vec() }
    }

    /// What that tenant has now: a copy, which later requests do not change.
    pub fn fleet(&self, tenant: &str) -> Option<Fleet> {
        self.hub.tenants.named(tenant).map(|fleet| fleet.clone())
    }

    /// The latest requests, oldest first: at most [`REQUESTS_KEPT`](crate::REQUESTS_KEPT), with at most
    /// [`REQUEST_BYTES_KEPT`](crate::REQUEST_BYTES_KEPT) of bodies.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.hub.record.requests()
    }

    /// Forgets the requests so far. Their numbers are not given again.
    pub fn clear_requests(&self) {
        self.hub.record.clear();
    }

    /// How many requests are being answered, those that hang included.
    pub fn in_flight(&self) -> usize {
        self.hub.in_flight.load(Ordering::Relaxed)
    }

    /// Has the next `times` requests for the operation of that key meet these faults and no others. Scripts for one
    /// operation follow each other in the order in which they were given.
    ///
    /// # Errors
    /// The catalogue has no such operation, so that the script would wait forever.
    pub fn fault_next(
        &self,
        operation: &str,
        faults: impl Into<Faults>,
        times: usize,
    ) -> Result<(), UnknownOperation> {
        self.hub.faults.script(operation, faults.into(), times)
    }

    /// Forgets all scripts and the faults that the hub was started with. Requests may still ask for their own.
    pub fn clear_faults(&self) {
        self.hub.faults.clear();
    }

    /// Moves the hub's clock forward.
    pub fn advance(&self, by: Duration) {
        self.hub.clock.advance(by);
    }

    /// Closes the listener and every connection, whatever it is doing, and waits until that is done.
    pub async fn shutdown(&self) {
        self.stop.cancel();
        self.stopped().await;
    }

    /// Waits until the hub has stopped.
    pub async fn stopped(&self) {
        self.stopped.cancelled().await;
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => StartError::AddressInUse(address),
        _ => StartError::Listen { address, source },
    })
}
