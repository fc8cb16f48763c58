//! Taking back.

use super::*;
use crate::engine::Fate;

async fn done() -> (Bench, Vec<(String, String)>) {
    let bench = Bench::new();
    furnish(&bench.cloud);
    let before = bench.cloud.snapshot();
    bench.whole().await.unwrap();
    (bench, before)
}

#[tokio::test]
async fn the_cloud_is_as_it_was_and_what_stays_is_listed() {
    let (bench, before) = done().await;
    let left = bench.undo().await;
    assert_eq!(bench.cloud.snapshot(), before);
    let traces: Vec<_> = left
        .iter()
        .map(|l| (l.step.as_str(), l.what.key.as_str()))
        .collect();
    assert_eq!(traces, [("account", "trace-recycle-bin")]);
    assert_eq!(bench.state().await.left, left);
    let writes = bench.cloud.writes().len();
    assert_eq!(bench.undo().await, left, "again changes nothing");
    assert_eq!(bench.cloud.writes().len(), writes);
    assert!(
        bench.apply().await.held,
        "what was taken back is not done again"
    );
}

#[tokio::test]
async fn what_depends_on_something_goes_before_it() {
    let (bench, _) = done().await;
    bench.undo().await;
    let writes = bench.cloud.writes();
    let place = |write: &str| writes.iter().rposition(|w| w == write).expect(write);
    assert!(place("Remove account") < place("Remove group"));
    assert!(place("Remove assignment") < place("Remove group"));
    assert!(place("Remove app") < place("Remove account"));
}

#[tokio::test]
async fn what_has_left_nothing_is_not_told_as_taken_back() {
    let (bench, _) = done().await;
    bench.undo().await;
    let state = bench.state().await;
    let told: Vec<&str> = state
        .rows()
        .filter(|row| !row.step.leaves_something())
        .filter(|row| matches!(state.standing(&row.step.id), Standing::Undone(_)))
        .map(|row| row.step.id.as_str())
        .collect();
    assert_eq!(told, Vec::<&str>::new());
    assert!(state.rows().any(|row| !row.step.leaves_something()));
}

#[tokio::test]
async fn the_outlook_says_what_will_be_done() {
    let (bench, _) = done().await;
    let fates: Vec<_> = bench
        .engine
        .undo_outlook(&bench.state().await)
        .into_iter()
        .map(|row| (row.step.as_str().to_owned(), row.fate))
        .collect();
    let expected = [
        ("drop", Fate::Left),
        ("consent", Fate::Removed),
        ("elevate", Fate::Removed),
        ("assignment", Fate::Removed),
        ("account", Fate::Removed),
        ("group", Fate::Removed),
        ("settings", Fate::PutBack),
        ("policy", Fate::Left),
    ];
    let expected = expected.map(|(step, fate)| (step.to_owned(), fate));
    assert_eq!(fates, expected);
    bench.undo().await;
    let fates = bench.engine.undo_outlook(&bench.state().await);
    assert!(fates.is_empty(), "{fates:?}");
}

#[tokio::test]
async fn a_failure_is_listed_and_the_rest_goes_on() {
    let (bench, before) = done().await;
    bench
        .cloud
        .rule(Verb::Remove, "assignment", 1, Does::Refuses);
    let left = bench.undo().await;
    let steps: Vec<&str> = left.iter().map(|l| l.step.as_str()).collect();
    assert_eq!(steps, ["account", "assignment"]);
    assert_eq!(left[1].because.key, "left-because-fault");
    assert_eq!(left[1].by_hand.key, "left-by-hand");
    let names = bench.cloud.names();
    assert_eq!(names, ["assignment", "policy", "settings"]);
    // The next call takes back what is left.
    let left = bench.undo().await;
    assert_eq!(left.len(), 1, "the recycle bin");
    assert_eq!(bench.cloud.snapshot(), before);
}

#[tokio::test]
async fn what_somebody_changed_since_is_not_touched() {
    let (bench, _) = done().await;
    let changed = json!({ "size": "xxl", "of": null });
    bench.cloud.somebody_changes("settings", changed.clone());
    bench.cloud.somebody_removes("assignment");
    let left = bench.undo().await;
    let drifted: Vec<_> = left.iter().filter(|l| l.because.key == "drifted").collect();
    assert_eq!(drifted.len(), 1);
    assert_eq!(drifted[0].step, id("settings"));
    assert!(
        bench
            .cloud
            .snapshot()
            .contains(&("settings".into(), changed.to_string()))
    );
    assert_eq!(
        bench.cloud.names(),
        ["policy", "settings"],
        "gone already is no failure"
    );
}

