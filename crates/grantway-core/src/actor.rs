//! In whose name calls are made.

use serde::{Deserialize, Serialize};

use crate::ids::{AppId, TenantId, Upn};

/// An account that has signed in, where, and through which client. What a sign-in gave is kept under it, so that two
/// setups in one tenant never act in each other's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The tenant that was signed in to. Other tenants are reached from there.
    pub home: TenantId,
    /// The account.
    pub account: Upn,
    /// The client that tokens are given to.
    pub client: AppId,
}
