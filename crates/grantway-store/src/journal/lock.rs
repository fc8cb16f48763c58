//! One instance writes a journal: an OS lock on a file beside the database, held for life, gone with the process.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;

use crate::folder;

/// What asking for the lock gave.
pub enum Lock {
    /// We write.
    Ours(File),
    /// Another instance writes.
    Theirs,
    /// The folder cannot be written.
    Unwritable(io::Error),
}

/// Asks for the lock, without waiting.
pub fn take(folder: &Path) -> io::Result<Lock> {
    let file = match folder::private_file(&folder.join("journal.lock")) {
        Ok(file) => file,
        Err(error) if folder::is_read_only(&error) => return Ok(Lock::Unwritable(error)),
        Err(error) => return Err(error),
    };
    match file.try_lock() {
        Ok(()) => Ok(Lock::Ours(file)),
        Err(TryLockError::WouldBlock) => Ok(Lock::Theirs),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
