//! What a device is known by.

use crate::calls::draft::Draft;

/// What a device that is to be claimed is known by; which of the two depends on its model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity<'a> {
    /// What is printed on it.
    MacAndSn {
        /// The MAC address.
        mac: &'a str,
        /// The serial number.
        sn: &'a str,
    },
    /// A cloud id.
    CloudId(&'a str),
}

impl Draft<'_> {
    /// Nothing is sent empty: an empty cloud id beside a serial number is another identity.
    pub(super) fn identity(self, _: &str, by: &Identity<'_>) -> Self {
        match *by {
            Identity::MacAndSn { mac, sn } => self.body("mac", mac).body("sn", sn),
            Identity::CloudId(cloud_id) => self.body("cloud_id", cloud_id),
        }
    }
}
