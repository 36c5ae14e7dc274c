//! The members of Xyte's objects: how each type is read, written and described.

use schemars::Schema;
use serde::Serialize;
use serde::de::{Deserialize, MapAccess};
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use super::lenient::Lenient;

/// A member of an object.
pub(crate) trait Member: Sized {
    /// Whether it is always there.
    const REQUIRED: bool;

    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Self, A::Error>;

    fn write<M: SerializeMap>(&self, name: &'static str, members: &mut M) -> Result<(), M::Error>;

    fn schema() -> Schema;
}

/// What a member may hold.
pub(crate) trait MemberValue: Sized + Serialize {
    /// The value, or nothing if this is none.
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error>;

    fn schema() -> Schema;
}

impl<T: MemberValue> Member for Option<T> {
    const REQUIRED: bool = false;

    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Self, A::Error> {
        T::read(members)
    }

    fn write<M: SerializeMap>(&self, name: &'static str, members: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => members.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    fn schema() -> Schema {
        T::schema()
    }
}

impl Member for String {
    const REQUIRED: bool = true;

    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Self, A::Error> {
        Ok(text(members)?.unwrap_or_default())
    }

    fn write<M: SerializeMap>(&self, name: &'static str, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry(name, self)
    }

    fn schema() -> Schema {
        text_schema()
    }
}

impl MemberValue for String {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        text(members)
    }

    fn schema() -> Schema {
        text_schema()
    }
}

/// A text, a number or a truth value as text; anything else is nothing.
pub(crate) fn text<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<String>, A::Error> {
    Ok(members.next_value::<Lenient>()?.0)
}

/// What `T` itself reads; null is nothing.
pub(crate) fn value<'de, A: MapAccess<'de>, T: Deserialize<'de>>(
    members: &mut A,
) -> Result<Option<T>, A::Error> {
    members.next_value()
}

/// The schema of any text.
pub(crate) fn text_schema() -> Schema {
    let mut schema = Schema::default();
    schema.insert("type".to_owned(), "string".into());
    schema
}

/// A member, for the object's schema.
pub(crate) struct MemberInfo {
    pub(crate) name: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    pub(crate) schema: fn() -> Schema,
}

/// The schema of an object.
pub(crate) fn schema(members: &[MemberInfo]) -> Schema {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for member in members {
        let mut schema = (member.schema)();
        schema.insert("description".to_owned(), member.doc.trim().into());
        properties.insert(member.name.to_owned(), schema.into());
        if member.required {
            required.push(Value::from(member.name));
        }
    }
    let mut schema = Schema::default();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}
