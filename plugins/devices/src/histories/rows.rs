//! Recorded states.

use std::cmp::Ordering;

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::{History, Json, SpaceId, Status};
use xyte_plugin_sdk::time::{self, Timestamp};

use super::{Order, SearchHistories};

/// A row with what it is sorted and chosen by.
#[derive(PartialEq)]
pub(super) struct Found {
    at: Option<Timestamp>,
    status: Option<Status>,
    row: History,
}

/// A row as it is returned.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Row {
    /// When it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// The id that Xyte gives; it does not say whether of the row or of the device.
    #[serde(skip_serializing_if = "Option::is_none")]
    uuid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    device_id: Option<String>,
    /// The device's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space_id: Option<SpaceId>,
    /// The status that was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Json>,
}

impl Found {
    /// The row, if it recorded that status.
    pub(super) fn of(row: History, recorded_status: Option<&str>) -> Option<Found> {
        let status = row.status();
        let recorded = status.as_ref().map_or("none", |status| status.as_str());
        if recorded_status.is_some_and(|wanted| !wanted.eq_ignore_ascii_case(recorded)) {
            return None;
        }
        let at = row.created_at.as_deref().and_then(|at| time::parse(at).ok());
        Some(Found { at, status, row })
    }

    pub(super) fn shown(self, args: &SearchHistories) -> Row {
        Row {
            at: self.row.created_at,
            uuid: self.row.uuid,
            device_id: self.row.device_id,
            name: self.row.name,
            model: self.row.model.and_then(|model| model.name),
            space_id: self.row.space_id,
            status: self.status,
            state: self.row.state.filter(|_| args.include_state),
        }
    }

    /// By time, and rows of one instant by their ids, so that two calls agree.
    fn compare(&self, other: &Found) -> Ordering {
        fn key(found: &Found) -> impl Ord {
            (found.at, &found.row.uuid, &found.row.device_id, &found.row.name)
        }
        key(self).cmp(&key(other))
    }
}

/// Sorts by time, those without one last, and drops what two windows that meet in one second both have.
pub(super) fn sort(rows: &mut Vec<Found>, order: Order) {
    rows.sort_unstable_by(|a, b| {
        let by_time = match order {
            Order::NewestFirst => b.compare(a),
            Order::OldestFirst => a.compare(b),
        };
        a.at.is_none().cmp(&b.at.is_none()).then(by_time)
    });
    rows.dedup();
}
