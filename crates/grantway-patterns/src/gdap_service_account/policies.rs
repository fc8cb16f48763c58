//! Conditional Access: the account's own policy, and who is left out of the others.

use grantway_core::desired::{
    AccessPolicy, AuthenticationStrength, DefaultsReplaced, Excluded, Known, PolicyControl,
    PolicyExclusion, PolicyUsers,
};
use grantway_core::plan::{Risk, Step};
use grantway_core::question::PolicySeen;
use grantway_core::{Place, StepId, TenantId, Text};

use super::columns;
use super::draft::{ACCOUNT, after, change, change_last, name_in, step};
use super::subject::Subject;
use super::way_in::{self, Work};

/// Only Authenticator counts as a second factor.
pub(super) const STRENGTH: &str = "push-strength";
/// The account's own policy.
pub(super) const POLICY: &str = "account-policy";
/// The account is left out of a policy.
pub(super) const ACCOUNT_EXCLUDED: &str = "account-excluded";
/// The provider is left out of a customer's policy.
pub(super) const PROVIDER_EXCLUDED: &str = "provider-excluded";
/// A policy takes the place of a tenant's Security Defaults, off at first.
pub(super) const REPLACEMENT: &str = "replacing-policy";
/// The policy takes over from a tenant's Security Defaults.
pub(super) const DEFAULTS_REPLACED: &str = "defaults-replaced";

/// Password and a notification in Microsoft Authenticator. The built-in strength for MFA takes text messages and codes too
/// (facts: api-gdap-hardening §1.3, §2.9).
const PUSH: &str = "password,microsoftAuthenticatorPush";
/// The policy that takes the place of Security Defaults.
const REPLACEMENT_NAME: &str = "Multifactor authentication for everybody";

/// Whether a policy decides or reports at sign-in, so that leaving somebody out of it has an effect.
fn is_active(policy: &PolicySeen) -> bool {
    (policy.is_on() || policy.is_report_only()) && !policy.hits_nobody()
}

impl Subject<'_> {
    /// The name of the strength that this setup makes: at most 30 characters, and no other setup's.
    fn strength_name(&self) -> String {
        format!("Authenticator push {}", self.situation.setup.as_str())
    }

    /// The account's own policy, by its name.
    pub(super) fn policy_name(&self) -> String {
        format!("{} MFA", self.account.as_str())
    }

    /// The provider's other policies that may hit the account, and that it is to be left out of.
    pub(super) fn policies_for_account(&self, seen: &[PolicySeen]) -> Vec<PolicySeen> {
        let own = self.policy_name();
        seen.iter()
            .filter(|policy| is_active(policy) && policy.name != own)
            .filter(|policy| policy.may_hit_new_accounts())
            .cloned()
            .collect()
    }

    /// The policies of a customer that may hit the provider's people and do not leave them out.
    pub(super) fn policies_in_the_way(&self, seen: &[PolicySeen]) -> Vec<PolicySeen> {
        let provider = self.provider.tenant;
        seen.iter()
            .filter(|policy| is_active(policy) && policy.may_hit_service_providers())
            .filter(|policy| !policy.excludes_service_provider(provider))
            .cloned()
            .collect()
    }

    /// The policies of a customer out of which the plan leaves the provider: those in the way, but where a person leaves
    /// them as they are; and those that leave it out already, by which an earlier run of this setup stays known.
    fn policies_to_leave(&self, customer: &Place) -> Vec<PolicySeen> {
        let left = format!("customer-policies/{}", customer.tenant);
        if self.situation.accepted.contains_key(&left) {
            return Vec::new();
        }
        let seen = self.policies(customer).unwrap_or_default();
        let relevant = seen
            .into_iter()
            .filter(|policy| is_active(policy) && policy.may_hit_service_providers());
        relevant.collect()
    }

    /// Whether the plan switches Security Defaults of the provider off. Nobody can leave them on: the account's own policy
    /// cannot be on beside them.
    fn switches_own_defaults(&self) -> bool {
        self.security_defaults().is_ok_and(|seen| seen.enabled)
    }

    /// Whether the plan switches Security Defaults of a customer off.
    fn switches_defaults(&self, customer: &Place) -> bool {
        let left = format!("customer-security-defaults/{}", customer.tenant);
        !self.situation.accepted.contains_key(&left)
            && self
                .security_defaults_of(customer)
                .is_ok_and(|seen| seen.enabled)
    }
}

