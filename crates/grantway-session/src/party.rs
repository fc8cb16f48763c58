//! Whose sign-in a session is for. A session never changes its party.

pub use grantway_core::Party;
