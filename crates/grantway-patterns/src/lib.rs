//! Ways of granting access, and the vendor profiles that fill them.
//!
//! A pattern says what has to be asked, checked, done and proved; it never says how to talk to a server, and it
//! knows no vendor: a vendor is a profile, and a profile is data. Nothing here does I/O or asks for the time.
#![forbid(unsafe_code)]

mod asked;
mod entra_roles;
pub mod gdap_service_account;
mod library;
pub mod own_app;
mod pattern;
mod profile;

pub use entra_roles::{EntraRole, entra_role, entra_roles};
pub use library::{Library, Origin};
pub use pattern::{
    Answers, Card, CardLine, Column, Field, FieldChoice, FieldProblem, Lent, Made, Named, NoDraft,
    OnlyWhen, Pattern, PickLine, PickOption, Picks, SeatSpec, SetupClient, Situation, Template,
};
pub use profile::{Particulars, Profile, ProfileError};

/// The patterns of this version.
static PATTERNS: [&dyn Pattern; 2] = [&gdap_service_account::GdapServiceAccount, &own_app::OwnApp];

/// Every pattern of this version.
pub fn patterns() -> impl Iterator<Item = &'static dyn Pattern> {
    PATTERNS.into_iter()
}

/// The pattern of that id, such as a profile names it.
pub fn pattern(id: &str) -> Option<&'static dyn Pattern> {
    patterns().find(|pattern| pattern.id() == id)
}
