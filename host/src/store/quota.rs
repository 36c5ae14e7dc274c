//! How much a plugin may keep for one tenant.

/// Bytes of a key. Room for a UUID under a few names.
pub const KEY_BYTES_MAX: usize = 128;
/// Bytes of one value. State is bookkeeping, and what is large belongs to Xyte.
pub const VALUE_BYTES_MAX: usize = 64 << 10;
/// Keys of one plugin for one tenant, over all its user tokens, since a caller invents tokens at will.
pub const KEYS_MAX: u64 = 1_000;
/// Bytes of keys and values of one plugin for one tenant, over all its user tokens.
pub const OWNER_BYTES_MAX: u64 = 1 << 20;
/// Keys that one listing returns.
pub const KEYS_PER_PAGE: u32 = 100;
