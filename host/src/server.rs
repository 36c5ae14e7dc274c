//! The HTTP server: sockets, routes, who is calling, and status codes.

mod auth;
mod health;
mod listen;
mod origin;
mod refusal;
mod router;
mod v1;

pub use auth::Authenticator;
pub use health::Readiness;
pub use listen::{BindError, bind, is_loopback_only, serve};
pub use origin::{AllowList, OriginError};
pub use router::{App, router};
