//! `search_device_histories`

mod rows;
mod windows;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::SpaceId;
use xyte_plugin_sdk::time::{DAY, Window};
use xyte_plugin_sdk::{Answer, Cx, ServeError, ToolError, XyteError, routes};

use crate::number::{counted, grouped};
use rows::Row;
use windows::{Walk, WindowRead};

/// What is searched unless the caller says otherwise; also what Xyte does.
const USUAL_DAYS: u32 = 7;
/// The longest search: a year, and the day that a leap year has more.
const DAYS_MAX: u32 = 366;
/// Xyte allows 1,000, but rows carry whole states: 250 of them fit well into an answer of 4 MiB.
const PER_PAGE: u32 = 250;

/// The arguments of `search_device_histories`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchHistories {
    /// The beginning, ISO 8601: `2026-11-05T10:00:00Z` or `2026-11-05`. UTC unless it has an offset. Without it: 7
    /// days before the end.
    from: Option<String>,
    /// The end, likewise; a date alone is the end of that day. Without it: now.
    to: Option<String>,
    /// Only this device.
    #[schemars(extend("format" = "uuid"))]
    device_id: Option<String>,
    /// Only devices in the space of this id, a whole number.
    #[schemars(extend("type" = "integer", "minimum" = 0))]
    space_id: Option<SpaceId>,
    /// Only devices of this name, as Xyte compares names.
    name: Option<String>,
    /// Only devices that have this status now (online, offline, unavailable, error), whatever was recorded.
    status: Option<String>,
    /// Only rows that recorded this status: `offline` finds when devices went offline.
    recorded_status: Option<String>,
    /// Whether to return the whole recorded state, and not the status alone.
    #[serde(default)]
    include_state: bool,
    /// Which rows come first.
    #[serde(default)]
    order: Order,
    /// At most so many rows.
    #[serde(default = "usual_limit")]
    #[schemars(range(min = 1, max = 1000))]
    limit: usize,
    /// Leaves out so many rows that earlier answers had.
    #[serde(default)]
    offset: usize,
}

/// Which rows come first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    #[default]
    NewestFirst,
    OldestFirst,
}

/// The answer of `search_device_histories`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Histories {
    /// What was recorded. What is empty in Xyte is absent.
    rows: Vec<Row>,
    /// How many rows are in `rows`.
    returned: usize,
    /// How many rows match in what was read, earlier answers included.
    matched: usize,
    /// Whether everything in the time asked for was read.
    complete: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete_because: Option<String>,
    /// The time asked for, in the windows of at most 31 days that Xyte accepts.
    windows: Vec<WindowRead>,
    /// Present when there is more: what to change in the arguments of the next call.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Next>,
}

/// Arguments of the next call. The times are fixed, so that no row moves in between.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Next {
    from: String,
    to: String,
    offset: usize,
}

fn usual_limit() -> usize {
    100
}

pub(crate) fn run(cx: &Cx, args: &SearchHistories) -> Result<Answer<Histories>, ToolError> {
    let window = Window::between(args.from.as_deref(), args.to.as_deref(), cx.now(), USUAL_DAYS * DAY)?;
    check_length(&window)?;
    let histories = search(cx, args, &window)?;
    let summary = summary(&histories, args, &window);
    Ok(Answer::new(histories).summary(summary))
}

/// What one device recorded lately, as one resource: its newest rows, at most `limit`.
pub(crate) fn latest(cx: &Cx, device_id: String, limit: usize) -> Result<Histories, ServeError> {
    let window = Window::between(None, None, cx.now(), USUAL_DAYS * DAY);
    let window = window.map_err(|error| ServeError::Internal(error.to_string()))?;
    let args = SearchHistories {
        from: None,
        to: None,
        device_id: Some(device_id),
        space_id: None,
        name: None,
        status: None,
        recorded_status: None,
        include_state: false,
        order: Order::NewestFirst,
        limit,
        offset: 0,
    };
    Ok(search(cx, &args, &window)?)
}

fn search(cx: &Cx, args: &SearchHistories, window: &Window) -> Result<Histories, XyteError> {
    let request = cx
        .request(&routes::GET_HISTORIES)
        .query("per_page", PER_PAGE)
        .maybe_query("device_id", args.device_id.as_ref())
        .maybe_query("space_id", args.space_id.as_ref())
        .maybe_query("name", args.name.as_ref())
        .maybe_query("status", args.status.as_ref());
    let wanted = args.offset.saturating_add(args.limit);
    let walk = windows::walk(&request, window, args.order, wanted, args.recorded_status.as_deref())?;
    Ok(answer(walk, args, window))
}

fn check_length(window: &Window) -> Result<(), ToolError> {
    if window.length() <= DAYS_MAX * DAY {
        return Ok(());
    }
    let message = format!("One search covers at most {DAYS_MAX} days.");
    Err(ToolError::new("window_too_long", message).hint("Search one year after the other."))
}

fn answer(walk: Walk, args: &SearchHistories, window: &Window) -> Histories {
    let matched = walk.rows.len();
    let rows: Vec<Row> =
        walk.rows.into_iter().skip(args.offset).take(args.limit).map(|row| row.shown(args)).collect();
    let seen = args.offset + rows.len();
    // After a part that could not be read there is no saying which rows come next.
    let more = seen < matched || (walk.enough && !rows.is_empty());
    let next = (more && walk.broken.is_none()).then(|| Next {
        from: window.start().to_string(),
        to: window.end().to_string(),
        offset: seen,
    });
    Histories {
        returned: rows.len(),
        rows,
        matched,
        complete: walk.broken.is_none() && !walk.enough,
        incomplete_because: why_incomplete(walk.broken, walk.enough),
        windows: walk.windows,
        next,
    }
}

fn why_incomplete(broken: Option<String>, enough: bool) -> Option<String> {
    match broken {
        Some(why) => Some(format!(
            "{why}; which rows are missing is not known, so ask for a shorter time, one device or one space"
        )),
        None => enough.then(|| "enough rows were found before all windows were read".to_owned()),
    }
}

/// Nothing that people or devices wrote is in it.
fn summary(histories: &Histories, args: &SearchHistories, window: &Window) -> String {
    let first = match args.order {
        Order::NewestFirst => "newest",
        Order::OldestFirst => "oldest",
    };
    let more_than = if histories.complete { "" } else { "At least " };
    let mut text = format!(
        "{more_than}{} from {} to {}; showing {}, {first} first.",
        counted(histories.matched, "recorded state"),
        window.start(),
        window.end(),
        grouped(histories.returned),
    );
    if let Some(why) = &histories.incomplete_because {
        text += &format!(" Not all was read: {why}.");
    }
    if let Some(next) = &histories.next {
        text += &format!(
            " For more, call again with from {}, to {}, offset {}.",
            next.from, next.to, next.offset
        );
    }
    text
}
