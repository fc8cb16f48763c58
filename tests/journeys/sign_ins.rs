//! Sign-ins that do not come to what was asked: another account, no rights, a denial, a closed window.

use std::collections::BTreeMap;

use grantway_app::contract::{Call, Page, Sign};
use grantway_cli::robot::Manner;
use grantway_practice::robot::{Consent, Phone};
use grantway_tests::{Knobs, Stage};

use crate::{before_graph, recorded};

async fn at_the_seat(knobs: Knobs) -> (Stage, String) {
    let stage = Stage::set(knobs).await;
    let id = stage.begin().await;
    (stage, id)
}

/// Still at the seat, nothing written, and one problem told: its id and its text.
async fn told(stage: &Stage, id: &str) -> (String, String) {
    let page = stage.view(id).await.page;
    assert!(matches!(page, Page::SignIn(_)), "{page:#?}");
    assert_eq!(stage.writes().await, []);
    let problems = stage.problems();
    let [problem] = problems.as_slice() else {
        panic!("{problems:#?}, stuck: {:?}", stage.stuck())
    };
    assert!(!problem.todo.is_empty(), "{problem:?}");
    let why = problem.why.clone().unwrap_or_default();
    (problem.id.clone(), format!("{} {why}", problem.what))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_another_tenant_is_not_taken() {
    let (stage, id) = at_the_seat(before_graph()).await;
    stage.only("marta@alder-dental.example");
    stage.sign_in(&id).await;
    // The tenant's own sign-in page refuses it, so no answer comes and the window is closed.
    let (problem, _) = told(&stage, &id).await;
    assert_eq!(problem, "GW-SES-0005");
    let stuck = stage.stuck().unwrap_or_default();
    assert!(
        stuck.contains("marta@alder-dental.example") && stuck.contains("AADSTS50020"),
        "{stuck}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technician_without_rights_is_told_so_before_the_first_write() {
    let (stage, id) = at_the_seat(before_graph()).await;
    stage.only("tom@larkspur-it.example");
    stage.sign_in(&id).await;
    assert_eq!(stage.writes().await, []);
    match stage.view(&id).await.page {
        Page::Check(page) => {
            assert!(page.blocked.is_some());
            let failed: Vec<_> = page
                .groups
                .iter()
                .flat_map(|group| &group.rows)
                .filter(|row| row.sign == Sign::Fail)
                .collect();
            assert!(!failed.is_empty(), "{page:#?}");
        }
        // Somebody who may not consent does not come through the sign-in at all.
        Page::SignIn(_) => {
            told(&stage, &id).await;
        }
        other => panic!("{other:#?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denied_consent_changes_nothing_and_can_be_given_later() {
    let (stage, id) = at_the_seat(recorded("in-order", "consent-later")).await;
    let manner = |consent| {
        let mut manner = stage.host.manner.lock().expect("no test panicked with it");
        *manner = Manner {
            consent,
            ..Manner::default()
        };
    };
    manner(Consent::Deny);
    stage.sign_in(&id).await;
    let (_, text) = told(&stage, &id).await;
    assert!(text.contains("declined"), "{text}");
    manner(Consent::Accept);
    stage.sign_in(&id).await;
    let page = stage.view(&id).await.page;
    assert!(matches!(page, Page::Review(_)), "{page:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_is_denied_on_the_phone_ends_the_sign_in() {
    let (stage, id) = at_the_seat(before_graph()).await;
    *stage.host.manner.lock().expect("no test panicked with it") = Manner {
        phone: Phone::Deny,
        ..Manner::default()
    };
    stage.sign_in(&id).await;
    told(&stage, &id).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_is_closed_leaves_the_seat_empty() {
    let (stage, id) = at_the_seat(before_graph()).await;
    // Nobody has an account: the robot closes the window at the first page.
    stage
        .host
        .cast
        .lock()
        .expect("no test panicked with it")
        .clear();
    stage.sign_in(&id).await;
    let (problem, _) = told(&stage, &id).await;
    assert_eq!(problem, "GW-SES-0005");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organisation_with_its_own_sign_in_page_goes_the_whole_way() {
    let (stage, id) = at_the_seat(recorded("federated-provider", "federated-provider")).await;
    stage.sign_in(&id).await;
    // An account for Grantway has to sign in at Microsoft itself, so the federated domain is none for it.
    let Page::Check(page) = stage.view(&id).await.page else {
        panic!("not stopped at the checks, stuck: {:?}", stage.stuck())
    };
    assert!(page.blocked.is_some(), "{page:#?}");
    let answers = BTreeMap::from([(
        "account".to_owned(),
        "vendor-access@larkspur.onmicrosoft.example".to_owned(),
    )]);
    let answers = stage.with_presets(&id, answers).await;
    stage
        .call(Call::Answer {
            id: id.clone(),
            answers,
        })
        .await;
    stage.call(Call::Check { id: id.clone() }).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let page = stage.view(&id).await.page;
    let Page::Done(page) = page else {
        panic!("{page:#?}, {:?}", stage.stuck())
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_nobody_knows_are_refused() {
    let (stage, id) = at_the_seat(before_graph()).await;
    let profile = Call::Open {
        profile: "nobody".into(),
    };
    assert_eq!(stage.refused(profile).await.id, "GW-SET-0002");
    for wrong in ["PR-0000-0000", "../../etc", ""] {
        let call = Call::Setup {
            id: wrong.into(),
            phase: None,
        };
        assert_eq!(stage.refused(call).await.id, "GW-SET-0001", "{wrong}");
    }
    let seat = Call::SignIn {
        id,
        seat: "nobody".into(),
        lane: None,
    };
    assert_eq!(stage.refused(seat).await.id, "GW-SET-0006");
}
