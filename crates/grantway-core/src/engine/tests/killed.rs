//! Killed at every journal entry and every request, before and after it took effect, and again during recovery.

use super::*;

/// Each request takes power twice: once to arrive, once to bring its answer back.
fn killed_after(bench: &Bench, operations: u64) -> Bench {
    bench.restarted(Power::for_operations(operations))
}

fn fresh() -> Bench {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench
}

/// The world after an undisturbed run, and its writes in any order.
async fn undisturbed() -> (Vec<(String, String)>, Vec<String>) {
    let bench = fresh();
    bench.whole().await.unwrap();
    let mut writes = bench.cloud.writes();
    writes.sort();
    (bench.cloud.snapshot(), writes)
}

#[tokio::test]
async fn every_kill_of_the_run_ends_in_the_same_world() {
    let (expected, writes) = undisturbed().await;
    let mut points = 0;
    for operations in 0.. {
        let bench = fresh();
        let first = killed_after(&bench, operations);
        if first.whole().await.is_ok() && !first.power.is_out() {
            break;
        }
        points += 1;
        let after = bench.restarted(Arc::default());
        after.whole().await.unwrap();
        assert_eq!(
            after.cloud.snapshot(),
            expected,
            "killed after {operations}"
        );
        let mut made = after.cloud.writes();
        made.sort();
        assert_eq!(made, writes, "killed after {operations}: each write once");
    }
    assert!(points > 50, "{points} points");
}

#[tokio::test]
async fn every_second_kill_during_recovery_ends_in_the_same_world() {
    let (expected, writes) = undisturbed().await;
    for operations in (0..).step_by(3) {
        let bench = fresh();
        let first = killed_after(&bench, operations);
        if first.whole().await.is_ok() && !first.power.is_out() {
            break;
        }
        for more in (0..24).step_by(5) {
            let bench = fresh();
            let _ = killed_after(&bench, operations).whole().await;
            let _ = killed_after(&bench, more).whole().await;
            let after = bench.restarted(Arc::default());
            after.whole().await.unwrap();
            assert_eq!(
                after.cloud.snapshot(),
                expected,
                "{operations}, then {more}"
            );
            let mut made = after.cloud.writes();
            made.sort();
            assert_eq!(made, writes, "{operations}, then {more}: each write once");
        }
    }
}

#[tokio::test]
async fn a_full_journal_at_every_entry_is_survived() {
    let (expected, _) = undisturbed().await;
    let entries = {
        let bench = fresh();
        bench.whole().await.unwrap();
        bench.journal.entries(&setup()).await.unwrap().len() as u64
    };
    for full_after in 0..entries {
        let bench = fresh();
        *bench.journal.full_after.lock().unwrap() = Some(full_after);
        let stopped = bench.whole().await;
        assert!(
            matches!(stopped, Err(JournalError::CannotWrite(_))),
            "{full_after}"
        );
        *bench.journal.full_after.lock().unwrap() = None;
        let after = bench.restarted(Arc::default());
        after.whole().await.unwrap();
        assert_eq!(after.cloud.snapshot(), expected, "full after {full_after}");
    }
}

#[tokio::test]
async fn every_lost_answer_ends_in_the_same_world() {
    let (expected, writes) = undisturbed().await;
    for does in [Does::LosesItBefore, Does::LosesTheAnswer] {
        for (verb, name) in [
            (Verb::Update, "settings"),
            (Verb::Create, "group"),
            (Verb::Create, "account"),
            (Verb::Create, "assignment"),
            (Verb::Create, "role"),
            (Verb::Remove, "role"),
        ] {
            let bench = fresh();
            bench.cloud.rule(verb, name, 1, does);
            bench.whole().await.unwrap();
            assert_eq!(bench.cloud.snapshot(), expected, "{does:?} {verb:?} {name}");
            let mut made = bench.cloud.writes();
            made.sort();
            assert_eq!(made, writes, "{does:?} {verb:?} {name}");
        }
    }
}

#[tokio::test]
async fn every_kill_of_take_back_ends_in_the_world_before() {
    let before = fresh().cloud.snapshot();
    let expected = {
        let bench = fresh();
        bench.whole().await.unwrap();
        bench.undo().await
    };
    let mut points = 0;
    for operations in 0.. {
        let bench = fresh();
        bench.whole().await.unwrap();
        let first = killed_after(&bench, operations);
        let ended = first.undone(&Default::default()).await;
        if ended.is_ok() && !first.power.is_out() {
            break;
        }
        points += 1;
        let second = killed_after(&bench, operations % 7);
        let _ = second.undone(&Default::default()).await;
        let left = bench.restarted(Arc::default()).undo().await;
        assert_eq!(bench.cloud.snapshot(), before, "killed after {operations}");
        assert_eq!(left, expected, "killed after {operations}: the same list");
    }
    assert!(points > 25, "{points} points");
}

#[tokio::test]
async fn a_run_that_was_killed_anywhere_can_be_taken_back_whole() {
    let before = fresh().cloud.snapshot();
    for operations in 0.. {
        let bench = fresh();
        let first = killed_after(&bench, operations);
        if first.whole().await.is_ok() && !first.power.is_out() {
            break;
        }
        bench.restarted(Arc::default()).undo().await;
        let after = bench.cloud.snapshot();
        assert_eq!(after, before, "killed after {operations}");
    }
}
