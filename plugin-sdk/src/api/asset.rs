//! Assets: what an organization keeps a record of beside its devices.

use super::object::object;
use super::words::words;
use super::{Named, SpaceId};

object! {
    /// An asset.
    Asset {
        /// The asset's id, a UUID.
        id: String,
        /// The asset's name.
        name: Option<String>,
        /// The serial number.
        serial_number: Option<String>,
        /// The space that it is in.
        space_id: Option<SpaceId>,
        /// When it was bought.
        purchased_at: Option<String>,
        /// What people noted of it.
        comments: Option<String>,
        /// The picture that stands for it.
        icon_name: Option<String>,
        /// A label: who made it.
        manufacturer: Option<Named>,
        /// A label: which model it is.
        device_model: Option<Named>,
        /// A label: what it is.
        device_type: Option<Named>,
        /// A label: how it is.
        status: Option<Named>,
        /// When it was recorded.
        created_at: Option<String>,
    }
}

words! {
    /// What labels of assets are sorted by.
    LabelCategory {
        /// Who made an asset.
        Manufacturer = "manufacturer",
        /// Which model it is.
        DeviceModel = "device_model",
        /// What it is.
        DeviceType = "device_type",
        /// How it is.
        Status = "status",
    }
}