#[tokio::test]
async fn lost_answers_and_requests_for_quiet_do_not_leave_anything_behind() {
    for does in [
        Does::LosesItBefore,
        Does::LosesTheAnswer,
        Does::AsksForQuiet(120),
    ] {
        for (verb, name) in [
            (Verb::Remove, "app"),
            (Verb::Remove, "account"),
            (Verb::Remove, "assignment"),
            (Verb::Remove, "group"),
            (Verb::Update, "settings"),
        ] {
            let (bench, before) = done().await;
            bench.cloud.rule(verb, name, 1, does);
            let left = bench.undo().await;
            assert_eq!(bench.cloud.snapshot(), before, "{does:?} {name}");
            let steps: Vec<&str> = left.iter().map(|l| l.step.as_str()).collect();
            assert_eq!(
                steps,
                ["account"],
                "{does:?} {name}: the recycle bin, whoever emptied into it"
            );
        }
    }
}

#[tokio::test]
async fn a_setup_that_stopped_half_way_is_taken_back_half_way() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    let before = bench.cloud.snapshot();
    bench.cloud.rule(Verb::Create, "account", 1, Does::Refuses);
    bench
        .cloud
        .rule(Verb::Create, "assignment", 2, Does::LosesTheAnswer);
    bench
        .cloud
        .rule(Verb::Read, "assignment", 1, Does::IsOffline);
    bench.approved(whole_draft()).await;
    bench.apply().await;
    let state = bench.state().await;
    let fates = bench.engine.undo_outlook(&state);
    let of = |step: &str| {
        fates
            .iter()
            .find(|row| row.step == id(step))
            .map(|row| row.fate)
    };
    assert_eq!(of("group"), Some(Fate::Removed));
    assert_eq!(of("account"), Some(Fate::LookedFor));
    assert_eq!(of("elevate"), None);
    bench.undo().await;
    assert_eq!(bench.cloud.snapshot(), before);
}

#[tokio::test]
async fn one_step_is_taken_back_and_done_again() {
    let bench = Bench::new();
    bench
        .approved(draft(vec![thing(
            "one",
            &[],
            json!({ "name": "one", "size": "m", "of": null }),
        )]))
        .await;
    assert!(bench.apply().await.finished);
    let fault = bench
        .engine
        .undo_step(&setup(), &Plain, &id("one"), &crate::engine::InUse::new())
        .await
        .unwrap();
    assert_eq!(fault, None);
    assert!(bench.cloud.names().is_empty());
    let state = bench.state().await;
    assert_eq!(
        state.steps[&id("one")].applied,
        None,
        "its old id leads nowhere"
    );
    assert!(bench.apply().await.finished);
    assert!(bench.undo().await.is_empty());
    assert!(bench.cloud.names().is_empty());

    let bench = Bench::new();
    bench
        .approved(draft(vec![thing(
            "one",
            &[],
            json!({ "name": "one", "size": "m", "of": null }),
        )]))
        .await;
    bench.apply().await;
    bench.cloud.rule(Verb::Remove, "one", 1, Does::Refuses);
    let fault = bench
        .engine
        .undo_step(&setup(), &Plain, &id("one"), &crate::engine::InUse::new())
        .await
        .unwrap();
    assert_eq!(fault.map(|fault| fault.name()), Some("refused"));
    assert!(matches!(
        bench.standing("one").await,
        Standing::UndoFailed(_)
    ));
}

/// A change whose writes were cut off: something is there, and not as it was meant to be.
async fn cut_off_with(ours: bool) -> Bench {
    let bench = Bench::new();
    let wanted = json!({ "name": "group", "size": "m", "of": null });
    bench
        .approved(draft(vec![thing("group", &[], wanted.clone())]))
        .await;
    bench
        .record(Entry::Intent {
            step: id("group"),
            act: crate::journal::ActKind::Apply,
            desired: wanted,
            before: crate::change::Observed::Absent,
        })
        .await
        .unwrap();
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "half", "of": null }), ours);
    bench.undo().await;
    bench
}

#[tokio::test]
async fn what_was_half_made_is_taken_back_where_it_is_ours() {
    let bench = cut_off_with(true).await;
    assert_eq!(bench.cloud.names(), Vec::<String>::new());
    let bench = cut_off_with(false).await;
    assert_eq!(bench.cloud.names(), ["group"]);
}

#[tokio::test]
async fn what_a_person_left_and_may_have_been_there_before_is_listed() {
    for (ours, listed) in [(true, 0), (false, 1)] {
        let bench = Bench::new();
        let step = task("consent", &[], consent(Some("app"), None));
        bench.approved(draft(vec![step])).await;
        bench.apply().await;
        bench
            .cloud
            .somebody_makes("app", json!({ "size": "m", "of": null }), ours);
        bench.attend("consent", 2, Ending::Finished).await;
        bench.apply().await;
        let left = bench.undo().await;
        let kept = left
            .iter()
            .filter(|left| left.because.key == "left-because-was-there");
        assert_eq!(kept.count(), listed, "{left:#?}");
        assert_eq!(bench.cloud.names().len(), listed);
    }
}

