//! What journeys and stories share: a stage with the app, a practice cloud and the robot person in front of it.
#![forbid(unsafe_code)]

mod stage;

pub use stage::{Dump, Knobs, Stage, differences, passphrase};
