//! What the mock host keeps for the plugin, under the real one's rules.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::bindings::state::{Entry, Error};

/// The host's usual limits.
const VALUE_BYTES_MAX: usize = 64 * 1024;
const KEYS_MAX: usize = 1_000;
const BYTES_MAX: usize = 1024 * 1024;
const KEY_CHARS_MAX: usize = 128;
const KEYS_PER_PAGE: usize = 100;

/// Whose values they are: the tenant's, or those of the user of that label.
pub(super) type Owner = Option<String>;

pub(super) struct Kept {
    slots: BTreeMap<(Owner, String), Slot>,
    versions: u64,
    pub(super) keys_max: usize,
    pub(super) bytes_max: usize,
    pub(super) is_unavailable: bool,
}

struct Slot {
    entry: Entry,
    gone_at_ms: Option<u64>,
}

impl Default for Kept {
    fn default() -> Kept {
        Kept {
            slots: BTreeMap::new(),
            versions: 0,
            keys_max: KEYS_MAX,
            bytes_max: BYTES_MAX,
            is_unavailable: false,
        }
    }
}

impl Kept {
    /// Drops what is gone by now. Every function below is called after it.
    pub(super) fn at(&mut self, now_ms: u64) -> Result<(), Error> {
        self.slots.retain(|_, slot| slot.gone_at_ms.is_none_or(|gone_at_ms| now_ms < gone_at_ms));
        match self.is_unavailable {
            true => Err(Error::Unavailable("the store does not answer".to_owned())),
            false => Ok(()),
        }
    }

    pub(super) fn get(&self, owner: Owner, key: &str) -> Result<Option<Entry>, Error> {
        check_key(key)?;
        Ok(self.slots.get(&(owner, key.to_owned())).map(|slot| slot.entry.clone()))
    }

    pub(super) fn set(
        &mut self,
        owner: Owner,
        key: &str,
        value: &str,
        expected: Option<u64>,
        gone_at_ms: Option<u64>,
    ) -> Result<u64, Error> {
        check_key(key)?;
        serde_json::from_str::<IgnoredAny>(value).map_err(|error| Error::InvalidValue(error.to_string()))?;
        if value.len() > VALUE_BYTES_MAX {
            return Err(Error::TooLarge(VALUE_BYTES_MAX as u64));
        }
        let at = (owner, key.to_owned());
        let found = self.slots.get(&at).map_or(0, |slot| slot.entry.version);
        if expected.is_some_and(|expected| expected != found) {
            return Err(Error::Conflict(found));
        }
        let others = || self.slots.iter().filter(|(other, _)| **other != at);
        let bytes: usize = others().map(|((_, key), slot)| key.len() + slot.entry.value.len()).sum();
        if others().count() >= self.keys_max || bytes + key.len() + value.len() > self.bytes_max {
            return Err(Error::Quota);
        }
        self.versions += 1;
        let entry = Entry { value: value.to_owned(), version: self.versions };
        self.slots.insert(at, Slot { entry, gone_at_ms });
        Ok(self.versions)
    }

    pub(super) fn remove(&mut self, owner: Owner, key: &str) -> Result<bool, Error> {
        check_key(key)?;
        Ok(self.slots.remove(&(owner, key.to_owned())).is_some())
    }

    pub(super) fn keys(&self, owner: &Owner, prefix: &str, after: Option<&str>) -> Vec<String> {
        let keys = self.slots.keys().filter(|(of, _)| of == owner).map(|(_, key)| key);
        keys.filter(|key| key.starts_with(prefix) && after.is_none_or(|after| key.as_str() > after))
            .take(KEYS_PER_PAGE)
            .cloned()
            .collect()
    }
}

fn check_key(key: &str) -> Result<(), Error> {
    let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.:/-".contains(&byte));
    match plain && (1..=KEY_CHARS_MAX).contains(&key.len()) {
        true => Ok(()),
        false => Err(Error::InvalidKey(key.to_owned())),
    }
}
