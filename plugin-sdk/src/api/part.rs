//! The small objects inside of others.

use serde::{Deserialize, Deserializer};

use super::object::read_members;

/// The members that such objects have, or the bare text that is sent instead of one, read by one piece of code for
/// all of them.
#[derive(Default)]
pub(crate) struct Part {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) sub_model: Option<String>,
    pub(crate) version: Option<String>,
    pub(crate) full_path: Option<String>,
    pub(crate) text: Option<String>,
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_members!(Part {
            id: Option<String>,
            name: Option<String>,
            sub_model: Option<String>,
            version: Option<String>,
            full_path: Option<String>,
        } or text);
        deserializer.deserialize_any(ObjectVisitor)
    }
}

/// Makes types that come from a [`Part`] values of members.
macro_rules! part {
    ($($kind:ident),*) => {$(
        impl $crate::api::member::MemberValue for $kind {
            fn read<'de, A: serde::de::MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
                Ok($crate::api::member::value::<A, $crate::api::part::Part>(members)?.map($kind::from))
            }

            fn schema() -> schemars::Schema {
                <$kind as schemars::JsonSchema>::json_schema(&mut schemars::SchemaGenerator::default())
            }
        }
    )*};
}

pub(crate) use part;
