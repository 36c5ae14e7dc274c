//! Plugins: WebAssembly components, loaded, limited, and run once per call.
//!
//! [`Runtime`] is the engine with everything a guest may import. [`Loader`] turns a file into a [`Plugin`], or says
//! which check it failed. [`Plugin::call`] makes a fresh instance, lets it serve one call, and drops it. This is the
//! only place that names wasmtime.

mod answer;
mod bindings;
mod call;
mod call_state;
mod candidate;
mod change;
mod completion;
mod contract;
mod describe;
pub mod directory;
mod ended;
mod engine;
mod exchange;
mod exports;
mod fault;
mod file;
mod grant_file;
mod guest_log;
mod header_hints;
mod hidden;
mod imports;
mod interfaces;
mod limits;
mod load;
mod load_error;
mod loaded;
mod manifest;
mod memory;
mod meter;
mod output;
mod prompt;
mod question;
mod resource;
mod schema;
mod schema_cost;
mod serve;
mod settings;
mod text;
mod uri_template;
mod wasi;
mod wasi_stubs;

pub use answer::{Answer, Blob, Content, Failure, Resource, ResourceBody};
pub use call::Call;
pub use candidate::Candidate;
pub use change::{Change, Changes, Listener};
pub use completion::{Completion, Target};
pub use directory::Contents;
pub use ended::{Declined, Ended};
pub use engine::{Runtime, RuntimeError};
pub use exchange::{Exchange, Report, Reports};
pub use fault::Fault;
pub use grant_file::{GrantError, GrantFile, GrantedRoutes};
pub use interfaces::{Interfaces, InterfacesError};
pub use limits::TOOL_TIMEOUT;
pub use load::{Loader, is_plugin_name};
pub use load_error::LoadError;
pub use loaded::{Digest, Plugin};
pub use manifest::{Annotations, ManifestError, TaskSupport, Tool};
pub use meter::Meter;
pub use prompt::{Messages, Prompt, PromptArgument, Role};
pub use question::{InputRequest, Question};
pub use resource::{Contents as ResourceContents, Page, RESERVED_SCHEMES, Served};
pub use schema::{Schema, SchemaError};
pub use uri_template::UriTemplate;
