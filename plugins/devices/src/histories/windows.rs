//! The time asked for, window by window.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::History;
use xyte_plugin_sdk::time::{DAY, Window};
use xyte_plugin_sdk::{End, Request, XyteError};

use super::Order;
use super::rows::{self, Found};

/// The longest window that Xyte accepts.
const WINDOW_MAX: Duration = Duration::from_secs(31 * DAY.as_secs());

/// What a walk over the windows found.
pub(super) struct Walk {
    /// In the order asked for.
    pub(super) rows: Vec<Found>,
    pub(super) windows: Vec<WindowRead>,
    /// Why a window could not be read to its end.
    pub(super) broken: Option<String>,
    /// Whether windows were left out because there were rows enough.
    pub(super) enough: bool,
}

/// A window, and how far it was read.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WindowRead {
    from: String,
    to: String,
    read: Read,
}

/// How far a window was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Read {
    Whole,
    Part,
    Nothing,
}

/// Reads windows in the order asked for, until `wanted` rows are there: those of later windows come after them in
/// any case.
pub(super) fn walk(
    request: &Request<'_>,
    whole: &Window,
    order: Order,
    wanted: usize,
    recorded_status: Option<&str>,
) -> Result<Walk, XyteError> {
    let mut windows = whole.split(WINDOW_MAX);
    if order == Order::NewestFirst {
        windows.reverse();
    }
    let mut walk = Walk { rows: Vec::new(), windows: Vec::new(), broken: None, enough: false };
    for (at, window) in windows.into_iter().enumerate() {
        walk.enough |= walk.rows.len() >= wanted;
        let read = if walk.enough || walk.broken.is_some() {
            Read::Nothing
        } else {
            let read = walk.read(request, &window, at == 0, recorded_status)?;
            rows::sort(&mut walk.rows, order);
            read
        };
        walk.windows.push(WindowRead {
            from: window.start().to_string(),
            to: window.end().to_string(),
            read,
        });
    }
    Ok(walk)
}

impl Walk {
    fn read(
        &mut self,
        request: &Request<'_>,
        window: &Window,
        is_first: bool,
        recorded_status: Option<&str>,
    ) -> Result<Read, XyteError> {
        let request = request.clone().query("from", window.from_epoch()).query("to", window.to_epoch());
        let mut pages = request.pages::<History>();
        for page in &mut pages {
            let page = match page {
                Ok(page) => page,
                // What earlier windows gave is kept.
                Err(error) if !is_first => {
                    self.broken = Some(format!("a window could not be read ({error})"));
                    return Ok(Read::Nothing);
                }
                Err(error) => return Err(error),
            };
            self.rows.extend(page.items.into_iter().filter_map(|row| Found::of(row, recorded_status)));
        }
        match pages.end() {
            Some(end @ End::Truncated { .. }) => {
                self.broken = end.why();
                Ok(Read::Part)
            }
            _ => Ok(Read::Whole),
        }
    }
}
