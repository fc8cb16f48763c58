//! What was read, judged: the tenant, the person, the tenant's rules, and a registration that is there.

use grantway_core::check::{Check, Remedy};
use grantway_core::question::{AppRules, Ask, RegistrationSeen, SignedInPerson, TenantProfile};
use grantway_core::{AppId, Text};

use super::OfApi;
use super::form;
use super::subject::{Road, Subject, registration_of};
use crate::asked::{Asked, accept, by_hand, change_answer, other_account};

/// The path to a registration in Entra.
pub(super) const REGISTRATIONS: &str = "App registrations";

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Check> {
    let mut checks = vec![match subject.road {
        Road::ByHand { .. } => domain(subject),
        Road::Made { .. } | Road::Given(_) => tenant(subject),
    }];
    match subject.road {
        Road::ByHand { .. } => {}
        Road::Made { .. } => {
            checks.push(abilities(subject));
            checks.push(rules(subject));
            checks.push(policy(subject));
            checks.extend(consent(subject));
        }
        Road::Given(app) => checks.extend(registration(subject, app)),
    }
    checks
}

fn asked<T: Ask>(subject: &Subject<'_>, id: &str, about: &T) -> Asked {
    Asked {
        id: id.into(),
        place: subject.provider.clone(),
        title: Text::new(format!("own-app-check-{id}")),
        needed: Text::new(format!("own-app-check-{id}-needed")),
        why: Text::new(format!("own-app-check-{id}-why")),
        right_used: subject.right(about),
        columns: Vec::new(),
    }
}

/// The tenant was found by the domain; who works there is seen when they sign in, which is a step of the plan.
fn domain(subject: &Subject<'_>) -> Check {
    let asked = Asked {
        right_used: Vec::new(),
        ..asked(subject, "domain", &TenantProfile {})
    };
    let domain = subject.situation.answers.get(form::PROVIDER);
    asked.pass(
        Text::new("own-app-check-domain-found")
            .with("domain", domain.map_or("-", String::as_str))
            .with("tenant", subject.provider.tenant.to_string()),
    )
}

/// The tenant that was signed in to is the one that the answers name.
fn tenant(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "tenant", &TenantProfile {});
    let seen = match subject.tenant() {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, false),
    };
    let domain = subject.situation.answers.get(form::PROVIDER);
    let found = |key: &str| {
        Text::new(key)
            .with("name", &seen.name)
            .with("domain", domain.map_or("-", String::as_str))
    };
    let holds = |name: &String| seen.domains.iter().any(|known| known.name.as_str() == name);
    if seen.tenant == subject.provider.tenant && domain.is_some_and(holds) {
        asked.pass(found("own-app-check-tenant-found"))
    } else {
        asked.fail(
            found("own-app-check-tenant-other"),
            vec![
                other_account(),
                change_answer(form::PROVIDER, Text::new("own-app-check-tenant-answer")),
            ],
        )
    }
}

/// The person holds a role with which registrations, service principals and grants are made.
fn abilities(subject: &Subject<'_>) -> Check {
    let mut asked = asked(subject, "abilities", &SignedInPerson {});
    let names: Vec<&str> = subject
        .terms
        .roles
        .iter()
        .map(|(_, n)| n.as_str())
        .collect();
    asked.needed = asked.needed.with("roles", names.join(", "));
    let person = match subject.person() {
        Ok(person) => person,
        Err(fault) => return asked.unread(&fault, false),
    };
    let held = subject
        .terms
        .roles
        .iter()
        .find(|(id, _)| person.roles.contains(id));
    match held {
        Some((_, role)) => asked.pass(
            Text::new("own-app-check-abilities-found")
                .with("account", person.upn.to_string())
                .with("role", role),
        ),
        None => asked.fail(
            Text::new("own-app-check-abilities-none").with("account", person.upn.to_string()),
            vec![
                other_account(),
                other_road(),
                by_hand(
                    "give-role",
                    Text::new("own-app-check-abilities-role"),
                    Text::new("own-app-check-abilities-role-detail"),
                    "entra",
                    &[
                        "Roles and administrators",
                        "Cloud Application Administrator",
                    ],
                ),
            ],
        ),
    }
}

