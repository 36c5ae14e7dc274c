//! What a walk over all devices finds.

use std::collections::BTreeSet;

use xyte_plugin_sdk::api::Device;

use super::counts::Tally;
use super::filter::Filter;
use super::row::{Field, Row};

/// What was found so far.
pub(crate) struct Found {
    pub(crate) rows: Vec<Row>,
    pub(crate) scanned: Tally,
    pub(crate) matched: Tally,
    skip: usize,
    limit: usize,
    ids: BTreeSet<String>,
}

impl Found {
    pub(crate) fn new(skip: usize, limit: usize) -> Found {
        Found {
            rows: Vec::new(),
            scanned: Tally::default(),
            matched: Tally::default(),
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
        self.scanned.add(&device);
        if !filter.matches(&device) {
            return;
        }
        self.matched.add(&device);
        if self.matched.devices > self.skip && self.rows.len() < self.limit {
            self.rows.push(Row::of(device, fields));
        }
    }
}
