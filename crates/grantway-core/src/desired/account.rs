//! A user account without a licence, for a service.

use serde::{Deserialize, Serialize};

use super::Desired;
use crate::ids::Upn;

/// An enabled user in the tenant of the step. Outputs: `id`, `upn`.
///
/// Its first password is made by the engine's side, kept in the vault under `password_secret` before the
/// account is asked for, and must be changed at the first sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The account's name; unique in the tenant, so a lost answer is looked up by it.
    pub upn: Upn,
    /// What people see.
    pub display_name: String,
    /// The mail nickname, under the same rules as a group's.
    pub mail_nickname: String,
    /// The name of the first password in the vault.
    pub password_secret: String,
}

impl Desired for Account {
    const KIND: &'static str = "account";
}