#[tokio::test]
async fn what_a_preliminary_plan_has_made_is_taken_back_with_the_next_plan_and_without_it() {
    let opening = || Draft {
        preliminary: true,
        ..draft(vec![thing(
            "way",
            &[],
            json!({ "name": "way", "size": "s" }),
        )])
    };
    for has_second in [false, true] {
        let bench = Bench::new();
        let before = bench.cloud.snapshot();
        bench.approved(opening()).await;
        assert!(bench.apply().await.finished);
        let state = bench.state().await;
        assert!(state.way_is_open() && state.takes_checks());
        if has_second {
            // The next plan does not hold the first one's row; what it made stays known.
            let next = draft(vec![thing(
                "more",
                &[],
                json!({ "name": "more", "size": "m" }),
            )]);
            bench.approved(next).await;
            assert!(
                !bench.state().await.begun,
                "nothing of the next plan is begun"
            );
            assert!(bench.apply().await.finished);
            assert!(!bench.state().await.takes_checks());
        }
        assert_eq!(bench.undo().await, []);
        assert_eq!(bench.cloud.snapshot(), before);
    }
}

#[tokio::test]
async fn a_step_whose_effect_the_next_plan_does_not_find_is_done_again() {
    let bench = Bench::new();
    let opening = || Draft {
        preliminary: true,
        ..draft(vec![thing(
            "way",
            &[],
            json!({ "name": "way", "size": "s" }),
        )])
    };
    bench.approved(opening()).await;
    assert!(bench.apply().await.finished);
    let grown = draft(vec![thing(
        "way",
        &[],
        json!({ "name": "way", "size": "l" }),
    )]);
    bench.approved(grown).await;
    let step = StepId::new("way");
    assert_eq!(*bench.state().await.standing(&step), Standing::NotStarted);
    assert!(bench.apply().await.finished);
    assert_eq!(*bench.state().await.standing(&step), Standing::Done);
}

/// A way in that goes last, something behind it, and something behind that.
fn chained() -> Draft {
    let mut way = thing("way", &[], json!({ "name": "way", "size": "s" }));
    let StepBody::Change { undo_rule, .. } = &mut way.body else {
        unreachable!("a thing is a change")
    };
    *undo_rule = UndoRule::RestoreLast;
    draft(vec![
        way,
        thing("door", &["way"], json!({ "name": "door", "size": "s" })),
        thing("room", &["door"], json!({ "name": "room", "size": "s" })),
    ])
}

#[tokio::test]
async fn what_goes_last_stays_while_anything_behind_it_is_there_however_far() {
    let bench = Bench::new();
    bench.approved(chained()).await;
    assert!(bench.apply().await.finished);
    bench.cloud.rule(Verb::Remove, "room", 1, Does::Refuses);
    let left = bench.undo().await;
    // The door is no way: it goes although the room could not.
    assert_eq!(bench.cloud.names(), ["room", "way"]);
    let why: Vec<_> = left
        .iter()
        .map(|l| (l.step.as_str(), l.because.key.as_str()))
        .collect();
    assert_eq!(
        why,
        [
            ("way", "left-because-needed"),
            ("room", "left-because-fault")
        ]
    );
    assert_eq!(bench.undo().await, []);
    assert!(bench.cloud.names().is_empty());
}

#[tokio::test]
async fn what_another_setup_works_with_stays_until_it_no_longer_does() {
    let bench = Bench::new();
    bench.approved(chained()).await;
    assert!(bench.apply().await.finished);
    let user = SetupId::parse("PR-0001").unwrap();
    let in_use = [(StepId::new("way"), user)].into();
    let left = bench.undone(&in_use).await.unwrap();
    assert_eq!(bench.cloud.names(), ["way"]);
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].because.key, "left-because-in-use");
    assert_eq!(bench.undo().await, []);
    assert!(bench.cloud.names().is_empty());
}

#[tokio::test]
async fn a_step_that_was_to_grow_and_falls_out_of_the_next_plan_is_still_taken_back() {
    let bench = Bench::new();
    let opening = Draft {
        preliminary: true,
        ..draft(vec![thing(
            "way",
            &[],
            json!({ "name": "way", "size": "s" }),
        )])
    };
    bench.approved(opening).await;
    assert!(bench.apply().await.finished);
    let record = async |draft: Draft| {
        let plan = Box::new(bench.plan(draft).await);
        bench.record(Entry::Planned { plan }).await.unwrap();
    };
    record(draft(vec![thing(
        "way",
        &[],
        json!({ "name": "way", "size": "l" }),
    )]))
    .await;
    record(draft(vec![thing(
        "more",
        &[],
        json!({ "name": "more", "size": "m" }),
    )]))
    .await;
    assert_eq!(bench.undo().await, []);
    assert!(bench.cloud.names().is_empty());
}
