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

/// Changes a device's name, identity, address, configuration or custom parameters: `PATCH /devices/{device_id}`.
pub const UPDATE_DEVICE: Route = Route {
    key: "organization.devices.updateDevice",
    scope: Scope::Organization,
    method: Method::Patch,
    template: "/devices/{device_id}",
    summary: "Changes a device's name, identity, address, configuration or custom parameters",
    query: &[],
    body: &["configuration", "custom_parameters", "name", "device_host_address", "sub_model", "sn", "mac", "custom_model_name", "custom_vendor_name", "skip_connectivity_check"],
};

/// Deletes a device; one that a connector imported will not be imported again: `DELETE /devices/{device_id}`.
pub const DELETE_DEVICE: Route = Route {
    key: "organization.devices.deleteDevice",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/devices/{device_id}",
    summary: "Deletes a device; one that a connector imported will not be imported again",
    query: &[],
    body: &[],
};

/// Moves a device to another space: `POST /devices/{device_id}/move`.
pub const MOVE_DEVICE: Route = Route {
    key: "organization.devices.moveDevice",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/move",
    summary: "Moves a device to another space",
    query: &[],
    body: &["space_id"],
};

/// Merges other records of a device into this one: `POST /devices/{device_id}/merge`.
pub const MERGE_DEVICE: Route = Route {
    key: "organization.devices.mergeDevice",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/merge",
    summary: "Merges other records of a device into this one",
    query: &[],
    body: &["with_device_ids"],
};

/// Splits a merged record off a device again: `POST /devices/{device_id}/split`.
pub const SPLIT_DEVICE: Route = Route {
    key: "organization.devices.splitDevice",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/split",
    summary: "Splits a merged record off a device again",
    query: &[],
    body: &["shadow_device_id"],
};

/// Stops opening incidents for a device: `POST /devices/{device_id}/suspend_incidents`.
pub const SUSPEND_INCIDENTS: Route = Route {
    key: "organization.devices.suspendIncidents",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/suspend_incidents",
    summary: "Stops opening incidents for a device",
    query: &[],
    body: &[],
};

