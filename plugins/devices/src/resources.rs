//! Devices as resources: what dashboards look at and clients attach, without arguments to choose.

use std::cmp::Reverse;

use serde::Serialize;
use xyte_plugin_sdk::api::{Command, Device, Json};
use xyte_plugin_sdk::{Cx, ServeError, XyteError, calls, resources, routes, time};

use crate::list::DeviceList;
use crate::list::row::{Field, Row};
use crate::{Devices, histories, list};

/// Rows of the whole fleet: as many as `list_devices` returns at most. The counts are of all devices.
const DEVICES_MAX: usize = 1_000;
/// Commands of one device. Whoever looks wants the latest; Xyte keeps all.
const COMMANDS_MAX: usize = 100;
/// Recorded states of one device.
const HISTORIES_MAX: usize = 100;

/// What is said of one device's status.
const STATUS_FIELDS: [Field; 8] = [
    Field::Name,
    Field::Status,
    Field::EffectiveStatus,
    Field::MergedEffectiveStatus,
    Field::LastSeenAt,
    Field::Model,
    Field::Firmware,
    Field::Space,
];

/// How a device is.
#[derive(Serialize)]
struct DeviceStatus {
    #[serde(flatten)]
    device: Row,
    /// What it reported last.
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Json>,
}

/// Commands that were sent to a device, newest first.
#[derive(Serialize)]
struct Commands {
    commands: Vec<Command>,
    /// Whether these are all.
    complete: bool,
}

#[resources]
impl Devices {
    /// The organization's devices: how many have which status, and a row for each of the first 1,000.
    #[resource("devices://", title = "Devices", mime = "application/json", routes(routes::GET_DEVICES))]
    fn devices(cx: &Cx) -> Result<DeviceList, XyteError> {
        list::whole(cx, DEVICES_MAX)
    }

    /// How one device is now, and what it reports.
    #[resource(
        "device://{device_id}/status",
        title = "Device status",
        mime = "application/json",
        routes(routes::GET_DEVICE)
    )]
    fn device_status(cx: &Cx, device_id: String) -> Result<DeviceStatus, XyteError> {
        let mut device: Device = cx.get(&routes::GET_DEVICE, &[("device_id", &device_id)])?;
        let state = device.state.take();
        Ok(DeviceStatus { device: Row::of(device, &STATUS_FIELDS), state })
    }

    /// The commands that a device was sent, newest first: at most 100.
    #[resource(
        "device://{device_id}/commands",
        title = "Commands of a device",
        mime = "application/json",
        routes(routes::GET_COMMANDS)
    )]
    fn device_commands(cx: &Cx, device_id: String) -> Result<Commands, XyteError> {
        let rows = calls::get_commands(cx, &device_id).send()?;
        let (mut commands, more) = (rows.items, rows.more);
        let sent_at = |command: &Command| command.created_at.as_deref().and_then(|at| time::parse(at).ok());
        commands.sort_by_key(|command| Reverse(sent_at(command)));
        let complete = !more && commands.len() <= COMMANDS_MAX;
        commands.truncate(COMMANDS_MAX);
        Ok(Commands { commands, complete })
    }

    /// What a device recorded in the last 7 days, newest first: at most 100 rows, without the whole states.
    #[resource(
        "device://{device_id}/histories",
        title = "Histories of a device",
        mime = "application/json",
        routes(routes::GET_HISTORIES)
    )]
    fn device_histories(cx: &Cx, device_id: String) -> Result<histories::Histories, ServeError> {
        histories::latest(cx, device_id, HISTORIES_MAX)
    }
}
