//! Lists, page by page.

mod end;
mod envelope;
mod walk;

use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::{Request, Response, XyteError};
pub(crate) use envelope::Envelope;
pub(crate) use walk::MARGIN_MS;
use walk::Walk;

pub use end::{Cut, End};

/// A walk over the pages of a list, in any of the four forms in which Xyte pages.
///
/// Nothing says how many pages there are. The first is asked for alone, then two at a time, four, and eight: a short
/// list costs one request, and 13 pages come in four rounds. What lies beyond the end comes back empty.
///
/// Only a failure on the first page is an error. Later, what was read is kept, and [`end`](Pages::end) says what
/// stopped the walk and where to go on.
#[derive(Debug)]
#[must_use = "nothing is asked for until the pages are walked"]
pub struct Pages<'cx, T> {
    walk: Walk<'cx>,
    of: PhantomData<T>,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// Its number, from 1.
    pub number: u32,
    /// Its rows.
    pub items: Vec<T>,
}

/// A list, as far as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Collected<T> {
    /// The rows of all pages that were read.
    pub items: Vec<T>,
    /// Whether that is all.
    pub end: End,
}

impl<'cx, T: DeserializeOwned> Pages<'cx, T> {
    pub(crate) fn new(request: Request<'cx>) -> Pages<'cx, T> {
        Pages { walk: Walk::new(request), of: PhantomData }
    }

    /// Begins with this page instead of the first.
    pub fn starting_at(mut self, page: u32) -> Self {
        self.walk.start_at(page);
        self
    }

    /// Reads at most so many pages.
    pub fn at_most(mut self, pages: u32) -> Self {
        self.walk.pages_left = pages;
        self
    }

    /// Asks for at most so many pages at the same time; with 1, never for one that may not exist.
    pub fn in_parallel(mut self, pages: u32) -> Self {
        self.walk.parallel_max = pages.max(1);
        self
    }

    /// Stops when so little time is left.
    pub fn leaving_ms(mut self, milliseconds: u32) -> Self {
        self.walk.margin_ms = milliseconds;
        self
    }

    /// How the walk ended. Nothing while it is under way.
    pub fn end(&self) -> Option<&End> {
        self.walk.end.as_ref()
    }

    /// Reads all pages.
    ///
    /// # Errors
    /// The first page could not be read.
    pub fn collect(mut self) -> Result<Collected<T>, XyteError> {
        let mut items = Vec::new();
        for page in &mut self {
            items.append(&mut page?.items);
        }
        Ok(Collected { items, end: self.walk.end.unwrap_or(End::Complete) })
    }

    fn read(&mut self, number: u32, answer: Result<Response, XyteError>) -> Result<Page<T>, XyteError> {
        let envelope: Envelope<T> = answer?.json()?;
        self.walk.was_read(number, &envelope.next)?;
        Ok(Page { number, items: envelope.items })
    }
}

impl<T: DeserializeOwned> Iterator for Pages<'_, T> {
    type Item = Result<Page<T>, XyteError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (number, answer) = self.walk.next_answer()?;
        match self.read(number, answer) {
            Ok(page) => Some(Ok(page)),
            Err(error) => self.walk.failed(number, error).map(Err),
        }
    }
}
