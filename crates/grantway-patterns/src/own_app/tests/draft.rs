use std::collections::BTreeSet;

use grantway_core::check::{Check, Verdict};
use grantway_core::desired::{Desired, LentConsent};
use grantway_core::journal::{Attendance, Ending};
use grantway_core::plan::{Action, CopyValue, Fingerprint, Outlook, Plan, Row, StepBody};
use grantway_core::question::{Reading, RegistrationSeen};
use grantway_core::{StepId, Text, Upn};

use super::world::{World, set};
use crate::gdap_service_account::tests::words::Words;
use crate::own_app::{OwnApp, form, terms};
use crate::pattern::{Answers, Pattern};

fn lent(world: &World) -> LentConsent {
    let steps = world.draft().steps;
    let desired = steps.iter().filter_map(|step| step.desired());
    let mut lent = desired.filter(|desired| desired.kind == LentConsent::KIND);
    serde_json::from_value(lent.next().expect("a row").state.clone()).expect("its state")
}

#[test]
fn every_step_stands_after_what_it_needs_and_the_card_counts_the_acts_by_hand() {
    let world = World::made();
    let mut known: BTreeSet<StepId> = BTreeSet::new();
    let steps = world.draft().steps;
    for step in &steps {
        assert!(
            step.after.iter().all(|needed| known.contains(needed)),
            "{}",
            step.id
        );
        assert!(known.insert(step.id.clone()), "{}", step.id);
        if let Some(desired) = step.desired() {
            assert!(
                OwnApp
                    .kinds(&world.answers)
                    .contains(&desired.kind.as_str())
            );
        }
    }
    let tasks = steps
        .iter()
        .filter(|step| matches!(step.body, StepBody::Task(_)));
    assert_eq!(tasks.count(), OwnApp.card(&world.profile).by_hand);
}

#[test]
fn the_lent_client_keeps_what_it_may_have_held_before() {
    let mut world = World::made();
    assert_eq!(lent(&world).keep, set(&[]));
    // Nobody says that it is all new.
    world.answers.insert(form::USED.into(), form::MAYBE.into());
    let reads = terms(&world.profile).tool.reads.clone();
    assert!(lent(&world).keep.is_superset(&reads));
    // What was consented to a moment ago is not listed yet.
    world.consent(set(&[]));
    assert!(lent(&world).keep.is_superset(&reads));
    assert!(lent(&world).asked.is_disjoint(&lent(&world).keep));
    // Somebody says so, and more is there than was asked for.
    world.answers.insert(form::USED.into(), form::NEVER.into());
    let mut more = reads;
    more.insert("Application.ReadWrite.All".into());
    world.consent(more.clone());
    assert!(lent(&world).keep.is_superset(&more));
}

#[test]
fn what_a_plan_says_of_before_stays_so() {
    let mut world = World::made();
    let draft = world.draft();
    let rows = draft.steps.into_iter().map(|step| Row {
        step,
        outlook: Outlook {
            action: Action::Create,
            before: None,
            fields: Vec::new(),
            permissions: Vec::new(),
        },
    });
    let plan = Plan {
        number: 1,
        parent: None,
        made: world.situation().now,
        summary: Text::new("x"),
        rows: rows.collect(),
        map: draft.map,
        lasting_role: None,
        preliminary: false,
        fingerprint: Fingerprint::of(&1),
    };
    // The sign-in that follows the approval has asked for more, and a fresh read shows it.
    let asked = &terms(&world.profile).tool;
    let now: BTreeSet<String> = asked.reads.union(&asked.writes).cloned().collect();
    world.consent(now.clone());
    assert!(lent(&world).keep.is_superset(&now));
    let mut situation = world.situation();
    situation.planned = Some(&plan);
    let client = OwnApp.client(situation).expect("a client");
    let takes_back = client
        .lent
        .expect("it is lent")
        .takes_back
        .expect("it is told");
    assert!(takes_back.is_superset(&now));
    // Somebody else's sign-in is no sign-in of that plan.
    let mut situation = world.situation();
    let mut other = plan.clone();
    for row in &mut other.rows {
        if let StepBody::Change { desired, .. } = &mut row.step.body
            && desired.kind == LentConsent::KIND
        {
            desired.state["person"] = "8f4c2a10-0000-4000-8000-0000000a6d21".into();
        }
    }
    situation.planned = Some(&other);
    let client = OwnApp.client(situation).expect("a client");
    let takes_back = client
        .lent
        .expect("it is lent")
        .takes_back
        .expect("it is told");
    assert!(takes_back.is_disjoint(&now));
}

