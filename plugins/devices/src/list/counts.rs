//! Devices, counted by status.

use std::collections::BTreeMap;

use xyte_plugin_sdk::api::{Device, EffectiveStatus, Status};

/// How a device without a status is counted and asked for.
pub(crate) const NONE: &str = "none";
/// How a status is counted that has no name here, since it may be any text.
pub(crate) const OTHER: &str = "other";

/// How many devices have which status.
pub(crate) type Counts = BTreeMap<&'static str, usize>;

/// Devices, counted by both of their statuses.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) devices: usize,
    pub(crate) by_status: Counts,
    pub(crate) by_effective_status: Counts,
}

impl Tally {
    pub(crate) fn add(&mut self, device: &Device) {
        let status = device.status.as_ref().map(|status| status.as_str());
        let effective_status = device.effective_status.as_ref().map(|status| status.as_str());
        self.devices += 1;
        *self.by_status.entry(word(Status::KNOWN, status)).or_default() += 1;
        *self.by_effective_status.entry(word(EffectiveStatus::KNOWN, effective_status)).or_default() += 1;
    }
}

fn word(words: &[&'static str], word: Option<&str>) -> &'static str {
    let Some(word) = word else { return NONE };
    words.iter().find(|known| **known == word).copied().unwrap_or(OTHER)
}
