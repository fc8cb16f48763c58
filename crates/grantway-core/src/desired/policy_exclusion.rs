//! Somebody whom one Conditional Access policy is not to apply to.

use serde::{Deserialize, Serialize};

use super::{Desired, Known};
use crate::ids::{ObjectId, TenantId};

/// An exclusion that is merged into a Conditional Access policy that is there. Outputs: `id` (the policy's).
///
/// Nothing else of the policy is touched, and taking back takes out only what was added. Where the policy is not there any more the
/// step stands in conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyExclusion {
    /// The policy's id; of an earlier step where that one makes it.
    pub policy: Known<String>,
    /// The policy's name, for people.
    pub policy_name: String,
    /// Who is excluded.
    pub exclude: Excluded,
}

/// Who is excluded from a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Excluded {
    /// The people of a provider who come through a delegated admin relationship.
    ServiceProvider {
        /// The provider's tenant.
        tenant: TenantId,
        /// The provider's name, for people.
        name: String,
    },
    /// One account of the tenant of the step.
    Account {
        /// The account; often made by an earlier step.
        user: Known<ObjectId>,
        /// The account's name, for people.
        name: String,
    },
}

impl Desired for PolicyExclusion {
    const KIND: &'static str = "policy-exclusion";
}
