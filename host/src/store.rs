//! What must survive a restart: plugins' state, by tenant.
//!
//! Nothing is looked up without a tenant. The store is one SQLite file in the data directory.

mod error;
mod quota;
mod schema;
mod sqlite;
mod state;

pub use error::{StateError, StoreError};
pub use quota::{KEY_BYTES_MAX, KEYS_MAX, KEYS_PER_PAGE, OWNER_BYTES_MAX, VALUE_BYTES_MAX};
pub use sqlite::StateStore;
pub use state::{Entry, Expected, Owner, Space};
