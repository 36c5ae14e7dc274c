//! Licenses.

use super::declare::call;
use crate::api::{License, LicenseState};

call! {
    /// Lists licenses, the newest first. All that is asked for must hold; what Xyte cannot read is refused with 422.
    fn get_licenses() -> list License;
    route GET_LICENSES, read;
    options GetLicenses {
        /// Only of one of these states.
        each state: &[LicenseState],
        /// Only those that belong to a device, or to a serial number; or only the others.
        query assigned: bool,
        /// Only this device's.
        query device_id: &'a str,
        /// Only of this product.
        query product_id: &'a str,
        /// Only for this model.
        query device_model_id: &'a str,
        /// Only those that are bound to this serial number.
        query bound_device_sn: &'a str,
        /// Only those that are a warranty, or only the others.
        query warranty: bool,
        /// Only those that may go to another device, or only the others.
        query transferable: bool,
        /// Only those that end before this time; one that never ends is not among them.
        query expires_before: &'a str,
        /// Only those that end after this time; one that never ends is not among them.
        query expires_after: &'a str,
        /// Only of this order.
        query order_short_id: &'a str,
        /// So many on a page: at most 100, which it also is unless said.
        query per_page: u32,
    }
}
