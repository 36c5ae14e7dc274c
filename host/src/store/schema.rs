//! The tables.

/// Run at every start; each statement may run again. `space` is empty for the tenant's own, else a user's id.
/// `state_version` counts the writes of one owner, so that a version never returns, not even after a removal.
pub(super) const STATEMENTS: [&str; 2] = [
    "create table if not exists state (
        tenant text not null,
        plugin text not null,
        space text not null,
        key text not null,
        value text not null,
        version integer not null,
        expires_ms integer,
        primary key (tenant, plugin, space, key)
    ) without rowid",
    "create table if not exists state_version (
        tenant text not null,
        plugin text not null,
        version integer not null,
        primary key (tenant, plugin)
    ) without rowid",
];

/// What is written into the file's header: the version of these tables. A file of a newer one is not touched.
pub(super) const VERSION: i64 = 1;
