//! `list_devices`

mod counts;
mod cursor;
mod filter;
mod found;
pub(crate) mod row;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, SpaceId};
use xyte_plugin_sdk::{Answer, Cx, End, Request, ToolError, XyteError, routes};

use crate::number::{counted, grouped};
use counts::Counts;
use cursor::Cursor;
use filter::Filter;
use found::Found;
use row::{Field, Row};

/// The most that Xyte puts on a page; more is refused.
const PER_PAGE: u32 = 100;

/// The arguments of `list_devices`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ListDevices {
    /// Only devices that say this of themselves: online, offline, error, or none where they say nothing.
    status: Option<String>,
    /// Only devices that Xyte sees so: ok, warning, error, offline, disconnected, never_seen, or none where it does
    /// not know yet.
    effective_status: Option<String>,
    /// Only devices whose model's name contains this, in any case.
    model: Option<String>,
    /// Only devices whose name contains this, in any case.
    name: Option<String>,
    /// Only devices in spaces whose path contains this, in any case: `Berlin/Floor 2`. Spaces inside are included.
    space: Option<String>,
    /// Only devices in the space of this id, a whole number. Whether spaces inside of it are included is up to Xyte.
    #[schemars(extend("type" = "integer", "minimum" = 0))]
    space_id: Option<SpaceId>,
    /// What to say of each device beside its id. Without this: name, status, effective_status, model, space,
    /// last_seen_at.
    fields: Option<Vec<Field>>,
    /// At most so many devices; the counts are of all that match.
    #[serde(default = "usual_limit")]
    #[schemars(range(min = 1, max = 1000))]
    limit: usize,
    /// `next_cursor` of the answer before, with otherwise the same arguments.
    cursor: Option<String>,
}

/// The answer of `list_devices`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DeviceList {
    /// The devices. What is empty in Xyte is absent.
    devices: Vec<Row>,
    /// Whether every device of the organization (or of the space asked for) was looked at.
    complete: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete_because: Option<String>,
    /// How many devices were looked at.
    scanned: usize,
    /// How many of them match.
    matched: usize,
    /// How many of those are in `devices`.
    returned: usize,
    /// How many of those that match have which status.
    by_status: Counts,
    /// How many of those that match have which effective status.
    by_effective_status: Counts,
    /// Present when there is more: the `cursor` of the next call.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
    /// What to know of this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

fn usual_limit() -> usize {
    50
}

pub(crate) fn run(cx: &Cx, args: ListDevices) -> Result<Answer<DeviceList>, ToolError> {
    let cursor = Cursor::parse(args.cursor.as_deref())?;
    let fields = args.fields.unwrap_or_else(|| row::USUAL_FIELDS.to_vec());
    let filter = Filter::new(args.status, args.effective_status, args.model, args.name, args.space);
    let request = cx.request(&routes::GET_DEVICES).maybe_query("space_id", args.space_id);
    let list = walk(request, cursor, args.limit, &filter, &fields)?;
    let summary = summary(&list);
    Ok(Answer::new(list).summary(summary))
}

/// The whole fleet as one resource: a row for each of the first `limit` devices, and the counts of all.
pub(crate) fn whole(cx: &Cx, limit: usize) -> Result<DeviceList, XyteError> {
    let filter = Filter::new(None, None, None, None, None);
    walk(cx.request(&routes::GET_DEVICES), Cursor::START, limit, &filter, &row::USUAL_FIELDS)
}

/// Looks at all devices from the cursor on.
fn walk(
    request: Request<'_>,
    cursor: Cursor,
    limit: usize,
    filter: &Filter,
    fields: &[Field],
) -> Result<DeviceList, XyteError> {
    let mut found = Found::new(cursor.offset, limit);
    let mut pages = request.query("per_page", PER_PAGE).pages::<Device>().starting_at(cursor.page);
    for page in &mut pages {
        for device in page?.items {
            found.take(device, filter, fields);
        }
    }
    let end = pages.end().cloned().unwrap_or(End::Complete);
    Ok(answer(found, filter, cursor, &end))
}

fn answer(found: Found, filter: &Filter, cursor: Cursor, end: &End) -> DeviceList {
    let returned = found.rows.len();
    let next = match end.next_page() {
        _ if cursor.offset + returned < found.matched.devices => {
            Some(Cursor { offset: cursor.offset + returned, ..cursor })
        }
        Some(page) => Some(Cursor { page, offset: 0 }),
        None => None,
    };
    DeviceList {
        complete: end.is_complete() && cursor.page == 1,
        incomplete_because: end.why().or_else(|| cursor.why_incomplete()),
        note: (found.matched.devices == 0).then(|| filter.note_on_none(&found.scanned)).flatten(),
        devices: found.rows,
        scanned: found.scanned.devices,
        matched: found.matched.devices,
        returned,
        by_status: found.matched.by_status,
        by_effective_status: found.matched.by_effective_status,
        next_cursor: next.map(|next| next.to_string()),
    }
}

/// Nothing that people or devices wrote is in it.
fn summary(list: &DeviceList) -> String {
    let mut text = if list.matched == list.scanned {
        counted(list.matched, "device")
    } else {
        format!("{} of {} match", grouped(list.matched), counted(list.scanned, "device"))
    };
    for status in ["offline", "error"] {
        if let Some(count) = list.by_status.get(status) {
            text += &format!(", {} with status {status}", grouped(*count));
        }
    }
    text += &format!("; showing {}.", grouped(list.returned));
    if let Some(why) = &list.incomplete_because {
        text += &format!(" This is not the whole list: {why}.");
    }
    if let Some(cursor) = &list.next_cursor {
        text += &format!(" For more, call again with cursor {cursor}.");
    }
    if let Some(note) = &list.note {
        text += &format!(" {note}");
    }
    text
}
