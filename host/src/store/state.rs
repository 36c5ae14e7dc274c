//! Small values of plugins, in SQLite.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sqlx::{Row, SqliteConnection};

use super::error::StateError;
use super::quota::{KEY_BYTES_MAX, KEYS_MAX, KEYS_PER_PAGE, OWNER_BYTES_MAX, VALUE_BYTES_MAX};
use super::sqlite::StateStore;
use crate::json::Json;
use crate::tenant::{TenantId, UserId};

/// Whose values: those of one plugin for one tenant. There is no lookup without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The tenant.
    pub tenant: TenantId,
    /// The operator's name for the plugin.
    pub plugin: String,
}

/// Which of an owner's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Those of the tenant as a whole.
    Tenant,
    /// Those of one user token.
    User(UserId),
}

/// A value that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub value: Json,
    /// Rises with every write of its owner.
    pub version: u64,
}

/// What a write expects to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Anything.
    Any,
    /// Nothing, or nothing that is still valid.
    Absent,
    /// This version.
    Version(u64),
}

impl StateStore {
    /// The value of a key, if there is one that is still valid.
    ///
    /// # Errors
    /// The key is none, or the store failed.
    pub async fn get(&self, owner: &Owner, space: Space, key: &str) -> Result<Option<Entry>, StateError> {
        check_key(key)?;
        let mut connection = self.pool.acquire().await?;
        let row = select(&mut connection, owner, space, key).await?;
        Ok(row.map(|(value, version)| Entry { value: stored(&value), version }))
    }

    /// Writes a value and says its version.
    ///
    /// # Errors
    /// The key or the value cannot be kept, another version is there, the owner keeps too much, or the store failed.
    pub async fn set(
        &self,
        owner: &Owner,
        space: Space,
        key: &str,
        value: &Json,
        expected: Expected,
        ttl: Option<Duration>,
    ) -> Result<u64, StateError> {
        check_key(key)?;
        let value = value.as_str();
        if value.len() > VALUE_BYTES_MAX {
            return Err(StateError::TooLarge(value.len()));
        }
        let mut write = self.pool.begin_with("begin immediate").await?;
        forget_expired(&mut write, owner).await?;
        let found = select(&mut write, owner, space, key).await?;
        let version = found.as_ref().map_or(0, |(_, version)| *version);
        match expected {
            Expected::Absent if version != 0 => return Err(StateError::Conflict(version)),
            Expected::Version(expected) if expected != version => return Err(StateError::Conflict(version)),
            _ => {}
        }
        let (keys, bytes) = usage(&mut write, owner).await?;
        let freed = found.as_ref().map_or(0, |(value, _)| key.len() + value.len()) as u64;
        let keys = if found.is_some() { keys } else { keys + 1 };
        if keys > KEYS_MAX || bytes - freed + (key.len() + value.len()) as u64 > OWNER_BYTES_MAX {
            return Err(StateError::Quota);
        }
        let version = next_version(&mut write, owner).await?;
        sqlx::query(
            "insert into state (tenant, plugin, space, key, value, version, expires_ms) values (?, ?, ?, ?, ?, ?, ?)
             on conflict do update set value = excluded.value, version = excluded.version,
             expires_ms = excluded.expires_ms",
        )
        .bind(owner.tenant.to_string())
        .bind(&owner.plugin)
        .bind(space.label())
        .bind(key)
        .bind(value)
        .bind(signed(version))
        .bind(ttl.map(|ttl| now_ms().saturating_add(ttl.as_millis().try_into().unwrap_or(i64::MAX))))
        .execute(&mut *write)
        .await?;
        write.commit().await?;
        Ok(version)
    }

    /// Removes a key, and says whether there was one.
    ///
    /// # Errors
    /// The key is none, or the store failed.
    pub async fn remove(&self, owner: &Owner, space: Space, key: &str) -> Result<bool, StateError> {
        check_key(key)?;
        let removed = sqlx::query(
            "delete from state where tenant = ? and plugin = ? and space = ? and key = ?
             and (expires_ms is null or expires_ms > ?)",
        )
        .bind(owner.tenant.to_string())
        .bind(&owner.plugin)
        .bind(space.label())
        .bind(key)
        .bind(now_ms())
        .execute(&self.pool)
        .await?;
        Ok(removed.rows_affected() > 0)
    }

