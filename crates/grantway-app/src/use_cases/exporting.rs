//! Writing out a journal, damaged or whole, without opening the app around it.

use std::path::{Path, PathBuf};

use grantway_store::vault::{KeychainUse, Namespace, Passphrase};
use grantway_store::{Opened, SqliteJournal, Vault, VaultConfig};

use crate::world::folder_of;

/// What an export gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// How many entries were written.
    pub entries: usize,
    /// Why the journal can only be read, where that is so: it is damaged, or somebody else has it open.
    pub read_only: Option<String>,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportFailure {
    /// There is no journal in that folder.
    #[error("there is no journal in {}", .0.display())]
    NoJournal(PathBuf),
    /// The vault holds the key by which damage is told; it does not open.
    #[error("the vault cannot be opened")]
    Vault(#[from] grantway_store::vault::VaultError),
    /// The journal cannot be opened at all.
    #[error("the journal cannot be opened")]
    Open(#[from] grantway_store::journal::OpenError),
    /// It cannot be read, or the file cannot be written.
    #[error("the export did not work")]
    Export(#[from] grantway_store::journal::ExportError),
}

/// Writes all entries that can be read into a file, one JSON object in each line. The journal stays as it is.
///
/// `data` is the app's data folder, `practice` says which of the two modes.
pub async fn export_journal(
    data: &Path,
    practice: bool,
    passphrase: &dyn Passphrase,
    keychain: KeychainUse,
    file: &Path,
) -> Result<Exported, ExportFailure> {
    let folder = folder_of(data, practice);
    // Opening makes a journal where there is none, and nobody asked for one.
    if !folder.join("journal.sqlite").exists() {
        return Err(ExportFailure::NoJournal(folder));
    }
    let namespace = if practice {
        Namespace::Practice
    } else {
        Namespace::Live
    };
    let config = VaultConfig::new(&folder, namespace).keychain(keychain);
    let vault = Vault::open(&config, passphrase).await?;
    let key = vault.key("journal/chain").await?;
    let opened = SqliteJournal::open(&folder, &key).await?;
    let read_only = match &opened {
        Opened::ReadOnly { because, .. } => Some(because.to_string()),
        Opened::Writable(_) => None,
    };
    let entries = opened.into_journal().export(file).await?;
    Ok(Exported { entries, read_only })
}
