//! With what an account signs in.

use serde::{Deserialize, Serialize};

use super::Ask;
use crate::Timestamp;
use crate::desired::Known;
use crate::ids::ObjectId;

/// The sign-in methods of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMethods {
    /// The account.
    pub account: Known<ObjectId>,
}

/// What an account has registered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMethodsSeen {
    /// Microsoft Authenticator is registered.
    pub authenticator: bool,
    /// Other methods beside the password, by Microsoft's type name without prefix, such as `phoneAuthenticationMethod`.
    pub others: Vec<String>,
    /// When the password was changed last, where that can be read.
    pub password_changed: Option<Timestamp>,
    /// When the account was made, where that can be read.
    pub created: Option<Timestamp>,
}

impl Ask for SignInMethods {
    const KIND: &'static str = "sign-in-methods";
    type Answer = SignInMethodsSeen;
}
