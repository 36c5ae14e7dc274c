//! What a device reported in the last week.

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::{History, Status};
use xyte_plugin_sdk::time::{self, DAY, Timestamp, Window};
use xyte_plugin_sdk::{Cx, Response, ToolError, XyteError, routes};

/// How far back it is looked.
const DAYS: u32 = 7;
/// How many recorded states of a device are read.
const ROWS_MAX: u32 = 200;
/// How many devices' states are read: within the host's budget of requests and bytes for one call.
pub(crate) const DEVICES_MAX: usize = 20;

/// What a device reported in the last seven days.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Recent {
    /// How many states were recorded.
    states: usize,
    /// How often its status changed.
    pub(crate) changes_7d: usize,
    /// How often in the last 24 hours.
    pub(crate) changes_24h: usize,
    /// How often it became offline.
    became_offline_7d: usize,
    /// When its status last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last_change_at: Option<String>,
    /// Whether more was recorded than was read; then the numbers are too small.
    cut: bool,
}

/// The recent states of these devices, in their order.
///
/// # Errors
/// The host's clock is beyond all time.
pub(crate) fn read(cx: &Cx, device_ids: &[&str]) -> Result<Vec<Result<Recent, XyteError>>, ToolError> {
    let now = cx.now();
    let window = Window::between(None, None, now, DAYS * DAY)?;
    let requests = device_ids
        .iter()
        .map(|id| {
            cx.request(&routes::GET_HISTORIES)
                .query("device_id", id)
                .query("from", window.from_epoch())
                .query("to", window.to_epoch())
                .query("per_page", ROWS_MAX)
        })
        .collect();
    Ok(cx.send_all(requests).into_iter().map(|answer| recent(&answer?, now)).collect())
}

fn recent(response: &Response, now: Timestamp) -> Result<Recent, XyteError> {
    let rows = response.rows::<History>()?;
    let mut states: Vec<(Timestamp, Status)> = rows.items.iter().filter_map(state).collect();
    states.sort();
    let changes: Vec<&(Timestamp, Status)> =
        states.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| &pair[1]).collect();
    let day_ago = now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
    Ok(Recent {
        states: rows.items.len(),
        changes_7d: changes.len(),
        changes_24h: changes.iter().filter(|(at, _)| *at >= day_ago).count(),
        became_offline_7d: changes.iter().filter(|(_, status)| *status == Status::Offline).count(),
        last_change_at: changes.last().map(|(at, _)| at.to_string()),
        cut: rows.more,
    })
}

fn state(row: &History) -> Option<(Timestamp, Status)> {
    Some((time::parse(row.created_at.as_deref()?).ok()?, row.status()?))
}
