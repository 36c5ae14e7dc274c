//! Spaces: sites, buildings, floors, rooms.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::member::{Member, MemberValue, text};
use super::object::object;
use super::{Json, lenient};

/// The id of a space. Xyte sends a number and its pages often say text, so both are read.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpaceId(String);

impl SpaceId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for SpaceId {
    fn from(id: String) -> SpaceId {
        SpaceId(id)
    }
}

impl From<&str> for SpaceId {
    fn from(id: &str) -> SpaceId {
        SpaceId(id.to_owned())
    }
}

impl From<u64> for SpaceId {
    fn from(id: u64) -> SpaceId {
        SpaceId(id.to_string())
    }
}

impl fmt::Display for SpaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for SpaceId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u64>() {
            Ok(number) => serializer.serialize_u64(number),
            Err(_) => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for SpaceId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        lenient::string(deserializer).map(SpaceId)
    }
}

impl JsonSchema for SpaceId {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SpaceId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        id_schema()
    }
}

impl Member for SpaceId {
    const REQUIRED: bool = true;

    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Self, A::Error> {
        Ok(SpaceId(text(members)?.unwrap_or_default()))
    }

    fn write<M: SerializeMap>(&self, name: &'static str, members: &mut M) -> Result<(), M::Error> {
        members.serialize_entry(name, self)
    }

    fn schema() -> Schema {
        id_schema()
    }
}

impl MemberValue for SpaceId {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(text(members)?.map(SpaceId))
    }

    fn schema() -> Schema {
        id_schema()
    }
}

fn id_schema() -> Schema {
    json_schema!({ "type": ["integer", "string"] })
}

object! {
    /// A space: a site, a building, a floor, a room.
    Space {
        /// The space's id.
        id: SpaceId,
        /// The space's own name, without those of the spaces around it.
        name: String,
        /// The space that it is in.
        parent_id: Option<SpaceId>,
        /// The settings, in the form in which they are read, which is not that in which they are written.
        config: Option<Json>,
    }
}