/// Opens incidents for a device again: `POST /devices/{device_id}/resume_incidents`.
pub const RESUME_INCIDENTS: Route = Route {
    key: "organization.devices.resumeIncidents",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/resume_incidents",
    summary: "Opens incidents for a device again",
    query: &[],
    body: &[],
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

/// Lists incidents within a window, the last week unless said otherwise: `GET /incidents`.
pub const GET_INCIDENTS: Route = Route {
    key: "organization.incidents.getIncidents",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/incidents",
    summary: "Lists incidents within a window, the last week unless said otherwise",
    query: &["from", "to", "page", "page_size", "space_id", "status", "priority", "title", "description", "issue", "device_model", "partner_name", "sub_model"],
    body: &[],
};

/// Removes or closes an incident; the vendor does not say which: `DELETE /incidents/{id}`.
pub const DELETE_INCIDENT: Route = Route {
    key: "organization.incidents.deleteIncident",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/incidents/{id}",
    summary: "Removes or closes an incident; the vendor does not say which",
    query: &[],
    body: &[],
};

/// Lists open tickets: `GET /tickets`.
pub const GET_TICKETS: Route = Route {
    key: "organization.tickets.getTickets",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/tickets",
    summary: "Lists open tickets",
    query: &[],
    body: &[],
};

/// Reads one ticket with its comments: `GET /tickets/{ticket_id}`.
pub const GET_TICKET: Route = Route {
    key: "organization.tickets.getTicket",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/tickets/{ticket_id}",
    summary: "Reads one ticket with its comments",
    query: &[],
    body: &[],
};

/// Changes a ticket's title and description: `PUT /tickets/{ticket_id}`.
pub const UPDATE_TICKET: Route = Route {
    key: "organization.tickets.updateTicket",
    scope: Scope::Organization,
    method: Method::Put,
    template: "/tickets/{ticket_id}",
    summary: "Changes a ticket's title and description",
    query: &[],
    body: &["title", "description"],
};

/// Resolves a ticket, which nothing in the API opens again: `POST /tickets/{ticket_id}/resolved`.
pub const MARK_RESOLVED: Route = Route {
    key: "organization.tickets.markResolved",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/tickets/{ticket_id}/resolved",
    summary: "Resolves a ticket, which nothing in the API opens again",
    query: &[],
    body: &[],
};

/// Adds a message to a ticket, for everybody who follows it: `POST /tickets/{ticket_id}/message`.
pub const SEND_MESSAGE: Route = Route {
    key: "organization.tickets.sendMessage",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/tickets/{ticket_id}/message",
    summary: "Adds a message to a ticket, for everybody who follows it",
    query: &[],
    body: &["message"],
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

/// Lists active users with their addresses: `GET /users`.
pub const GET_USERS: Route = Route {
    key: "organization.users.getUsers",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/users",
    summary: "Lists active users with their addresses",
    query: &["page", "per_page"],
    body: &[],
};

/// Reads one user: `GET /users/{id}`.
pub const GET_USER: Route = Route {
    key: "organization.users.getUser",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/users/{id}",
    summary: "Reads one user",
    query: &[],
    body: &[],
};

/// Creates a user in groups and mails a welcome: `POST /users`.
pub const CREATE_USER: Route = Route {
    key: "organization.users.createUser",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/users",
    summary: "Creates a user in groups and mails a welcome",
    query: &[],
    body: &["email", "name", "group_ids"],
};

/// Deactivates a user, whom nothing in the API activates again: `POST /users/{id}/deactivate`.
pub const DEACTIVATE_USER: Route = Route {
    key: "organization.users.deactivateUser",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/users/{id}/deactivate",
    summary: "Deactivates a user, whom nothing in the API activates again",
    query: &[],
    body: &[],
};

/// Mails a user the welcome again: `POST /users/{id}/resend_welcome`.
pub const RESEND_WELCOME_EMAIL: Route = Route {
    key: "organization.users.resendWelcomeEmail",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/users/{id}/resend_welcome",
    summary: "Mails a user the welcome again",
    query: &[],
    body: &[],
};

/// Lists groups with their users: `GET /groups`.
pub const GET_GROUPS: Route = Route {
    key: "organization.groups.getGroups",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/groups",
    summary: "Lists groups with their users",
    query: &["page", "per_page"],
    body: &[],
};

/// Reads one group with its users: `GET /groups/{id}`.
pub const GET_GROUP: Route = Route {
    key: "organization.groups.getGroup",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/groups/{id}",
    summary: "Reads one group with its users",
    query: &[],
    body: &[],
};

/// Creates a group, with users: `POST /groups`.
pub const CREATE_GROUP: Route = Route {
    key: "organization.groups.createGroup",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/groups",
    summary: "Creates a group, with users",
    query: &[],
    body: &["name", "user_ids"],
};

/// Renames a group: `PUT /groups/{id}`.
pub const UPDATE_GROUP: Route = Route {
    key: "organization.groups.updateGroup",
    scope: Scope::Organization,
    method: Method::Put,
    template: "/groups/{id}",
    summary: "Renames a group",
    query: &[],
    body: &["name"],
};

/// Deletes a group: `DELETE /groups/{id}`.
pub const DELETE_GROUP: Route = Route {
    key: "organization.groups.deleteGroup",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/groups/{id}",
    summary: "Deletes a group",
    query: &[],
    body: &[],
};

/// Adds users to a group: `POST /groups/{id}/add_users`.
pub const ADD_USERS_TO_GROUP: Route = Route {
    key: "organization.groups.addUsersToGroup",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/groups/{id}/add_users",
    summary: "Adds users to a group",
    query: &[],
    body: &["user_ids"],
};

/// Removes users from a group: `POST /groups/{id}/remove_users`.
pub const REMOVE_USERS_FROM_GROUP: Route = Route {
    key: "organization.groups.removeUsersFromGroup",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/groups/{id}/remove_users",
    summary: "Removes users from a group",
    query: &[],
    body: &["user_ids"],
};

/// Gives a person outside the organization a group's access: `POST /groups/{id}/add_external_user`.
pub const ADD_EXTERNAL_USER_TO_GROUP: Route = Route {
    key: "organization.groups.addExternalUserToGroup",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/groups/{id}/add_external_user",
    summary: "Gives a person outside the organization a group's access",
    query: &[],
    body: &["email"],
};

/// Lists device models: `GET /models`.
pub const GET_MODELS: Route = Route {
    key: "organization.models.getModels",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/models",
    summary: "Lists device models",
    query: &["page", "per_page", "search", "edge_only"],
    body: &[],
};

/// Reads one device model: `GET /models/{id}`.
pub const GET_MODEL: Route = Route {
    key: "organization.models.getModel",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/models/{id}",
    summary: "Reads one device model",
    query: &[],
    body: &[],
};

/// Lists licenses: `GET /licenses`.
pub const GET_LICENSES: Route = Route {
    key: "organization.licenses.getLicenses",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/licenses",
    summary: "Lists licenses",
    query: &["page", "per_page", "state", "assigned", "device_id", "product_id", "device_model_id", "bound_device_sn", "warranty", "transferable", "expires_before", "expires_after", "order_short_id"],
    body: &[],
};

/// Lists assets: `GET /assets`.
pub const GET_ASSETS: Route = Route {
    key: "organization.assets.getAssets",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/assets",
    summary: "Lists assets",
    query: &["page", "per_page", "name", "serial_number", "space_id"],
    body: &[],
};

/// Reads one asset: `GET /assets/{asset_id}`.
pub const GET_ASSET: Route = Route {
    key: "organization.assets.getAsset",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/assets/{asset_id}",
    summary: "Reads one asset",
    query: &[],
    body: &[],
};

/// Creates an asset; an unknown label becomes a new one: `POST /assets`.
pub const CREATE_ASSET: Route = Route {
    key: "organization.assets.createAsset",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/assets",
    summary: "Creates an asset; an unknown label becomes a new one",
    query: &[],
    body: &["name", "serial_number", "space_id", "purchased_at", "comments", "icon_name", "manufacturer", "device_model", "device_type", "status"],
};

/// Changes an asset; an unknown label becomes a new one: `PUT /assets/{asset_id}`.
pub const UPDATE_ASSET: Route = Route {
    key: "organization.assets.updateAsset",
    scope: Scope::Organization,
    method: Method::Put,
    template: "/assets/{asset_id}",
    summary: "Changes an asset; an unknown label becomes a new one",
    query: &[],
    body: &["name", "serial_number", "space_id", "purchased_at", "comments", "icon_name", "manufacturer", "device_model", "device_type", "status"],
};

/// Deletes an asset: `DELETE /assets/{asset_id}`.
pub const DELETE_ASSET: Route = Route {
    key: "organization.assets.deleteAsset",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/assets/{asset_id}",
    summary: "Deletes an asset",
    query: &[],
    body: &[],
};

/// Lists the labels of one category that assets may have: `GET /assets/labels/{category}`.
pub const GET_ASSET_LABELS: Route = Route {
    key: "organization.assets.getAssetLabels",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/assets/labels/{category}",
    summary: "Lists the labels of one category that assets may have",
    query: &[],
    body: &[],
};

/// Lists the notes of all devices: `GET /devices/notes`.
pub const GET_ALL_DEVICE_NOTES: Route = Route {
    key: "organization.notes.getAllDeviceNotes",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices/notes",
    summary: "Lists the notes of all devices",
    query: &["page", "per_page"],
    body: &[],
};

/// Lists a device's notes: `GET /devices/{device_id}/notes`.
pub const GET_DEVICE_NOTES: Route = Route {
    key: "organization.notes.getDeviceNotes",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/devices/{device_id}/notes",
    summary: "Lists a device's notes",
    query: &["page", "per_page"],
    body: &[],
};

/// Adds a note to a device: `POST /devices/{device_id}/notes`.
pub const CREATE_DEVICE_NOTE: Route = Route {
    key: "organization.notes.createDeviceNote",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/devices/{device_id}/notes",
    summary: "Adds a note to a device",
    query: &[],
    body: &["content"],
};

/// Deletes a device's note: `DELETE /devices/{device_id}/notes/{id}`.
pub const DELETE_DEVICE_NOTE: Route = Route {
    key: "organization.notes.deleteDeviceNote",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/devices/{device_id}/notes/{id}",
    summary: "Deletes a device's note",
    query: &[],
    body: &[],
};

/// Lists the notes of all spaces: `GET /spaces/notes`.
pub const GET_ALL_SPACE_NOTES: Route = Route {
    key: "organization.notes.getAllSpaceNotes",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/spaces/notes",
    summary: "Lists the notes of all spaces",
    query: &["page", "per_page"],
    body: &[],
};

/// Lists a space's notes: `GET /spaces/{space_id}/notes`.
pub const GET_SPACE_NOTES: Route = Route {
    key: "organization.notes.getSpaceNotes",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/spaces/{space_id}/notes",
    summary: "Lists a space's notes",
    query: &["page", "per_page"],
    body: &[],
};

/// Adds a note to a space: `POST /spaces/{space_id}/notes`.
pub const CREATE_SPACE_NOTE: Route = Route {
    key: "organization.notes.createSpaceNote",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/spaces/{space_id}/notes",
    summary: "Adds a note to a space",
    query: &[],
    body: &["content"],
};

/// Deletes a space's note: `DELETE /spaces/{space_id}/notes/{id}`.
pub const DELETE_SPACE_NOTE: Route = Route {
    key: "organization.notes.deleteSpaceNote",
    scope: Scope::Organization,
    method: Method::Delete,
    template: "/spaces/{space_id}/notes/{id}",
    summary: "Deletes a space's note",
    query: &[],
    body: &[],
};

/// Lists edges, the proxies in customers' networks: `GET /edges`.
pub const GET_EDGES: Route = Route {
    key: "organization.edges.getEdges",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/edges",
    summary: "Lists edges, the proxies in customers' networks",
    query: &["page", "per_page"],
    body: &[],
};

/// Makes an edge look for a device at an address of its network: `POST /edges/devices/start_ping`.
pub const START_PING: Route = Route {
    key: "organization.edges.devices.startPing",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/edges/devices/start_ping",
    summary: "Makes an edge look for a device at an address of its network",
    query: &[],
    body: &["proxy_id", "device_ip"],
};

/// Reads whether an edge reached an address: `GET /edges/devices/get_ping_status`.
pub const GET_PING_STATUS: Route = Route {
    key: "organization.edges.devices.getPingStatus",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/edges/devices/get_ping_status",
    summary: "Reads whether an edge reached an address",
    query: &["proxy_id", "device_ip"],
    body: &[],
};

/// Makes an edge claim a device of its network into a space: `POST /edges/devices/start_claim`.
pub const START_CLAIM: Route = Route {
    key: "organization.edges.devices.startClaim",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/edges/devices/start_claim",
    summary: "Makes an edge claim a device of its network into a space",
    query: &[],
    body: &["proxy_id", "device_ip", "device_model_id", "space_id", "display_name", "mac", "sn", "custom_parameters", "custom_partner_name", "custom_model_name", "skip_connectivity_check"],
};

/// Reads how an edge's claim goes on: `GET /edges/devices/get_claim_status`.
pub const GET_CLAIM_STATUS: Route = Route {
    key: "organization.edges.devices.getClaimStatus",
    scope: Scope::Organization,
    method: Method::Get,
    template: "/edges/devices/get_claim_status",
    summary: "Reads how an edge's claim goes on",
    query: &["proxy_id", "device_ip"],
    body: &[],
};

/// Changes the address under which an edge reaches a device: `POST /edges/devices/{device_id}/update_hostname`.
pub const UPDATE_HOSTNAME: Route = Route {
    key: "organization.edges.devices.updateHostname",
    scope: Scope::Organization,
    method: Method::Post,
    template: "/edges/devices/{device_id}/update_hostname",
    summary: "Changes the address under which an edge reaches a device",
    query: &[],
    body: &["device_ip", "skip_connectivity_check"],
};

/// What a manufacturer's partner key reaches.
pub mod partner {
    use crate::route::{Method, Route, Scope};

    /// Lists devices of every customer, page by page: `GET /devices`.
    pub const GET_DEVICES: Route = Route {
        key: "partner.devices.getDevices",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices",
        summary: "Lists devices of every customer, page by page",
        query: &["model_id", "sn", "mac", "page"],
        body: &[],
    };

    /// Reads one device: `GET /devices/{device_id}`.
    pub const GET_DEVICE_INFO: Route = Route {
        key: "partner.devices.getDeviceInfo",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/{device_id}",
        summary: "Reads one device",
        query: &[],
        body: &[],
    };

    /// Deletes a device: `DELETE /devices/{device_id}`.
    pub const DELETE_DEVICE: Route = Route {
        key: "partner.devices.deleteDevice",
        scope: Scope::Partner,
        method: Method::Delete,
        template: "/devices/{device_id}",
        summary: "Deletes a device",
        query: &[],
        body: &[],
    };

    /// Lists what a device reported: `GET /devices/{device_id}/telemetries`.
    pub const GET_TELEMETRIES: Route = Route {
        key: "partner.devices.getTelemetries",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/{device_id}/telemetries",
        summary: "Lists what a device reported",
        query: &[],
        body: &[],
    };

    /// Reads a device's configuration: `GET /devices/{device_id}/config`.
    pub const GET_CONFIGURATION: Route = Route {
        key: "partner.devices.getConfiguration",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/{device_id}/config",
        summary: "Reads a device's configuration",
        query: &[],
        body: &[],
    };

    /// Lists the commands that were sent to a device, with their status: `GET /devices/{device_id}/commands`.
    pub const GET_COMMANDS: Route = Route {
        key: "partner.devices.getCommands",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/{device_id}/commands",
        summary: "Lists the commands that were sent to a device, with their status",
        query: &["status", "page"],
        body: &[],
    };

    /// Lists the recorded states of a device: `GET /devices/{device_id}/history`.
    pub const GET_STATE_HISTORY: Route = Route {
        key: "partner.devices.getStateHistory",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/{device_id}/history",
        summary: "Lists the recorded states of a device",
        query: &["status", "from", "to", "page"],
        body: &[],
    };

    /// Lists the recorded states of all devices: `GET /devices/histories`.
    pub const GET_STATE_HISTORY_MULTI_DEVICES: Route = Route {
        key: "partner.devices.getStateHistoryMultiDevices",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/devices/histories",
        summary: "Lists the recorded states of all devices",
        query: &["status", "from", "to", "page"],
        body: &[],
    };

    /// Creates a customer with an administrator: `POST /organizations`.
    pub const CREATE_ORGANIZATION: Route = Route {
        key: "partner.organizations.createOrganization",
        scope: Scope::Partner,
        method: Method::Post,
        template: "/organizations",
        summary: "Creates a customer with an administrator",
        query: &[],
        body: &["name", "admin_contact_email", "admin_contact_name", "finance_contact_email", "finance_contact_name"],
    };

    /// Lists open tickets of every customer: `GET /tickets`.
    pub const GET_TICKETS: Route = Route {
        key: "partner.tickets.getTickets",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/tickets",
        summary: "Lists open tickets of every customer",
        query: &[],
        body: &[],
    };

    /// Reads one ticket with its comments: `GET /tickets/{ticket_id}`.
    pub const GET_TICKET: Route = Route {
        key: "partner.tickets.getTicket",
        scope: Scope::Partner,
        method: Method::Get,
        template: "/tickets/{ticket_id}",
        summary: "Reads one ticket with its comments",
        query: &[],
        body: &[],
    };

    /// Changes a ticket's title and description: `PUT /tickets/{ticket_id}`.
    pub const UPDATE_TICKET: Route = Route {
        key: "partner.tickets.updateTicket",
        scope: Scope::Partner,
        method: Method::Put,
        template: "/tickets/{ticket_id}",
        summary: "Changes a ticket's title and description",
        query: &[],
        body: &["title", "description"],
    };

    /// Resolves a ticket, which nothing in the API opens again: `POST /tickets/{ticket_id}/resolved`.
    pub const CLOSE_TICKET: Route = Route {
        key: "partner.tickets.closeTicket",
        scope: Scope::Partner,
        method: Method::Post,
        template: "/tickets/{ticket_id}/resolved",
        summary: "Resolves a ticket, which nothing in the API opens again",
        query: &[],
        body: &[],
    };

    /// Adds a message to a ticket, for everybody who follows it: `POST /tickets/{ticket_id}/message`.
    pub const ADD_COMMENT: Route = Route {
        key: "partner.tickets.addComment",
        scope: Scope::Partner,
        method: Method::Post,
        template: "/tickets/{ticket_id}/message",
        summary: "Adds a message to a ticket, for everybody who follows it",
        query: &[],
        body: &["message"],
    };
}
