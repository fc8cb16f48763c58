//! Setups that are put away before anything of them began: what their sign-ins have left goes with them, or is told to stay.

use grantway_app::contract::{Call, NeedKind, Page, PutAwayView, Reply};
use grantway_tests::{Knobs, Stage, differences};

use crate::recorded;
use crate::side_by_side::{own_grants, signed_in, stage};

const DANA: &str = "dana@larkspur-it.example";
/// An administrator's consent in the provider's tenant.
const FOR_EVERYONE: &str = r#"
[[tenant.consented]]
client_id = "6d1f0c52-3f0b-4c0e-9a51-2b7a4be1c001"
scopes = ["User.Read"]
"#;

/// What is said before it is put away.
async fn asked(stage: &Stage, id: &str) -> PutAwayView {
    let view = stage.view(id).await;
    view.put_away.expect("its sign-in has left something")
}

fn fates(asked: &PutAwayView) -> Vec<&str> {
    asked.rows.iter().map(|row| row.fate.as_str()).collect()
}

async fn put_away(stage: &Stage, id: &str, end_consents: bool) {
    let call = Call::Close {
        id: id.to_owned(),
        end_consents,
    };
    stage.call(call).await;
    stage.app.settled(id).await;
}

/// Whether Home still shows it.
async fn is_on_home(stage: &Stage, id: &str) -> bool {
    let Reply::Home(home) = stage.call(Call::Home).await else {
        panic!("not Home")
    };
    let waiting = home.groups.iter().flat_map(|group| &group.rows);
    waiting.chain(&home.finished).any(|line| line.id == id)
}

/// What Activity tells of it, newest first.
async fn told(stage: &Stage, id: &str) -> Vec<String> {
    let call = Call::Activity {
        setup: Some(id.to_owned()),
    };
    let Reply::Activity(activity) = stage.call(call).await else {
        panic!("no activity")
    };
    activity.rows.into_iter().map(|row| row.sentence).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_kept_for_a_setup_goes_when_that_one_is_put_away() {
    let stage = stage("kept-then-put-away").await;
    let before = stage.dump().await;
    let first = signed_in(&stage, DANA, "one").await;
    let second = signed_in(&stage, DANA, "two").await;
    // While the first works with it, the second has nothing to remove.
    let question = asked(&stage, &second).await;
    assert_eq!(fates(&question), ["stays: another setup works with it"]);
    assert_eq!(question.remove, None);
    stage.approve(&first).await;
    stage.attend(&first).await;
    stage.take_back(&first).await;
    assert_eq!(own_grants(&stage).await, 1, "kept for the second");
    let question = asked(&stage, &second).await;
    assert_eq!(fates(&question), ["can be removed now"]);
    assert!(question.remove.is_some(), "{question:#?}");
    put_away(&stage, &second, true).await;
    stage.attend(&second).await;
    assert_eq!(own_grants(&stage).await, 0);
    assert!(!is_on_home(&stage, &second).await);
    let view = stage.view(&second).await;
    assert_eq!(view.put_away, None);
    let Page::Done(page) = view.page else {
        panic!("{:#?}", view.page)
    };
    assert_eq!(page.title, "Put away");
    assert!(!page.can_put_away && page.left.is_empty(), "{page:#?}");
    assert_eq!(page.undone[0].fate, "gone, and read back");
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_alone_asks_for_the_right_to_remove_and_goes_on_by_itself() {
    let stage = stage("put-away-alone").await;
    let before = stage.dump().await;
    let id = signed_in(&stage, DANA, "one").await;
    assert!(asked(&stage, &id).await.remove.is_some());
    put_away(&stage, &id, true).await;
    // Reading was all that was consented to, so the right to remove is asked for. Nothing is gone before that.
    let cards = stage.cards(&id).await;
    let kinds: Vec<NeedKind> = cards.iter().map(|card| card.kind).collect();
    assert_eq!(kinds, [NeedKind::SignIn]);
    assert_eq!(own_grants(&stage).await, 1);
    assert!(is_on_home(&stage, &id).await);
    stage.attend(&id).await;
    assert_eq!(own_grants(&stage).await, 0);
    assert!(!is_on_home(&stage, &id).await);
    let told = told(&stage, &id).await;
    assert_eq!(
        told[..3],
        [
            "Put away",
            "Sign-in to Larkspur Managed IT forgotten",
            "Taken away: Grantway's permissions in Larkspur Managed IT",
        ]
    );
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_for_the_whole_organisation_stays_and_is_told() {
    let stage = Stage::set(Knobs {
        colleagues: FOR_EVERYONE,
        ..recorded("in-order", "put-away-for-everyone")
    })
    .await;
    let before = stage.dump().await;
    let id = signed_in(&stage, DANA, "one").await;
    assert_eq!(own_grants(&stage).await, 1);
    put_away(&stage, &id, true).await;
    stage.attend(&id).await;
    assert_eq!(own_grants(&stage).await, 0, "the person's own is gone");
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new(),
        "the organisation's is as it was"
    );
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at its end")
    };
    assert_eq!(
        page.undone[0].fate,
        "stays: given for the whole organisation"
    );
    let [left] = page.left.as_slice() else {
        panic!("{:#?}", page.left)
    };
    assert!(!left.failed && left.because.contains("whole organisation"));
    assert!(page.sentence.contains("listed here"), "{}", page.sentence);
    let told = told(&stage, &id).await;
    assert!(told[2].starts_with("Given for the whole"), "{told:#?}");
    assert!(!is_on_home(&stage, &id).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_put_away_at_once_leaves_what_was_told_to_stay() {
    let stage = stage("put-away-at-once").await;
    let id = signed_in(&stage, DANA, "one").await;
    put_away(&stage, &id, false).await;
    assert_eq!(own_grants(&stage).await, 1);
    assert!(!is_on_home(&stage, &id).await);
    // The next setup of the same person is the only one that works with it, and can take it away.
    let next = signed_in(&stage, DANA, "two").await;
    assert_eq!(fates(&asked(&stage, &next).await), ["can be removed now"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_that_was_begun_gives_its_permissions_back_by_take_back_alone() {
    let stage = stage("put-away-begun").await;
    let id = signed_in(&stage, DANA, "one").await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let question = asked(&stage, &id).await;
    assert_eq!(question.remove, None, "{question:#?}");
    let call = Call::Close {
        id: id.clone(),
        end_consents: true,
    };
    assert_eq!(stage.refused(call).await.id, "GW-SET-0008");
    assert_eq!(own_grants(&stage).await, 1);
    stage.take_back(&id).await;
    assert_eq!(own_grants(&stage).await, 0);
}
