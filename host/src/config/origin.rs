//! Where a value comes from.

use std::fmt;
use std::path::PathBuf;

/// Where a value was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// An argument.
    CommandLine,
    /// The process environment.
    Environment,
    /// The file given by `--env-file`.
    EnvFile(PathBuf),
    /// The file given by `--config`.
    File(PathBuf),
    /// Nowhere: the default holds.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::CommandLine => f.write_str("from the command line"),
            Origin::Environment => f.write_str("from the environment"),
            Origin::EnvFile(path) | Origin::File(path) => write!(f, "from {}", path.display()),
            Origin::Default => f.write_str("the default"),
        }
    }
}
