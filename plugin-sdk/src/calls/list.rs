//! A request for a list of many pages.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use super::draft::Draft;
use crate::{Pages, Request, Rows, XyteError};

/// A request that answers `T`s, page by page. `O` is what it takes besides its arguments: each of its options is a
/// method, which takes the value or an `Option` of it; what is none is left out.
#[must_use = "nothing is asked for until the pages are walked"]
pub struct List<'cx, T, O = ()> {
    draft: Draft<'cx>,
    of: PhantomData<fn() -> (T, O)>,
}

impl<'cx, T: DeserializeOwned, O> List<'cx, T, O> {
    pub(super) fn new(draft: Draft<'cx>) -> Self {
        List { draft, of: PhantomData }
    }

    pub(super) fn map(self, write: impl FnOnce(Draft<'cx>) -> Draft<'cx>) -> Self {
        List { draft: write(self.draft), ..self }
    }

    /// Walks the pages.
    pub fn pages(self) -> Pages<'cx, T> {
        self.into_request().pages()
    }

    /// Reads one page, the first being 1.
    ///
    /// # Errors
    /// Xyte or the host refused, or the answer is no list of `T`s.
    pub fn page(self, number: u32) -> Result<Rows<T>, XyteError> {
        self.into_request().query("page", number).send()?.rows()
    }

    /// The same list, with its rows read as something else: an object of the plugin's own, or
    /// [`Json`](crate::api::Json).
    pub fn of<U: DeserializeOwned>(self) -> List<'cx, U, O> {
        List { draft: self.draft, of: PhantomData }
    }

    /// How old an answer from the host's cache may be; 0 asks Xyte itself.
    pub fn max_age_ms(self, milliseconds: u32) -> Self {
        self.map(|draft| draft.with(|request| request.max_age_ms(milliseconds)))
    }

    /// Less time for each page than the host would wait.
    pub fn timeout_ms(self, milliseconds: u32) -> Self {
        self.map(|draft| draft.with(|request| request.timeout_ms(milliseconds)))
    }

    /// The request behind it, without a page's number.
    pub fn into_request(self) -> Request<'cx> {
        self.draft.into_list()
    }
}

impl<T, O> fmt::Debug for List<'_, T, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
