//! Texts of guests, cut to what their place allows.

/// The longest beginning of `text` that has at most `bytes` bytes and ends between two characters.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("aää", 2), "a");
        assert_eq!(cut("aää", 3), "aä");
        assert_eq!(cut("aää", 9), "aää");
    }
}
