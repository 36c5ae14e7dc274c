//! The way to the Xyte API.

use std::fmt::Display;

use serde::de::DeserializeOwned;

use super::Cx;
use crate::bindings::xyte::{Error as HostError, Request as Prepared, Response as Received};
use crate::imports::xyte;
use crate::route::Route;
use crate::{Request, Response, XyteError};

impl Cx {
    /// Begins a request on a route that the attribute of the running tool, resource or prompt names.
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
    /// text of a route that the attribute names. A status of 400 and more is an answer here.
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
