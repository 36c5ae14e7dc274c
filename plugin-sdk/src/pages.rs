//! Lists, page by page.

mod end;
mod envelope;

use std::collections::VecDeque;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;

use crate::{Request, Response, XyteError};
use envelope::{Envelope, Next};

pub use end::{Cut, End};

/// The most pages of one walk, unless it is told otherwise: the host's budget of requests for one call.
const PAGES_MAX: u32 = 64;
/// How many pages are asked for at the same time, at most: what the host sends at the same time.
const PARALLEL_MAX: u32 = 8;
/// The time that is left to the tool for its answer, unless it is told otherwise.
const MARGIN_MS: u32 = 2_000;

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
    request: Request<'cx>,
    next: u32,
    batch: u32,
    parallel_max: u32,
    pages_left: u32,
    margin_ms: u32,
    read_any: bool,
    answers: VecDeque<(u32, Result<Response, XyteError>)>,
    end: Option<End>,
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
        Pages {
            request,
            next: 1,
            batch: 1,
            parallel_max: PARALLEL_MAX,
            pages_left: PAGES_MAX,
            margin_ms: MARGIN_MS,
            read_any: false,
            answers: VecDeque::new(),
            end: None,
            of: PhantomData,
        }
    }

    /// Begins with this page instead of the first.
    pub fn starting_at(mut self, page: u32) -> Self {
        self.next = page;
        self
    }

    /// Reads at most so many pages.
    pub fn at_most(mut self, pages: u32) -> Self {
        self.pages_left = pages;
        self
    }

    /// Asks for at most so many pages at the same time; with 1, never for one that may not exist.
    pub fn in_parallel(mut self, pages: u32) -> Self {
        self.parallel_max = pages.max(1);
        self
    }

    /// Stops when so little time is left.
    pub fn leaving_ms(mut self, milliseconds: u32) -> Self {
        self.margin_ms = milliseconds;
        self
    }

    /// How the walk ended. Nothing while it is under way.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
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
        Ok(Collected { items, end: self.end.unwrap_or(End::Complete) })
    }

    fn fetch(&mut self) -> Result<(), Cut> {
        let cx = self.request.cx();
        if self.pages_left == 0 {
            return Err(Cut::PageLimit);
        }
        // The first page is asked for in any case: without it there is nothing to say.
        if self.read_any && cx.is_cancelled() {
            return Err(Cut::Cancelled);
        }
        if self.read_any && cx.remaining_ms() <= self.margin_ms {
            return Err(Cut::Time);
        }
        let count = self.batch.min(self.pages_left);
        self.pages_left -= count;
        self.batch = self.batch.saturating_mul(2).min(self.parallel_max);
        let numbers = self.next..self.next.saturating_add(count);
        let requests = numbers.clone().map(|number| self.request.clone().query("page", number)).collect();
        self.next = numbers.end;
        self.answers.extend(numbers.zip(cx.send_all(requests)));
        Ok(())
    }

    fn read(&mut self, number: u32, answer: Result<Response, XyteError>) -> Result<Page<T>, XyteError> {
        let envelope: Envelope<T> = answer?.json()?;
        match envelope.next {
            Next::None => self.end = Some(End::Complete),
            Next::Following => {}
            Next::Page(next) if next <= number => {
                return Err(XyteError::unreadable(&format_args!("page {next} follows page {number}")));
            }
            Next::Page(next) if next != number + 1 => {
                self.answers.clear();
                self.next = next;
            }
            Next::Page(_) => {}
        }
        Ok(Page { number, items: envelope.items })
    }
}

impl<T: DeserializeOwned> Iterator for Pages<'_, T> {
    type Item = Result<Page<T>, XyteError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.end.is_none() {
            let Some((number, answer)) = self.answers.pop_front() else {
                if let Err(why) = self.fetch() {
                    self.end = Some(End::Truncated { next_page: self.next, why });
                }
                continue;
            };
            match self.read(number, answer) {
                Ok(page) => {
                    self.read_any = true;
                    return Some(Ok(page));
                }
                Err(error) => {
                    self.end = Some(End::Truncated { next_page: number, why: Cut::of(error.clone()) });
                    if !self.read_any {
                        return Some(Err(error));
                    }
                }
            }
        }
        None
    }
}
