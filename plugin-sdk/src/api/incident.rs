//! Incidents.

use super::object::object;
use super::words::words;
use super::{Json, Model, Named, SpaceId};

object! {
    /// An incident. Which of its members are sent is not well documented; ask for the id by
    /// [`identifier`](Incident::identifier).
    Incident {
        /// The id, where it is sent by this name.
        id: Option<String>,
        /// The id, where it is sent by this name.
        uuid: Option<String>,
        /// What is wrong.
        title: Option<String>,
        /// More of it.
        description: Option<String>,
        /// Whether it is still so.
        status: Option<IncidentStatus>,
        /// How serious it is.
        priority: Option<Priority>,
        /// A short code, of which a device has one open incident at a time: `offline`, `rule_7`.
        issue: Option<String>,
        /// The device's name.
        name: Option<String>,
        /// The device's id.
        device_id: Option<String>,
        /// The device's name, where it is sent by this name.
        device_name: Option<String>,
        /// The device's model.
        model: Option<Model>,
        /// The device's manufacturer.
        partner: Option<Named>,
        /// The space that the device is in.
        space_id: Option<SpaceId>,
        /// The names of that space, from the top down.
        space_tree_path_name: Option<String>,
        /// What the device reported.
        state: Option<Json>,
        /// When it was opened.
        created_at: Option<String>,
        /// When it last changed.
        updated_at: Option<String>,
    }
}

words! {
    /// Whether an incident is still open.
    IncidentStatus {
        /// It is.
        Active = "active",
        /// It is not.
        Closed = "closed",
    }
}

words! {
    /// How serious an incident is, the most serious first.
    Priority {
        /// 1 where a device says it as a number.
        Critical = "critical",
        /// 2.
        High = "high",
        /// 3, which a device's incident is unless the device says otherwise.
        Moderate = "moderate",
        /// 4.
        Low = "low",
        /// 5: for planning alone.
        Planning = "planning",
    }
}

impl Incident {
    /// The incident's id, by whichever name it was sent.
    pub fn identifier(&self) -> Option<&str> {
        self.id.as_deref().or(self.uuid.as_deref())
    }

    /// The device's name, by whichever name it was sent.
    pub fn device(&self) -> Option<&str> {
        self.device_name.as_deref().or(self.name.as_deref())
    }
}
