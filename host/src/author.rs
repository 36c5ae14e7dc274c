//! What an author tries a plugin with: the real sandbox with a hub behind it, a measured look at a component, and the
//! difference between two versions of what a plugin shows to clients.
//!
//! The commands of `xyte-mcp plugin` and the crate `xyte-plugin-testkit` are made of this.

mod examine;
mod sandbox;
mod schema_diff;
mod surface;

pub use examine::{Examination, examine};
pub use sandbox::{Behind, Called, Sandbox, SandboxError};
pub use surface::{Change, Surface};
