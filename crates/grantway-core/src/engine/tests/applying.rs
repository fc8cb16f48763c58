//! Carrying a plan out: order, caps, faults.

use super::*;

fn one() -> Draft {
    draft(vec![thing(
        "one",
        &[],
        json!({ "name": "one", "size": "m", "of": null }),
    )])
}

#[tokio::test]
async fn a_whole_plan_is_carried_out_in_its_order() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench.whole().await.unwrap();
    let writes = bench.cloud.writes();
    let place = |write: &str| writes.iter().position(|w| w == write).expect(write);
    assert_eq!(writes.len(), 6, "{writes:?}");
    assert!(place("Create group") < place("Create account"));
    assert!(place("Create account") < place("Create role"));
    assert_eq!(place("Remove role"), 5);
    assert_eq!(
        bench.cloud.names(),
        [
            "account",
            "app",
            "assignment",
            "group",
            "policy",
            "settings"
        ]
    );
    let again = bench.apply().await;
    assert!(again.finished);
    assert_eq!(bench.cloud.writes().len(), 6, "what is done stays done");
}

#[tokio::test]
async fn the_intent_stands_before_the_request_and_the_outcome_after() {
    let bench = Bench::new();
    bench.approved(one()).await;
    bench.apply().await;
    let entries = bench.journal.entries(&setup()).await.unwrap();
    let kinds: Vec<&str> = entries
        .iter()
        .map(|recorded| match &recorded.entry {
            Entry::Intent { .. } => "intent",
            Entry::Done { .. } => "done",
            _ => "other",
        })
        .collect();
    assert_eq!(kinds[kinds.len() - 2..], ["intent", "done"]);
}

#[tokio::test]
async fn nothing_is_sent_when_the_intent_cannot_be_stored() {
    let bench = Bench::new();
    bench.approved(one()).await;
    let full = bench.journal.entries(&setup()).await.unwrap().len() as u64;
    *bench.journal.full_after.lock().unwrap() = Some(full);
    let applied = bench
        .engine
        .apply(&setup(), &Plain, &Brake::default())
        .await;
    assert!(matches!(applied, Err(JournalError::CannotWrite(_))));
    assert!(bench.cloud.writes().is_empty());
    *bench.journal.full_after.lock().unwrap() = None;
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.writes(), ["Create one"]);
}

#[tokio::test]
async fn steps_run_side_by_side_under_their_caps() {
    let many = |tenants: u8| {
        let steps = (0..12).map(|n| {
            let name = format!("thing-{n}");
            let mut step = thing(&name, &[], json!({ "name": name, "size": "m", "of": null }));
            step.place.tenant = tenant(n % tenants);
            step
        });
        draft(steps.collect())
    };
    for (tenants, steps, per_tenant, most) in [(1, 32, 3, 3), (4, 32, 2, 8), (12, 5, 2, 5)] {
        let mut bench = Bench::new();
        bench.approved(many(tenants)).await;
        let reads = bench.cloud.most_running();
        assert!(reads > 1, "reading for a plan runs side by side");
        let fresh = Cloud::new(Arc::clone(&bench.clock));
        let restarted = Bench::over(
            fresh,
            Arc::clone(&bench.journal),
            Arc::clone(&bench.clock),
            Arc::default(),
        );
        bench = restarted;
        bench.engine.caps = Caps { steps, per_tenant };
        assert!(bench.apply().await.finished);
        assert_eq!(bench.cloud.most_running(), most, "{tenants} tenants");
    }
}

#[tokio::test]
async fn the_brake_lets_nothing_new_begin() {
    let bench = Bench::new();
    bench.approved(one()).await;
    let brake = Brake::default();
    brake.pull();
    let end = bench.engine.apply(&setup(), &Plain, &brake).await.unwrap();
    assert!(end.held && !end.finished);
    assert!(bench.cloud.writes().is_empty());
    brake.release();
    assert!(
        bench
            .engine
            .apply(&setup(), &Plain, &brake)
            .await
            .unwrap()
            .finished
    );
}

#[tokio::test]
async fn a_paused_setup_is_held_until_it_is_resumed() {
    let bench = Bench::new();
    bench.approved(one()).await;
    bench.record(Entry::Paused).await.unwrap();
    assert!(bench.apply().await.held);
    bench.record(Entry::Resumed).await.unwrap();
    assert!(bench.apply().await.finished);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up_and_nothing_is_doubled() {
    for does in [Does::LosesItBefore, Does::LosesTheAnswer] {
        let bench = Bench::new();
        bench.cloud.rule(Verb::Create, "one", 1, does);
        bench.approved(one()).await;
        assert!(bench.apply().await.finished);
        assert_eq!(bench.cloud.names(), ["one"], "{does:?}");
        let state = bench.state().await;
        let applied = state.steps[&id("one")].applied.clone().unwrap();
        assert_eq!(applied.origin, crate::change::Origin::Created);
        assert_eq!(applied.note.is_some(), does == Does::LosesTheAnswer);
    }
}

#[tokio::test]
async fn a_lost_answer_to_an_update_keeps_the_first_state_for_undo() {
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("one", json!({ "size": "s", "of": null }), false);
    bench
        .cloud
        .rule(Verb::Update, "one", 1, Does::LosesTheAnswer);
    bench.approved(one()).await;
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.count(Verb::Update, "one"), 1);
    assert!(bench.undo().await.is_empty());
    assert_eq!(
        bench.cloud.snapshot()[0].1,
        json!({ "size": "s", "of": null }).to_string()
    );
}

