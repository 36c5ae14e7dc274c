//! Claims a device into a space.

mod identity;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, SpaceId};
use xyte_plugin_sdk::{Cx, ToolError, XyteError, XyteErrorKind, plugin, routes};

use identity::given;

/// The arguments of `claim_device`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClaimDevice {
    /// What to call the device; without it Xyte chooses.
    name: Option<String>,
    /// The id of the space to claim it into, a whole number. It also decides which customer the device belongs to,
    /// for good.
    #[schemars(extend("type" = "integer", "minimum" = 0))]
    space_id: SpaceId,
    /// The device's MAC address, together with `sn`.
    mac: Option<String>,
    /// The device's serial number, together with `mac`.
    sn: Option<String>,
    /// The device's cloud id, instead of `mac` and `sn`.
    cloud_id: Option<String>,
}

/// The answer of `claim_device`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Claimed {
    /// The device, as Xyte now has it.
    device: Device,
}

/// What Xyte is sent. Nothing is sent empty: an empty cloud id beside a serial number is another identity.
#[derive(Serialize)]
struct Body {
    space_id: SpaceId,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_id: Option<String>,
}

/// Claim device.
pub struct ClaimDevicePlugin;

/// Claims devices that are not yet in the organization into a space of it.
#[plugin(id = "claim-device")]
impl ClaimDevicePlugin {
    /// Claims a device into a space, so that it belongs to the organization.
    ///
    /// A device is known by its MAC address and serial number together, or by its cloud id; which of the two
    /// depends on its model.
    #[tool(
        title = "Claim device",
        routes(routes::CLAIM_DEVICE),
        failures("invalid_identity", "already_claimed", "space_not_found", "model_not_found")
    )]
    fn claim_device(cx: &Cx, args: ClaimDevice) -> Result<Claimed, ToolError> {
        let body = Body {
            space_id: args.space_id,
            name: given(args.name),
            mac: given(args.mac),
            sn: given(args.sn),
            cloud_id: given(args.cloud_id),
        };
        identity::check(body.mac.as_deref(), body.sn.as_deref(), body.cloud_id.as_deref())?;
        let response = cx.request(&routes::CLAIM_DEVICE).body(&body)?.send().map_err(failure)?;
        let device = response.json().map_err(|error| claimed_but_unreadable(&error))?;
        Ok(Claimed { device })
    }
}

fn failure(error: XyteError) -> ToolError {
    let said = error.api_message().unwrap_or_default().to_ascii_lowercase();
    match error.kind() {
        XyteErrorKind::InvalidRequest if said.contains("already been taken") => ToolError::new(
            "already_claimed",
            format!("A device of this identity is claimed already. {error}."),
        )
        .hint("Look for it among the devices before claiming another."),
        XyteErrorKind::NotFound if said.contains("model") => {
            ToolError::new("model_not_found", format!("Xyte knows no model for this identity. {error}."))
                .hint("Check the MAC address, serial number or cloud id on the device itself.")
        }
        XyteErrorKind::NotFound => {
            ToolError::new("space_not_found", format!("No space has this id. {error}.")).hint(
                "Spaces have whole numbers as ids; list_devices shows those of the spaces that have devices.",
            )
        }
        _ => error.into(),
    }
}

/// The claim was accepted; saying less would invite a second one.
fn claimed_but_unreadable(error: &XyteError) -> ToolError {
    ToolError::new("unreadable_answer", format!("The device is claimed, but {error}."))
        .hint("Do not claim it again; look for it among the devices.")
}
