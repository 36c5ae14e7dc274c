//! Xyte's objects, as far as they are known.
//!
//! Nobody promises these shapes, so they are read leniently: what may be absent is an option, a number where a text
//! was expected is its text, and a word that is new is kept. What is free-form stays [`Json`] text until it is
//! looked at. For anything else, [`Response::body`](crate::Response::body) is what was received.

mod asset;
mod command;
mod device;
mod edge;
mod history;
mod incident;
mod json;
pub mod lenient;
mod license;
pub(crate) mod member;
mod named;
pub(crate) mod nested;
mod note;
pub(crate) mod object;
mod organization;
pub(crate) mod part;
pub mod partner;
mod people;
mod space;
mod status;
mod ticket;
pub(crate) mod words;

pub use asset::{Asset, LabelCategory};
pub use command::{Command, CommandStatus};
pub use device::{Device, Firmware, Model, SpaceRef};
pub use edge::{ClaimResult, ClaimStatus, Edge, PingStatus};
pub use history::History;
pub use incident::{Incident, IncidentStatus, Priority};
pub use json::Json;
pub use license::{License, LicenseState, LicensedDevice};
pub use named::Named;
pub use note::Note;
pub use organization::{Contacts, Organization, Statistics};
pub use people::{Group, User};
pub use space::{Space, SpaceId};
pub use status::{EffectiveStatus, Status};
pub use ticket::{Comment, Ticket, TicketStatus};
