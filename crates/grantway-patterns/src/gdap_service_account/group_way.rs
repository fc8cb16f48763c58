//! The group, or the groups, that carry the roles: one of the setup's own, one that is there, or those that are there and
//! hold one role each.

use std::collections::{BTreeMap, BTreeSet};

use grantway_core::desired::{Group, Known, Membership};
use grantway_core::plan::{Risk, Step, StepBody};
use grantway_core::question::{AccessAssignmentSeen, AccessAssignments, GroupOfId, GroupSeen};
use grantway_core::{ObjectId, Place, RoleId, StepId, Text};

use super::draft::{
    ACCOUNT, GROUP, IN_GROUP, Served, after, change, look, name_in, nickname, step,
};
use super::relationship::Way;
use super::subject::Subject;
use super::{VendorRole, columns};
use crate::pattern::{Answers, NoDraft};

/// The groups of a customer still hold the roles that the account gets by being in them.
pub(super) const ROLE_GROUPS: &str = "role-groups";

/// The field of the answers that says which way it is.
pub(super) const FIELD: &str = "group-way";

/// Which groups carry the roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupWay {
    /// One that the setup makes for this alone.
    Own,
    /// One that is there, by its name.
    Existing,
    /// Those that are there and hold one role each in the customers.
    RoleGroups,
}

impl GroupWay {
    /// Each way with its name in the answers, the recommended one first.
    pub(super) const NAMES: [(Self, &'static str); 3] = [
        (Self::Own, "own"),
        (Self::Existing, "existing"),
        (Self::RoleGroups, "role-groups"),
    ];

    /// The way of that name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.into_iter();
        names.find_map(|(way, known)| (known == name).then_some(way))
    }

    /// The way that was chosen; one of its own where nobody was asked.
    pub(super) fn of(answers: &Answers) -> Self {
        let chosen = answers.get(FIELD).map_or("", |answer| answer.trim());
        Self::parse(chosen).unwrap_or(Self::Own)
    }
}

/// What carries the roles in a plan.
pub(super) enum Carrier {
    /// A group that the plan makes.
    Own,
    /// A group that is there, and how many others are in it.
    Existing(GroupSeen, usize),
    /// Groups that are there, with their names.
    RoleGroups(BTreeMap<ObjectId, String>),
}

impl Carrier {
    /// What carries the roles for these customers, by what was read.
    pub(super) fn of(subject: &Subject<'_>, served: &[Served<'_>]) -> Result<Self, NoDraft> {
        let none = |key: &str| NoDraft {
            because: Text::new(key).with("group", subject.group_name()),
        };
        match subject.group_way() {
            GroupWay::Own => Ok(Self::Own),
            GroupWay::Existing => match subject.groups_there().as_deref() {
                Ok([one]) if one.unfit.is_none() => {
                    Ok(Self::Existing(one.group.clone(), one.members.len()))
                }
                _ => Err(none("gdap-no-draft-group")),
            },
            GroupWay::RoleGroups => {
                let mut groups = BTreeMap::new();
                for customer in served {
                    let Some(held) = role_groups(subject, customer.place) else {
                        return Err(none("gdap-no-draft-role-groups"));
                    };
                    for group in held.by_role.into_values() {
                        groups.insert(group, subject.name_of_group(group));
                    }
                }
                Ok(Self::RoleGroups(groups))
            }
        }
    }

    /// The group that gets roles assigned; none where groups have them already.
    pub(super) fn assigned(&self) -> Option<Known<ObjectId>> {
        match self {
            Self::Own => Some(Known::id_of(StepId::new(GROUP))),
            Self::Existing(group, _) => Some(Known::Now(group.id)),
            Self::RoleGroups(_) => None,
        }
    }

    /// How many others get the roles that are assigned to the group.
    pub(super) fn others(&self) -> usize {
        match self {
            Self::Existing(_, others) => *others,
            Self::Own | Self::RoleGroups(_) => 0,
        }
    }

    /// The step that makes the group.
    pub(super) fn made(&self, subject: &Subject<'_>) -> Option<Step> {
        matches!(self, Self::Own).then(|| group(subject))
    }

    /// The account comes into every group.
    pub(super) fn joined(&self, subject: &Subject<'_>) -> Vec<Step> {
        match self {
            Self::Own => {
                let group = Known::id_of(StepId::new(GROUP));
                let name = subject.group_name();
                vec![membership(
                    subject,
                    IN_GROUP,
                    group,
                    name,
                    &[GROUP, ACCOUNT],
                )]
            }
            Self::Existing(group, _) => {
                let (id, name) = (Known::Now(group.id), &group.display_name);
                vec![membership(subject, IN_GROUP, id, name, &[ACCOUNT])]
            }
            Self::RoleGroups(groups) => groups
                .iter()
                .map(|(group, name)| {
                    let id = Known::Now(*group);
                    let mut step = membership(subject, IN_GROUP, id, name, &[ACCOUNT]);
                    step.id = StepId::new(format!("{IN_GROUP}/{group}"));
                    step
                })
                .collect(),
        }
    }

    /// The step that stands for the group in the grant map.
    pub(super) fn shown_by(&self) -> StepId {
        match self {
            Self::Own => StepId::new(GROUP),
            Self::Existing(..) => StepId::new(IN_GROUP),
            Self::RoleGroups(groups) => groups.keys().next().map_or_else(
                || StepId::new(IN_GROUP),
                |group| StepId::new(format!("{IN_GROUP}/{group}")),
            ),
        }
    }
}

