//! The only HTTP client of the program.

use std::time::Duration;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use http::{HeaderName, HeaderValue, StatusCode};
use tokio::sync::watch;
use tokio::time::Instant;

use super::budget::Budget;
use super::error::{ErrorKind, XyteError};
use super::request::Response;
use super::scope::Plan;
use crate::config::BaseUrl;
use crate::json::Json;
use crate::telemetry::chain;
use crate::tenant::ApiKey;

/// How long a connection may take to stand. The hub is one TLS handshake away; what takes longer is down.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(3);
/// How long one request may take in all. The slowest documented answers take seconds; callers wait for a person.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// Bytes of one answer. A full page of 100 devices has about 60 KB, and 200 KB with all fields that devices may have.
const RESPONSE_BYTES_MAX: usize = 4 << 20;
/// How long to wait after a 429 that does not say: the vendor advises a few seconds.
const RATE_LIMIT_PAUSE: Duration = Duration::from_secs(5);
/// The header by which the hub, like most of its kind, names a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest request id that is passed on.
const REQUEST_ID_BYTES_MAX: usize = 128;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The Xyte hub, reached over one pool of connections.
#[derive(Debug)]
pub struct Hub {
    client: reqwest::Client,
    base: BaseUrl,
    /// Each write that is under way holds a receiver.
    writes: watch::Sender<()>,
}

/// The client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client for the Xyte API cannot be set up")]
pub struct HubError(#[source] reqwest::Error);

impl Hub {
    /// Prepares a client for one origin. Nothing is sent.
    ///
    /// # Errors
    /// The system's certificates cannot be read.
    pub fn new(base: BaseUrl) -> Result<Hub, HubError> {
        let client = reqwest::Client::builder()
            .user_agent(concat!("xyte-mcp/", env!("CARGO_PKG_VERSION")))
            // A redirect could lead the key to another server; the API has none.
            .redirect(reqwest::redirect::Policy::none())
            // A proxy named in the environment would see every request; one is used only when a setting says so.
            .no_proxy()
            // Repeating is decided above, where it is known what may be repeated.
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .map_err(HubError)?;
        Ok(Hub { client, base, writes: watch::Sender::new(()) })
    }

    /// Where requests go.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// Says that a write is under way, while the value lives.
    pub(super) fn under_way(&self) -> watch::Receiver<()> {
        self.writes.subscribe()
    }

    /// Waits until no write is under way.
    pub async fn settled(&self) {
        self.writes.closed().await;
    }

    /// Sends a planned request with a key, once, and reads the answer.
    ///
    /// # Errors
    /// There is no answer that could be used. For an operation that changes something, anything that goes wrong
    /// after the connection stood leaves its outcome unknown.
    pub async fn send(
        &self,
        plan: &Plan,
        key: &ApiKey,
        deadline: Instant,
        budget: &Budget,
    ) -> Result<Response, XyteError> {
        let longest = plan.timeout.unwrap_or(REQUEST_TIMEOUT).min(REQUEST_TIMEOUT);
        let until = deadline.min(Instant::now() + longest);
        let exchange = self.exchange(plan, key, budget);
        let outcome = match tokio::time::timeout_at(until, exchange).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Failure::sent(XyteError::new(
                ErrorKind::Timeout,
                "upstream_timeout",
                "the Xyte API did not answer in time",
            ))),
        };
        outcome.map_err(|failure| failure.judged(plan))
    }

    async fn exchange(&self, plan: &Plan, key: &ApiKey, budget: &Budget) -> Result<Response, Failure> {
        let method = plan.operation.method.as_str().parse().expect("the catalogue's methods are HTTP's");
        let mut request = reqwest::Request::new(method, plan.url.clone());
        request.headers_mut().insert(AUTHORIZATION, key.authorization());
        request.headers_mut().insert(ACCEPT, JSON);
        if let Some(body) = &plan.body {
            request.headers_mut().insert(CONTENT_TYPE, JSON);
            *request.body_mut() = Some(body.as_str().to_owned().into());
        }
        let mut response = self.client.execute(request).await.map_err(Failure::unreachable)?;
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        refuse_status(status, &headers)?;
        let bytes = read(&mut response, budget).await?;
        let text = String::from_utf8(bytes).map_err(|_| broken("the answer is not UTF-8"))?;
        let text = key.scrub(text);
        Ok(Response { status: status.as_u16(), body: json(&headers, &text)?, facts: facts(&headers, key) })
    }
}

