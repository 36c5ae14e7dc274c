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
    Err(StateError::InvalidKey(key.to_owned()))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tenant::{ApiKey, TenantSecret, UserToken};

    struct Kit {
        store: StateStore,
        secret: TenantSecret,
    }

    impl Kit {
        async fn new() -> Kit {
            Kit { store: StateStore::in_memory().await.unwrap(), secret: TenantSecret::random() }
        }

        fn owner(&self, key: &str, plugin: &str) -> Owner {
            let tenant = self.secret.tenant_of(&ApiKey::parse(key).unwrap());
            Owner { tenant, plugin: plugin.to_owned() }
        }

        async fn set(&self, owner: &Owner, key: &str, value: &str) -> Result<u64, StateError> {
            self.store.set(owner, Space::Tenant, key, &json(value), Expected::Any, None).await
        }

        async fn get(&self, owner: &Owner, key: &str) -> Option<String> {
            let entry = self.store.get(owner, Space::Tenant, key).await.unwrap();
            entry.map(|entry| entry.value.into_string())
        }
    }

    fn json(text: &str) -> Json {
        Json::parse(text, usize::MAX).unwrap()
    }

    #[tokio::test]
    async fn a_value_belongs_to_tenant_plugin_and_space() {
        let kit = Kit::new().await;
        let owners = [kit.owner("a", "p"), kit.owner("a", "q"), kit.owner("b", "p")];
        for (n, owner) in owners.iter().enumerate() {
            kit.set(owner, "k", &n.to_string()).await.unwrap();
        }
        let user = kit.secret.user_of(&owners[0].tenant, &UserToken::parse("ann").unwrap());
        let own = Space::User(user);
        assert!(kit.store.get(&owners[0], own, "k").await.unwrap().is_none());
        kit.store.set(&owners[0], own, "k", &json("9"), Expected::Absent, None).await.unwrap();
        for (n, owner) in owners.iter().enumerate() {
            assert_eq!(kit.get(owner, "k").await, Some(n.to_string()));
        }
        assert!(kit.store.remove(&owners[0], Space::Tenant, "k").await.unwrap());
        assert!(!kit.store.remove(&owners[0], Space::Tenant, "k").await.unwrap());
        assert_eq!(kit.get(&owners[0], "k").await, None);
        assert_eq!(kit.store.get(&owners[0], own, "k").await.unwrap().unwrap().value.as_str(), "9");
    }

    #[tokio::test]
    async fn a_version_is_never_used_twice() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        let set =
            async |expected| kit.store.set(&owner, Space::Tenant, "k", &json("1"), expected, None).await;
        let first = set(Expected::Absent).await.unwrap();
        assert!(matches!(set(Expected::Absent).await, Err(StateError::Conflict(found)) if found == first));
        let second = set(Expected::Version(first)).await.unwrap();
        assert!(second > first);
        assert!(
            matches!(set(Expected::Version(first)).await, Err(StateError::Conflict(found)) if found == second)
        );
        kit.store.remove(&owner, Space::Tenant, "k").await.unwrap();
        assert!(matches!(set(Expected::Version(second)).await, Err(StateError::Conflict(0))));
        assert!(set(Expected::Absent).await.unwrap() > second, "also after a removal");
    }

    #[tokio::test]
    async fn of_many_writers_who_expect_the_same_one_wins() {
        let dir = tempfile::tempdir().unwrap();
        let store = StateStore::open(dir.path()).await.unwrap();
        let kit = Kit { store, secret: TenantSecret::random() };
        let owner = kit.owner("a", "p");
        let write = |_| {
            let (store, owner) = (kit.store.clone(), owner.clone());
            tokio::spawn(async move {
                store.set(&owner, Space::Tenant, "k", &json("1"), Expected::Absent, None).await.is_ok()
            })
        };
        let writers: Vec<_> = (0..20).map(write).collect();
        let mut winners = 0;
        for writer in writers {
            winners += u32::from(writer.await.unwrap());
        }
        assert_eq!(winners, 1);
    }

    #[tokio::test]
    async fn keys_and_values_are_bounded() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        let (longest, longer) = ("k".repeat(KEY_BYTES_MAX), "k".repeat(KEY_BYTES_MAX + 1));
        for good in ["a", "A-z_0.9:/", &longest] {
            kit.set(&owner, good, "1").await.unwrap();
        }
        for bad in ["", " ", "a b", "ä", "a\n", "a%", &longer] {
            assert!(matches!(kit.set(&owner, bad, "1").await, Err(StateError::InvalidKey(_))), "{bad:?}");
        }
        let value = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
        kit.set(&owner, "a", &value(VALUE_BYTES_MAX)).await.unwrap();
        let refused = kit.set(&owner, "a", &value(VALUE_BYTES_MAX + 1)).await;
        assert!(matches!(refused, Err(StateError::TooLarge(_))));
    }

    #[tokio::test]
    async fn a_full_owner_may_still_change_and_remove() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        for n in 0..KEYS_MAX {
            kit.set(&owner, &format!("k{n}"), "1").await.unwrap();
        }
        assert!(matches!(kit.set(&owner, "more", "1").await, Err(StateError::Quota)));
        kit.set(&owner, "k0", "2").await.unwrap();
        kit.set(&kit.owner("b", "p"), "more", "1").await.unwrap();
        kit.store.remove(&owner, Space::Tenant, "k0").await.unwrap();
        kit.set(&owner, "more", "1").await.unwrap();
    }

    #[tokio::test]
    async fn bytes_count_as_they_are_kept() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        let value = format!("\"{}\"", "ä".repeat((VALUE_BYTES_MAX - 2) / 2));
        let mut kept = 0;
        while kit.set(&owner, &format!("k{kept}"), &value).await.is_ok() {
            kept += 1;
        }
        assert_eq!(kept, OWNER_BYTES_MAX / VALUE_BYTES_MAX as u64 - 1, "the keys take room too");
        kit.set(&owner, "k0", &value).await.unwrap();
    }

    #[tokio::test]
    async fn what_has_run_out_is_gone_and_counts_no_more() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        let gone = Some(Duration::ZERO);
        for n in 0..KEYS_MAX {
            let key = format!("k{n}");
            kit.store.set(&owner, Space::Tenant, &key, &json("1"), Expected::Any, gone).await.unwrap();
            assert_eq!(kit.get(&owner, &key).await, None);
        }
        kit.store.set(&owner, Space::Tenant, "k0", &json("1"), Expected::Absent, None).await.unwrap();
        assert!(!kit.store.remove(&owner, Space::Tenant, "k1").await.unwrap());
        assert_eq!(kit.store.keys(&owner, Space::Tenant, "", None).await.unwrap(), ["k0"]);
        let long = Some(Duration::from_secs(3600));
        kit.store.set(&owner, Space::Tenant, "k2", &json("1"), Expected::Any, long).await.unwrap();
        assert!(kit.get(&owner, "k2").await.is_some());
    }

    #[tokio::test]
    async fn keys_are_listed_page_by_page_under_a_prefix_that_means_itself() {
        let kit = Kit::new().await;
        let owner = kit.owner("a", "p");
        for n in 0..KEYS_PER_PAGE + 5 {
            kit.set(&owner, &format!("room/{n:03}"), "1").await.unwrap();
        }
        kit.set(&owner, "r_om/1", "1").await.unwrap();
        let list = async |prefix, after| kit.store.keys(&owner, Space::Tenant, prefix, after).await.unwrap();
        let first = list("room/", None).await;
        assert_eq!(first.len(), KEYS_PER_PAGE as usize);
        let rest = list("room/", first.last().map(String::as_str)).await;
        assert_eq!(rest, ["room/100", "room/101", "room/102", "room/103", "room/104"]);
        assert_eq!(list("r_om", None).await, ["r_om/1"]);
        assert!(list("none", None).await.is_empty());
        assert!(kit.store.keys(&owner, Space::Tenant, "a%", None).await.is_err());
    }

    #[tokio::test]
    async fn state_outlives_the_process_and_its_file_is_private() {
        let dir = tempfile::tempdir().unwrap();
        let secret = TenantSecret::random();
        let owner = Owner { tenant: secret.tenant_of(&ApiKey::parse("a").unwrap()), plugin: "p".into() };
        for value in ["1", "2"] {
            let store = StateStore::open(dir.path()).await.unwrap();
            let before = store.get(&owner, Space::Tenant, "k").await.unwrap();
            assert_eq!(before.is_some(), value == "2");
            store.set(&owner, Space::Tenant, "k", &json(value), Expected::Any, None).await.unwrap();
            store.pool.close().await;
        }
        #[cfg(unix)]
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            use std::os::unix::fs::PermissionsExt as _;
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", entry.path());
        }
    }

    #[tokio::test]
    async fn a_file_that_is_none_of_ours_is_reported_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("state.sqlite");
        std::fs::write(&path, "not a database, and longer than the header of one would have to be").unwrap();
        let error = StateStore::open(dir.path()).await.unwrap_err().to_string();
        assert!(error.contains("state.sqlite") && error.contains("XYTE_DATA_DIR"), "{error}");
        assert!(std::fs::read_to_string(&path).unwrap().starts_with("not a database"));
        std::fs::remove_file(&path).unwrap();
        let store = StateStore::open(dir.path()).await.unwrap();
        sqlx::query("pragma user_version = 99").execute(&store.pool).await.unwrap();
        store.pool.close().await;
        let error = StateStore::open(dir.path()).await.unwrap_err().to_string();
        assert!(error.contains("newer xyte-mcp (format 99"), "{error}");
    }
}
