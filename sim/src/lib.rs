#![doc = include_str!("../README.md")]

mod clock;
mod config;
mod dice;
mod fault;
pub mod fleet;
mod generate;
mod hub;
mod lock;
mod play;
mod server;
mod sim;

pub use clock::Clock;
pub use config::{DEVICES_MAX, SPACES_MAX, SimConfig, StartError, TENANTS_MAX, TenantConfig};
pub use fault::{Fault, FaultSyntaxError, Faults, UnknownOperation};
pub use fleet::Fleet;
pub use hub::{REQUEST_BYTES_KEPT, REQUESTS_KEPT, RecordedRequest, Tenant};
pub use sim::{Ready, Sim};
