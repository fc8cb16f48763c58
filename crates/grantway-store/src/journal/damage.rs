//! What can be wrong with a journal, and why one is open for reading only.

/// What does not hang together in a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// SQLite cannot read the file, or only in part.
    #[error("the file is damaged: {0}")]
    File(String),
    /// The tables are not those of a journal.
    #[error("the file is not a journal: {0}")]
    Tables(String),
    /// A row is not the one that was written at that place: changed, removed, added or moved, or the key is another one.
    #[error("entry {seq} is not as it was written")]
    Chain {
        /// The first place that does not fit.
        seq: i64,
    },
    /// The end of the journal is gone.
    #[error("entries are missing after entry {last}")]
    EndMissing {
        /// The last entry that is there.
        last: i64,
    },
    /// A row that was written by us cannot be understood.
    #[error("entry {seq} cannot be read: {why}")]
    Entry {
        /// The place.
        seq: i64,
        /// What is wrong with it.
        why: String,
    },
}

/// Why nothing can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnlyBecause {
    /// Another instance of the app has the journal open.
    #[error("another window or command has these setups open")]
    OtherInstance,
    /// The journal is damaged. What can be read is there; see [`super::SqliteJournal::export`].
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// The folder or the disk does not allow writing.
    #[error("the folder cannot be written: {0}")]
    Folder(String),
}

/// Why a journal cannot be opened at all.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder cannot be made or reached.
    #[error("the folder {folder} cannot be used")]
    Folder {
        /// The folder.
        folder: std::path::PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A later version of the app has written it. Nothing was read and nothing changed.
    #[error(
        "a later version of the app has written this journal (format {found}, this version knows {known})"
    )]
    Newer {
        /// The format of the journal.
        found: i64,
        /// The newest format that this version knows.
        known: i64,
    },
    /// There is nothing to read, and nothing can be written.
    #[error("there is no journal yet, and it cannot be made: {0}")]
    CannotMake(String),
    /// SQLite has failed in a way that says nothing about the file.
    #[error("the journal cannot be opened")]
    Database(#[from] sqlx::Error),
}

/// Why a journal was not set aside. What was not moved is where it was.
#[derive(Debug, thiserror::Error)]
pub enum SetAsideError {
    /// Another instance has it open.
    #[error("another window or command has these setups open")]
    InUse,
    /// The system refused.
    #[error("a file cannot be moved: {0}")]
    Io(#[from] std::io::Error),
}