/// The account's own policy with its strength, and the account left out of every other one. In the provider's tenant.
///
/// Microsoft refuses a policy that is on while Security Defaults are, so where they are on they give way before.
pub(super) fn of_account(subject: &Subject<'_>) -> Vec<Step> {
    let strength = AuthenticationStrength {
        name: subject.strength_name(),
        combinations: vec![PUSH.into()],
    };
    let mut steps = vec![step(
        subject,
        StepId::new(STRENGTH),
        STRENGTH,
        Risk::Low,
        Vec::new(),
        change(&strength),
    )];
    let policy = AccessPolicy {
        name: subject.policy_name(),
        users: PolicyUsers::Account {
            user: Known::id_of(StepId::new(ACCOUNT)),
            name: subject.account.to_string(),
        },
        exclude_service_provider: None,
        control: PolicyControl::Strength {
            id: Known::id_of(StepId::new(STRENGTH)),
            name: subject.strength_name(),
        },
        enabled: true,
    };
    let mut needs = after(&[ACCOUNT, STRENGTH]);
    let switches_defaults = subject.switches_own_defaults();
    if switches_defaults {
        let made = instead_of_own_defaults(subject);
        needs.extend(made.last().map(|step| step.id.clone()));
        steps.extend(made);
    }
    steps.push(step(
        subject,
        StepId::new(POLICY),
        POLICY,
        Risk::Low,
        needs,
        change(&policy),
    ));
    if switches_defaults {
        let made = id_in(REPLACEMENT, &subject.provider);
        let id = StepId::new(format!("{ACCOUNT_EXCLUDED}/{REPLACEMENT}"));
        let mut step = account_left_out(subject, id, Known::id_of(made.clone()), REPLACEMENT_NAME);
        step.after.push(made);
        steps.push(step);
    }
    let seen = subject.own_policies().unwrap_or_default();
    for other in subject.policies_for_account(&seen) {
        let id = StepId::new(format!("{ACCOUNT_EXCLUDED}/{}", other.id));
        let policy = Known::Now(other.id.clone());
        let mut step = account_left_out(subject, id, policy, &other.name);
        note_report_only(&mut step, &other);
        steps.push(step);
    }
    steps
}

/// The account is left out of a policy of the provider's tenant.
fn account_left_out(
    subject: &Subject<'_>,
    id: StepId,
    policy: Known<String>,
    policy_name: &str,
) -> Step {
    let desired = PolicyExclusion {
        policy,
        policy_name: policy_name.into(),
        exclude: Excluded::Account {
            user: Known::id_of(StepId::new(ACCOUNT)),
            name: subject.account.to_string(),
        },
    };
    // The account is protected by its own policy before it is left out of another one.
    let needs = after(&[ACCOUNT, POLICY]);
    let mut step = step(
        subject,
        id,
        ACCOUNT_EXCLUDED,
        Risk::Medium,
        needs,
        change(&desired),
    );
    name_in(&mut step, "policy", policy_name);
    step
}

