//! What journeys and stories share: a stage with the app, a practice cloud and the robot person in front of it.
#![forbid(unsafe_code)]

mod end_state;
mod player;
mod stage;
mod vault;

pub use end_state::{end_state, plain};
pub use player::Played;
pub use stage::{Dump, Knobs, Stage, differences, passphrase};
pub use vault::cheap_vault;
