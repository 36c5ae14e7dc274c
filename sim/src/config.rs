//! What a simulated hub is started with.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::clock::Clock;
use crate::fault::Faults;

/// The most devices of one tenant: a fleet ten times as large as any that is load-tested, held in memory whole.
pub const DEVICES_MAX: usize = 100_000;
/// The most spaces that a tenant may be generated with: siblings are compared one by one when a space is created.
pub const SPACES_MAX: usize = 10_000;
/// The most tenants: each has a fleet in memory, and a request's key is compared with every tenant's.
pub const TENANTS_MAX: usize = 64;

/// What a simulated hub is started with.
#[derive(Debug, Clone)]
pub struct SimConfig {
    /// Where it listens; loopback only. Port 0 takes any free port, which is the default.
    pub listen: SocketAddr,
    /// What keys, fleets and random faults are drawn from: the same seed gives the same ones. 1 by default.
    pub seed: u64,
    /// Who has a key, and how large their fleets are.
    pub tenants: Vec<TenantConfig>,
    /// What goes wrong on any request. Nothing, by default.
    pub faults: Faults,
    /// How long a command stays in each of its stages: scheduled, pending, in progress. 2 s by default, so that a
    /// demo sees all three.
    pub stage: Duration,
    /// What time it is. Fleets are generated as of the time at the start.
    pub clock: Clock,
}

/// One customer of the simulated hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantConfig {
    /// A name for tests and the ready file; the organization is called alike. Lower-case letters, digits and
    /// hyphens, beginning with a letter.
    pub name: String,
    /// How many devices it has; at most [`DEVICES_MAX`].
    pub devices: usize,
    /// How many spaces its tree has, the root included: 1 to [`SPACES_MAX`].
    pub spaces: usize,
}

/// Why a simulated hub did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Somebody else could reach it there.
    #[error(
        "the simulator listens on loopback alone, since anybody who reaches it may use it, and {0} is not a loopback \
         address; take 127.0.0.1"
    )]
    NotLoopback(SocketAddr),
    /// Another program has the port.
    #[error("{0} is already in use; stop what listens there, or take port 0 for any free port")]
    AddressInUse(SocketAddr),
    /// The system did not let it listen.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where it should have listened.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// Nobody would have a key, or more would than the simulator holds.
    #[error("there are {0} tenants; 1 to {TENANTS_MAX} are possible")]
    TenantCount(usize),
    /// Two tenants of one name could not be told apart.
    #[error("there are two tenants called `{0}`")]
    DuplicateTenant(String),
    /// A name that would not do in paths and addresses.
    #[error(
        "`{0}` is no tenant's name; take lower-case letters, digits and hyphens, beginning with a letter"
    )]
    TenantName(String),
    /// A fleet larger than the simulator holds, or without the root that every device needs.
    #[error(
        "tenant `{name}` has {devices} devices and {spaces} spaces; 0 to {DEVICES_MAX} devices and 1 to {SPACES_MAX} \
         spaces are possible"
    )]
    FleetSize {
        /// The tenant's name.
        name: String,
        /// How many devices it should have.
        devices: usize,
        /// How many spaces it should have.
        spaces: usize,
    },
}

impl Default for SimConfig {
    fn default() -> SimConfig {
        SimConfig {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            tenants: vec![
                TenantConfig::new("acme", 1250, 60),
                TenantConfig::new("borealis", 40, 14),
                TenantConfig::new("cindermill", 7, 5),
            ],
            faults: Faults::none(),
            stage: Duration::from_secs(2),
            clock: Clock::system(),
        }
    }
}

impl SimConfig {
    /// Whether a hub can be made of it; whether the address is free is only known when it starts.
    ///
    /// # Errors
    /// The first setting that is out of bounds.
    pub fn check(&self) -> Result<(), StartError> {
        if !self.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(self.listen));
        }
        if !(1..=TENANTS_MAX).contains(&self.tenants.len()) {
            return Err(StartError::TenantCount(self.tenants.len()));
        }
        for (index, tenant) in self.tenants.iter().enumerate() {
            if self.tenants[..index].iter().any(|earlier| earlier.name == tenant.name) {
                return Err(StartError::DuplicateTenant(tenant.name.clone()));
            }
            tenant.check()?;
        }
        Ok(())
    }
}

impl TenantConfig {
    /// A tenant of that name, with so many devices in so many spaces.
    pub fn new(name: impl Into<String>, devices: usize, spaces: usize) -> TenantConfig {
        TenantConfig { name: name.into(), devices, spaces }
    }

    fn check(&self) -> Result<(), StartError> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if !self.name.starts_with(|c: char| c.is_ascii_lowercase()) || !self.name.bytes().all(plain) {
            return Err(StartError::TenantName(self.name.clone()));
        }
        if self.devices <= DEVICES_MAX && (1..=SPACES_MAX).contains(&self.spaces) {
            return Ok(());
        }
        Err(StartError::FleetSize { name: self.name.clone(), devices: self.devices, spaces: self.spaces })
    }
}
