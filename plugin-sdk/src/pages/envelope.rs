//! The four forms in which Xyte pages its lists.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::api::lenient::Lenient;

/// One page: `{items, has_next_page}`, `{items, next_page}`, `{data, page_info: {has_next}}` or a bare array.
#[derive(Debug, PartialEq)]
pub(crate) struct Envelope<T> {
    pub(crate) items: Vec<T>,
    pub(super) next: Next,
}

impl<T> Envelope<T> {
    /// Whether there are further pages.
    pub(crate) fn more(&self) -> bool {
        self.next != Next::None
    }
}

/// What a page says of the next.
#[derive(Debug, PartialEq)]
pub(super) enum Next {
    /// There is none.
    None,
    /// There is one.
    Following,
    /// It has this number.
    Page(u32),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Envelope<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EnvelopeVisitor(PhantomData))
    }
}

struct EnvelopeVisitor<T>(PhantomData<T>);

#[derive(Default, serde::Deserialize)]
struct PageInfo {
    #[serde(default)]
    has_next: Option<bool>,
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for EnvelopeVisitor<T> {
    type Value = Envelope<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Envelope<T>, A::Error> {
        let mut items = Vec::with_capacity(rows.size_hint().unwrap_or(0));
        while let Some(row) = rows.next_element()? {
            items.push(row);
        }
        Ok(Envelope { items, next: Next::None })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Envelope<T>, A::Error> {
        let (mut items, mut has_next, mut next_page) = (None, false, None);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "items" | "data" => items = members.next_value()?,
                "has_next_page" => has_next = members.next_value::<Option<bool>>()?.unwrap_or(false),
                "next_page" => {
                    next_page = members.next_value::<Lenient>()?.0.and_then(|page| page.parse().ok());
                }
                "page_info" => {
                    let info: Option<PageInfo> = members.next_value()?;
                    has_next = info.unwrap_or_default().has_next.unwrap_or(false);
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let next = match (next_page, has_next) {
            (Some(page), _) => Next::Page(page),
            (None, true) => Next::Following,
            (None, false) => Next::None,
        };
        Ok(Envelope { items: items.ok_or_else(|| serde::de::Error::missing_field("items"))?, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Envelope<u8> {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn all_four_forms_are_read() {
        let cases = [
            (r#"{"items":[1,2],"has_next_page":true}"#, Next::Following),
            (r#"{"has_next_page":false,"items":[1,2],"surprise":{"a":[]}}"#, Next::None),
            (r#"{"items":[1,2],"has_next_page":null}"#, Next::None),
            (r#"{"items":[1,2],"next_page":7}"#, Next::Page(7)),
            (r#"{"items":[1,2],"next_page":"7"}"#, Next::Page(7)),
            (r#"{"items":[1,2],"next_page":null}"#, Next::None),
            (r#"{"data":[1,2],"page_info":{"has_next":true,"total_count":9}}"#, Next::Following),
            (r#"{"page_info":{"has_next":false},"data":[1,2]}"#, Next::None),
            (r#"{"data":[1,2],"page_info":null}"#, Next::None),
            ("[1,2]", Next::None),
        ];
        for (text, next) in cases {
            assert_eq!(read(text), Envelope { items: vec![1, 2], next }, "{text}");
        }
    }

    #[test]
    fn what_is_no_page_is_an_error() {
        for text in ["{}", "null", "7", r#"{"items":7}"#, r#"{"rows":[1]}"#] {
            assert!(serde_json::from_str::<Envelope<u8>>(text).is_err(), "{text}");
        }
    }
}
