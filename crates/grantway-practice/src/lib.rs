//! The practice cloud: a simulated Microsoft cloud on this computer's loopback, for training, tests and demonstrations.
//!
//! It knows Microsoft's services from the outside, as HTTP shows them, and must not know any other crate of this project: client and
//! simulator that shared types would share mistakes. What it leaves out is listed in `FIDELITY.md`.
#![forbid(unsafe_code)]

pub mod clock;
pub mod cloud;
mod cloud_file;
pub mod control;
pub mod faults;
pub mod federated;
pub mod gateway;
pub mod graph;
pub mod hosts;
pub mod ids;
pub mod log;
pub mod login;
pub mod page;
pub mod partner_center;
pub mod portal;
mod practice;
// Its own tests need no feature: they have its libraries as development dependencies.
#[cfg(any(test, feature = "robot"))]
pub mod robot;
pub mod scenario;
pub mod stale;
pub mod state;
pub mod vendor;

pub use clock::ClockMode;
pub use cloud_file::CloudFile;
pub use practice::{ControlAddress, Options, Practice, StartError};
pub use scenario::{Scenario, ScenarioError, ScenarioSource};
