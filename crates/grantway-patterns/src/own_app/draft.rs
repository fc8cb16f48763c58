//! The steps, before anything was compared with what is there.

mod by_hand;

use grantway_core::desired::{
    AppPrincipal, AppRegistration, ClientChoice, Desired, DesiredState, Known, LentConsent,
    PersonalGrant,
};
use grantway_core::plan::{
    CheckStep, Draft, GrantArrow, GrantMap, GrantNode, PortalAddress, Risk, SignInAs, Step,
    StepBody, Task, TaskKind, UndoRule, WaitStep,
};
use grantway_core::question::{AppRegistrationOf, PersonSeen, Question};
use grantway_core::{AppId, Party, StepId, Text};

use super::subject::{Road, Subject};
use crate::pattern::NoDraft;

/// An API is known in the tenant; one for each.
const API: &str = "api";
/// The registration.
const REGISTRATION: &str = "registration";
/// The person makes it on a page.
pub(super) const REGISTER: &str = "register";
/// Its service principal.
const PRINCIPAL: &str = "principal";
/// What the person lets it do on an API; one for each.
const GRANT: &str = "grant";
/// Microsoft makes it known everywhere.
const KNOWN_EVERYWHERE: &str = "known-everywhere";
/// The person signs in to it.
pub(super) const SIGN_IN: &str = "sign-in";
/// Grantway signs in with it from now on.
const CLIENT: &str = "client";
/// The lent client has no more than before.
pub(super) const CONSENT_ENDED: &str = "consent-ended";

pub(super) fn draft(subject: &Subject<'_>) -> Result<Draft, NoDraft> {
    match subject.road {
        Road::Given(app) => Ok(of_given(subject, app)),
        Road::ByHand { name } => Ok(by_hand::draft(subject, name)),
        Road::Made { name } => of_made(subject, name),
    }
}

/// A registration that is there only has to be chosen.
fn of_given(subject: &Subject<'_>, app: AppId) -> Draft {
    let name = match subject.registration(app) {
        Ok(Some(seen)) => seen.name,
        _ => app.to_string(),
    };
    Draft {
        summary: Text::new("own-app-summary-given")
            .with("name", &name)
            .with("provider", &subject.provider.name),
        map: map(subject, &name, StepId::new(CLIENT), None),
        steps: vec![client(subject, &name, Known::Now(app), Vec::new())],
        lasting_role: None,
        preliminary: false,
    }
}

fn of_made(subject: &Subject<'_>, name: &str) -> Result<Draft, NoDraft> {
    let missing = |key: &str| NoDraft {
        because: Text::new(key),
    };
    let person = subject.person();
    let person = person.map_err(|_| missing("own-app-no-draft-person"))?;
    if subject.kept().is_none() {
        return Err(missing("own-app-no-draft-consent"));
    }
    let app = || Known::output(StepId::new(REGISTRATION), "app_id");
    let mut steps: Vec<Step> = subject
        .terms
        .apis
        .iter()
        .map(|of| {
            let desired = AppPrincipal {
                app: Known::Now(of.all.api),
                name: of.all.name.clone(),
            };
            let id = StepId::new(format!("{API}/{}", of.all.api));
            step(
                subject,
                id,
                API,
                &of.all.name,
                Risk::Low,
                vec![],
                // Others may work through the API by the time of take back, and what they hold would go with it.
                StepBody::Change {
                    desired: DesiredState::of(&desired),
                    undo_rule: UndoRule::Leave,
                    reverses: None,
                },
            )
        })
        .collect();
    let apis: Vec<StepId> = steps.iter().map(|step| step.id.clone()).collect();
    steps.push(registration(subject, name, apis.clone()));
    let principal = AppPrincipal {
        app: app(),
        name: name.to_owned(),
    };
    steps.push(step(
        subject,
        StepId::new(PRINCIPAL),
        PRINCIPAL,
        name,
        Risk::Low,
        after(&[REGISTRATION]),
        change(&principal),
    ));
    let grants = grants(subject, name, &person, &apis);
    let granted: Vec<StepId> = grants.iter().map(|step| step.id.clone()).collect();
    steps.extend(grants);
    steps.push(known_everywhere(subject, name, granted));
    steps.push(sign_in(subject, name));
    steps.push(client(subject, name, app(), after(&[SIGN_IN])));
    steps.push(consent_ended(subject, &person));
    Ok(Draft {
        summary: Text::new("own-app-summary-made")
            .with("name", name)
            .with("provider", &subject.provider.name),
        map: map(
            subject,
            name,
            StepId::new(REGISTRATION),
            Some(person.upn.to_string()),
        ),
        steps,
        lasting_role: None,
        preliminary: false,
    })
}

