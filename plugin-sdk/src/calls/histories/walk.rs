//! Recorded states of a longer time than Xyte tells at once.

use std::collections::VecDeque;
use std::time::Duration;

use crate::api::History;
use crate::calls::List;
use crate::pages::MARGIN_MS;
use crate::time::{self, DAY, Window};
use crate::{Cut, End, Page, Pages, Request, XyteError};

/// The longest window that Xyte accepts.
const WINDOW_MAX: Duration = Duration::from_secs(31 * DAY.as_secs());

/// Reads the recorded states of a window of any length, in parts that Xyte accepts, the oldest part first.
///
/// ```
/// # use xyte_plugin_sdk::{Cx, ToolError, calls, time::Window};
/// # fn tool(cx: &Cx, window: &Window, id: &str) -> Result<(), ToolError> {
/// let mut walk = calls::walk_histories(window, |part| calls::get_histories(cx, part).device_id(id));
/// for page in &mut walk {
///     for row in page?.items { /* … */ }
/// }
/// let complete = walk.end().is_some_and(|end| end.is_complete());
/// # Ok(())
/// # }
/// ```
pub fn walk_histories<'cx, O>(
    window: &Window,
    list: impl Fn(&Window) -> List<'cx, History, O>,
) -> HistoryWalk<'cx> {
    let parts = window.split(WINDOW_MAX).into_iter();
    let parts = parts.map(|part| (part, list(&part).into_request())).collect();
    HistoryWalk { parts, current: None, read_any: false, border: Border::default(), end: None }
}

/// A walk over the parts of a window, and the pages of each.
///
/// What was recorded in the very second in which two parts meet is in both of Xyte's answers, and here in the first
/// alone. Only a failure on the first page of all is an error. Later, what was read is kept, and
/// [`end`](HistoryWalk::end) says what stopped the walk.
#[derive(Debug)]
#[must_use = "nothing is asked for until the pages are walked"]
pub struct HistoryWalk<'cx> {
    parts: VecDeque<(Window, Request<'cx>)>,
    current: Option<(Window, Pages<'cx, History>)>,
    read_any: bool,
    border: Border,
    end: Option<End>,
}

/// The rows at the borders of a part, which the next part may have again.
#[derive(Debug, Default)]
struct Border {
    before: Vec<History>,
    rows: Vec<History>,
}

impl<'cx> HistoryWalk<'cx> {
    /// Reads the newest part first. Within a part, the order is Xyte's.
    pub fn newest_first(mut self) -> Self {
        self.parts.make_contiguous().reverse();
        self
    }

    /// How the walk ended. Nothing while it is under way.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// The part that is being read, or in which the walk ended.
    pub fn part(&self) -> Option<&Window> {
        self.current.as_ref().map(|(part, _)| part)
    }

    fn begin_part(&mut self) {
        let Some((part, request)) = self.parts.pop_front() else {
            self.end = Some(End::Complete);
            return;
        };
        let cx = request.cx();
        let cut = match self.read_any {
            true if cx.is_cancelled() => Some(Cut::Cancelled),
            true if cx.remaining_ms() <= MARGIN_MS => Some(Cut::Time),
            _ => None,
        };
        self.end = cut.map(|why| End::Truncated { next_page: 1, why });
        self.current = Some((part, request.pages()));
        self.border.next_part();
    }

    fn read(&mut self, mut page: Page<History>, part: Window) -> Page<History> {
        self.read_any = true;
        page.items.retain(|row| self.border.is_new(row, &part));
        page
    }

    fn failed(&mut self, error: XyteError) -> Option<XyteError> {
        self.end = Some(End::Truncated { next_page: 1, why: Cut::of(error.clone()) });
        (!self.read_any).then_some(error)
    }
}

impl Iterator for HistoryWalk<'_> {
    type Item = Result<Page<History>, XyteError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.end.is_none() {
            let Some((part, pages)) = &mut self.current else {
                self.begin_part();
                continue;
            };
            let part = *part;
            match pages.next() {
                Some(Ok(page)) => return Some(Ok(self.read(page, part))),
                Some(Err(error)) => return self.failed(error).map(Err),
                None if pages.end().is_some_and(End::is_complete) => self.begin_part(),
                None => self.end = pages.end().cloned(),
            }
        }
        None
    }
}

impl Border {
    fn next_part(&mut self) {
        self.before = std::mem::take(&mut self.rows);
    }

    fn is_new(&mut self, row: &History, part: &Window) -> bool {
        let at = row.created_at.as_deref().and_then(|at| time::parse(at).ok()).map(|at| at.as_second());
        if at != Some(part.from_epoch()) && at != Some(part.to_epoch()) {
            return true;
        }
        if self.before.contains(row) {
            return false;
        }
        self.rows.push(row.clone());
        true
    }
}
