//! The simulator over real HTTP.

#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod auth;
mod commands;
mod config;
mod cut;
mod devices;
mod faults;
mod fleet;
mod histories;
mod lifecycle;
mod organization;
mod parse;
mod record;
mod routes;
mod spaces;
mod support;
