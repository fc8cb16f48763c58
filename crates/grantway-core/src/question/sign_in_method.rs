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

/// What is known of an account's sign-in. Where neither its methods nor the report may be read there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInMethodsSeen {
    /// Its methods as they are now; none where they may not be read.
    pub methods: Option<MethodsSeen>,
    /// What the report of registrations says.
    pub report: RegistrationReport,
    /// When the password was changed last, where that can be read.
    pub password_changed: Option<Timestamp>,
    /// When the account was made, where that can be read.
    pub created: Option<Timestamp>,
}

/// The methods of an account at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodsSeen {
    /// Microsoft Authenticator is registered.
    pub authenticator: bool,
    /// Since when it is, where that can be read.
    pub since: Option<Timestamp>,
    /// Other methods beside the password, by Microsoft's type name without prefix, such as `phoneAuthenticationMethod`.
    pub others: Vec<String>,
}

/// The tenant's report of who has registered what. It lags behind by hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "report", rename_all = "snake_case")]
pub enum RegistrationReport {
    /// It has a record of the account.
    Seen(Registration),
    /// It has none, as for every new account.
    NoRecord,
    /// It may not be read, or the tenant is not licensed for it.
    NotReadable,
}

/// What the report says of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// A second factor is registered.
    pub mfa: bool,
    /// Methods by the report's names, such as `microsoftAuthenticatorPush`.
    pub methods: Vec<String>,
    /// When the record was brought up to date.
    pub updated: Option<Timestamp>,
}

impl Registration {
    /// Whether notifications in Microsoft Authenticator are registered as a second factor.
    pub fn has_push(&self) -> bool {
        self.mfa
            && self
                .methods
                .iter()
                .any(|method| method == "microsoftAuthenticatorPush")
    }

    /// Methods that do not come with Microsoft Authenticator. The app's own codes are reported as any other's.
    pub fn beside_authenticator(&self) -> Vec<&str> {
        let of_authenticator = |name: &str| {
            name.starts_with("microsoftAuthenticator") || name == "softwareOneTimePasscode"
        };
        let names = self.methods.iter().map(String::as_str);
        names.filter(|name| !of_authenticator(name)).collect()
    }
}

impl Ask for SignInMethods {
    const KIND: &'static str = "sign-in-methods";
    type Answer = SignInMethodsSeen;
}
