//! What only a manufacturer's partner key reads.

use super::object::object;
use super::{Firmware, Json, Model, SpaceRef, Status};

object! {
    /// A device, as its manufacturer sees it.
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
        /// What the device says of itself.
        status: Option<Status>,
        /// The name of the customer that it belongs to.
        claimed: Option<String>,
        /// When the device last reported.
        last_seen_at: Option<String>,
        /// The model.
        model: Option<Model>,
        /// The firmware.
        firmware: Option<Firmware>,
        /// The space that the device is in.
        space: Option<SpaceRef>,
        /// What the device reports, by name.
        state: Option<Json>,
        /// What the device said of itself when it registered.
        details: Option<Json>,
    }
}

object! {
    /// What a device reported at one time.
    Telemetry {
        /// When Xyte received it.
        created_at: Option<String>,
        /// When the device says that it was.
        device_timestamp: Option<String>,
        /// The values, by name.
        telemetries: Option<Json>,
    }
}

object! {
    /// A device's configuration.
    Configuration {
        /// Its version, which goes up with every change.
        version: Option<String>,
        /// When it last changed.
        last_updated: Option<String>,
        /// The configuration itself, which is the manufacturer's.
        config: Option<Json>,
    }
}
