//! Characters by which a text says one thing to a model and another to the person who approves it.

use serde_json::Value;

/// Control characters but for line breaks and tabs; what takes no room, changes the direction of text or selects a
/// variant of what stands before it; line separators; Unicode tags.
fn is_hidden(char: char) -> bool {
    let control = char.is_control() && !matches!(char, '\n' | '\t');
    control
        || matches!(char,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e01ef}')
}

/// A text that models and people read: bounded, and without characters that hide.
pub(super) fn check(what: &str, text: &str, bytes_max: usize) -> Result<(), String> {
    if text.len() > bytes_max {
        return Err(format!("{what} has more than {bytes_max} bytes"));
    }
    in_text(text).map_or(Ok(()), |char| Err(found(what, char)))
}

/// What is said of a hidden character.
pub(super) fn found(what: &str, char: char) -> String {
    format!("{what} holds the invisible character U+{:04X}", u32::from(char))
}

/// The beginning of a text with a mark in place of what hides in it, for a person.
pub(super) fn shown(text: &str, chars_max: usize) -> String {
    text.chars().take(chars_max).map(|char| if is_hidden(char) { '\u{fffd}' } else { char }).collect()
}

/// The first hidden character in any text of a value, names of members included.
pub(super) fn in_value(value: &Value) -> Option<char> {
    match value {
        Value::String(text) => in_text(text),
        Value::Array(items) => items.iter().find_map(in_value),
        Value::Object(members) => {
            members.iter().find_map(|(name, value)| in_text(name).or_else(|| in_value(value)))
        }
        _ => None,
    }
}

pub(super) fn in_text(text: &str) -> Option<char> {
    text.chars().find(|char| is_hidden(*char))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_hides_is_found_wherever_it_stands() {
        for hidden in
            "\0\u{7f}\u{ad}\u{61c}\u{180e}\u{200b}\u{2028}\u{202e}\u{2066}\u{fe0f}\u{feff}\u{e0041}\u{e0100}"
                .chars()
        {
            let text = format!("a{hidden}");
            for value in [json!([{"b": text}]), json!({text.as_str(): 1}), json!(text)] {
                assert_eq!(in_value(&value), Some(hidden), "{value}");
            }
        }
        assert_eq!(in_value(&json!({"a": ["line\nline\t", "ä 日本 🎉", 1, null]})), None);
    }
}
