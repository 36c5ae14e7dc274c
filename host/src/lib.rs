//! An MCP host that runs every tool as a sandboxed WebAssembly plugin, in front of the Xyte cloud.
//!
//! The modules in the order of a request's path, top layer first. A module names itself and what stands below it;
//! `tests/tidy.rs` holds this order and fails on an arrow that points up.

pub mod cli;
pub mod author;
pub mod server;
pub mod rest;
pub mod mcp;
pub mod tools;
pub mod plugin;
pub mod xyte;
pub mod store;
pub mod tenant;
pub mod telemetry;
pub mod config;
pub mod arrival;
pub mod json;
