//! The vault: secrets by name, on disk only sealed.
//!
//! All secrets of a folder are in one file, `vault.sealed`, whatever their length. Its key is in the keychain of
//! the system where that answers a write-read-delete probe; else it is in the file, wrapped under a passphrase
//! that is asked for at each start. Live and practice never share a folder or a keychain entry.

mod cipher;
mod file;
mod format;
mod keychain;
mod open;
mod passphrase;

pub use cipher::Cost;
pub use passphrase::{Asked, FEWEST_CHARACTERS, NobodyToAsk, Passphrase};

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use grantway_core::ports::Secrets;
use grantway_core::{Fault, FaultKind, Text};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use file::SealedFile;
use format::Lock;
use keychain::SystemKeychain;
use open::{Finder, blocking};

/// Whether the secrets open real tenants or simulated ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Namespace {
    /// Real tenants.
    Live,
    /// The practice cloud.
    Practice,
}

impl Namespace {
    /// The service under which the keychain lists the key.
    pub fn service(self) -> &'static str {
        match self {
            Namespace::Live => "grantway-live",
            Namespace::Practice => "grantway-practice",
        }
    }
}

/// Where a new vault's key goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeychainUse {
    /// Into the keychain, where it answers.
    #[default]
    WhereItAnswers,
    /// Under a passphrase, always. A vault whose key is in the keychain already stays as it is.
    Never,
}

/// Which vault.
#[derive(Clone)]
pub struct VaultConfig {
    folder: PathBuf,
    namespace: Namespace,
    keychain: KeychainUse,
    cost: Cost,
    finder: Finder,
}

impl VaultConfig {
    /// The vault of a folder.
    pub fn new(folder: impl Into<PathBuf>, namespace: Namespace) -> Self {
        Self {
            folder: folder.into(),
            namespace,
            keychain: KeychainUse::default(),
            cost: Cost::default(),
            finder: || Ok(Arc::new(SystemKeychain::find()?)),
        }
    }

    /// Says where a new vault's key goes.
    pub fn keychain(mut self, keychain: KeychainUse) -> Self {
        self.keychain = keychain;
        self
    }

    /// Says how dear it is to try a passphrase of a new vault.
    pub fn cost(mut self, cost: Cost) -> Self {
        self.cost = cost;
        self
    }

    #[cfg(test)]
    fn finder(mut self, finder: Finder) -> Self {
        self.finder = finder;
        self
    }
}

/// Which kind a vault is, for Settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A file whose key is in the keychain of the system.
    Keychain,
    /// A file behind a passphrase.
    Passphrase,
    /// Nothing is kept: tests, and runs that end with their process.
    Memory,
}

