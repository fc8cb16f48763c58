//! Reading back.

use super::*;
use crate::proof::Standing as Proof;

async fn standings(bench: &Bench) -> Vec<(String, Proof)> {
    let proofs = bench.engine.prove(&setup(), &Plain).await.unwrap();
    assert_eq!(bench.state().await.proofs, proofs);
    proofs
        .into_iter()
        .map(|p| (p.step.as_str().to_owned(), p.proof.standing))
        .collect()
}

fn of(standings: &[(String, Proof)], step: &str) -> Proof {
    let found = standings.iter().find(|(name, _)| name == step);
    found
        .unwrap_or_else(|| panic!("{step} is not among {standings:?}"))
        .1
}

#[tokio::test]
async fn every_effect_is_read_back_in_the_order_of_the_plan() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench.whole().await.unwrap();
    let standings = standings(&bench).await;
    let names: Vec<&str> = standings.iter().map(|(name, _)| name.as_str()).collect();
    // Not the wait, and not the role that a later step ends: that step's proof says that it is gone.
    assert_eq!(
        names,
        [
            "policy",
            "settings",
            "group",
            "account",
            "assignment",
            "consent",
            "drop",
            "last-look"
        ]
    );
    assert!(
        standings
            .iter()
            .all(|(_, standing)| *standing == Proof::Proved),
        "{standings:?}"
    );
}

#[tokio::test]
async fn what_is_gone_or_changed_is_not_proved() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench.whole().await.unwrap();
    bench.cloud.somebody_removes("assignment");
    bench
        .cloud
        .somebody_changes("settings", json!({ "size": "s", "of": null }));
    let standings = standings(&bench).await;
    assert_eq!(of(&standings, "assignment"), Proof::NotProved);
    assert_eq!(of(&standings, "settings"), Proof::NotProved);
    assert_eq!(of(&standings, "group"), Proof::Proved);
}

#[tokio::test]
async fn may_not_is_blindness_and_no_answer_is_a_missing_proof() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench.whole().await.unwrap();
    bench.cloud.rule(Verb::Read, "account", 1, Does::Refuses);
    bench
        .cloud
        .rule(Verb::Read, "group", 1, Does::LosesItBefore);
    bench.cloud.rule(Verb::Ask, "group", 1, Does::Refuses);
    let standings = standings(&bench).await;
    assert_eq!(of(&standings, "account"), Proof::CannotSee);
    assert_eq!(of(&standings, "group"), Proof::NotProved);
    assert_eq!(of(&standings, "last-look"), Proof::CannotSee);
}

#[tokio::test]
async fn what_was_not_done_is_not_proved_and_not_asked() {
    let bench = Bench::new();
    bench.approved(whole_draft()).await;
    let reads = bench.cloud.count(Verb::Read, "group");
    assert_eq!(of(&standings(&bench).await, "group"), Proof::NotProved);
    assert_eq!(bench.cloud.count(Verb::Read, "group"), reads);
}

#[tokio::test]
async fn a_role_that_was_there_before_is_not_claimed_to_be_gone() {
    let bench = Bench::new();
    furnish(&bench.cloud);
    bench
        .cloud
        .somebody_makes("group", json!({ "size": "m", "of": null }), false);
    bench
        .cloud
        .somebody_makes("account", json!({ "size": "m", "of": "id-3" }), false);
    bench
        .cloud
        .somebody_makes("role", json!({ "size": "admin", "of": "id-4" }), false);
    let before: Vec<String> = bench.cloud.names();
    bench.whole().await.unwrap();
    assert!(bench.cloud.names().contains(&"role".to_owned()));
    let standings = standings(&bench).await;
    assert_eq!(of(&standings, "elevate"), Proof::Proved);
    assert!(!standings.iter().any(|(name, _)| name == "drop"));
    bench.undo().await;
    assert_eq!(bench.cloud.names(), before);
}
