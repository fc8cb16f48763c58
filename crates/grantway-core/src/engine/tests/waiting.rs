//! Waits, checks and hand-offs.

use super::*;
use crate::check::{Remedy, RemedyAct};
use crate::desired::Known;
use crate::engine::Fate;
use crate::journal::Problem;
use crate::plan::{Confirm, HandOff, PageLink};

fn waiting_for(until: Option<&str>) -> Draft {
    draft(vec![wait("wait", &[], until)])
}

fn hand_off() -> Draft {
    let StepBody::Wait(inner) = wait("x", &[], Some("approval")).body else {
        unreachable!("it is a wait");
    };
    let body = StepBody::HandOff(Box::new(HandOff {
        page: PageLink::Portal {
            portal: "approvals".into(),
            fallback: None,
            tail: Known::Now("7".into()),
        },
        who: Text::new("who"),
        message: (Text::new("subject"), Text::new("message")),
        instructions: Vec::new(),
        wait: inner,
        stays: Some(Text::new("they-delete-it")),
        confirm: None,
    }));
    draft(vec![step("hand-off", &[], body)])
}

/// A thing that is made, and then something that only a person can see.
fn look() -> Draft {
    let mut made = draft(vec![thing(
        "group",
        &[],
        json!({ "name": "g", "size": "m" }),
    )]);
    let mut looked = hand_off().steps.remove(0);
    let StepBody::HandOff(hand_off) = &mut looked.body else {
        unreachable!("it is a hand-off");
    };
    hand_off.wait.until = None;
    hand_off.stays = None;
    hand_off.confirm = Some(Confirm {
        claim: Text::new("claim"),
        unseen: Text::new("unseen"),
        pairing: None,
    });
    looked.after = vec![id("group")];
    made.steps.push(looked);
    made
}

#[tokio::test]
async fn a_wait_for_time_alone_ends_when_it_has_passed_and_not_before() {
    let bench = Bench::new();
    bench.approved(waiting_for(None)).await;
    let began = bench.clock.now();
    let next = bench.apply().await.next_look.expect("a moment");
    assert_eq!(next.duration_since(began).as_secs(), 30);
    let bench = bench.restarted(Arc::default());
    let end = bench.apply().await;
    assert_eq!((end.finished, end.next_look), (false, Some(next)));
    bench.clock.sleep_until(next).await;
    assert!(bench.restarted(Arc::default()).apply().await.finished);
}

#[tokio::test]
async fn a_wait_looks_again_until_it_is_so() {
    let bench = Bench::new();
    bench.approved(waiting_for(Some("late"))).await;
    let began = bench.clock.now();
    for look in 0..4 {
        let bench = bench.restarted(Arc::default());
        let next = bench.apply().await.next_look.expect("a moment");
        assert_eq!(next.duration_since(began).as_secs(), 30 + 10 * look);
        bench.clock.sleep_until(next).await;
    }
    bench
        .cloud
        .somebody_makes("late", json!({ "size": "m" }), false);
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.count(Verb::Ask, "late"), 4);
}

#[tokio::test]
async fn a_wait_that_lasts_too_long_asks_for_a_decision() {
    let bench = Bench::new();
    bench.approved(waiting_for(Some("never"))).await;
    let began = bench.clock.now();
    while let Some(next) = bench.apply().await.next_look {
        bench.clock.sleep_until(next).await;
    }
    assert_eq!(
        bench.standing("wait").await,
        Standing::Troubled(Problem::Overdue)
    );
    assert_eq!(bench.clock.now().duration_since(began).as_secs(), 120);
    // Waiting on is a decision, and begins anew.
    bench
        .record(Entry::Retried { step: id("wait") })
        .await
        .unwrap();
    assert!(bench.apply().await.next_look.is_some());
}

/// Says of everything that is not there that time will not mend it.
struct Hopeless;

