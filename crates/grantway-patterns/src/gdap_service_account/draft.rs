//! The steps, before anything was compared with what is there.

use std::collections::BTreeSet;

use grantway_core::desired::{
    AccessAssignment, Account, Desired, DesiredState, DirectoryRole, Known, TimedDirectoryRole,
};
use grantway_core::plan::{CheckStep, Draft, Risk, Step, StepBody, UndoRule, WaitStep};
use grantway_core::question::{AssignmentStatus, Question};
use grantway_core::{ObjectId, Place, RoleId, StepId, TenantId, Text};

use super::card::roles_risk;
use super::group_way::{Carrier, GroupWay, ROLE_GROUPS, membership, still_held};
use super::relationship::Way;
use super::subject::{ADMIN_AGENTS, Subject, day};
use super::way_in::{self, WayIn};
use super::{columns, map, mapping, policies, signs_of_life, tasks};
use crate::pattern::NoDraft;

/// The security group.
pub(super) const GROUP: &str = "group";
/// The account.
pub(super) const ACCOUNT: &str = "account";
/// The account becomes an admin agent.
pub(super) const IN_ADMIN_AGENTS: &str = "account-in-admin-agents";
/// The account comes into the security group.
pub(super) const IN_GROUP: &str = "account-in-group";
/// The account holds the temporary role.
pub(super) const ROLE_HELD: &str = "temporary-role";
/// The group gets the roles in a customer.
pub(super) const ASSIGNMENT: &str = "assignment";
/// The assignment has become active.
pub(super) const ASSIGNMENT_ACTIVE: &str = "assignment-active";
/// The account signs in for the first time.
pub(super) const FIRST_SIGN_IN: &str = "first-sign-in";
/// The vendor's app is consented to.
pub(super) const CONSENT: &str = "consent";
/// The temporary role is gone.
pub(super) const ROLE_REMOVED: &str = "temporary-role-removed";

/// A customer with the relationship that is used.
pub(super) struct Served<'a> {
    pub(super) place: &'a Place,
    pub(super) way: Way,
    /// Groups hold the roles already, so none are assigned.
    pub(super) by_role_groups: bool,
}

impl Served<'_> {
    pub(super) fn assignment(&self) -> StepId {
        StepId::of(ASSIGNMENT, self.place.tenant)
    }

    /// The step by which the roles are known to be in force.
    pub(super) fn in_force(&self) -> StepId {
        let step = if self.by_role_groups {
            ROLE_GROUPS
        } else {
            ASSIGNMENT_ACTIVE
        };
        StepId::of(step, self.place.tenant)
    }

    /// The step that gives the roles.
    pub(super) fn giving(&self) -> StepId {
        if self.by_role_groups {
            self.in_force()
        } else {
            self.assignment()
        }
    }
}

pub(super) fn draft(subject: &Subject<'_>) -> Result<Draft, NoDraft> {
    let to_be_opened = subject.to_be_opened();
    if !to_be_opened.is_empty() {
        return Ok(opening(subject, &to_be_opened));
    }
    let admin_agents = admin_agents(subject)?;
    let served = served(subject)?;
    if subject.own_policies().is_err() {
        return Err(no_draft("gdap-no-draft-policies"));
    }
    let carrier = Carrier::of(subject, &served)?;
    let mut steps: Vec<Step> = carrier.made(subject).into_iter().collect();
    steps.push(account(subject));
    steps.push(membership(
        subject,
        IN_ADMIN_AGENTS,
        Known::Now(admin_agents),
        ADMIN_AGENTS,
        &[ACCOUNT],
    ));
    let joins = carrier.joined(subject);
    let joined: Vec<StepId> = joins.iter().map(|step| step.id.clone()).collect();
    steps.extend(joins);
    let guards = policies::of_account(subject);
    let guarded: Vec<StepId> = guards.iter().map(|step| step.id.clone()).collect();
    steps.extend(guards);
    for customer in &served {
        if matches!(subject.way_in(customer.place), WayIn::Open) {
            steps.extend(policies::of_customer(subject, customer.place));
        }
    }
    let held = temporary_role(subject, &served);
    let is_held_late = held.after.len() > 1;
    if !is_held_late {
        steps.push(held.clone());
    }
    for customer in &served {
        steps.extend(customer.way.steps(subject, customer.place));
        match carrier.assigned() {
            Some(group) => {
                steps.push(assignment(subject, customer, &carrier, group)?);
                steps.push(assignment_active(subject, customer));
            }
            None => steps.push(still_held(subject, customer, &joined)),
        }
    }
    if is_held_late {
        steps.push(held);
    }
    let before_sign_in = [joined, guarded].concat();
    steps.push(tasks::first_sign_in(subject, &before_sign_in));
    steps.push(tasks::consent(subject, &served));
    steps.push(role_removed(subject));
    if let Some(terms) = &subject.terms.mapping {
        steps.push(mapping::mapped(subject, &served, terms));
    }
    if let Some(terms) = &subject.terms.signs_of_life {
        let looks = served
            .iter()
            .map(|c| signs_of_life::look(subject, c.place, terms));
        steps.extend(looks);
    }
    Ok(Draft {
        summary: summary(subject, &served),
        map: map::grant_map(subject, &served, &carrier),
        steps,
        lasting_role: None,
        preliminary: false,
    })
}

