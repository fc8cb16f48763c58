//! Checks of the groups that carry the roles.

use std::collections::BTreeSet;

use grantway_core::check::{Check, Remedy, Verdict};
use grantway_core::question::{GroupUnfit, GroupWithMembers};
use grantway_core::{Fault, Place, RoleId, Text};

use super::{Asked, accept, change_answer, provider, relationship};
use crate::gdap_service_account::columns;
use crate::gdap_service_account::form;
use crate::gdap_service_account::group_way::{self, GroupWay, ROLE_GROUPS};
use crate::gdap_service_account::subject::Subject;

/// What the group that is to be used holds in a customer already.
const HELD: &str = "group-holds";

/// So many members are named; of the rest there is a number.
const NAMED: usize = 5;

fn other_way(detail: &str) -> Remedy {
    change_answer(group_way::FIELD, Text::new(detail))
}

fn other_name() -> Remedy {
    change_answer(form::GROUP, Text::new("gdap-check-group-other-name"))
}

/// The group that will be made has a name of its own, or the one that is to be used is fit for it. There is no such row where
/// groups of one role each are used: each customer's row tells of them.
pub(super) fn group(subject: &Subject<'_>) -> Option<Check> {
    match subject.group_way() {
        GroupWay::Own => Some(own(subject)),
        GroupWay::Existing => Some(existing(subject)),
        GroupWay::RoleGroups => None,
    }
}

fn own(subject: &Subject<'_>) -> Check {
    let asked = provider::asked(subject, "group", &subject.same_name());
    let found = |key: &str, count: usize| {
        Text::new(key)
            .with("group", subject.group_name())
            .with("count", count)
    };
    match subject.groups_of_same_name() {
        Err(fault) => asked.unread(&fault, true),
        Ok(seen) if seen.is_empty() => asked.pass(found("gdap-check-group-free", 0)),
        Ok(seen) => asked.warn(
            found("gdap-check-group-same-name", seen.len()),
            vec![other_way("gdap-check-group-use"), other_name(), accept()],
        ),
    }
}

fn existing(subject: &Subject<'_>) -> Check {
    let mut asked = provider::asked(subject, "group", &subject.existing());
    asked.title = Text::new("gdap-check-group-existing");
    asked.needed = Text::new("gdap-check-group-existing-needed");
    let seen = match subject.groups_there() {
        Ok(seen) => seen,
        Err(fault) => return asked.unread(&fault, false),
    };
    let found = |key: &str| {
        Text::new(key)
            .with("group", subject.group_name())
            .with("count", seen.len())
    };
    let remedies = || vec![other_name(), other_way("gdap-check-group-make")];
    match seen.as_slice() {
        [] => asked.fail(found("gdap-check-group-existing-none"), remedies()),
        [one] => fit(asked, one, remedies()),
        _ => asked.fail(found("gdap-check-group-existing-many"), remedies()),
    }
}

fn fit(asked: Asked, one: &GroupWithMembers, mut remedies: Vec<Remedy>) -> Check {
    let found = |key: &str| Text::new(key).with("group", &one.group.display_name);
    let unfit = one.unfit.map(|because| match because {
        GroupUnfit::NotSecurity => "gdap-check-group-existing-not-security",
        GroupUnfit::Dynamic => "gdap-check-group-existing-dynamic",
        GroupUnfit::Synced => "gdap-check-group-existing-synced",
        GroupUnfit::RoleAssignable => "gdap-check-group-existing-role-assignable",
    });
    if let Some(key) = unfit {
        return asked.fail(found(key), remedies);
    }
    if one.members.is_empty() {
        return asked.pass(found("gdap-check-group-existing-empty"));
    }
    let named = one.members.iter().take(NAMED).map(String::as_str);
    let names = named.collect::<Vec<_>>().join(", ");
    remedies.push(accept());
    asked.warn(
        found("gdap-check-group-existing-members")
            .with("count", one.members.len())
            .with("names", names)
            .with("more", one.members.len().saturating_sub(NAMED)),
        remedies,
    )
}

/// What groups that are there hold in the customer. There is no such row where the setup makes one of its own, which holds
/// nothing.
pub(super) fn held(subject: &Subject<'_>, customer: &Place) -> Option<Check> {
    match subject.group_way() {
        GroupWay::Own => None,
        GroupWay::Existing => held_by_one(subject, customer),
        GroupWay::RoleGroups => role_groups(subject, customer),
    }
}

fn asked(subject: &Subject<'_>, customer: &Place, id: &str) -> Asked {
    let about = group_way::assignments_that_count(subject, customer);
    let text = |part: &str| {
        Text::new(format!("gdap-check-{id}{part}"))
            .with("customer", &customer.name)
            .with("vendor", subject.vendor())
            .with("group", subject.group_name())
    };
    Asked {
        id: format!("{id}/{}", customer.tenant),
        place: customer.clone(),
        title: text(""),
        needed: text("-needed"),
        why: text("-why"),
        right_used: about
            .as_ref()
            .map(|about| subject.right(about))
            .unwrap_or_default(),
        columns: columns::of_check(relationship::ROLES),
    }
}

/// Without knowing, this customer cannot be planned for; the others can.
fn unread(asked: Asked, fault: &Fault) -> Check {
    Check {
        verdict: Verdict::Fail,
        ..asked.unread(fault, false)
    }
}

/// What the group that is to be used holds in the customer already. There is no such row where nothing can be assigned yet, or
/// where it is not known which group it is.
fn held_by_one(subject: &Subject<'_>, customer: &Place) -> Option<Check> {
    let assignments = subject.assignments(customer)?;
    let groups = subject.groups_there().ok()?;
    let [one] = groups.as_slice() else {
        return None;
    };
    let asked = asked(subject, customer, HELD);
    let assignments = match assignments {
        Ok(assignments) => assignments,
        Err(fault) => return Some(unread(asked, &fault)),
    };
    let of_group = assignments
        .into_iter()
        .filter(|seen| seen.group == one.group.id);
    let held: BTreeSet<RoleId> = of_group.flat_map(|seen| seen.roles).collect();
    let wanted = subject.roles().filter(|role| held.contains(&role.role.id));
    let wanted = wanted.count();
    Some(
        asked.pass(
            Text::new("gdap-check-group-holds-found")
                .with("count", wanted)
                .with("more", held.len() - wanted),
        ),
    )
}

/// Groups hold each of the roles in the customer, one role a group.
fn role_groups(subject: &Subject<'_>, customer: &Place) -> Option<Check> {
    let asked = asked(subject, customer, ROLE_GROUPS);
    let found = |key: &str| Text::new(key).with("customer", &customer.name);
    let make = || vec![other_way("gdap-check-group-make")];
    match subject.assignments(customer) {
        None => return Some(asked.fail(found("gdap-check-role-groups-no-relationship"), make())),
        Some(Err(fault)) => return Some(unread(asked, &fault)),
        Some(Ok(_)) => {}
    }
    let held = group_way::role_groups(subject, customer)?;
    if held.without.is_empty() {
        let found = found("gdap-check-role-groups-all").with("count", held.by_role.len());
        return Some(asked.pass(found));
    }
    let names: Vec<&str> = held
        .without
        .iter()
        .map(|role| role.role.name.as_str())
        .collect();
    let found = found("gdap-check-role-groups-missing")
        .with("count", names.len())
        .with("roles", names.join(", "));
    Some(asked.fail(found, make()))
}
