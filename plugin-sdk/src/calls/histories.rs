//! Recorded states.

mod walk;

use super::declare::call;
use crate::api::{History, SpaceId};
use crate::time::Window;

pub use walk::{HistoryWalk, walk_histories};

call! {
    /// Lists the recorded states of devices in a window of at most 31 days; Xyte refuses a longer one, which
    /// [`walk_histories`] reads part by part.
    fn get_histories(seconds window: &Window) -> list History;
    route GET_HISTORIES, read;
    options GetHistories {
        /// Only devices that have this status now (online, offline, unavailable, error), whatever was recorded.
        query status: &'a str,
        /// Only this device.
        query device_id: &'a str,
        /// Only devices in this space.
        query space_id: SpaceId,
        /// Only devices of this name, as Xyte compares names.
        query name: &'a str,
        /// So many on a page: at most 1,000, and 100 unless said. Rows carry whole states.
        query per_page: u32,
    }
}
