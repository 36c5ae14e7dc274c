//! Devices: list, read, claim.

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::page::Page;
use super::{Call, Refusal};
use crate::fleet::{Device, Fleet, Health, ReportedStatus};

/// The API's own limit: more is an error.
const PER_PAGE_MAX: usize = 100;

/// Every device, or those in one space itself; nothing else can be asked for.
pub(crate) fn list(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let page = Page::read(call, PER_PAGE_MAX)?;
    let space = call.integer_query("space_id")?;
    let wanted = fleet.devices().iter().filter(|device| space.is_none_or(|space| device.space_id == space));
    Ok(page.with_has_next_page(wanted, |device| DeviceRow::of(fleet, device)))
}

/// One device, with its state.
pub(crate) fn get(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let device = fleet.device(call.uuid_param("device_id")?).ok_or_else(Refusal::not_found)?;
    Ok(Json(DeviceRow::with_state(fleet, device)).into_response())
}

/// Adds a device at the end of the list. It has not been seen yet.
pub(crate) fn claim(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let space_id = call.space_id("space_id")?.ok_or_else(|| Refusal::missing("space_id"))?;
    let identity = Identity::read(call)?;
    if fleet.spaces().get(space_id).is_none() {
        return Err(Refusal::not_found());
    }
    identity.check_free(fleet)?;
    let model = fleet.some_model();
    let device = Device {
        id: fleet.fresh_id(),
        name: call.text("name").unwrap_or_else(|| model.name.to_owned()),
        sn: identity.sn,
        mac: identity.mac,
        cloud_id: identity.cloud_id,
        status: None,
        effective_status: Some(Health::NeverSeen),
        last_seen_at: None,
        details: None,
        state: Map::new(),
        model,
        firmware: None,
        space_id,
        custom_parameters: None,
    };
    let id = device.id;
    fleet.add_device(device);
    let device = fleet.device(id).ok_or_else(Refusal::not_found)?;
    Ok(Json(DeviceRow::with_state(fleet, device)).into_response())
}

/// What a device is claimed by. Which of the two ways works depends on the model; the simulator takes either.
struct Identity {
    mac: Option<String>,
    sn: Option<String>,
    cloud_id: Option<String>,
}

impl Identity {
    fn read(call: &Call) -> Result<Identity, Refusal> {
        let identity =
            Identity { mac: call.text("mac"), sn: call.text("sn"), cloud_id: call.text("cloud_id") };
        match identity {
            Identity { mac: None, cloud_id: None, .. } | Identity { sn: None, cloud_id: None, .. } => {
                Err(Refusal::unprocessable("Parameters mac and sn, or cloud_id, are required"))
            }
            identity => Ok(identity),
        }
    }

    fn check_free(&self, fleet: &Fleet) -> Result<(), Refusal> {
        let taken = |mine: &Option<String>, theirs: fn(&Device) -> &Option<String>| {
            mine.is_some() && fleet.devices().iter().any(|device| theirs(device) == mine)
        };
        if taken(&self.sn, |device| &device.sn) {
            return Err(Refusal::unprocessable("Sn has already been taken"));
        }
        if taken(&self.mac, |device| &device.mac) {
            return Err(Refusal::unprocessable("Mac has already been taken"));
        }
        if taken(&self.cloud_id, |device| &device.cloud_id) {
            return Err(Refusal::unprocessable("Cloud has already been taken"));
        }
        Ok(())
    }
}

/// A device as the API writes it.
#[derive(Serialize)]
struct DeviceRow<'a> {
    id: Uuid,
    name: &'a str,
    sn: Option<&'a str>,
    mac: Option<&'a str>,
    cloud_id: Option<&'a str>,
    status: Option<&'a str>,
    effective_status: Option<&'a str>,
    merged_effective_status: Option<&'a str>,
    last_seen_at: Option<String>,
    details: Option<&'a Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<&'a Map<String, Value>>,
    model: ModelRow<'a>,
    firmware: FirmwareRow<'a>,
    space: SpaceRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_parameters: Option<&'a Map<String, Value>>,
}

#[derive(Serialize)]
struct ModelRow<'a> {
    id: Uuid,
    name: &'a str,
    sub_model: Option<&'a str>,
}

#[derive(Serialize)]
struct FirmwareRow<'a> {
    version: Option<&'a str>,
}

#[derive(Serialize)]
struct SpaceRef {
    id: i64,
    full_path: String,
}

impl<'a> DeviceRow<'a> {
    fn of(fleet: &Fleet, device: &'a Device) -> DeviceRow<'a> {
        let effective_status = device.effective_status.map(Health::as_str);
        let model = &device.model;
        DeviceRow {
            id: device.id,
            name: &device.name,
            sn: device.sn.as_deref(),
            mac: device.mac.as_deref(),
            cloud_id: device.cloud_id.as_deref(),
            status: device.status.map(ReportedStatus::as_str),
            effective_status,
            // No device is part of a merged group, and outside of one it mirrors the health.
            merged_effective_status: effective_status,
            last_seen_at: device.last_seen_at.map(with_milliseconds),
            details: device.details.as_ref(),
            state: None,
            model: ModelRow { id: model.id, name: model.name, sub_model: model.sub_model },
            firmware: FirmwareRow { version: device.firmware.as_deref() },
            space: SpaceRef { id: device.space_id, full_path: fleet.spaces().full_path(device.space_id) },
            custom_parameters: device.custom_parameters.as_ref(),
        }
    }

    fn with_state(fleet: &Fleet, device: &'a Device) -> DeviceRow<'a> {
        DeviceRow { state: Some(&device.state), ..DeviceRow::of(fleet, device) }
    }
}

/// Some times of the API have milliseconds and some do not; those of devices have them.
fn with_milliseconds(time: Timestamp) -> String {
    format!("{time:.3}")
}
