//! The MCP surface: what clients of each revision get, and what the protocol library would get wrong.

mod cancel;
mod edges;
mod news;
mod offers;
mod questions;
mod sessions;
mod stdio;
