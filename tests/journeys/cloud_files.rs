//! A cloud file that a person chooses: validated, opened in its own mode, kept by its path, and never in the way.

use std::path::{Path, PathBuf};

use grantway_app::contract::{Call, FormOutcome, FrameView, Reply, SettingsView};
use grantway_app::host::PracticeStarter;
use grantway_tests::{Knobs, Stage};

const LIVE: &str = r#"id = "mine"
kind = "live"
name = "A cloud of my own"
login = "https://login.mine.example"
graph = "https://graph.mine.example"
sign_in_hosts = ["login.mine.example"]
"#;

async fn frame(stage: &Stage) -> FrameView {
    match stage.call(Call::Frame).await {
        Reply::Frame(frame) => frame,
        other => panic!("not the frame: {other:?}"),
    }
}

async fn settings(stage: &Stage) -> SettingsView {
    match stage.call(Call::Settings).await {
        Reply::Settings(settings) => settings,
        other => panic!("not the settings: {other:?}"),
    }
}

/// Chooses a file as a person would.
async fn choose(stage: &Stage, file: Option<&Path>) -> FormOutcome {
    *stage.host.chosen.lock().expect("no test panicked with it") = Some(file.map(Path::to_owned));
    match stage.call(Call::ChooseCloudFile).await {
        Reply::Form(outcome) => outcome,
        other => panic!("no form: {other:?}"),
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("it can be written");
    path
}

/// The practice cloud of another stage, as `grantctl practice` describes it.
async fn another_practice() -> (Stage, String) {
    let other = Stage::set(Knobs::default()).await;
    let file = other.practice.start(PathBuf::new()).await.expect("it runs");
    (other, file)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_told_with_line_and_field_and_not_kept() {
    let stage = Stage::set(Knobs::default()).await;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let (_other, practice) = another_practice().await;
    for (text, part) in [
        (
            LIVE.replace("https://graph", "http://graph"),
            "line 5, field graph",
        ),
        (LIVE[..60].to_owned(), "line 4, field login"),
        (LIVE.replace("\"mine\"", "\"global\""), "line 1, field id"),
        // Practice and live never meet: an address of the one in the other is refused.
        (
            practice.replace("kind = \"practice\"", "kind = \"live\""),
            "field id",
        ),
    ] {
        let path = write(folder.path(), "cloud.toml", &text);
        let before = settings(&stage).await;
        let outcome = choose(&stage, Some(&path)).await;
        assert!(!outcome.stored, "{text}");
        let [problem] = outcome.problems.as_slice() else {
            panic!("{outcome:?}")
        };
        let why = problem.why.clone().unwrap_or_default();
        assert!(why.contains(part), "{why}");
        assert_eq!(problem.field.as_deref(), Some("cloudFile"));
        assert_eq!(problem.id, "GW-CLD-0010");
        let after = settings(&stage).await;
        assert_eq!((&after.cloud_file, &after.cloud), (&None, &before.cloud));
    }
    let missing = choose(&stage, Some(&folder.path().join("nowhere.toml"))).await;
    assert_eq!(missing.problems.len(), 1);
    assert_eq!(
        choose(&stage, None).await,
        FormOutcome {
            stored: false,
            problems: vec![]
        }
    );
    assert!(frame(&stage).await.practice);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_file_opens_the_live_mode_and_a_practice_file_practice() {
    let stage = Stage::set(Knobs::default()).await;
    let folder = tempfile::tempdir().expect("a folder for the test");
    let own = settings(&stage).await;
    assert!(frame(&stage).await.practice && own.cloud_file.is_none());
    let of_practice = stage.begin().await;

    let live = write(folder.path(), "live.toml", LIVE);
    assert!(choose(&stage, Some(&live)).await.stored);
    let view = settings(&stage).await;
    assert!(!frame(&stage).await.practice);
    assert_eq!(view.cloud, "mine");
    let line = view.cloud_file.expect("the file is shown");
    assert_eq!(
        (line.name.as_str(), line.removable),
        ("A cloud of my own", true)
    );
    assert_eq!(line.place, live.display().to_string());
    assert_eq!(
        stage.only_setup().await,
        None,
        "a practice setup is in live"
    );

    let (_other, text) = another_practice().await;
    let practice = write(folder.path(), "practice.toml", &text);
    assert!(choose(&stage, Some(&practice)).await.stored);
    assert!(frame(&stage).await.practice);
    assert_eq!(stage.only_setup().await, Some(of_practice));

    // Leaving it leads back to the cloud that comes with the app.
    stage.call(Call::RemoveCloudFile).await;
    let view = settings(&stage).await;
    assert_eq!((view.cloud_file, view.redirect), (None, own.redirect));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_file_that_is_gone_or_silent_is_told_and_does_not_keep_the_app_from_opening() {
    let data = tempfile::tempdir().expect("a folder for the test");
    let knobs = Knobs {
        data: Some(data.path().to_owned()),
        ..Knobs::default()
    };
    let (other, text) = another_practice().await;
    let file = write(data.path(), "practice.toml", &text);
    let stage = Stage::set(knobs.clone()).await;
    assert!(choose(&stage, Some(&file)).await.stored);
    stage.practice.shutdown().await;
    drop(stage);
    // The cloud that it describes has ended.
    other.practice.shutdown().await;

    let stage = Stage::set(knobs).await;
    let told = frame(&stage).await.cloud_problem.expect("it says so");
    assert!(!told.todo.is_empty() && !told.id.is_empty());
    let line = settings(&stage)
        .await
        .cloud_file
        .expect("it can be removed");
    assert_eq!(
        (line.place, line.removable),
        (file.display().to_string(), true)
    );
    // Chosen again it does not open, and what is open stays.
    let again = choose(&stage, Some(&file)).await;
    assert!(!again.stored && again.problems.len() == 1, "{again:?}");
    stage.begin().await;
    stage.call(Call::RemoveCloudFile).await;
    assert_eq!(frame(&stage).await.cloud_problem, None);
    assert_eq!(settings(&stage).await.cloud_file, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cloud_that_the_start_was_given_cannot_be_left_in_settings() {
    let (other, file) = another_practice().await;
    let stage = Stage::set(Knobs {
        elsewhere: Some(file),
        ..Knobs::default()
    })
    .await;
    let view = settings(&stage).await;
    let line = view.cloud_file.expect("it is shown");
    assert!(!line.removable && !view.chooses_cloud_file);
    for call in [Call::ChooseCloudFile, Call::RemoveCloudFile] {
        assert_eq!(stage.refused(call).await.id, "GW-CLD-0012");
    }
    drop(other);
}
