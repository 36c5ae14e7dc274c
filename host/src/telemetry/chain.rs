//! Errors with their causes.

use std::error::Error;

/// An error and what caused it, in one line, as logs and terminals show it.
pub fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