/// Why a vault cannot be opened or used.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The passphrase was wrong, again and again.
    #[error("the passphrase does not open the vault")]
    WrongPassphrase,
    /// Nobody gave a passphrase.
    #[error("the vault needs a passphrase, and none was given")]
    NoPassphrase,
    /// A new passphrase is too short.
    #[error("a passphrase has at least {FEWEST_CHARACTERS} characters")]
    ShortPassphrase,
    /// The file is not as it was written.
    #[error("the vault's file is damaged: {0}")]
    Damaged(String),
    /// A later version of the app has written it.
    #[error(
        "a later version of the app has written this vault (format {found}, this version knows {known})"
    )]
    Newer {
        /// The format of the file.
        found: u32,
        /// The newest format that this version knows.
        known: u32,
    },
    /// The keychain does not work here.
    #[error("the keychain cannot be used: {0}")]
    Keychain(String),
    /// The vault's key is in the keychain, and the keychain does not answer now.
    #[error("the vault's key is in the keychain, which does not answer: {0}")]
    KeychainSilent(String),
    /// The keychain answers and has no key for this vault.
    #[error("the keychain has no key for this vault any more")]
    KeyGone,
    /// The file cannot be read.
    #[error("the vault cannot be read")]
    CannotRead(#[source] std::io::Error),
    /// The file cannot be written. What was in it is still there.
    #[error("the vault cannot be written")]
    CannotWrite(#[source] std::io::Error),
    /// The system gives no random bytes.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl From<cipher::NoRandomness> for VaultError {
    fn from(_: cipher::NoRandomness) -> Self {
        VaultError::NoRandomness
    }
}

/// Secrets by name.
#[derive(Clone)]
pub struct Vault(Inner);

#[derive(Clone)]
enum Inner {
    File(Arc<SealedFile>),
    Memory(Arc<Mutex<BTreeMap<String, SecretString>>>),
}

impl Vault {
    /// Opens the vault of a folder, or makes a new one; `passphrase` is asked only where the keychain is not used.
    pub async fn open(
        config: &VaultConfig,
        passphrase: &dyn Passphrase,
    ) -> Result<Self, VaultError> {
        let finder = match config.keychain {
            KeychainUse::WhereItAnswers => Some(config.finder),
            KeychainUse::Never => None,
        };
        let file = open::open(config, passphrase, finder).await?;
        Ok(Self(Inner::File(Arc::new(file))))
    }

    /// A vault that is gone with the process.
    pub fn in_memory() -> Self {
        Self(Inner::Memory(Arc::default()))
    }

    /// Deletes a folder's vault with its key and all that was in it: for a forgotten passphrase or a key that is gone.
    /// The journal's chain cannot be checked afterwards; see [`crate::SqliteJournal::set_aside`].
    pub async fn discard(config: &VaultConfig) -> Result<(), VaultError> {
        let config = config.clone();
        blocking(move || open::discard(&config.folder, config.namespace, config.finder)).await
    }

    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match &self.0 {
            Inner::Memory(_) => Kind::Memory,
            Inner::File(file) => match file.lock() {
                Lock::Keychain { .. } => Kind::Keychain,
                Lock::Passphrase { .. } => Kind::Passphrase,
            },
        }
    }

    /// A key of 32 random bytes under that name; made at the first call, the same ever after.
    pub async fn key(&self, name: &str) -> Result<Zeroizing<[u8; 32]>, VaultError> {
        let fresh = Zeroizing::new(STANDARD.encode(*cipher::random::<32>()?));
        let name = name.to_owned();
        let text = match &self.0 {
            Inner::Memory(secrets) => {
                let mut secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                let kept = secrets.entry(name).or_insert_with(|| fresh.as_str().into());
                Zeroizing::new(kept.expose_secret().to_owned())
            }
            Inner::File(file) => {
                let file = Arc::clone(file);
                blocking(move || {
                    // Where it is there already nothing is written: a folder may be open for reading only.
                    if let Some(kept) = file.read()?.remove(&name) {
                        return Ok(kept);
                    }
                    file.change(|book| match book.get(&name) {
                        Some(kept) => (false, kept.clone()),
                        None => {
                            book.insert(name, fresh.clone());
                            (true, fresh)
                        }
                    })
                })
                .await?
            }
        };
        format::bytes(&text)
            .map(Zeroizing::new)
            .ok_or_else(|| VaultError::Damaged("a key in it is no key".into()))
    }

    /// The names that begin so, in order.
    pub async fn names(&self, prefix: &str) -> Result<Vec<String>, VaultError> {
        let prefix = prefix.to_owned();
        match &self.0 {
            Inner::Memory(secrets) => {
                let secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(beginning(secrets.keys(), &prefix))
            }
            Inner::File(file) => {
                let file = Arc::clone(file);
                blocking(move || Ok(beginning(file.read()?.keys(), &prefix))).await
            }
        }
    }

    /// Forgets all secrets whose names begin so; gives their number. Keys ([`Vault::key`]) are secrets like others.
    pub async fn forget_all(&self, prefix: &str) -> Result<usize, VaultError> {
        let prefix = prefix.to_owned();
        match &self.0 {
            Inner::Memory(secrets) => {
                let mut secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                let before = secrets.len();
                secrets.retain(|name, _| !name.starts_with(&prefix));
                Ok(before - secrets.len())
            }
            Inner::File(file) => {
                let file = Arc::clone(file);
                blocking(move || {
                    file.change(|book| {
                        let before = book.len();
                        book.retain(|name, _| !name.starts_with(&prefix));
                        (book.len() < before, before - book.len())
                    })
                })
                .await
            }
        }
    }

    async fn get(&self, name: &str) -> Result<Option<SecretString>, VaultError> {
        match &self.0 {
            Inner::Memory(secrets) => {
                let secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(secrets.get(name).cloned())
            }
            Inner::File(file) => {
                let (file, name) = (Arc::clone(file), name.to_owned());
                blocking(move || Ok(file.read()?.get(&name).map(|secret| secret.as_str().into())))
                    .await
            }
        }
    }

    async fn put(&self, name: &str, secret: &SecretString) -> Result<(), VaultError> {
        let name = name.to_owned();
        match &self.0 {
            Inner::Memory(secrets) => {
                let mut secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                secrets.insert(name, secret.clone());
                Ok(())
            }
            Inner::File(file) => {
                let file = Arc::clone(file);
                let secret = Zeroizing::new(secret.expose_secret().to_owned());
                blocking(move || {
                    file.change(|book| {
                        book.insert(name, secret);
                        (true, ())
                    })
                })
                .await
            }
        }
    }
}

fn beginning<'a>(names: impl Iterator<Item = &'a String>, prefix: &str) -> Vec<String> {
    names
        .filter(|name| name.starts_with(prefix))
        .cloned()
        .collect()
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Vault").field(&self.kind()).finish()
    }
}

impl std::fmt::Debug for VaultConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VaultConfig")
            .field("folder", &self.folder)
            .field("namespace", &self.namespace)
            .field("keychain", &self.keychain)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Secrets for Vault {
    async fn find(&self, name: &str) -> Result<Option<SecretString>, Fault> {
        self.get(name)
            .await
            .map_err(|error| local("doing-reading", error))
    }

    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), Fault> {
        self.put(name, secret)
            .await
            .map_err(|error| local("doing-writing", error))
    }

    async fn forget(&self, name: &str) -> Result<(), Fault> {
        let forgotten = match &self.0 {
            Inner::Memory(secrets) => {
                let mut secrets = secrets.lock().unwrap_or_else(PoisonError::into_inner);
                secrets.remove(name);
                Ok(())
            }
            Inner::File(file) => {
                let (file, name) = (Arc::clone(file), name.to_owned());
                blocking(move || file.change(|book| (book.remove(&name).is_some(), ()))).await
            }
        };
        forgotten.map_err(|error| local("doing-writing", error))
    }
}

/// The fault with its cause in one line; vault errors hold no secret.
fn local(doing: &str, error: VaultError) -> Fault {
    let detail = match std::error::Error::source(&error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    };
    Fault::new(
        FaultKind::Local,
        Text::new(doing).with("what", "vault"),
        detail,
    )
}

#[cfg(test)]
mod tests;
