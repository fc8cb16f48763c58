//! The way into a customer's tenant: whether the app that works is let in there.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::change::Scope;
use crate::text::Text;

/// Asks, in a customer's tenant, whether the person who works reaches it from the provider's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CustomerWay {
    /// The delegated Graph permissions that are needed there. Where some are lacking it is asked as well who could grant
    /// them.
    pub needs: Vec<Scope>,
}

/// What stands in the way, or does not.
///
/// Facts: own-app-and-tokens §2.2; the service tells "not authorised yet" in three ways, and they all are [`Self::NotConsented`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum WaySeen {
    /// The tenant hands out tokens.
    Open {
        /// The delegated Graph permissions that they carry, sorted.
        scopes: Vec<Scope>,
        /// The directory roles that they name (template ids, sorted): a hint, since tokens are opaque by contract. None
        /// where the token tells nothing.
        roles: Option<Vec<String>>,
        /// Where a needed permission is lacking: whether Partner Center lets the person consent for this customer; none
        /// where that was not asked, or could not be asked yet.
        by_partner_center: Option<bool>,
    },
    /// The app is not authorised in the tenant yet.
    NotConsented {
        /// The service's code.
        code: String,
        /// Whether Partner Center lets the person consent for this customer; none where that could not be asked yet.
        by_partner_center: Option<bool>,
    },
    /// The account or the app is kept out, for a reason that a consent does not mend.
    Closed {
        /// The reason, as a text of the catalogue.
        because: Text,
        /// The service's code.
        code: String,
    },
}

impl Ask for CustomerWay {
    const KIND: &'static str = "customer-way";
    type Answer = WaySeen;
}
