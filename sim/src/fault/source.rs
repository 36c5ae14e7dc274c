//! Which faults a request meets.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use xyte_catalog::Catalog;

use super::{Fault, FaultSyntaxError, Faults, Instead};
use crate::dice::{self, Stream};
use crate::lock::locked;

/// A script was written for an operation that nobody can call.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not the key of an operation in the catalogue")]
pub struct UnknownOperation(pub String);

/// What becomes of one request's answer.
#[derive(Debug, Default)]
pub(crate) struct Fate {
    pub(crate) delay: Duration,
    pub(crate) cut: Option<u64>,
    pub(crate) hang: bool,
    pub(crate) instead: Option<Instead>,
}

/// The faults of one hub.
#[derive(Debug)]
pub(crate) struct FaultSource {
    seed: u64,
    general: Mutex<Faults>,
    scripts: Mutex<HashMap<String, VecDeque<Script>>>,
}

#[derive(Debug)]
struct Script {
    faults: Faults,
    times: usize,
}

impl FaultSource {
    pub(crate) fn new(seed: u64, general: Faults) -> FaultSource {
        FaultSource { seed, general: Mutex::new(general), scripts: Mutex::default() }
    }

    /// Has the next requests for an operation meet these faults, after those that were scripted before.
    pub(crate) fn script(
        &self,
        operation: &str,
        faults: Faults,
        times: usize,
    ) -> Result<(), UnknownOperation> {
        if Catalog::known().get(operation).is_none() {
            return Err(UnknownOperation(operation.to_owned()));
        }
        if times > 0 {
            locked(&self.scripts)
                .entry(operation.to_owned())
                .or_default()
                .push_back(Script { faults, times });
        }
        Ok(())
    }

    /// From now on nothing goes wrong unless a request asks for it.
    pub(crate) fn clear(&self) {
        locked(&self.scripts).clear();
        *locked(&self.general) = Faults::none();
    }

    /// Draws what the request of this number meets. The draw depends on the seed and the number alone, so that a run
    /// can be repeated.
    pub(crate) fn fate(
        &self,
        number: u64,
        operation: Option<&str>,
        header: Option<&str>,
    ) -> Result<Fate, FaultSyntaxError> {
        let faults = match (operation.and_then(|key| self.next_scripted(key)), header) {
            (Some(scripted), _) => scripted,
            (None, Some(text)) => text.parse()?,
            (None, None) => locked(&self.general).clone(),
        };
        if faults.is_empty() {
            return Ok(Fate::default());
        }
        Ok(Fate::draw(&faults, &mut dice::of(self.seed, Stream::Faults(number))))
    }

    fn next_scripted(&self, operation: &str) -> Option<Faults> {
        let mut scripts = locked(&self.scripts);
        let queue = scripts.get_mut(operation)?;
        let script = queue.front_mut()?;
        script.times -= 1;
        if script.times > 0 {
            return Some(script.faults.clone());
        }
        queue.pop_front().map(|script| script.faults)
    }
}

impl Fate {
    fn draw(faults: &Faults, dice: &mut impl rand::Rng) -> Fate {
        let mut fate = Fate::default();
        for rule in &faults.rules {
            if !rule.chance.hits(dice) {
                continue;
            }
            match &rule.fault {
                Fault::Slow(delay) => fate.delay = fate.delay.saturating_add(*delay),
                Fault::Cut(bytes) => fate.cut = Some(fate.cut.map_or(*bytes, |earlier| earlier.min(*bytes))),
                Fault::Hang => fate.hang = true,
                answering => fate.instead = fate.instead.or_else(|| Instead::of(answering)),
            }
        }
        fate
    }
}
