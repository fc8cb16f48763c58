//! The questions to the person, and how their answers are read.

use std::collections::BTreeSet;

use grantway_core::{DomainName, Party, RoleId, Text, Upn};

use super::VendorRole;
use super::card::terms;
use super::group_way::{self, GroupWay};
use crate::pattern::{Answers, Field, FieldChoice, FieldProblem, Named, OnlyWhen};
use crate::profile::Profile;

/// The provider's domain.
pub(super) const PROVIDER: &str = "provider";
/// The customer's domain.
pub(super) const CUSTOMER: &str = "customer";
/// The security group's name.
pub(super) const GROUP: &str = "group";
/// The account, in full.
pub(super) const ACCOUNT: &str = "account";
/// The roles that are ticked of those that the vendor can do without.
pub(super) const ROLES: &str = "roles";

/// What Entra allows as a display name (docs: group, `displayName` at most 256 characters).
const GROUP_NAME_LENGTH: usize = 256;

pub(super) fn form(profile: &Profile, answers: &Answers) -> Vec<Field> {
    let terms = terms(profile);
    let field = |id: &'static str, label: &str, why: &str| {
        let why = Text::new(why).with("vendor", &profile.vendor);
        Field::line(id, Text::new(label), why)
    };
    let given = |id: &str| answers.get(id).map(|answer| answer.trim()).unwrap_or("");
    let account = match DomainName::parse(given(PROVIDER)) {
        Ok(domain) => format!("{}@{domain}", terms.account_name),
        Err(_) => terms.account_name.clone(),
    };
    let mut fields = vec![
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
            preset: GroupWay::NAMES[0].1.into(),
            options: GroupWay::NAMES
                .iter()
                .map(|(_, name)| {
                    let label = Text::new(format!("gdap-field-group-way-{name}"));
                    ((*name).to_owned(), label)
                })
                .collect(),
            ..field(
                group_way::FIELD,
                "gdap-field-group-way",
                "gdap-field-group-way-why",
            )
        },
        Field {
            preset: terms.group_name.clone(),
            only_when: Some(OnlyWhen {
                field: group_way::FIELD,
                values: &["own", "existing"],
            }),
            ..field(GROUP, "gdap-field-group", "gdap-field-group-why")
        },
        Field {
            preset: account,
            hint: Some(Text::new("gdap-field-account-hint")),
            placeholder: Some(format!("{}@contoso.com", terms.account_name)),
            ..field(ACCOUNT, "gdap-field-account", "gdap-field-account-why")
        },
    ];
    let choices: Vec<FieldChoice> = terms.roles.iter().filter_map(choice).collect();
    if !choices.is_empty() {
        let all: Vec<&str> = choices.iter().map(|c| c.value.as_str()).collect();
        fields.push(Field {
            preset: all.join(", "),
            optional: true,
            choices,
            ..field(ROLES, "gdap-field-roles", "gdap-field-roles-why")
        });
    }
    fields
}

/// A role that may be left out; none where the vendor needs it.
fn choice(role: &VendorRole) -> Option<FieldChoice> {
    Some(FieldChoice {
        value: role.role.id.to_string(),
        label: Text::verbatim(&role.role.name),
        why: Text::verbatim(&role.role.why),
        lost: Text::verbatim(role.optional.as_ref()?),
        privileged: role.privileged,
    })
}

/// The roles that are ticked; none where nobody was asked, and then all are wanted.
pub(super) fn ticked(answers: &Answers) -> Option<BTreeSet<RoleId>> {
    let answer = answers.get(ROLES)?;
    Some(
        several(answer)
            .filter_map(|id| RoleId::parse(id).ok())
            .collect(),
    )
}

pub(super) fn parse(profile: &Profile, raw: &Answers) -> Result<Answers, Vec<FieldProblem>> {
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
    if let Some(given) = raw.get(ROLES) {
        take(ROLES, roles(profile, given));
    }
    take(ACCOUNT, account(given(ACCOUNT), provider.as_deref().ok()));
    // Groups that hold the roles already are found by the roles, not by a name.
    if GroupWay::of(raw) != GroupWay::RoleGroups {
        take(GROUP, group(given(GROUP)));
    }
    if !given(group_way::FIELD).is_empty() {
        take(group_way::FIELD, way(given(group_way::FIELD)));
    }
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
            return Err(FieldProblem::new(
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
        return Err(FieldProblem::missing(CUSTOMER));
    }
    Ok(domains.join(", "))
}

fn domain(field: &'static str, given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(field));
    }
    DomainName::parse(given)
        .map(String::from)
        .map_err(|_| FieldProblem::no_domain(field, given))
}

fn way(given: &str) -> Result<String, FieldProblem> {
    if GroupWay::parse(given).is_some() {
        return Ok(given.into());
    }
    let names: Vec<&str> = GroupWay::NAMES.iter().map(|(_, name)| *name).collect();
    Err(FieldProblem::new(
        group_way::FIELD,
        Text::new("answer-no-choice").with("value", given),
        Text::new("answer-todo-choice").with("values", names.join(", ")),
    ))
}

fn group(given: &str) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(GROUP));
    }
    if given.chars().count() > GROUP_NAME_LENGTH || given.chars().any(char::is_control) {
        return Err(FieldProblem::new(
            GROUP,
            Text::new("answer-no-name"),
            Text::new("answer-todo-name").with("length", GROUP_NAME_LENGTH),
        ));
    }
    Ok(given.into())
}

/// Ticked roles by their ids or names, in the vendor's order. One that the vendor needs may be named too.
fn roles(profile: &Profile, given: &str) -> Result<String, FieldProblem> {
    let known = &terms(profile).roles;
    let mut ticked: BTreeSet<RoleId> = BTreeSet::new();
    for name in given.split([',', ';', '\n']).map(str::trim) {
        if name.is_empty() {
            continue;
        }
        let is = |role: &&VendorRole| {
            role.role.name.eq_ignore_ascii_case(name) || RoleId::parse(name) == Ok(role.role.id)
        };
        let Some(role) = known.iter().find(is) else {
            let optional = known.iter().filter(|role| role.optional.is_some());
            let names: Vec<&str> = optional.map(|role| role.role.name.as_str()).collect();
            return Err(FieldProblem::new(
                ROLES,
                Text::new("answer-no-role").with("value", name),
                Text::new("answer-todo-role").with("roles", names.join(", ")),
            ));
        };
        ticked.insert(role.role.id);
    }
    let ids = known
        .iter()
        .filter(|role| role.optional.is_some() && ticked.contains(&role.role.id))
        .map(|role| role.role.id.to_string());
    Ok(ids.collect::<Vec<_>>().join(", "))
}

/// A name alone gets the provider's domain.
fn account(given: &str, provider: Option<&str>) -> Result<String, FieldProblem> {
    if given.is_empty() {
        return Err(FieldProblem::missing(ACCOUNT));
    }
    let full = match (given.contains('@'), provider) {
        (false, Some(domain)) => format!("{given}@{domain}"),
        _ => given.to_owned(),
    };
    Upn::parse(&full).map(String::from).map_err(|_| {
        FieldProblem::new(
            ACCOUNT,
            Text::new("answer-no-account").with("value", given),
            Text::new("answer-todo-account"),
        )
    })
}
