//! Words of closed sets that are not quite closed.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::MapAccess;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::lenient;
use super::member::{MemberValue, text, text_schema};

/// An enumeration that keeps a word it does not know.
macro_rules! open_enum {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The words that are known.
            pub const KNOWN: &'static [&'static str] = &[$($word),*];

            /// The word, as Xyte writes it.
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $word,)*
                    $name::Other(word) => word,
                }
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> $name {
                match word.as_str() {
                    $($word => $name::$variant,)*
                    _ => $name::Other(word),
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                lenient::string(deserializer).map($name::from)
            }
        }

        impl MemberValue for $name {
            fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
                Ok(text(members)?.map($name::from))
            }

            fn schema() -> Schema {
                text_schema()
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                text_schema()
            }
        }
    };
}

open_enum! {
    /// What a device says of itself. Not to be mixed with [`EffectiveStatus`].
    Status {
        /// It reports, and all is well.
        Online = "online",
        /// It does not report, or says that it is off.
        Offline = "offline",
        /// It reports a failure.
        Error = "error",
        /// It cannot be reached by what reports for it.
        Unavailable = "unavailable",
    }
}

open_enum! {
    /// How Xyte sees a device, as its pages show it. The first that holds, in this order: never seen, disconnected,
    /// error, warning, offline, ok.
    EffectiveStatus {
        /// All is well.
        Ok = "ok",
        /// An incident of low priority is open.
        Warning = "warning",
        /// A serious incident is open, or the device reports a failure.
        Error = "error",
        /// The device itself is off or unreachable.
        Offline = "offline",
        /// What connects it (a connector, an edge, a parent) is broken; of the device itself nothing is known.
        Disconnected = "disconnected",
        /// It has never reported.
        NeverSeen = "never_seen",
    }
}
