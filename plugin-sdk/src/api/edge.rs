//! Edges: what reaches devices in a customer's network.

use super::object::object;
use super::words::words;
use super::{SpaceId, Status};

object! {
    /// An edge. Its members are not documented.
    Edge {
        /// The edge's id, which other calls take as `proxy_id`.
        id: String,
        /// The edge's name.
        name: Option<String>,
        /// Whether it reports.
        status: Option<Status>,
        /// The space that it is in.
        space_id: Option<SpaceId>,
    }
}

object! {
    /// Whether an edge reached an address.
    PingStatus {
        /// `online` if it did.
        status: Option<Status>,
    }
}

object! {
    /// How an edge's claim goes on.
    ClaimStatus {
        /// How it ended, if it has.
        result: Option<ClaimResult>,
    }
}

words! {
    /// How an edge's claim ended.
    ClaimResult {
        /// It has not.
        Pending = "pending",
        /// The device is claimed.
        Success = "success",
        /// The device is not claimed.
        Failed = "failed",
    }
}
