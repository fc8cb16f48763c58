//! Checks of the provider's tenant, of the signed-in person, and of the vendor's publisher.

use grantway_core::Text;
use grantway_core::check::Check;
use grantway_core::question::{
    AccessPolicies, Ask, AuthenticatorPolicy, DomainSeen, Licences, SecurityDefaults,
    SignedInPerson, TenantProfile,
};

use super::{Asked, accept, by_hand, change_answer, in_plan, other_account};
use crate::gdap_service_account::directory_roles::{ABILITIES, GLOBAL_ADMINISTRATOR};
use crate::gdap_service_account::form;
use crate::gdap_service_account::subject::{ADMIN_AGENTS, Subject, admin_agents};

/// A check in the provider's tenant, before its answer is known.
pub(super) fn asked<T: Ask>(subject: &Subject<'_>, id: &str, about: &T) -> Asked {
    Asked {
        id: id.into(),
        place: subject.provider.clone(),
        title: Text::new(format!("gdap-check-{id}")),
        needed: Text::new(format!("gdap-check-{id}-needed")),
        why: Text::new(format!("gdap-check-{id}-why")).with("vendor", subject.vendor()),
        right_used: subject.right(about),
        columns: Vec::new(),
    }
}

/// The tenant is a partner's: the group of its admin agents is there, once.
pub(super) fn partner_tenant(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "partner-tenant", &admin_agents());
    let groups = match subject.admin_agents() {
        Ok(groups) => groups,
        Err(fault) => return asked.unread(&fault, false),
    };
    let found = |key: &str| Text::new(key).with("group", ADMIN_AGENTS);
    match groups.len() {
        1 => asked.pass(found("gdap-check-partner-tenant-found")),
        0 => asked.fail(
            found("gdap-check-partner-tenant-none"),
            vec![
                change_answer(
                    form::PROVIDER,
                    Text::new("gdap-check-partner-tenant-answer"),
                ),
                other_account(),
            ],
        ),
        count => asked.fail(
            found("gdap-check-partner-tenant-many").with("count", count),
            vec![by_hand(
                "rename-group",
                Text::new("gdap-check-partner-tenant-rename"),
                Text::new("gdap-check-partner-tenant-rename-detail").with("group", ADMIN_AGENTS),
                "entra",
                &["Groups", "All groups", ADMIN_AGENTS, "Properties"],
            )],
        ),
    }
}

/// The signed-in person is an admin agent.
pub(super) fn admin_agent(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "admin-agent", &SignedInPerson {});
    match subject.person() {
        Err(fault) => asked.unread(&fault, true),
        Ok(person) if person.groups.contains(ADMIN_AGENTS) => {
            asked.pass(Text::new("gdap-check-admin-agent-found").with("person", &person.name))
        }
        Ok(person) => asked.fail(
            Text::new("gdap-check-admin-agent-not").with("person", &person.name),
            vec![
                other_account(),
                by_hand(
                    "make-admin-agent",
                    Text::new("gdap-check-admin-agent-make"),
                    Text::new("gdap-check-admin-agent-make-detail").with("person", &person.name),
                    "partner",
                    &[
                        "Settings",
                        "Account settings",
                        "User management",
                        "Admin agent",
                    ],
                ),
            ],
        ),
    }
}

/// The signed-in person may do what the plan will do, and undo it.
pub(super) fn abilities(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "abilities", &SignedInPerson {});
    let person = match subject.person() {
        Ok(person) => person,
        Err(fault) => return asked.unread(&fault, true),
    };
    if person.roles.contains(&GLOBAL_ADMINISTRATOR) {
        return asked.pass(Text::new("gdap-check-abilities-global").with("person", &person.name));
    }
    let lacking = |needed_to_apply: bool| -> Vec<&str> {
        ABILITIES
            .iter()
            .filter(|ability| ability.needed_to_apply == needed_to_apply)
            .filter(|ability| {
                !ability
                    .any_of
                    .iter()
                    .any(|role| person.roles.contains(role))
            })
            .map(|ability| ability.role)
            .collect()
    };
    let (to_apply, to_prove) = (lacking(true), lacking(false));
    let found = |key: &str, roles: &[&str]| {
        Text::new(key)
            .with("person", &person.name)
            .with("count", roles.len())
            .with("roles", roles.join(", "))
    };
    if !to_apply.is_empty() {
        asked.fail(
            found("gdap-check-abilities-lacking", &to_apply),
            vec![other_account()],
        )
    } else if !to_prove.is_empty() {
        asked.warn(
            found("gdap-check-abilities-later", &to_prove),
            vec![other_account()],
        )
    } else {
        asked.pass(Text::new("gdap-check-abilities-enough").with("person", &person.name))
    }
}

/// The account's domain is one of the tenant's, and passwords of its accounts are kept in Entra.
pub(super) fn account_domain(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "account-domain", &TenantProfile {});
    let tenant = match subject.tenant() {
        Ok(tenant) => tenant,
        Err(fault) => return asked.unread(&fault, true),
    };
    let domain = subject.account.domain();
    let managed: Vec<&str> = tenant
        .domains
        .iter()
        .filter(|seen| seen.is_managed)
        .map(|seen| seen.name.as_str())
        .collect();
    let remedy = || {
        let detail = if managed.is_empty() {
            Text::new("gdap-check-account-domain-none-managed")
        } else {
            Text::new("gdap-check-account-domain-answer").with("domains", managed.join(", "))
        };
        vec![change_answer(form::ACCOUNT, detail)]
    };
    let found = |key: &str| {
        Text::new(key)
            .with("domain", domain)
            .with("tenant", &tenant.name)
    };
    let seen: Option<&DomainSeen> = tenant.domains.iter().find(|d| d.name.as_str() == domain);
    match seen {
        None => asked.fail(found("gdap-check-account-domain-unknown"), remedy()),
        Some(seen) if !seen.is_managed => {
            asked.fail(found("gdap-check-account-domain-federated"), remedy())
        }
        Some(_) => asked.pass(found("gdap-check-account-domain-found")),
    }
}

