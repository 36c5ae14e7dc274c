//! Lists, page by page.

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rmcp::ErrorData;
use rmcp::model::Tool;

use super::render;
use crate::tools::View;

/// Items on one page. A model's context is full long before; clients that show lists to people ask for the next page.
const PAGE: usize = 200;
/// Bytes of a cursor that are looked at: ours hold a name.
const CURSOR_BYTES_MAX: usize = 4 << 10;
/// Views whose rendered tools are kept. There are as many as there are different sets of visible tools.
const VIEWS_KEPT: usize = 8;

/// The tools of a view as the protocol has them.
pub(super) type Rendered = Arc<[Tool]>;

/// Rendered views. Rendering copies every schema, and lists are asked for far more often than tools change.
#[derive(Debug, Default)]
pub(super) struct Views(Mutex<Vec<(u64, Rendered)>>);

impl Views {
    pub(super) fn rendered(&self, view: &View) -> Rendered {
        let mut kept = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some((_, rendered)) = kept.iter().find(|(id, _)| *id == view.id()) {
            return rendered.clone();
        }
        let rendered: Rendered = view.entries().iter().map(|entry| render::tool(entry.tool())).collect();
        if kept.len() == VIEWS_KEPT {
            kept.remove(0);
        }
        kept.push((view.id(), rendered.clone()));
        rendered
    }
}

/// Where a list of names goes on: after this one.
struct After(String);

impl After {
    /// As clients carry it. It says where to go on and gives no rights, so that it need not be sealed.
    fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }

    fn parse(text: &str) -> Option<After> {
        let bytes = (text.len() <= CURSOR_BYTES_MAX).then(|| URL_SAFE_NO_PAD.decode(text).ok()).flatten()?;
        String::from_utf8(bytes).ok().filter(|name| !name.is_empty()).map(After)
    }
}

/// A cursor that no list gave out.
pub(super) fn no_such_cursor() -> ErrorData {
    ErrorData::invalid_params("the cursor is none that this list gave out", None)
}

/// One page of items that are sorted by name, and the cursor of the next. Names, and not numbers, so that nothing is
/// missed or said twice when a list changes between two pages.
pub(super) fn page<T>(
    items: Vec<T>,
    name: impl Fn(&T) -> &str,
    given: Option<&str>,
) -> Result<(Vec<T>, Option<String>), ErrorData> {
    let start = match given {
        Some(given) => {
            let After(after) = After::parse(given).ok_or_else(no_such_cursor)?;
            items.partition_point(|item| name(item) <= after.as_str())
        }
        None => 0,
    };
    let mut rest: Vec<T> = items.into_iter().skip(start).collect();
    let more = rest.len() > PAGE;
    rest.truncate(PAGE);
    let next = rest.last().filter(|_| more).map(|last| After(name(last).to_owned()).to_text());
    Ok((rest, next))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|n| format!("{n:04}")).collect()
    }

    #[test]
    fn pages_have_everything_once() {
        for count in [0, 1, PAGE, PAGE + 1, 3 * PAGE] {
            let (mut seen, mut next, mut pages) = (Vec::new(), None, 0);
            loop {
                let (items, cursor) = page(names(count), String::as_str, next.as_deref()).unwrap();
                assert!(items.len() <= PAGE);
                (pages, next) = (pages + 1, cursor);
                seen.extend(items);
                if next.is_none() {
                    break;
                }
            }
            assert_eq!((seen, pages), (names(count), count.div_ceil(PAGE).max(1)));
        }
    }

    #[test]
    fn a_cursor_is_taken_back_and_nothing_else_is() {
        let (_, next) = page(names(PAGE + 1), String::as_str, None).unwrap();
        assert!(page(names(PAGE + 1), String::as_str, next.as_deref()).is_ok());
        for bad in ["", "!", "_w", &"A".repeat(CURSOR_BYTES_MAX + 4)] {
            assert!(page(names(3), String::as_str, Some(bad)).is_err(), "{bad}");
        }
    }
}
