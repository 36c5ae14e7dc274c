//! An operator's settings for one plugin.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::limits::SETTINGS_BYTES_MAX;
use super::schema::Schema;
use crate::json::Json;

/// Settings as the plugin reads them: the whole, and each member. Fit for the plugin's schema, once checked.
#[derive(Debug, Clone)]
pub(super) struct PluginSettings {
    all: Json,
    members: BTreeMap<String, Json>,
}

impl PluginSettings {
    /// Takes the members of a table.
    ///
    /// # Errors
    /// They are too many for a plugin.
    pub(super) fn new(members: &Map<String, Value>) -> Result<PluginSettings, String> {
        let json = |value: &Value| {
            Json::parse(&value.to_string(), SETTINGS_BYTES_MAX).map_err(|error| error.to_string())
        };
        let all = json(&Value::Object(members.clone()))?;
        let members = members.iter().map(|(name, value)| Ok((name.clone(), json(value)?)));
        Ok(PluginSettings { all, members: members.collect::<Result<_, String>>()? })
    }

    /// Holds them against what the plugin expects.
    ///
    /// # Errors
    /// What does not fit.
    pub(super) fn check(&self, schema: Option<&Schema>) -> Result<(), String> {
        match schema {
            Some(schema) => schema.check(&self.all.to_value()),
            None if self.members.is_empty() => Ok(()),
            None => Err("the plugin takes no settings".to_owned()),
        }
    }

    /// All of them, as one object.
    pub(super) fn all(&self) -> &Json {
        &self.all
    }

    /// One member.
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        self.members.get(name)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings(value: &Value) -> PluginSettings {
        PluginSettings::new(value.as_object().unwrap()).unwrap()
    }

    #[test]
    fn members_are_read_one_by_one_or_together() {
        let settings = settings(&json!({"room": "A", "limit": 3}));
        assert_eq!(settings.get("room").unwrap().as_str(), "\"A\"");
        assert_eq!(settings.get("limit").unwrap().as_str(), "3");
        assert!(settings.get("none").is_none());
        assert_eq!(settings.all().to_value(), json!({"room": "A", "limit": 3}));
    }

    #[test]
    fn settings_fit_the_schema_or_are_refused() {
        let schema = Schema::parse(
            r#"{"type":"object","properties":{"limit":{"type":"integer"}},"required":["limit"],"additionalProperties":false}"#,
        )
        .unwrap();
        assert!(settings(&json!({"limit": 3})).check(Some(&schema)).is_ok());
        assert!(settings(&json!({})).check(Some(&schema)).unwrap_err().contains("limit"));
        assert!(settings(&json!({"limit": "x"})).check(Some(&schema)).is_err());
        assert!(settings(&json!({})).check(None).is_ok());
        assert!(settings(&json!({"limit": 3})).check(None).unwrap_err().contains("takes no settings"));
    }
}