#[tokio::test]
async fn a_look_that_fails_does_not_end_the_doubt() {
    for trouble in [Does::IsOffline, Does::Refuses, Does::AsksForQuiet(60)] {
        let bench = Bench::new();
        bench.approved(one()).await;
        bench
            .cloud
            .rule(Verb::Create, "one", 1, Does::LosesTheAnswer);
        bench.cloud.rule(Verb::Read, "one", 1, trouble);
        assert!(!bench.apply().await.finished);
        assert_eq!(bench.cloud.names(), ["one"]);
        let bench = bench.restarted(Arc::default());
        match bench.standing("one").await {
            Standing::Waiting { next_look, .. } => bench.clock.sleep_until(next_look).await,
            Standing::Failed(_) => {
                let again = Entry::Retried { step: id("one") };
                bench.record(again).await.unwrap();
            }
            other => panic!("{other:?}"),
        }
        assert!(bench.apply().await.finished);
        assert_eq!(bench.cloud.names(), ["one"], "{trouble:?}: not made twice");
        assert_eq!(bench.cloud.count(Verb::Create, "one"), 1);
    }
}

#[tokio::test]
async fn a_refusal_stops_the_step_and_what_depends_on_it_and_no_other() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench.cloud.rule(Verb::Create, "group", 1, Does::Refuses);
    bench.approved(whole_draft()).await;
    let end = bench.apply().await;
    assert_eq!(end.stopped, [id("group")]);
    assert_eq!(bench.cloud.writes(), ["Update settings"]);
    assert_eq!(bench.standing("account").await, Standing::NotStarted);
    assert!(
        matches!(bench.standing("group").await, Standing::Failed(fault) if fault.name() == "refused")
    );
    // Nothing happens without a decision, and then it goes on.
    bench.apply().await;
    assert_eq!(bench.cloud.count(Verb::Create, "group"), 0);
    bench
        .record(Entry::Retried { step: id("group") })
        .await
        .unwrap();
    let reads = bench.cloud.count(Verb::Read, "group");
    bench.apply().await;
    assert_eq!(bench.cloud.count(Verb::Create, "group"), 1);
    assert_eq!(
        bench.cloud.count(Verb::Read, "group"),
        reads,
        "a refusal leaves no doubt"
    );
}

#[tokio::test]
async fn a_conflict_at_the_write_is_a_failure_with_its_fault() {
    let bench = Bench::new();
    bench.cloud.rule(Verb::Create, "one", 1, Does::Conflicts);
    bench.approved(one()).await;
    assert_eq!(bench.apply().await.stopped, [id("one")]);
    assert!(
        matches!(bench.standing("one").await, Standing::Failed(fault) if fault.name() == "conflict")
    );
}

#[tokio::test]
async fn a_request_for_quiet_becomes_a_wait_that_outlives_a_restart() {
    let bench = Bench::new();
    bench
        .cloud
        .rule(Verb::Create, "one", 2, Does::AsksForQuiet(90));
    bench.approved(one()).await;
    let began = bench.clock.now();
    let end = bench.apply().await;
    let next = end.next_look.expect("a moment");
    assert_eq!(next.duration_since(began).as_secs(), 90);
    let bench = bench.restarted(Arc::default());
    assert_eq!(bench.apply().await.next_look, Some(next), "not earlier");
    assert_eq!(bench.cloud.count(Verb::Create, "one"), 0);
    bench.clock.sleep_until(next).await;
    let next = bench.apply().await.next_look.expect("quiet again");
    let standing = bench.standing("one").await;
    assert!(
        matches!(standing, Standing::Waiting { since, .. } if since == began),
        "{standing:?}"
    );
    bench.clock.sleep_until(next).await;
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.names(), ["one"]);
}

#[tokio::test]
async fn quiet_until_now_does_not_spin() {
    let bench = Bench::new();
    bench
        .cloud
        .rule(Verb::Create, "one", u32::MAX, Does::AsksForQuiet(0));
    bench.approved(one()).await;
    let next = bench.apply().await.next_look.expect("a moment");
    assert!(next > bench.clock.now());
}

#[tokio::test]
async fn a_neighbour_that_is_not_seen_yet_is_waited_for_and_not_for_ever() {
    let bench = Bench::new();
    bench
        .cloud
        .rule(Verb::Create, "one", 3, Does::SeesNoNeighbour);
    bench.approved(one()).await;
    for _ in 0..3 {
        let next = bench.apply().await.next_look.expect("a moment");
        bench.clock.sleep_until(next).await;
    }
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.names(), ["one"]);

    let bench = Bench::new();
    bench
        .cloud
        .rule(Verb::Create, "one", u32::MAX, Does::SeesNoNeighbour);
    bench.approved(one()).await;
    let began = bench.clock.now();
    while let Some(next) = bench.apply().await.next_look {
        bench.clock.sleep_until(next).await;
    }
    assert!(matches!(bench.standing("one").await, Standing::Failed(_)));
    assert_eq!(bench.clock.now().duration_since(began).as_secs(), 600);
}

#[tokio::test]
async fn customers_do_not_stop_one_another() {
    let bench = Bench::new();
    let customers = (0..5).flat_map(|n| {
        let (first, second) = (format!("first-{n}"), format!("second-{n}"));
        [
            thing(
                &first,
                &[],
                json!({ "name": first, "size": "m", "of": null }),
            ),
            thing(
                &second,
                &[&first],
                json!({ "name": second, "size": "m", "of": later(&first) }),
            ),
        ]
        .map(|mut step| {
            step.place.tenant = tenant(n);
            step
        })
    });
    bench.cloud.rule(Verb::Create, "first-2", 1, Does::Refuses);
    bench.approved(draft(customers.collect())).await;
    assert_eq!(bench.apply().await.stopped, [id("first-2")]);
    assert_eq!(bench.cloud.names().len(), 8);
}
