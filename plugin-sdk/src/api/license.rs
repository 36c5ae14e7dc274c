//! Licenses.

use super::Named;
use super::nested::nested;
use super::object::object;
use super::words::words;

object! {
    /// A license.
    License {
        /// The license's id, a UUID.
        id: String,
        /// What it is good for at present.
        state: Option<LicenseState>,
        /// When it ends; some never do.
        expires_at: Option<String>,
        /// When it was first used.
        activated_at: Option<String>,
        /// Whether it is a warranty.
        warranty: Option<bool>,
        /// Whether it may go to another device.
        transferable: Option<bool>,
        /// The serial number that it is bound to.
        bound_device_sn: Option<String>,
        /// When it was created.
        created_at: Option<String>,
        /// The order that it was bought by.
        order_short_id: Option<String>,
        /// Who sells it.
        partner: Option<Named>,
        /// The device that has it.
        device: Option<LicensedDevice>,
        /// What was bought.
        product: Option<Named>,
        /// The model that it is for.
        device_model: Option<Named>,
    }
}

object! {
    /// The device that has a license.
    LicensedDevice {
        /// The device's id.
        id: Option<String>,
        /// The device's serial number.
        sn: Option<String>,
    }
}

nested!(LicensedDevice);

words! {
    /// What a license is good for at present.
    LicenseState {
        /// No device has it.
        Available = "available",
        /// A device has it.
        InUse = "inuse",
        /// It is being taken from its device.
        Remove = "remove",
        /// Its device could not take it.
        Error = "error",
        /// It is of no use.
        Disabled = "disabled",
        /// It is being renewed.
        Renew = "renew",
        /// It is being disabled; answers have this word, and filters do not take it.
        Disable = "disable",
    }
}
