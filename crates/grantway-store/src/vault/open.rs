//! Opening a vault: with the keychain where it really works, else with a passphrase.
//!
//! What is on disk decides first: a file that was made with one keeps it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::cipher::{self, Cost, Key};
use super::file::{self, SealedFile};
use super::format::{self, Lock, Stored};
use super::keychain::{self, Keychain};
use super::passphrase::{Asked, FEWEST_CHARACTERS, Passphrase};
use super::{Namespace, VaultConfig, VaultError};
use crate::folder;

/// How often a wrong passphrase may be followed by another.
const TRIES: usize = 5;

/// How long the keychain may take; a person may have to unlock it first.
const PATIENCE: Duration = Duration::from_secs(120);

/// Whoever finds the keychain; tests put their own in.
pub type Finder = fn() -> Result<Arc<dyn Keychain>, String>;

/// Opens or makes the vault of a folder. `finder` is none where the keychain is not to be used for a new one.
pub async fn open(
    config: &VaultConfig,
    passphrase: &dyn Passphrase,
    finder: Option<Finder>,
) -> Result<SealedFile, VaultError> {
    let (folder, namespace) = (config.folder.clone(), config.namespace);
    let found = blocking(move || {
        folder::private(&folder).map_err(VaultError::CannotWrite)?;
        file::stored(&folder, namespace)
    })
    .await?;
    if let Some(stored) = found {
        return there(config, stored, passphrase).await;
    }
    let made = match finder {
        Some(finder) => with_keychain(config, finder).await,
        None => Err(VaultError::Keychain("it is not to be used".into())),
    };
    let made = match made {
        Err(VaultError::Keychain(why)) => {
            tracing::info!(why, "no keychain; the vault gets a passphrase");
            with_passphrase(config, passphrase).await?
        }
        other => other?,
    };
    match made {
        Some(file) => Ok(file),
        // Another instance has made it meanwhile.
        None => {
            let (folder, namespace) = (config.folder.clone(), config.namespace);
            let stored = blocking(move || file::stored(&folder, namespace)).await?;
            let gone = || VaultError::Damaged("it is gone".into());
            there(config, stored.ok_or_else(gone)?, passphrase).await
        }
    }
}

async fn there(
    config: &VaultConfig,
    stored: Stored,
    passphrase: &dyn Passphrase,
) -> Result<SealedFile, VaultError> {
    let (folder, namespace) = (config.folder.clone(), config.namespace);
    match stored.lock.clone() {
        Lock::Keychain { entry } => {
            let finder = config.finder;
            patiently(move || {
                let keychain = finder().map_err(VaultError::KeychainSilent)?;
                let key = keychain
                    .read(namespace.service(), &entry)
                    .map_err(VaultError::KeychainSilent)?
                    .ok_or(VaultError::KeyGone)?;
                let key: [u8; 32] = key.as_slice().try_into().map_err(|_| VaultError::KeyGone)?;
                SealedFile::with_key(&folder, namespace, stored, Zeroizing::new(key))
            })
            .await
        }
        Lock::Passphrase {
            cost,
            salt,
            nonce,
            wrapped,
        } => {
            let salt = format::bytes::<16>(&salt)
                .ok_or_else(|| VaultError::Damaged("its salt is no salt".into()))?;
            for attempt in 0..TRIES {
                let asked = Asked::Again { wrong: attempt > 0 };
                let typed = passphrase.ask(asked).await;
                let typed = typed.ok_or(VaultError::NoPassphrase)?;
                let under = derive(typed, salt, cost).await?;
                if let Some(key) = format::unwrap(&nonce, &wrapped, &under) {
                    return blocking(move || SealedFile::with_key(&folder, namespace, stored, key))
                        .await;
                }
            }
            Err(VaultError::WrongPassphrase)
        }
    }
}

/// A new vault with its key in the keychain; none where another instance was faster.
async fn with_keychain(
    config: &VaultConfig,
    finder: Finder,
) -> Result<Option<SealedFile>, VaultError> {
    let (folder, namespace) = (config.folder.clone(), config.namespace);
    patiently(move || {
        let keychain = finder().map_err(VaultError::Keychain)?;
        let name = STANDARD.encode(*cipher::random::<9>()?);
        keychain::probe(&*keychain, namespace.service(), &format!("probe-{name}"))
            .map_err(VaultError::Keychain)?;
        let _held = file::hold(&folder)?;
        if file::path(&folder).exists() {
            return Ok(None);
        }
        let key: Key = cipher::random()?;
        let entry = format!("vault-{name}");
        keychain
            .write(namespace.service(), &entry, &*key)
            .map_err(VaultError::Keychain)?;
        SealedFile::make(&folder, namespace, Lock::Keychain { entry }, key).map(Some)
    })
    .await
}

/// A new vault with its key under a passphrase; none where another instance was faster.
async fn with_passphrase(
    config: &VaultConfig,
    passphrase: &dyn Passphrase,
) -> Result<Option<SealedFile>, VaultError> {
    let typed = passphrase.ask(Asked::FirstTime).await;
    let typed = typed.ok_or(VaultError::NoPassphrase)?;
    if typed.expose_secret().chars().count() < FEWEST_CHARACTERS {
        return Err(VaultError::ShortPassphrase);
    }
    let (folder, namespace, cost) = (config.folder.clone(), config.namespace, config.cost);
    let salt = *cipher::random::<16>()?;
    let under = derive(typed, salt, cost).await?;
    blocking(move || {
        let _held = file::hold(&folder)?;
        if file::path(&folder).exists() {
            return Ok(None);
        }
        let key: Key = cipher::random()?;
        let lock = Lock::wrap(&key, &under, &salt, cost)?;
        SealedFile::make(&folder, namespace, lock, key).map(Some)
    })
    .await
}

async fn derive(typed: SecretString, salt: [u8; 16], cost: Cost) -> Result<Key, VaultError> {
    blocking(move || {
        cipher::derive(&typed, &salt, cost)
            .ok_or_else(|| VaultError::Damaged("its passphrase costs what nobody can pay".into()))
    })
    .await
}

/// Deletes the file and its key. What was in it is gone.
pub fn discard(folder: &Path, namespace: Namespace, finder: Finder) -> Result<(), VaultError> {
    let _held = file::hold(folder)?;
    // A damaged file tells no entry; then the key stays behind in the keychain, and opens nothing any more.
    if let Ok(Some(stored)) = file::stored(folder, namespace)
        && let Lock::Keychain { entry } = &stored.lock
        && let Ok(keychain) = finder()
        && let Err(why) = keychain.delete(namespace.service(), entry)
    {
        tracing::warn!(why, "the vault's key stays in the keychain");
    }
    match std::fs::remove_file(file::path(folder)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(VaultError::CannotWrite(error))
        }
        _ => Ok(()),
    }
}

async fn patiently<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::time::timeout(PATIENCE, blocking(work)).await {
        Ok(done) => done,
        Err(_) => Err(VaultError::Keychain("it does not answer".into())),
    }
}

/// Files, argon2id and the keychain block; the threads that serve everybody must not.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(VaultError::CannotRead(std::io::Error::other(error))),
    }
}
