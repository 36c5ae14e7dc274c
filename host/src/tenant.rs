//! Whose request this is: the API key as a type, the tenant that it makes, and the caller who holds it.

mod caller;
mod identity;
mod key;

pub use caller::{Caller, Credential};
pub use identity::{TenantId, TenantSecret, TenantSecretError};
pub use key::{ApiKey, KeyError};
