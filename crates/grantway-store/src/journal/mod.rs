//! The journal of one person: one SQLite file that one instance writes.
//!
//! An append returns when the entry survives a power cut. Every row is chained to the one before it with a key
//! from the vault, so a journal that somebody or something has changed is noticed when it is opened, and is then
//! open for reading only. What the chain cannot notice: a whole folder that was put back to an older copy.
//!
//! **Queries** are checked when the crate is compiled, against the data in `.sqlx`. After a change to a query or
//! a migration `cargo xtask codegen` writes that data anew. By hand: make a SQLite file, apply `migrations/*.sql`
//! to it, then run `cargo check -p grantway-store` with `DATABASE_URL=sqlite://FILE`, `SQLX_OFFLINE=false` and
//! `SQLX_OFFLINE_DIR` naming the `.sqlx` folder of this crate (both absolute), after a change to a source file,
//! because cargo does not watch `DATABASE_URL`.

mod chain;
mod damage;
mod database;
mod export;
mod lock;
mod mark;
mod open;
mod row;
mod writer;

pub use damage::{Damage, OpenError, ReadOnlyBecause, SetAsideError};
pub use export::ExportError;

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use grantway_core::Timestamp;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, Journal, JournalError, Recorded};
use sqlx::SqliteConnection;
use tokio::sync::Mutex;

use lock::Lock;
use row::Row;
use writer::Writer;

/// What opening a journal gave.
pub enum Opened {
    /// It is whole, and ours to write.
    Writable(SqliteJournal),
    /// It can be read; nothing is written.
    ReadOnly {
        /// What can be read.
        journal: SqliteJournal,
        /// Why it is so.
        because: ReadOnlyBecause,
    },
}

impl Opened {
    fn read_only(source: Source, because: ReadOnlyBecause) -> Self {
        Opened::ReadOnly {
            journal: SqliteJournal {
                source,
                because: Some(because.clone()),
                _lock: None,
            },
            because,
        }
    }

    /// The journal, however it was opened. A write to one that is open for reading only is refused.
    pub fn into_journal(self) -> SqliteJournal {
        match self {
            Opened::Writable(journal) | Opened::ReadOnly { journal, .. } => journal,
        }
    }
}

/// A journal in a folder: `journal.sqlite`, with SQLite's own files, `journal.mark` and `journal.lock` beside it.
pub struct SqliteJournal {
    source: Source,
    because: Option<ReadOnlyBecause>,
    /// Held as long as the journal lives.
    _lock: Option<std::fs::File>,
}

enum Source {
    Live {
        reader: Mutex<SqliteConnection>,
        writer: Option<Writer>,
    },
    Rescued(Vec<Rescued>),
}

/// A row of a damaged journal.
struct Rescued {
    row: Row,
    /// It and all rows before it are as they were written.
    as_written: bool,
}

impl SqliteJournal {
    /// Opens the journal of a folder, or makes a new one. `key` is the chain's key, from the vault
    /// ([`crate::Vault::key`]); the folder is made for its owner alone.
    ///
    /// Boxed, so that a future which holds it can change threads whatever it borrows.
    pub fn open<'a>(
        folder: &'a Path,
        key: &'a [u8; 32],
    ) -> BoxFuture<'a, Result<Opened, OpenError>> {
        Box::pin(open::open(folder, key))
    }

    /// Moves a journal's files into a new folder beside them, named after the moment, so that a new journal can be
    /// begun; gives that folder. For a damaged journal that a person has exported: nothing is deleted, and nothing is
    /// moved while another instance has the journal open.
    pub fn set_aside(folder: &Path, now: Timestamp) -> Result<PathBuf, SetAsideError> {
        let _held = match lock::take(folder)? {
            Lock::Ours(lock) => lock,
            Lock::Theirs => return Err(SetAsideError::InUse),
            Lock::Unwritable(error) => return Err(error.into()),
        };
        let aside = aside(folder, now)?;
        let names = [
            "journal.mark",
            "journal.sqlite-shm",
            "journal.sqlite-wal",
            "journal.sqlite",
        ];
        for name in names {
            if folder.join(name).exists() {
                std::fs::rename(folder.join(name), aside.join(name))?;
            }
        }
        Ok(aside)
    }

    /// Why nothing can be written, if that is so.
    pub fn read_only(&self) -> Option<&ReadOnlyBecause> {
        self.because.as_ref()
    }
}

/// A folder that is not there yet: what was set aside before stays whole.
fn aside(folder: &Path, now: Timestamp) -> std::io::Result<PathBuf> {
    let first = folder.join(format!("journal-set-aside-{}", now.as_second()));
    let mut aside = first.clone();
    let mut number = 2;
    while aside.exists() {
        aside.clone_from(&first);
        aside.as_mut_os_string().push(format!("-{number}"));
        number += 1;
    }
    crate::folder::private(&aside)?;
    Ok(aside)
}

impl std::fmt::Debug for SqliteJournal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteJournal")
            .field("read_only", &self.because)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn append(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entry: &Entry,
    ) -> Result<Recorded, JournalError> {
        let mut stored = self
            .append_all(at, setup, std::slice::from_ref(entry))
            .await?;
        stored
            .pop()
            .ok_or_else(|| JournalError::CannotWrite("nothing was stored".into()))
    }

    async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        match (&self.source, &self.because) {
            (
                Source::Live {
                    writer: Some(writer),
                    ..
                },
                None,
            ) => writer.append_all(at, setup, entries).await,
            (_, Some(because)) => Err(JournalError::ReadOnly(because.to_string())),
            (_, None) => Err(JournalError::ReadOnly("it was opened to be read".into())),
        }
    }

    async fn entries(&self, setup: &SetupId) -> Result<Vec<Recorded>, JournalError> {
        match &self.source {
            Source::Live { reader, .. } => row::of_setup(&mut *reader.lock().await, setup.as_str())
                .await
                .map_err(damaged)?
                .iter()
                .map(|row| row.recorded().map_err(damaged))
                .collect(),
            // What cannot be understood is in the export; the rest is shown.
            Source::Rescued(rows) => Ok(rows
                .iter()
                .filter_map(|rescued| rescued.row.recorded().ok())
                .filter(|recorded| &recorded.setup == setup)
                .collect()),
        }
    }

    async fn since(&self, place: u64) -> Result<Vec<Recorded>, JournalError> {
        // No row has a place beyond what SQLite counts.
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        match &self.source {
            Source::Live { reader, .. } => row::since(&mut *reader.lock().await, place)
                .await
                .map_err(damaged)?
                .iter()
                .map(|row| row.recorded().map_err(damaged))
                .collect(),
            Source::Rescued(rows) => Ok(rows
                .iter()
                .filter(|rescued| rescued.row.seq > place)
                .filter_map(|rescued| rescued.row.recorded().ok())
                .collect()),
        }
    }

    async fn setups(&self) -> Result<Vec<SetupId>, JournalError> {
        match &self.source {
            Source::Live { reader, .. } => row::setups(&mut *reader.lock().await)
                .await
                .map_err(damaged)?
                .iter()
                .map(|setup| SetupId::parse(setup).map_err(damaged))
                .collect(),
            Source::Rescued(rows) => {
                let mut setups = Vec::new();
                for rescued in rows {
                    if let Ok(recorded) = rescued.row.recorded()
                        && !setups.contains(&recorded.setup)
                    {
                        setups.push(recorded.setup);
                    }
                }
                Ok(setups)
            }
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> JournalError {
    JournalError::Damaged(error.to_string())
}

#[cfg(test)]
mod tests;
