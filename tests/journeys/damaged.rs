//! A journal that was damaged while nobody looked: told on every screen, left as it is, exported, and set aside.

use std::path::{Path, PathBuf};

use grantway_app::contract::{Call, FrameView, ReadOnlyAct, Reply};
use grantway_tests::{Knobs, Stage};

async fn frame(stage: &Stage) -> FrameView {
    match stage.call(Call::Frame).await {
        Reply::Frame(frame) => frame,
        other => panic!("not the frame: {other:?}"),
    }
}

async fn saved(stage: &Stage, call: Call) -> PathBuf {
    match stage.call(call).await {
        Reply::Saved { path } => path.into(),
        other => panic!("nothing was saved: {other:?}"),
    }
}

/// The files of a journal with their content. SQLite's shared memory, and a log without a word in it, only say that
/// somebody reads.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = ["journal.mark", "journal.sqlite", "journal.sqlite-wal"];
    names
        .iter()
        .filter_map(|name| {
            let bytes = std::fs::read(folder.join(name)).ok()?;
            (!bytes.is_empty()).then(|| ((*name).to_owned(), bytes))
        })
        .collect()
}

/// Lets a stage end and waits until its journal is closed: SQLite folds its log into the database then, in a thread of its
/// own, so the files are watched until they rest.
async fn end(stage: Stage) {
    stage.practice.shutdown().await;
    let folder = stage.data.join("practice");
    drop(stage);
    let lock = std::fs::File::open(folder.join("journal.lock")).expect("it was made");
    let (mut seen, mut rests) = (files(&folder), 0);
    for _ in 0..400 {
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        let now = files(&folder);
        let is_free = lock.try_lock().is_ok();
        rests = if is_free && now == seen { rests + 1 } else { 0 };
        seen = now;
        if rests == 30 {
            return;
        }
    }
    panic!("the journal stays open");
}

/// Makes one entry unreadable, wherever it lies: in the database, in the log beside it, or in both.
fn hurt(folder: &Path) {
    let mark = b"\"entry\":\"planned\"";
    let mut found = false;
    for (name, mut bytes) in files(folder) {
        let at = bytes.windows(mark.len()).position(|window| window == mark);
        if let Some(at) = at {
            bytes[at + 10] = b'X';
            std::fs::write(folder.join(name), bytes).expect("it can be written");
            found = true;
        }
    }
    assert!(found, "there is a plan in the journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_journal_is_told_exported_and_set_aside() {
    let data = tempfile::tempdir().expect("a folder for the test");
    let folder = data.path().join("practice");
    let knobs = Knobs {
        data: Some(data.path().to_owned()),
        ..Knobs::default()
    };
    let stage = Stage::set(knobs.clone()).await;
    let id = stage.begin().await;
    stage.sign_in(&id).await;
    end(stage).await;
    hurt(&folder);
    let before = files(&folder);

    let stage = Stage::set(knobs).await;
    let told = frame(&stage).await.read_only.expect("it says so");
    assert_eq!(told.problem.id, "GW-JRN-0003");
    assert!(told.problem.why.is_some() && !told.problem.todo.is_empty());
    assert_eq!(told.acts, [ReadOnlyAct::Export, ReadOnlyAct::StartAfresh]);

    // What can be read is shown, and every change is refused in the words of the frame.
    assert_eq!(stage.only_setup().await.as_deref(), Some(id.as_str()));
    let asked = stage.ask("log").await.as_array().map(Vec::len);
    for call in [
        Call::Open {
            profile: "huntress".into(),
        },
        Call::Check { id: id.clone() },
        Call::SignIn {
            id: id.clone(),
            seat: "provider".into(),
            lane: None,
        },
        Call::SignOut {
            id: id.clone(),
            seat: "provider".into(),
        },
        Call::Close {
            id: id.clone(),
            end_consents: false,
        },
        Call::LoadScenario {
            id: "in-order".into(),
        },
    ] {
        let shown = format!("{call:?}");
        assert_eq!(stage.refused(call).await, told.problem, "{shown}");
    }
    assert_eq!(stage.ask("log").await.as_array().map(Vec::len), asked);
    // Looking again helps nothing and hurts nothing.
    stage.call(Call::TryAgain).await;
    assert_eq!(frame(&stage).await.read_only.as_ref(), Some(&told));
    assert!(files(&folder) == before, "the damaged journal was touched");

    let export = saved(&stage, Call::ExportJournal).await;
    let export = std::fs::read_to_string(export).expect("the export");
    let whole = export
        .lines()
        .take_while(|line| line.contains("\"as_written\":true"));
    assert!(whole.count() >= 3, "{export}");
    // Told as text where it lies in the database; gone where it lies in a log whose sums do not fit any more.
    assert!(!export.contains("\"entry\":\"planned\""), "{export}");

    let aside = saved(&stage, Call::StartAfresh).await;
    assert!(files(&aside) == before, "what was set aside is another one");
    assert_eq!(frame(&stage).await.read_only, None);
    assert_eq!(stage.only_setup().await, None);
    let again = stage.refused(Call::StartAfresh).await;
    assert_eq!(again.id, "GW-JRN-0006");
    let next = stage.begin().await;
    assert_eq!(stage.only_setup().await, Some(next));
}
