//! Whose sign-in a session is for. A session never changes its party.

pub use grantway_core::Party;

/// The word for the strip and for window titles, in English: "Provider", "Customer", "Vendor".
pub fn party_word(party: Party) -> &'static str {
    match party {
        Party::Provider => "Provider",
        Party::Customer => "Customer",
        Party::Vendor => "Vendor",
    }
}
