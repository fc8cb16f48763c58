//! Asking a person for the passphrase of the vault's file.

use async_trait::async_trait;
use secrecy::SecretString;

/// The fewest characters of a new passphrase.
pub const FEWEST_CHARACTERS: usize = 8;

/// Why a passphrase is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// There is no vault yet: the person chooses one, of at least [`FEWEST_CHARACTERS`].
    FirstTime,
    /// The vault is there and has to be opened.
    Again {
        /// The last one did not open it.
        wrong: bool,
    },
}

/// Whoever can ask: a window, a prompt of the terminal, a file descriptor.
#[async_trait]
pub trait Passphrase: Send + Sync {
    /// The passphrase, or none when the person does not want to give it or nobody is there.
    async fn ask(&self, reason: Asked) -> Option<SecretString>;
}

/// Nobody is there to be asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct NobodyToAsk;

#[async_trait]
impl Passphrase for NobodyToAsk {
    async fn ask(&self, _reason: Asked) -> Option<SecretString> {
        None
    }
}
