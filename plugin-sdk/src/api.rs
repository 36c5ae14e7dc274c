//! Xyte's objects, as far as they are known.
//!
//! Nobody promises these shapes, so they are read leniently: what may be absent is an option, a number where a text
//! was expected is its text, and a word that is new is kept. What is free-form stays [`Json`] text until it is
//! looked at. For anything else, [`Response::body`](crate::Response::body) is what was received.

mod device;
mod history;
mod json;
pub mod lenient;
pub(crate) mod member;
pub(crate) mod object;
mod part;
mod space;
mod words;

pub use device::{Device, Firmware, Model, SpaceRef};
pub use history::History;
pub use json::Json;
pub use space::{Space, SpaceId};
pub use words::{EffectiveStatus, Status};
