//! The cryptography of the vault's file: XChaCha20-Poly1305 under a random key; that key lies in the keychain, or
//! in the file itself, wrapped under a key that argon2id makes of a passphrase.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A key that wipes itself.
pub type Key = Zeroizing<[u8; 32]>;

/// Bytes of a nonce.
pub type Nonce = [u8; 24];

/// How dear it is to try a passphrase: argon2id's memory, passes and lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB of memory.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Default for Cost {
    /// 64 MiB, three passes, four lanes: the second recommended choice of RFC 9106 §4.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
        }
    }
}

impl Cost {
    /// A file that asks for more than this was not made by us: it would stop the app at its start.
    fn is_bearable(&self) -> bool {
        self.memory_kib <= 1024 * 1024 && self.passes <= 64 && self.lanes <= 64
    }
}

/// The operating system gives no randomness: nothing can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandomness;

/// Random bytes from the operating system.
pub fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut *bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// The key that a passphrase makes; none where the cost is none that argon2id takes, or not bearable.
pub fn derive(passphrase: &SecretString, salt: &[u8], cost: Cost) -> Option<Key> {
    if !cost.is_bearable() {
        return None;
    }
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).ok()?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.expose_secret().as_bytes(), salt, &mut *key)
        .ok()?;
    Some(key)
}

/// Encrypts; `about` is bound to the result without being in it.
pub fn seal(key: &Key, nonce: &Nonce, text: &[u8], about: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload {
        msg: text,
        aad: about,
    };
    cipher(key).encrypt(&XNonce::from(*nonce), payload).ok()
}

/// Decrypts; none where the key, the text or what it is about is another.
pub fn open(key: &Key, nonce: &Nonce, sealed: &[u8], about: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let payload = Payload {
        msg: sealed,
        aad: about,
    };
    let text = cipher(key).decrypt(&XNonce::from(*nonce), payload).ok()?;
    Some(Zeroizing::new(text))
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new_from_slice(&**key).expect("a key has 32 bytes")
}
