//! Answers and approvals that cannot be taken, and plans that the world has overtaken.

use std::collections::BTreeMap;

use grantway_app::contract::{Call, Page, Reply};
use grantway_tests::Stage;

use crate::{before_graph, recorded};

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_that_is_none_and_one_that_nobody_has_are_told_at_their_field() {
    let stage = Stage::set(before_graph()).await;
    let id = stage.begin().await;
    for wrong in ["no domain", "nobody-here.example", "larkspur-it.example"] {
        let answers = BTreeMap::from([
            ("provider".to_owned(), "larkspur-it.example".to_owned()),
            ("customer".to_owned(), wrong.to_owned()),
        ]);
        let call = Call::Answer {
            id: id.clone(),
            answers,
        };
        let Reply::Form(outcome) = stage.call(call).await else {
            panic!("no form")
        };
        assert!(!outcome.stored, "{wrong}");
        assert!(!outcome.problems.is_empty(), "{wrong}");
        assert!(outcome.problems.iter().all(|p| !p.todo.is_empty()));
    }
    assert_eq!(stage.writes().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_number_is_refused_and_a_plan_is_approved_once() {
    let stage = Stage::set(recorded("in-order", "approved-once")).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let Page::Review(page) = stage.view(&id).await.page else {
        panic!("not at the review")
    };
    let word = page.approval.expect("it can be approved").word;
    let approve = |fingerprint: &str, typed: &str| Call::Approve {
        id: id.clone(),
        fingerprint: fingerprint.into(),
        typed: typed.into(),
    };
    let wrong = stage.refused(approve(&page.fingerprint, "99")).await;
    assert_eq!(wrong.id, "GW-APR-0003");
    let other = page.fingerprint.replace(|c: char| c.is_ascii_digit(), "0");
    assert_eq!(
        stage.refused(approve(&other, &word)).await.id,
        "GW-APR-0002"
    );
    assert_eq!(stage.writes().await, []);
    let (one, two) = tokio::join!(
        stage.app.call(approve(&page.fingerprint, &word)),
        stage.app.call(approve(&page.fingerprint, &word)),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let again = stage.refused(approve(&page.fingerprint, &word)).await;
    assert_eq!(again.id, "GW-APR-0005");
    stage.app.settled(&id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_the_world_has_overtaken_is_refused_and_made_anew() {
    let stage = Stage::set(recorded("in-order", "overtaken")).await;
    let (late, early) = (stage.begin().await, stage.begin().await);
    stage.sign_in(&late).await;
    stage.sign_in(&early).await;
    stage.approve(&early).await;
    stage.attend(&early).await;
    let written = stage.writes().await.len();
    assert!(written > 0);
    stage.approve(&late).await;
    // The right to change comes with one more sign-in; the world is read again after it and before the first write.
    for card in stage.cards(&late).await {
        stage.do_card(&late, &card).await;
    }
    let Page::Review(page) = stage.view(&late).await.page else {
        panic!(
            "not back at the review: {:#?}",
            stage.view(&late).await.page
        )
    };
    assert!(!page.stale.is_empty(), "{page:#?}");
    assert_eq!(stage.writes().await.len(), written);
}

/// A setup beside another one of the same customer: an account name of its own, everything else as it comes.
async fn beside(stage: &Stage, account: &str) -> String {
    let id = stage.begin().await;
    let answers = BTreeMap::from([("account".to_owned(), account.to_owned())]);
    let answers = stage.with_presets(&id, answers).await;
    let Reply::Form(outcome) = stage
        .call(Call::Answer {
            id: id.clone(),
            answers,
        })
        .await
    else {
        panic!("no form")
    };
    assert!(outcome.stored, "{outcome:?}");
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_taken_stops_before_the_plan() {
    let stage = Stage::set(recorded("in-order", "name-taken")).await;
    let first = stage.begin().await;
    stage.sign_in(&first).await;
    stage.approve(&first).await;
    stage.attend(&first).await;
    let written = stage.writes().await.len();
    let second = stage.begin().await;
    stage.sign_in(&second).await;
    let Page::Check(page) = stage.view(&second).await.page else {
        panic!("not at the checks")
    };
    assert!(page.blocked.is_some(), "{page:#?}");
    assert_eq!(stage.writes().await.len(), written);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_one_setup_back_leaves_the_other_whole() {
    let stage = Stage::set(recorded("in-order", "two-setups")).await;
    let first = stage.begin().await;
    stage.sign_in(&first).await;
    stage.approve(&first).await;
    stage.attend(&first).await;
    let before = stage.dump().await;
    let second = beside(&stage, "second-vendor@larkspur-it.example").await;
    stage.sign_in(&second).await;
    stage.approve(&second).await;
    stage.attend(&second).await;
    let between = grantway_tests::differences(&before, &stage.dump().await);
    assert!(!between.is_empty());
    stage.take_back(&second).await;
    // The vendor's app and Grantway's own consent belong to the first one: they stay.
    let after = grantway_tests::differences(&before, &stage.dump().await);
    assert_eq!(after, Vec::<String>::new());
    stage.call(Call::Prove { id: first.clone() }).await;
    stage.app.settled(&first).await;
    let Page::Done(page) = stage.view(&first).await.page else {
        panic!("the first one is not done any more")
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
}
