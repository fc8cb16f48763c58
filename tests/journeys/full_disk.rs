//! A disk without room while a plan is applied: nothing more is sent, a person is told, and with room the setup goes on.
//!
//! The kernel refuses to let any file of a process grow, so the setup runs in a process of its own: this test, started again.
#![allow(clippy::disallowed_methods)] // A child learns its role from its environment.

use std::process::Command;

use grantway_app::contract::{Call, Page};
use grantway_tests::{Knobs, Stage, differences};

const ROLE: &str = "GRANTWAY_TEST_FULL_DISK";

/// Room for a few more entries in the journal's log, in bytes.
const ROOM: u64 = 60_000;

/// Sets how far a file of this process may grow; none lifts the limit.
fn limit(bytes: Option<u64>) {
    let size = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
    let done = Command::new("prlimit")
        .args(["--pid", &std::process::id().to_string()])
        .arg(format!("--fsize={size}:unlimited"))
        .status();
    assert!(done.expect("util-linux is there").success());
}

#[test]
fn a_full_disk_stops_a_run_before_it_sends_and_room_lets_it_go_on() {
    if std::env::var_os(ROLE).is_some() {
        tokio::runtime::Runtime::new()
            .expect("a runtime")
            .block_on(full());
        return;
    }
    let name = "full_disk::a_full_disk_stops_a_run_before_it_sends_and_room_lets_it_go_on";
    // Past the limit the kernel sends a signal first, which a program that wants the error ignores.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--exact", name, "--nocapture"])
        .env(ROLE, "1")
        .output()
        .expect("it starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}\n{errors}");
    assert!(text.contains("1 passed"), "{text}");
}

async fn full() {
    let stage = Stage::set(Knobs::default()).await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;

    let log = stage.data.join("practice/journal.sqlite-wal");
    let length = log.metadata().expect("the journal's log").len();
    limit(Some(length + ROOM));
    // The right to change is signed in for, and applying begins.
    let sign_in = stage.cards(&id).await.into_iter().next();
    stage.do_card(&id, &sign_in.expect("a card")).await;
    let problems = stage.problems();
    let problem = problems.last().expect("it is told");
    assert_eq!(problem.id, "GW-JRN-0001", "{problems:#?}");
    assert!(problem.what.contains("nothing was sent"), "{problem:?}");
    assert!(problem.why.is_some() && !problem.todo.is_empty());
    let written = stage.writes().await;
    assert!(!written.is_empty(), "it was full before the first write");

    // Nobody gets past it, and what is known stays on the screen.
    for call in [
        Call::GoOn { id: id.clone() },
        Call::Pause { id: id.clone() },
        Call::Open {
            profile: "huntress".into(),
        },
    ] {
        if let Err(problem) = stage.app.call(call).await {
            assert_eq!(problem.id, "GW-JRN-0001");
        }
        stage.app.settled(&id).await;
    }
    assert_eq!(stage.writes().await, written, "something was sent");
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not at applying")
    };
    let [card] = page.cards.as_slice() else {
        panic!("the screen does not say that it stopped: {page:#?}")
    };
    assert_eq!(card.problem.as_ref(), Some(problem));
    assert_eq!(card.acts[0].calls, "goOn");

    limit(None);
    stage.call(Call::GoOn { id: id.clone() }).await;
    stage.attend(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not done: {:#?}", stage.problems())
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    // Nothing is there twice: all of it can be taken back, and the world is as it was.
    stage.take_back(&id).await;
    let after = differences(&before, &stage.dump().await);
    assert_eq!(after, Vec::<String>::new());
}
