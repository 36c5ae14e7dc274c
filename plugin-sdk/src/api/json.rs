//! JSON that is kept as text.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{DeserializeOwned, MapAccess};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::member::{MemberValue, value};
use crate::XyteError;

/// A free-form value as the text that was received: cheap to carry, exact to pass on, parsed only if it is looked
/// at. It can be read from JSON text alone, not from a `Value`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(Box<RawValue>);

impl Json {
    /// The JSON text.
    pub fn text(&self) -> &str {
        self.0.get()
    }

    /// The value as a `T`.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn parse<T: DeserializeOwned>(&self) -> Result<T, XyteError> {
        serde_json::from_str(self.text()).map_err(|error| XyteError::unreadable(&error))
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        self.text() == other.text()
    }
}

impl JsonSchema for Json {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Json".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

impl MemberValue for Json {
    fn read<'de, A: MapAccess<'de>>(members: &mut A) -> Result<Option<Self>, A::Error> {
        value(members)
    }

    fn schema() -> Schema {
        Schema::default()
    }
}
