//! The chain that ties every row to the one before it, so that a changed, removed, added or moved row is noticed.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A link of the chain.
pub type Link = [u8; 32];

/// The chain's key. It is kept in the vault: who can write the file but not read the vault cannot mend the chain.
#[derive(Clone)]
pub struct Chain {
    key: Zeroizing<[u8; 32]>,
}

/// What one row says, as it is stored.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    pub seq: i64,
    pub at: &'a str,
    pub setup: &'a str,
    pub kind: &'a str,
    pub body: &'a str,
}

/// Where the chain ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The last row's place; 0 before the first.
    pub seq: i64,
    /// The last row's link; zeros before the first.
    pub link: Link,
}

impl End {
    /// Before the first row.
    pub const START: Self = Self {
        seq: 0,
        link: [0; 32],
    };
}

impl Chain {
    pub fn new(key: &[u8; 32]) -> Self {
        Self {
            key: Zeroizing::new(*key),
        }
    }

    /// The link of a row that follows `before`.
    pub fn link(&self, before: &Link, row: Columns<'_>) -> Link {
        self.seal(&[
            b"entry",
            before,
            &row.seq.to_be_bytes(),
            row.at.as_bytes(),
            row.setup.as_bytes(),
            row.kind.as_bytes(),
            row.body.as_bytes(),
        ])
    }

    /// What vouches for the end of the chain. `what` tells two keepers of it apart.
    pub fn vouch(&self, what: &str, end: &End) -> Link {
        self.seal(&[what.as_bytes(), &end.seq.to_be_bytes(), &end.link])
    }

    /// Compares in constant time.
    pub fn same(one: &[u8], other: &[u8]) -> bool {
        one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
    }

    /// Each part goes in with its length, so that no text can move from one column into the next.
    fn seal(&self, parts: &[&[u8]]) -> Link {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&*self.key).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }
}
