//! What the store says when it cannot.

use std::path::PathBuf;

use super::quota::{KEY_BYTES_MAX, KEYS_MAX, OWNER_BYTES_MAX, VALUE_BYTES_MAX};

/// Why nothing was read or written.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// A value is too large.
    #[error("a value has at most {VALUE_BYTES_MAX} bytes; this one has {0}")]
    TooLarge(usize),
    /// The owner keeps too much.
    #[error("a plugin keeps at most {KEYS_MAX} keys and {OWNER_BYTES_MAX} bytes for one tenant")]
    Quota,
    /// Another version is there; 0 means that there is none.
    #[error("the value changed meanwhile; its version is {0}")]
    Conflict(u64),
    /// The key is not one.
    #[error("a key has 1 to {KEY_BYTES_MAX} of the characters A-Z a-z 0-9 _ . : / -")]
    InvalidKey(String),
    /// The store failed; what it said is for the operator.
    #[error("the store cannot be reached")]
    Unavailable(#[from] sqlx::Error),
}

/// The store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or created.
    #[error("{path}: the state of plugins cannot be opened; check XYTE_DATA_DIR")]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: sqlx::Error,
    },
    /// A newer host wrote it.
    #[error(
        "{path}: was written by a newer xyte-mcp (format {found}, this one knows {known}); use that one, or another \
         XYTE_DATA_DIR"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// Ours.
        known: i64,
    },
}
