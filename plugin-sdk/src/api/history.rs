//! Recorded states of devices.

use serde::{Deserialize, Deserializer};

use super::object::{object, read_members};
use super::{Json, Model, SpaceId, Status};

object! {
    /// One recorded state of a device.
    History {
        /// The only id that is documented; whether it is the row's or the device's is not.
        uuid: Option<String>,
        /// The device's id, where it is sent.
        device_id: Option<String>,
        /// The device's name.
        name: Option<String>,
        /// The device's model.
        model: Option<Model>,
        /// The space that the device was in.
        space_id: Option<SpaceId>,
        /// What the device reported, its status among it.
        state: Option<Json>,
        /// When it was recorded.
        created_at: Option<String>,
    }
}

/// The member of a state that all devices have.
#[derive(Default)]
struct State {
    status: Option<Status>,
}

impl<'de> Deserialize<'de> for State {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_members!(State { status: Option<Status>, });
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl History {
    /// The status that was recorded.
    pub fn status(&self) -> Option<Status> {
        self.state.as_ref()?.parse::<State>().ok()?.status
    }
}
