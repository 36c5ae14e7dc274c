//! URIs of resources, and templates that match many.
//!
//! A template is one of RFC 6570's first level in which a variable stands for a part of one segment: it never matches
//! a slash, so that no value reaches beyond its place.

use std::fmt;

use percent_encoding::percent_decode_str;

/// Bytes of a template, and of a URI that is compared with one.
pub(super) const URI_BYTES_MAX: usize = 2 << 10;
/// Bytes of a template.
const TEMPLATE_BYTES_MAX: usize = 512;

/// A URI, or a template with variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UriTemplate {
    text: String,
    segments: Vec<Segment>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    before: String,
    variable: Option<String>,
    after: String,
}

impl UriTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<UriTemplate, String> {
        if text.len() > TEMPLATE_BYTES_MAX {
            return Err(format!("a template has at most {TEMPLATE_BYTES_MAX} bytes"));
        }
        let (scheme, rest) = text.split_once("://").ok_or("a URI begins with a scheme, such as device://")?;
        if !is_scheme(scheme) {
            return Err(format!("{scheme:?} is no scheme: lower-case letters, digits, `+`, `-` and `.`"));
        }
        if let Some(char) = rest.chars().find(|char| !is_uri_char(*char) && !matches!(char, '{' | '}')) {
            return Err(format!("{char:?} cannot stand in a URI; percent-encode it"));
        }
        let segments = text.split('/').map(segment).collect::<Result<Vec<_>, _>>()?;
        let template = UriTemplate { text: text.to_owned(), segments };
        let mut names: Vec<&str> = template.variables().collect();
        names.sort_unstable();
        if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(format!("the variable {} stands in it twice", twice[0]));
        }
        Ok(template)
    }

    /// What it begins with, before `://`.
    pub fn scheme(&self) -> &str {
        self.text.split(':').next().unwrap_or_default()
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of its variables, in order. None: it is a URI.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| segment.variable.as_deref())
    }

    /// The values of its variables in a URI, percent-decoded. None: it does not match.
    pub fn values(&self, uri: &str) -> Option<Vec<(String, String)>> {
        if uri.len() > URI_BYTES_MAX || uri.split('/').count() != self.segments.len() {
            return None;
        }
        let mut values = Vec::new();
        for (segment, part) in self.segments.iter().zip(uri.split('/')) {
            match &segment.variable {
                None if part == segment.before => {}
                None => return None,
                Some(name) => {
                    let value = part.strip_prefix(&segment.before)?.strip_suffix(&segment.after)?;
                    let decoded = percent_decode_str(value).decode_utf8().ok()?;
                    if decoded.is_empty() || decoded.chars().any(char::is_control) {
                        return None;
                    }
                    values.push((name.clone(), decoded.into_owned()));
                }
            }
        }
        Some(values)
    }
}

impl fmt::Display for UriTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn segment(text: &str) -> Result<Segment, String> {
    let Some((before, rest)) = text.split_once('{') else {
        let plain = Segment { before: text.to_owned(), variable: None, after: String::new() };
        return if text.contains('}') { Err(format!("`}}` without `{{` in {text:?}")) } else { Ok(plain) };
    };
    let (variable, after) = rest.split_once('}').ok_or_else(|| format!("`{{` without `}}` in {text:?}"))?;
    let named = !variable.is_empty() && variable.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if !named {
        return Err(format!("{variable:?} is no variable's name: letters, digits and `_`"));
    }
    if after.contains(['{', '}']) {
        return Err(format!("one segment has one variable at most: {text:?}"));
    }
    Ok(Segment { before: before.to_owned(), variable: Some(variable.to_owned()), after: after.to_owned() })
}

fn is_scheme(scheme: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.');
    scheme.starts_with(|first: char| first.is_ascii_lowercase()) && scheme.bytes().all(plain)
}

fn is_uri_char(char: char) -> bool {
    char.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(char)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(template: &str, uri: &str) -> Option<Vec<(String, String)>> {
        UriTemplate::parse(template).unwrap().values(uri)
    }

    #[test]
    fn a_variable_stands_for_a_part_of_one_segment() {
        let id = |value: &str| Some(vec![("id".to_owned(), value.to_owned())]);
        assert_eq!(values("device://{id}/status", "device://7/status"), id("7"));
        assert_eq!(values("device://{id}/status", "device://a%20b/status"), id("a b"));
        assert_eq!(values("doc://x-{id}.json", "doc://x-7.json"), id("7"));
        assert_eq!(values("devices://", "devices://"), Some(Vec::new()));
        for (template, uri) in [
            ("device://{id}/status", "device:///status"),
            ("device://{id}/status", "device://7/commands"),
            ("device://{id}/status", "device://7/8/status"),
            ("device://{id}", "device://7/"),
            ("device://{id}", "Device://7"),
            ("device://{id}", "device://%0a"),
            ("device://{id}", "device://%ff"),
            ("devices://", "devices:///"),
            ("doc://x-{id}.json", "doc://x-.json"),
        ] {
            assert_eq!(values(template, uri), None, "{template} {uri}");
        }
    }

    #[test]
    fn what_is_no_template_is_refused_with_the_reason() {
        for (template, reason) in [
            ("devices", "begins with a scheme"),
            ("Devices://", "is no scheme"),
            ("://x", "is no scheme"),
            ("d://{id", "without `}`"),
            ("d://id}", "without `{`"),
            ("d://{}", "no variable's name"),
            ("d://{+id}", "no variable's name"),
            ("d://{a}{b}", "one variable at most"),
            ("d://{a}/{a}", "stands in it twice"),
            ("d://a b", "percent-encode"),
            ("d://a\nb", "percent-encode"),
        ] {
            let error = UriTemplate::parse(template).unwrap_err();
            assert!(error.contains(reason), "{template}: {error}");
        }
    }

    proptest! {
        #[test]
        fn matching_never_panics_and_values_hold_no_control_character(uri in "\\PC{0,60}|[a-z]://[a-z%0-9/]{0,40}") {
            let template = UriTemplate::parse("a://{x}/b{y}c").unwrap();
            for (_, value) in template.values(&uri).unwrap_or_default() {
                prop_assert!(!value.is_empty() && !value.chars().any(char::is_control));
            }
        }
    }
}