#[test]
fn the_person_the_rules_and_the_registration_are_judged() {
    let mut world = World::made();
    assert!(
        world
            .checks()
            .iter()
            .all(|check| check.verdict == Verdict::Pass)
    );
    world.person(&[]);
    assert_eq!(world.verdict("abilities"), Some(Verdict::Fail));
    world.rules(false, true);
    assert_eq!(world.verdict("rules"), Some(Verdict::Fail));
    assert_eq!(world.verdict("policy"), Some(Verdict::Warn));
    // Who may register an app and no more cannot make it known in the tenant.
    let registrar = terms(&world.profile).registrars[0].0;
    world.person(&[registrar]);
    assert_eq!(world.verdict("rules"), Some(Verdict::Pass));
    assert_eq!(world.verdict("abilities"), Some(Verdict::Fail));
    let mut world = World::given();
    assert!(
        world
            .checks()
            .iter()
            .all(|check| check.verdict == Verdict::Pass)
    );
    let mut seen = world.fitting();
    seen.audience = "AzureADMyOrg".into();
    seen.redirects.clear();
    seen.permissions.clear();
    world.registration(Some(seen));
    assert_eq!(world.verdict("audience"), Some(Verdict::Fail));
    assert_eq!(world.verdict("redirects"), Some(Verdict::Warn));
    assert_eq!(world.verdict("permissions"), Some(Verdict::Warn));
    world.registration(None);
    assert_eq!(world.verdict("registration"), Some(Verdict::Fail));
    assert_eq!(world.verdict("audience"), None);
}

/// The row of the sign-in of a world's plan.
fn sign_in_row(world: &World) -> Row {
    let steps = world.draft().steps;
    let step = steps.into_iter().find(|step| step.id.as_str() == "sign-in");
    Row {
        step: step.expect("a step"),
        outlook: Outlook {
            action: Action::ByHand,
            before: None,
            fields: Vec::new(),
            permissions: Vec::new(),
        },
    }
}

fn judged(world: &World, seen: Option<&RegistrationSeen>, account: Option<&str>) -> Check {
    let reading = Reading::Seen {
        value: serde_json::to_value(seen).unwrap(),
        right_used: Vec::new(),
    };
    let attendance = Attendance {
        ending: Ending::Finished,
        prompts_seen: Some(1),
        prompts_said: None,
        apps_seen: Vec::new(),
        lane: 1,
        signed_in: account.map(|account| Upn::parse(account).unwrap()),
        given: None,
    };
    let (situation, row) = (world.situation(), sign_in_row(world));
    OwnApp.judge(situation, &row, &reading, Some(&attendance))
}

#[test]
fn a_sign_in_counts_only_when_somebody_was_named_and_the_registration_fits() {
    let dana = Some("dana@larkspur-it.example");
    for world in [World::made(), World::by_hand()] {
        let verdict = |seen, account| {
            let check = judged(&world, seen, account);
            Words::english().say(&check.found);
            check.verdict
        };
        let fits = world.fitting();
        assert_eq!(verdict(Some(&fits), dana), Verdict::Pass);
        assert_eq!(verdict(Some(&fits), None), Verdict::Fail);
        assert_eq!(verdict(None, dana), Verdict::Fail);
        let mut narrow = world.fitting();
        narrow.audience = "AzureADMyOrg".into();
        assert_eq!(verdict(Some(&narrow), dana), Verdict::Fail);
    }
}

