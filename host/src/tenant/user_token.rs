//! A caller's label for one of its users.

use std::fmt;

/// The longest token, in bytes: any id or name of a person fits.
const TOKEN_BYTES_MAX: usize = 256;

/// What a caller sends to keep its users' state apart. Not a credential; but since people put what they like into
/// labels, it is neither printed nor kept, only hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct UserToken(String);

/// Why a text is no user token. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a user token has 1 to {TOKEN_BYTES_MAX} visible ASCII characters and no space")]
pub struct UserTokenError;

impl UserToken {
    /// Takes a token from a header or a setting.
    ///
    /// # Errors
    /// It is empty, too long, or holds something else than visible ASCII.
    pub fn parse(text: &str) -> Result<UserToken, UserTokenError> {
        let plain = (1..=TOKEN_BYTES_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if plain { Ok(UserToken(text.to_owned())) } else { Err(UserTokenError) }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UserToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UserToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_bounded_and_plain() {
        for good in ["a", "ann@example.com", "x".repeat(TOKEN_BYTES_MAX).as_str()] {
            assert!(UserToken::parse(good).is_ok(), "{good}");
        }
        for bad in ["", " ", "a b", "a\nb", "\0", "ä", "x".repeat(TOKEN_BYTES_MAX + 1).as_str()] {
            assert_eq!(UserToken::parse(bad), Err(UserTokenError), "{bad:?}");
        }
        assert!(!format!("{:?}", UserToken::parse("ann").unwrap()).contains("ann"));
    }
}
