//! The contract's rules for names, so that a wrong one is found where it is written.

use syn::{Error, LitStr, Result};

/// The longest name of a tool or code, in characters.
const NAME_MAX: usize = 64;
/// The longest id of a plugin, in characters: it is a file name and a metric label.
const ID_MAX: usize = 40;

pub(crate) fn check_id(id: &LitStr) -> Result<()> {
    let text = id.value();
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if plain && text.starts_with(|first: char| first.is_ascii_lowercase()) && text.len() <= ID_MAX {
        return Ok(());
    }
    Err(Error::new(id.span(), "a plugin's id is a letter and up to 39 of `a-z`, `0-9`, `-`, in lower case"))
}

pub(crate) fn check_tool(name: &LitStr) -> Result<()> {
    check(name, "a tool's name is 1 to 64 letters, digits, `_` or `-`")
}

pub(crate) fn check_prompt(name: &LitStr) -> Result<()> {
    check(name, "a prompt's name is 1 to 64 letters, digits, `_` or `-`")
}

fn check(name: &LitStr, sentence: &str) -> Result<()> {
    let text = name.value();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if plain && (1..=NAME_MAX).contains(&text.len()) {
        return Ok(());
    }
    Err(Error::new(name.span(), sentence))
}

pub(crate) fn check_code(code: &LitStr) -> Result<()> {
    let text = code.value();
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain && (1..=NAME_MAX).contains(&text.len()) {
        return Ok(());
    }
    Err(Error::new(code.span(), "a failure code is snake_case, at most 64 characters"))
}
