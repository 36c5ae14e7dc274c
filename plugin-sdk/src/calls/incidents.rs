//! Incidents.

use super::declare::call;
use crate::api::{Incident, IncidentStatus, Priority, SpaceId};
use crate::time::Window;

call! {
    /// Lists incidents of a window. The window is no option, since Xyte takes the last week where none is said, and
    /// an incident that has been active for longer would be missing without a word.
    fn get_incidents(seconds window: &Window) -> list Incident;
    route GET_INCIDENTS, read;
    options GetIncidents {
        /// So many on a page, at most 500.
        query page_size: u32,
        /// Only of devices in this space.
        query space_id: SpaceId,
        /// Only of this status.
        query status: IncidentStatus,
        /// Only of this priority.
        query priority: Priority,
        /// Only of this title.
        query title: &'a str,
        /// Only of this description.
        query description: &'a str,
        /// Only of this code, such as `offline`.
        query issue: &'a str,
        /// Only of devices of this model.
        query device_model: &'a str,
        /// Only of devices of this manufacturer.
        query partner_name: &'a str,
        /// Only of devices of this variant.
        query sub_model: &'a str,
    }
}

call! {
    /// Removes or closes an incident; which of the two is not documented.
    fn delete_incident(path id: &str) -> done;
    route DELETE_INCIDENT, destructive;
}
