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
    "role-missing", "A role is missing from the relationship", "The check names the role that the relationship lacks.";
    "unverified-publisher", "Unverified publisher", "The consent page shows an app whose publisher nobody has verified.";
    "wrong-publisher", "Wrong publisher", "The consent page shows a verified app of somebody else.";
    "cookies-interfere", "Cookies interfere", "The vendor asks for two sign-ins, and only one comes up.";
    "federated-provider", "Federated provider", "The provider's accounts sign in at another company's page.";
}

/// All built-in scenarios.
pub fn builtins() -> &'static [Scenario] {
    BUILTINS
}

/// A built-in scenario by its id.
pub fn builtin(id: &str) -> Option<&'static Scenario> {
    BUILTINS.iter().find(|scenario| scenario.id == id)
}
