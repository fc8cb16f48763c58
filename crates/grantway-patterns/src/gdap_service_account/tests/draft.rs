use std::collections::BTreeSet;

use grantway_core::plan::{StepBody, TaskKind, UndoRule};
use grantway_core::{Party, Place, StepId};

use super::world::{CUSTOMER, EXCHANGE_ADMINISTRATOR, World, role, tenant};
use crate::Particulars;
use crate::gdap_service_account::GdapServiceAccount;
use crate::pattern::{Answers, Pattern};

#[test]
fn the_draft_of_one_customer() {
    insta::assert_json_snapshot!(World::in_order().draft().unwrap());
}

#[test]
fn every_step_stands_after_what_it_needs_and_no_two_have_one_name() {
    let mut known: BTreeSet<StepId> = BTreeSet::new();
    for step in World::in_order().draft().unwrap().steps {
        for needed in &step.after {
            assert!(known.contains(needed), "{} before {needed}", step.id);
        }
        assert!(known.insert(step.id.clone()), "{} twice", step.id);
    }
}

#[test]
fn the_temporary_role_is_planned_with_its_removal() {
    let draft = World::in_order().draft().unwrap();
    assert_eq!(draft.lasting_role, None);
    let removal = draft
        .steps
        .iter()
        .find(|step| step.id.as_str() == "temporary-role-removed")
        .unwrap();
    assert!(removal.after.contains(&StepId::new("consent")));
    assert!(matches!(
        &removal.body,
        StepBody::Change { reverses: Some(step), undo_rule: UndoRule::Leave, .. } if step.as_str() == "temporary-role"
    ));
}

#[test]
fn the_card_counts_the_steps_by_hand_that_the_draft_has() {
    let world = World::in_order();
    let by_hand = world
        .draft()
        .unwrap()
        .steps
        .iter()
        .filter(|step| matches!(step.body, StepBody::Task(_) | StepBody::HandOff(_)))
        .count();
    assert_eq!(GdapServiceAccount.card(&world.profile).by_hand, by_hand);
}

#[test]
fn the_consent_starts_where_the_profile_says_and_asks_twice() {
    let row = World::in_order().row("consent");
    let StepBody::Task(task) = row.step.body else {
        panic!("the consent is a task");
    };
    assert_eq!(task.kind, TaskKind::Consent);
    assert_eq!(task.address.portal, "vendor");
    assert_eq!(
        task.address.fallback.as_deref(),
        Some("https://huntress.io/")
    );
    assert_eq!(task.expected_prompts, 2);
    let seen = serde_json::json!({ "after_apply": { "step": "consent", "output": "app_seen" } });
    assert_eq!(task.verify.unwrap().question.about["app"], seen);
    assert_eq!(task.effect.unwrap().state["app"], seen);
}

#[test]
fn signs_of_life_are_looked_for_after_the_consent_as_the_profile_says() {
    let mut world = World::in_order();
    let step = world.row("signs-of-life").step;
    assert_eq!(step.place.tenant, tenant(CUSTOMER));
    assert_eq!(step.after, [StepId::new("consent")]);
    assert!(step.confirm().is_some(), "a person says so by name");
    let StepBody::HandOff(hand_off) = &step.body else {
        panic!("{step:#?}")
    };
    assert_eq!(
        hand_off.wait.until, None,
        "nothing can be read that tells of it"
    );
    let times = (hand_off.wait.first_look, hand_off.wait.at_most);
    assert_eq!(times, (20 * 60, 24 * 3600));
    let grantway_core::plan::PageLink::Portal { fallback, .. } = &hand_off.page else {
        panic!("a page of the vendor: {:#?}", hand_off.page)
    };
    let fallback = fallback.as_deref();
    assert_eq!(fallback, Some("https://huntress.io/"));
    // A profile that says nothing of them has no such row.
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    terms.signs_of_life = None;
    terms.mapping = None;
    let steps = world.draft().unwrap().steps;
    assert!(steps.iter().all(|step| step.confirm().is_none()));
    assert_eq!(GdapServiceAccount.card(&world.profile).by_hand, 2);
}

#[test]
fn tenants_are_mapped_in_one_step_for_all_of_them_and_the_providers_own_is_marked() {
    let mut world = World::in_order();
    let step = world.row("mapping").step;
    assert_eq!((step.id.as_str(), &step.cell), ("mapping", &None));
    assert_eq!(step.after, [StepId::new("consent")]);
    assert!(step.stays().is_some(), "take back cannot take it away");
    let pairing = step.pairing().expect("it pairs tenants");
    let customers: Vec<_> = pairing.tenants.iter().map(|place| place.tenant).collect();
    assert_eq!(customers, [tenant(CUSTOMER)]);
    let own = pairing.own.as_ref().expect("the provider's own");
    assert_eq!(own.place.party, Party::Provider);
    assert_eq!(own.mark.as_deref(), Some("(MSP Tenant)"));
    // Nothing waits for it.
    let steps = world.draft().unwrap().steps;
    assert!(steps.iter().all(|other| !other.after.contains(&step.id)));
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of this pattern")
    };
    terms.mapping = None;
    let steps = world.draft().unwrap().steps;
    assert!(steps.iter().all(|step| step.pairing().is_none()));
}

