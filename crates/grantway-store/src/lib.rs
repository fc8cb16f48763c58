//! Where a person's setups are kept: the journal (SQLite) and the vault (the keychain of the system, or a
//! file behind a passphrase).
//!
//! This room knows files, SQLite and keychains. It knows no server, no pattern and no window; folders, keys
//! and whoever asks for a passphrase are passed in. It implements [`grantway_core::journal::Journal`] and
//! [`grantway_core::ports::Secrets`].
#![forbid(unsafe_code)]

mod folder;
pub mod journal;
pub mod vault;

pub use journal::{Opened, SqliteJournal};
pub use vault::{Vault, VaultConfig};
