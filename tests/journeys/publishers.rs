//! The vendor's consent, when it is not what the profile says.

use grantway_app::contract::{Call, NeedCard, NeedKind};
use grantway_tests::{Stage, differences};

use crate::recorded;

/// Goes up to the consent and gives the card at which it stopped.
async fn stopped(scenario: &'static str) -> (Stage, String, NeedCard) {
    let stage = Stage::set(recorded(scenario, scenario)).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let cards = stage.cards(&id).await;
    let card = cards
        .iter()
        .find(|card| card.kind == NeedKind::Stopped)
        .unwrap_or_else(|| panic!("it did not stop: {cards:#?}, stuck: {:?}", stage.stuck()))
        .clone();
    (stage, id, card)
}

fn apps(dump: &serde_json::Value) -> usize {
    dump.to_string().matches("\"app_id\"").count()
}

/// The card names the problem and removes what came, and the removal leaves the apps as they were without it.
async fn removed(stage: &Stage, id: &str, card: &NeedCard) {
    let act = card.acts.first().expect("a button");
    assert_eq!(act.calls, "startOver", "{card:#?}");
    let with = stage.dump().await;
    stage
        .call(Call::StartOver {
            id: id.into(),
            step: card.step.clone(),
        })
        .await;
    stage.app.settled(id).await;
    let without = stage.dump().await;
    assert_eq!(
        apps(&without) + 1,
        apps(&with),
        "{:#?}",
        differences(&with, &without)
    );
    let cards = stage.cards(id).await;
    assert!(
        cards
            .iter()
            .any(|again| again.step == card.step && again.kind == NeedKind::Task),
        "it cannot be done again: {cards:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_of_somebody_else_is_named_and_removed() {
    let (stage, id, card) = stopped("wrong-publisher").await;
    let problem = card.problem.clone().expect("a problem");
    let text = format!("{} {}", problem.what, problem.why.unwrap_or_default());
    assert!(text.contains("Huntress"), "{text}");
    removed(&stage, &id, &card).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unverified_publisher_is_named_and_removed() {
    let (stage, id, card) = stopped("unverified-publisher").await;
    let problem = card.problem.clone().expect("a problem");
    let text = format!("{} {}", problem.what, problem.why.unwrap_or_default());
    assert!(text.contains("verified"), "{text}");
    removed(&stage, &id, &card).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sign_in_where_two_are_due_is_told_and_done_over() {
    let (stage, id, card) = stopped("cookies-interfere").await;
    let problem = card.problem.clone().expect("a problem");
    assert_eq!(problem.id, "GW-CON-0001");
    removed(&stage, &id, &card).await;
}
