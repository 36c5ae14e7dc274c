//! The format of an `--env-file`: `NAME=value` lines, as `docker run --env-file` and most tools read them.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::ConfigError;

/// Reads `NAME=value` lines. Empty lines and lines that begin with `#` are skipped, `export ` before a name is
/// allowed, and a value may stand in single or double quotes. Nothing is expanded: what is written is what holds.
pub(super) fn parse(path: &Path, text: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    let mut values = BTreeMap::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let fail =
            |reason: String| ConfigError::Syntax { path: path.to_owned(), line: Some(index + 1), reason };
        let line = line.strip_prefix("export ").unwrap_or(line);
        let (name, value) = line.split_once('=').ok_or_else(|| fail("expected NAME=value".into()))?;
        let name = name.trim();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err(fail("the name before `=` may have letters, digits and `_` only".into()));
        }
        let value =
            unquote(value.trim()).ok_or_else(|| fail(format!("the quote in {name} is not closed")))?;
        if values.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(fail(format!("{name} is set a second time")));
        }
    }
    Ok(values)
}

/// The value without its quotes. A value that begins with a quote must end with it.
fn unquote(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.strip_suffix(quote);
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<BTreeMap<String, String>, String> {
        parse(Path::new("x.env"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn the_usual_forms_are_read() {
        let text = "# comment\n\nA=1\nexport B = two words \nC=\"quo#ted\"\nD='x=y'\r\nE=\n";
        let expected = [("A", "1"), ("B", "two words"), ("C", "quo#ted"), ("D", "x=y"), ("E", "")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read(text).unwrap(), BTreeMap::from(expected));
    }

    #[test]
    fn a_broken_line_is_named_and_its_value_is_not_repeated() {
        let cases = [
            ("A=1\nnonsense", "x.env, line 2: expected NAME=value"),
            ("A-B=1", "line 1: the name before `=`"),
            ("=1", "line 1: the name before `=`"),
            ("A=\"secret", "line 1: the quote in A is not closed"),
            ("A=1\nA=2", "line 2: A is set a second time"),
        ];
        for (text, expected) in cases {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected) && !error.contains("secret"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC*(\n\\PC*){0,5}") {
            let _ = read(&text);
        }

        #[test]
        fn a_quoted_value_comes_back_as_it_was(value in "[^\n\r\"]*") {
            prop_assert_eq!(&read(&format!("A=\"{value}\"")).unwrap()["A"], &value);
        }
    }
}
