//! A second instance on the same data: it says so, shows everything, changes nothing, and takes over when it can.

use std::path::PathBuf;
use std::sync::Arc;

use grantway_app::contract::{Call, FrameView, Page, PhaseName, ReadOnlyAct, Reply};
use grantway_app::host::PracticeStarter;
use grantway_tests::{Knobs, Stage};

async fn frame(stage: &Stage) -> FrameView {
    match stage.call(Call::Frame).await {
        Reply::Frame(frame) => frame,
        other => panic!("not the frame: {other:?}"),
    }
}

/// Another stage on the data and the cloud of the first.
async fn beside(first: &Stage) -> Stage {
    let file = first.practice.start(PathBuf::new()).await;
    Stage::set(Knobs {
        data: Some(first.data.clone()),
        elsewhere: Some(file.expect("it runs")),
        ..Knobs::default()
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_instance_only_shows_until_the_first_is_gone() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let first = Stage::set(Knobs {
        data: Some(folder.path().to_owned()),
        ..Knobs::default()
    })
    .await;
    let id = first.begin().await;
    first.sign_in(&id).await;
    let second = beside(&first).await;

    let told = frame(&second).await.read_only.expect("it says so");
    assert_eq!(told.problem.id, "GW-JRN-0002");
    assert!(told.problem.why.is_some() && !told.problem.todo.is_empty());
    assert_eq!(told.acts[0], ReadOnlyAct::TryAgain);
    assert_eq!(frame(&first).await.read_only, None);

    // It shows what the first shows, and refuses to change it in the same words.
    let Page::Review(page) = second.view(&id).await.page else {
        panic!("the plan is not shown")
    };
    let asked = second.ask("log").await.as_array().map(Vec::len);
    let id_of = || id.clone();
    for call in [
        Call::Approve {
            id: id_of(),
            fingerprint: page.fingerprint.clone(),
            typed: page.approval.expect("it can be approved").word,
        },
        Call::Check { id: id_of() },
        Call::SignOut {
            id: id_of(),
            seat: "provider".into(),
        },
        Call::SignIn {
            id: id_of(),
            seat: "provider".into(),
            lane: None,
        },
        Call::Close {
            id: id_of(),
            end_consents: false,
        },
        Call::Open {
            profile: "huntress".into(),
        },
        Call::LoadScenario {
            id: "in-order".into(),
        },
        Call::MoveClock { seconds: 900 },
        Call::StartAfresh,
    ] {
        let shown = format!("{call:?}");
        let refused = second.refused(call).await;
        if shown == "StartAfresh" {
            assert_eq!(refused.id, "GW-JRN-0006", "the journal is whole");
        } else {
            assert_eq!(refused, told.problem, "{shown}");
        }
    }
    let log = second.ask("log").await.as_array().map(Vec::len);
    assert_eq!(log, asked, "something was sent");

    // The first goes on, and the second sees it.
    first.approve(&id).await;
    assert_eq!(second.view(&id).await.current, PhaseName::Apply);
    second.call(Call::TryAgain).await;
    assert!(frame(&second).await.read_only.is_some());

    // The cloud stays when the first instance goes.
    let cloud = Arc::clone(&first.practice);
    drop(first);
    for _ in 0..100 {
        second.call(Call::TryAgain).await;
        if frame(&second).await.read_only.is_none() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(frame(&second).await.read_only, None);
    assert_eq!(second.play().await.id, id);
    drop(cloud);
}

#[tokio::test(flavor = "multi_thread")]
async fn trying_again_twice_at_once_locks_nobody_out() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let first = Stage::set(Knobs {
        data: Some(folder.path().to_owned()),
        ..Knobs::default()
    })
    .await;
    let second = beside(&first).await;
    let lock = first.data.join("practice/journal.lock");
    let cloud = Arc::clone(&first.practice);
    drop(first);
    let lock = std::fs::File::open(lock).expect("the first one made it");
    for _ in 0..100 {
        if lock.try_lock().is_ok() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    drop(lock);
    tokio::join!(second.call(Call::TryAgain), second.call(Call::TryAgain));
    assert_eq!(frame(&second).await.read_only, None);
    drop(cloud);
}
