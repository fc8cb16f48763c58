//! Opening a journal: who may write, is it whole, is it of a format that we know.

use std::path::Path;
use std::time::Duration;

use sqlx::SqliteConnection;
use sqlx::migrate::MigrateError;
use tokio::sync::Mutex;

use super::chain::{Chain, End};
use super::damage::{Damage, OpenError, ReadOnlyBecause};
use super::lock::{self, Lock};
use super::mark::{self, Mark};
use super::row::{self, Row, Walk};
use super::writer::Writer;
use super::{Opened, Rescued, Source, SqliteJournal, database};
use crate::folder;

/// How often the lock is asked for again before another instance is believed in.
const LOCK_TRIES: u32 = 5;

/// The time between.
const LOCK_PAUSE: Duration = Duration::from_millis(50);

pub async fn open(folder: &Path, key: &[u8; 32]) -> Result<Opened, OpenError> {
    let unusable = |source| OpenError::Folder {
        folder: folder.into(),
        source,
    };
    if let Err(error) = folder::private(folder) {
        return Err(unusable(error));
    }
    let chain = Chain::new(key);
    let mut lock = lock::take(folder).map_err(unusable)?;
    // A program that this process is just starting holds a copy of the lock for a moment, until it runs.
    for _ in 0..LOCK_TRIES {
        if !matches!(lock, Lock::Theirs) {
            break;
        }
        tokio::time::sleep(LOCK_PAUSE).await;
        lock = lock::take(folder).map_err(unusable)?;
    }
    match lock {
        Lock::Ours(lock) => ours(folder, chain, lock).await,
        Lock::Theirs => theirs(folder).await,
        Lock::Unwritable(error) => unwritable(folder, chain, error.to_string()).await,
    }
}

async fn ours(folder: &Path, chain: Chain, lock: std::fs::File) -> Result<Opened, OpenError> {
    let path = database::path(folder);
    let made = folder::private_file(&path).and_then(|_| Mark::open(folder, chain.clone()));
    let mark = match made {
        Ok(mark) => mark,
        Err(error) if !path.exists() => return Err(OpenError::CannotMake(error.to_string())),
        Err(error) => return unwritable(folder, chain, error.to_string()).await,
    };
    // Looked at before it is opened for writing: closing a writer would fold the write-ahead log into a damaged file.
    let mut reader = match database::read(&path, false).await {
        Ok(reader) => reader,
        Err(error) => return not_opened(folder, chain, error).await,
    };
    let end = match whole(&mut reader, folder, &chain).await? {
        Ok(end) => end,
        Err(damage) => {
            drop(reader);
            return Ok(rescued(folder, &chain, damage).await);
        }
    };
    drop(reader);
    let mut connection = match database::write(&path).await {
        Ok(connection) => connection,
        Err(error) => return not_opened(folder, chain, error).await,
    };
    let end = match prepare(&mut connection, &chain, end).await {
        Ok(end) => end,
        Err(error) => return not_opened(folder, chain, error).await,
    };
    Ok(Opened::Writable(SqliteJournal {
        source: Source::Live {
            reader: Mutex::new(database::read(&path, false).await?),
            writer: Some(Writer::new(path, connection, chain, end, mark)),
        },
        because: None,
        _lock: Some(lock),
    }))
}

/// Makes what a new journal lacks. An old one is brought to this version's format.
async fn prepare(
    connection: &mut SqliteConnection,
    chain: &Chain,
    end: Option<End>,
) -> Result<End, sqlx::Error> {
    database::MIGRATIONS
        .run_direct(None, connection, false)
        .await
        .map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error,
            other => sqlx::Error::Migrate(Box::new(other)),
        })?;
    match end {
        Some(end) => Ok(end),
        None => {
            row::begin(connection, &chain.vouch("head", &End::START)).await?;
            Ok(End::START)
        }
    }
}

/// Whether the file is whole, and where it ends; none for a new one.
async fn whole(
    connection: &mut SqliteConnection,
    folder: &Path,
    chain: &Chain,
) -> Result<Result<Option<End>, Damage>, OpenError> {
    if let Err(damage) = database::integrity(connection).await {
        return Ok(Err(damage));
    }
    let format = match database::format(connection).await {
        Ok(format) => format,
        Err(damage) => return Ok(Err(damage)),
    };
    let known = database::known_format();
    if format > known {
        return Err(OpenError::Newer {
            found: format,
            known,
        });
    }
    let (end, head) = if format == 0 {
        (End::START, None)
    } else {
        let verified = match row::verify(connection, chain).await {
            Ok(verified) => verified,
            Err(error) => return Ok(Err(Damage::Tables(error.to_string()))),
        };
        let end = match verified {
            Ok(end) => end,
            Err(damage) => return Ok(Err(damage)),
        };
        match row::head(connection).await {
            Ok(head) => (end, head),
            Err(error) => return Ok(Err(Damage::Tables(error.to_string()))),
        }
    };
    let missing = Err(Damage::EndMissing { last: end.seq });
    let marked = mark::read(folder, chain);
    if marked.is_some_and(|marked| marked.seq > end.seq) {
        return Ok(missing);
    }
    Ok(match head {
        Some((seq, mac)) if seq == end.seq && Chain::same(&mac, &chain.vouch("head", &end)) => {
            Ok(Some(end))
        }
        // Killed between the tables and the first head: nothing was ever written.
        None if end == End::START && marked.is_none() => Ok(None),
        _ => missing,
    })
}

