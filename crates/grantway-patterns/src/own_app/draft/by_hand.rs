//! The steps where a person makes the registration on a page of Entra and gives its client ID.

use grantway_core::desired::Known;
use grantway_core::plan::{
    AskedValue, CopyValue, Draft, PortalAddress, Risk, SignInAs, Step, StepBody, Task, TaskKind,
    ValueShape,
};
use grantway_core::question::{AppRegistrationOf, Question};
use grantway_core::{StepId, Text};

use super::{REGISTER, SIGN_IN, after, client, map, step};
use crate::own_app::subject::Subject;

/// The cloud's page on which an app is registered.
const PAGE: &str = "app_registration";
/// What the person gives.
const GIVEN: &str = "given";
/// What to do on the page, in order.
const ACTS: [&str; 5] = [
    "own-app-register-sign-in",
    "own-app-register-form",
    "own-app-register-redirects",
    "own-app-register-permissions",
    "own-app-register-id",
];

pub(super) fn draft(subject: &Subject<'_>, name: &str) -> Draft {
    let steps = vec![
        register(subject, name),
        sign_in(subject, name),
        client(subject, name, given(), after(&[SIGN_IN])),
    ];
    Draft {
        summary: Text::new("own-app-summary-by-hand")
            .with("name", name)
            .with("provider", &subject.provider.name),
        map: map(subject, name, StepId::new(REGISTER), None),
        steps,
        lasting_role: None,
        preliminary: false,
    }
}

/// The client ID that the page showed.
fn given<T>() -> Known<T> {
    Known::output(StepId::new(REGISTER), GIVEN)
}

fn register(subject: &Subject<'_>, name: &str) -> Step {
    let terms = subject.terms;
    let value = |label: Text, text: &str| CopyValue::Plain {
        label,
        text: Known::Now(text.to_owned()),
    };
    let named = |key: &str, text: &str| value(Text::new(key), text);
    let mut values = vec![
        named("own-app-value-name", name),
        named("own-app-value-account-types", &terms.portal.account_types),
        named("own-app-value-platform", &terms.portal.platform),
    ];
    values.extend((1i64..).zip(&terms.redirects).map(|(number, address)| {
        value(
            Text::new("own-app-value-redirect").with("number", number),
            address,
        )
    }));
    values.extend(terms.apis.iter().map(|of| {
        let scopes: Vec<&str> = of.all.scopes.iter().map(String::as_str).collect();
        value(
            Text::new("own-app-value-permissions").with("api", &of.all.name),
            &scopes.join(", "),
        )
    }));
    let task = Task {
        kind: TaskKind::Portal,
        address: PortalAddress {
            portal: PAGE.into(),
            fallback: None,
            hosts: Vec::new(),
        },
        sign_in: None,
        instructions: ACTS.iter().map(|act| Text::new(*act)).collect(),
        values,
        asks: Some(AskedValue {
            label: Text::new("own-app-field-client"),
            hint: Text::new("own-app-field-client-hint"),
            placeholder: "00000000-0000-0000-0000-000000000000".into(),
            shape: ValueShape::ClientId,
        }),
        expect: Vec::new(),
        expected_prompts: 1,
        if_interfered: None,
        verify: None,
        effect: None,
        by_hand: None,
        stays: Some(Text::new("own-app-register-stays").with("name", name)),
    };
    step(
        subject,
        StepId::new(REGISTER),
        REGISTER,
        name,
        Risk::Medium,
        Vec::new(),
        StepBody::Task(Box::new(task)),
    )
}

/// The first sign-in, and the setup's own from then on: only by it can the registration be read.
fn sign_in(subject: &Subject<'_>, name: &str) -> Step {
    let question = AppRegistrationOf { app: given() };
    let task = Task {
        kind: TaskKind::SignIn,
        address: PortalAddress {
            portal: SIGN_IN.into(),
            fallback: None,
            hosts: Vec::new(),
        },
        sign_in: Some(SignInAs {
            client: given(),
            // What the step's own check reads by is asked for with it, and nothing else.
            scopes: Vec::new(),
            takes_seat: true,
        }),
        instructions: vec![
            Text::new("own-app-first-sign-in-act").with("name", name),
            Text::new("own-app-sign-in-consent"),
            Text::new("own-app-sign-in-early"),
            Text::new("own-app-sign-in-redirect"),
        ],
        values: Vec::new(),
        asks: None,
        expect: Vec::new(),
        expected_prompts: 1,
        if_interfered: None,
        verify: Some(super::CheckStep {
            question: Question::of(subject.provider.tenant, &question),
        }),
        effect: None,
        by_hand: None,
        stays: None,
    };
    step(
        subject,
        StepId::new(SIGN_IN),
        "first-sign-in",
        name,
        Risk::Low,
        after(&[REGISTER]),
        StepBody::Task(Box::new(task)),
    )
}
