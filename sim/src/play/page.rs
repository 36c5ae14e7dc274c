//! Lists, page by page.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::call::Call;
use super::refusal::Refusal;

/// How many rows a page has unless the request says otherwise.
const PER_PAGE: usize = 100;

/// Which rows a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Page {
    /// From 1.
    number: usize,
    per_page: usize,
}

/// A list in one of the forms that the API has for it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Envelope<T> {
    HasNextPage { items: Vec<T>, has_next_page: bool },
    NextPage { items: Vec<T>, next_page: Option<usize> },
}

impl Page {
    /// Reads `page` and `per_page`.
    pub(crate) fn read(call: &Call, per_page_max: usize) -> Result<Page, Refusal> {
        let number = positive(call, "page", usize::MAX)?.unwrap_or(1);
        let per_page = positive(call, "per_page", per_page_max)?.unwrap_or(PER_PAGE);
        Ok(Page { number, per_page })
    }

    /// The page of these rows, each written by `row`, as `{items, has_next_page}`.
    pub(crate) fn with_has_next_page<S, T: Serialize>(
        self,
        rows: impl Iterator<Item = S>,
        row: impl Fn(S) -> T,
    ) -> Response {
        let (items, has_next_page) = self.cut(rows, row);
        Json(Envelope::HasNextPage { items, has_next_page }).into_response()
    }

    /// The page of these rows, each written by `row`, as `{items, next_page}`.
    pub(crate) fn with_next_page<S, T: Serialize>(
        self,
        rows: impl Iterator<Item = S>,
        row: impl Fn(S) -> T,
    ) -> Response {
        let (items, more) = self.cut(rows, row);
        Json(Envelope::NextPage { items, next_page: more.then(|| self.number + 1) }).into_response()
    }

    /// The rows of this page, and whether there are more. Only what is on the page is written.
    fn cut<S, T>(self, rows: impl Iterator<Item = S>, row: impl Fn(S) -> T) -> (Vec<T>, bool) {
        let before = (self.number - 1).saturating_mul(self.per_page);
        let mut rest = rows.skip(before);
        let items = rest.by_ref().take(self.per_page).map(row).collect();
        (items, rest.next().is_some())
    }
}

fn positive(call: &Call, name: &str, max: usize) -> Result<Option<usize>, Refusal> {
    let Some(number) = call.integer_query(name)? else { return Ok(None) };
    let number = usize::try_from(number).ok().filter(|number| (1..=max).contains(number));
    match number {
        Some(number) => Ok(Some(number)),
        None if max == usize::MAX => {
            Err(Refusal::unprocessable(format!("Parameter {name} must be at least 1")))
        }
        None => Err(Refusal::unprocessable(format!("Parameter {name} must be between 1 and {max}"))),
    }
}
