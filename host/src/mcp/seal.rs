//! What clients carry between the rounds of a call: sealed, so that they can neither read nor change it, and bound to
//! the caller, to what was called, and to a time.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::plugin::Digest;
use crate::tenant::{Caller, SealingKey};

/// How long a question may stay unanswered: a person who was called away comes back to it.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Bytes of a sealed text that are looked at. A plugin's state has 16 KiB, which base64 makes 22 KiB.
const SEALED_BYTES_MAX: usize = 32 << 10;
/// Bytes of the time at the beginning of what is sealed: seconds since 1970, big-endian.
const EXPIRY_BYTES: usize = 8;
const SUBJECT_DOMAIN: &str = "xyte-mcp 2026 subject of a sealed state";

/// What a sealed text belongs to.
pub(super) struct Subject([u8; 32]);

/// A sealed text that is not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum SealError {
    /// It was made or changed by somebody else, or belongs to another caller, call or version of the plugin.
    #[error("the requestState does not belong to this request; make the call again from the beginning")]
    Foreign,
    /// It is too old.
    #[error("the requestState has expired; make the call again from the beginning")]
    Expired,
}

impl Subject {
    /// One call: who makes it, of which version of which plugin, of what, and with what.
    pub(super) fn new(caller: &Caller, plugin: Digest, kind: &str, name: &str, arguments: &str) -> Subject {
        let user = caller.user().map(|user| user.to_string()).unwrap_or_default();
        let mut hasher = blake3::Hasher::new_derive_key(SUBJECT_DOMAIN);
        for part in [&caller.tenant_label(), &user, &plugin.to_string(), kind, name, arguments] {
            hasher.update(&(part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        Subject(*hasher.finalize().as_bytes())
    }
}

/// Seals and opens.
pub(super) struct Sealer(RandomizedNonceKey);

impl Sealer {
    pub(super) fn new(key: &SealingKey) -> Sealer {
        let key = RandomizedNonceKey::new(&AES_256_GCM, key.expose());
        Sealer(key.expect("the key has the length that the cipher wants"))
    }

    /// Seals a text for [`LIFETIME`]. None: the system has no randomness to seal with.
    pub(super) fn seal(&self, subject: &Subject, text: &str) -> Option<String> {
        self.seal_until(subject, text, seconds_now() + LIFETIME.as_secs())
    }

    fn seal_until(&self, subject: &Subject, text: &str, expiry: u64) -> Option<String> {
        let mut bytes = expiry.to_be_bytes().to_vec();
        bytes.extend_from_slice(text.as_bytes());
        let nonce = self.0.seal_in_place_append_tag(Aad::from(subject.0), &mut bytes).ok()?;
        let mut sealed = nonce.as_ref().to_vec();
        sealed.extend_from_slice(&bytes);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// What was sealed for the same subject.
    ///
    /// # Errors
    /// It was not, or not in time.
    pub(super) fn open(&self, subject: &Subject, sealed: &str) -> Result<String, SealError> {
        if sealed.len() > SEALED_BYTES_MAX {
            return Err(SealError::Foreign);
        }
        let mut bytes = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| SealError::Foreign)?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(SealError::Foreign)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Foreign)?;
        let opened =
            self.0.open_in_place(nonce, Aad::from(subject.0), sealed).map_err(|_| SealError::Foreign)?;
        let (expiry, text) = opened.split_at_checked(EXPIRY_BYTES).ok_or(SealError::Foreign)?;
        let expiry = expiry.try_into().map(u64::from_be_bytes).map_err(|_| SealError::Foreign)?;
        if seconds_now() >= expiry {
            return Err(SealError::Expired);
        }
        String::from_utf8(text.to_vec()).map_err(|_| SealError::Foreign)
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer")
    }
}

fn seconds_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::TenantSecret;

    fn subject(name: &str) -> Subject {
        Subject(*blake3::hash(name.as_bytes()).as_bytes())
    }

    #[test]
    fn what_was_sealed_is_opened_for_its_subject_alone() {
        let sealer = Sealer::new(&TenantSecret::random().sealing_key());
        let sealed = sealer.seal(&subject("a"), "step 2").unwrap();
        assert_eq!(sealer.open(&subject("a"), &sealed).as_deref(), Ok("step 2"));
        assert!(!sealed.contains("step"));
        assert_eq!(sealer.open(&subject("b"), &sealed), Err(SealError::Foreign));
        let other = Sealer::new(&TenantSecret::random().sealing_key());
        assert_eq!(other.open(&subject("a"), &sealed), Err(SealError::Foreign));
        assert_ne!(sealer.seal(&subject("a"), "step 2").unwrap(), sealed);
    }

    #[test]
    fn no_byte_of_it_can_be_changed() {
        let sealer = Sealer::new(&TenantSecret::random().sealing_key());
        let sealed = sealer.seal(&subject("a"), "step 2").unwrap();
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(sealer.open(&subject("a"), &changed), Err(SealError::Foreign), "{at}");
        }
        for bad in ["", "AAAA", "not base64!", &"A".repeat(SEALED_BYTES_MAX + 1)] {
            assert_eq!(sealer.open(&subject("a"), bad), Err(SealError::Foreign));
        }
    }

    #[test]
    fn it_is_good_for_a_time() {
        let sealer = Sealer::new(&TenantSecret::random().sealing_key());
        let old = sealer.seal_until(&subject("a"), "x", seconds_now()).unwrap();
        assert_eq!(sealer.open(&subject("a"), &old), Err(SealError::Expired));
        let young = sealer.seal_until(&subject("a"), "x", seconds_now() + 60).unwrap();
        assert!(sealer.open(&subject("a"), &young).is_ok());
    }
}
