//! Edges, and the devices that they reach.
//!
//! A device behind an edge is claimed in steps: [`start_ping`], [`get_ping_status`] until it is online,
//! [`start_claim`], [`get_claim_status`] until it has ended. Both starts answer 204 at once.

use serde::Serialize;

use super::declare::call;
use crate::api::{ClaimStatus, Edge, PingStatus, SpaceId};

call! {
    /// Lists edges.
    fn get_edges() -> list Edge;
    route GET_EDGES, read;
    options GetEdges {
        /// So many on a page, 100 unless said.
        query per_page: u32,
    }
}

call! {
    /// Makes an edge look for a device at an address of its network. The answer is 204: [`get_ping_status`] says
    /// whether it is there.
    fn start_ping(body proxy_id: &str, body device_ip: &str) -> done;
    route START_PING, privileged;
}

call! {
    /// Reads whether an edge reached an address. Without [`start_ping`] before it, it is refused with 422.
    fn get_ping_status(query proxy_id: &str, query device_ip: &str) -> one PingStatus;
    route GET_PING_STATUS, read;
}

call! {
    /// Makes an edge claim a device of its network into a space. The answer is 204: [`get_claim_status`] says how it
    /// ends. The address must have been reached by [`start_ping`], unless that is
    /// [skipped](super::Call::skip_connectivity_check).
    fn start_claim(
        body proxy_id: &str, body device_ip: &str, body device_model_id: &str, body space_id: &SpaceId
    ) -> done;
    route START_CLAIM, privileged;
    options StartClaim {
        /// What to call it.
        body display_name: &'a str,
        /// The MAC address, in any form.
        body mac: &'a str,
        /// The serial number. What it is without one is documented in two ways: a UUID, or none.
        body sn: &'a str,
        /// Settings, by label. A value of asterisks is not sent, since it would become the password.
        unmasked custom_parameters: &impl Serialize,
        /// The name of a manufacturer that Xyte does not know.
        body custom_partner_name: &'a str,
        /// The name of a model that Xyte does not know.
        body custom_model_name: &'a str,
        /// Whether to take an address that the edge has not reached. (One page says it the other way round.)
        body skip_connectivity_check: bool,
    }
}

call! {
    /// Reads how an edge's claim goes on. Without [`start_claim`] before it, it is refused with 422.
    fn get_claim_status(query proxy_id: &str, query device_ip: &str) -> one ClaimStatus;
    route GET_CLAIM_STATUS, read;
}

call! {
    /// Changes the address under which an edge reaches a device. 400: no address, or it was not reached.
    fn update_hostname(path device_id: &str, body device_ip: &str) -> done;
    route UPDATE_HOSTNAME, privileged;
    options UpdateHostname {
        /// Whether to take an address that the edge has not reached.
        body skip_connectivity_check: bool,
    }
}
