//! Which groups carry the roles: the checks, and what the plan makes of each way.

use std::collections::BTreeSet;

use grantway_core::check::Verdict;
use grantway_core::plan::{Row, StepBody};
use grantway_core::question::{
    AccessAssignmentSeen, AccessAssignments, GroupFitness, GroupOfId, GroupSeen, GroupUnfit,
    GroupWithMembers, GroupsNamed, GroupsWithMembers, Question, Reading, Relationships,
};
use grantway_core::{Party, Place, RoleId};

use super::world::{EXCHANGE_ADMINISTRATOR, World, arg, object, role, tenant};
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::Pattern;

const NAME: &str = "Huntress Security Platform";

fn seen(number: u8, name: &str) -> GroupSeen {
    GroupSeen {
        id: object(number),
        display_name: name.into(),
        is_security_group: true,
    }
}

fn existing(groups: Vec<GroupWithMembers>) -> World {
    let mut world = World::in_order();
    world.answers.insert("group-way".into(), "existing".into());
    let about = GroupsWithMembers {
        display_name: NAME.into(),
    };
    world.read(&about, groups);
    assign(&mut world, Vec::new());
    world
}

fn there(unfit: Option<GroupUnfit>, members: &[&str]) -> GroupWithMembers {
    GroupWithMembers {
        group: seen(20, NAME),
        unfit,
        members: members.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn of_relationship(world: &World) -> AccessAssignments {
    AccessAssignments {
        relationship: world.relationship().id,
    }
}

fn assign(world: &mut World, held: Vec<AccessAssignmentSeen>) {
    let about = of_relationship(world);
    world.read(&about, held);
}

fn roles(world: &World) -> Vec<RoleId> {
    world.relationship().roles.into_iter().collect()
}

/// A group for each role, as CIPP makes them.
fn one_each(world: &World) -> Vec<AccessAssignmentSeen> {
    let numbered = (30..).zip(roles(world));
    numbered
        .map(|(number, role)| AccessAssignmentSeen {
            group: object(number),
            roles: BTreeSet::from([role]),
            status: "active".into(),
        })
        .collect()
}

fn role_groups(change: impl FnOnce(&mut Vec<AccessAssignmentSeen>)) -> World {
    let mut world = World::in_order();
    world
        .answers
        .insert("group-way".into(), "role-groups".into());
    world.answers.remove("group");
    let mut held = one_each(&world);
    change(&mut held);
    for (number, assigned) in (1..).zip(&held) {
        let name = format!("M365 GDAP {number}");
        let about = GroupOfId { id: assigned.group };
        let group = GroupSeen {
            id: assigned.group,
            display_name: name,
            is_security_group: true,
        };
        let unfit = None;
        world.read(&about, Some(GroupFitness { group, unfit }));
    }
    assign(&mut world, held);
    world
}

#[test]
fn a_customer_where_it_cannot_be_told_what_the_group_holds_is_left_out_alone() {
    let mut world = existing(vec![there(None, &[])]);
    let about = of_relationship(&world);
    world.refuse(&about);
    let other = "3f2e3d4c-5b6a-4978-8695-a4b3c2d1e003";
    world.places.push(Place {
        party: Party::Customer,
        tenant: tenant(other),
        name: "brackwater-boats.example".into(),
    });
    let mut relationship = world.relationship();
    relationship.id = "second".into();
    let of_other = Relationships {
        customer: tenant(other),
    };
    world.read(&of_other, vec![relationship]);
    let about = AccessAssignments {
        relationship: "second".into(),
    };
    world.read(&about, Vec::new());
    assert!(grantway_core::check::blocking(&world.checks()).is_empty());
    let assigned: Vec<String> = steps(&world)
        .into_iter()
        .filter(|step| step.starts_with("assignment/"))
        .collect();
    assert_eq!(assigned, [format!("assignment/{}", tenant(other))]);
}

fn steps(world: &World) -> Vec<String> {
    let steps = world.draft().unwrap().steps;
    steps.iter().map(|step| step.id.to_string()).collect()
}

#[test]
fn a_group_of_the_same_name_is_offered_and_does_not_stop() {
    let mut world = World::in_order();
    assert_eq!(world.check("group").verdict, Verdict::Pass);
    let about = GroupsNamed {
        display_name: NAME.into(),
    };
    world.read(&about, vec![seen(20, NAME)]);
    let check = world.check("group");
    assert_eq!(check.verdict, Verdict::Warn);
    let offered: Vec<&str> = check.remedies.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(offered, ["answer-group-way", "answer-group", "accept"]);
    world.refuse(&about);
    assert_eq!(world.check("group").verdict, Verdict::CannotSee);
}

#[test]
fn a_group_that_is_there_is_joined_and_stays_what_it_is() {
    let world = existing(vec![there(None, &[])]);
    assert_eq!(world.check("group").verdict, Verdict::Pass);
    assert!(!steps(&world).contains(&"group".to_owned()));
    let joined = world.row("account-in-group").step;
    let state = &joined.desired().unwrap().state;
    assert_eq!(state["group"], object(20).to_string());
    let assigned = world.row("assignment").step;
    assert_eq!(
        assigned.desired().unwrap().state["group"],
        object(20).to_string()
    );
}

#[test]
fn who_is_in_the_group_already_is_named_before_they_get_the_roles() {
    let people = ["Ann", "Ben", "Cy", "Di", "Ed", "Flo"];
    let world = existing(vec![there(None, &people)]);
    let check = world.check("group");
    assert_eq!(check.verdict, Verdict::Warn);
    assert_eq!(arg(&check.found, "names"), "Ann, Ben, Cy, Di, Ed");
    assert_eq!(check.found.args["more"], 1_i64.into());
    let means = world.row("assignment").step.means;
    assert_eq!(means.key, "gdap-step-assignment-means-others");
    assert_eq!(means.args["count"], 6_i64.into());
}

#[test]
fn a_group_that_cannot_carry_the_roles_stops_the_plan_and_says_why() {
    for (unfit, found) in [
        (GroupUnfit::NotSecurity, "not-security"),
        (GroupUnfit::Dynamic, "dynamic"),
        (GroupUnfit::Synced, "synced"),
        (GroupUnfit::RoleAssignable, "role-assignable"),
    ] {
        let world = existing(vec![there(Some(unfit), &[])]);
        let check = world.check("group");
        assert_eq!(check.verdict, Verdict::Fail);
        assert_eq!(
            check.found.key.as_str(),
            format!("gdap-check-group-existing-{found}")
        );
        let because = world.draft().unwrap_err().because;
        assert_eq!(because.key.as_str(), "gdap-no-draft-group");
    }
    for groups in [vec![], vec![there(None, &[]), there(None, &[])]] {
        let world = existing(groups);
        assert_eq!(world.check("group").verdict, Verdict::Fail);
        assert!(world.draft().is_err());
    }
}

#[test]
fn what_the_group_holds_already_is_kept_and_told() {
    let more = role("729827e3-9c14-49f7-bb1b-9608f156bbb8");
    let mut world = existing(vec![there(None, &[])]);
    let held = AccessAssignmentSeen {
        group: object(20),
        roles: BTreeSet::from([more, role(EXCHANGE_ADMINISTRATOR)]),
        status: "active".into(),
    };
    assign(&mut world, vec![held]);
    let step = world.row("assignment").step;
    let state = &step.desired().unwrap().state;
    assert_eq!(state["roles"].as_array().unwrap().len(), 11);
    assert_eq!(step.means.key, "gdap-step-assignment-means-more");
    assert_eq!(step.means.args["count"], 1_i64.into());
    let found = world.check("group-holds").found;
    assert_eq!(found.args["count"], 1_i64.into());
    assert_eq!(found.args["more"], 1_i64.into());
    // Without knowing what it holds nothing is planned that could take it away.
    let about = of_relationship(&world);
    world.refuse(&about);
    assert_eq!(world.check("group-holds").verdict, Verdict::Fail);
    let because = world.draft().unwrap_err().because;
    assert_eq!(because.key.as_str(), "gdap-no-draft-assignments");
}

#[test]
fn the_account_joins_the_groups_of_one_role_each_and_nothing_is_assigned() {
    let world = role_groups(|_| ());
    assert_eq!(world.check("role-groups").verdict, Verdict::Pass);
    let ids = steps(&world);
    let joined = ids.iter().filter(|id| id.starts_with("account-in-group/"));
    assert_eq!(joined.count(), 10);
    let none_of = ["group", "assignment", "assignment-active"];
    assert!(
        ids.iter()
            .all(|id| !none_of.contains(&id.split('/').next().unwrap()))
    );
    let StepBody::Check(_) = world.row("role-groups").step.body else {
        panic!("a look");
    };
    let first = world.row("account-in-group").step;
    assert_eq!(arg(&first.title, "group"), "M365 GDAP 1");
    let consent = world.row("consent").step;
    assert!(
        consent
            .after
            .iter()
            .any(|id| id.as_str().starts_with("role-groups/"))
    );
}

#[test]
fn a_role_that_no_group_holds_alone_leaves_the_customer_out() {
    let more = role("729827e3-9c14-49f7-bb1b-9608f156bbb8");
    type Spoil = fn(&mut Vec<AccessAssignmentSeen>, RoleId);
    let spoils: [Spoil; 3] = [
        |held, _| held.truncate(9),
        |held, more| held[0].roles = [held[0].roles.clone(), [more].into()].concat_sets(),
        |held, _| held[0].status = "pending".into(),
    ];
    for spoil in spoils {
        let world = role_groups(|held| spoil(held, more));
        let check = world.check("role-groups");
        assert_eq!(check.verdict, Verdict::Fail);
        assert_eq!(check.found.key, "gdap-check-role-groups-missing");
        assert_eq!(check.found.args["count"], 1_i64.into());
    }
    let mut world = role_groups(|_| ());
    world.relationships(Vec::new());
    assert_eq!(
        world.check("role-groups").found.key,
        "gdap-check-role-groups-no-relationship"
    );
}

#[test]
fn a_group_that_holds_more_elsewhere_or_takes_nobody_in_is_not_joined() {
    // Nobody can be put into it.
    let mut world = role_groups(|_| ());
    let about = GroupOfId { id: object(30) };
    let unfit = Some(GroupUnfit::Dynamic);
    let group = seen(30, "M365 GDAP 1");
    world.read(&about, Some(GroupFitness { group, unfit }));
    assert_eq!(world.check("role-groups").verdict, Verdict::Fail);
    // Another relationship with the customer gives it more.
    let mut world = role_groups(|_| ());
    let mut second = world.relationship();
    second.id = "second".into();
    second.roles.clear();
    let both = vec![world.relationship(), second];
    world.relationships(both);
    let about = AccessAssignments {
        relationship: "second".into(),
    };
    let more = AccessAssignmentSeen {
        group: object(31),
        roles: BTreeSet::from([role("62e90394-69f5-4237-9190-012177145e10")]),
        status: "active".into(),
    };
    world.read(&about, vec![more]);
    let check = world.check("role-groups");
    assert_eq!(check.verdict, Verdict::Fail);
    assert_eq!(check.found.args["count"], 1_i64.into());
    // What cannot be read leaves this customer out, and no other.
    let mut world = role_groups(|_| ());
    let about = of_relationship(&world);
    world.refuse(&about);
    assert_eq!(world.check("role-groups").verdict, Verdict::Fail);
}

trait ConcatSets {
    fn concat_sets(self) -> BTreeSet<RoleId>;
}

impl ConcatSets for [BTreeSet<RoleId>; 2] {
    fn concat_sets(self) -> BTreeSet<RoleId> {
        self.into_iter().flatten().collect()
    }
}

#[test]
fn of_two_groups_for_a_role_every_customer_leads_to_the_same() {
    let twin = |held: &mut Vec<AccessAssignmentSeen>| {
        let mut again = held[0].clone();
        again.group = object(29);
        held.push(again);
        held.reverse();
    };
    let world = role_groups(twin);
    assert!(steps(&world).contains(&format!("account-in-group/{}", object(29))));
    assert!(!steps(&world).contains(&format!("account-in-group/{}", object(30))));
}

#[test]
fn a_group_that_lost_its_role_is_named_when_it_is_looked_at_again() {
    let world = role_groups(|_| ());
    let row: Row = world.row("role-groups");
    let judged = |held: Vec<AccessAssignmentSeen>| {
        let reading = Reading::Seen {
            value: serde_json::to_value(held).unwrap(),
            right_used: Vec::new(),
        };
        GdapServiceAccount.judge(world.situation(), &row, &reading, None)
    };
    assert_eq!(judged(one_each(&world)).verdict, Verdict::Pass);
    let mut lost = one_each(&world);
    lost.remove(2);
    let check = judged(lost);
    assert_eq!(check.verdict, Verdict::Fail);
    assert_eq!(arg(&check.found, "groups"), "M365 GDAP 3");
}

#[test]
fn only_what_the_way_needs_is_read() {
    let kinds = |world: &World| -> Vec<String> {
        let asked = GdapServiceAccount.questions(world.situation());
        let of_groups = |q: &Question| q.kind.contains("group") || q.kind == "access-assignments";
        asked
            .into_iter()
            .filter(of_groups)
            .map(|q| q.kind)
            .collect()
    };
    assert_eq!(kinds(&World::in_order()), ["groups-named", "groups-named"]);
    assert_eq!(
        kinds(&existing(vec![there(None, &[])])),
        ["groups-named", "groups-with-members", "access-assignments"]
    );
    let mut expected = vec!["groups-named", "access-assignments"];
    expected.extend(["group-of-id"; 10]);
    assert_eq!(kinds(&role_groups(|_| ())), expected);
}

#[test]
fn a_name_is_needed_only_where_a_name_counts() {
    let world = World::in_order();
    let mut raw = world.answers.clone();
    raw.insert("group-way".into(), "role-groups".into());
    raw.remove("group");
    assert!(GdapServiceAccount.parse(&world.profile, &raw).is_ok());
    raw.insert("group-way".into(), "existing".into());
    let problems = GdapServiceAccount.parse(&world.profile, &raw).unwrap_err();
    assert_eq!(problems[0].field, "group");
    raw.insert("group-way".into(), "both".into());
    raw.insert("group".into(), NAME.into());
    let problems = GdapServiceAccount.parse(&world.profile, &raw).unwrap_err();
    assert_eq!(problems[0].field, "group-way");
}
