//! Values that come as text: the variables of a URI, the arguments of a prompt.

use std::fmt::Display;
use std::str::FromStr;

/// What is read from text: any type with `FromStr`, such as `String`, `u32` or a word of [`api`](crate::api).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from text",
    note = "a value in a URI or an argument of a prompt is of a type with `std::str::FromStr`, such as `String`"
)]
pub trait Value: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// Why it cannot be read.
    fn from_text(text: &str) -> Result<Self, String>;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr<Err: Display>> Value for T {
    fn from_text(text: &str) -> Result<T, String> {
        text.parse().map_err(|error: T::Err| error.to_string())
    }
}
