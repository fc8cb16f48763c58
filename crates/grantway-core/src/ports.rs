//! What the engine needs from outside: time, ids, secrets, and someone to tell.

use async_trait::async_trait;
use secrecy::SecretString;
use uuid::Uuid;

use crate::Timestamp;
use crate::fault::Fault;
use crate::ids::SetupId;

/// Time. In practice mode it is the practice cloud's clock, so that moving that clock wakes durable waits.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The moment.
    fn now(&self) -> Timestamp;
    /// Returns when the moment has come, at once when it has passed.
    async fn sleep_until(&self, moment: Timestamp);
}

/// Ids and randomness. Tests seed them.
pub trait Ids: Send + Sync {
    /// A new random GUID.
    fn guid(&self) -> Uuid;
    /// Random bytes, fit for a password.
    fn bytes(&self, buffer: &mut [u8]);
}

/// Secrets that a setup needs while it runs. They are stored before they are used, and named, never carried, in the journal.
#[async_trait]
pub trait Secrets: Send + Sync {
    /// The secret of that name, or none.
    async fn find(&self, name: &str) -> Result<Option<SecretString>, Fault>;
    /// Stores a secret under that name; an older one is replaced.
    async fn keep(&self, name: &str, secret: &SecretString) -> Result<(), Fault>;
    /// Forgets it; absent is fine.
    async fn forget(&self, name: &str) -> Result<(), Fault>;
}

/// Hears that a setup has moved, so that screens can look again. Called often; must return at once.
pub trait Observer: Send + Sync {
    /// Something about the setup has changed.
    fn moved(&self, setup: &SetupId);
}

/// Nobody listens.
pub struct Unobserved;

impl Observer for Unobserved {
    fn moved(&self, _setup: &SetupId) {}
}
