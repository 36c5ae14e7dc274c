#![doc = include_str!("../README.md")]

mod answer;
mod kit;

pub use answer::Called;
pub use kit::{Kit, KitError};
pub use xyte_mcp::author::{Change, Surface};
pub use xyte_sim::{Fault, Faults, RecordedRequest};
