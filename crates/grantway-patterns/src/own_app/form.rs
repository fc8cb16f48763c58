//! The questions to the person, and how their answers are read. Which of them are asked follows from the road.

use grantway_core::{AppId, DomainName, Party, Text};

use super::terms;
use crate::pattern::{Answers, Field, FieldProblem, Named, OnlyWhen};
use crate::profile::Profile;

/// How the registration comes to be.
pub(super) const ROAD: &str = "road";
/// The provider's domain.
pub(super) const PROVIDER: &str = "provider";
/// The registration's name.
pub(super) const NAME: &str = "name";
/// Whether the person has used the lent client before.
pub(super) const USED: &str = "used";
/// The client ID of a registration that is there.
pub(super) const CLIENT: &str = "client";

/// Grantway makes it, with a client that is lent for the way in.
pub(super) const BY_TOOL: &str = "tool";
/// The person makes it on the page in Entra, step by step.
pub(super) const BY_PORTAL: &str = "portal";
/// It is there, and its client ID is given.
pub(super) const GIVEN: &str = "given";

/// The roads, the one that takes the least first.
const ROADS: [&str; 3] = [BY_TOOL, BY_PORTAL, GIVEN];

/// The lent client was not used by this account before.
pub(super) const NEVER: &str = "never";
/// It was, or nobody knows.
pub(super) const MAYBE: &str = "maybe";

/// What Entra allows as a name (docs: application, `displayName` at most 256 characters).
const NAME_LENGTH: usize = 256;

const WHEN_NAMED: OnlyWhen = OnlyWhen {
    field: ROAD,
    values: &[BY_TOOL, BY_PORTAL],
};
const WHEN_MADE: OnlyWhen = OnlyWhen {
    field: ROAD,
    values: &[BY_TOOL],
};
const WHEN_GIVEN: OnlyWhen = OnlyWhen {
    field: ROAD,
    values: &[GIVEN],
};

pub(super) fn form(profile: &Profile) -> Vec<Field> {
    let terms = terms(profile);
    let field = |id: &'static str| {
        let text = |key: String| Text::new(key).with("tool", &terms.tool.name);
        Field::line(
            id,
            text(format!("own-app-field-{id}")),
            text(format!("own-app-field-{id}-why")),
        )
    };
    let options = |field: &str, values: &[&str]| {
        let label = |value: &&str| Text::new(format!("own-app-field-{field}-{value}"));
        values
            .iter()
            .map(|value| ((*value).to_owned(), label(value)))
            .collect()
    };
    vec![
        Field {
            preset: BY_TOOL.into(),
            options: options(ROAD, &ROADS),
            ..field(ROAD)
        },
        Field {
            names: Some(Party::Provider),
            placeholder: Some("contoso.com".into()),
            hint: Some(Text::new("own-app-field-provider-hint")),
            ..field(PROVIDER)
        },
        Field {
            preset: terms.display_name.clone(),
            only_when: Some(WHEN_NAMED),
            ..field(NAME)
        },
        Field {
            preset: MAYBE.into(),
            only_when: Some(WHEN_MADE),
            options: options(USED, &[NEVER, MAYBE]),
            ..field(USED)
        },
        Field {
            placeholder: Some("00000000-0000-0000-0000-000000000000".into()),
            hint: Some(Text::new("own-app-field-client-hint")),
            only_when: Some(WHEN_GIVEN),
            ..field(CLIENT)
        },
    ]
}

/// The road of the answers.
pub(super) fn road(answers: &Answers) -> &str {
    answers.get(ROAD).map_or(BY_TOOL, String::as_str)
}

/// The client ID that was given.
pub(super) fn given_client(answers: &Answers) -> Option<AppId> {
    AppId::parse(answers.get(CLIENT)?).ok()
}

pub(super) fn parse(raw: &Answers) -> Result<Answers, Vec<FieldProblem>> {
    let given = |id: &str| raw.get(id).map(|answer| answer.trim()).unwrap_or("");
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    let mut take = |field: &'static str, read: Result<String, FieldProblem>| match read {
        Ok(value) => {
            answers.insert(field.into(), value);
        }
        Err(problem) => problems.push(problem),
    };
    let chosen = one_of(ROAD, given(ROAD), &ROADS);
    let road = chosen.clone().unwrap_or_default();
    take(ROAD, chosen);
    take(PROVIDER, domain(given(PROVIDER)));
    if road == GIVEN {
        take(CLIENT, client(given(CLIENT)));
    } else {
        take(NAME, name(given(NAME)));
    }
    if road != GIVEN && road != BY_PORTAL {
        take(USED, one_of(USED, given(USED), &[NEVER, MAYBE]));
    }
    if problems.is_empty() {
        Ok(answers)
    } else {
        Err(problems)
    }
}

pub(super) fn tenants(answers: &Answers) -> Vec<Named> {
    let domain = answers.get(PROVIDER).map(|name| DomainName::parse(name));
    let named = domain.and_then(Result::ok).map(|domain| Named {
        party: Party::Provider,
        domain,
        field: PROVIDER,
    });
    named.into_iter().collect()
}

fn one_of(field: &'static str, given: &str, values: &[&str]) -> Result<String, FieldProblem> {
    if values.contains(&given) {
        return Ok(given.into());
    }
    Err(FieldProblem::new(
        field,
        Text::new("answer-no-choice").with("value", given),
        Text::new("answer-todo-choice").with("values", values.join(", ")),
    ))
}

fn domain(given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(PROVIDER));
    }
    DomainName::parse(given)
        .map(String::from)
        .map_err(|_| FieldProblem::no_domain(PROVIDER, given))
}

fn name(given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(NAME));
    }
    if given.chars().count() > NAME_LENGTH || given.chars().any(char::is_control) {
        return Err(FieldProblem::new(
            NAME,
            Text::new("answer-no-name"),
            Text::new("answer-todo-name").with("length", NAME_LENGTH),
        ));
    }
    Ok(given.into())
}

fn client(given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(CLIENT));
    }
    let read = AppId::parse(given).map(|id| id.to_string());
    read.map_err(|_| {
        FieldProblem::new(
            CLIENT,
            Text::new("answer-no-client").with("value", given),
            Text::new("answer-todo-client"),
        )
    })
}
