//! What there is to choose from, for hosts that read a file instead of showing a form.

use std::path::Path;

use grantway_core::DomainName;
use grantway_microsoft::clouds::built_in_all;

use crate::own_profiles::OwnProfiles;

/// A vendor profile, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The profile.
    pub profile: String,
    /// Its name for people.
    pub name: String,
    /// The pattern that it fills.
    pub pattern: String,
}

/// All vendor profiles with which a setup can be begun: those of the app, and one's own of a data folder. One that cannot be
/// used is left out, and told when the app is opened.
pub fn offers(data: &Path) -> Vec<Offer> {
    let (library, _) = OwnProfiles::below(data).library();
    let profiles = library.offered();
    profiles
        .map(|(profile, _)| Offer {
            name: profile.name.clone(),
            profile: profile.id.clone(),
            pattern: profile.pattern.clone(),
        })
        .collect()
}

/// The ids of the clouds that are built in.
pub fn clouds() -> Vec<String> {
    built_in_all()
        .iter()
        .map(|cloud| cloud.id().as_str().to_owned())
        .collect()
}

/// Whether a text is a domain name, by the same rule as in the forms.
pub fn is_domain(text: &str) -> bool {
    DomainName::parse(text.trim()).is_ok()
}
