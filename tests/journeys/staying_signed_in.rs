//! How long a sign-in lasts, and what makes a person sign in again.

use std::time::Duration;

use grantway_app::contract::{Call, NeedKind, Page};
use grantway_tests::{Knobs, Stage};
use serde_json::json;

use crate::recorded;

/// The names of the refresh tokens in the vault.
async fn kept(stage: &Stage) -> Vec<String> {
    let world = stage.app.world().await;
    world
        .vault
        .names("refresh/")
        .await
        .expect("the vault can be read")
}

async fn pass(stage: &Stage, time: Duration) {
    let seconds = u32::try_from(time.as_secs()).expect("less than a century");
    stage.call(Call::MoveClock { seconds }).await;
}

const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_lies_idle_for_a_week_is_deleted() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let stage = Stage::set(Knobs {
        data: Some(folder.path().to_owned()),
        ..recorded("in-order", "idle-for-a-week")
    })
    .await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    assert_eq!(kept(&stage).await.len(), 1);
    // Each use counts from anew.
    for _ in 0..2 {
        pass(&stage, 6 * DAY).await;
        stage.call(Call::Check { id: id.clone() }).await;
        assert_eq!(kept(&stage).await.len(), 1);
    }
    pass(&stage, 8 * DAY).await;
    let refused = stage.refused(Call::Check { id: id.clone() }).await;
    assert!(refused.what.contains("sign"), "{refused:?}");
    assert_eq!(kept(&stage).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_sign_in_goes_at_the_next_start_by_itself() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let first = Stage::set(Knobs {
        data: Some(folder.path().to_owned()),
        ..recorded("in-order", "idle-at-the-start")
    })
    .await;
    let id = first.begin().await;
    first.sign_in(&id).await;
    pass(&first, 8 * DAY).await;
    assert_eq!(kept(&first).await.len(), 1);
    // Leaving the mode and coming back opens its world anew, as a start does.
    first.call(Call::LeavePractice).await;
    first.call(Call::EnterPractice).await;
    assert_eq!(kept(&first).await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claims_challenge_that_renewing_cannot_answer_goes_into_the_next_sign_in() {
    let stage = Stage::set(recorded("in-order", "claims-challenge")).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    let challenge = json!({ "match": { "method": "POST", "path": "/v1.0/users", "nth": 1 },
                            "action": "claims_challenge" });
    // Token requests: asked for silently, after the sign-in with the right to write, and after the challenge.
    let refusal = json!({ "match": { "service": "login", "path": format!("/{}/oauth2/v2.0/token", "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"), "nth": 3 },
                          "action": { "status": { "status": 400, "code": "interaction_required",
                                                  "message": "AADSTS50076: use multi-factor authentication" } } });
    stage
        .tell("faults", json!({ "rules": [challenge, refusal] }))
        .await;
    stage.approve(&id).await;
    assert_eq!(stage.cards(&id).await[0].kind, NeedKind::SignIn);
    stage.sign_in(&id).await;
    assert_eq!(stage.struck().await, 2);
    let cards = stage.cards(&id).await;
    assert_eq!(cards[0].kind, NeedKind::SignIn, "{cards:#?}");
    let asked = stage.ask("log").await.as_array().map_or(0, Vec::len);
    stage.sign_in(&id).await;
    let log = stage.ask("log").await;
    let rows = log.as_array().expect("a list").iter().skip(asked);
    let claims: Vec<&str> = rows
        .filter(|row| {
            let path = row["path"].as_str();
            path.is_some_and(|path| path.ends_with("/authorize"))
        })
        .filter_map(|row| row["query"].as_str())
        .filter(|query| query.contains("claims=") && query.contains("nbf"))
        .collect();
    assert_eq!(claims.len(), 1, "{log:#}");
    stage.attend(&id).await;
    let page = stage.view(&id).await.page;
    assert!(
        matches!(page, Page::Done(_)),
        "{page:#?}, {:?}",
        stage.stuck()
    );
}
