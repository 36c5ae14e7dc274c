//! One request from its arrival to its answer.

mod record;
mod routes;
mod tenant;

use std::future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use record::Record;
pub use record::{REQUEST_BYTES_KEPT, REQUESTS_KEPT, RecordedRequest};
pub(crate) use routes::{Matched, router};
use tenant::Tenancy;
pub use tenant::Tenant;

use crate::clock::Clock;
use crate::config::{SimConfig, TenantConfig};
use crate::fault::{self, FaultSource};
use crate::generate;
use crate::play::{Call, Refusal};
use crate::server::{Scissors, Target};

/// The largest request body, in bytes: far above any that the API has use for, and small enough to keep some.
const REQUEST_BYTES_MAX: usize = 1 << 20;

/// Everything that outlives a request.
#[derive(Debug)]
pub(crate) struct Hub {
    pub(crate) tenants: Tenancy,
    pub(crate) record: Record,
    pub(crate) faults: FaultSource,
    pub(crate) clock: Clock,
    pub(crate) stage: Duration,
    pub(crate) in_flight: AtomicUsize,
}

/// A request with its body, and what is known of it.
struct Arrival {
    /// Its place in the order of arrival.
    number: u64,
    parts: Parts,
    /// None: it was too large, or its client went away.
    body: Option<Bytes>,
}

impl Hub {
    /// Generates keys and fleets. The configuration was checked.
    pub(crate) fn new(config: SimConfig) -> Hub {
        let now = config.clock.now();
        let populate = |(index, tenant): (u32, &TenantConfig)| {
            let key = generate::key(config.seed, index);
            (Tenant { name: tenant.name.clone(), key }, generate::fleet(config.seed, index, tenant, now))
        };
        Hub {
            tenants: Tenancy::new((0..).zip(&config.tenants).map(populate)),
            record: Record::default(),
            faults: FaultSource::new(config.seed, config.faults),
            clock: config.clock,
            stage: config.stage,
            in_flight: AtomicUsize::new(0),
        }
    }

    /// Answers a request. Faults that leave the operation alone come after it was played: a client that gives up has
    /// changed the fleet all the same, which is the case that it must be ready for.
    pub(crate) async fn answer(self: Arc<Self>, matched: Option<Matched>, request: Request) -> Response {
        let _in_flight = InFlight::enter(&self.in_flight);
        let operation = matched.as_ref().map(Matched::key);
        let arrival = self.receive(operation, request).await;
        let _under_way = UnderWay { record: &self.record, number: arrival.number };
        let header = arrival.parts.headers.get(fault::HEADER);
        let header = header.map(|value| String::from_utf8_lossy(value.as_bytes()));
        let fate = match self.faults.fate(arrival.number, operation, header.as_deref()) {
            Ok(fate) => fate,
            Err(error) => {
                let refusal = Refusal::new(StatusCode::BAD_REQUEST, error.to_string());
                return self.send(&arrival, None, refusal.into_response());
            }
        };
        let response = match fate.instead {
            Some(instead) => instead.into_response(),
            None => self.play(matched, &arrival).unwrap_or_else(Refusal::into_response),
        };
        if fate.hang {
            future::pending::<()>().await;
        }
        if !fate.delay.is_zero() {
            tokio::time::sleep(fate.delay).await;
        }
        self.send(&arrival, fate.cut, response)
    }

    /// Reads the whole request and records it.
    async fn receive(&self, operation: Option<&'static str>, request: Request) -> Arrival {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, REQUEST_BYTES_MAX).await.ok();
        let number = self.record.add(RecordedRequest {
            number: 0,
            method: parts.method.to_string(),
            target: Target::of(&parts.extensions),
            headers: record::headers(&parts.headers),
            body: body.clone().unwrap_or_default().to_vec(),
            tenant: self.tenants.caller(&parts.headers).map(|caller| caller.name().to_owned()),
            operation,
            status: None,
            ended: None,
        });
        Arrival { number, parts, body }
    }

    /// What the hub itself answers. As in a Rails application the route comes before the caller.
    fn play(&self, matched: Option<Matched>, arrival: &Arrival) -> Result<Response, Refusal> {
        let matched = matched.ok_or_else(Refusal::not_found)?;
        let caller = self.tenants.caller(&arrival.parts.headers).ok_or_else(Refusal::not_authorized)?;
        let key = matched.key();
        let player = matched.player.ok_or_else(|| {
            Refusal::new(StatusCode::NOT_IMPLEMENTED, format!("The simulator does not play {key} yet"))
        })?;
        let too_large = || Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "Request body is too large");
        let body = arrival.body.as_ref().ok_or_else(too_large)?;
        let call = Call::read(matched.params, &arrival.parts, body, self.clock.now(), self.stage)?;
        player(&mut caller.fleet(), &call)
    }

    /// Notes that an answer goes out, and where it ends.
    fn send(&self, arrival: &Arrival, cut: Option<u64>, response: Response) -> Response {
        self.record.answered(arrival.number, response.status());
        if let Some(scissors) = arrival.parts.extensions.get::<Scissors>() {
            scissors.cut_after(cut);
        }
        response
    }
}

/// A request that is being answered. It ends with this value, also when its client goes away.
struct UnderWay<'a> {
    record: &'a Record,
    number: u64,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.record.ended(self.number);
    }
}

/// Counts a request for as long as it is being answered, even if its client goes away.
struct InFlight<'a>(&'a AtomicUsize);

impl InFlight<'_> {
    fn enter(count: &AtomicUsize) -> InFlight<'_> {
        count.fetch_add(1, Ordering::Relaxed);
        InFlight(count)
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
