//! The terminal's host: the same use cases without a window.
//!
//! Knows the app's contract, the terminal, and, behind the feature `practice`, how to start a practice cloud and
//! the robot person who signs in through its real pages. Knows no rule of the domain.
#![forbid(unsafe_code)]
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_macros,
    reason = "a terminal is where this crate speaks"
)]

#[cfg(feature = "practice")]
mod cast;
pub mod commands;
pub mod edge;
pub mod exit;
pub mod host;
pub mod passphrase;
#[cfg(feature = "practice")]
pub mod practice;
pub mod progress;
#[cfg(feature = "practice")]
pub mod robot;
#[cfg(feature = "serve")]
pub mod serve;
pub mod setup_file;
