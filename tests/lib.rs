//! What journeys, stories and sweeps share: a stage with the app, a practice cloud and the robot person in front of it.
#![forbid(unsafe_code)]

mod customer;
mod end_state;
#[path = "sweep/journey.rs"]
pub mod journey;
mod player;
mod requests;
mod stage;
mod taking_back;
mod vault;

pub use customer::approves;
pub use end_state::{differences, end_state, plain};
pub use player::{ANYBODY, Asked, Part, Played, Until};
pub use requests::Requests;
pub use stage::{Dump, Knobs, Stage, passphrase};
pub use vault::cheap_vault;
