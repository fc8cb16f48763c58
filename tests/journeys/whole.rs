//! The whole path: signed in, checked, approved, applied, consented, proved, taken back.

use grantway_app::contract::{Page, PhaseName};
use grantway_tests::{Stage, differences};

use crate::recorded;

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_is_applied_proved_and_taken_back() {
    let stage = Stage::set(recorded("in-order", "whole")).await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let view = stage.view(&id).await;
    assert_eq!(
        view.current,
        PhaseName::Done,
        "{:#?} stuck: {:?}",
        view.page,
        stage.stuck()
    );
    let Page::Done(page) = view.page else {
        panic!("not at the end")
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    stage.take_back(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end")
    };
    assert!(page.taken_back, "{page:#?}");
    assert!(
        page.left.iter().all(|left| !left.failed),
        "{:#?}",
        page.left
    );
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new(),
        "{:#?}",
        stage.problems()
    );
}
