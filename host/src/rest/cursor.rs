//! Where a list of resources goes on. Opaque to clients.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Problem;

/// Bytes of a plugin's own cursor that fit into a URL beside everything else.
const PLUGIN_CURSOR_BYTES_MAX: usize = 2 << 10;

/// A plugin, and its own word for the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) plugin: String,
    pub(super) page: Option<String>,
}

impl Cursor {
    /// # Errors
    /// The text is no cursor.
    pub(super) fn parse(text: &str) -> Result<Cursor, Problem> {
        let invalid =
            || Problem::malformed("invalid_cursor", "this cursor is none that /v1/resources returned");
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| invalid())?;
        let text = String::from_utf8(bytes).map_err(|_| invalid())?;
        Ok(match text.split_once('\0') {
            Some((plugin, page)) => Cursor { plugin: plugin.to_owned(), page: Some(page.to_owned()) },
            None => Cursor { plugin: text, page: None },
        })
    }

    /// The cursor as clients carry it. None: it is longer than they could.
    pub(super) fn to_text(&self) -> Option<String> {
        let page = self.page.as_deref();
        if page.is_some_and(|page| page.len() > PLUGIN_CURSOR_BYTES_MAX) {
            return None;
        }
        let page = page.map(|page| format!("\0{page}")).unwrap_or_default();
        Some(URL_SAFE_NO_PAD.encode(format!("{}{page}", self.plugin)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written() {
        for page in [None, Some(""), Some("2"), Some("a\0b=&")] {
            let cursor = Cursor { plugin: "devices".into(), page: page.map(str::to_owned) };
            assert_eq!(Cursor::parse(&cursor.to_text().unwrap()).unwrap(), cursor);
        }
        let long = Cursor { plugin: "devices".into(), page: Some("x".repeat(PLUGIN_CURSOR_BYTES_MAX + 1)) };
        assert_eq!(long.to_text(), None);
        for bad in ["%", "a", "_w", " "] {
            assert_eq!(Cursor::parse(bad).unwrap_err().error(), "invalid_cursor", "{bad}");
        }
    }
}
