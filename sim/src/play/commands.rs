//! Commands: list, send, cancel.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::page::Page;
use super::{Call, Refusal};
use crate::fleet::{Command, Fleet};

/// As for devices; no page of the documentation says.
const PER_PAGE_MAX: usize = 100;

/// The commands of a device, newest first.
pub(crate) fn list(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let page = Page::read(call, PER_PAGE_MAX)?;
    let device = known_device(fleet, call)?;
    let rows = fleet.commands(device).rev();
    Ok(page.with_has_next_page(rows, |command| CommandRow::of(command, call.now, call.stage)))
}

/// Queues a command. Whether it succeeds is seen later, in the list.
pub(crate) fn send(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let device = known_device(fleet, call)?;
    let name = call.text("name").ok_or_else(|| Refusal::missing("name"))?;
    let command = Command {
        id: fleet.fresh_id(),
        name,
        friendly_name: call.text("friendly_name"),
        file_id: call.text("file_id"),
        extra_params: call.object("extra_params").cloned().unwrap_or_default(),
        created_at: call.now,
        aborted: false,
    };
    let row = Json(CommandRow::of(&command, call.now, call.stage));
    let response = (StatusCode::CREATED, row).into_response();
    fleet.add_command(device, command);
    Ok(response)
}

/// Aborts a command, unless it has ended. The refusal is worded as that of a ticket that is resolved twice.
pub(crate) fn cancel(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let device = known_device(fleet, call)?;
    let id = call.uuid_param("command_id")?;
    let command = fleet.command_mut(device, id).ok_or_else(Refusal::not_found)?;
    let status = command.status(call.now, call.stage);
    if status.is_final() {
        let message = format!("Cannot move from {} to aborted", status.as_str());
        return Err(Refusal::new(StatusCode::FORBIDDEN, message));
    }
    command.aborted = true;
    Ok(Json(json!({ "success": true })).into_response())
}

fn known_device(fleet: &Fleet, call: &Call) -> Result<Uuid, Refusal> {
    let id = call.uuid_param("device_id")?;
    fleet.device(id).map(|device| device.id).ok_or_else(Refusal::not_found)
}

/// A command as the API writes it: what was sent as `extra_params` is called `parameters` here.
#[derive(Serialize)]
struct CommandRow<'a> {
    id: Uuid,
    status: &'static str,
    name: &'a str,
    friendly_name: Option<&'a str>,
    file_id: Option<&'a str>,
    parameters: &'a Map<String, Value>,
    created_at: String,
}

impl<'a> CommandRow<'a> {
    fn of(command: &'a Command, now: Timestamp, stage: Duration) -> CommandRow<'a> {
        CommandRow {
            id: command.id,
            status: command.status(now, stage).as_str(),
            name: &command.name,
            friendly_name: command.friendly_name.as_deref(),
            file_id: command.file_id.as_deref(),
            parameters: &command.extra_params,
            created_at: command.created_at.to_string(),
        }
    }
}