/// A failure, and whether the request may have reached the hub.
struct Failure {
    error: XyteError,
    sent: bool,
}

impl Failure {
    fn sent(error: XyteError) -> Failure {
        Failure { error, sent: true }
    }

    fn unreachable(error: reqwest::Error) -> Failure {
        let sent = !error.is_connect();
        // The chain is for the operator; it names the hub's address and never a path, a query or a header.
        tracing::warn!(reason = chain(&error.without_url()), "the Xyte API could not be reached");
        let message = "the Xyte API could not be reached, or broke the connection";
        Failure { error: XyteError::new(ErrorKind::Unavailable, "unreachable", message), sent }
    }

    /// What a plugin may conclude. A write that may have arrived is neither done nor not done.
    fn judged(self, plan: &Plan) -> XyteError {
        if !self.sent || !plan.operation.effect.mutates() {
            return self.error;
        }
        let message = format!(
            "{} was sent and its outcome is unknown: {}. Check whether it happened before repeating it",
            plan.operation.key, self.error.message
        );
        XyteError::new(ErrorKind::OutcomeUnknown, "outcome_unknown", message)
    }
}

fn broken(message: &str) -> Failure {
    Failure::sent(XyteError::new(ErrorKind::Other, "broken_answer", message))
}

/// Statuses that are no answer to a plugin. What was refused with 429 was not carried out; a 503 may come from
/// something in between, after it passed the request on.
fn refuse_status(status: StatusCode, headers: &HeaderMap) -> Result<(), Failure> {
    let refused = |kind, code, message: &str, sent| {
        let delay = retry_after(headers).or((kind == ErrorKind::RateLimited).then_some(RATE_LIMIT_PAUSE));
        let error = XyteError::new(kind, code, message).retry_after(delay);
        Err(Failure { error, sent })
    };
    match status {
        StatusCode::TOO_MANY_REQUESTS => refused(
            ErrorKind::RateLimited,
            "upstream_rate_limited",
            "the Xyte API asks for fewer requests",
            false,
        ),
        StatusCode::SERVICE_UNAVAILABLE => {
            refused(ErrorKind::Unavailable, "upstream_unavailable", "the Xyte API is unavailable", true)
        }
        _ if status.is_informational() => Err(broken("the answer is no answer")),
        _ if status.is_redirection() => Err(Failure::sent(XyteError::new(
            ErrorKind::Other,
            "unexpected_redirect",
            "the Xyte API answered with a redirect, which is never followed",
        ))),
        _ => Ok(()),
    }
}

/// Retry-After in seconds. Its other form, a date, is read as nothing.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse::<u32>().ok()?;
    Some(Duration::from_secs(seconds.into()))
}

async fn read(response: &mut reqwest::Response, budget: &Budget) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Failure::unreachable)? {
        if bytes.len() + chunk.len() > RESPONSE_BYTES_MAX {
            let message = format!("the answer has more than {RESPONSE_BYTES_MAX} bytes; ask for less of it");
            return Err(Failure::sent(XyteError::new(ErrorKind::TooLarge, "answer_too_large", message)));
        }
        budget.take_bytes(chunk.len()).map_err(Failure::sent)?;
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn json(headers: &HeaderMap, text: &str) -> Result<Option<Json>, Failure> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err(broken("the answer is not JSON"));
    }
    Json::parse(text, RESPONSE_BYTES_MAX)
        .map(Some)
        .map_err(|error| broken(&format!("the answer is refused: {error}")))
}

fn facts(headers: &HeaderMap, key: &ApiKey) -> Vec<(&'static str, String)> {
    let mut facts = vec![("attempts", "1".to_owned())];
    let id = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        id.len() <= REQUEST_ID_BYTES_MAX
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    facts.extend(id.filter(plain).map(|id| ("upstream-request-id", key.scrub(id.to_owned()))));
    facts
}
