//! Strengths against scripted answers.

use grantway_core::FaultKind;
use grantway_core::change::{Applied, Change, ChangeRecord, Diff, Observed, Origin, Undone};
use serde_json::{Value, json as value};

use super::AuthenticationStrengths;
use crate::changes::key_of;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json, refusal};

const STRENGTH: &str = "bbbbbbbb-0000-4000-8000-00000000000b";
const STRENGTHS: &str = "/v1.0/policies/authenticationStrengthPolicies";

fn list(strengths: &[Value]) -> Reply {
    json(200, value!({ "value": strengths }))
}

fn gone() -> Reply {
    refusal(404, "ResourceNotFound", "gone")
}

fn record(desired: &Value, before: Observed, origin: Origin) -> ChangeRecord {
    ChangeRecord {
        desired: desired.clone(),
        before,
        applied: Applied {
            origin,
            key: key_of(STRENGTH),
            state: Value::Null,
            note: None,
        },
    }
}

fn strength() -> Value {
    value!({ "name": "Authenticator push", "combinations": ["password,microsoftAuthenticatorPush"] })
}

fn strength_seen(description: &str, combination: &str) -> Value {
    value!({ "id": STRENGTH, "displayName": "Authenticator push", "description": description, "allowedCombinations": [combination] })
}

#[tokio::test]
async fn a_strength_is_made_with_the_setups_mark_and_found_by_it() {
    let ours = || {
        strength_seen(
            "Made by Grantway, setup HM-7K2Q.",
            "microsoftAuthenticatorPush, password",
        )
    };
    let all = |seen: Value| {
        json(
            200,
            value!({ "value": [{ "id": "x", "displayName": "Multifactor authentication" }, seen] }),
        )
    };
    let room = Room::with([list(&[]), Reply::Drop, all(ours()), all(ours())]).await;
    let change = AuthenticationStrengths::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &strength(), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let sent = &room.server.asked()[1];
    assert_eq!(sent.line, format!("POST {STRENGTHS}"));
    assert!(sent.body.contains("HM-7K2Q") && sent.body.contains(r#""policyType":"custom""#));
    let seen = change.read(&room.cx(), &strength(), None).await.unwrap();
    assert!(matches!(seen, Observed::Present { ours: true, .. }));
    assert_eq!(
        change.diff(&strength(), &seen),
        Diff::AlreadyRight,
        "flags have no order"
    );
    let again = change
        .apply(&room.cx(), &strength(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(again.origin, Origin::Created);
    assert!(again.note.is_some());
}

#[tokio::test]
async fn a_strength_of_somebody_else_is_used_or_stands_in_the_way() {
    let all = |combination: &str| {
        json(
            200,
            value!({ "value": [strength_seen("Sales", combination)] }),
        )
    };
    let room = Room::with([
        all("password,microsoftAuthenticatorPush"),
        all("password,sms"),
        all("password,sms"),
    ])
    .await;
    let change = AuthenticationStrengths::new(room.bench.graphs.clone());
    let seen = change.read(&room.cx(), &strength(), None).await.unwrap();
    let done = change.apply(&room.cx(), &strength(), &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Adopted);
    let seen = change.read(&room.cx(), &strength(), None).await.unwrap();
    assert!(matches!(
        change.diff(&strength(), &seen),
        Diff::Conflict { .. }
    ));
    let fault = change
        .apply(&room.cx(), &strength(), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
}

#[tokio::test]
async fn a_strength_is_removed_once_no_policy_asks_for_it() {
    let seen = || {
        json(
            200,
            strength_seen("HM-7K2Q", "password,microsoftAuthenticatorPush"),
        )
    };
    let used = refusal(
        400,
        "BadRequest",
        "The authentication strength policy is used by a Conditional Access policy.",
    );
    let room = Room::with([seen(), used, empty(204), gone(), gone()]).await;
    let change = AuthenticationStrengths::new(room.bench.graphs.clone());
    let mut created = record(&strength(), Observed::Absent, Origin::Created);
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::Reverted
    );
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::WasGone
    );
    room.server
        .then([json(200, strength_seen("HM-7K2Q", "fido2"))]);
    let undone = change.undo(&room.cx(), &created).await.unwrap();
    assert!(matches!(undone, Undone::Drifted { .. }));
    created.applied.origin = Origin::Adopted;
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::Kept
    );
    let deletes = room.server.lines();
    assert_eq!(
        deletes
            .iter()
            .filter(|line| line.starts_with("DELETE"))
            .count(),
        2
    );
}

#[tokio::test]
async fn a_strength_that_somebody_uses_since_is_left() {
    let seen = json(
        200,
        strength_seen("HM-7K2Q", "password,microsoftAuthenticatorPush"),
    );
    let used = || refusal(400, "BadRequest", "It is used by a policy.");
    let room = Room::with([seen]).await;
    room.server.then((0..20).map(|_| used()));
    let change = AuthenticationStrengths::new(room.bench.graphs.clone());
    let created = record(&strength(), Observed::Absent, Origin::Created);
    let undone = change.undo(&room.cx(), &created).await.unwrap();
    assert!(matches!(undone, Undone::Drifted { .. }), "{undone:?}");
}