impl Judge for Hopeless {
    fn judge(&self, row: &Row, reading: &Reading, attendance: Option<&Attendance>) -> Check {
        let mut check = Plain.judge(row, reading, attendance);
        if check.verdict == Verdict::Fail {
            check.remedies.push(Remedy {
                id: "ask-again".into(),
                title: Text::new("ask-again"),
                detail: Text::new("ask-again"),
                act: RemedyAct::OtherAccount,
            });
        }
        check
    }
}

#[tokio::test]
async fn what_time_will_not_mend_is_not_waited_for() {
    let bench = Bench::new();
    bench.approved(waiting_for(Some("declined"))).await;
    let brake = Brake::default();
    let began = bench.engine.apply(&setup(), &Hopeless, &brake).await;
    let next = began.unwrap().next_look.expect("a moment");
    bench.clock.sleep_until(next).await;
    let end = bench
        .engine
        .apply(&setup(), &Hopeless, &brake)
        .await
        .unwrap();
    assert_eq!((end.next_look, end.stopped), (None, vec![id("wait")]));
    assert!(matches!(
        bench.standing("wait").await,
        Standing::Troubled(Problem::CheckFailed { .. })
    ));
}

#[tokio::test]
async fn a_look_that_does_not_come_through_is_followed_by_the_next() {
    let bench = Bench::new();
    bench.approved(waiting_for(Some("there"))).await;
    bench
        .cloud
        .somebody_makes("there", json!({ "size": "m" }), false);
    bench.cloud.rule(Verb::Ask, "there", 1, Does::IsOffline);
    bench
        .cloud
        .rule(Verb::Ask, "there", 1, Does::AsksForQuiet(15));
    let began = bench.clock.now();
    let mut looks = 0;
    while let Some(next) = bench.apply().await.next_look {
        bench.clock.sleep_until(next).await;
        looks += 1;
        let standing = bench.standing("wait").await;
        let kept = matches!(standing, Standing::Waiting { since, .. } if since == began);
        assert!(
            kept,
            "the wait goes on, it does not begin again: {standing:?}"
        );
    }
    assert!(bench.state().await.all_done());
    assert_eq!(looks, 3);
}

#[tokio::test]
async fn a_wait_without_any_answer_fails_in_the_end() {
    let bench = Bench::new();
    bench.approved(waiting_for(Some("there"))).await;
    bench
        .cloud
        .rule(Verb::Ask, "there", u32::MAX, Does::IsOffline);
    while let Some(next) = bench.apply().await.next_look {
        bench.clock.sleep_until(next).await;
    }
    assert!(
        matches!(bench.standing("wait").await, Standing::Failed(fault) if fault.name() == "offline")
    );
}

#[tokio::test]
async fn a_hand_off_is_done_when_its_effect_is_seen_and_not_when_time_has_passed() {
    let bench = Bench::new();
    bench.approved(hand_off()).await;
    for _ in 0..3 {
        let next = bench.apply().await.next_look.expect("a moment");
        bench.clock.sleep_until(next).await;
    }
    bench
        .cloud
        .somebody_makes("approval", json!({ "size": "m" }), false);
    assert!(bench.apply().await.finished);
}

#[tokio::test]
async fn what_somebody_else_gave_is_listed_as_left_before_and_after() {
    let bench = Bench::new();
    bench.approved(hand_off()).await;
    assert!(bench.engine.undo_outlook(&bench.state().await).is_empty());
    let next = bench.apply().await.next_look.expect("a moment");
    bench
        .cloud
        .somebody_makes("approval", json!({ "size": "m" }), false);
    bench.clock.sleep_until(next).await;
    assert!(bench.apply().await.finished);
    let outlook = bench.engine.undo_outlook(&bench.state().await);
    let fates: Vec<_> = outlook.iter().map(|row| row.fate).collect();
    assert_eq!(fates, [Fate::Left]);
    let left = bench.undo().await;
    let told: Vec<_> = left
        .iter()
        .map(|left| (left.because.key.as_str(), left.by_hand.key.as_str()))
        .collect();
    assert_eq!(told, [("left-because-others-gave", "they-delete-it")]);
    assert!(bench.cloud.writes().is_empty());
    assert!(bench.engine.undo_outlook(&bench.state().await).is_empty());
}

