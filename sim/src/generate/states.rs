//! How devices are doing, and what they report.

use rand::{Rng, RngExt};
use serde_json::{Map, Value, json};

use crate::fleet::{Health, ReportedStatus};

/// How a device is doing: what it says, and what the cloud makes of it.
pub(crate) type Condition = (Option<ReportedStatus>, Option<Health>);

/// Each condition with its weight in a thousand. The last report of a disconnected device stays what it was, which is
/// why `status` and `effective_status` must not be mixed.
const CONDITIONS: [(u32, Condition); 8] = [
    (780, (Some(ReportedStatus::Online), Some(Health::Ok))),
    (50, (Some(ReportedStatus::Online), Some(Health::Warning))),
    (45, (Some(ReportedStatus::Error), Some(Health::Error))),
    (60, (Some(ReportedStatus::Offline), Some(Health::Offline))),
    (20, (Some(ReportedStatus::Online), Some(Health::Disconnected))),
    (10, (Some(ReportedStatus::Offline), Some(Health::Disconnected))),
    (25, (None, Some(Health::NeverSeen))),
    (10, (None, None)),
];

/// Draws how a device is doing.
pub(crate) fn condition(dice: &mut impl Rng) -> Condition {
    let mut draw = dice.random_range(0..CONDITIONS.iter().map(|(weight, _)| weight).sum());
    for (weight, condition) in CONDITIONS {
        if draw < weight {
            return condition;
        }
        draw -= weight;
    }
    (None, None)
}

/// The merged telemetry of a device of that kind. Empty if it never reported any.
pub(crate) fn telemetry(
    dice: &mut impl Rng,
    noun: &str,
    status: Option<ReportedStatus>,
) -> Map<String, Value> {
    let mut state = Map::new();
    let Some(status) = status else { return state };
    state.insert("status".to_owned(), json!(status.as_str()));
    state.insert("temperature".to_owned(), json!(dice.random_range(31..58)));
    state.insert("uptime".to_owned(), json!(dice.random_range(300..4_000_000)));
    let (name, value) = match noun {
        "Projector" => ("lamp_hours", json!(dice.random_range(10..9000))),
        "Video Bar" | "Touch Panel" => ("in_call", json!(dice.random_bool(0.2))),
        "Display" | "Signage Player" => ("input", json!("HDMI 1")),
        "Audio Processor" => ("output_level_db", json!(-6.5)),
        "Sensor" => ("people", json!(dice.random_range(0..14))),
        "Camera" => ("preset", json!(dice.random_range(1..9))),
        _ => ("load_percent", json!(dice.random_range(1..90))),
    };
    state.insert(name.to_owned(), value);
    state
}
