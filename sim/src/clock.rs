//! What time it is for the simulated hub.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The hub's clock: the stages of commands and the default window of histories follow it.
///
/// It is a handle: its clones show the same time. Delays of faults do not follow it; they are waited for.
#[derive(Debug, Clone)]
pub struct Clock(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// None: the system's time.
    fixed: Option<Timestamp>,
    advanced_ms: AtomicU64,
}

impl Clock {
    /// Real time.
    pub fn system() -> Clock {
        Clock::new(None)
    }

    /// A clock that stands at this time and moves by [`advance`](Clock::advance) alone.
    pub fn fixed(at: Timestamp) -> Clock {
        Clock::new(Some(at))
    }

    /// Moves the clock forward, in whole milliseconds. Time that passed cannot be taken back.
    pub fn advance(&self, by: Duration) {
        let by_ms = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let forward = |advanced_ms: u64| Some(advanced_ms.saturating_add(by_ms));
        // It always has a next value, so there is no failure to look at.
        let _ = self.0.advanced_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, forward);
    }

    /// The time it shows; at most the latest time that a [`Timestamp`] holds.
    pub fn now(&self) -> Timestamp {
        let advanced_ms = i64::try_from(self.0.advanced_ms.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        let base = self.0.fixed.unwrap_or_else(Timestamp::now);
        base.checked_add(SignedDuration::from_millis(advanced_ms)).unwrap_or(Timestamp::MAX)
    }

    fn new(fixed: Option<Timestamp>) -> Clock {
        Clock(Arc::new(Inner { fixed, advanced_ms: AtomicU64::new(0) }))
    }
}

impl Default for Clock {
    fn default() -> Clock {
        Clock::system()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_moves_when_it_is_told_to_and_its_clones_with_it() {
        let start = Timestamp::UNIX_EPOCH;
        let clock = Clock::fixed(start);
        let same = clock.clone();
        assert_eq!(same.now(), start);
        clock.advance(Duration::from_millis(1500));
        clock.advance(Duration::from_millis(1500));
        assert_eq!(same.now(), start + Duration::from_secs(3));
        clock.advance(Duration::MAX);
        assert_eq!(same.now(), Timestamp::MAX);
    }

    #[test]
    fn the_systems_clock_moves_by_itself_and_when_it_is_told_to() {
        let clock = Clock::system();
        assert!(clock.now() >= Timestamp::now() - Duration::from_secs(60));
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now() > Timestamp::now() + Duration::from_secs(3000));
    }
}
