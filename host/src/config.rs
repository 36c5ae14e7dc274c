//! Strict, typed settings.
//!
//! A setting has one name, an environment variable's ([`setting::ALL`]). Its value comes, in this order, from the
//! command line, the process environment, a file given by `--env-file`, a TOML file given by `--config`, or its
//! default. Nothing is read from the working directory. A value that makes no sense, and a name that nobody knows,
//! is an error that names the setting, where it was found, and what would be right.

mod base_url;
mod env_file;
mod error;
mod file;
mod origin;
pub mod setting;
mod settings;
mod sources;

pub(crate) use base_url::is_loopback;
pub use base_url::{BaseUrl, DEFAULT_BASE_URL};
pub use error::ConfigError;
pub use origin::Origin;
pub use settings::{ListenAddress, Settings, Tenancy};
pub use sources::Sources;
