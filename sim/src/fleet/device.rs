//! One device.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

/// One device.
#[derive(Debug, Clone, PartialEq)]
pub struct Device {
    /// Unique in the whole hub.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Serial number. Devices that are claimed by a cloud id may have none.
    pub sn: Option<String>,
    /// Hardware address.
    pub mac: Option<String>,
    /// What a device shows on its screen to be claimed by.
    pub cloud_id: Option<String>,
    /// What it said of itself, the last time that it spoke.
    pub status: Option<ReportedStatus>,
    /// What the cloud makes of it. None until that was computed.
    pub effective_status: Option<Health>,
    /// When it last spoke.
    pub last_seen_at: Option<Timestamp>,
    /// Free facts of the model.
    pub details: Option<Map<String, Value>>,
    /// Its merged telemetry, with its own `status` inside.
    pub state: Map<String, Value>,
    /// What it is.
    pub model: Arc<Model>,
    /// Its firmware's version.
    pub firmware: Option<String>,
    /// Where it is.
    pub space_id: i64,
    /// Parameters by human label. None for all but edge devices.
    pub custom_parameters: Option<Map<String, Value>>,
}

/// A product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    /// The same for every tenant.
    pub id: Uuid,
    /// Its name.
    pub name: &'static str,
    /// Its variant.
    pub sub_model: Option<&'static str>,
    /// Who makes it.
    pub partner: &'static str,
}

/// What a device says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the API's own")]
pub enum ReportedStatus {
    Online,
    Offline,
    Error,
}

/// What the cloud makes of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the API's own")]
pub enum Health {
    Ok,
    Warning,
    Error,
    Offline,
    Disconnected,
    NeverSeen,
}

impl ReportedStatus {
    /// The status as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportedStatus::Online => "online",
            ReportedStatus::Offline => "offline",
            ReportedStatus::Error => "error",
        }
    }
}

impl Health {
    /// The health as the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Health::Ok => "ok",
            Health::Warning => "warning",
            Health::Error => "error",
            Health::Offline => "offline",
            Health::Disconnected => "disconnected",
            Health::NeverSeen => "never_seen",
        }
    }
}

impl Device {
    /// The status that the `status` filter of histories sees: a device that said nothing is unavailable.
    pub fn current_status(&self) -> &'static str {
        self.status.map_or("unavailable", ReportedStatus::as_str)
    }
}