/// What is changed in a customer's tenant so that the provider's account gets in, the way in first where it has to grow.
pub(super) fn of_customer(subject: &Subject<'_>, customer: &Place) -> Vec<Step> {
    let policies = subject.policies_to_leave(customer);
    let defaults = subject.switches_defaults(customer);
    let in_the_way = subject.policies_in_the_way(&policies);
    let work = Work {
        policies: defaults || !in_the_way.is_empty(),
        defaults,
    };
    let way_in = way_in::id(customer);
    let mut steps = vec![way_in::consent(subject, customer, work)];
    let mut last = way_in.clone();
    if defaults {
        for made in instead_of_customers_defaults(subject, customer, &way_in) {
            last = made.id.clone();
            steps.push(made);
        }
    }
    for policy in policies {
        let desired = PolicyExclusion {
            policy: Known::Now(policy.id.clone()),
            policy_name: policy.name.clone(),
            exclude: Excluded::ServiceProvider {
                tenant: subject.provider.tenant,
                name: subject.provider.name.clone(),
            },
        };
        let id = StepId::new(format!(
            "{PROVIDER_EXCLUDED}/{}/{}",
            customer.tenant, policy.id
        ));
        let mut step = in_customer(
            subject,
            customer,
            step(
                subject,
                id,
                PROVIDER_EXCLUDED,
                Risk::Medium,
                vec![last.clone()],
                change(&desired),
            ),
        );
        name_in(&mut step, "policy", &policy.name);
        note_report_only(&mut step, &policy);
        steps.push(step);
    }
    steps
}

/// The two steps by which a policy takes the place of a customer's Security Defaults; the provider is left out of it.
fn instead_of_customers_defaults(
    subject: &Subject<'_>,
    customer: &Place,
    way_in: &StepId,
) -> [Step; 2] {
    let provider = Some(subject.provider.tenant);
    let needs = vec![way_in.clone()];
    let texts = [REPLACEMENT, DEFAULTS_REPLACED];
    instead_of_defaults(subject, customer, provider, needs, texts)
        .map(|made| in_customer(subject, customer, made))
}

/// The same in the provider's own tenant.
fn instead_of_own_defaults(subject: &Subject<'_>) -> [Step; 2] {
    let texts = ["replacing-own-policy", "own-defaults-replaced"];
    let provider = subject.provider.clone();
    instead_of_defaults(subject, &provider, None, Vec::new(), texts).map(|mut made| {
        name_in(&mut made, "provider", &provider.name);
        made
    })
}

/// A policy is made ready, off, and then takes over. It goes only once Security Defaults are back.
fn instead_of_defaults(
    subject: &Subject<'_>,
    place: &Place,
    leaves_out: Option<TenantId>,
    needs: Vec<StepId>,
    texts: [&str; 2],
) -> [Step; 2] {
    let ready = id_in(REPLACEMENT, place);
    let policy = AccessPolicy {
        name: REPLACEMENT_NAME.into(),
        users: PolicyUsers::All,
        exclude_service_provider: leaves_out,
        control: PolicyControl::Mfa,
        enabled: false,
    };
    let replaced = DefaultsReplaced {
        policy: Known::id_of(ready.clone()),
        policy_name: REPLACEMENT_NAME.into(),
    };
    let [making, taking_over] = texts;
    let made = step(
        subject,
        ready.clone(),
        making,
        Risk::Low,
        needs,
        change_last(&policy),
    );
    let taken_over = step(
        subject,
        id_in(DEFAULTS_REPLACED, place),
        taking_over,
        Risk::High,
        vec![ready],
        change(&replaced),
    );
    [made, taken_over]
}

fn id_in(name: &str, place: &Place) -> StepId {
    StepId::of(name, place.tenant)
}

/// The same step in a customer's tenant.
fn in_customer(subject: &Subject<'_>, customer: &Place, mut step: Step) -> Step {
    step.place = customer.clone();
    name_in(&mut step, "customer", &customer.name);
    name_in(&mut step, "provider", &subject.provider.name);
    columns::stands_in(columns::POLICIES, customer, step)
}

/// A policy that only reports stops nobody yet, and the person is told so.
fn note_report_only(step: &mut Step, policy: &PolicySeen) {
    if policy.is_report_only() {
        step.means = Text::new("gdap-step-excluded-report-only").with("policy", &policy.name);
    }
}