/// The plan before the plan: customers are let in, so that what stands there can be read and planned for.
fn opening(subject: &Subject<'_>, customers: &[&Place]) -> Draft {
    let names: Vec<&str> = customers.iter().map(|place| place.name.as_str()).collect();
    Draft {
        summary: Text::new("gdap-summary-opening")
            .with("provider", &subject.provider.name)
            .with("customers", names.join(", "))
            .with("count", names.len()),
        map: map::opening_map(subject, customers),
        steps: customers
            .iter()
            .map(|customer| way_in::opened(subject, customer))
            .collect(),
        lasting_role: None,
        preliminary: true,
    }
}

fn no_draft(key: &str) -> NoDraft {
    NoDraft {
        because: Text::new(key),
    }
}

fn admin_agents(subject: &Subject<'_>) -> Result<ObjectId, NoDraft> {
    match subject.admin_agents().as_deref() {
        Ok([group]) => Ok(group.id),
        _ => Err(no_draft("gdap-no-draft-admin-agents")),
    }
}

/// The customers that the plan is for, each with its relationship: all but those whose checks fail while others are ready.
fn served<'a>(subject: &'a Subject<'_>) -> Result<Vec<Served<'a>>, NoDraft> {
    let Some(first) = subject.customers.first() else {
        return Err(no_draft("gdap-no-draft-answers"));
    };
    let served: Vec<Served<'a>> = subject
        .ready()
        .into_iter()
        .filter_map(|place| {
            let seen = subject.relationships(place).ok()?;
            Some(Served {
                place,
                way: Way::of(subject, place, &seen),
                by_role_groups: subject.group_way() == GroupWay::RoleGroups,
            })
        })
        .collect();
    if served.is_empty() {
        return Err(NoDraft {
            because: Text::new("gdap-no-draft-relationship").with("customer", &first.name),
        });
    }
    Ok(served)
}

fn summary(subject: &Subject<'_>, served: &[Served<'_>]) -> Text {
    let names: Vec<&str> = served.iter().map(|c| c.place.name.as_str()).collect();
    let text = |key: &str| {
        Text::new(key)
            .with("provider", &subject.provider.name)
            .with("vendor", subject.vendor())
            .with("count", subject.roles().count())
            .with("customers", names.join(", "))
    };
    match served.iter().filter_map(|c| c.way.ends()).max() {
        Some(ends) => text("gdap-summary-until").with("date", day(ends)),
        None => text("gdap-summary"),
    }
}

/// A step in the provider's tenant, with texts under the step's own name.
pub(super) fn step(
    subject: &Subject<'_>,
    id: StepId,
    texts: &str,
    risk: Risk,
    after: Vec<StepId>,
    body: StepBody,
) -> Step {
    let text = |part: &str| {
        Text::new(format!("gdap-step-{texts}{part}"))
            .with("vendor", subject.vendor())
            .with("account", subject.account.as_str())
            .with("group", subject.group_name())
    };
    Step {
        id,
        place: subject.provider.clone(),
        title: text(""),
        why: text("-why"),
        means: text("-means"),
        undo: text("-undo"),
        risk,
        after,
        body,
        cell: None,
    }
}

pub(super) fn after(names: &[&str]) -> Vec<StepId> {
    names.iter().map(|name| StepId::new(*name)).collect()
}

pub(super) fn change<T: Desired>(desired: &T) -> StepBody {
    StepBody::Change {
        desired: DesiredState::of(desired),
        undo_rule: UndoRule::Restore,
        reverses: None,
    }
}