/// A customer's roles and the groups that hold one each.
pub(super) struct RoleGroups<'a> {
    /// The group of each role.
    pub(super) by_role: BTreeMap<RoleId, ObjectId>,
    /// Roles that no group holds by itself.
    pub(super) without: Vec<&'a VendorRole>,
}

/// The groups that hold one of the wanted roles each in a customer. None while that cannot be told, or nothing is active there.
///
/// Of several groups for one role it is the one with the lowest id, so that every customer leads to the same.
pub(super) fn role_groups<'a>(subject: &Subject<'a>, customer: &Place) -> Option<RoleGroups<'a>> {
    let held = subject.assignments(customer)?.ok()?;
    let mut by_role = BTreeMap::new();
    let mut without = Vec::new();
    for role in subject.roles() {
        let only = BTreeSet::from([role.role.id]);
        // Another relationship with the same customer may give the group more.
        let alone = |seen: &&AccessAssignmentSeen| {
            seen.status == "active"
                && seen.roles == only
                && subject.held_in(customer, seen.group).as_ref() == Some(&only)
                && subject.is_fit(seen.group)
        };
        match held.iter().filter(alone).map(|seen| seen.group).min() {
            Some(group) => {
                by_role.insert(role.role.id, group);
            }
            None => without.push(role),
        }
    }
    Some(RoleGroups { by_role, without })
}

/// The assignments of every active relationship with a customer.
pub(super) fn assignments_of(subject: &Subject<'_>, customer: &Place) -> Vec<AccessAssignments> {
    let seen = subject.relationships(customer).unwrap_or_default();
    let active = seen.into_iter().filter(|seen| seen.status == "active");
    active
        .map(|seen| AccessAssignments {
            relationship: seen.id,
        })
        .collect()
}

/// The assignments that count for a customer: those of the relationship that holds all roles already.
pub(super) fn assignments_that_count(
    subject: &Subject<'_>,
    customer: &Place,
) -> Option<AccessAssignments> {
    let seen = subject.relationships(customer).ok()?;
    match Way::of(subject, customer, &seen) {
        Way::Active(best) => Some(AccessAssignments {
            relationship: best.id,
        }),
        Way::Offered(_) | Way::New => None,
    }
}

/// The groups that may turn out to hold one wanted role alone: their names and kinds have to be read.
pub(super) fn groups_asked(subject: &Subject<'_>) -> BTreeSet<GroupOfId> {
    let wanted: BTreeSet<RoleId> = subject.roles().map(|role| role.role.id).collect();
    let of_customers = subject.customers.iter();
    of_customers
        .filter_map(|customer| subject.assignments(customer)?.ok())
        .flatten()
        .filter(|seen| seen.roles.len() == 1 && seen.roles.is_subset(&wanted))
        .map(|seen| GroupOfId { id: seen.group })
        .collect()
}

/// Nothing is changed in the customer: the step looks whether the groups still hold what the account comes into them for.
pub(super) fn still_held(subject: &Subject<'_>, customer: &Served<'_>, joined: &[StepId]) -> Step {
    let question = AccessAssignments {
        relationship: match &customer.way {
            Way::Active(seen) | Way::Offered(seen) => seen.id.clone(),
            // No check passes without an active one, so no such customer is served.
            Way::New => String::new(),
        },
    };
    let mut step = step(
        subject,
        customer.in_force(),
        ROLE_GROUPS,
        Risk::Low,
        joined.to_vec(),
        StepBody::Check(look(subject.provider.tenant, &question)),
    );
    let count = customer.way.roles(subject).len();
    step.title = step.title.with("count", count);
    name_in(&mut step, "customer", &customer.place.name);
    columns::stands_in(columns::ROLES, customer.place, step)
}

fn group(subject: &Subject<'_>) -> Step {
    let setup = subject.situation.setup.as_str();
    let desired = Group {
        unique_name: format!("grantway-{}-group", setup.to_ascii_lowercase()),
        display_name: subject.group_name().into(),
        mail_nickname: nickname(subject.group_name(), setup),
        // Data in the tenant, for its administrators: English whatever the app speaks, since the marker is looked for in it.
        description: format!(
            "Carries the roles that {} holds in customers through GDAP. Made by Grantway, setup {setup}.",
            subject.vendor()
        ),
    };
    step(
        subject,
        StepId::new(GROUP),
        GROUP,
        Risk::Low,
        Vec::new(),
        change(&desired),
    )
}

/// The account comes into a group.
pub(super) fn membership(
    subject: &Subject<'_>,
    id: &str,
    group: Known<ObjectId>,
    group_name: &str,
    needs: &[&str],
) -> Step {
    let desired = Membership {
        group,
        group_name: group_name.into(),
        member: Known::id_of(StepId::new(ACCOUNT)),
        member_name: subject.account.to_string(),
    };
    let mut step = step(
        subject,
        StepId::new(id),
        id,
        Risk::Medium,
        after(needs),
        change(&desired),
    );
    name_in(&mut step, "group", group_name);
    step
}
