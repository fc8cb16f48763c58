//! The scenarios that are built in.

use serde::Serialize;

/// A built-in scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Scenario {
    /// Short id.
    pub id: &'static str,
    /// Title for people.
    pub title: &'static str,
    /// What one learns from it.
    pub teaches: &'static str,
    /// The file.
    #[serde(skip)]
    pub text: &'static str,
}

macro_rules! scenarios {
    ($($id:literal, $title:literal, $teaches:literal;)*) => {
        const BUILTINS: &[Scenario] = &[$(Scenario {
            id: $id,
            title: $title,
            teaches: $teaches,
            text: include_str!(concat!("../../scenarios/", $id, ".toml")),
        }),*];
    };
}

scenarios! {
    "in-order", "All in order", "The whole path without an obstacle.";
    "p1-missing", "P1 licence missing", "The check finds that the provider's tenant has no Entra ID P1.";
    "security-defaults-on", "Security Defaults on", "The check finds Security Defaults in the provider's tenant and offers to switch them off.";
    "role-missing", "A role is missing from the relationship", "The check names the role that the relationship lacks, and the customer approves a new one.";
    "unverified-publisher", "Unverified publisher", "The consent page shows an app whose publisher nobody has verified.";
    "wrong-publisher", "Wrong publisher", "The consent page shows a verified app of somebody else.";
    "cookies-interfere", "Cookies interfere", "The vendor asks for two sign-ins, and only one comes up.";
    "federated-provider", "Federated provider", "The provider's accounts sign in at another company's page.";
    "customers-in-reach", "Customers within reach", "The provider's administrator gets into every customer with one sign-in.";
    "customer-no-relationship", "A customer without a relationship", "One customer has no relationship; the provider asks for one.";
    "customer-approval-pending", "A customer has not approved", "One customer has a request that waits for its approval.";
    "customer-p1-missing", "A customer without P1", "One customer has no Entra ID P1, so it has no Conditional Access.";
    "customer-mailbox-missing", "A customer without a mailbox", "One customer has licences without a mailbox; the foundation plan does not count.";
    "customer-audit-off", "A customer does not record", "The audit log of one customer is off.";
    "customer-security-defaults", "Security Defaults at a customer", "One customer has Security Defaults on.";
    "customer-policy-without-exclusion", "A policy without the exclusion", "A policy of one customer does not spare service providers, but lets them in.";
    "customer-policy-blocks", "A policy blocks the provider", "A policy of one customer blocks service providers; only its own administrator can change that.";
    "customer-policy-reported", "A policy that is only reported", "A reported policy of one customer does not spare service providers yet.";
    "customer-device-policy", "A policy wants a managed device", "A policy of one customer wants a managed device of everybody.";
    "customer-sign-in-frequency", "A policy wants newer sign-ins", "A sign-in frequency of one customer cannot be met by service providers.";
    "customer-foreign-proof", "A policy wants another company's proof", "One customer asks for a proof that cannot be asked of service providers.";
    "customer-token-protection", "A policy wants bound tokens", "One customer wants tokens that are bound to a device, which no desktop app of this kind has.";
    "customer-guest-twin", "A guest twin", "The provider's administrator is a guest of one customer, which displaces the relationship's roles.";
    "customer-not-consented", "The app is not known", "One customer does not know the app yet.";
    "customer-app-disabled", "The app is switched off", "One customer has switched the app off, and that is its own decision.";
    "indirect-reseller", "An indirect reseller", "Partner Center's API refuses every call, so customers consent by a link.";
    "partner-center-unknown", "A customer that Partner Center does not know", "One customer has a relationship and no contract, so Partner Center does not know it.";
    "second-proof-skipped", "A sign-in without the phone", "The provider's administrator is not asked for the phone, and Partner Center asks for it.";
    "apps-refused", "Apps for several tenants refused", "A policy of the provider's tenant refuses apps for several tenants.";
    "timed-roles", "Roles that end by themselves", "The provider's tenant has Entra ID P2, so a role can be given for some hours.";
    "role-groups", "Groups of one role each", "The provider has a group for each role in one customer, and a group of engineers that holds roles already.";
    "slow-access", "Access comes later", "An approved relationship gives access a quarter of an hour after it has become active.";
    "vendor-of-ones-own", "A vendor of one's own", "A vendor that comes with no profile: make one first. Its publisher is Sable Ridge Security Ltd.";
    "many-customers", "Many customers", "Twenty-five customers, half of them ready, each of the others lacks something.";
}

/// All built-in scenarios.
pub fn builtins() -> &'static [Scenario] {
    BUILTINS
}

/// A built-in scenario by its id.
pub fn builtin(id: &str) -> Option<&'static Scenario> {
    BUILTINS.iter().find(|scenario| scenario.id == id)
}
