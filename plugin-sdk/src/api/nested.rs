//! What is in an object besides texts: flags, counts, lists, other objects.

use schemars::{Schema, json_schema};
use serde::Serialize;
use serde::de::{DeserializeOwned, MapAccess};

use super::Json;
use super::member::{MemberValue, text, value};

impl MemberValue for bool {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(text(members)?.and_then(|text| text.parse().ok()))
    }

    fn schema() -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

impl MemberValue for u64 {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(text(members)?.and_then(|text| text.parse().ok()))
    }

    fn schema() -> Schema {
        json_schema!({ "type": "integer" })
    }
}

/// A row that is no `T` is left out, and what is no list at all is none.
impl<T: MemberValue + DeserializeOwned> MemberValue for Vec<T> {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        let rows = parsed::<A, Vec<Json>>(members)?;
        Ok(rows.map(|rows| rows.iter().filter_map(|row| row.parse().ok()).collect()))
    }

    fn schema() -> Schema {
        json_schema!({ "type": "array", "items": T::schema() })
    }
}

/// The member's value as a `T`, or nothing if it is none: an object that is not as it should be must not cost the
/// one around it.
pub(crate) fn parsed<'de, A: MapAccess<'de>, T: DeserializeOwned>(
    members: &mut A,
) -> Result<Option<T>, A::Error> {
    Ok(value::<A, Json>(members)?.and_then(|json| json.parse().ok()))
}

/// The schema of an object inside of another.
pub(crate) fn schema_of<T: schemars::JsonSchema + Serialize>() -> Schema {
    T::json_schema(&mut schemars::SchemaGenerator::default())
}

/// Makes objects values of members.
macro_rules! nested {
    ($($object:ident),*) => {$(
        impl $crate::api::member::MemberValue for $object {
            fn read<'de, A: serde::de::MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
                $crate::api::nested::parsed(members)
            }

            fn schema() -> schemars::Schema {
                $crate::api::nested::schema_of::<$object>()
            }
        }
    )*};
}

pub(crate) use nested;
