//! The questions to the person, and how their answers are read.

use grantway_core::{DomainName, Party, Text, Upn};

use super::card::terms;
use crate::pattern::{Answers, Field, FieldProblem, Named};
use crate::profile::Profile;

/// The provider's domain.
pub(super) const PROVIDER: &str = "provider";
/// The customer's domain.
pub(super) const CUSTOMER: &str = "customer";
/// The security group's name.
pub(super) const GROUP: &str = "group";
/// The account, in full.
pub(super) const ACCOUNT: &str = "account";

/// What Entra allows as a display name (docs: group, `displayName` at most 256 characters).
const GROUP_NAME_LENGTH: usize = 256;

pub(super) fn form(profile: &Profile, answers: &Answers) -> Vec<Field> {
    let terms = terms(profile);
    let field = |id: &'static str, label: &str, why: &str| Field {
        id,
        label: Text::new(label),
        why: Text::new(why).with("vendor", &profile.vendor),
        hint: None,
        preset: String::new(),
        placeholder: None,
        optional: false,
        several: false,
        names: None,
        options: Vec::new(),
    };
    let given = |id: &str| answers.get(id).map(|answer| answer.trim()).unwrap_or("");
    let account = match DomainName::parse(given(PROVIDER)) {
        Ok(domain) => format!("{}@{domain}", terms.account_name),
        Err(_) => terms.account_name.clone(),
    };
    vec![
        Field {
            names: Some(Party::Provider),
            placeholder: Some("contoso.com".into()),
            hint: Some(Text::new("gdap-field-domain-hint")),
            ..field(PROVIDER, "gdap-field-provider", "gdap-field-provider-why")
        },
        Field {
            placeholder: Some("fabrikam.com, adatum.com".into()),
            hint: Some(Text::new("gdap-field-customers-hint")),
            several: true,
            names: Some(Party::Customer),
            ..field(CUSTOMER, "gdap-field-customer", "gdap-field-customer-why")
        },
        Field {
            preset: terms.group_name.clone(),
            ..field(GROUP, "gdap-field-group", "gdap-field-group-why")
        },
        Field {
            preset: account,
            hint: Some(Text::new("gdap-field-account-hint")),
            placeholder: Some(format!("{}@contoso.com", terms.account_name)),
            ..field(ACCOUNT, "gdap-field-account", "gdap-field-account-why")
        },
    ]
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
    let provider = domain(PROVIDER, given(PROVIDER));
    let customer = customers(given(CUSTOMER), provider.as_deref().ok());
    take(ACCOUNT, account(given(ACCOUNT), provider.as_deref().ok()));
    take(GROUP, group(given(GROUP)));
    take(CUSTOMER, customer);
    take(PROVIDER, provider);
    if problems.is_empty() {
        Ok(answers)
    } else {
        // In the order of the form.
        problems.reverse();
        Err(problems)
    }
}

pub(super) fn tenants(answers: &Answers) -> Vec<Named> {
    [(PROVIDER, Party::Provider), (CUSTOMER, Party::Customer)]
        .into_iter()
        .flat_map(|(field, party)| {
            let answer = answers.get(field).map_or("", String::as_str);
            several(answer).filter_map(move |name| {
                let domain = DomainName::parse(name).ok()?;
                Some(Named {
                    party,
                    domain,
                    field,
                })
            })
        })
        .collect()
}

/// The names in an answer that may hold several: commas, semicolons, blanks and line breaks stand between them.
pub(super) fn several(answer: &str) -> impl Iterator<Item = &str> {
    let between = |c: char| c == ',' || c == ';' || c.is_whitespace();
    answer.split(between).filter(|name| !name.is_empty())
}

/// The customers' domains, each once, in the order in which they were given.
fn customers(given: &str, provider: Option<&str>) -> Result<String, FieldProblem> {
    let mut domains: Vec<String> = Vec::new();
    for name in several(given) {
        let customer = domain(CUSTOMER, name)?;
        if provider == Some(customer.as_str()) {
            return Err(problem(
                CUSTOMER,
                Text::new("answer-same-domain").with("value", &customer),
                Text::new("answer-todo-other-domain"),
            ));
        }
        if !domains.contains(&customer) {
            domains.push(customer);
        }
    }
    if domains.is_empty() {
        return Err(missing(CUSTOMER));
    }
    Ok(domains.join(", "))
}

fn domain(field: &'static str, given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(missing(field));
    }
    DomainName::parse(given).map(String::from).map_err(|_| {
        problem(
            field,
            Text::new("answer-no-domain").with("value", given),
            Text::new("answer-todo-domain"),
        )
    })
}

fn group(given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(missing(GROUP));
    }
    if given.chars().count() > GROUP_NAME_LENGTH || given.chars().any(char::is_control) {
        return Err(problem(
            GROUP,
            Text::new("answer-no-name"),
            Text::new("answer-todo-name").with("length", GROUP_NAME_LENGTH),
        ));
    }
    Ok(given.into())
}

/// A name alone gets the provider's domain.
fn account(given: &str, provider: Option<&str>) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(missing(ACCOUNT));
    }
    let full = match (given.contains('@'), provider) {
        (false, Some(domain)) => format!("{given}@{domain}"),
        _ => given.to_owned(),
    };
    Upn::parse(&full).map(String::from).map_err(|_| {
        problem(
            ACCOUNT,
            Text::new("answer-no-account").with("value", given),
            Text::new("answer-todo-account"),
        )
    })
}

fn missing(field: &'static str) -> FieldProblem {
    problem(
        field,
        Text::new("answer-missing"),
        Text::new("answer-todo-missing"),
    )
}

fn problem(field: &'static str, what: Text, todo: Text) -> FieldProblem {
    FieldProblem { field, what, todo }
}
