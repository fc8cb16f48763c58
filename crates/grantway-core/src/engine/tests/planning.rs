//! What a plan says.

use super::*;
use crate::engine::PlanError;

#[tokio::test]
async fn each_row_says_what_will_be_done() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    let plan = bench.plan(whole_draft()).await;
    assert_eq!(action(&plan, "policy"), &Action::AlreadyRight);
    assert_eq!(action(&plan, "settings"), &Action::Update);
    assert_eq!(action(&plan, "group"), &Action::Create);
    assert_eq!(action(&plan, "account"), &Action::Create);
    assert_eq!(action(&plan, "active"), &Action::Wait);
    assert_eq!(action(&plan, "consent"), &Action::ByHand);
    assert_eq!(action(&plan, "drop"), &Action::Remove);
    assert_eq!(action(&plan, "last-look"), &Action::Check);
    assert_eq!((plan.changes(), plan.approval_word().as_str()), (6, "6"));
    assert_eq!((plan.number, plan.parent), (1, None));
    assert!(bench.cloud.writes().is_empty(), "a plan writes nothing");
}

#[tokio::test]
async fn what_a_later_step_needs_is_read_as_soon_as_its_address_is_known() {
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "m", "of": null }), true);
    bench
        .cloud
        .somebody_makes("account", json!({ "size": "m", "of": "id-1" }), true);
    let plan = bench.plan(whole_draft()).await;
    assert_eq!(action(&plan, "group"), &Action::AlreadyRight);
    assert_eq!(action(&plan, "account"), &Action::AlreadyRight);
    assert_eq!(action(&plan, "assignment"), &Action::Create);
}

#[tokio::test]
async fn a_role_that_was_there_before_is_not_ended() {
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "m", "of": null }), false);
    bench
        .cloud
        .somebody_makes("account", json!({ "size": "m", "of": "id-1" }), false);
    bench
        .cloud
        .somebody_makes("role", json!({ "size": "admin", "of": "id-2" }), false);
    let plan = bench.plan(whole_draft()).await;
    assert_eq!(action(&plan, "elevate"), &Action::AlreadyRight);
    assert_eq!(action(&plan, "drop"), &Action::AlreadyRight);
    // An earlier run of ours that never came to its end is another matter.
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "m", "of": null }), true);
    bench
        .cloud
        .somebody_makes("account", json!({ "size": "m", "of": "id-1" }), true);
    bench
        .cloud
        .somebody_makes("role", json!({ "size": "admin", "of": "id-2" }), true);
    let plan = bench.plan(whole_draft()).await;
    assert_eq!(action(&plan, "drop"), &Action::Remove);
}

#[tokio::test]
async fn permissions_are_those_of_the_objects_and_questions() {
    let plan = Bench::new().plan(whole_draft()).await;
    let permissions = |step: &str| plan.row(&id(step)).unwrap().outlook.permissions.clone();
    assert_eq!(permissions("group"), ["Thing.ReadWrite.All"]);
    assert_eq!(
        permissions("consent"),
        ["Thing.Read.All", "Thing.ReadWrite.All"]
    );
    assert_eq!(permissions("last-look"), ["Thing.Read.All"]);
}

#[tokio::test]
async fn an_equal_world_gives_an_equal_fingerprint_and_another_another() {
    let bench = Bench::new();
    let first = bench.plan(whole_draft()).await;
    bench
        .clock
        .sleep_until(
            first
                .made
                .checked_add(jiff::SignedDuration::from_hours(5))
                .unwrap(),
        )
        .await;
    let second = bench.plan(whole_draft()).await;
    assert_ne!(first.made, second.made);
    assert_eq!(first.fingerprint, second.fingerprint);
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "m", "of": null }), false);
    assert_ne!(
        bench.plan(whole_draft()).await.fingerprint,
        first.fingerprint
    );
}

#[tokio::test]
async fn steps_that_do_not_hang_together_make_no_plan() {
    let bench = Bench::new();
    let state = SetupState::default();
    let one = |after: &[&str]| thing("one", after, json!({ "name": "one", "size": "m" }));
    let two = thing("two", &["one"], json!({ "name": "two", "size": "m" }));
    for (steps, problem) in [
        (
            vec![two, one(&[])],
            "depends on a step that does not stand before it",
        ),
        (
            vec![one(&["one"])],
            "depends on a step that does not stand before it",
        ),
        (vec![one(&[]), one(&[])], "stands twice in the plan"),
    ] {
        let made = bench
            .engine
            .plan(&setup(), &state, draft(steps), &Facts::default())
            .await;
        match made.expect_err("no plan") {
            PlanError::Draft { problem: said, .. } => assert_eq!(said, problem),
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn a_world_that_cannot_be_read_makes_no_plan() {
    let bench = Bench::new();
    bench.cloud.rule(Verb::Read, "group", 1, Does::IsOffline);
    let state = SetupState::default();
    let made = bench
        .engine
        .plan(&setup(), &state, whole_draft(), &Facts::default())
        .await;
    let error = made.expect_err("no plan");
    assert!(
        matches!(&error, PlanError::Fault(fault) if fault.name() == "offline"),
        "{error}"
    );
}

#[tokio::test]
async fn an_unknown_kind_is_a_fault_of_ours() {
    let bench = Bench::new();
    let mut strange = thing("one", &[], json!({ "name": "one" }));
    strange.body = StepBody::Change {
        desired: DesiredState {
            kind: "unicorn".into(),
            state: json!({}),
        },
        undo_rule: UndoRule::Restore,
        reverses: None,
    };
    let state = SetupState::default();
    let made = bench
        .engine
        .plan(&setup(), &state, draft(vec![strange]), &Facts::default())
        .await;
    let error = made.expect_err("no plan").to_string();
    assert!(error.contains("unicorn"), "{error}");
}
