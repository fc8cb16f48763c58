//! A vendor that comes with no profile: made in the form, given to a colleague, and set up like any other.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::PoisonError;

use grantway_app::contract::{
    Call, CardView, FormOutcome, GalleryView, HomeView, NeedKind, Page, PhaseName, Reply,
};
use grantway_tests::{Knobs, Stage, differences};

use crate::{before_graph, recorded};

const TEMPLATE: &str = "gdap-service-account";
const SCENARIO: &str = "vendor-of-ones-own";
const PROFILE: &str = "own-sable-ridge-night-watch";
const EXCHANGE: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const SECURITY: &str = "194ae4cb-b126-40b2-bd5b-6091b380977d";
const APP: &str = "7d2a9c14-6b3e-4d58-8f07-2c1b0a9e8d01";

/// What the vendor of the scenario tells its customers, as somebody types it into the form, and these answers over it.
async fn answers(stage: &Stage, over: &[(&str, &str)]) -> BTreeMap<String, String> {
    let call = Call::ProfileForm {
        template: TEMPLATE.into(),
    };
    let Reply::ProfileForm(form) = stage.call(call).await else {
        panic!("no form")
    };
    let presets = form.fields.into_iter().map(|field| (field.id, field.value));
    let mut answers: BTreeMap<String, String> = presets.collect();
    let typed = [
        ("vendor", "Sable Ridge"),
        ("product", "Night Watch"),
        (
            "purpose",
            "It looks for stolen sign-ins and removes harmful mail rules.",
        ),
        ("roles", &format!("{SECURITY}, {EXCHANGE}")),
        (&format!("roles.{SECURITY}.why"), "Reads alerts."),
        (&format!("roles.{EXCHANGE}.why"), "Removes mail rules."),
        (&format!("roles.{EXCHANGE}.lost"), "Mail rules stay."),
        ("group", "Night Watch"),
        ("account", "NightWatch"),
        ("publisher", "Sable Ridge Security Ltd"),
        ("app", APP),
        ("portal", "https://portal.sableridge.example/"),
        ("look-for", "The customer's accounts are listed."),
    ];
    for (field, answer) in typed.iter().chain(over) {
        answers.insert((*field).to_owned(), (*answer).to_owned());
    }
    answers
}

async fn make(stage: &Stage, over: &[(&str, &str)]) -> FormOutcome {
    let call = Call::MakeProfile {
        template: TEMPLATE.into(),
        answers: answers(stage, over).await,
    };
    form(stage, call).await
}

async fn made(stage: &Stage, over: &[(&str, &str)]) {
    let outcome = make(stage, over).await;
    assert!(outcome.stored, "{:#?}", outcome.problems);
}

async fn form(stage: &Stage, call: Call) -> FormOutcome {
    match stage.call(call).await {
        Reply::Form(outcome) => outcome,
        other => panic!("no form: {other:?}"),
    }
}

async fn gallery(stage: &Stage) -> GalleryView {
    match stage.call(Call::Gallery).await {
        Reply::Gallery(view) => view,
        other => panic!("no gallery: {other:?}"),
    }
}

async fn own_cards(stage: &Stage) -> Vec<CardView> {
    let cards = gallery(stage).await.cards.into_iter();
    cards.filter(|card| card.own).collect()
}

async fn home(stage: &Stage) -> HomeView {
    match stage.call(Call::Home).await {
        Reply::Home(view) => view,
        other => panic!("not Home: {other:?}"),
    }
}

async fn begun(stage: &Stage) -> String {
    let profile = PROFILE.to_owned();
    let Reply::Opened { id } = stage.call(Call::Open { profile }).await else {
        panic!("no setup")
    };
    stage.answer(&id).await;
    id
}

async fn put_away(stage: &Stage) -> Call {
    let _ = stage;
    Call::PutProfileAway {
        profile: PROFILE.into(),
    }
}

