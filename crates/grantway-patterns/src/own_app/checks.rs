//! What was read, judged: the tenant, the person, the tenant's rules, and a registration that is there.

use grantway_core::check::Check;
use grantway_core::question::{AppRules, Ask, RegistrationSeen, SignedInPerson, TenantProfile};
use grantway_core::{AppId, Text};

use super::form;
use super::subject::{Road, Subject, registration_of};
use crate::asked::{Asked, accept, by_hand, change_answer, other_account};

/// The path to a registration in Entra.
const REGISTRATIONS: &str = "App registrations";

pub(super) fn checks(subject: &Subject<'_>) -> Vec<Check> {
    let mut checks = vec![tenant(subject)];
    match subject.road {
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

/// What the tenant lets people register. An administrator may in any case.
fn rules(subject: &Subject<'_>) -> Check {
    let asked = asked(subject, "rules", &AppRules {});
    match subject.rules() {
        Err(fault) => asked.unread(&fault, true),
        Ok(rules) if rules.everybody_registers => {
            asked.pass(Text::new("own-app-check-rules-everybody"))
        }
        Ok(_) => asked.pass(Text::new("own-app-check-rules-administrators")),
    }
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
    let wanted = &subject.terms.redirects;
    let missing: Vec<&str> = wanted
        .difference(&seen.redirects)
        .map(String::as_str)
        .collect();
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

/// The permissions that the registration may not ask for.
pub(super) fn lacking(subject: &Subject<'_>, seen: &RegistrationSeen) -> Vec<String> {
    let has = |api: AppId, scope: &String| {
        let mut known = seen.permissions.iter();
        known.any(|of| of.api == api && of.scopes.contains(scope))
    };
    let wanted = subject.terms.apis.iter().map(|of| &of.all);
    wanted
        .flat_map(|of| of.scopes.iter().filter(|scope| !has(of.api, scope)))
        .cloned()
        .collect()
}
