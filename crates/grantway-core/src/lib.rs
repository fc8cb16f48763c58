//! Value types, findings and the engine: plan, apply, prove, undo.
//!
//! Core knows what a step, a plan, a journal entry and a proof are. It knows no server, no file, no
//! clock of its own, no pattern and no vendor: time, ids, secrets and every effect come in through
//! the traits in [`ports`], [`change`] and [`journal`].
#![forbid(unsafe_code)]

pub mod actor;
pub mod change;
pub mod check;
pub mod desired;
pub mod engine;
pub mod fault;
pub mod ids;
pub mod journal;
pub mod memory;
pub mod party;
pub mod plan;
pub mod ports;
pub mod proof;
pub mod question;
pub mod text;

pub use actor::Actor;
pub use fault::{Fault, FaultKind};
pub use ids::{AppId, DomainName, ObjectId, RoleId, SetupId, StepId, TenantId, Upn};
pub use party::{Party, Place};
pub use text::Text;

/// A moment in UTC; every room passes it in, none asks the machine.
pub type Timestamp = jiff::Timestamp;
