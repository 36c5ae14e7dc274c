//! Labels, as they are given to assets.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A label for an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label<'a> {
    /// The one of this id, as [`get_asset_labels`](super::get_asset_labels) lists it.
    Id(&'a str),
    /// The one of this name. If there is none, Xyte makes a new label of it, misspelt or not.
    Name(&'a str),
}

impl Serialize for Label<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Label::Name(name) => serializer.serialize_str(name),
            Label::Id(id) => {
                let mut members = serializer.serialize_map(Some(1))?;
                members.serialize_entry("id", id)?;
                members.end()
            }
        }
    }
}
