//! What is known of one device.

use schemars::JsonSchema;
use serde::Serialize;
use xyte_plugin_sdk::api::{Device, EffectiveStatus, Status};
use xyte_plugin_sdk::time::{self, Timestamp};

use crate::history::Recent;
use crate::topics::Complaint;

/// How a device is, the worst first. The order is that of this plugin: which trouble to look at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Health {
    Error,
    Offline,
    Disconnected,
    NeverSeen,
    Warning,
    Unknown,
    Ok,
}

/// What is known of one device.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Evidence {
    pub(crate) device_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    /// The path of the space that it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<String>,
    /// How it is, by `effective_status`, or by `status` where Xyte has computed none.
    pub(crate) health: Health,
    /// What that means; absent when all is well.
    #[serde(skip_serializing_if = "Option::is_none")]
    meaning: Option<&'static str>,
    /// What the device says of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    /// How Xyte sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_status: Option<EffectiveStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minutes_since_seen: Option<i64>,
    /// Why it has to do with the complaint; absent when it does not seem to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) related_because: Option<String>,
    /// What it reported in the last seven days; absent when that was not seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recent: Option<Recent>,
}

impl Evidence {
    pub(crate) fn of(device: Device, complaint: &Complaint, now: Timestamp) -> Evidence {
        let health = Health::of(&device);
        let seen = device.last_seen_at.as_deref().and_then(|at| time::parse(at).ok());
        Evidence {
            health,
            meaning: health.meaning(),
            related_because: complaint.relation(&device),
            minutes_since_seen: seen.map(|seen| (now.as_second() - seen.as_second()) / 60),
            model: device.model_name().map(str::to_owned),
            space: device.space_path().map(str::to_owned),
            device_id: device.id,
            name: device.name,
            status: device.status,
            effective_status: device.effective_status,
            last_seen_at: device.last_seen_at,
            recent: None,
        }
    }

    pub(crate) fn has_problem(&self) -> bool {
        !matches!(self.health, Health::Ok | Health::Unknown)
    }

    pub(crate) fn is_related(&self) -> bool {
        self.related_because.is_some()
    }
}

/// What has to do with the complaint and has a problem first, then other problems, then what else relates.
pub(crate) fn sort(devices: &mut [Evidence]) {
    devices.sort_by(|a, b| {
        let key = |device: &Evidence| (!device.has_problem(), !device.is_related(), device.health);
        key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name)).then_with(|| a.device_id.cmp(&b.device_id))
    });
}

impl Health {
    fn of(device: &Device) -> Health {
        match (&device.effective_status, &device.status) {
            (Some(EffectiveStatus::Ok), _) => Health::Ok,
            (Some(EffectiveStatus::Warning), _) => Health::Warning,
            (Some(EffectiveStatus::Error), _) => Health::Error,
            (Some(EffectiveStatus::Offline), _) => Health::Offline,
            (Some(EffectiveStatus::Disconnected), _) => Health::Disconnected,
            (Some(EffectiveStatus::NeverSeen), _) => Health::NeverSeen,
            (_, Some(Status::Online)) => Health::Ok,
            (_, Some(Status::Offline | Status::Unavailable)) => Health::Offline,
            (_, Some(Status::Error)) => Health::Error,
            (_, Some(Status::Other(_)) | None) => Health::Unknown,
        }
    }

    fn meaning(self) -> Option<&'static str> {
        Some(match self {
            Health::Error => {
                "A serious incident is open, or the device or what it hangs on reports a failure."
            }
            Health::Offline => "The device itself is off or cannot be reached.",
            Health::Disconnected => {
                "What connects the device to Xyte (a connector, an edge or a parent device) is broken. Whether the \
                 device itself works is not known."
            }
            Health::NeverSeen => "The device has never reported.",
            Health::Warning => "An incident of low priority is open.",
            Health::Unknown => "Xyte does not say how the device is.",
            Health::Ok => return None,
        })
    }

    /// `2 offline`, in a sentence.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Health::Error => "in error",
            Health::Offline => "offline",
            Health::Disconnected => "disconnected",
            Health::NeverSeen => "never seen",
            Health::Warning => "with a warning",
            Health::Unknown => "without a known status",
            Health::Ok => "ok",
        }
    }

    pub(crate) const ALL: [Health; 7] = [
        Health::Error,
        Health::Offline,
        Health::Disconnected,
        Health::NeverSeen,
        Health::Warning,
        Health::Unknown,
        Health::Ok,
    ];
}
