//! Talking to Microsoft clouds: sign-in, HTTP with its manners, Graph, and the changes and reads built on it.
//!
//! Knows the protocols and the APIs, and the facts about how they fail. Knows no pattern, no vendor, no
//! screen and no database: what to do comes in as `grantway_core` desired states and questions, tokens
//! come from a [`http::Tokens`], and time, ids and randomness from core's ports.
#![forbid(unsafe_code)]
#![allow(
    clippy::result_large_err,
    reason = "core's fault is what every change and read returns; a failure costs a round trip, not a copy"
)]

pub mod changes;
pub mod clouds;
pub mod control;
pub mod graph;
pub mod http;
pub mod own_consent;
pub mod partner_center;
pub mod reads;
pub mod sign_in;

pub use reads::registry;
