//! What there is to choose from, for hosts that read a file instead of showing a form.

use grantway_core::DomainName;
use grantway_microsoft::clouds::built_in_all;
use grantway_patterns::Library;

/// A vendor profile, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The profile.
    pub profile: String,
    /// The pattern that it fills.
    pub pattern: String,
}

/// All vendor profiles.
pub fn offers() -> Vec<Offer> {
    let profiles = Library::built_in().profiles().iter();
    profiles
        .map(|profile| Offer {
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
