//! What a call used.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What one call used, written when it is over. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    memory: Arc<AtomicUsize>,
}

impl Meter {
    /// Bytes of linear memory that the instance held at its end; memories never shrink.
    pub fn memory_bytes(&self) -> usize {
        self.memory.load(Ordering::Relaxed)
    }

    pub(super) fn record_memory(&self, bytes: usize) {
        self.memory.store(bytes, Ordering::Relaxed);
    }
}
