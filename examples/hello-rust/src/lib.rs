//! The plugin: what it is called, which tools it has, and what they do.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, Status};
use xyte_plugin_sdk::{Answer, Cx, End, ToolError, calls, plugin, routes};

pub struct HelloDevices;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CountDevices {
    /// Count only devices with this status; `none` are those that say nothing.
    status: Option<StatusWord>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum StatusWord {
    Online,
    Offline,
    Error,
    Other,
    None,
}

#[derive(Serialize, JsonSchema)]
struct Counted {
    /// How many devices match.
    devices: usize,
    /// How many devices have which status, whatever was asked for.
    by_status: BTreeMap<StatusWord, usize>,
    /// Whether every device was looked at.
    complete: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    incomplete_because: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GetDevice {
    /// The device's id.
    #[schemars(extend("format" = "uuid"))]
    device_id: String,
}

/// Counts the organization's devices and reads one of them.
#[plugin(id = "hello-devices", title = "Hello devices")]
impl HelloDevices {
    /// Counts the organization's devices by what they say of themselves. It looks at all of them, page by page, and says
    /// in `complete` whether it saw every one.
    #[tool(read_only, idempotent, routes(routes::GET_DEVICES))]
    fn count_devices(cx: &Cx, args: CountDevices) -> Result<Answer<Counted>, ToolError> {
        let mut pages = calls::get_devices(cx).pages();
        let mut by_status = BTreeMap::new();
        for page in &mut pages {
            page?.items.iter().for_each(|device| *by_status.entry(status_of(device)).or_default() += 1);
        }
        let incomplete_because = pages.end().and_then(End::why);
        let devices = match args.status {
            Some(status) => by_status.get(&status).copied().unwrap_or(0),
            None => by_status.values().sum(),
        };
        let complete = incomplete_because.is_none();
        let counted = Counted { devices, by_status, complete, incomplete_because };
        Ok(Answer::new(counted).summary(format!("{devices} devices.")))
    }

    /// Reads one device with everything that Xyte knows of it, its reported state included.
    #[tool(read_only, idempotent, routes(routes::GET_DEVICE), failures("device_not_found"))]
    fn get_device(cx: &Cx, args: GetDevice) -> Result<Device, ToolError> {
        match calls::get_device(cx, &args.device_id).send() {
            Err(error) if error.status() == Some(404) => {
                Err(ToolError::new("device_not_found", "No device of this organization has this id.")
                    .hint("Look for the right id in a list of devices."))
            }
            answer => Ok(answer?),
        }
    }
}

/// The status as it is counted: devices may say anything, or nothing.
fn status_of(device: &Device) -> StatusWord {
    match &device.status {
        Some(Status::Online) => StatusWord::Online,
        Some(Status::Offline) => StatusWord::Offline,
        Some(Status::Error) => StatusWord::Error,
        Some(_) => StatusWord::Other,
        None => StatusWord::None,
    }
}

#[cfg(test)]
mod tests;
