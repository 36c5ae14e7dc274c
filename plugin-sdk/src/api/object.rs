//! The one form that all objects of this module have.
//!
//! Written by a macro of our own and not by `derive`: for objects of many optional members the derived code is five
//! times as large, and every plugin would carry it.

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
                use $crate::api::member::Member as _;

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
                use $crate::api::member::{Member, MemberInfo};

                $crate::api::member::schema(&[$(
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

/// Declares `ObjectVisitor`, which reads an object of these members. With `or`, a text may stand for the object, and
/// anything else is an object without members.
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
                            object.$member = $crate::api::member::Member::read(&mut members)?;
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

                fn visit_u64<E>(self, _: u64) -> Result<$object, E> {
                    Ok($object::default())
                }

                fn visit_i64<E>(self, _: i64) -> Result<$object, E> {
                    Ok($object::default())
                }

                fn visit_f64<E>(self, _: f64) -> Result<$object, E> {
                    Ok($object::default())
                }

                fn visit_bool<E>(self, _: bool) -> Result<$object, E> {
                    Ok($object::default())
                }

                fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut elements: A) -> Result<$object, A::Error> {
                    while elements.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                    Ok($object::default())
                }
            )?
        }
    };
}

pub(crate) use {object, read_members};
