//! Which groups carry the roles: one that is there, or those that hold one role each.

use grantway_app::contract::Sign;
use grantway_tests::{Knobs, Stage};
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
