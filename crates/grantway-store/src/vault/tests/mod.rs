//! What the vault promises.
#![allow(clippy::disallowed_methods)] // Whether a keychain is expected here is said by the environment.

mod keychain;
mod passphrase;
mod secrets;
mod system;

use std::path::Path;
use std::sync::Mutex;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::passphrase::{Asked, Passphrase};
use super::{Cost, KeychainUse, Namespace, Vault, VaultConfig};
use grantway_core::ports::Secrets;

/// A person who types these, one after another, and remembers what was asked.
pub struct Typist {
    words: Mutex<Vec<&'static str>>,
    asked: Mutex<Vec<Asked>>,
}

impl Typist {
    pub fn typing(words: &[&'static str]) -> Self {
        Self {
            words: Mutex::new(words.iter().rev().copied().collect()),
            asked: Mutex::default(),
        }
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

#[async_trait]
impl Passphrase for Typist {
    async fn ask(&self, reason: Asked) -> Option<SecretString> {
        self.asked.lock().unwrap().push(reason);
        self.words.lock().unwrap().pop().map(SecretString::from)
    }
}

pub const PASSPHRASE: &str = "correct horse battery";

/// A vault behind a passphrase that is cheap to try.
pub fn behind_passphrase(folder: &Path) -> VaultConfig {
    VaultConfig::new(folder, Namespace::Live)
        .keychain(KeychainUse::Never)
        .cost(Cost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        })
}

pub async fn found(vault: &Vault, name: &str) -> Option<String> {
    let found = vault.find(name).await.expect("it is read");
    found.map(|secret| secret.expose_secret().to_owned())
}

pub async fn keep(vault: &Vault, name: &str, secret: &str) {
    let kept = vault.keep(name, &SecretString::from(secret)).await;
    kept.expect("it is kept");
}

/// Every byte that lies in a folder.
pub fn on_disk(folder: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for file in std::fs::read_dir(folder).expect("the folder") {
        let path = file.expect("its entry").path();
        if path.is_dir() {
            bytes.extend(on_disk(&path));
        } else {
            bytes.extend(std::fs::read(path).expect("the file"));
        }
    }
    bytes
}

pub fn contains(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}
