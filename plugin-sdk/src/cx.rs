//! The running call.

use std::fmt::Display;

use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::bindings::xyte::{Error as HostError, Request as Prepared, Response as Received};
use crate::imports::{call, log, xyte};
use crate::route::Route;
use crate::{Request, Response, XyteError};

pub use crate::bindings::log::Level;

/// The running call: facts about it, the operator's log, and the way to the Xyte API.
///
/// Each call has its own instance of the plugin, so that nothing is left from one call to the next.
#[derive(Debug)]
pub struct Cx {
    _made_here_only: (),
}

impl Cx {
    pub(crate) const fn new() -> Cx {
        Cx { _made_here_only: () }
    }

    /// The call's name in the host's logs.
    pub fn request_id(&self) -> String {
        call::request_id()
    }

    /// Opaque, and the same for one tenant and this plugin; never a credential.
    pub fn tenant(&self) -> String {
        call::tenant()
    }

    /// Milliseconds until the host ends the call.
    pub fn remaining_ms(&self) -> u32 {
        call::remaining_ms()
    }

    /// Whether the caller has gone.
    pub fn is_cancelled(&self) -> bool {
        call::is_cancelled()
    }

    /// The time by the host's clock.
    pub fn now(&self) -> Timestamp {
        let milliseconds = i64::try_from(call::now_ms()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
    }

    /// Fresh random bytes, at most 256.
    pub fn random(&self, length: u32) -> Vec<u8> {
        call::random(length)
    }

    /// Waits, at most until the call's end. False when that or a cancellation cut it short.
    pub fn sleep_ms(&self, duration: u32) -> bool {
        call::sleep_ms(duration)
    }

    /// Writes a line to the operator's log. The client never sees it.
    pub fn log(&self, level: Level, message: &str, fields: &[(&str, &dyn Display)]) {
        let fields: Vec<_> =
            fields.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
        log::write(level, message, &fields);
    }

    /// [`log`](Cx::log) at level debug.
    pub fn debug(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Debug, message, fields);
    }

    /// [`log`](Cx::log) at level info.
    pub fn info(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Info, message, fields);
    }

    /// [`log`](Cx::log) at level warn.
    pub fn warn(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Warn, message, fields);
    }

    /// [`log`](Cx::log) at level error.
    pub fn error(&self, message: &str, fields: &[(&str, &dyn Display)]) {
        self.log(Level::Error, message, fields);
    }

    /// Begins a request on a route that the tool's attribute names.
    pub fn request(&self, route: &'static Route) -> Request<'_> {
        Request::new(self, route)
    }

    /// Reads what one GET answers.
    ///
    /// # Errors
    /// Xyte or the host refused, or the answer is not a `T`.
    pub fn get<T: DeserializeOwned>(
        &self,
        route: &'static Route,
        params: &[(&str, &dyn Display)],
    ) -> Result<T, XyteError> {
        let request =
            params.iter().fold(self.request(route), |request, (name, value)| request.param(name, value));
        request.send()?.json()
    }

    /// Sends several requests at the same time. The answers come in the order of the requests, and one failure does
    /// not stop the rest.
    pub fn send_all(&self, requests: Vec<Request<'_>>) -> Vec<Result<Response, XyteError>> {
        let (prepared, asked): (Vec<Prepared>, Vec<_>) =
            requests.into_iter().map(Request::into_prepared).unzip();
        let answers = xyte::send_all(&prepared);
        answers.into_iter().zip(asked).map(|(answer, asked)| Response::checked(answer, asked)).collect()
    }

    /// Sends a request of the contract as it is, for what [`Request`] cannot express. `template` must be the literal
    /// text of a route that the tool's attribute names. A status of 400 and more is an answer here.
    ///
    /// # Errors
    /// There is no answer.
    pub fn send_prepared(&self, request: &Prepared) -> Result<Received, HostError> {
        xyte::send(request)
    }

    /// [`send_prepared`](Cx::send_prepared) for several requests at the same time.
    pub fn send_all_prepared(&self, requests: &[Prepared]) -> Vec<Result<Received, HostError>> {
        xyte::send_all(requests)
    }
}
