//! The ceiling over everything that one instance may hold.

use wasmtime::ResourceLimiter;

use super::limits::{INSTANCES_MAX, MEMORIES_MAX, MEMORY_BYTES_MAX, TABLE_ELEMENTS_MAX, TABLES_MAX};

/// Counts memory over all of a component's linear memories together, where the engine's own limits count each.
#[derive(Debug, Default)]
pub(super) struct Ceiling {
    bytes: usize,
}

impl Ceiling {
    /// Bytes of linear memory in use.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}

impl ResourceLimiter for Ceiling {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let total = self.bytes - current.min(self.bytes) + desired;
        let allowed = total <= MEMORY_BYTES_MAX;
        if allowed {
            self.bytes = total;
        }
        Ok(allowed)
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        Ok(desired <= TABLE_ELEMENTS_MAX)
    }

    fn instances(&self) -> usize {
        INSTANCES_MAX
    }

    fn tables(&self) -> usize {
        TABLES_MAX
    }

    fn memories(&self) -> usize {
        MEMORIES_MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memories_are_counted_together() {
        let half = MEMORY_BYTES_MAX / 2;
        let mut ceiling = Ceiling::default();
        assert!(ceiling.memory_growing(0, half, None).unwrap());
        assert!(ceiling.memory_growing(0, half, None).unwrap(), "a second memory takes the other half");
        assert!(!ceiling.memory_growing(half, half + 1, None).unwrap());
        assert!(!ceiling.memory_growing(0, 1, None).unwrap());
        assert_eq!(ceiling.bytes(), MEMORY_BYTES_MAX, "what was refused is not counted");
    }
}
