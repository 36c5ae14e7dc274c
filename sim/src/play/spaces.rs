//! Spaces: list, read, create, change, delete.

mod config;
mod filter;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::{Value, json};

use super::page::Page;
use super::{Call, Refusal};
use crate::fleet::{Fleet, Space, TreeError};
use filter::Filter;

/// As for devices; no page of the documentation says.
const PER_PAGE_MAX: usize = 100;
/// How deep a path may be that is walked and created at once: far deeper than any tree of places.
const PATH_DEPTH_MAX: usize = 20;

/// The spaces that pass the filters, in the order of ids.
pub(crate) fn list(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let page = Page::read(call, PER_PAGE_MAX)?;
    let filter = Filter::read(call)?;
    let wanted = fleet.spaces().iter().filter(|space| filter.takes(fleet.spaces(), space));
    Ok(page.with_next_page(wanted, SpaceRow::of))
}

/// One space.
pub(crate) fn get(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    answer(fleet, call.integer_param("space_id")?, StatusCode::OK)
}

/// Creates a space, in the root unless the request says where.
pub(crate) fn create(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let name = call.text("name").ok_or_else(|| Refusal::missing("name"))?;
    let parent = call.space_id("parent_id")?.unwrap_or_else(|| fleet.spaces().root());
    let changes = config::Changes::read(call)?;
    let id = fleet.spaces.add(parent, &name, call.now)?;
    configure(fleet, id, &changes);
    answer(fleet, id, StatusCode::CREATED)
}

/// Renames, moves or configures a space; what the request leaves out stays.
pub(crate) fn update(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let id = call.integer_param("space_id")?;
    let space = fleet.spaces().get(id).ok_or_else(Refusal::not_found)?;
    let name = call.text("name").unwrap_or_else(|| space.name.clone());
    let parent = call.space_id("parent_id")?.or(space.parent_id);
    let changes = config::Changes::read(call)?;
    fleet.spaces.place(id, parent, &name)?;
    configure(fleet, id, &changes);
    answer(fleet, id, StatusCode::OK)
}

/// Deletes a space that nothing is in.
pub(crate) fn delete(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let id = call.integer_param("space_id")?;
    fleet.spaces().get(id).ok_or_else(Refusal::not_found)?;
    if id == fleet.spaces().root() {
        return Err(Refusal::unprocessable("Cannot delete the root space"));
    }
    if fleet.spaces().children(id).next().is_some() {
        return Err(Refusal::unprocessable("Cannot delete a space that has sub-spaces"));
    }
    if fleet.has_devices_in(id) {
        return Err(Refusal::unprocessable("Cannot delete a space that has devices"));
    }
    fleet.spaces.remove(id);
    Ok(Json(json!({ "success": true })).into_response())
}

/// Walks a path such as `Building/Floor/Room` and creates what is missing of it: 201 if anything was.
pub(crate) fn find_or_create(fleet: &mut Fleet, call: &Call) -> Result<Response, Refusal> {
    let path = call.text("name").ok_or_else(|| Refusal::missing("name"))?;
    let names: Vec<&str> = path.split('/').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Err(Refusal::missing("name"));
    }
    if names.len() > PATH_DEPTH_MAX {
        return Err(Refusal::unprocessable(format!("Path must have at most {PATH_DEPTH_MAX} parts")));
    }
    let mut place = call.space_id("parent_id")?.unwrap_or_else(|| fleet.spaces().root());
    fleet.spaces().get(place).ok_or_else(Refusal::not_found)?;
    let changes = config::Changes::read(call)?;
    let mut status = StatusCode::OK;
    for name in names {
        let known = fleet.spaces.child_named(place, name).map(|space| space.id);
        place = match known {
            Some(known) => known,
            None => {
                status = StatusCode::CREATED;
                fleet.spaces.add(place, name, call.now)?
            }
        };
    }
    if status == StatusCode::CREATED {
        configure(fleet, place, &changes);
    }
    answer(fleet, place, status)
}

fn configure(fleet: &mut Fleet, id: i64, changes: &config::Changes) {
    if let Some(space) = fleet.spaces.get_mut(id) {
        changes.apply(&mut space.general);
    }
}

fn answer(fleet: &Fleet, id: i64, status: StatusCode) -> Result<Response, Refusal> {
    let space = fleet.spaces().get(id).ok_or_else(Refusal::not_found)?;
    Ok((status, Json(SpaceRow::of(space))).into_response())
}

/// A space as the API writes it.
#[derive(Serialize)]
struct SpaceRow<'a> {
    id: i64,
    name: &'a str,
    parent_id: Option<i64>,
    config: Value,
}

impl<'a> SpaceRow<'a> {
    fn of(space: &'a Space) -> SpaceRow<'a> {
        SpaceRow { id: space.id, name: &space.name, parent_id: space.parent_id, config: config::shown(space) }
    }
}

impl From<TreeError> for Refusal {
    fn from(error: TreeError) -> Refusal {
        match error {
            TreeError::NotFound => Refusal::not_found(),
            TreeError::NameTaken => Refusal::unprocessable("Name has already been taken"),
            TreeError::WrongParent => Refusal::unprocessable("Parent is invalid"),
        }
    }
}
