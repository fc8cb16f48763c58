//! How the database file is opened, and what its tables say of its format.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};

use super::damage::Damage;

/// The tables, embedded. A script that has landed is never edited; a new one is added.
pub static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a write waits while a backup or a virus scanner holds the file.
const BUSY: Duration = Duration::from_secs(30);

/// Where the database of a journal lies.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("journal.sqlite")
}

/// A connection that writes: write-ahead log, synced at every commit.
pub async fn write(database: &Path) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(database)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .pragma("secure_delete", "ON")
        .connect()
        .await
}

/// A connection that cannot write. `alone` is for a folder in which nobody can: SQLite then needs no files beside the database.
pub async fn read(database: &Path, alone: bool) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new()
        .filename(database)
        .read_only(true)
        .immutable(alone)
        .busy_timeout(BUSY)
        .connect()
        .await
}

/// What SQLite finds wrong with the file.
pub async fn integrity(connection: &mut SqliteConnection) -> Result<(), Damage> {
    let lines: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(5)")
        .fetch_all(connection)
        .await
        .map_err(|error| Damage::File(error.to_string()))?;
    match lines.as_slice() {
        [line] if line == "ok" => Ok(()),
        lines => Err(Damage::File(lines.join("; "))),
    }
}

/// The format of the file: the last script that made its tables, 0 for an empty file.
pub async fn format(connection: &mut SqliteConnection) -> Result<i64, Damage> {
    let tables = |error: sqlx::Error| Damage::Tables(error.to_string());
    let names: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
            .fetch_all(&mut *connection)
            .await
            .map_err(|error| Damage::File(error.to_string()))?;
    if names.is_empty() {
        return Ok(0);
    }
    if !names.iter().any(|name| name == "_sqlx_migrations") {
        return Err(Damage::Tables("its tables are others".into()));
    }
    let last: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await
        .map_err(tables)?;
    Ok(last.unwrap_or(0))
}

/// The newest format that this version knows.
pub fn known_format() -> i64 {
    MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap_or(0)
}
