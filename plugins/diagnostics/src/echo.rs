//! `echo_command`

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, EffectiveStatus, Status};
use xyte_plugin_sdk::{Cx, ToolError, XyteError, XyteErrorKind, routes};

/// The arguments of `echo_command`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EchoCommand {
    /// The device's id, a UUID.
    #[schemars(extend("format" = "uuid"))]
    device_id: String,
    /// What to return.
    #[schemars(length(max = 1000))]
    message: String,
}

/// The answer of `echo_command`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Echo {
    device_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// What the device says of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    /// How Xyte sees it.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_status: Option<EffectiveStatus>,
    message: String,
    /// This call's name in the host's logs.
    request_id: String,
}

pub(crate) fn run(cx: &Cx, args: EchoCommand) -> Result<Echo, ToolError> {
    // A cached answer would prove less.
    let request = cx.request(&routes::GET_DEVICE).param("device_id", &args.device_id).max_age_ms(0);
    let device: Device = request.send().map_err(failure)?.json()?;
    Ok(Echo {
        device_id: device.id,
        name: device.name,
        status: device.status,
        effective_status: device.effective_status,
        message: args.message,
        request_id: cx.request_id(),
    })
}

fn failure(error: XyteError) -> ToolError {
    let hint = "list_devices finds devices and their ids.";
    match error.kind() {
        XyteErrorKind::NotFound => ToolError::new("device_not_found", "No device has this id.").hint(hint),
        XyteErrorKind::NotSendable => ToolError::new("invalid_device_id", error.to_string()).hint(hint),
        _ => error.into(),
    }
}