/// Gives all texts of a step a value.
pub(super) fn name_in(step: &mut Step, argument: &'static str, value: &str) {
    for text in [
        &mut step.title,
        &mut step.why,
        &mut step.means,
        &mut step.undo,
    ] {
        *text = std::mem::replace(text, Text::verbatim("")).with(argument, value);
    }
}

/// A change that is taken back only once everything that depends on it was.
pub(super) fn change_last<T: Desired>(desired: &T) -> StepBody {
    StepBody::Change {
        desired: DesiredState::of(desired),
        undo_rule: UndoRule::RestoreLast,
        reverses: None,
    }
}

fn account(subject: &Subject<'_>) -> Step {
    let setup = subject.situation.setup.as_str();
    let desired = Account {
        upn: subject.account.clone(),
        display_name: subject.terms.account_display_name.clone(),
        mail_nickname: nickname(subject.account.name(), setup),
        password_secret: tasks::password_secret(subject),
    };
    step(
        subject,
        StepId::new(ACCOUNT),
        ACCOUNT,
        Risk::Medium,
        Vec::new(),
        change(&desired),
    )
}

/// So long the temporary role lasts where Microsoft ends it by itself: a working day, in which the setup is meant to be done.
const ROLE_HOURS: u32 = 8;

/// The temporary role, held or not; with an end of its own where the tenant is licensed for that.
fn directory_role(subject: &Subject<'_>, held: bool) -> DesiredState {
    let role = &subject.terms.temporary_role;
    let principal = Known::id_of(StepId::new(ACCOUNT));
    let principal_name = subject.account.to_string();
    if subject.has_timed_roles() {
        return DesiredState::of(&TimedDirectoryRole {
            principal,
            principal_name,
            role: role.id,
            role_name: role.name.clone(),
            hours: ROLE_HOURS,
            held,
            justification: format!(
                "Setup of {} by Grantway, {}",
                subject.vendor(),
                subject.situation.setup.as_str()
            ),
        });
    }
    DesiredState::of(&DirectoryRole {
        principal,
        principal_name,
        role: role.id,
        role_name: role.name.clone(),
        held,
    })
}

/// A customer may take weeks to approve: nobody holds such a role for that long, so it comes when all have.
fn temporary_role(subject: &Subject<'_>, served: &[Served<'_>]) -> Step {
    let mut needs = after(&[ACCOUNT]);
    let to_be_approved = served.iter().filter(|c| c.way.is_to_be_approved());
    needs.extend(to_be_approved.map(Served::in_force));
    let role = &subject.terms.temporary_role;
    let mut step = step(
        subject,
        StepId::new(ROLE_HELD),
        ROLE_HELD,
        Risk::High,
        needs,
        StepBody::Change {
            desired: directory_role(subject, true),
            undo_rule: UndoRule::Restore,
            reverses: None,
        },
    );
    step.title = step.title.with("role", &role.name);
    step.why = Text::verbatim(&role.why);
    step.means = if subject.has_timed_roles() {
        Text::new("gdap-step-temporary-role-means-timed").with("hours", i64::from(ROLE_HOURS))
    } else {
        step.means
    }
    .with("role", &role.name);
    step
}

fn role_removed(subject: &Subject<'_>) -> Step {
    let role = &subject.terms.temporary_role;
    let mut step = step(
        subject,
        StepId::new(ROLE_REMOVED),
        ROLE_REMOVED,
        Risk::Low,
        after(&[CONSENT, ROLE_HELD]),
        StepBody::Change {
            desired: directory_role(subject, false),
            // Bringing the role back at take back would give access again.
            undo_rule: UndoRule::Leave,
            reverses: Some(StepId::new(ROLE_HELD)),
        },
    );
    step.title = step.title.with("role", &role.name);
    step.means = step.means.with("role", &role.name);
    step
}