#[test]
fn what_is_wrong_with_a_hand_made_registration_is_named_all_at_once() {
    let world = World::by_hand();
    let dana = Some("dana@larkspur-it.example");
    let words = Words::english();
    let mut seen = world.fitting();
    // It may ask for what is not in its list, so this alone does not stop it.
    seen.permissions.clear();
    let check = judged(&world, Some(&seen), dana);
    assert_eq!(check.verdict, Verdict::Warn);
    let found = words.say(&check.found);
    assert!(found.contains("Policy.Read.All"), "{found}");
    assert!(
        !found.contains("Redirect") && !found.contains("Account types"),
        "{found}"
    );
    // A tenant that does not know an API shows ids.
    let mut unnamed = world.fitting();
    for of in &mut unnamed.permissions {
        of.name = of.api.to_string();
        of.scopes = set(&["1CEBFA2A-fb4d-419e-b5f9-839b4383e05a"]);
    }
    let check = judged(&world, Some(&unnamed), dana);
    assert_eq!(check.verdict, Verdict::CannotSee);
    let found = words.say(&check.found);
    assert!(
        found.contains("Policy.Read.All") && !found.contains("user_impersonation"),
        "{found}"
    );
    seen.redirects.remove("http://localhost/cb/usgov");
    seen.audience = "AzureADMyOrg".into();
    let check = judged(&world, Some(&seen), dana);
    assert_eq!(check.verdict, Verdict::Fail);
    let found = words.say(&check.found);
    for part in [
        "Account types",
        "http://localhost/cb/usgov",
        "Policy.Read.All",
    ] {
        assert!(found.contains(part), "{part}: {found}");
    }
    let mend = words.say(&check.remedies[0].detail);
    assert!(
        mend.contains(&terms(&world.profile).portal.account_types),
        "{mend}"
    );
}

#[test]
fn every_text_has_its_message_and_its_arguments() {
    let words = Words::english();
    let mut worlds = vec![World::made(), World::by_hand(), World::given()];
    let mut wrong = World::made();
    wrong.person(&[]);
    wrong.rules(false, true);
    wrong.answers.insert(form::USED.into(), form::MAYBE.into());
    worlds.push(wrong);
    let mut developer = World::made();
    let registrar = terms(&developer.profile).registrars[0].0;
    developer.person(&[registrar]);
    developer.rules(false, false);
    worlds.push(developer);
    let mut narrow = World::given();
    let mut seen = narrow.fitting();
    seen.audience = "AzureADMyOrg".into();
    seen.redirects.clear();
    seen.permissions.clear();
    narrow.registration(Some(seen));
    worlds.push(narrow);
    let mut none = World::given();
    none.registration(None);
    worlds.push(none);
    let mut said = Vec::new();
    for world in &worlds {
        for check in world.checks() {
            said.extend(
                [&check.title, &check.found, &check.needed, &check.why].map(|t| words.say(t)),
            );
            for remedy in &check.remedies {
                said.extend([words.say(&remedy.title), words.say(&remedy.detail)]);
            }
        }
        let draft = world.draft();
        said.push(words.say(&draft.summary));
        for step in &draft.steps {
            said.extend([&step.title, &step.why, &step.means, &step.undo].map(|t| words.say(t)));
            match &step.body {
                StepBody::Task(task) => {
                    said.extend(task.instructions.iter().map(|t| words.say(t)));
                    said.extend(task.stays.iter().map(|stays| words.say(stays)));
                    for value in &task.values {
                        if let CopyValue::Plain { label, text } = value {
                            let text = text.now().expect("it is known");
                            said.push(format!("{}: {text}", words.say(label)));
                        }
                    }
                    if let Some(asks) = &task.asks {
                        said.extend([&asks.label, &asks.hint].map(|t| words.say(t)));
                    }
                }
                StepBody::Wait(wait) => said.push(words.say(&wait.cause)),
                _ => {}
            }
        }
        for node in &draft.map.nodes {
            said.push(words.say(&node.title));
            said.extend(node.note.iter().map(|note| words.say(note)));
        }
        for arrow in &draft.map.arrows {
            said.push(words.say(&arrow.title));
            said.extend(arrow.ends.iter().map(|ends| words.say(ends)));
        }
        let client = OwnApp.client(world.situation());
        said.extend(client.map(|client| words.say(&client.notice)));
    }
    let profile = &worlds[0].profile;
    let card = OwnApp.card(profile);
    said.push(words.say(&OwnApp.name()));
    said.push(words.say(&card.sentence));
    said.extend(card.notice.iter().map(|notice| words.say(notice)));
    said.extend(card.flow.iter().map(|(_, label)| words.say(label)));
    for line in &card.lines {
        said.extend([words.say(&line.label), words.say(&line.value)]);
    }
    for field in OwnApp.form(profile, &Answers::new()) {
        said.extend([words.say(&field.label), words.say(&field.why)]);
        said.extend(field.hint.iter().map(|hint| words.say(hint)));
        said.extend(field.options.iter().map(|(_, label)| words.say(label)));
    }
    said.extend(OwnApp.seats().iter().map(|seat| words.say(&seat.needs)));
    insta::assert_snapshot!(said.join("\n"));
}
