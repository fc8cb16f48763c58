//! Use cases and the contract with the UI: the only room where adapters meet.
//!
//! Knows every other room of the product but the practice cloud and the hosts. A host (the desktop
//! shell, the terminal, the loopback host of the tests) brings windows, browsers, a clipboard and an
//! ear for events; everything that a person may do comes in as a [`contract::Call`].
#![forbid(unsafe_code)]

mod answers;
mod app;
mod catalogue;
mod client_choice;
mod clock;
mod cloud_file;
pub mod contract;
pub mod host;
mod kept;
mod own_profiles;
mod pairing;
mod preferences;
mod problem;
mod registry;
mod tokens;
mod use_cases;
mod uses;
mod views;
mod world;

pub use app::{App, AppOrder};
pub use catalogue::{Catalogue, ENGLISH, Span};
pub use cloud_file::{CloudFileProblem, read_cloud_file};
pub use grantway_core::Timestamp;
pub use grantway_core::ports::{Clock, Ids};
pub use grantway_microsoft::clouds::{Cloud, CloudFileError};
pub use grantway_microsoft::control::Sleep;
pub use grantway_store::vault::{Asked, KeychainUse, NobodyToAsk, Passphrase};
pub use own_profiles::{OwnProfileError, OwnProfiles};
pub use use_cases::{ExportFailure, Exported, Offer, clouds, export_journal, is_domain, offers};
pub use world::AroundJournal;
