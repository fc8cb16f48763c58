//! The Conditional Access policies of a tenant.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Ask;
use crate::ids::{ObjectId, TenantId};

/// Every Conditional Access policy of the tenant, those that are off included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessPolicies {}

/// A Conditional Access policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicySeen {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Microsoft's word: `enabled`, `disabled`, `enabledForReportingButNotEnforced`.
    pub state: String,
    /// Whom it includes and excludes: Graph's `conditions.users`, whole.
    pub users: Value,
    /// Ids of custom controls: second factors of other vendors.
    pub custom_factors: Vec<String>,
}

/// Microsoft's old word for guests and all other people from outside, people of service providers among them.
const GUESTS: &str = "GuestsOrExternalUsers";
/// Microsoft's word for people who come through a delegated admin relationship.
const SERVICE_PROVIDER: &str = "serviceProvider";

impl PolicySeen {
    /// Whether it decides at sign-in.
    pub fn is_on(&self) -> bool {
        self.state == "enabled"
    }

    /// Whether it only reports what it would decide.
    pub fn is_report_only(&self) -> bool {
        self.state == "enabledForReportingButNotEnforced"
    }

    /// Whether it applies to nobody, such as a policy for workloads.
    pub fn hits_nobody(&self) -> bool {
        let only_none = {
            let mut words = self.words("includeUsers").peekable();
            words.peek().is_some() && words.all(|word| word == "None")
        };
        only_none
            && self.words("includeGroups").next().is_none()
            && self.words("includeRoles").next().is_none()
            && !self.users["includeGuestsOrExternalUsers"].is_object()
    }

    /// Whether it may apply to people who come through a delegated admin relationship: it is for everybody, for all people from outside,
    /// for outside tenants without exception, or for roles. A policy that names tenants one by one was meant for them and does not count.
    // facts: api-gdap-hardening §2.11.
    pub fn may_hit_service_providers(&self) -> bool {
        self.words("includeUsers")
            .any(|word| matches!(word, "All" | GUESTS))
            || self.users["includeGuestsOrExternalUsers"]["externalTenants"]["membershipKind"]
                == "all"
            || self.words("includeRoles").next().is_some()
    }

    /// Whether it may apply to an account that is not made yet: it is for everybody, for roles or for groups. One that
    /// names accounts one by one, or people from outside, does not.
    pub fn may_hit_new_accounts(&self) -> bool {
        self.words("includeUsers").any(|word| word == "All")
            || self.words("includeRoles").next().is_some()
            || self.words("includeGroups").next().is_some()
    }

    /// Whether it leaves out the people of that provider's tenant who come through a delegated admin relationship. Where it does not say
    /// which tenants it means, it does not count as leaving them out.
    pub fn excludes_service_provider(&self, tenant: TenantId) -> bool {
        if self.words("excludeUsers").any(|word| word == GUESTS) {
            return true;
        }
        let external = &self.users["excludeGuestsOrExternalUsers"];
        let types = external["guestOrExternalUserTypes"]
            .as_str()
            .unwrap_or_default();
        let tenants = &external["externalTenants"];
        types.split(',').any(|word| word.trim() == SERVICE_PROVIDER)
            && (tenants["membershipKind"] == "all"
                || words(&tenants["members"]).any(|word| TenantId::parse(word) == Ok(tenant)))
    }

    /// Whether it leaves out that account by name. Whether a group or a role leaves it out is not looked at.
    pub fn excludes_user(&self, user: ObjectId) -> bool {
        self.words("excludeUsers")
            .any(|word| ObjectId::parse(word) == Ok(user))
    }

    fn words(&self, list: &str) -> impl Iterator<Item = &str> {
        words(&self.users[list])
    }
}

fn words(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
}

impl Ask for AccessPolicies {
    const KIND: &'static str = "access-policies";
    type Answer = Vec<PolicySeen>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const US: &str = "8f4c2a10-0000-4000-8000-0000000a6d21";
    const THEM: &str = "8f4c2a10-0000-4000-8000-0000000a6d22";

    fn policy(users: Value) -> PolicySeen {
        PolicySeen {
            id: "p".into(),
            name: "Second factor".into(),
            state: "enabled".into(),
            users,
            custom_factors: vec![],
        }
    }

    #[test]
    fn a_policy_may_hit_providers_when_it_takes_in_all_or_roles() {
        for users in [
            json!({ "includeUsers": ["All"] }),
            json!({ "includeUsers": ["GuestsOrExternalUsers"] }),
            json!({ "includeUsers": [], "includeRoles": [US] }),
            json!({ "includeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "serviceProvider", "externalTenants": { "membershipKind": "all" } } }),
        ] {
            assert!(policy(users.clone()).may_hit_service_providers(), "{users}");
        }
        for users in [
            json!({ "includeUsers": ["None"] }),
            json!({ "includeUsers": [US], "includeGroups": [THEM] }),
            json!({ "includeGuestsOrExternalUsers": { "guestOrExternalUserTypes": "serviceProvider", "externalTenants": { "membershipKind": "enumerated", "members": [US] } } }),
        ] {
            assert!(
                !policy(users.clone()).may_hit_service_providers(),
                "{users}"
            );
        }
    }

    #[test]
    fn a_policy_for_named_accounts_does_not_hit_a_new_one() {
        for users in [
            json!({ "includeUsers": ["All"] }),
            json!({ "includeGroups": [THEM] }),
            json!({ "includeRoles": [THEM] }),
        ] {
            assert!(policy(users.clone()).may_hit_new_accounts(), "{users}");
        }
        for users in [
            json!({ "includeUsers": [THEM] }),
            json!({ "includeUsers": ["GuestsOrExternalUsers"] }),
            json!({ "includeUsers": ["None"] }),
        ] {
            assert!(!policy(users.clone()).may_hit_new_accounts(), "{users}");
        }
    }

    #[test]
    fn a_provider_is_left_out_only_where_type_and_tenant_say_so() {
        let us = TenantId::parse(US).unwrap();
        let excluded = |types: &str, tenants: Value| {
            policy(json!({ "excludeGuestsOrExternalUsers": { "guestOrExternalUserTypes": types, "externalTenants": tenants } }))
                .excludes_service_provider(us)
        };
        let named =
            |members: &[&str]| json!({ "membershipKind": "enumerated", "members": members });
        assert!(excluded("serviceProvider", named(&[US])));
        assert!(excluded(
            "b2bCollaborationGuest, serviceProvider",
            named(&[THEM, &US.to_uppercase()])
        ));
        assert!(excluded(
            "serviceProvider",
            json!({ "membershipKind": "all" })
        ));
        assert!(!excluded("b2bCollaborationGuest", named(&[US])));
        assert!(!excluded("serviceProvider", named(&[THEM])));
        assert!(!excluded("serviceProvider", Value::Null));
        assert!(
            !policy(json!({ "excludeGuestsOrExternalUsers": null })).excludes_service_provider(us)
        );
    }

    #[test]
    fn a_policy_for_workloads_hits_nobody() {
        assert!(policy(json!({ "includeUsers": ["None"] })).hits_nobody());
        assert!(!policy(json!({ "includeUsers": [] })).hits_nobody());
        assert!(!policy(json!({ "includeUsers": ["None"], "includeGroups": [US] })).hits_nobody());
    }

    #[test]
    fn an_account_is_left_out_by_name() {
        let seen = policy(json!({ "excludeUsers": [US.to_uppercase()] }));
        assert!(seen.excludes_user(ObjectId::parse(US).unwrap()));
        assert!(!seen.excludes_user(ObjectId::parse(THEM).unwrap()));
    }
}
