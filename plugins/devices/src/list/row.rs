//! What is said of a device in a list.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::api::{Device, EffectiveStatus, Json, SpaceId, Status};

/// What is said of each device unless the caller chooses.
pub(crate) const USUAL_FIELDS: [Field; 6] =
    [Field::Name, Field::Status, Field::EffectiveStatus, Field::Model, Field::Space, Field::LastSeenAt];

/// Something that can be said of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Field {
    Name,
    Status,
    EffectiveStatus,
    MergedEffectiveStatus,
    LastSeenAt,
    Model,
    SubModel,
    ModelId,
    Firmware,
    Space,
    SpaceId,
    Sn,
    Mac,
    CloudId,
    Details,
    CustomParameters,
}

/// One device, as far as it was asked for.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Row {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_status: Option<EffectiveStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_effective_status: Option<EffectiveStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sub_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firmware: Option<String>,
    /// The path of the space.
    #[serde(skip_serializing_if = "Option::is_none")]
    space: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    space_id: Option<SpaceId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mac: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Json>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_parameters: Option<Json>,
}

impl Row {
    pub(crate) fn of(device: Device, fields: &[Field]) -> Row {
        let asked = |field| fields.contains(&field);
        let (model, space) = (device.model.unwrap_or_default(), device.space.unwrap_or_default());
        Row {
            id: device.id,
            name: device.name.filter(|_| asked(Field::Name)),
            status: device.status.filter(|_| asked(Field::Status)),
            effective_status: device.effective_status.filter(|_| asked(Field::EffectiveStatus)),
            merged_effective_status: device
                .merged_effective_status
                .filter(|_| asked(Field::MergedEffectiveStatus)),
            last_seen_at: device.last_seen_at.filter(|_| asked(Field::LastSeenAt)),
            model: model.name.filter(|_| asked(Field::Model)),
            sub_model: model.sub_model.filter(|_| asked(Field::SubModel)),
            model_id: model.id.filter(|_| asked(Field::ModelId)),
            firmware: device
                .firmware
                .and_then(|firmware| firmware.version)
                .filter(|_| asked(Field::Firmware)),
            space: space.full_path.filter(|_| asked(Field::Space)),
            space_id: space.id.filter(|_| asked(Field::SpaceId)),
            sn: device.sn.filter(|_| asked(Field::Sn)),
            mac: device.mac.filter(|_| asked(Field::Mac)),
            cloud_id: device.cloud_id.filter(|_| asked(Field::CloudId)),
            details: device.details.filter(|_| asked(Field::Details)),
            custom_parameters: device.custom_parameters.filter(|_| asked(Field::CustomParameters)),
        }
    }
}