/// What the tenant lets people register, and whether this person may.
fn rules(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "rules", &AppRules {});
    let rules = match subject.rules() {
        Err(fault) => return asked.unread(&fault, true),
        Ok(rules) => rules,
    };
    if rules.everybody_registers {
        return asked.pass(Text::new("own-app-check-rules-everybody"));
    }
    let person = match subject.person() {
        Err(fault) => return asked.unread(&fault, false),
        Ok(person) => person,
    };
    let terms = subject.terms;
    let mut registrars = terms.roles.iter().chain(&terms.registrars);
    let account = person.upn.to_string();
    match registrars.find(|(id, _)| person.roles.contains(id)) {
        Some((_, role)) => asked.pass(
            Text::new("own-app-check-rules-administrators")
                .with("account", account)
                .with("role", role),
        ),
        None => asked.fail(
            Text::new("own-app-check-rules-not-you").with("account", account),
            vec![other_account(), other_road()],
        ),
    }
}

/// Somebody else makes it, or has made it.
fn other_road() -> Remedy {
    change_answer(form::ROAD, Text::new("own-app-check-other-road"))
}

/// An app management policy may refuse the registration; it is only reported.
fn policy(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "policy", &AppRules {});
    match subject.rules() {
        Err(fault) => asked.unread(&fault, true),
        Ok(rules) if rules.is_managed => asked.warn(
            Text::new("own-app-check-policy-on"),
            vec![
                by_hand(
                    "look-at-policy",
                    Text::new("own-app-check-policy-look"),
                    Text::new("own-app-check-policy-look-detail"),
                    "entra",
                    &["Enterprise apps", "Application policies"],
                ),
                accept(),
            ],
        ),
        Ok(_) => asked.pass(Text::new("own-app-check-policy-off")),
    }
}

/// What the lent client held before: that stays with it.
fn consent(subject: &Subject<'_>) -> Option<Check> {
    let person = subject.person().ok()?;
    let tool = &subject.terms.tool;
    let mut asked = asked(subject, "consent", &subject.consent_of(&person));
    asked.title = asked.title.with("tool", &tool.name);
    asked.needed = asked.needed.with("tool", &tool.name);
    let seen = match subject.consent(&person) {
        Ok(seen) => seen,
        Err(fault) => return Some(asked.unread(&fault, false)),
    };
    let kept = subject.kept().unwrap_or(seen.scopes);
    let names: Vec<&str> = kept.iter().map(String::as_str).collect();
    Some(if kept.is_empty() {
        asked.pass(Text::new("own-app-check-consent-all-goes"))
    } else {
        asked.warn(
            Text::new("own-app-check-consent-stays").with("scopes", names.join(", ")),
            vec![
                by_hand(
                    "look-at-consent",
                    Text::new("own-app-check-consent-look"),
                    Text::new("own-app-check-consent-look-detail"),
                    "entra",
                    &["Enterprise apps", &tool.name, "Permissions", "User consent"],
                ),
                accept(),
            ],
        )
    })
}

/// A registration that is there fits: the tenant's own, for its customers' accounts too, with the addresses and permissions.
fn registration(subject: &Subject<'_>, app: AppId) -> Vec<Check> {
    let about = registration_of(app);
    let own = asked(subject, "registration", &about);
    let seen = match subject.registration(app) {
        Err(fault) => return vec![own.unread(&fault, false)],
        Ok(None) => {
            let found = Text::new("own-app-check-registration-none").with("id", app.to_string());
            let detail = Text::new("own-app-check-registration-answer");
            return vec![own.fail(found, vec![change_answer(form::CLIENT, detail)])];
        }
        Ok(Some(seen)) => seen,
    };
    let found = Text::new("own-app-check-registration-found").with("name", &seen.name);
    vec![
        own.pass(found),
        audience(subject, asked(subject, "audience", &about), &seen),
        redirects(subject, asked(subject, "redirects", &about), &seen),
        permissions(subject, asked(subject, "permissions", &about), &seen),
    ]
}

