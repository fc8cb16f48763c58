//! What a person does, and what the engine makes of it.

use super::*;
use crate::journal::Problem;

fn one_consent() -> Draft {
    draft(vec![
        task("consent", &[], consent(Some("app"), Some("app"))),
        thing(
            "next",
            &["consent"],
            json!({ "name": "next", "size": "m", "of": later("consent") }),
        ),
    ])
}

async fn needing() -> Bench {
    let bench = Bench::new();
    bench.approved(one_consent()).await;
    assert_eq!(bench.apply().await.needs_person, [id("consent")]);
    assert!(
        bench.apply().await.needs_person == [id("consent")],
        "it goes on waiting"
    );
    bench
}

fn makes_app(bench: &Bench, size: &str) {
    bench
        .cloud
        .somebody_makes("app", json!({ "size": size, "of": null }), true);
}

async fn problem(bench: &Bench) -> Problem {
    match bench.standing("consent").await {
        Standing::Troubled(problem) => problem,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_consent_that_went_well_gives_its_id_to_what_follows() {
    let bench = needing().await;
    makes_app(&bench, "m");
    bench.attend("consent", 2, Ending::Finished).await;
    assert!(bench.apply().await.finished);
    assert_eq!(
        bench.cloud.snapshot()[1].1,
        json!({ "size": "m", "of": "app" }).to_string()
    );
}

#[tokio::test]
async fn one_prompt_where_two_must_be_means_that_something_interfered() {
    let bench = needing().await;
    makes_app(&bench, "m");
    bench.attend("consent", 1, Ending::Finished).await;
    assert_eq!(bench.apply().await.stopped, [id("consent")]);
    let few = Problem::TooFewPrompts {
        seen: 1,
        expected: 2,
    };
    assert_eq!(problem(&bench).await, few);
    assert_eq!(bench.standing("next").await, Standing::NotStarted);
    // Removed and done again.
    let fault = bench
        .engine
        .undo_step(
            &setup(),
            &Plain,
            &id("consent"),
            &crate::engine::InUse::new(),
        )
        .await
        .unwrap();
    assert_eq!(fault, None);
    assert!(bench.cloud.names().is_empty());
    assert_eq!(bench.apply().await.needs_person, [id("consent")]);
    makes_app(&bench, "m");
    bench.attend("consent", 2, Ending::Finished).await;
    assert!(bench.apply().await.finished);
    assert!(bench.undo().await.is_empty());
    assert!(
        bench.cloud.names().is_empty(),
        "the second consent is taken back too"
    );
}

#[tokio::test]
async fn a_session_without_effect_is_told_from_one_that_was_stopped() {
    let bench = needing().await;
    bench.attend("consent", 2, Ending::Finished).await;
    bench.apply().await;
    assert_eq!(problem(&bench).await, Problem::NoEffect);
    for ending in [Ending::Stopped, Ending::TimedOut] {
        let bench = needing().await;
        bench.attend("consent", 1, ending).await;
        bench.apply().await;
        assert_eq!(problem(&bench).await, Problem::NotFinished);
        let again = Entry::Retried {
            step: id("consent"),
        };
        bench.record(again).await.unwrap();
        assert_eq!(bench.apply().await.needs_person, [id("consent")]);
    }
}

#[tokio::test]
async fn a_wrong_effect_is_a_failed_check_and_can_be_removed() {
    let bench = needing().await;
    makes_app(&bench, "wrong");
    bench.attend("consent", 2, Ending::Finished).await;
    assert_eq!(bench.apply().await.stopped, [id("consent")]);
    assert!(matches!(problem(&bench).await, Problem::CheckFailed { .. }));
    let fault = bench
        .engine
        .undo_step(
            &setup(),
            &Plain,
            &id("consent"),
            &crate::engine::InUse::new(),
        )
        .await
        .unwrap();
    assert_eq!(fault, None);
    assert!(bench.cloud.names().is_empty());
}

#[tokio::test]
async fn an_unjudged_consent_is_never_done() {
    // Killed at every point between the session's end and the judgement.
    for operations in 0..60 {
        let bench = needing().await;
        makes_app(&bench, "wrong");
        bench.attend("consent", 2, Ending::Finished).await;
        let power = Power::for_operations(operations);
        let killed = bench.restarted(Arc::clone(&power));
        let brake = Brake::default();
        let _ = killed.engine.apply(&setup(), &Plain, &brake).await;
        let after = bench.restarted(Arc::default());
        for _ in 0..3 {
            after.apply().await;
            if matches!(after.standing("consent").await, Standing::Failed(_)) {
                let again = Entry::Retried {
                    step: id("consent"),
                };
                after.record(again).await.unwrap();
                after.apply().await;
                after.attend("consent", 2, Ending::Finished).await;
            }
        }
        let failed = matches!(problem(&after).await, Problem::CheckFailed { .. });
        assert!(failed, "killed after {operations}");
        assert_eq!(after.standing("next").await, Standing::NotStarted);
        assert!(after.undo().await.is_empty());
        assert!(after.cloud.names().is_empty(), "killed after {operations}");
    }
}

#[tokio::test]
async fn a_wrong_consent_is_not_done_because_starting_over_was_cut_off() {
    for operations in 0..20 {
        let bench = needing().await;
        makes_app(&bench, "wrong");
        bench.attend("consent", 2, Ending::Finished).await;
        assert_eq!(bench.apply().await.stopped, [id("consent")]);
        let killed = bench.restarted(Power::for_operations(operations));
        let _ = killed
            .engine
            .undo_step(
                &setup(),
                &Plain,
                &id("consent"),
                &crate::engine::InUse::new(),
            )
            .await;
        let after = bench.restarted(Arc::default());
        assert!(!after.apply().await.finished, "killed after {operations}");
        assert_eq!(after.standing("next").await, Standing::NotStarted);
        // Started over once more, it is ready to be done again.
        let again = after
            .engine
            .undo_step(
                &setup(),
                &Plain,
                &id("consent"),
                &crate::engine::InUse::new(),
            )
            .await;
        assert_eq!(again.unwrap(), None, "killed after {operations}");
        assert!(after.cloud.names().is_empty(), "killed after {operations}");
        assert_eq!(after.apply().await.needs_person, [id("consent")]);
    }
}

#[tokio::test]
async fn a_consent_that_was_given_before_it_was_read_is_taken_back() {
    let bench = needing().await;
    makes_app(&bench, "m");
    bench.attend("consent", 2, Ending::Finished).await;
    bench.cloud.rule(Verb::Read, "app", 1, Does::IsOffline);
    assert_eq!(bench.apply().await.stopped, [id("consent")]);
    let again = Entry::Retried {
        step: id("consent"),
    };
    bench.record(again).await.unwrap();
    assert!(bench.undo().await.is_empty());
    assert!(bench.cloud.names().is_empty());
}

#[tokio::test]
async fn an_app_that_was_there_before_is_adopted_and_stays() {
    let bench = needing().await;
    bench
        .cloud
        .somebody_makes("app", json!({ "size": "m", "of": null }), false);
    bench.attend("consent", 2, Ending::Finished).await;
    assert!(bench.apply().await.finished);
    let left = bench.undo().await;
    let because: Vec<&str> = left.iter().map(|left| left.because.key.as_str()).collect();
    assert_eq!(because, ["left-because-was-there"]);
    let by_hand: Vec<&str> = left.iter().map(|l| l.by_hand.key.as_str()).collect();
    assert_eq!(by_hand, ["remove-the-consent"]);
    assert_eq!(bench.cloud.names(), ["app"]);
}

#[tokio::test]
async fn an_app_that_was_there_before_stays_although_it_got_more_in_the_session() {
    let bench = Bench::new();
    bench.approved(one_consent()).await;
    // What tells its age is as new as the session, since that granted it something.
    makes_app(&bench, "m");
    bench
        .cloud
        .rule(Verb::Read, "all things", 1, Does::IsOffline);
    assert_eq!(bench.apply().await.stopped, [id("consent")]);
    let again = Entry::Retried {
        step: id("consent"),
    };
    bench.record(again).await.unwrap();
    assert_eq!(bench.apply().await.needs_person, [id("consent")]);
    bench.attend("consent", 2, Ending::Finished).await;
    let after = bench.restarted(Arc::default());
    assert!(after.apply().await.finished);
    assert_eq!(bench.cloud.count(Verb::Read, "all things"), 1);
    let left = after.undo().await;
    let because: Vec<&str> = left.iter().map(|left| left.because.key.as_str()).collect();
    assert_eq!(because, ["left-because-was-there"]);
    assert_eq!(bench.cloud.names(), ["app"]);
}

#[tokio::test]
async fn what_cannot_be_seen_counts_only_when_a_person_accepts_it() {
    let bench = needing().await;
    makes_app(&bench, "m");
    bench.attend("consent", 2, Ending::Finished).await;
    bench.cloud.rule(Verb::Ask, "app", u32::MAX, Does::Refuses);
    bench.apply().await;
    assert!(matches!(problem(&bench).await, Problem::CheckFailed { .. }));
    let accepted = Entry::Accepted {
        check: "check-consent".into(),
        by: "dana".into(),
    };
    bench.record(accepted).await.unwrap();
    bench
        .record(Entry::Retried {
            step: id("consent"),
        })
        .await
        .unwrap();
    bench.apply().await;
    bench.attend("consent", 2, Ending::Finished).await;
    assert!(bench.apply().await.finished);
}

#[tokio::test]
async fn quiet_while_the_effect_is_read_does_not_send_the_person_back() {
    let bench = needing().await;
    makes_app(&bench, "m");
    bench.attend("consent", 2, Ending::Finished).await;
    bench
        .cloud
        .rule(Verb::Read, "app", 1, Does::AsksForQuiet(20));
    bench
        .cloud
        .rule(Verb::Ask, "app", 1, Does::AsksForQuiet(20));
    for _ in 0..2 {
        let end = bench.apply().await;
        assert!(end.needs_person.is_empty());
        bench
            .clock
            .sleep_until(end.next_look.expect("a moment"))
            .await;
    }
    assert!(bench.apply().await.finished);
}
