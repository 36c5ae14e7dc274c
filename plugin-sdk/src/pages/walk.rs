//! Which page is asked for when.

use std::collections::VecDeque;

use super::end::{Cut, End};
use super::envelope::Next;
use crate::{Request, Response, XyteError};

/// The most pages of one walk, unless it is told otherwise: the host's budget of requests for one call.
const PAGES_MAX: u32 = 64;
/// How many pages are asked for at the same time, at most: what the host sends at the same time.
const PARALLEL_MAX: u32 = 8;
/// The time that is left to the tool for its answer, unless it is told otherwise.
pub(crate) const MARGIN_MS: u32 = 2_000;

/// A walk over pages, whatever is on them: apart from [`Pages`](super::Pages), so that a plugin carries it once.
#[derive(Debug)]
pub(super) struct Walk<'cx> {
    request: Request<'cx>,
    next: u32,
    batch: u32,
    pub(super) parallel_max: u32,
    pub(super) pages_left: u32,
    pub(super) margin_ms: u32,
    read_any: bool,
    answers: VecDeque<(u32, Result<Response, XyteError>)>,
    pub(super) end: Option<End>,
}

impl<'cx> Walk<'cx> {
    pub(super) fn new(request: Request<'cx>) -> Walk<'cx> {
        Walk {
            request,
            next: 1,
            batch: 1,
            parallel_max: PARALLEL_MAX,
            pages_left: PAGES_MAX,
            margin_ms: MARGIN_MS,
            read_any: false,
            answers: VecDeque::new(),
            end: None,
        }
    }

    pub(super) fn start_at(&mut self, page: u32) {
        self.next = page;
    }

    /// The next page's number and answer, until the walk has ended.
    pub(super) fn next_answer(&mut self) -> Option<(u32, Result<Response, XyteError>)> {
        while self.end.is_none() {
            if let Some(answer) = self.answers.pop_front() {
                return Some(answer);
            }
            if let Err(why) = self.fetch() {
                self.end = Some(End::Truncated { next_page: self.next, why });
            }
        }
        None
    }

    /// A page was read, and says this of the one after it.
    ///
    /// # Errors
    /// What it says leads nowhere.
    pub(super) fn was_read(&mut self, number: u32, next: &Next) -> Result<(), XyteError> {
        match *next {
            Next::None => self.end = Some(End::Complete),
            Next::Page(next) if next <= number => {
                return Err(XyteError::unreadable(&format_args!("page {next} follows page {number}")));
            }
            Next::Page(next) if next > number + 1 => {
                self.answers.clear();
                self.next = next;
            }
            Next::Page(_) | Next::Following => {}
        }
        self.read_any = true;
        Ok(())
    }

    /// A page could not be read. Only the first such failure of a walk that has nothing to show is an error.
    pub(super) fn failed(&mut self, number: u32, error: XyteError) -> Option<XyteError> {
        self.end = Some(End::Truncated { next_page: number, why: Cut::of(error.clone()) });
        (!self.read_any).then_some(error)
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
}
