//! Use cases and the contract with the UI: the only room where adapters meet.
//!
//! Knows every other room of the product but the practice cloud and the hosts. A host (the desktop
//! shell, the terminal, the loopback host of the tests) brings windows, browsers, a clipboard and an
//! ear for events; everything that a person may do comes in as a [`contract::Call`].
#![forbid(unsafe_code)]

pub mod contract;
