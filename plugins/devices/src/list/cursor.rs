//! Where a list goes on.

use std::fmt;

use xyte_plugin_sdk::ToolError;

/// A page of the hub and how many of the matching devices from there on have been returned, written `1.50`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) page: u32,
    pub(crate) offset: usize,
}

impl Cursor {
    /// The first device.
    pub(crate) const START: Cursor = Cursor { page: 1, offset: 0 };

    /// # Errors
    /// The text is no cursor.
    pub(crate) fn parse(text: Option<&str>) -> Result<Cursor, ToolError> {
        let Some(text) = text else { return Ok(Cursor::START) };
        let parts =
            text.split_once('.').and_then(|(page, offset)| Some((page.parse().ok()?, offset.parse().ok()?)));
        match parts {
            Some((page, offset)) if page >= 1 => Ok(Cursor { page, offset }),
            _ => Err(ToolError::new("invalid_cursor", "This cursor is none that list_devices returned.")
                .hint("Leave `cursor` out to begin anew.")),
        }
    }

    /// What the counts of a list that begins here do not cover.
    pub(crate) fn why_incomplete(self) -> Option<String> {
        (self.page > 1).then(|| format!("the pages before page {} were in earlier answers", self.page))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.page, self.offset)
    }
}
