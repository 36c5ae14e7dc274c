//! `get_device`

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, Json};
use xyte_plugin_sdk::{Cx, ToolError, XyteError, XyteErrorKind, routes};

/// The arguments of `get_device`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct GetDevice {
    /// The device's id, a UUID, as list_devices returns it.
    #[schemars(extend("format" = "uuid"))]
    device_id: String,
}

/// The answer of `get_device`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DeviceDetail {
    /// The device.
    device: Device,
    /// Whatever else Xyte sent, as it sent it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    other: BTreeMap<String, Json>,
}

pub(crate) fn run(cx: &Cx, args: &GetDevice) -> Result<DeviceDetail, ToolError> {
    let request = cx.request(&routes::GET_DEVICE).param("device_id", &args.device_id);
    let response = request.send().map_err(failure)?;
    let device = response.json()?;
    let mut other: BTreeMap<String, Json> = response.json()?;
    other.retain(|name, _| !Device::MEMBERS.contains(&name.as_str()));
    Ok(DeviceDetail { device, other })
}

fn failure(error: XyteError) -> ToolError {
    let hint = "list_devices finds devices and their ids by name, space, model or status.";
    match error.kind() {
        XyteErrorKind::NotFound => ToolError::new("device_not_found", "No device has this id.").hint(hint),
        XyteErrorKind::NotSendable => ToolError::new("invalid_device_id", error.to_string()).hint(hint),
        _ => error.into(),
    }
}
