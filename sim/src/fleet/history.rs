//! What devices reported over time.

use jiff::Timestamp;

use super::device::ReportedStatus;

/// One recorded state of one device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History {
    /// The device's place among the fleet's devices.
    pub device: usize,
    /// When the state was recorded.
    pub created_at: Timestamp,
    /// What the device said of itself.
    pub status: ReportedStatus,
    /// A measured value, so that rows differ; in degrees Celsius.
    pub temperature: u8,
}
