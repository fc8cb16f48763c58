//! The key in a keychain, with keychains that behave and ones that do not.

use std::collections::BTreeMap;
use std::sync::Arc;

use zeroize::Zeroizing;

use super::*;
use crate::vault::keychain::Keychain;
use crate::vault::{Kind, VaultError};

/// A keychain in memory; each test has its own, since finders are plain functions.
#[derive(Default)]
struct Fake {
    kept: Mutex<BTreeMap<(String, String), Vec<u8>>>,
}

impl Keychain for &'static Fake {
    fn write(&self, service: &str, name: &str, secret: &[u8]) -> Result<(), String> {
        let key = (service.to_owned(), name.to_owned());
        self.kept.lock().unwrap().insert(key, secret.to_vec());
        Ok(())
    }

    fn read(&self, service: &str, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        let key = (service.to_owned(), name.to_owned());
        Ok(self
            .kept
            .lock()
            .unwrap()
            .get(&key)
            .cloned()
            .map(Zeroizing::new))
    }

    fn delete(&self, service: &str, name: &str) -> Result<(), String> {
        let key = (service.to_owned(), name.to_owned());
        self.kept.lock().unwrap().remove(&key);
        Ok(())
    }
}

/// A keychain that takes everything and keeps nothing.
struct Sieve;

impl Keychain for Sieve {
    fn write(&self, _: &str, _: &str, _: &[u8]) -> Result<(), String> {
        Ok(())
    }

    fn read(&self, _: &str, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, String> {
        Ok(None)
    }

    fn delete(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }
}

macro_rules! own_keychain {
    ($name:ident) => {
        static $name: Fake = Fake {
            kept: Mutex::new(BTreeMap::new()),
        };
    };
}

#[tokio::test]
async fn the_key_lies_in_the_keychain_and_nothing_is_asked() {
    own_keychain!(CHAIN);
    let folder = tempfile::tempdir().unwrap();
    let config =
        VaultConfig::new(folder.path(), Namespace::Practice).finder(|| Ok(Arc::new(&CHAIN)));
    let typist = Typist::typing(&[]);
    let vault = Vault::open(&config, &typist).await.unwrap();
    assert_eq!(vault.kind(), Kind::Keychain);
    keep(&vault, "token", &"long ".repeat(1000)).await;
    drop(vault);
    let vault = Vault::open(&config, &typist).await.unwrap();
    assert_eq!(found(&vault, "token").await.map(|s| s.len()), Some(5000));
    assert_eq!(typist.asked(), []);
    {
        let kept = CHAIN.kept.lock().unwrap();
        assert_eq!(kept.len(), 1, "the probe is gone, the key is there");
        let ((service, _), key) = kept.iter().next().unwrap();
        assert_eq!((service.as_str(), key.len()), ("grantway-practice", 32));
    }
    Vault::discard(&config).await.unwrap();
    assert!(CHAIN.kept.lock().unwrap().is_empty());
}

#[tokio::test]
async fn two_folders_have_two_keys() {
    own_keychain!(CHAIN);
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for folder in [&one, &other] {
        let config =
            VaultConfig::new(folder.path(), Namespace::Live).finder(|| Ok(Arc::new(&CHAIN)));
        Vault::open(&config, &Typist::typing(&[])).await.unwrap();
    }
    assert_eq!(CHAIN.kept.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_key_that_is_gone_is_called_so() {
    own_keychain!(CHAIN);
    let folder = tempfile::tempdir().unwrap();
    let config = VaultConfig::new(folder.path(), Namespace::Live).finder(|| Ok(Arc::new(&CHAIN)));
    Vault::open(&config, &Typist::typing(&[])).await.unwrap();
    CHAIN.kept.lock().unwrap().clear();
    let typist = Typist::typing(&[PASSPHRASE]);
    let error = Vault::open(&config, &typist).await.expect_err("no key");
    assert!(matches!(error, VaultError::KeyGone), "{error}");
    let silent = config.clone().finder(|| Err("no session bus".into()));
    let error = Vault::open(&silent, &typist)
        .await
        .expect_err("no keychain");
    assert!(matches!(error, VaultError::KeychainSilent(_)), "{error}");
    assert_eq!(typist.asked(), []);
}

#[tokio::test]
async fn a_keychain_that_keeps_nothing_fails_the_probe() {
    let folder = tempfile::tempdir().unwrap();
    let config = VaultConfig::new(folder.path(), Namespace::Live)
        .cost(Cost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        })
        .finder(|| Ok(Arc::new(Sieve)));
    let typist = Typist::typing(&[PASSPHRASE]);
    let vault = Vault::open(&config, &typist).await.unwrap();
    assert_eq!(vault.kind(), Kind::Passphrase);
    assert_eq!(typist.asked(), [Asked::FirstTime]);
}

#[tokio::test]
async fn a_file_behind_a_passphrase_stays_so_when_a_keychain_comes() {
    own_keychain!(CHAIN);
    let folder = tempfile::tempdir().unwrap();
    let config = behind_passphrase(folder.path());
    Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    let config = config
        .keychain(KeychainUse::WhereItAnswers)
        .finder(|| Ok(Arc::new(&CHAIN)));
    let vault = Vault::open(&config, &Typist::typing(&[PASSPHRASE]))
        .await
        .unwrap();
    assert_eq!(vault.kind(), Kind::Passphrase);
    assert!(CHAIN.kept.lock().unwrap().is_empty());
}
