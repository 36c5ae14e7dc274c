//! Whose request this is: the API key as a type, the tenant that it makes, and the caller who holds it.

mod caller;
mod identity;
mod key;
mod user_token;

pub use caller::{Caller, Credential};
pub use identity::{SealingKey, TenantId, TenantSecret, TenantSecretError, UserId};
pub use key::{ApiKey, KeyError};
pub use user_token::{UserToken, UserTokenError};
