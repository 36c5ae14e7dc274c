//! Every operation of the Xyte API as a typed call.
//!
//! A call is named as its [route](crate::routes), which the tool's attribute must list. Values that it needs are
//! arguments, values that it may have are methods, and [`send`](Call::send) gives the object:
//!
//! ```
//! # use xyte_plugin_sdk::{Cx, ToolError, api::{IncidentStatus, SpaceId}, calls, time::{DAY, Window}};
//! # fn tool(cx: &Cx, id: &str, space: SpaceId) -> Result<(), ToolError> {
//! let device = calls::get_device(cx, id).send()?;
//! let room = calls::get_devices(cx).space_id(space).pages().collect()?;
//! let month = Window::between(None, None, cx.now(), 30 * DAY)?;
//! let active = calls::get_incidents(cx, &month).status(IncidentStatus::Active).pages().collect()?;
//! let sent = calls::send_command(cx, id, "reboot").friendly_name("Reboot").send()?;
//! # Ok(())
//! # }
//! ```
//!
//! A list of pages is a [`List`], anything else a [`Call`]. What a write answers is often not documented; then it is
//! [`Done`], which keeps whatever came. Nothing here is more than a [`Request`](crate::Request) with names and types:
//! for what it cannot express, there is [`Cx::request`](crate::Cx::request) on the same routes.

mod assets;
mod call;
mod commands;
mod declare;
mod devices;
mod done;
mod draft;
mod edges;
mod first;
mod groups;
mod histories;
mod incidents;
mod licenses;
mod list;
mod many;
mod masked;
mod models;
mod notes;
mod organization;
pub mod partner;
mod spaces;
mod tickets;
mod users;

pub use assets::*;
pub use call::Call;
pub use commands::*;
pub use devices::*;
pub use done::Done;
pub use edges::*;
pub use groups::*;
pub use histories::*;
pub use incidents::*;
pub use licenses::*;
pub use list::List;
pub use many::send_all;
pub use models::*;
pub use notes::*;
pub use organization::*;
pub use spaces::*;
pub use tickets::*;
pub use users::*;