#[tokio::test]
async fn a_hand_off_that_was_killed_before_its_wait_began_goes_on() {
    let bench = Bench::new();
    bench.approved(hand_off()).await;
    let killed = bench.restarted(Power::for_operations(1));
    let end = killed
        .engine
        .apply(&setup(), &Plain, &Brake::default())
        .await;
    assert!(end.is_err());
    assert_eq!(bench.standing("hand-off").await, Standing::NeedsPerson);
    assert!(bench.apply().await.next_look.is_some());
}

#[tokio::test]
async fn a_check_in_the_plan_stops_what_follows_until_it_passes() {
    let bench = Bench::new();
    let steps = vec![
        step("look", &[], StepBody::Check(state_of("licence"))),
        thing(
            "after",
            &["look"],
            json!({ "name": "after", "size": "m", "of": null }),
        ),
    ];
    bench.approved(draft(steps)).await;
    assert_eq!(bench.apply().await.stopped, [id("look")]);
    assert!(bench.cloud.writes().is_empty());
    bench
        .cloud
        .somebody_makes("licence", json!({ "size": "m" }), false);
    bench
        .record(Entry::Retried { step: id("look") })
        .await
        .unwrap();
    assert!(bench.apply().await.finished);
    assert_eq!(bench.cloud.names(), ["after", "licence"]);
}

#[tokio::test]
async fn what_only_a_person_sees_holds_nothing_up_and_is_proved_by_nobody_else() {
    use crate::proof::Standing as Proved;
    let standing = |proofs: &[crate::journal::StepProof]| {
        let proof = proofs.iter().find(|proof| proof.step == id("hand-off"));
        proof.expect("a claim").proof.standing
    };
    let bench = Bench::new();
    bench.approved(look()).await;
    let end = bench.apply().await;
    assert!(end.finished, "the rest is done: {end:?}");
    assert_eq!(end.next_look, None, "there is nothing to look at");
    assert!(matches!(
        bench.standing("hand-off").await,
        Standing::Waiting { .. }
    ));
    let prove = || async {
        let engine = &bench.engine;
        engine.prove(&setup(), &Plain).await.unwrap()
    };
    assert_eq!(standing(&prove().await), Proved::CannotSee);
    // Time alone proves nothing.
    let later = bench.clock.now() + jiff::SignedDuration::from_hours(48);
    bench.clock.sleep_until(later).await;
    let bench = &bench.restarted(Arc::default());
    assert!(bench.apply().await.finished);
    let engine = &bench.engine;
    let proofs = engine.prove(&setup(), &Plain).await.unwrap();
    assert_eq!(standing(&proofs), Proved::CannotSee);

    let says = |seen| Entry::Confirmed {
        step: id("hand-off"),
        seen,
        by: "dana".into(),
        pairs: Default::default(),
    };
    bench.record(says(false)).await.unwrap();
    let state = engine.state(&setup()).await.unwrap();
    assert_eq!(standing(&state.proofs), Proved::NotProved);
    assert!(state.all_done(), "it may still come");
    bench.record(says(true)).await.unwrap();
    let state = engine.state(&setup()).await.unwrap();
    assert_eq!(standing(&state.proofs), Proved::ByPerson, "without a read");
    assert_eq!(bench.standing("hand-off").await, Standing::Done);
    let proofs = engine.prove(&setup(), &Plain).await.unwrap();
    assert_eq!(standing(&proofs), Proved::ByPerson);
    let said = proofs.iter().find(|proof| proof.step == id("hand-off"));
    assert_eq!(said.unwrap().proof.evidence["confirmed_by"], "dana");
    assert!(bench.undo().await.is_empty());
}
