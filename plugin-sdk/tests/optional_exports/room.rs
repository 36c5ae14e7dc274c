//! A plugin with every kind of export.

use serde::Serialize;
use xyte_plugin_sdk::api::{Device, Space};
use xyte_plugin_sdk::{
    Ask, Chosen, Completion, Contents, Cx, Listed, Listing, Messages, Outcome, ServeError, Text, ToolError,
    XyteError, completions, plugin, prompts, resources, routes,
};

#[derive(Serialize)]
struct Status {
    id: String,
    name: Option<String>,
}

pub(crate) struct Room;

/// Knows rooms.
#[plugin(id = "room", with(resources, prompts, completions))]
impl Room {
    /// Does nothing.
    #[tool(read_only)]
    fn nothing(_cx: &Cx) -> Result<Text, ToolError> {
        Ok(Text("Nothing.".to_owned()))
    }
}

#[resources]
impl Room {
    /// How a device is.
    #[resource(
        "room://devices/{device_id}/status",
        title = "Status",
        mime = "application/json",
        routes(routes::GET_DEVICE = "Reads the device")
    )]
    fn status(cx: &Cx, device_id: String) -> Result<Status, XyteError> {
        let device: Device = cx.get(&routes::GET_DEVICE, &[("device_id", &device_id)])?;
        Ok(Status { id: device.id, name: device.name })
    }

    /// A plan of a floor.
    #[resource("room://plans/{building}/{floor}.png", name = "plan", mime = "image/png")]
    fn plan(_cx: &Cx, floor: i8, building: String) -> Result<Contents, ServeError> {
        match floor {
            0..=9 => Ok(Contents::bytes("image/png", format!("{building} {floor}")).ttl_ms(60_000)),
            _ => Err(ServeError::NotFound),
        }
    }

    /// How to behave.
    #[resource("room://rules")]
    fn rules(_cx: &Cx) -> Result<String, ServeError> {
        Ok("Close the door.".to_owned())
    }

    /// What only a client with roots can read.
    #[resource("room://here", optional(routes::GET_DEVICE))]
    fn here(cx: &Cx) -> Result<Outcome<Text>, ServeError> {
        match cx.roots("roots")? {
            Some(roots) => Ok(Outcome::Complete(Text(roots[0].uri.clone()))),
            None => Ok(Ask::new().roots("roots").into()),
        }
    }

    #[list(routes(routes::GET_SPACES))]
    fn list(cx: &Cx, cursor: Option<String>) -> Result<Listing, ServeError> {
        let page: u32 = cursor.map_or(Ok(1), |page| page.parse()).map_err(|_| ServeError::NotFound)?;
        let spaces = cx.request(&routes::GET_SPACES).query("page", page).send()?.rows::<Space>()?;
        let resources =
            spaces.items.iter().map(|space| Listed::new(format!("room://spaces/{}", space.id), "Room"));
        Ok(Listing {
            resources: resources.collect(),
            next_cursor: spaces.more.then(|| (page + 1).to_string()),
        })
    }
}

#[prompts]
impl Room {
    /// Looks for the cause of a complaint.
    #[prompt(title = "Diagnose")]
    fn diagnose(
        _cx: &Cx,
        /// The room's name,
        /// as people say it.
        room: String,
        floor: Option<i8>,
    ) -> Result<Messages, ServeError> {
        let floor = floor.map_or_else(String::new, |floor| format!(" on floor {floor}"));
        Ok(Messages::new().user(format!("What is wrong in {room}{floor}?")).assistant("Let me look."))
    }

    /// Sends what it did not ask for.
    #[prompt(name = "sneaky-prompt", optional(routes::CLAIM_DEVICE))]
    fn sneaky(cx: &Cx, write: bool) -> Result<String, ServeError> {
        let route = if write { &routes::CLAIM_DEVICE } else { &routes::GET_DEVICES };
        Ok(cx.request(route).send()?.into_body())
    }
}

#[completions]
impl Room {
    #[complete(prompt = "diagnose", argument = "room", routes(routes::GET_SPACES = "Suggests rooms"))]
    fn room(cx: &Cx, typed: &str) -> Result<Completion, ServeError> {
        let spaces = cx.request(&routes::GET_SPACES).send()?.rows::<Space>()?;
        Ok(Completion::matching(typed, spaces.items.into_iter().map(|space| space.name)))
    }

    #[complete(resource = "room://plans/{building}/{floor}.png", argument = "floor")]
    fn floor(_cx: &Cx, _typed: &str, chosen: &Chosen) -> Result<Vec<String>, ServeError> {
        let floors = if chosen.get("building") == Some("Tower") { 120 } else { 2 };
        Ok((0..floors).map(|floor| floor.to_string()).collect())
    }
}