fn assignment(
    subject: &Subject<'_>,
    customer: &Served<'_>,
    carrier: &Carrier,
    group: Known<ObjectId>,
) -> Result<Step, NoDraft> {
    let roles = customer.way.roles(subject);
    let more = held_already(subject, customer, &group)?
        .difference(&roles)
        .copied()
        .collect::<BTreeSet<_>>();
    let desired = AccessAssignment {
        relationship: customer.way.id(customer.place),
        customer: customer.place.tenant,
        customer_name: customer.place.name.clone(),
        group,
        // What a group holds for others stays as it is.
        roles: roles.union(&more).copied().collect(),
    };
    let mut needs: Vec<StepId> = match carrier {
        Carrier::Own => after(&[GROUP]),
        Carrier::Existing(..) | Carrier::RoleGroups(_) => Vec::new(),
    };
    // The last of the steps that lead to the relationship, where there are any.
    needs.extend(
        customer
            .way
            .steps(subject, customer.place)
            .pop()
            .map(|step| step.id),
    );
    let mut step = step(
        subject,
        customer.assignment(),
        ASSIGNMENT,
        roles_risk(subject.roles()),
        needs,
        change(&desired),
    );
    let reasons: Vec<String> = subject
        .roles()
        .filter(|role| roles.contains(&role.role.id))
        .map(|role| format!("{}: {}", role.role.name, role.role.why))
        .collect();
    let privileged = subject
        .roles()
        .filter(|role| role.privileged && roles.contains(&role.role.id))
        .count();
    step.title = step
        .title
        .with("count", roles.len())
        .with("customer", &customer.place.name);
    step.why = step
        .why
        .with("why", &subject.terms.roles_why)
        .with("reasons", reasons.join(" "));
    step.means = step
        .means
        .with("customer", &customer.place.name)
        .with("count", privileged);
    let others = carrier.others();
    if others > 0 {
        step.means = Text::new("gdap-step-assignment-means-others")
            .with("means", step.means)
            .with("group", subject.group_name())
            .with("count", others);
    }
    if !more.is_empty() {
        step.means = Text::new("gdap-step-assignment-means-more")
            .with("means", step.means)
            .with("group", subject.group_name())
            .with("count", more.len());
    }
    let lost: Vec<String> = subject
        .left_out_roles()
        .into_iter()
        .filter_map(|role| Some(format!("{}: {}", role.role.name, role.optional.as_ref()?)))
        .collect();
    if !lost.is_empty() {
        step.means = Text::new("gdap-step-assignment-means-without")
            .with("means", step.means)
            .with("lost", lost.join(" "));
    }
    Ok(columns::stands_in(columns::ROLES, customer.place, step))
}

/// What a group that is there holds in the customer already. A group of the setup's own holds nothing.
fn held_already(
    subject: &Subject<'_>,
    customer: &Served<'_>,
    group: &Known<ObjectId>,
) -> Result<BTreeSet<RoleId>, NoDraft> {
    let Known::Now(group) = group else {
        return Ok(BTreeSet::new());
    };
    match subject.assignments(customer.place) {
        // Nothing is assigned before the relationship is there.
        None => Ok(BTreeSet::new()),
        Some(Ok(held)) => {
            let of_group = held.into_iter().filter(|seen| seen.group == *group);
            Ok(of_group.flat_map(|seen| seen.roles).collect())
        }
        Some(Err(_)) => Err(NoDraft {
            because: Text::new("gdap-no-draft-assignments").with("customer", &customer.place.name),
        }),
    }
}

fn assignment_active(subject: &Subject<'_>, customer: &Served<'_>) -> Step {
    let times = subject.terms.assignment_wait;
    let question = AssignmentStatus {
        relationship: customer.way.id(customer.place),
        assignment: Known::id_of(customer.assignment()),
    };
    let mut step = step(
        subject,
        customer.in_force(),
        ASSIGNMENT_ACTIVE,
        Risk::Low,
        vec![customer.assignment()],
        StepBody::Wait(WaitStep {
            cause: Text::new("gdap-wait-assignment")
                .with("seconds", i64::from(times.usually))
                .with("customer", &customer.place.name),
            first_look: times.first_look,
            every: times.every,
            usually: times.usually,
            at_most: times.at_most,
            until: Some(look(subject.provider.tenant, &question)),
        }),
    );
    step.title = step.title.with("customer", &customer.place.name);
    columns::stands_in(columns::IN_FORCE, customer.place, step)
}

pub(super) fn look<T: grantway_core::question::Ask>(tenant: TenantId, about: &T) -> CheckStep {
    CheckStep {
        question: Question::of(tenant, about),
    }
}

/// A mail nickname: at most 64 ASCII characters without blanks and most signs (facts: api-gdap-hardening §2.7).
pub(super) fn nickname(name: &str, setup: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_')
        .take(64)
        .collect();
    if kept.is_empty() {
        format!("grantway-{}", setup.to_ascii_lowercase())
    } else {
        kept
    }
}
