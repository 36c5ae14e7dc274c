//! A space's configuration, which is written flat and read nested.

use serde_json::{Map, Value, json};

use super::{Call, Refusal};
use crate::fleet::Space;

/// What may be written. Everything else is ignored, as an application does with parameters that it does not permit.
const WRITABLE: [&str; 9] = [
    "img",
    "inherit_img",
    "location",
    "inherit_location",
    "temperature_units",
    "inherit_temperature_units",
    "notification_delay",
    "inherit_notification_delay",
    "priority_factor",
];
/// Where incidents of a space may be announced.
const CHANNELS: [&str; 7] =
    ["email", "gchat", "slack", "msteams", "cisco_teams", "service_now", "fresh_service"];

/// What a request changes, checked.
#[derive(Debug, Default)]
pub(crate) struct Changes(Vec<(&'static str, Value)>);

impl Changes {
    pub(crate) fn read(call: &Call) -> Result<Changes, Refusal> {
        let Some(config) = call.object("config") else { return Ok(Changes::default()) };
        let mut changes = Vec::new();
        for name in WRITABLE {
            if let Some(value) = config.get(name) {
                check(name, value)?;
                changes.push((name, value.clone()));
            }
        }
        Ok(Changes(changes))
    }

    pub(crate) fn apply(&self, general: &mut Map<String, Value>) {
        for (name, value) in &self.0 {
            let value = if *name == "location" { json!({ "location": value }) } else { value.clone() };
            general.insert((*name).to_owned(), value);
        }
    }
}

/// The configuration as the listing shows it.
pub(crate) fn shown(space: &Space) -> Value {
    json!({ "events": { "incidents": switches(&CHANNELS), "occupancy": switches(&["vacant", "occupied"]) },
        "general": space.general })
}

/// Every switch is off and inherited: nothing in the API turns one on.
fn switches(names: &[&str]) -> Map<String, Value> {
    let both = |name: &&str| [((*name).to_owned(), json!(false)), (format!("inherit_{name}"), json!(true))];
    names.iter().flat_map(both).collect()
}

fn check(name: &str, value: &Value) -> Result<(), Refusal> {
    let fits = match name {
        "temperature_units" => matches!(value.as_str(), Some("celsius" | "fahrenheit")),
        "priority_factor" => matches!(value.as_i64(), Some(-1..=1)),
        _ => true,
    };
    if fits { Ok(()) } else { Err(Refusal::unprocessable(format!("Config {name} is invalid"))) }
}
