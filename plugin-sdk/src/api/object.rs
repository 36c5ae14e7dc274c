//! The one form that all objects of this module have.
//!
//! Written by a macro of our own and not by `derive`: for objects of many optional members the derived code is five
//! times as large, and every plugin would carry it.

use schemars::Schema;
use serde::Serialize;
use serde::de::{Deserialize, MapAccess};
use serde::ser::SerializeMap;
use serde_json::{Map, Value};

use super::lenient::Lenient;

/// Declares an object of public members and implements for it
/// - `Deserialize`: each member as its type reads it, all others skipped;
/// - `Serialize`: the members that are there;
/// - `JsonSchema`: the members with their documentation.
macro_rules! object {
    ($(#[doc = $object_doc:literal])* $object:ident {
        $($(#[doc = $doc:literal])* $member:ident: $kind:ty,)*
    }) => {
        $(#[doc = $object_doc])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $object {
            $($(#[doc = $doc])* pub $member: $kind,)*
        }

        impl $object {
            /// The names of the members that are read; others are skipped.
            pub const MEMBERS: &'static [&'static str] = &[$(stringify!($member)),*];
        }

        impl<'de> serde::Deserialize<'de> for $object {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::api::object::read_members!($object { $($member: $kind,)* });
                deserializer.deserialize_map(ObjectVisitor)
            }
        }

        impl serde::Serialize for $object {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                use $crate::api::object::Member as _;

                let mut members = serializer.serialize_map(None)?;
                $(self.$member.write(stringify!($member), &mut members)?;)*
                members.end()
            }
        }

        impl schemars::JsonSchema for $object {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($object).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                use $crate::api::object::{Member, MemberInfo};

                $crate::api::object::schema(&[$(
                    MemberInfo {
                        name: stringify!($member),
                        doc: concat!($($doc),*),
                        required: <$kind as Member>::REQUIRED,
                        schema: <$kind as Member>::schema,
                    },
                )*])
            }
        }
    };
}

/// Declares `ObjectVisitor`, which reads an object of these members; with `or`, also the text that stands for one.
macro_rules! read_members {
    ($object:ident { $($member:ident: $kind:ty,)* } $(or $text:ident)?) => {
        #[expect(non_camel_case_types, reason = "named as the members are")]
        enum MemberName {
            $($member,)*
            Other,
        }

        impl<'de> serde::Deserialize<'de> for MemberName {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_identifier(MemberNameVisitor)
            }
        }

        struct MemberNameVisitor;

        impl serde::de::Visitor<'_> for MemberNameVisitor {
            type Value = MemberName;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("the name of a member")
            }

            fn visit_str<E>(self, name: &str) -> Result<MemberName, E> {
                Ok(match name {
                    $(stringify!($member) => MemberName::$member,)*
                    _ => MemberName::Other,
                })
            }
        }

        struct ObjectVisitor;

        impl<'de> serde::de::Visitor<'de> for ObjectVisitor {
            type Value = $object;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!("an object: ", stringify!($object)))
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut members: A) -> Result<$object, A::Error> {
                let mut object = $object::default();
                while let Some(member_name) = members.next_key()? {
                    match member_name {
                        $(MemberName::$member => {
                            object.$member = $crate::api::object::Member::read(&mut members)?;
                        })*
                        MemberName::Other => _ = members.next_value::<serde::de::IgnoredAny>()?,
                    }
                }
                Ok(object)
            }

            $(
                fn visit_str<E>(self, text: &str) -> Result<$object, E> {
                    Ok($object { $text: Some(text.to_owned()), ..$object::default() })
                }
            )?
        }
    };
}

pub(crate) use {object, read_members};

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
