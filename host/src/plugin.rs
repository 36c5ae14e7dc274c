//! Plugins: WebAssembly components, loaded, limited, and run once per call.
//!
//! [`Runtime`] is the engine with everything a guest may import. [`Loader`] turns a file into a [`Plugin`], or says
//! which check it failed. [`Plugin::call`] makes a fresh instance, lets it serve one call, and drops it. This is the
//! only place that names wasmtime.

mod answer;
mod bindings;
mod call;
mod candidate;
pub mod directory;
mod engine;
mod fault;
mod grant_file;
mod guest_log;
mod hidden;
mod imports;
mod limits;
mod load;
mod manifest;
mod memory;
mod output;
mod schema;
mod schema_cost;
mod state;
mod text;
mod wasi;

pub use answer::{Answer, Blob, Content, Failure, Resource, ResourceBody};
pub use call::Call;
pub use candidate::Candidate;
pub use directory::Contents;
pub use engine::{Runtime, RuntimeError};
pub use fault::Fault;
pub use grant_file::{GrantError, GrantFile};
pub use limits::TOOL_TIMEOUT;
pub use load::{Digest, LoadError, Loader, Plugin};
pub use manifest::{Annotations, ManifestError, Tool};
pub use schema::{Schema, SchemaError};