    /// Keys that begin with `prefix`, sorted, after `after`; at most [`KEYS_PER_PAGE`].
    ///
    /// # Errors
    /// The prefix could begin no key, or the store failed.
    pub async fn keys(
        &self,
        owner: &Owner,
        space: Space,
        prefix: &str,
        after: Option<&str>,
    ) -> Result<Vec<String>, StateError> {
        if !prefix.is_empty() {
            check_key(prefix)?;
        }
        let rows = sqlx::query(
            "select key from state where tenant = ? and plugin = ? and space = ? and key > ?
             and substr(key, 1, ?) = ? and (expires_ms is null or expires_ms > ?) order by key limit ?",
        )
        .bind(owner.tenant.to_string())
        .bind(&owner.plugin)
        .bind(space.label())
        .bind(after.unwrap_or_default())
        .bind(i64::try_from(prefix.len()).unwrap_or(i64::MAX))
        .bind(prefix)
        .bind(now_ms())
        .bind(KEYS_PER_PAGE)
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(|row| row.try_get(0).map_err(Into::into)).collect()
    }
}

impl Space {
    fn label(self) -> String {
        match self {
            Space::Tenant => String::new(),
            Space::User(user) => user.to_string(),
        }
    }
}

async fn select(
    connection: &mut SqliteConnection,
    owner: &Owner,
    space: Space,
    key: &str,
) -> sqlx::Result<Option<(String, u64)>> {
    let row = sqlx::query(
        "select value, version from state where tenant = ? and plugin = ? and space = ? and key = ?
         and (expires_ms is null or expires_ms > ?)",
    )
    .bind(owner.tenant.to_string())
    .bind(&owner.plugin)
    .bind(space.label())
    .bind(key)
    .bind(now_ms())
    .fetch_optional(connection)
    .await?;
    row.map(|row| Ok((row.try_get(0)?, unsigned(row.try_get(1)?)))).transpose()
}

/// What has run out counts against no quota.
async fn forget_expired(connection: &mut SqliteConnection, owner: &Owner) -> sqlx::Result<()> {
    sqlx::query("delete from state where tenant = ? and plugin = ? and expires_ms <= ?")
        .bind(owner.tenant.to_string())
        .bind(&owner.plugin)
        .bind(now_ms())
        .execute(connection)
        .await
        .map(|_| ())
}

/// Keys and bytes that an owner keeps. At most a thousand rows are counted.
async fn usage(connection: &mut SqliteConnection, owner: &Owner) -> sqlx::Result<(u64, u64)> {
    let row = sqlx::query(
        "select count(*), coalesce(sum(length(key) + octet_length(value)), 0) from state
         where tenant = ? and plugin = ?",
    )
    .bind(owner.tenant.to_string())
    .bind(&owner.plugin)
    .fetch_one(connection)
    .await?;
    Ok((unsigned(row.try_get(0)?), unsigned(row.try_get(1)?)))
}

async fn next_version(connection: &mut SqliteConnection, owner: &Owner) -> sqlx::Result<u64> {
    let version: i64 = sqlx::query_scalar(
        "insert into state_version (tenant, plugin, version) values (?, ?, 1)
         on conflict do update set version = version + 1 returning version",
    )
    .bind(owner.tenant.to_string())
    .bind(&owner.plugin)
    .fetch_one(connection)
    .await?;
    Ok(unsigned(version))
}

fn check_key(key: &str) -> Result<(), StateError> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_.:/-".contains(&b);
    if (1..=KEY_BYTES_MAX).contains(&key.len()) && key.bytes().all(plain) {
        return Ok(());
    }
    Err(StateError::InvalidKey)
}

/// What stands in the file was checked when it was written; what somebody else wrote there is null.
fn stored(value: &str) -> Json {
    Json::parse(value, VALUE_BYTES_MAX).unwrap_or_else(|_| Json::null())
}

/// SQLite counts with signs; versions and sizes never reach them.
fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn now_ms() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since_epoch.as_millis().try_into().unwrap_or(i64::MAX)
}