/// The redirect addresses that the registration lacks.
pub(super) fn unanswered<'a>(subject: &'a Subject<'_>, seen: &RegistrationSeen) -> Vec<&'a str> {
    let wanted = subject.terms.redirects.iter();
    let missing = wanted.filter(|address| !seen.redirects.contains(*address));
    missing.map(String::as_str).collect()
}

fn audience(subject: &Subject<'_>, asked: Asked, seen: &RegistrationSeen) -> Check {
    if seen.audience == subject.terms.audience {
        return asked.pass(Text::new("own-app-check-audience-found"));
    }
    asked.fail(
        Text::new("own-app-check-audience-other").with("audience", audience_of(seen)),
        vec![
            by_hand(
                "change-audience",
                Text::new("own-app-check-audience-change"),
                Text::new("own-app-check-audience-change-detail"),
                "entra",
                &[REGISTRATIONS, &seen.name, "Authentication", "Settings"],
            ),
            change_answer(form::CLIENT, Text::new("own-app-check-registration-answer")),
        ],
    )
}

fn redirects(subject: &Subject<'_>, asked: Asked, seen: &RegistrationSeen) -> Check {
    let missing = unanswered(subject, seen);
    if missing.is_empty() {
        return asked.pass(Text::new("own-app-check-redirects-found"));
    }
    asked.warn(
        Text::new("own-app-check-redirects-missing").with("redirects", missing.join(", ")),
        vec![
            by_hand(
                "add-redirects",
                Text::new("own-app-check-redirects-add"),
                Text::new("own-app-check-redirects-add-detail"),
                "entra",
                &[REGISTRATIONS, &seen.name, "Authentication"],
            ),
            accept(),
        ],
    )
}

fn permissions(subject: &Subject<'_>, asked: Asked, seen: &RegistrationSeen) -> Check {
    let missing = lacking(subject, seen);
    let untold = untold(subject, seen);
    if missing.is_empty() && !untold.is_empty() {
        let found = Text::new("own-app-check-permissions-untold");
        return asked.cannot_see(found.with("permissions", untold.join(", ")), vec![accept()]);
    }
    if missing.is_empty() {
        return asked.pass(Text::new("own-app-check-permissions-found"));
    }
    asked.warn(
        Text::new("own-app-check-permissions-missing").with("permissions", missing.join(", ")),
        vec![
            by_hand(
                "add-permissions",
                Text::new("own-app-check-permissions-add"),
                Text::new("own-app-check-permissions-add-detail"),
                "entra",
                &[REGISTRATIONS, &seen.name, "API permissions"],
            ),
            accept(),
        ],
    )
}

/// A registration's audience in words.
pub(super) fn audience_of(seen: &RegistrationSeen) -> Text {
    Text::new("value-audience").with("audience", &seen.audience)
}

/// The permissions that the registration may not ask for, as far as that can be told.
pub(super) fn lacking(subject: &Subject<'_>, seen: &RegistrationSeen) -> Vec<String> {
    let apis = subject.terms.apis.iter();
    let lacking = apis.flat_map(|of| {
        let scopes = of.all.scopes.iter();
        scopes.filter(|scope| stands(of, scope, seen) == Some(false))
    });
    lacking.cloned().collect()
}

/// The permissions of which nothing tells whether they are in the list: the tenant does not know their API, and shows ids alone.
pub(super) fn untold(subject: &Subject<'_>, seen: &RegistrationSeen) -> Vec<String> {
    let apis = subject.terms.apis.iter();
    let untold = apis.flat_map(|of| {
        let scopes = of.all.scopes.iter();
        scopes.filter(|scope| stands(of, scope, seen).is_none())
    });
    untold.cloned().collect()
}

/// Whether a permission is in the list; none where that cannot be told.
fn stands(of: &OfApi, scope: &str, seen: &RegistrationSeen) -> Option<bool> {
    let mut listed = seen.permissions.iter();
    let Some(listed) = listed.find(|listed| listed.api == of.all.api) else {
        return Some(false);
    };
    if listed.scopes.contains(scope) {
        return Some(true);
    }
    if listed.name != listed.api.to_string() {
        return Some(false);
    }
    let id = of.ids.get(scope)?;
    Some(
        listed
            .scopes
            .iter()
            .any(|known| known.eq_ignore_ascii_case(id)),
    )
}
