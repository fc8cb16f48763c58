//! An account by its name.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::ids::{ObjectId, Upn};

/// The account of that name, if there is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountNamed {
    /// The name.
    pub upn: Upn,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSeen {
    /// Its id.
    pub id: ObjectId,
    /// What people see.
    pub display_name: String,
    /// Whether it may sign in.
    pub enabled: bool,
}

impl Ask for AccountNamed {
    const KIND: &'static str = "account-named";
    type Answer = Option<AccountSeen>;
}
