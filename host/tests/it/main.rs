//! The host as its users meet it: the real router and the real binary, real components, and a simulated hub outside.

#[cfg(test)]
mod support;

#[cfg(test)]
mod auth;
#[cfg(test)]
mod author;
#[cfg(test)]
mod binary;
#[cfg(test)]
mod bytes;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod client_config;
#[cfg(test)]
mod clients;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod hub_faults;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod load;
#[cfg(test)]
mod mcp;
#[cfg(test)]
mod outside;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod serves;
#[cfg(test)]
mod state;
#[cfg(test)]
mod tenants;
#[cfg(test)]
mod v1;
