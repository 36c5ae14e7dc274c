//! Whether any part of a key is in a text, in any form that a library might have given it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// The shortest part that counts as a leak, in characters of the key.
const WINDOW: usize = 6;

/// The first part of a key that a text holds, in words. None: the text is clean.
pub(crate) fn find(text: &str, key: &str) -> Option<String> {
    let forms = (0..=key.len() - WINDOW).flat_map(|at| forms(&key[at..at + WINDOW]));
    forms.into_iter().find(|(_, form)| text.contains(form)).map(|(name, form)| format!("{name}: {form}"))
}

/// What a part of a key may look like.
fn forms(part: &str) -> Vec<(&'static str, String)> {
    let hex =
        |upper| part.bytes().map(|b| if upper { format!("{b:02X}") } else { format!("{b:02x}") }).collect();
    let list = part.bytes().map(|byte| byte.to_string());
    let mut forms = vec![
        ("raw", part.to_owned()),
        ("reversed", part.chars().rev().collect()),
        ("hex", hex(false)),
        ("HEX", hex(true)),
        ("percent", part.bytes().map(|b| format!("%{b:02X}")).collect()),
        ("escapes", part.bytes().map(|b| format!("\\u{b:04x}")).collect()),
        ("bytes", list.clone().collect::<Vec<_>>().join(", ")),
        ("dense bytes", list.collect::<Vec<_>>().join(",")),
        ("utf-16", part.bytes().flat_map(|b| [char::from(b), '\0']).collect()),
    ];
    for offset in 0..3 {
        // What stands before decides how a part is cut into groups of six bits; those that it shares with its
        // neighbours say nothing of it alone.
        let padded = format!("{}{part}", "\0".repeat(offset));
        let (skip, take) = ((offset * 8).div_ceil(6), (offset + WINDOW) * 8 / 6);
        forms.push(("base64", STANDARD.encode(&padded)[skip..take].to_owned()));
        forms.push(("base64url", URL_SAFE.encode(&padded)[skip..take].to_owned()));
    }
    forms
}

#[test]
fn every_form_of_a_part_is_found_and_a_shorter_part_is_not() {
    let key = "sim_Qx7Yw2Lk9Pz";
    let clean = "a text with sim_Q and 2Lk9P in it";
    assert_eq!(find(clean, key), None);
    let part = &key[4..11];
    let embedded = STANDARD.encode(format!("xx{part}yy"));
    let hex: String = part.bytes().map(|b| format!("{b:02x}")).collect();
    let reversed: String = part.chars().rev().collect();
    for leak in [part, &embedded, &hex, &reversed, &format!("{:?}", part.as_bytes())] {
        assert!(find(&format!("… {leak} …"), key).is_some(), "{leak}");
    }
    for offset in 0..3 {
        let embedded = STANDARD.encode(format!("{}{key}", "x".repeat(offset)));
        assert!(find(&embedded, key).is_some(), "offset {offset}");
    }
}