#[test]
fn every_kind_in_the_draft_is_one_that_the_pattern_names() {
    let kinds = GdapServiceAccount.kinds(&Answers::new());
    let mut without = World::in_order();
    without.relationships(Vec::new());
    let mut open = World::in_order();
    open.let_in();
    let on = grantway_core::question::SecurityDefaultsSeen { enabled: true };
    open.read_in(CUSTOMER, &grantway_core::question::SecurityDefaults {}, on);
    let policy: grantway_core::question::PolicySeen = serde_json::from_value(serde_json::json!({
        "id": "p", "name": "Everybody", "state": "enabled", "users": { "includeUsers": ["All"] },
        "custom_factors": [],
    }))
    .unwrap();
    open.read_in(
        CUSTOMER,
        &grantway_core::question::AccessPolicies {},
        vec![policy],
    );
    let mut timed = World::in_order();
    let p2 = super::world::licence("E5", super::world::P2);
    timed.read(&grantway_core::question::Licences {}, vec![p2]);
    let steps = [World::in_order(), without, open, timed].map(|world| world.draft().unwrap().steps);
    let used: BTreeSet<&str> = steps
        .iter()
        .flatten()
        // The effect of a consent is not read for a plan: nobody knows the app before.
        .filter(|step| matches!(step.body, StepBody::Change { .. }))
        .filter_map(|step| step.desired())
        .map(|desired| desired.kind.as_str())
        .collect();
    assert_eq!(used, kinds.iter().copied().collect());
}

#[test]
fn a_second_customer_adds_its_own_steps_and_nothing_else() {
    let mut world = World::in_order();
    let other = "3f2e3d4c-5b6a-4978-8695-a4b3c2d1e003";
    world.places.push(Place {
        party: Party::Customer,
        tenant: tenant(other),
        name: "brackwater-boats.example".into(),
    });
    let mut relationship = world.relationship();
    relationship.customer_name = "Brackwater Boats".into();
    world.read(
        &grantway_core::question::Relationships {
            customer: tenant(other),
        },
        vec![relationship],
    );
    let one = World::in_order().draft().unwrap().steps.len();
    let draft = world.draft().unwrap();
    assert_eq!(draft.steps.len(), one + 3);
    let consent = draft
        .steps
        .iter()
        .find(|s| s.id.as_str() == "consent")
        .unwrap();
    for id in [CUSTOMER, other] {
        assert!(
            consent
                .after
                .contains(&StepId::of("assignment-active", tenant(id)))
        );
    }
}

/// The steps of a draft by their names, without the customer.
fn names(world: &World) -> Vec<String> {
    let steps = world.draft().unwrap().steps;
    let name = |step: &grantway_core::plan::Step| {
        let id = step.id.as_str();
        id.split('/').next().unwrap_or_default().to_owned()
    };
    steps.iter().map(name).collect()
}

#[test]
fn without_a_fitting_relationship_one_is_asked_for_and_everything_waits_for_the_customer() {
    let mut world = World::in_order();
    let mut relationship = world.relationship();
    relationship.roles.remove(&role(EXCHANGE_ADMINISTRATOR));
    world.relationships(vec![relationship]);
    let row = world.row("relationship");
    let desired = &row.step.desired().unwrap().state;
    assert_eq!(desired["roles"].as_array().unwrap().len(), 10);
    let name = desired["name"].as_str().unwrap();
    assert!(
        name.contains(world.setup.as_str()) && name.chars().count() <= 50,
        "{name}"
    );
    let approval = world.row("relationship-approval").step;
    assert_eq!(approval.after, std::slice::from_ref(&row.step.id));
    let assignment = world.row("assignment").step;
    assert!(assignment.after.contains(&approval.id));
    assert_eq!(
        assignment.desired().unwrap().state["relationship"]["after_apply"]["step"],
        row.step.id.as_str()
    );
    // Weeks may pass until the approval: the account holds no Global Administrator meanwhile.
    let held = world.row("temporary-role").step;
    let active = world.row("assignment-active").step.id;
    assert!(held.after.contains(&active), "{:?}", held.after);
}

#[test]
fn one_that_waits_for_the_customer_is_waited_for_and_not_asked_for_again() {
    let mut world = World::in_order();
    let mut relationship = world.relationship();
    relationship.status = "approvalPending".into();
    let id = relationship.id.clone();
    world.relationships(vec![relationship]);
    let names = names(&world);
    assert!(!names.contains(&"relationship".to_owned()), "{names:?}");
    let assignment = world.row("assignment").step;
    assert_eq!(
        assignment.desired().unwrap().state["relationship"],
        id.as_str()
    );
    assert!(
        assignment
            .after
            .contains(&world.row("relationship-approval").step.id)
    );
}

