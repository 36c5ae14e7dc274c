//! What the host says about itself while it runs.

mod chain;
pub mod logs;

pub use chain::chain;
