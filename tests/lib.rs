//! What journeys and stories share: a stage with the app, a practice cloud and the robot person in front of it.
#![forbid(unsafe_code)]

mod end_state;
mod player;
mod stage;

pub use end_state::end_state;
pub use player::Played;
pub use stage::{Dump, Knobs, Stage, differences, passphrase};
