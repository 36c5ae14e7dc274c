//! What is no tool: resources, prompts and completions.

use serde::Serialize;
use xyte_plugin_sdk::api::Device;
use xyte_plugin_sdk::{
    Ask, Completion, Contents, Cx, Listed, Listing, Messages, Outcome, ServeError, Text, XyteError,
    completions, json, prompts, resources, routes,
};

use crate::Probe;

#[derive(Serialize)]
struct Status {
    id: String,
    name: Option<String>,
}

#[resources]
impl Probe {
    /// How a device is.
    #[resource("probe://devices/{device_id}/status", mime = "application/json", routes(routes::GET_DEVICE))]
    fn status(cx: &Cx, device_id: String) -> Result<Status, XyteError> {
        let device: Device = cx.get(&routes::GET_DEVICE, &[("device_id", &device_id)])?;
        Ok(Status { id: device.id, name: device.name })
    }

    /// Four bytes, for a minute.
    #[resource("probe://bytes", mime = "image/png")]
    fn bytes(_cx: &Cx) -> Result<Contents, ServeError> {
        Ok(Contents::bytes("image/png", "four").ttl_ms(60_000))
    }

    /// Claims a device, which reading must not.
    #[resource("probe://claim", optional(routes::CLAIM_DEVICE))]
    fn claim(cx: &Cx) -> Result<String, ServeError> {
        match cx.request(&routes::CLAIM_DEVICE).body(&json!({"space_id": 1}))?.send() {
            Ok(_) => Ok("claimed".to_owned()),
            Err(error) => Ok(error.code().to_owned()),
        }
    }

    /// What only a client with roots can read.
    #[resource("probe://here")]
    fn here(cx: &Cx) -> Result<Outcome<Text>, ServeError> {
        match cx.roots("roots")? {
            Some(roots) => Ok(Outcome::Complete(Text(roots[0].uri.clone()))),
            None => Ok(Ask::new().roots("roots").into()),
        }
    }

    /// A room.
    #[resource("probe://rooms/{room}")]
    fn one_room(_cx: &Cx, room: String) -> Result<String, ServeError> {
        Ok(format!("The {room} room."))
    }

    /// Is not there.
    #[resource("probe://gone")]
    fn gone(_cx: &Cx) -> Result<String, ServeError> {
        Err(ServeError::NotFound)
    }

    #[list]
    fn list(_cx: &Cx, cursor: Option<String>) -> Result<Listing, ServeError> {
        let next_cursor = if cursor.is_none() { Some("2".to_owned()) } else { None };
        Ok(Listing { resources: vec![Listed::new("probe://rooms/blue", "blue")], next_cursor })
    }
}

#[prompts]
impl Probe {
    /// Looks for the cause of a complaint.
    #[prompt(title = "Diagnose")]
    fn diagnose(
        _cx: &Cx,
        /// The room's name.
        room: String,
        floor: Option<i8>,
    ) -> Result<Messages, ServeError> {
        let floor = floor.map_or_else(String::new, |floor| format!(" on floor {floor}"));
        Ok(Messages::new().user(format!("What is wrong in {room}{floor}?")).assistant("Let me look."))
    }
}

#[completions]
impl Probe {
    #[complete(prompt = "diagnose", argument = "room")]
    fn room(_cx: &Cx, typed: &str) -> Result<Completion, ServeError> {
        Ok(Completion::matching(typed, ["Blue", "Black", "Red"].map(str::to_owned)))
    }
}