#[test]
fn one_that_this_setup_has_asked_for_stays_its_own() {
    let mut world = World::in_order();
    world.relationships(Vec::new());
    let before = names(&world);
    let own = world.row("relationship").step.desired().unwrap().state["name"].clone();
    for status in ["approvalPending", "active"] {
        let mut relationship = world.relationship();
        relationship.name = own.as_str().unwrap().to_owned();
        relationship.status = status.into();
        world.relationships(vec![relationship]);
        assert_eq!(names(&world), before, "{status}");
    }
}

#[test]
fn a_role_that_a_person_leaves_out_is_neither_needed_nor_asked_for_nor_assigned() {
    let mut world = World::in_order();
    let left_out = role(EXCHANGE_ADMINISTRATOR);
    let mut relationship = world.relationship();
    relationship.roles.remove(&left_out);
    world.relationships(vec![relationship]);
    let Particulars::GdapServiceAccount(terms) = &mut world.profile.particulars else {
        panic!("a profile of another pattern")
    };
    for wanted in &mut terms.roles {
        let is_optional = wanted.role.id == left_out || wanted.role.name == "Teams Administrator";
        wanted.optional = is_optional.then(|| format!("No {}.", wanted.role.name));
    }
    let asked = |world: &World| {
        let step = world.row("relationship").step;
        step.desired().unwrap().state["roles"]
            .as_array()
            .unwrap()
            .len()
    };
    // Ticked, as the form offers it: the relationship has to hold it.
    assert_eq!(asked(&world), 10);
    // Left out: what is there will do, and nothing says otherwise.
    let teams = "69091246-20e8-4a56-aa4d-066075b2a7a8";
    world.answers.insert("roles".into(), teams.into());
    assert!(!names(&world).contains(&"relationship".to_owned()));
    let check = world.check("relationship-roles");
    assert_eq!(check.verdict, grantway_core::check::Verdict::Pass);
    let step = world.row("assignment").step;
    let roles = &step.desired().unwrap().state["roles"];
    assert_eq!(roles.as_array().unwrap().len(), 9);
    assert!(!roles.to_string().contains(EXCHANGE_ADMINISTRATOR));
    // What is lost without it is said where it is given up.
    assert_eq!(step.means.key, "gdap-step-assignment-means-without");
    let lost = super::world::arg(&step.means, "lost");
    assert_eq!(lost, "Exchange Administrator: No Exchange Administrator.");
    let arrow = world.draft().unwrap().map.arrows.remove(0);
    assert_eq!(arrow.title.args["count"], 9_i64.into());
    // A relationship that holds it too is no hindrance, and what it holds beside is not assigned.
    let whole = world.relationship();
    world.relationships(vec![whole]);
    let step = world.row("assignment").step;
    let roles = &step.desired().unwrap().state["roles"];
    assert_eq!(roles.as_array().unwrap().len(), 9);
    // A new relationship asks for what is wanted, no more.
    world.answers.insert("roles".into(), String::new());
    world.relationships(Vec::new());
    assert_eq!(asked(&world), 8);
}

#[test]
fn a_group_name_without_plain_letters_still_gets_a_mail_nickname() {
    let mut world = World::in_order();
    world.answers.insert("group".into(), "Ωμέγα".into());
    let state = world.row("group").step.desired().unwrap().state.clone();
    assert_eq!(state["mail_nickname"], "grantway-hm-7k2q");
    world
        .answers
        .insert("group".into(), format!("A b.c@d{}", "x".repeat(80)));
    let state = world.row("group").step.desired().unwrap().state.clone();
    let nickname = state["mail_nickname"].as_str().unwrap();
    assert_eq!(nickname.len(), 64);
    assert!(nickname.starts_with("Abcdxxx"));
}

#[test]
fn nothing_is_asked_or_drafted_before_the_tenants_are_known() {
    let mut world = World::in_order();
    world.places.clear();
    assert!(GdapServiceAccount.questions(world.situation()).is_empty());
    assert!(world.checks().is_empty());
    assert_eq!(
        world.draft().unwrap_err().because.key,
        "gdap-no-draft-answers"
    );
}

#[test]
fn without_the_one_group_of_admin_agents_there_is_no_draft() {
    let mut world = World::in_order();
    world.admin_agents(2);
    assert_eq!(
        world.draft().unwrap_err().because.key,
        "gdap-no-draft-admin-agents"
    );
}

#[test]
fn at_first_only_the_provider_is_asked_and_the_way_to_the_customer() {
    let world = World::in_order();
    let questions = GdapServiceAccount.questions(world.situation());
    let kinds: Vec<&str> = questions.iter().map(|q| q.kind.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "tenant-profile",
            "signed-in-person",
            "groups-named",
            "licences",
            "security-defaults",
            "account-named",
            "access-policies",
            "authenticator-policy",
            "groups-named",
            "relationships",
            "customer-way"
        ]
    );
    for question in &questions {
        let of = if question.kind == "customer-way" {
            CUSTOMER
        } else {
            super::world::PROVIDER
        };
        assert_eq!(question.tenant, tenant(of));
        assert!(
            world.facts.readings.contains_key(&question.key()),
            "{}",
            question.kind
        );
    }
}
