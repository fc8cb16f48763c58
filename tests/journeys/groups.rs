//! Which groups carry the roles: one that is there, or those that hold one role each.

use grantway_app::contract::{Call, NeedCard, Page, Sign};
use grantway_tests::{Knobs, Stage, differences};
use serde_json::Value;

use crate::customers::{and_back, plan, to_the_end};
use crate::recorded;

const ALDER: &str = "alder-dental.example";
const ENGINEERS: &str = "a1000000-0000-4000-8000-000000000020";

/// A setup that is signed in, and what the cloud was like before it.
async fn signed_in(traffic: &'static str, answers: &[(&str, &str)]) -> (Stage, String, Value) {
    let stage = Stage::set(recorded("role-groups", traffic)).await;
    let before = stage.dump().await;
    let id = stage.begin().await;
    stage
        .answer_otherwise(&id, &[ALDER.to_owned()], answers)
        .await;
    stage.sign_in(&id).await;
    (stage, id, before)
}

async fn sign_of(stage: &Stage, id: &str, check: &str) -> Sign {
    let rows = crate::customers::checks(stage, id).await;
    let found = rows.iter().find(|row| row.id.starts_with(check));
    found
        .unwrap_or_else(|| panic!("no {check} in {rows:#?}"))
        .sign
}

async fn writes(stage: &Stage, method: &str, ends: &str) -> Vec<String> {
    let writes = stage.writes().await.into_iter();
    writes
        .filter(|(used, path)| used == method && path.ends_with(ends))
        .map(|(_, path)| path)
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_that_is_there_is_used_and_keeps_its_members_and_roles() {
    let answers = [("group-way", "existing"), ("group", "Engineers")];
    let (stage, id, before) = signed_in("existing-group", &answers).await;
    // Tom is in it, and would get the roles too.
    assert_eq!(sign_of(&stage, &id, "group").await, Sign::Warn);
    let rows = plan(&stage, &id).await;
    assert!(rows.iter().all(|row| row.step != "group"), "{rows:#?}");
    to_the_end(&stage, &id).await;
    assert_eq!(
        writes(&stage, "POST", &format!("{ENGINEERS}/members/$ref"))
            .await
            .len(),
        1
    );
    // It held a role in the customer already: its assignment is changed, no second one made.
    assert!(
        writes(&stage, "POST", "/accessAssignments")
            .await
            .is_empty()
    );
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_joins_groups_of_one_role_each_and_no_role_is_assigned() {
    let (stage, id, before) = signed_in("role-groups", &[("group-way", "role-groups")]).await;
    assert_eq!(sign_of(&stage, &id, "role-groups").await, Sign::Pass);
    to_the_end(&stage, &id).await;
    // The admin agents, and a group for each of the ten roles.
    assert_eq!(writes(&stage, "POST", "/members/$ref").await.len(), 11);
    let assigned = stage.writes().await;
    assert!(
        assigned
            .iter()
            .all(|(_, path)| !path.contains("accessAssignments")),
        "{assigned:#?}"
    );
    and_back(&stage, &id, &before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_without_such_groups_is_told_so_and_can_be_answered_otherwise() {
    // Not recorded: it stops at the checks, so what was carried for other reads goes unused.
    let stage = Stage::set(Knobs {
        scenario: "role-groups",
        ..Knobs::default()
    })
    .await;
    let id = stage.begin().await;
    let brackwater = ["brackwater-boats.example".to_owned()];
    let way = [("group-way", "role-groups")];
    stage.answer_otherwise(&id, &brackwater, &way).await;
    stage.sign_in(&id).await;
    assert_eq!(sign_of(&stage, &id, "role-groups").await, Sign::Fail);
    let own = [("group-way", "own")];
    stage.answer_otherwise(&id, &brackwater, &own).await;
    stage.sign_in(&id).await;
    assert_eq!(sign_of(&stage, &id, "group").await, Sign::Pass);
}

/// A setup with an account of its own, in a group that others use.
async fn in_engineers(stage: &Stage, account: &str) -> String {
    let id = stage.begin().await;
    let account = format!("{account}@larkspur-it.example");
    let answers = [
        ("group-way", "existing"),
        ("group", "Engineers"),
        ("account", account.as_str()),
    ];
    stage
        .answer_otherwise(&id, &[ALDER.to_owned()], &answers)
        .await;
    stage.sign_in(&id).await;
    id
}

async fn fate(stage: &Stage, id: &str, step: &str) -> String {
    let Page::Done(page) = stage.view(id).await.page else {
        panic!("{id} is not at its end")
    };
    let rows = page.take_back.iter().flat_map(|view| &view.rows);
    let mut rows = rows.chain(&page.undone);
    let row = rows.find(|row| row.step.starts_with(step));
    row.unwrap_or_else(|| panic!("no {step}: {page:#?}"))
        .fate
        .clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_two_setups_give_one_group_stays_until_both_are_taken_back() {
    let stage = Stage::set(recorded("role-groups", "shared-group")).await;
    let before = stage.dump().await;
    let first = in_engineers(&stage, "access-one").await;
    to_the_end(&stage, &first).await;
    let second = in_engineers(&stage, "access-two").await;
    // The first setup's account is in the group, and the group holds the ten roles by now.
    assert_eq!(sign_of(&stage, &second, "group-holds").await, Sign::Pass);
    to_the_end(&stage, &second).await;
    assert_eq!(
        fate(&stage, &first, "assignment/").await,
        "stays while another setup works with it"
    );
    stage.take_back(&first).await;
    let kept = "stays while another setup works with it";
    assert_eq!(fate(&stage, &first, "consent").await, kept);
    let Page::Done(page) = stage.view(&first).await.page else {
        panic!("not at its end")
    };
    let left: Vec<&str> = page
        .left
        .iter()
        .filter(|left| left.failed)
        .map(|left| left.because.as_str())
        .collect();
    let works = format!("Setup {second} works with it.");
    assert!(
        left.len() > 1 && left.iter().all(|because| *because == works),
        "{left:#?}"
    );
    let ended = writes(&stage, "DELETE", "/$ref").await;
    assert!(
        ended.iter().any(|path| path.contains(ENGINEERS)),
        "{ended:#?}"
    );
    // The second finds its consent and its roles as they were.
    stage.call(Call::Prove { id: second.clone() }).await;
    stage.attend(&second).await;
    let Page::Done(page) = stage.view(&second).await.page else {
        panic!("not at its end")
    };
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    stage.take_back(&second).await;
    let cards = page_cards(&stage, &second).await;
    assert!(cards.is_empty(), "{cards:#?}");
    stage.try_again(&first).await;
    let cards = page_cards(&stage, &first).await;
    assert!(cards.is_empty(), "{cards:#?}");
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new()
    );
}

async fn page_cards(stage: &Stage, id: &str) -> Vec<NeedCard> {
    let Page::Done(page) = stage.view(id).await.page else {
        panic!("{id} is not at its end")
    };
    page.cards
}
