//! Route templates and the values that may stand in them.

use std::fmt;

/// The longest value that fits any parameter, in bytes. Xyte's longest known id is a UUID of 36.
const VALUE_BYTES_MAX: usize = 64;
/// The most digits of an integer parameter: what fits a signed 64-bit number.
const INTEGER_DIGITS_MAX: usize = 18;

/// A route's path with typed holes: `/devices/{device_id}/commands`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    text: String,
    segments: Vec<Segment>,
}

/// What stands between two slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// These very bytes.
    Literal(String),
    /// A value.
    Param(Param),
}

/// A hole in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    /// Its name, without the braces.
    pub name: String,
    /// What values it takes.
    pub kind: ParamKind,
    /// Literals that other routes have in this place, in lower case. No value may equal one of them in any case:
    /// `histories` as a device's id would be another route.
    pub(crate) reserved: Vec<String>,
}

/// The type of a path parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParamKind {
    /// A UUID in its usual form: 8-4-4-4-12 hexadecimal digits.
    Uuid,
    /// A whole number without a sign.
    Integer,
    /// Letters, digits, `_` and `-`; 1 to 64 of them. No dot, since a suffix such as `.json` may mean another route.
    Id,
    /// One of these words.
    Words(Vec<String>),
}

/// A value that may not stand in its parameter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{param}` must be {expected}")]
pub struct RefusedValue {
    /// The parameter's name.
    pub param: String,
    /// What would be accepted, for a person to read. The value itself is not repeated.
    pub expected: String,
}

impl ParamKind {
    fn accepts(&self, value: &str) -> bool {
        match self {
            ParamKind::Uuid => is_uuid(value),
            ParamKind::Integer => {
                (1..=INTEGER_DIGITS_MAX).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
            }
            ParamKind::Id => is_id(value),
            ParamKind::Words(words) => words.iter().any(|word| word == value),
        }
    }

    fn expectation(&self) -> String {
        match self {
            ParamKind::Uuid => "a UUID such as 5dc4ba6c-c323-4118-a4e4-504f074426f2".to_owned(),
            ParamKind::Integer => "a whole number".to_owned(),
            ParamKind::Id => "1 to 64 letters, digits, `_` or `-`".to_owned(),
            ParamKind::Words(words) => format!("one of {}", words.join(", ")),
        }
    }
}

impl Param {
    /// Whether `value` may stand here: it has the parameter's type and is no sibling route's literal.
    ///
    /// # Errors
    /// What would be accepted instead.
    pub fn check(&self, value: &str) -> Result<(), RefusedValue> {
        let sibling = self.reserved.iter().any(|literal| literal.eq_ignore_ascii_case(value));
        if self.kind.accepts(value) && !sibling {
            return Ok(());
        }
        let mut expected = self.kind.expectation();
        if sibling {
            expected.push_str(", and not the name of another route");
        }
        Err(RefusedValue { param: self.name.clone(), expected })
    }
}

impl Template {
    pub(crate) fn new(text: String, segments: Vec<Segment>) -> Template {
        Template { text, segments }
    }

    /// The template as the table and the contract write it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What stands between the slashes, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Its parameters, in the order of the path.
    pub fn params(&self) -> impl Iterator<Item = &Param> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Param(param) => Some(param),
            Segment::Literal(_) => None,
        })
    }

    pub(crate) fn params_mut(&mut self) -> impl Iterator<Item = (usize, &mut Param)> {
        self.segments.iter_mut().enumerate().filter_map(|(index, segment)| match segment {
            Segment::Param(param) => Some((index, param)),
            Segment::Literal(_) => None,
        })
    }
}

impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_id(value: &str) -> bool {
    (1..=VALUE_BYTES_MAX).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
