//! The routes of the Xyte API, one constant each. A tool names in its attribute the routes it uses, and uses them
//! by the same constants, so that what is asked for and what is sent cannot differ.
//
// Generated from catalog/operations.toml by `cargo xtask routes`: change that table, not this file.

use crate::route::{Method, Route, Scope};

/// Reads the organization's name, plan, contacts and totals: `GET /info`.
pub const GET_ORGANIZATION_INFO: Route = Route {
    key: "organization.getOrganizationInfo",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/info",
    summary: "Reads the organization's name, plan, contacts and totals",
    query: &[],
    body: &[],
};

/// Lists devices, page by page: `GET /devices`.
pub const GET_DEVICES: Route = Route {
    key: "organization.devices.getDevices",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices",
    summary: "Lists devices, page by page",
    query: &["page", "per_page", "space_id"],
    body: &[],
};

/// Reads one device with its state: `GET /devices/{device_id}`.
pub const GET_DEVICE: Route = Route {
    key: "organization.devices.getDevice",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices/{device_id}",
    summary: "Reads one device with its state",
    query: &[],
    body: &[],
};

/// Claims a device into a space: `POST /devices/claim`.
pub const CLAIM_DEVICE: Route = Route {
    key: "organization.devices.claimDevice",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/claim",
    summary: "Claims a device into a space",
    query: &[],
    body: &["name", "space_id", "mac", "sn", "cloud_id"],
};

/// Lists the recorded states of devices within a window of at most 31 days: `GET /devices/histories`.
pub const GET_HISTORIES: Route = Route {
    key: "organization.devices.getHistories",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices/histories",
    summary: "Lists the recorded states of devices within a window of at most 31 days",
    query: &["status", "from", "to", "device_id", "space_id", "name", "page", "per_page"],
    body: &[],
};

/// Lists the commands that were sent to a device, with their status: `GET /devices/{device_id}/commands`.
pub const GET_COMMANDS: Route = Route {
    key: "organization.commands.getCommands",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices/{device_id}/commands",
    summary: "Lists the commands that were sent to a device, with their status",
    query: &[],
    body: &[],
};

/// Queues a command for a device, whatever the command is: `POST /devices/{device_id}/commands`.
pub const SEND_COMMAND: Route = Route {
    key: "organization.commands.sendCommand",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/commands",
    summary: "Queues a command for a device, whatever the command is",
    query: &[],
    body: &["name", "friendly_name", "file_id", "extra_params"],
};

/// Cancels a command that has not finished: `DELETE /devices/{device_id}/commands/{command_id}`.
pub const CANCEL_COMMAND: Route = Route {
    key: "organization.commands.cancelCommand",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/devices/{device_id}/commands/{command_id}",
    summary: "Cancels a command that has not finished",
    query: &[],
    body: &[],
};

/// Lists spaces (sites, buildings, floors, rooms), page by page: `GET /spaces`.
pub const GET_SPACES: Route = Route {
    key: "organization.spaces.getSpaces",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/spaces",
    summary: "Lists spaces (sites, buildings, floors, rooms), page by page",
    query: &["page", "per_page", "id", "parent_id", "name", "path_includes", "space_type", "created_before", "created_after"],
    body: &[],
};

/// Reads one space: `GET /spaces/{space_id}`.
pub const GET_SPACE: Route = Route {
    key: "organization.spaces.getSpace",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/spaces/{space_id}",
    summary: "Reads one space",
    query: &[],
    body: &[],
};

/// Creates a space: `POST /spaces`.
pub const CREATE_SPACE: Route = Route {
    key: "organization.spaces.createSpace",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/spaces",
    summary: "Creates a space",
    query: &[],
    body: &["name", "parent_id", "config"],
};

/// Renames, moves or configures a space: `PUT /spaces/{space_id}`.
pub const UPDATE_SPACE: Route = Route {
    key: "organization.spaces.updateSpace",
    scope: Scope::Organization,
    method: Method::Put,
    template: "/spaces/{space_id}",
    summary: "Renames, moves or configures a space",
    query: &[],
    body: &["name", "parent_id", "config"],
};

/// Deletes a space: `DELETE /spaces/{space_id}`.
pub const DELETE_SPACE: Route = Route {
    key: "organization.spaces.deleteSpace",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/spaces/{space_id}",
    summary: "Deletes a space",
    query: &[],
    body: &[],
};

/// Finds a space by its path and creates what is missing of it: `POST /spaces/find_or_create`.
pub const FIND_OR_CREATE_SPACE: Route = Route {
    key: "organization.spaces.findOrCreateSpace",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/spaces/find_or_create",
    summary: "Finds a space by its path and creates what is missing of it",
    query: &[],
    body: &["name", "parent_id", "config"],
};
