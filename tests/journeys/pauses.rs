//! A setup that waits by the clock, and a person who does not.

use std::time::Duration;

use grantway_app::Sleep;
use grantway_app::contract::{Call, Event, Page, Sign};
use grantway_tests::{Knobs, Stage};
use serde_json::json;

use crate::recorded;

/// What may take real time here takes far less.
const SOON: Duration = Duration::from_secs(20);

async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    let ended = tokio::time::timeout(SOON, future).await;
    ended.unwrap_or_else(|_| panic!("{what} takes too long"))
}

/// Until nothing runs for the setup. What was under way when it was told to stop ends first, and it may ask once a second by a
/// clock that nobody else moves.
async fn settles(stage: &Stage, id: &str) {
    let settled = stage.app.settled(id);
    tokio::pin!(settled);
    while tokio::time::timeout(Duration::from_millis(200), &mut settled)
        .await
        .is_err()
    {
        stage.tell("clock", json!({ "advance_seconds": 1 })).await;
    }
}

/// A stage on which no wait ends by itself, with a setup that waits for its assignment.
async fn waiting(knobs: Knobs) -> (Stage, String) {
    let stage = Stage::set(Knobs {
        at_once: true,
        sleep: Sleep::Waits,
        ..knobs
    })
    .await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    let mut heard = stage.host.listen();
    stage.call(sign_in(&id)).await;
    let waits = async {
        loop {
            if let Page::Apply(page) = stage.view(&id).await.page
                && !page.waits.is_empty()
            {
                let mut rows = page.places.iter().flat_map(|place| &place.rows);
                if !rows.any(|row| row.sign == Sign::Running) {
                    return;
                }
                // Policies are asked for once a second by the same clock.
                stage.tell("clock", json!({ "advance_seconds": 1 })).await;
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            }
            while !matches!(heard.recv().await, Ok(Event::Changed { .. })) {}
        }
    };
    soon("the way to the wait", waits).await;
    (stage, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_ends_the_waiting_and_going_on_looks_when_it_is_time() {
    let (stage, id) = waiting(recorded("in-order", "paused")).await;
    stage.call(Call::Pause { id: id.clone() }).await;
    soon("the pause", settles(&stage, &id)).await;
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not applied")
    };
    assert!(page.paused && !page.running, "{page:#?}");
    stage.call(Call::GoOn { id: id.clone() }).await;
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not applied")
    };
    assert!(page.running, "{page:#?}");
    stage.tell("clock", json!({ "advance_seconds": 60 })).await;
    soon("the look", settles(&stage, &id)).await;
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not applied")
    };
    assert!(page.waits.is_empty(), "{:#?}", page.waits);
    soon("the rest", stage.attend(&id)).await;
    let page = stage.view(&id).await.page;
    assert!(matches!(page, Page::Done(_)), "{page:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn take_back_does_not_wait_for_what_is_waited_for() {
    // Not recorded: what is taken back before it is proved has carried permissions that nothing needed yet.
    let (stage, id) = waiting(Knobs::default()).await;
    let before = stage.ask("clock").await["now"].clone();
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not applied")
    };
    let call = Call::TakeBack {
        id: id.clone(),
        typed: page.take_back.expect("something was made").word,
    };
    stage.call(call).await;
    soon("the end of the waiting", settles(&stage, &id)).await;
    // The right to remove comes with a sign-in.
    let mut heard = stage.host.listen();
    stage.call(sign_in(&id)).await;
    // Removals have waits of their own, which nobody ends here; that they have begun is enough.
    let removes = async {
        while !stage
            .writes()
            .await
            .iter()
            .any(|(method, _)| method == "DELETE")
        {
            while !matches!(heard.recv().await, Ok(Event::Changed { .. })) {}
        }
    };
    soon("taking back", removes).await;
    assert_eq!(stage.ask("clock").await["now"], before);
}

fn sign_in(id: &str) -> Call {
    Call::SignIn {
        id: id.into(),
        seat: "provider".into(),
        lane: None,
    }
}
