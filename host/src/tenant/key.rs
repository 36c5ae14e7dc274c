//! The Xyte API key as a type that gives nothing away.

use std::fmt;

use http::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The longest key, in bytes. Keys seen so far have 32 to 64; a header line is limited to some KiB elsewhere.
const KEY_BYTES_MAX: usize = 512;

/// What stands where a key was cut out of a text.
const SCRUBBED: &str = "[key removed]";

/// An API key. It cannot be printed, serialised, compared or cloned; it is wiped when it is dropped. What it is for,
/// it does itself: it becomes a request's header, a tenant's hash, or is cut out of a text.
pub struct ApiKey(SecretString);

/// Why a text is no key. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Nothing but whitespace.
    #[error("the key is blank")]
    Blank,
    /// A space, a line break, another control character, or something outside ASCII.
    #[error("the key holds a space, a line break or another character that no key has")]
    Character,
    /// Longer than any key.
    #[error("the key is longer than {KEY_BYTES_MAX} bytes")]
    TooLong,
}

impl ApiKey {
    /// Takes a key from a setting or a header. Whitespace around it does not belong to it.
    ///
    /// # Errors
    /// What makes it impossible as a key.
    pub fn parse(text: &str) -> Result<ApiKey, KeyError> {
        let text = text.trim_matches([' ', '\t', '\r', '\n']);
        match text {
            "" => Err(KeyError::Blank),
            _ if text.len() > KEY_BYTES_MAX => Err(KeyError::TooLong),
            _ if !text.bytes().all(|byte| byte.is_ascii_graphic()) => Err(KeyError::Character),
            _ => Ok(ApiKey(text.into())),
        }
    }

    /// The same, from a setting's value.
    ///
    /// # Errors
    /// As [`ApiKey::parse`].
    pub fn from_setting(secret: &SecretString) -> Result<ApiKey, KeyError> {
        ApiKey::parse(secret.expose_secret())
    }

    /// The header that authenticates a request to Xyte: the raw key, without a scheme, marked so that no HTTP
    /// library prints it. Only `xyte/` asks for it.
    pub fn authorization(&self) -> HeaderValue {
        let mut value = HeaderValue::from_str(self.0.expose_secret()).expect("a key is visible ASCII");
        value.set_sensitive(true);
        value
    }

    /// Feeds the key to a hash. Only `tenant/` does so.
    pub(super) fn hash_into(&self, hasher: &mut blake3::Hasher) {
        hasher.update(self.0.expose_secret().as_bytes());
    }

    /// The text without the key, wherever it stood, also as JSON may write it: an API that repeats it must not hand it
    /// to a plugin.
    pub fn scrub(&self, text: String) -> String {
        let key = self.0.expose_secret();
        let in_json = key.replace('\\', "\\\\").replace('"', "\\\"");
        let rails = in_json.replace('/', "\\/");
        let html_safe = ["&", "<", ">"].iter().zip(["\\u0026", "\\u003c", "\\u003e"]);
        let html_safe = html_safe.fold(in_json.clone(), |key, (plain, escaped)| key.replace(plain, escaped));
        [key, &in_json, &rails, &html_safe]
            .iter()
            .fold(text, |text, form| if text.contains(*form) { text.replace(*form, SCRUBBED) } else { text })
    }

    /// Whether both are the same key, in a time that does not depend on where they differ.
    pub fn same_as(&self, other: &ApiKey) -> bool {
        let hash = |key: &ApiKey| blake3::hash(key.0.expose_secret().as_bytes());
        // Comparing two blake3 hashes takes constant time.
        hash(self) == hash(other)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_visible_ascii_of_bounded_length() {
        let cases = [
            ("abc", Ok(())),
            (" abc\r\n", Ok(())),
            ("", Err(KeyError::Blank)),
            (" \t\n", Err(KeyError::Blank)),
            ("a b", Err(KeyError::Character)),
            ("a\nb", Err(KeyError::Character)),
            ("a\r\nX-Evil: 1", Err(KeyError::Character)),
            ("a\0b", Err(KeyError::Character)),
            ("schlüssel", Err(KeyError::Character)),
        ];
        for (text, expected) in cases {
            assert_eq!(ApiKey::parse(text).map(|_| ()), expected, "{text:?}");
        }
        assert!(ApiKey::parse(&"k".repeat(KEY_BYTES_MAX)).is_ok());
        assert_eq!(ApiKey::parse(&"k".repeat(KEY_BYTES_MAX + 1)).err(), Some(KeyError::TooLong));
    }

    #[test]
    fn nothing_that_prints_a_key_prints_it() {
        let key = ApiKey::parse("c4nary-k3y-value").unwrap();
        let printed =
            format!("{key:?} {:?} {:?}", key.authorization(), ApiKey::parse("c4nary k3y").unwrap_err());
        assert!(!printed.contains("c4nary") && !printed.contains("k3y-"), "{printed}");
    }

    #[test]
    fn a_text_loses_the_key_and_nothing_else() {
        let key = ApiKey::parse("c4nary").unwrap();
        assert_eq!(key.scrub("a c4nary b c4nary".into()), "a [key removed] b [key removed]");
        assert_eq!(key.scrub("a c4nar b".into()), "a c4nar b");
    }

    #[test]
    fn keys_are_compared_whole() {
        let key = |text| ApiKey::parse(text).unwrap();
        assert!(key("abc").same_as(&key(" abc ")));
        assert!(!key("abc").same_as(&key("abd")) && !key("abc").same_as(&key("ab")));
    }
}