/// The person chooses this file when one is asked for.
fn chooses(stage: &Stage, path: &Path) {
    let mut chosen = stage
        .host
        .chosen
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    *chosen = Some(Some(path.to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_of_ones_own_is_set_up_proved_and_taken_back() {
    let stage = Stage::set(recorded(SCENARIO, "own-profile")).await;
    made(&stage, &[]).await;
    let cards = own_cards(&stage).await;
    assert_eq!(cards.len(), 1, "{cards:#?}");
    assert_eq!(
        (&*cards[0].name, &*cards[0].profile),
        ("Night Watch", PROFILE)
    );
    assert!(cards[0].sentence.starts_with("2 admin roles"), "{cards:#?}");
    let before = stage.dump().await;
    let id = begun(&stage).await;
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
    let told = stage.refused(put_away(&stage).await).await;
    assert_eq!(told.id, "GW-PRF-0003", "{told:?}");
    assert!(told.why.unwrap_or_default().contains(&id));
    stage.take_back(&id).await;
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new(),
        "{:#?}",
        stage.problems()
    );
    stage.call(put_away(&stage).await).await;
    assert_eq!(own_cards(&stage).await.len(), 0);
    let profile = PROFILE.to_owned();
    let gone = stage.refused(Call::Open { profile }).await;
    assert_eq!(gone.id, "GW-SET-0002");
    // What was begun with it still finds it.
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end")
    };
    assert!(page.taken_back, "{page:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_the_profile_does_not_name_is_stopped_and_removed() {
    let stage = Stage::set(recorded(SCENARIO, "own-profile-other-app")).await;
    let other = "7d2a9c14-6b3e-4d58-8f07-2c1b0a9e8d02";
    made(&stage, &[("app", other)]).await;
    let id = begun(&stage).await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let cards = stage.cards(&id).await;
    let card = cards.iter().find(|card| card.kind == NeedKind::Stopped);
    let card = card.unwrap_or_else(|| panic!("it did not stop: {cards:#?}"));
    let problem = card.problem.clone().expect("a problem");
    let text = format!("{} {}", problem.what, problem.why.unwrap_or_default());
    assert!(text.contains(APP) && text.contains(other), "{text}");
    let apps = |dump: serde_json::Value| dump.to_string().matches(APP).count();
    let with = apps(stage.dump().await);
    let call = Call::StartOver {
        id: id.clone(),
        step: card.step.clone(),
    };
    stage.call(call).await;
    stage.app.settled(&id).await;
    assert!(apps(stage.dump().await) < with, "the app is still there");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_id_the_app_that_the_consent_page_names_is_kept() {
    let stage = Stage::set(recorded(SCENARIO, "own-profile-pinned")).await;
    made(&stage, &[("app", "")]).await;
    let id = begun(&stage).await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let Page::Done(page) = stage.view(&id).await.page else {
        panic!("not at the end: {:?}", stage.stuck())
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_answers_are_told_at_their_fields_and_nothing_is_kept() {
    let stage = Stage::set(before_graph()).await;
    let why = format!("roles.{SECURITY}.why");
    let tier_2 = "e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8";
    for (field, answer, told) in [
        ("portal", "http://portal.sableridge.example/", "portal"),
        ("hosts", "*.co.uk", ""),
        ("roles", tier_2, "roles"),
        (&why, " ", &why),
        ("vendor", "", "vendor"),
    ] {
        let outcome = make(&stage, &[(field, answer)]).await;
        assert!(!outcome.stored, "{field}: {answer}");
        let fields: Vec<&str> = outcome
            .problems
            .iter()
            .map(|problem| problem.field.as_deref().unwrap_or_default())
            .collect();
        assert_eq!(fields, [told], "{:#?}", outcome.problems);
        assert!(outcome.problems.iter().all(|p| !p.todo.is_empty()));
    }
    assert_eq!(own_cards(&stage).await.len(), 0);
    assert!(!stage.data.join("profiles").exists());
    made(&stage, &[]).await;
    let twice = make(&stage, &[("publisher", "Somebody else")]).await;
    assert!(!twice.stored);
    assert_eq!(twice.problems[0].field.as_deref(), Some("vendor"));
    assert_eq!(own_cards(&stage).await.len(), 1);
    let unknown = Call::ProfileForm {
        template: "nothing".into(),
    };
    assert_eq!(stage.refused(unknown).await.id, "GW-SET-0003");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_goes_to_a_colleague_as_a_file() {
    let stage = Stage::set(before_graph()).await;
    made(&stage, &[]).await;
    let profile = PROFILE.to_owned();
    let Reply::Saved { path } = stage.call(Call::ExportProfile { profile }).await else {
        panic!("not saved")
    };
    let built_in = Call::ExportProfile {
        profile: "huntress".into(),
    };
    assert_eq!(stage.refused(built_in).await.id, "GW-PRF-0005");

    let colleague = Stage::set(before_graph()).await;
    assert!(!gallery(&colleague).await.imports);
    chooses(&colleague, Path::new(&path));
    assert!(gallery(&colleague).await.imports);
    let outcome = form(&colleague, Call::ImportProfile).await;
    assert!(outcome.stored, "{:#?}", outcome.problems);
    assert_eq!(own_cards(&colleague).await, own_cards(&stage).await);
    // The same once more is told, and so is one that was changed on the way.
    let twice = form(&colleague, Call::ImportProfile).await;
    assert_eq!(twice.problems[0].id, "GW-PRF-0002", "{twice:#?}");
    let text = std::fs::read_to_string(&path).expect("a file");
    let bad = colleague.data.join("bad.toml");
    std::fs::write(&bad, text.replace("https://", "http://")).expect("written");
    chooses(&colleague, &bad);
    let refused = form(&colleague, Call::ImportProfile).await;
    assert!(!refused.stored);
    let why = refused.problems[0].why.clone().unwrap_or_default();
    assert!(why.starts_with("bad.toml, line "), "{why}");
    assert!(why.contains("https://"), "{why}");

    // Put away, and taken up again from the file that it was saved as.
    colleague.call(put_away(&colleague).await).await;
    assert_eq!(own_cards(&colleague).await.len(), 0);
    chooses(&colleague, Path::new(&path));
    assert!(form(&colleague, Call::ImportProfile).await.stored);
    assert_eq!(own_cards(&colleague).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn profiles_are_there_after_a_start_and_a_damaged_one_is_told_on_home() {
    let folder = tempfile::tempdir().expect("a folder");
    let knobs = || Knobs {
        data: Some(folder.path().to_owned()),
        ..before_graph()
    };
    let stage = Stage::set(knobs()).await;
    made(&stage, &[]).await;
    made(&stage, &[("product", "Day Watch")]).await;
    let id = begun(&stage).await;
    assert_eq!(home(&stage).await.problems, []);
    stage.practice.shutdown().await;
    drop(stage);

    let damaged = folder
        .path()
        .join("profiles/own-sable-ridge-day-watch.toml");
    let text = std::fs::read_to_string(&damaged).expect("a file");
    std::fs::write(&damaged, &text[..text.len() / 2]).expect("written");
    let stage = Stage::set(knobs()).await;
    let cards = own_cards(&stage).await;
    assert_eq!(cards.len(), 1, "{cards:#?}");
    assert_eq!(cards[0].profile, PROFILE);
    let problems = home(&stage).await.problems;
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let why = problems[0].why.clone().unwrap_or_default();
    assert!(
        why.contains("own-sable-ridge-day-watch.toml, line "),
        "{why}"
    );
    assert_eq!(stage.view(&id).await.current, PhaseName::SignIn);
}
