//! What only the edge of a program knows: the machine's time and its randomness.

use grantway_app::{Ids, Timestamp};
use uuid::Uuid;

/// The machine's clock.
#[allow(
    clippy::disallowed_methods,
    reason = "the edge: the machine's clock is handed to the app here"
)]
pub fn now() -> Timestamp {
    jiff::Timestamp::now()
}

/// The system's random numbers.
pub struct SystemIds;

impl Ids for SystemIds {
    fn guid(&self) -> Uuid {
        Uuid::new_v4()
    }

    fn bytes(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the system gives random numbers");
    }
}
