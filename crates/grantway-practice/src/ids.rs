//! Ids, secrets and other random values, drawn from one seed so that a whole run can be repeated.

use std::sync::Mutex;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The random source of one practice cloud: a hash over a seed and a counter.
#[derive(Debug)]
pub struct Ids {
    state: Mutex<IdState>,
}

/// What has to be kept so that a restarted practice cloud does not hand out an id twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdState {
    /// The seed, as 64 hexadecimal digits.
    pub seed: String,
    /// How many blocks have been drawn.
    pub drawn: u64,
}

impl Ids {
    /// A source whose values come in a fixed order.
    pub fn seeded(seed: u64) -> Self {
        Self::from_state(IdState {
            seed: hex(&Sha256::digest(seed.to_be_bytes())),
            drawn: 0,
        })
    }

    /// A source seeded by the operating system.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn from_system() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self::from_state(IdState {
            seed: hex(&bytes),
            drawn: 0,
        }))
    }

    /// A source that goes on where another stopped.
    pub fn from_state(state: IdState) -> Self {
        Self {
            state: Mutex::new(state),
        }
    }

    /// Where the source stands now.
    pub fn state(&self) -> IdState {
        self.state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }

    /// Sets the source to a state read from a file.
    pub fn restore(&self, state: IdState) {
        *self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = state;
    }

    /// A new GUID (version 4 in form).
    pub fn guid(&self) -> Uuid {
        let block = self.block();
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&block[..16]);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// A new unguessable text of 43 URL-safe characters: tokens, codes, cookies.
    pub fn secret(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.block())
    }

    /// A number below `end`; 0 when `end` is 0.
    pub fn below(&self, end: u32) -> u32 {
        let block = self.block();
        let number = u32::from_be_bytes([block[0], block[1], block[2], block[3]]);
        number.checked_rem(end).unwrap_or(0)
    }

    fn block(&self) -> [u8; 32] {
        let mut state = self
            .state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        state.drawn += 1;
        let mut hash = Sha256::new();
        hash.update(state.seed.as_bytes());
        hash.update(state.drawn.to_be_bytes());
        hash.finalize().into()
    }
}

/// Lower-case hexadecimal digits of some bytes.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of a text in hexadecimal digits: how secrets are kept in the world.
pub fn fingerprint(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_gives_same_order() {
        let (one, two) = (Ids::seeded(7), Ids::seeded(7));
        assert_eq!(one.guid(), two.guid());
        assert_eq!(one.secret(), two.secret());
        assert_ne!(one.guid(), Ids::seeded(8).guid());
    }

    #[test]
    fn restored_source_goes_on() {
        let ids = Ids::seeded(1);
        let first = ids.guid();
        let later = Ids::from_state(ids.state());
        let second = later.guid();
        assert_ne!(first, second);
        assert_eq!(second, ids.guid());
    }

    #[test]
    fn guid_has_version_four_form() {
        assert_eq!(Ids::seeded(3).guid().get_version_num(), 4);
    }

    #[test]
    fn below_stays_below() {
        let ids = Ids::seeded(3);
        assert!((0..200).all(|_| ids.below(99) < 99));
        assert_eq!(ids.below(0), 0);
    }
}
