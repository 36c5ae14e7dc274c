//! The contract's rules for the URIs of resources.

use syn::{Error, LitStr, Result};

/// The longest template that the contract allows, in bytes.
const BYTES_MAX: usize = 512;

/// The names of the holes in a template, in order.
pub(crate) fn variables(template: &LitStr) -> Result<Vec<String>> {
    let fail = |sentence: &str| Err(Error::new(template.span(), sentence));
    let text = template.value();
    if text.len() > BYTES_MAX {
        return fail("the URI of a resource has at most 512 bytes");
    }
    if !text.split_once("://").is_some_and(|(scheme, _)| is_scheme(scheme)) {
        return fail(
            "the URI of a resource begins with a scheme of its own: \"device://{device_id}/status\"",
        );
    }
    let mut variables: Vec<String> = Vec::new();
    let mut pieces = text.split('{');
    if pieces.next().is_some_and(|first| first.contains('}')) {
        return fail("`}` without `{`");
    }
    for piece in pieces {
        let Some((name, rest)) = piece.split_once('}') else { return fail("`{` without `}`") };
        if rest.contains('}') {
            return fail("`}` without `{`");
        }
        if !is_variable(name) {
            return fail("a variable in a URI is named like a parameter: `{device_id}`");
        }
        if variables.iter().any(|earlier| earlier == name) {
            return fail("a variable stands in a URI once");
        }
        variables.push(name.to_owned());
    }
    Ok(variables)
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+.-".contains(&b))
}

fn is_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}
