//! The keychain of the system. It keeps one thing for us, the key of the vault's file: a keychain may refuse
//! what is long (Windows takes 2,560 bytes, and a refresh token can be longer), and cannot list by name everywhere.
//!
//! Every call blocks, and on Linux may wait for a person who unlocks the keychain: callers are in `spawn_blocking`.

use std::sync::Arc;

use keyring_core::{CredentialStore, Error};
use zeroize::Zeroizing;

/// Somewhere that keeps a few bytes under a service and a name.
pub trait Keychain: Send + Sync {
    fn write(&self, service: &str, name: &str, secret: &[u8]) -> Result<(), String>;
    fn read(&self, service: &str, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String>;
    /// Absent is fine.
    fn delete(&self, service: &str, name: &str) -> Result<(), String>;
}

/// Whether it really keeps, gives back and forgets: a locked or half-installed one answers to its name, and no more.
pub fn probe(keychain: &dyn Keychain, service: &str, name: &str) -> Result<(), String> {
    let sample = name.as_bytes();
    keychain.write(service, name, sample)?;
    let back = keychain.read(service, name)?;
    keychain.delete(service, name)?;
    if back.is_none_or(|back| back.as_slice() != sample) {
        return Err("it gave back something else than it was given".into());
    }
    match keychain.read(service, name)? {
        None => Ok(()),
        Some(_) => Err("it does not forget what it is told to forget".into()),
    }
}

/// The system's own keychain.
pub struct SystemKeychain(Arc<CredentialStore>);

impl SystemKeychain {
    /// Finds it. That it is there does not say that it works: [`probe`] does.
    pub fn find() -> Result<Self, String> {
        Ok(Self(store()?))
    }

    fn entry(&self, service: &str, name: &str) -> Result<keyring_core::Entry, String> {
        self.0
            .build(service, name, None)
            .map_err(|error| say(&error))
    }
}

impl Keychain for SystemKeychain {
    fn write(&self, service: &str, name: &str, secret: &[u8]) -> Result<(), String> {
        let entry = self.entry(service, name)?;
        entry.set_secret(secret).map_err(|error| say(&error))
    }

    fn read(&self, service: &str, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        match self.entry(service, name)?.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(say(&error)),
        }
    }

    fn delete(&self, service: &str, name: &str) -> Result<(), String> {
        match self.entry(service, name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(say(&error)),
        }
    }
}

/// The error in words. Some variants carry what was stored, so nothing is printed by `Debug`.
fn say(error: &Error) -> String {
    match error {
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "what it keeps is damaged".into(),
        Error::Ambiguous(_) => "it keeps more than one entry of that name".into(),
        other => other.to_string(),
    }
}

#[cfg(target_os = "linux")]
fn store() -> Result<Arc<CredentialStore>, String> {
    let store = zbus_secret_service_keyring_store::Store::new().map_err(|error| say(&error))?;
    Ok(store)
}

#[cfg(target_os = "windows")]
fn store() -> Result<Arc<CredentialStore>, String> {
    let store = windows_native_keyring_store::Store::new().map_err(|error| say(&error))?;
    Ok(store)
}

#[cfg(target_os = "macos")]
fn store() -> Result<Arc<CredentialStore>, String> {
    let store = apple_native_keyring_store::keychain::Store::new().map_err(|error| say(&error))?;
    Ok(store)
}

#[cfg(not(any(target_os = "linux", target_os = "windows", target_os = "macos")))]
fn store() -> Result<Arc<CredentialStore>, String> {
    Err("this system has no keychain that the app knows".into())
}
