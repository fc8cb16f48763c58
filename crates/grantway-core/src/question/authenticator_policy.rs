//! Whether people may use Microsoft Authenticator, and which foreign second factors the tenant has.

use serde::{Deserialize, Serialize};

use super::Ask;

/// The tenant's policy about sign-in methods, as far as it is about Microsoft Authenticator and methods of other vendors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorPolicy {}

/// What the policy says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticatorPolicySeen {
    /// Whether Microsoft Authenticator is allowed to its targets.
    pub enabled: bool,
    /// Whom it is allowed to.
    pub targets: Vec<MethodTarget>,
    /// Whom it is not allowed to although a target holds them.
    pub excluded: Vec<MethodTarget>,
    /// Names of external authentication methods (second factors of other vendors) that are on.
    pub external: Vec<String>,
}

/// Whom a sign-in method is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodTarget {
    /// `group` or `user`.
    pub kind: String,
    /// The object's id, or `all_users`.
    pub id: String,
    /// Microsoft's word for how Authenticator may be used: `any`, `push`, `deviceBasedPush`; none where the policy says nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
}

impl MethodTarget {
    /// Microsoft's id for everybody.
    pub const EVERYBODY: &'static str = "all_users";

    /// Whether a notification on the phone, after the password, is among what is allowed.
    fn has_push(&self) -> bool {
        matches!(self.mode.as_deref(), None | Some("any" | "push"))
    }
}

impl AuthenticatorPolicySeen {
    /// Whether everybody may confirm a sign-in in Authenticator. `false` does not mean that nobody may: groups decide then, and who is in
    /// them is not read.
    pub fn push_for_everybody(&self) -> bool {
        let everybody =
            |target: &MethodTarget| target.id == MethodTarget::EVERYBODY && target.has_push();
        self.enabled && self.excluded.is_empty() && self.targets.iter().any(everybody)
    }
}

impl Ask for AuthenticatorPolicy {
    const KIND: &'static str = "authenticator-policy";
    type Answer = AuthenticatorPolicySeen;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn push_is_for_everybody_only_where_nothing_narrows_it() {
        let target = |id: &str, mode: Option<&str>| MethodTarget {
            kind: "group".into(),
            id: id.into(),
            mode: mode.map(str::to_owned),
        };
        let seen = AuthenticatorPolicySeen {
            enabled: true,
            targets: vec![target("all_users", Some("any"))],
            excluded: vec![],
            external: vec![],
        };
        assert!(seen.push_for_everybody());
        let off = AuthenticatorPolicySeen {
            enabled: false,
            ..seen.clone()
        };
        let narrowed = AuthenticatorPolicySeen {
            excluded: vec![target("g", None)],
            ..seen.clone()
        };
        let passwordless = AuthenticatorPolicySeen {
            targets: vec![target("all_users", Some("deviceBasedPush"))],
            ..seen.clone()
        };
        let group = AuthenticatorPolicySeen {
            targets: vec![target("g", Some("any"))],
            ..seen
        };
        for other in [off, narrowed, passwordless, group] {
            assert!(!other.push_for_everybody(), "{other:?}");
        }
    }
}
