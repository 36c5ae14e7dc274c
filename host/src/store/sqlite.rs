//! The embedded store's file.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};

use super::error::StoreError;
use super::schema;

/// The file in the data directory.
const FILE: &str = "state.sqlite";
/// Connections: one writes at a time, the others read.
const CONNECTIONS_MAX: u32 = 4;
/// How long a write waits for another. Writes take less than a millisecond; a second process may hold the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Plugins' state. Cheap to clone.
#[derive(Debug, Clone)]
pub struct StateStore {
    pub(super) pool: SqlitePool,
}

impl StateStore {
    /// Opens the store in the data directory; creates both when they are missing, the file for its owner alone.
    ///
    /// # Errors
    /// The directory cannot be written, or the file is none of ours.
    pub async fn open(data_dir: &Path) -> Result<StateStore, StoreError> {
        let path = data_dir.join(FILE);
        let open = |source: sqlx::Error| StoreError::Open { path: path.clone(), source };
        create_private(data_dir, &path).map_err(|error| open(sqlx::Error::Io(error)))?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .busy_timeout(BUSY_TIMEOUT);
        let pool = SqlitePoolOptions::new().max_connections(CONNECTIONS_MAX).connect_with(options).await;
        let store = StateStore { pool: pool.map_err(open)? };
        let found = store.prepare().await.map_err(open)?;
        if found > schema::VERSION {
            return Err(StoreError::Newer { path, found, known: schema::VERSION });
        }
        Ok(store)
    }

    /// A store that is gone with the process.
    ///
    /// # Errors
    /// SQLite cannot be used here.
    pub async fn in_memory() -> Result<StateStore, StoreError> {
        let open = |source| StoreError::Open { path: ":memory:".into(), source };
        // Each connection to memory is a database of its own, so there is one, and it is never given up.
        let pool = SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect("sqlite::memory:").await.map_err(open)?;
        let store = StateStore { pool };
        store.prepare().await.map_err(open)?;
        Ok(store)
    }

    /// Creates what is missing, and says which format the file has.
    async fn prepare(&self) -> sqlx::Result<i64> {
        let found: i64 = sqlx::query_scalar("pragma user_version").fetch_one(&self.pool).await?;
        if found > schema::VERSION {
            return Ok(found);
        }
        for statement in schema::STATEMENTS {
            sqlx::query(statement).execute(&self.pool).await?;
        }
        if found < schema::VERSION {
            let set = format!("pragma user_version = {}", schema::VERSION);
            sqlx::query(sqlx::AssertSqlSafe(set)).execute(&self.pool).await?;
        }
        Ok(schema::VERSION)
    }
}

/// The file, empty, readable by its owner alone, before SQLite opens it; its companions inherit the mode.
fn create_private(data_dir: &Path, path: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(data_dir)?;
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ())
}
