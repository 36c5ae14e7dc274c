//! What the devices of a fleet reported over the last weeks.

use std::time::Duration;

use jiff::Timestamp;
use rand::{Rng, RngExt};

use crate::fleet::{Fleet, History, ReportedStatus};

/// How far back the recorded states reach, in seconds: twice the widest window that may be asked for.
const REACH_SECONDS: u64 = 62 * 86_400;
/// How many states are recorded of a device, at most.
const ROWS_MAX: usize = 16;

/// Adds recorded states for every device that ever spoke. The latest of each is its current status.
pub(crate) fn add(fleet: &mut Fleet, dice: &mut impl Rng) {
    let mut rows = Vec::new();
    for (index, device) in fleet.devices.iter().enumerate() {
        if let (Some(status), Some(last_seen)) = (device.status, device.last_seen_at) {
            let earlier = dice.random_range(3..ROWS_MAX);
            rows.push(row(dice, index, last_seen, status));
            for _ in 0..earlier {
                let at = last_seen - Duration::from_secs(dice.random_range(60..REACH_SECONDS));
                let status = earlier_status(dice);
                rows.push(row(dice, index, at, status));
            }
        }
    }
    rows.sort_by_key(|row| (std::cmp::Reverse(row.created_at), row.device));
    fleet.histories = rows;
}

fn row(dice: &mut impl Rng, device: usize, created_at: Timestamp, status: ReportedStatus) -> History {
    History { device, created_at, status, temperature: dice.random_range(31..58) }
}

fn earlier_status(dice: &mut impl Rng) -> ReportedStatus {
    match dice.random_range(0..10) {
        0..7 => ReportedStatus::Online,
        7..9 => ReportedStatus::Offline,
        _ => ReportedStatus::Error,
    }
}