/// Nobody else has the account's name.
pub(super) fn account_name(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "account-name", &subject.account_named());
    let found = |key: &str| Text::new(key).with("account", subject.account.as_str());
    let remedy = vec![change_answer(
        form::ACCOUNT,
        Text::new("gdap-check-account-name-answer"),
    )];
    match subject.account_seen() {
        Err(fault) => asked.unread(&fault, true),
        Ok(None) => asked.pass(found("gdap-check-account-name-free")),
        Ok(Some(seen)) if !seen.enabled => {
            asked.fail(found("gdap-check-account-name-blocked"), remedy)
        }
        // Checks run before anything is made, so whatever is there is somebody else's: it must not get these rights.
        Ok(Some(seen)) => asked.fail(
            found("gdap-check-account-name-taken").with("name", &seen.display_name),
            remedy,
        ),
    }
}

/// Conditional Access is licensed.
pub(super) fn licence(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "provider-p1", &Licences {});
    super::conditional_access(asked, subject.licences())
}

/// Somebody in the tenant has a mailbox.
pub(super) fn mailbox(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "provider-mailbox", &Licences {});
    super::mailbox(asked, subject.licences())
}

/// The account may use Authenticator with notifications. A second factor of another company is named and does not count.
pub(super) fn authenticator(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "authenticator", &AuthenticatorPolicy {});
    let seen = match subject.authenticator_policy() {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, true),
    };
    let switch_on = || {
        by_hand(
            "authenticator-on",
            Text::new("gdap-check-authenticator-switch"),
            Text::new("gdap-check-authenticator-switch-detail"),
            "entra",
            &[
                "Authentication methods",
                "Policies",
                "Microsoft Authenticator",
            ],
        )
    };
    let others = seen.external.join(", ");
    match (seen.enabled, seen.push_for_everybody()) {
        (false, _) if others.is_empty() => {
            asked.fail(Text::new("gdap-check-authenticator-off"), vec![switch_on()])
        }
        (false, _) => asked.fail(
            Text::new("gdap-check-authenticator-other-only")
                .with("methods", others)
                .with("vendor", subject.vendor()),
            vec![switch_on()],
        ),
        (true, true) => asked.pass(Text::new("gdap-check-authenticator-on")),
        (true, false) => asked.warn(
            Text::new("gdap-check-authenticator-some"),
            vec![switch_on(), accept()],
        ),
    }
}

/// Policies of the provider's own tenant: the account is left out of them, and one that asks for another company's second
/// factor is named.
pub(super) fn policies(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "provider-policies", &AccessPolicies {});
    let seen = match subject.own_policies() {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, false),
    };
    let active = subject.policies_for_account(&seen);
    let foreign: Vec<&str> = active
        .iter()
        .filter(|policy| !policy.custom_factors.is_empty())
        .map(|policy| policy.name.as_str())
        .collect();
    if active.is_empty() {
        return asked.pass(Text::new("gdap-check-provider-policies-none"));
    }
    let found = Text::new(if foreign.is_empty() {
        "gdap-check-provider-policies-some"
    } else {
        "gdap-check-provider-policies-foreign"
    });
    asked.pass(
        found
            .with("count", active.len())
            .with("vendor", subject.vendor())
            .with("account", subject.account.as_str())
            .with("policies", foreign.join(", ")),
    )
}

/// Security Defaults are off, or the plan puts a policy in their place: the account's own policy cannot be on beside them.
pub(super) fn security_defaults(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "provider-security-defaults", &SecurityDefaults {});
    match subject.security_defaults() {
        Err(fault) => asked.unread(&fault, true),
        Ok(seen) if !seen.enabled => {
            asked.pass(Text::new("gdap-check-provider-security-defaults-off"))
        }
        Ok(_) => asked.warn(
            Text::new("gdap-check-provider-security-defaults-on"),
            vec![
                in_plan(
                    "defaults-off",
                    Text::new("gdap-check-provider-security-defaults-replace"),
                    Text::new("gdap-check-provider-security-defaults-replace-detail")
                        .with("account", subject.account.as_str()),
                ),
                by_hand(
                    "security-defaults-off",
                    Text::new("gdap-check-provider-security-defaults-switch"),
                    // facts: api-gdap-hardening §2.9: both cannot be on at once, so there is a gap of seconds.
                    Text::new("gdap-check-provider-security-defaults-switch-detail"),
                    "entra",
                    &[
                        "Overview",
                        "Properties",
                        "Manage security defaults",
                        "Disabled",
                        "Save",
                    ],
                ),
            ],
        ),
    }
}

/// The publisher exists in no tenant of the provider's before the consent: it is judged right after it.
pub(super) fn publisher(subject: &Subject<'_>) -> Check {
    let publisher = &subject.terms.publisher;
    let needed = if publisher.verified {
        "gdap-publisher-needed-verified"
    } else {
        "gdap-publisher-needed"
    };
    Asked {
        id: "publisher-before-consent".into(),
        place: subject.provider.clone(),
        title: Text::new("gdap-check-publisher"),
        needed: Text::new(needed).with("publisher", &publisher.name),
        why: Text::new("gdap-publisher-why").with("vendor", subject.vendor()),
        right_used: Vec::new(),
        columns: Vec::new(),
    }
    .cannot_see(Text::new("gdap-check-publisher-later"), Vec::new())
}