fn registration(subject: &Subject<'_>, name: &str, apis: Vec<StepId>) -> Step {
    let setup = subject.situation.setup.as_str().to_ascii_lowercase();
    let desired = AppRegistration {
        unique_name: format!("grantway-{setup}"),
        display_name: name.to_owned(),
        audience: subject.terms.audience.clone(),
        redirects: subject.terms.redirects.clone(),
        permissions: subject.terms.apis.iter().map(|of| of.all.clone()).collect(),
    };
    step(
        subject,
        StepId::new(REGISTRATION),
        REGISTRATION,
        name,
        Risk::Medium,
        apis,
        change(&desired),
    )
}

fn grants(subject: &Subject<'_>, name: &str, person: &PersonSeen, apis: &[StepId]) -> Vec<Step> {
    let of_api = subject.terms.apis.iter().zip(apis);
    of_api
        .filter(|(of, _)| !of.granted.scopes.is_empty())
        .map(|(of, api)| {
            let desired = PersonalGrant {
                client: Known::id_of(StepId::new(PRINCIPAL)),
                client_name: name.to_owned(),
                permissions: of.granted.clone(),
                person: person.id,
                account: person.upn.to_string(),
            };
            let mut needs = after(&[PRINCIPAL]);
            needs.push(api.clone());
            let id = StepId::new(format!("{GRANT}/{}", of.granted.api));
            let mut step = step(
                subject,
                id,
                GRANT,
                name,
                Risk::Medium,
                needs,
                change(&desired),
            );
            let account = person.upn.to_string();
            step.title = step
                .title
                .with("api", &of.granted.name)
                .with("account", &account);
            step.why = step.why.with("why", &of.why);
            step.means = step.means.with("account", &account);
            step
        })
        .collect()
}

fn known_everywhere(subject: &Subject<'_>, name: &str, granted: Vec<StepId>) -> Step {
    let seconds = subject.terms.wait;
    let body = StepBody::Wait(WaitStep {
        cause: Text::new("own-app-wait").with("seconds", i64::from(seconds)),
        first_look: seconds,
        every: seconds,
        usually: seconds,
        at_most: seconds.saturating_mul(2),
        until: None,
    });
    let id = StepId::new(KNOWN_EVERYWHERE);
    step(
        subject,
        id,
        KNOWN_EVERYWHERE,
        name,
        Risk::Low,
        granted,
        body,
    )
}

/// The proof: somebody signs in to it and is told who they are.
fn sign_in(subject: &Subject<'_>, name: &str) -> Step {
    let question = AppRegistrationOf {
        app: Known::output(StepId::new(REGISTRATION), "app_id"),
    };
    let task = Task {
        kind: TaskKind::SignIn,
        address: PortalAddress {
            portal: SIGN_IN.into(),
            fallback: None,
            hosts: Vec::new(),
        },
        sign_in: Some(SignInAs {
            client: Known::output(StepId::new(REGISTRATION), "app_id"),
            scopes: vec!["User.Read".into()],
            takes_seat: false,
        }),
        instructions: vec![
            Text::new("own-app-sign-in-act").with("name", name),
            Text::new("own-app-sign-in-early"),
        ],
        values: Vec::new(),
        expect: Vec::new(),
        expected_prompts: 1,
        if_interfered: None,
        verify: Some(CheckStep {
            question: Question::of(subject.provider.tenant, &question),
        }),
        effect: None,
        by_hand: None,
        stays: None,
        asks: None,
    };
    step(
        subject,
        StepId::new(SIGN_IN),
        SIGN_IN,
        name,
        Risk::Low,
        after(&[KNOWN_EVERYWHERE]),
        StepBody::Task(Box::new(task)),
    )
}

