//! How much of the API one tool call may use.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use super::error::{ErrorKind, XyteError};

/// Requests that one call may send. Enough to walk 6,400 devices page by page; a tool that needs more should say
/// that its answer is incomplete.
pub const REQUESTS_PER_CALL_MAX: u32 = 64;
/// Bytes that one call may receive. A page of 100 devices has about 60 KB, so that all pages above fit; where devices carry
/// many custom parameters, a walk ends earlier and says so.
pub const RECEIVED_BYTES_PER_CALL_MAX: usize = 8 << 20;

/// What is left for one call. Shared by the requests that it sends at the same time.
#[derive(Debug)]
pub struct Budget {
    requests: AtomicU32,
    bytes: AtomicUsize,
}

impl Default for Budget {
    fn default() -> Budget {
        Budget { requests: REQUESTS_PER_CALL_MAX.into(), bytes: RECEIVED_BYTES_PER_CALL_MAX.into() }
    }
}

impl Budget {
    /// Takes one request.
    ///
    /// # Errors
    /// None is left.
    pub fn take_request(&self) -> Result<(), XyteError> {
        let taken =
            self.requests.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        taken.map(|_| ()).map_err(|_| {
            let message = format!("one call may send {REQUESTS_PER_CALL_MAX} requests; none is left");
            XyteError::new(ErrorKind::BudgetExhausted, "request_budget_exhausted", message)
        })
    }

    /// Takes received bytes.
    ///
    /// # Errors
    /// Fewer are left.
    pub fn take_bytes(&self, bytes: usize) -> Result<(), XyteError> {
        let taken =
            self.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(bytes));
        taken.map(|_| ()).map_err(|_| {
            let message = format!("one call may receive {RECEIVED_BYTES_PER_CALL_MAX} bytes; this is more");
            XyteError::new(ErrorKind::BudgetExhausted, "byte_budget_exhausted", message)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_request_is_allowed_and_the_next_is_not() {
        let budget = Budget::default();
        for _ in 0..REQUESTS_PER_CALL_MAX {
            budget.take_request().unwrap();
        }
        let error = budget.take_request().unwrap_err();
        assert_eq!((error.kind, error.code), (ErrorKind::BudgetExhausted, "request_budget_exhausted"));
        assert!(budget.take_request().is_err(), "and it stays so");
    }

    #[test]
    fn the_last_byte_is_allowed_and_the_next_is_not() {
        let budget = Budget::default();
        budget.take_bytes(RECEIVED_BYTES_PER_CALL_MAX - 1).unwrap();
        budget.take_bytes(1).unwrap();
        assert_eq!(budget.take_bytes(1).unwrap_err().code, "byte_budget_exhausted");
    }
}
