//! Ids and randomness from the operating system.

use grantway_core::ports::Ids;
use uuid::Uuid;

/// The system's random numbers.
pub struct SystemIds;

impl Ids for SystemIds {
    fn guid(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.bytes(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    fn bytes(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer)
            .expect("every system that Grantway runs on has a source of random numbers");
    }
}
