//! The vault's file, opened. Several instances may use it: each write holds a lock and starts from what is there.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::cipher::Key;
use super::format::{Book, Lock, Stored};
use super::{Namespace, VaultError};
use crate::folder;

/// A file with its key.
pub struct SealedFile {
    folder: PathBuf,
    namespace: Namespace,
    lock: Lock,
    key: Key,
}

/// Where the file of a folder lies.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("vault.sealed")
}

/// What is stored; none where there is no file.
pub fn stored(folder: &Path, namespace: Namespace) -> Result<Option<Stored>, VaultError> {
    match std::fs::read(path(folder)) {
        Ok(bytes) => Stored::parse(&bytes, namespace).map(Some),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(VaultError::CannotRead(error)),
    }
}

/// Waits until no other instance writes the file.
pub fn hold(folder: &Path) -> Result<File, VaultError> {
    let held = folder::private_file(&folder.join("vault.lock")).map_err(VaultError::CannotWrite)?;
    held.lock().map_err(VaultError::CannotWrite)?;
    Ok(held)
}

impl SealedFile {
    /// Makes a new file without secrets; the caller holds the lock.
    pub fn make(
        folder: &Path,
        namespace: Namespace,
        lock: Lock,
        key: Key,
    ) -> Result<Self, VaultError> {
        let file = Self {
            folder: folder.into(),
            namespace,
            lock,
            key,
        };
        file.write(&Book::new())?;
        Ok(file)
    }

    /// A file that is there, with its key; both are tried.
    pub fn with_key(
        folder: &Path,
        namespace: Namespace,
        stored: Stored,
        key: Key,
    ) -> Result<Self, VaultError> {
        stored.open(&key, namespace)?;
        Ok(Self {
            folder: folder.into(),
            namespace,
            lock: stored.lock,
            key,
        })
    }

    /// Where its key is.
    pub fn lock(&self) -> &Lock {
        &self.lock
    }

    /// All secrets.
    pub fn read(&self) -> Result<Book, VaultError> {
        stored(&self.folder, self.namespace)?
            .ok_or_else(|| VaultError::Damaged("it is gone".into()))?
            .open(&self.key, self.namespace)
    }

    /// Changes the secrets; nothing is written where `change` says that nothing is different.
    pub fn change<T>(&self, change: impl FnOnce(&mut Book) -> (bool, T)) -> Result<T, VaultError> {
        let _held = hold(&self.folder)?;
        let mut book = self.read()?;
        let (different, answer) = change(&mut book);
        if different {
            self.write(&book)?;
        }
        Ok(answer)
    }

    fn write(&self, book: &Book) -> Result<(), VaultError> {
        let bytes = Stored::seal(book, &self.key, &self.lock, self.namespace)?;
        folder::replace(&path(&self.folder), &bytes).map_err(VaultError::CannotWrite)
    }
}
