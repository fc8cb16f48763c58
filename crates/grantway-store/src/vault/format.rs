//! The vault's file: one JSON object with the sealed secrets in it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::cipher::{self, Cost, Key, Nonce};
use super::{Namespace, VaultError};

const FORMAT: u32 = 1;

/// Secrets by name; wiped when they go.
pub type Book = BTreeMap<String, Zeroizing<String>>;

/// Where the file's key is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "key", rename_all = "snake_case")]
pub enum Lock {
    /// In the keychain.
    Keychain {
        /// The name of the entry there; each file has its own.
        entry: String,
    },
    /// In the file, wrapped under a passphrase.
    Passphrase {
        /// What argon2id was told.
        cost: Cost,
        /// Base64 of 16 bytes.
        salt: String,
        /// Base64 of 24 bytes.
        nonce: String,
        /// Base64 of the wrapped key.
        wrapped: String,
    },
}

/// The file as it is stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stored {
    format: u32,
    namespace: String,
    /// Where its key is.
    pub lock: Lock,
    nonce: String,
    sealed: String,
    /// SHA-256 over all the rest, in hex: tells a damaged file from a wrong passphrase.
    sum: String,
}

/// A file that says of what format it is.
#[derive(Deserialize)]
struct Dated {
    format: u32,
}

impl Stored {
    /// Reads the file's text, without its key.
    pub fn parse(bytes: &[u8], namespace: Namespace) -> Result<Self, VaultError> {
        let damaged = |why: &str| VaultError::Damaged(why.into());
        let dated: Dated =
            serde_json::from_slice(bytes).map_err(|error| damaged(&error.to_string()))?;
        if dated.format > FORMAT {
            return Err(VaultError::Newer {
                found: dated.format,
                known: FORMAT,
            });
        }
        let stored: Self =
            serde_json::from_slice(bytes).map_err(|error| damaged(&error.to_string()))?;
        if stored.sum != stored.checksum() {
            return Err(damaged("its checksum does not fit"));
        }
        if stored.namespace != namespace.service() {
            return Err(damaged("it belongs to another mode of the app"));
        }
        Ok(stored)
    }

    /// Seals secrets into a file's text.
    pub fn seal(
        book: &Book,
        key: &Key,
        lock: &Lock,
        namespace: Namespace,
    ) -> Result<Vec<u8>, VaultError> {
        let nonce = *cipher::random::<24>()?;
        let text = write(book)?;
        let sealed =
            cipher::seal(key, &nonce, &text, &about(lock, namespace)).ok_or_else(|| {
                VaultError::CannotWrite(std::io::Error::other("the secrets cannot be encrypted"))
            })?;
        let mut stored = Self {
            format: FORMAT,
            namespace: namespace.service().into(),
            lock: lock.clone(),
            nonce: STANDARD.encode(nonce),
            sealed: STANDARD.encode(sealed),
            sum: String::new(),
        };
        stored.sum = stored.checksum();
        serde_json::to_vec_pretty(&stored)
            .map_err(|error| VaultError::CannotWrite(std::io::Error::other(error)))
    }

    /// The secrets.
    pub fn open(&self, key: &Key, namespace: Namespace) -> Result<Book, VaultError> {
        let damaged = || VaultError::Damaged("its key does not open it".into());
        let sealed = STANDARD.decode(&self.sealed).map_err(|_| damaged())?;
        let nonce = bytes::<24>(&self.nonce).ok_or_else(damaged)?;
        let text = cipher::open(key, &nonce, &sealed, &about(&self.lock, namespace))
            .ok_or_else(damaged)?;
        let book: BTreeMap<String, String> =
            serde_json::from_slice(&text).map_err(|_| damaged())?;
        Ok(book
            .into_iter()
            .map(|(name, secret)| (name, Zeroizing::new(secret)))
            .collect())
    }

    fn checksum(&self) -> String {
        let rest = Self {
            sum: String::new(),
            ..self.clone()
        };
        let text = serde_json::to_vec(&rest).expect("the file's fields are texts and numbers");
        Sha256::digest(&text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

impl Lock {
    /// A lock under a passphrase's key, with the key wrapped in it.
    pub fn wrap(key: &Key, under: &Key, salt: &[u8], cost: Cost) -> Result<Self, VaultError> {
        let nonce: Nonce = *cipher::random::<24>()?;
        let wrapped = cipher::seal(under, &nonce, &**key, WRAPPED).ok_or_else(|| {
            VaultError::CannotWrite(std::io::Error::other("the key cannot be encrypted"))
        })?;
        Ok(Lock::Passphrase {
            cost,
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            wrapped: STANDARD.encode(wrapped),
        })
    }
}

const WRAPPED: &[u8] = b"grantway vault key";

/// The wrapped key; none where the passphrase's key does not fit.
pub fn unwrap(nonce: &str, wrapped: &str, under: &Key) -> Option<Key> {
    let wrapped = STANDARD.decode(wrapped).ok()?;
    let key = cipher::open(under, &bytes::<24>(nonce)?, &wrapped, WRAPPED)?;
    Some(Zeroizing::new(key.as_slice().try_into().ok()?))
}

/// Base64 of a known length.
pub fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

fn about(lock: &Lock, namespace: Namespace) -> Vec<u8> {
    let lock = serde_json::to_string(lock).expect("a lock's fields are texts and numbers");
    format!("grantway vault {FORMAT} {} {lock}", namespace.service()).into_bytes()
}

/// The secrets as JSON, in a buffer that is large enough from the start: one that grew would leave copies behind.
fn write(book: &Book) -> Result<Zeroizing<Vec<u8>>, VaultError> {
    // JSON writes a control character as six bytes; nothing becomes longer than that.
    let most: usize = book.iter().map(|(k, v)| 6 * (k.len() + v.len()) + 8).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(most + 2));
    let plain: BTreeMap<&str, &str> = book.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    serde_json::to_writer(&mut *text, &plain)
        .map_err(|error| VaultError::CannotWrite(std::io::Error::other(error)))?;
    Ok(text)
}
