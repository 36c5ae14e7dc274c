//! A request of known answer.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::draft::Draft;
use crate::{Request, Response, XyteError};

/// How an answer is read.
pub(super) type Read<T> = fn(&Response) -> Result<T, XyteError>;

/// A request that answers a `T`. `O` is what it takes besides its arguments: each of its options is a method, which
/// takes the value or an `Option` of it; what is none is left out.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<'cx, T, O = ()> {
    draft: Draft<'cx>,
    read: Read<T>,
    options: PhantomData<fn() -> O>,
}

impl<'cx, T, O> Call<'cx, T, O> {
    pub(super) fn new(draft: Draft<'cx>, read: Read<T>) -> Self {
        Call { draft, read, options: PhantomData }
    }

    pub(super) fn map(self, write: impl FnOnce(Draft<'cx>) -> Draft<'cx>) -> Self {
        Call { draft: write(self.draft), ..self }
    }

    /// Sends it and reads the answer.
    ///
    /// # Errors
    /// It was not sent, Xyte or the host refused, or the answer is not a `T`.
    pub fn send(self) -> Result<T, XyteError> {
        let (read, reads) = (self.read, self.draft.reads());
        finish(&self.draft.send()?, read, reads)
    }

    /// Sends it and leaves the answer unread, as it was received.
    ///
    /// # Errors
    /// It was not sent, or Xyte or the host refused.
    pub fn response(self) -> Result<Response, XyteError> {
        self.draft.send()
    }

    /// The same request, with its answer read as something else: an object of the plugin's own, or
    /// [`Json`](crate::api::Json).
    pub fn of<U: DeserializeOwned>(self) -> Call<'cx, U, O> {
        Call { draft: self.draft, read: Response::json, options: PhantomData }
    }

    /// How old an answer from the host's cache may be; 0 asks Xyte itself.
    pub fn max_age_ms(self, milliseconds: u32) -> Self {
        self.map(|draft| draft.with(|request| request.max_age_ms(milliseconds)))
    }

    /// Less time than the host would wait.
    pub fn timeout_ms(self, milliseconds: u32) -> Self {
        self.map(|draft| draft.with(|request| request.timeout_ms(milliseconds)))
    }

    /// The request behind it.
    ///
    /// # Errors
    /// It cannot be sent as it is.
    pub fn into_request(self) -> Result<Request<'cx>, XyteError> {
        self.draft.into_request()
    }

    pub(super) fn into_parts(self) -> (Draft<'cx>, Read<T>) {
        (self.draft, self.read)
    }
}

impl<T, O> fmt::Debug for Call<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}

/// What was answered. That it cannot be read does not undo a write, and saying less would invite a second one.
pub(super) fn finish<T>(response: &Response, read: Read<T>, reads: bool) -> Result<T, XyteError> {
    read(response).map_err(|error| if reads { error } else { error.after_write() })
}
