//! One place.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// A site, building, floor or room.
#[derive(Debug, Clone, PartialEq)]
pub struct Space {
    /// Unique in the whole hub.
    pub id: i64,
    /// Unique among its siblings.
    pub name: String,
    /// The space it is in. None: it is the root.
    pub parent_id: Option<i64>,
    /// What kind of place it is. None for spaces that were created by a request, which cannot say.
    pub space_type: Option<SpaceType>,
    /// What `config.general` shows.
    pub general: Map<String, Value>,
    /// When it was created.
    pub created_at: Timestamp,
}

/// What kind of place a generated space is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SpaceType {
    Organization,
    Country,
    Building,
    Floor,
    Room,
}

impl SpaceType {
    /// The type as the `space_type` filter writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            SpaceType::Organization => "organization",
            SpaceType::Country => "country",
            SpaceType::Building => "building",
            SpaceType::Floor => "floor",
            SpaceType::Room => "room",
        }
    }
}
