//! What the host says about itself while it runs.

pub mod logs;
