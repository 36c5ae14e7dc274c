//! What a walk over all devices finds.

use std::collections::{BTreeMap, BTreeSet};

use xyte_plugin_sdk::api::{Device, EffectiveStatus, Status};

use super::filter::Filter;
use super::row::{Field, Row};

/// How a device without a status is counted and asked for.
pub(crate) const NONE: &str = "none";
/// How a status is counted that has no name here, since it may be any text.
pub(crate) const OTHER: &str = "other";

/// Devices by status.
pub(crate) type Counts = BTreeMap<&'static str, usize>;

/// What was found so far.
pub(crate) struct Found {
    pub(crate) rows: Vec<Row>,
    pub(crate) scanned: usize,
    pub(crate) matched: usize,
    /// Of those that match.
    pub(crate) by_status: Counts,
    /// Of those that match.
    pub(crate) by_effective_status: Counts,
    /// Of all.
    pub(crate) seen_status: Counts,
    /// Of all.
    pub(crate) seen_effective_status: Counts,
    skip: usize,
    limit: usize,
    ids: BTreeSet<String>,
}

impl Found {
    pub(crate) fn new(skip: usize, limit: usize) -> Found {
        Found {
            rows: Vec::new(),
            scanned: 0,
            matched: 0,
            by_status: Counts::new(),
            by_effective_status: Counts::new(),
            seen_status: Counts::new(),
            seen_effective_status: Counts::new(),
            skip,
            limit,
            ids: BTreeSet::new(),
        }
    }

    pub(crate) fn take(&mut self, device: Device, filter: &Filter, fields: &[Field]) {
        // While one page is read, a device that is added or removed moves others to the next page or back.
        if !device.id.is_empty() && !self.ids.insert(device.id.clone()) {
            return;
        }
        self.scanned += 1;
        let status = device.status.as_ref().map_or(NONE, |status| known(Status::KNOWN, status.as_str()));
        let effective_status = device
            .effective_status
            .as_ref()
            .map_or(NONE, |status| known(EffectiveStatus::KNOWN, status.as_str()));
        *self.seen_status.entry(status).or_default() += 1;
        *self.seen_effective_status.entry(effective_status).or_default() += 1;
        if !filter.matches(&device) {
            return;
        }
        self.matched += 1;
        *self.by_status.entry(status).or_default() += 1;
        *self.by_effective_status.entry(effective_status).or_default() += 1;
        if self.matched > self.skip && self.rows.len() < self.limit {
            self.rows.push(Row::of(device, fields));
        }
    }
}

fn known(words: &[&'static str], word: &str) -> &'static str {
    words.iter().find(|known| **known == word).copied().unwrap_or(OTHER)
}
