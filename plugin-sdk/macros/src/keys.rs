//! The list of keys that every attribute has: `key, key = value, key(…)`.

use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, Result, Token};

/// Hands each key to `take`, which reads what follows it.
pub(crate) fn each(
    input: ParseStream<'_>,
    mut take: impl FnMut(&Ident, ParseStream<'_>) -> Result<()>,
) -> Result<()> {
    let mut seen: Vec<String> = Vec::new();
    while !input.is_empty() {
        let key: Ident = input.parse()?;
        if seen.iter().any(|earlier| key == earlier) {
            return Err(Error::new(key.span(), "said twice"));
        }
        take(&key, input)?;
        seen.push(key.to_string());
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(())
}

/// The value after `=`.
pub(crate) fn value<T: Parse>(input: ParseStream<'_>) -> Result<T> {
    input.parse::<Token![=]>()?;
    input.parse()
}
