//! What devices reported over time.

use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use super::page::Page;
use super::{Call, Refusal};
use crate::fleet::{Device, Fleet, History};

/// The API's own limit: more is an error.
const PER_PAGE_MAX: usize = 1000;
/// How far back a request looks that does not say from when.
const WINDOW_DEFAULT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The widest window that may be asked for.
const WINDOW_MAX: SignedDuration = SignedDuration::from_hours(31 * 24);
/// What the status filter takes.
const STATUSES: [&str; 4] = ["online", "offline", "unavailable", "error"];

/// The recorded states within a window, newest first.
pub(crate) fn list(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let page = Page::read(call, PER_PAGE_MAX)?;
    let (from, to) = window(call)?;
    let filter = Filter::read(call)?;
    let rows = fleet.histories();
    // Rows are sorted, newest first.
    let first = rows.partition_point(|row| row.created_at > to);
    let end = rows.partition_point(|row| row.created_at >= from);
    let rows = rows[first..end].iter().map(|row| (row, &fleet.devices()[row.device]));
    let wanted = rows.filter(|(_, device)| filter.takes(device));
    Ok(page.with_has_next_page(wanted, |(row, device)| HistoryRow::of(row, device)))
}

fn window(call: &Call) -> Result<(Timestamp, Timestamp), Refusal> {
    let to = time(call, "to")?.unwrap_or(call.now);
    let from = match time(call, "from")? {
        Some(from) => from,
        None => to.checked_sub(WINDOW_DEFAULT).unwrap_or(Timestamp::MIN),
    };
    let width = to.duration_since(from);
    if width.is_negative() {
        return Err(Refusal::unprocessable("Parameter from must be before to"));
    }
    if width > WINDOW_MAX {
        return Err(Refusal::unprocessable("Time range must be at most 31 days"));
    }
    Ok((from, to))
}

/// Seconds since the epoch.
fn time(call: &Call, name: &str) -> Result<Option<Timestamp>, Refusal> {
    let out_of_range = |_| Refusal::unprocessable(format!("Parameter {name} is out of range"));
    call.integer_query(name)?.map(|seconds| Timestamp::from_second(seconds).map_err(out_of_range)).transpose()
}

/// Which devices' rows are wanted. The status is the device's current one, not the row's.
struct Filter {
    status: Option<String>,
    device_id: Option<String>,
    space_id: Option<i64>,
    name: Option<String>,
}

impl Filter {
    fn read(call: &Call) -> Result<Filter, Refusal> {
        let status = call.query("status").map(str::to_owned);
        if status.as_deref().is_some_and(|status| !STATUSES.contains(&status)) {
            let expected = format!("Parameter status must be one of {}", STATUSES.join(", "));
            return Err(Refusal::unprocessable(expected));
        }
        Ok(Filter {
            status,
            device_id: call.query("device_id").map(str::to_lowercase),
            space_id: call.integer_query("space_id")?,
            name: call.query("name").map(str::to_lowercase),
        })
    }

    fn takes(&self, device: &Device) -> bool {
        self.status.as_deref().is_none_or(|status| device.current_status() == status)
            && self.device_id.as_deref().is_none_or(|id| device.id.to_string() == id)
            && self.space_id.is_none_or(|space| device.space_id == space)
            && self.name.as_deref().is_none_or(|name| device.name.to_lowercase().contains(name))
    }
}

/// A recorded state as the API writes it: the model and the partner are names here, and the space is a number.
#[derive(Serialize)]
struct HistoryRow<'a> {
    uuid: Uuid,
    name: &'a str,
    model: &'a str,
    partner: &'a str,
    space_id: i64,
    state: StateRow,
    created_at: String,
}

#[derive(Serialize)]
struct StateRow {
    status: &'static str,
    temperature: u8,
}

impl<'a> HistoryRow<'a> {
    fn of(row: &History, device: &'a Device) -> HistoryRow<'a> {
        HistoryRow {
            uuid: device.id,
            name: &device.name,
            model: device.model.name,
            partner: device.model.partner,
            space_id: device.space_id,
            state: StateRow { status: row.status.as_str(), temperature: row.temperature },
            created_at: row.created_at.to_string(),
        }
    }
}