/// Another instance writes: we see what it has committed, as it goes on.
async fn theirs(folder: &Path) -> Result<Opened, OpenError> {
    let path = database::path(folder);
    if !path.exists() {
        return Err(OpenError::CannotMake(
            ReadOnlyBecause::OtherInstance.to_string(),
        ));
    }
    let mut reader = database::read(&path, false).await?;
    let known = database::known_format();
    match database::format(&mut reader).await {
        Ok(found) if found > known => Err(OpenError::Newer { found, known }),
        // It is just being made.
        Ok(0) => Err(OpenError::CannotMake(
            ReadOnlyBecause::OtherInstance.to_string(),
        )),
        Ok(_) => Ok(Opened::read_only(
            Source::Live {
                reader: Mutex::new(reader),
                writer: None,
            },
            ReadOnlyBecause::OtherInstance,
        )),
        Err(damage) => Ok(Opened::read_only(
            Source::Rescued(Vec::new()),
            damage.into(),
        )),
    }
}

/// Nothing can be written here: what is there is read, if it is whole.
async fn unwritable(folder: &Path, chain: Chain, why: String) -> Result<Opened, OpenError> {
    let path = database::path(folder);
    if !path.exists() {
        return Err(OpenError::CannotMake(why));
    }
    let mut reader = match readable(&path).await {
        Ok(reader) => reader,
        Err(damage) => return Ok(rescued(folder, &chain, damage).await),
    };
    match whole(&mut reader, folder, &chain).await? {
        Ok(Some(_)) => Ok(Opened::read_only(
            Source::Live {
                reader: Mutex::new(reader),
                writer: None,
            },
            ReadOnlyBecause::Folder(why),
        )),
        Ok(None) => Err(OpenError::CannotMake(why)),
        Err(damage) => Ok(rescued(folder, &chain, damage).await),
    }
}

/// A connection that can read where nothing can be written. Files that a killed process left beside the database
/// hold its last entries, so they are tried first; where there are none SQLite has to be told that it is alone.
async fn readable(path: &Path) -> Result<SqliteConnection, Damage> {
    if let Ok(mut reader) = database::read(path, false).await
        && database::format(&mut reader).await.is_ok()
    {
        return Ok(reader);
    }
    database::read(path, true)
        .await
        .map_err(|error| Damage::File(error.to_string()))
}

/// SQLite refused the file. Damage is read as far as it goes; the rest is the disk's.
async fn not_opened(folder: &Path, chain: Chain, error: sqlx::Error) -> Result<Opened, OpenError> {
    // SQLITE_CORRUPT and SQLITE_NOTADB: https://www.sqlite.org/rescode.html
    let code = error
        .as_database_error()
        .and_then(|said| said.code())
        .and_then(|code| code.parse::<i32>().ok())
        .map(|code| code & 0xff);
    match code {
        Some(11 | 26) => {
            let damage = Damage::File(error.to_string());
            Ok(rescued(folder, &chain, damage).await)
        }
        Some(_) => unwritable(folder, chain, error.to_string()).await,
        None => Err(error.into()),
    }
}

/// What can be read is taken into memory. The lock is not kept: nobody writes a damaged journal, and setting it aside
/// asks for the lock anew.
async fn rescued(folder: &Path, chain: &Chain, damage: Damage) -> Opened {
    let path = database::path(folder);
    let mut rows: Vec<Row> = Vec::new();
    for alone in [false, true] {
        if let Ok(mut connection) = database::read(&path, alone).await {
            rows = row::rescue(&mut connection).await;
        }
        if !rows.is_empty() {
            break;
        }
    }
    let mut walk = Walk::new(chain);
    let mut unbroken = true;
    let rows = rows
        .into_iter()
        .map(|row| {
            unbroken = unbroken && walk.step(&row).is_ok();
            Rescued {
                as_written: unbroken,
                row,
            }
        })
        .collect();
    Opened::read_only(Source::Rescued(rows), damage.into())
}
