//! JSON text that every reader understands in the same way.
//!
//! Text of a plugin, of a client and of the API is hostile. A [`Json`] can only be made by its checker, and holds one
//! value without duplicate keys, nested at most [`DEPTH_MAX`] deep, without lone surrogates and without numbers that
//! a double cannot hold; whitespace between tokens is gone, so that it never contains a line break. It can therefore
//! be spliced into a message, compared, hashed and sent as it is, and nobody downstream reads another value.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// How deep objects and arrays may nest. Real answers of the API stay under 10; parsers elsewhere stop at 128 or
/// overflow their stack.
pub const DEPTH_MAX: usize = 64;

/// One checked JSON value as compact text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Json(Box<str>);

/// Why a text was refused. Nothing of the text is repeated but where the problem lies.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Not JSON, or a string or number that not every parser can hold.
    #[error("it is not valid JSON: {0}")]
    Malformed(String),
    /// An object has two members of one name; readers differ in which they take.
    #[error("it has two members of the same name in one object")]
    DuplicateKey,
    /// Nested deeper than [`DEPTH_MAX`].
    #[error("it is nested more than {DEPTH_MAX} levels deep")]
    TooDeep,
    /// An object was needed.
    #[error("it is not a JSON object")]
    NotAnObject,
    /// More bytes than its place allows.
    #[error("it has {bytes} bytes; at most {limit} are allowed here")]
    TooLong {
        /// How many it has.
        bytes: usize,
        /// How many it may have.
        limit: usize,
    },
}

impl Json {
    /// Checks a text of at most `limit` bytes.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse(text: &str, limit: usize) -> Result<Json, JsonError> {
        if text.len() > limit {
            return Err(JsonError::TooLong { bytes: text.len(), limit });
        }
        check(text)?;
        Ok(Json(compact(text).into_owned().into_boxed_str()))
    }

    /// Checks a text of at most `limit` bytes that must be an object.
    ///
    /// # Errors
    /// The first rule that it breaks.
    pub fn parse_object(text: &str, limit: usize) -> Result<Json, JsonError> {
        let json = Json::parse(text, limit)?;
        if json.is_object() { Ok(json) } else { Err(JsonError::NotAnObject) }
    }

    /// `null`
    pub fn null() -> Json {
        Json("null".into())
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        self.0.starts_with('{')
    }

    /// The compact text: one line, one value.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The compact text, taken out.
    pub fn into_string(self) -> String {
        self.0.into_string()
    }

    /// The value as a tree, for the places that must look inside.
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::from_str(&self.0).expect("a checked text parses")
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check(text: &str) -> Result<(), JsonError> {
    let broken = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = Strict { depth: 0, broken: &broken }.deserialize(&mut reader).and_then(|()| reader.end());
    match (broken.take(), read) {
        (Some(rule), _) => Err(rule),
        (None, Err(error)) => Err(JsonError::Malformed(error.to_string())),
        (None, Ok(())) => Ok(()),
    }
}

/// Drops the whitespace between tokens of a text that is known to be JSON.
fn compact(text: &str) -> Cow<'_, str> {
    let (mut in_string, mut escaped) = (false, false);
    let mut between_tokens = |byte: u8| {
        if in_string {
            (escaped, in_string) = (!escaped && byte == b'\\', escaped || byte != b'"');
            return false;
        }
        in_string = byte == b'"';
        matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
    };
    let Some(first) = text.bytes().position(&mut between_tokens) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    let mut start = 0;
    let mut end = first;
    loop {
        out.push_str(&text[start..end]);
        start = end + 1;
        match text.as_bytes()[start..].iter().position(|&byte| between_tokens(byte)) {
            Some(offset) => end = start + offset,
            None => break,
        }
    }
    out.push_str(&text[start..]);
    Cow::Owned(out)
}

/// Reads one value and keeps nothing of it.
#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: usize,
    broken: &'a Cell<Option<JsonError>>,
}

impl Strict<'_> {
    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == DEPTH_MAX {
            return Err(self.refuse(JsonError::TooDeep));
        }
        Ok(Strict { depth: self.depth + 1, ..self })
    }

    fn refuse<E: de::Error>(self, rule: JsonError) -> E {
        self.broken.set(Some(rule));
        E::custom("refused")
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let item = self.deeper()?;
        while seq.next_element_seed(item)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let member = self.deeper()?;
        let mut seen: HashSet<Cow<'de, str>> = HashSet::new();
        while let Some(key) = map.next_key_seed(Key)? {
            if !seen.insert(key) {
                return Err(self.refuse(JsonError::DuplicateKey));
            }
            map.next_value_seed(member)?;
        }
        Ok(())
    }
}

/// Reads a member's name after its escapes, borrowed from the text where it has none.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    const LIMIT: usize = 1 << 20;

    fn parse(text: &str) -> Result<String, JsonError> {
        Json::parse(text, LIMIT).map(|json| json.as_str().to_owned())
    }

    #[test]
    fn whitespace_goes_between_tokens_and_stays_inside_strings() {
        let cases = [
            ("{ \"a\" :\r\n [ 1 , 2 ] }", "{\"a\":[1,2]}"),
            ("\" a \\\" b \"", "\" a \\\" b \""),
            ("{\"a\\\\\" : \"\\\\\" , \"b\":1}", "{\"a\\\\\":\"\\\\\",\"b\":1}"),
            ("\n1.50e+1\t", "1.50e+1"),
            ("[]", "[]"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text).unwrap(), expected);
        }
    }

    #[test]
    fn what_two_parsers_could_read_differently_is_refused() {
        for text in ["{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "[{\"x\":{\"y\":1,\"y\":1}}]"] {
            assert_eq!(parse(text), Err(JsonError::DuplicateKey), "{text}");
        }
        for text in
            ["\"\\ud800\"", "1e999999", "-1e400", "{} {}", "", "nul", "[1,]", "{\"a\":1", "\"a\nb\"", "NaN"]
        {
            assert!(matches!(parse(text), Err(JsonError::Malformed(_))), "{text}");
        }
    }

    #[test]
    fn nesting_is_allowed_up_to_the_limit() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parse(&nested(DEPTH_MAX)).is_ok());
        assert_eq!(parse(&nested(DEPTH_MAX + 1)), Err(JsonError::TooDeep));
        assert_eq!(parse(&"[".repeat(100_000)), Err(JsonError::TooDeep));
    }

    #[test]
    fn length_and_shape_are_checked() {
        assert_eq!(Json::parse("[1]", 2), Err(JsonError::TooLong { bytes: 3, limit: 2 }));
        assert_eq!(Json::parse_object("[1]", 3), Err(JsonError::NotAnObject));
        assert!(Json::parse_object(" {}", 3).is_ok());
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..4)
                    .prop_map(|map| Value::from(map.into_iter().collect::<serde_json::Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn accepted_text_is_one_line_with_the_same_value(value in value(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let json = Json::parse(&text.unwrap(), LIMIT).unwrap();
            prop_assert!(!json.as_str().contains(['\n', '\r']));
            let direct = serde_json::from_str::<Value>(&value.to_string()).unwrap();
            prop_assert_eq!(json.to_value(), direct);
        }

        #[test]
        fn any_text_is_judged_without_panic_and_accepted_text_stays_accepted(text in "\\PC*|[\\[\\]{}\",:0-9a\\\\ \n]*") {
            if let Ok(json) = Json::parse(&text, LIMIT) {
                prop_assert_eq!(parse(json.as_str()).unwrap(), json.as_str());
            }
        }
    }
}
