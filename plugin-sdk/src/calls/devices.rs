//! Devices.

mod identity;

use serde::Serialize;

use super::declare::call;
use crate::api::{Device, SpaceId};

pub use identity::Identity;

call! {
    /// Lists devices. Xyte can choose by space alone; whoever wants those that are offline reads all pages.
    fn get_devices() -> list Device;
    route GET_DEVICES, read;
    options GetDevices {
        /// Only devices in this space. Whether those in the spaces below it are among them is not documented.
        query space_id: SpaceId,
        /// So many on a page: at most 100, which it also is unless said.
        query per_page: u32,
    }
}

call! {
    /// Reads one device with its state.
    fn get_device(path device_id: &str) -> one Device;
    route GET_DEVICE, read;
}

call! {
    /// Claims a device into a space. The space also decides which customer the device belongs to, for good.
    fn claim_device(body space_id: &SpaceId, identity by: &Identity<'_>) -> one Device;
    route CLAIM_DEVICE, write;
    options ClaimDevice {
        /// What to call it.
        body name: &'a str,
    }
}

call! {
    /// Changes what is said of a device, and nothing else. The answer is assumed to be the device.
    fn update_device(path device_id: &str) -> done;
    route UPDATE_DEVICE, write;
    options UpdateDevice {
        /// The device's own configuration.
        json configuration: &impl Serialize,
        /// Settings of a device behind an edge, by label. Passwords are read as asterisks; such a value is not sent,
        /// since it would become the password.
        unmasked custom_parameters: &impl Serialize,
        /// What to call it.
        body name: &'a str,
        /// Where an edge reaches it. This may need a check, see
        /// [`skip_connectivity_check`](Self::skip_connectivity_check).
        body device_host_address: &'a str,
        /// The variant of its model.
        body sub_model: &'a str,
        /// The serial number.
        body sn: &'a str,
        /// The MAC address.
        body mac: &'a str,
        /// The name of a model that Xyte does not know.
        body custom_model_name: &'a str,
        /// The name of a manufacturer that Xyte does not know.
        body custom_vendor_name: &'a str,
        /// Whether to take an address that no edge has reached.
        body skip_connectivity_check: bool,
    }
}

call! {
    /// Deletes a device. One that a connector brought is not brought again.
    fn delete_device(path device_id: &str) -> done;
    route DELETE_DEVICE, destructive;
}

call! {
    /// Moves a device to another space, which must be the same customer's.
    fn move_device(path device_id: &str, body space_id: &SpaceId) -> done;
    route MOVE_DEVICE, write;
}

call! {
    /// Merges other records of a device into this one.
    fn merge_device(path device_id: &str, body with_device_ids: &[impl Serialize]) -> done;
    route MERGE_DEVICE, write;
}

call! {
    /// Splits a merged record off a device again.
    fn split_device(path device_id: &str, body shadow_device_id: &str) -> done;
    route SPLIT_DEVICE, write;
}

call! {
    /// Opens no incidents for a device until [`resume_incidents`].
    fn suspend_incidents(path device_id: &str) -> done;
    route SUSPEND_INCIDENTS, write;
}

call! {
    /// Opens incidents for a device again.
    fn resume_incidents(path device_id: &str) -> done;
    route RESUME_INCIDENTS, write;
}