fn client(subject: &Subject<'_>, name: &str, client: Known<AppId>, needs: Vec<StepId>) -> Step {
    let desired = ClientChoice { client };
    let id = StepId::new(CLIENT);
    step(
        subject,
        id,
        CLIENT,
        name,
        Risk::Low,
        needs,
        change(&desired),
    )
}

fn consent_ended(subject: &Subject<'_>, person: &PersonSeen) -> Step {
    let tool = &subject.terms.tool;
    let keep = subject.kept().unwrap_or_default();
    let desired = LentConsent {
        client: tool.client,
        name: tool.name.clone(),
        person: person.id,
        account: person.upn.to_string(),
        asked: subject.asked_but(&keep),
        keep,
    };
    let mut step = step(
        subject,
        StepId::new(CONSENT_ENDED),
        CONSENT_ENDED,
        &tool.name,
        Risk::Low,
        after(&[CLIENT]),
        StepBody::Change {
            desired: DesiredState::of(&desired),
            // Giving it back would open again what was closed.
            undo_rule: UndoRule::Leave,
            reverses: None,
        },
    );
    if !desired.keep.is_empty() {
        let kept: Vec<&str> = desired.keep.iter().map(String::as_str).collect();
        step.means = Text::new("own-app-step-consent-ended-means-kept")
            .with("name", &tool.name)
            .with("kept", kept.join(", "));
    }
    step
}

fn step(
    subject: &Subject<'_>,
    id: StepId,
    texts: &str,
    name: &str,
    risk: Risk,
    needs: Vec<StepId>,
    body: StepBody,
) -> Step {
    let text = |of: &str| Text::new(format!("own-app-step-{texts}{of}")).with("name", name);
    Step {
        id,
        place: subject.provider.clone(),
        title: text(""),
        why: text("-why"),
        means: text("-means"),
        undo: text("-undo"),
        risk,
        after: needs,
        body,
        cell: None,
    }
}

fn change<T: Desired>(desired: &T) -> StepBody {
    StepBody::Change {
        desired: DesiredState::of(desired),
        undo_rule: UndoRule::Restore,
        reverses: None,
    }
}

fn after(steps: &[&str]) -> Vec<StepId> {
    steps.iter().map(|step| StepId::new(*step)).collect()
}

/// The provider with its app, and the person in whose name it acts.
fn map(subject: &Subject<'_>, name: &str, made_by: StepId, account: Option<String>) -> GrantMap {
    const TENANT: &str = "provider";
    const APP: &str = "app";
    const PERSON: &str = "person";
    let node = |id: &str, title: Text, note: Option<Text>, step: Option<StepId>| GrantNode {
        id: id.into(),
        party: Party::Provider,
        inside: (id != TENANT).then(|| TENANT.into()),
        title,
        note,
        passing: false,
        step,
    };
    let mut nodes = vec![
        node(TENANT, Text::verbatim(&subject.provider.name), None, None),
        node(
            APP,
            Text::verbatim(name),
            Some(Text::new("own-app-map-app")),
            Some(made_by),
        ),
    ];
    let mut arrows = Vec::new();
    if let Some(account) = account {
        let person = Text::new("own-app-map-person");
        nodes.push(node(PERSON, Text::verbatim(account), Some(person), None));
        let given = subject
            .terms
            .apis
            .iter()
            .filter(|of| !of.granted.scopes.is_empty());
        arrows.extend(given.map(|of| {
            GrantArrow {
                from: PERSON.into(),
                to: APP.into(),
                title: Text::new("own-app-map-grant")
                    .with("count", of.granted.scopes.len())
                    .with("api", &of.granted.name),
                until: None,
                ends: Some(Text::new("own-app-map-ends")),
                ends_with: None,
                risk: Risk::Medium,
                passing: false,
                step: StepId::new(format!("{GRANT}/{}", of.granted.api)),
            }
        }));
    }
    GrantMap { nodes, arrows }
}
