//! Whose sign-in a session is for.

use serde::{Deserialize, Serialize};

/// The party that a session belongs to. A session never changes its party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Who gets access: the managed service provider.
    Provider,
    /// Who gives access.
    Customer,
    /// Whose portal or app is used on the way.
    Vendor,
}

impl Party {
    /// The word for the strip and for window titles, in English: "Provider", "Customer", "Vendor".
    pub fn word(self) -> &'static str {
        match self {
            Party::Provider => "Provider",
            Party::Customer => "Customer",
            Party::Vendor => "Vendor",
        }
    }
}
