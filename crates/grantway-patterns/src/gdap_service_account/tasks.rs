//! What a person does: the account's first sign-in, and the consent on the vendor's page.

use grantway_core::desired::{DesiredState, EnterpriseApp, Known};
use grantway_core::plan::{
    CopyValue, Expectation, PortalAddress, Risk, Step, StepBody, Task, TaskKind,
};
use grantway_core::question::{EnterpriseAppOf, SignInMethods};
use grantway_core::{StepId, Text};

use super::draft::{
    ACCOUNT, CONSENT, FIRST_SIGN_IN, IN_ADMIN_AGENTS, ROLE_HELD, Served, after, look, step,
};
use super::subject::Subject;

/// The cloud's page where an account sees its own sign-in methods.
const SECURITY_INFO: &str = "security_info";
/// The vendor's portal, where the cloud has its own address for it.
pub(super) const VENDOR: &str = "vendor";
/// What the session saw on the consent page: the application's id.
const APP_SEEN: &str = "app_seen";

/// What to do at the first sign-in, in order.
const FIRST_SIGN_IN_ACTS: [&str; 5] = [
    "gdap-first-sign-in-name",
    "gdap-first-sign-in-password",
    "gdap-first-sign-in-new-password",
    "gdap-first-sign-in-authenticator",
    "gdap-first-sign-in-finish",
];

/// The name of the account's first password in the vault.
pub(super) fn password_secret(subject: &Subject<'_>) -> String {
    format!(
        "{}-account-password",
        subject.situation.setup.as_str().to_ascii_lowercase()
    )
}

fn account_value(subject: &Subject<'_>) -> CopyValue {
    CopyValue::Plain {
        label: Text::new("gdap-value-account"),
        text: Known::Now(subject.account.to_string()),
    }
}

/// By then the account is in its groups, its own policy guards its first sign-in, and no other policy stands in its way.
pub(super) fn first_sign_in(subject: &Subject<'_>, before: &[StepId]) -> Step {
    let mut needs = after(&[ACCOUNT, IN_ADMIN_AGENTS, ROLE_HELD]);
    needs.extend(before.iter().cloned());
    let question = SignInMethods {
        account: Known::id_of(StepId::new(ACCOUNT)),
    };
    let task = Task {
        kind: TaskKind::Portal,
        sign_in: None,
        address: PortalAddress {
            portal: SECURITY_INFO.into(),
            fallback: None,
            hosts: Vec::new(),
        },
        instructions: FIRST_SIGN_IN_ACTS
            .iter()
            .map(|act| Text::new(*act).with("vendor", subject.vendor()))
            .collect(),
        values: vec![
            account_value(subject),
            CopyValue::Secret {
                label: Text::new("gdap-value-first-password"),
                secret: password_secret(subject),
            },
        ],
        expect: Vec::new(),
        expected_prompts: 1,
        if_interfered: None,
        verify: Some(look(subject.provider.tenant, &question)),
        effect: None,
        by_hand: None,
        stays: None,
        asks: None,
    };
    step(
        subject,
        StepId::new(FIRST_SIGN_IN),
        FIRST_SIGN_IN,
        Risk::Low,
        needs,
        StepBody::Task(Box::new(task)),
    )
}

pub(super) fn consent(subject: &Subject<'_>, served: &[Served<'_>]) -> Step {
    let terms = subject.terms;
    let app = Known::output(StepId::new(CONSENT), APP_SEEN);
    let task = Task {
        kind: TaskKind::Consent,
        sign_in: None,
        address: PortalAddress {
            portal: VENDOR.into(),
            fallback: Some(terms.portal.address.clone()),
            hosts: terms.portal.hosts.clone(),
        },
        instructions: terms
            .portal
            .instructions
            .iter()
            .map(Text::verbatim)
            .collect(),
        values: vec![account_value(subject)],
        expect: expectations(subject),
        expected_prompts: terms.portal.prompts,
        if_interfered: Some(
            Text::new("gdap-consent-interfered")
                .with("vendor", subject.vendor())
                .with("prompts", i64::from(terms.portal.prompts)),
        ),
        verify: Some(look(
            subject.provider.tenant,
            &EnterpriseAppOf { app: app.clone() },
        )),
        effect: Some(DesiredState::of(&EnterpriseApp {
            app,
            publisher: terms.publisher.clone(),
            permissions: terms.permissions.clone(),
        })),
        by_hand: Some(Text::new("gdap-consent-by-hand").with("vendor", subject.vendor())),
        stays: None,
        asks: None,
    };
    let mut needs = after(&[FIRST_SIGN_IN, ROLE_HELD]);
    needs.extend(served.iter().map(Served::in_force));
    step(
        subject,
        StepId::new(CONSENT),
        CONSENT,
        Risk::High,
        needs,
        StepBody::Task(Box::new(task)),
    )
}

fn expectations(subject: &Subject<'_>) -> Vec<Expectation> {
    let expect = |label: &str, value: Text| Expectation {
        label: Text::new(label),
        value,
    };
    let publisher = &subject.terms.publisher;
    let mut expected = vec![expect(
        "gdap-expect-publisher",
        Text::verbatim(&publisher.name),
    )];
    if publisher.verified {
        expected.push(expect(
            "gdap-expect-badge",
            Text::new("gdap-expect-badge-verified"),
        ));
    }
    if let Some(app) = publisher.app {
        expected.push(expect("gdap-expect-app", Text::verbatim(app.to_string())));
    }
    expected.push(expect(
        "gdap-expect-account",
        Text::verbatim(subject.account.as_str()),
    ));
    if !subject.terms.permissions.is_empty() {
        let listed: Vec<&str> = subject
            .terms
            .permissions
            .iter()
            .map(String::as_str)
            .collect();
        expected.push(expect(
            "gdap-expect-permissions",
            Text::verbatim(listed.join(", ")),
        ));
    }
    expected
}
