//! The tools that a caller sees.

use std::sync::atomic::{AtomicU64, Ordering};

use super::catalog::Entry;

/// Told apart by number, so that what is made of a view can be kept beside it.
static VIEWS: AtomicU64 = AtomicU64::new(0);

/// The tools that exist for some callers, sorted by name. All who see the same tools share one.
#[derive(Debug)]
pub struct View {
    id: u64,
    entries: Vec<Entry>,
}

impl View {
    /// A view of these tools, sorted as they are.
    pub(super) fn new(entries: Vec<Entry>) -> View {
        View { id: VIEWS.fetch_add(1, Ordering::Relaxed), entries }
    }

    /// Unlike that of every other view of this process.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The tools.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One of them, by name.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let found = self.entries.binary_search_by(|entry| entry.tool().name.as_str().cmp(name)).ok()?;
        self.entries.get(found)
    }
}
