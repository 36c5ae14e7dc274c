//! Devices.

use super::object::object;
use super::part::{Part, part};
use super::{EffectiveStatus, Json, SpaceId, Status};

object! {
    /// A device.
    Device {
        /// The device's id, a UUID.
        id: String,
        /// The device's name.
        name: Option<String>,
        /// The serial number.
        sn: Option<String>,
        /// The MAC address.
        mac: Option<String>,
        /// The cloud id.
        cloud_id: Option<String>,
        /// What the device says of itself: online, offline, error.
        status: Option<Status>,
        /// How Xyte sees it: ok, warning, error, offline, disconnected, never_seen. Absent until that is known.
        effective_status: Option<EffectiveStatus>,
        /// The same for the group that the device was merged into.
        merged_effective_status: Option<EffectiveStatus>,
        /// When the device last reported.
        last_seen_at: Option<String>,
        /// The model.
        model: Option<Model>,
        /// The firmware.
        firmware: Option<Firmware>,
        /// The space that the device is in.
        space: Option<SpaceRef>,
        /// What the device reports, by name. Only where one device is read.
        state: Option<Json>,
        /// What the device said of itself when it registered.
        details: Option<Json>,
        /// Settings of a device behind an edge, by label. Passwords are masked; a mask must not be sent back.
        custom_parameters: Option<Json>,
    }
}

object! {
    /// A model of devices.
    Model {
        /// The model's id, a UUID.
        id: Option<String>,
        /// The model's name.
        name: Option<String>,
        /// The variant.
        sub_model: Option<String>,
    }
}

object! {
    /// A device's firmware.
    Firmware {
        /// The version.
        version: Option<String>,
    }
}

object! {
    /// A space, as a device names it.
    SpaceRef {
        /// The space's id.
        id: Option<SpaceId>,
        /// The names from the top down: `Org/Country/City/Room`.
        full_path: Option<String>,
    }
}

impl Device {
    /// The model's name.
    pub fn model_name(&self) -> Option<&str> {
        self.model.as_ref()?.name.as_deref()
    }

    /// The path of the space that it is in.
    pub fn space_path(&self) -> Option<&str> {
        self.space.as_ref()?.full_path.as_deref()
    }
}

part!(Model, Firmware, SpaceRef);

impl From<Part> for Model {
    fn from(part: Part) -> Model {
        Model { id: part.id, name: part.name.or(part.text), sub_model: part.sub_model }
    }
}

impl From<Part> for Firmware {
    fn from(part: Part) -> Firmware {
        Firmware { version: part.version.or(part.text) }
    }
}

impl From<Part> for SpaceRef {
    fn from(part: Part) -> SpaceRef {
        SpaceRef { id: part.id.map(SpaceId::from), full_path: part.full_path.or(part.text) }
    }
}
