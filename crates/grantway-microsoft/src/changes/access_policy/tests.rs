//! Access policies and their switch against scripted answers.

use grantway_core::FaultKind;
use grantway_core::change::{Applied, Change, ChangeRecord, Diff, Observed, Origin, Undone};
use grantway_core::proof::Standing;
use serde_json::{Value, json as value};

use crate::changes::room::Room;
use crate::changes::{AccessPolicies, key_of};
use crate::http::scripted::{Reply, empty, json, refusal};

const POLICY: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
const STRENGTH: &str = "bbbbbbbb-0000-4000-8000-00000000000b";
const USER: &str = "22222222-0000-4000-8000-000000000002";
const US: &str = "8f4c2a10-0000-4000-8000-0000000a6d21";
const ROOT: &str = "/v1.0/identity/conditionalAccess/policies";
const NEW: &str = "2026-11-22T09:59:00Z";
const OLD: &str = "2020-01-01T00:00:00Z";

fn push_for_one() -> Value {
    value!({
        "name": "Push for svc", "users": { "who": "account", "user": USER, "name": "svc" },
        "control": { "control": "strength", "id": STRENGTH, "name": "Authenticator push" }, "enabled": true,
    })
}

fn mfa_for_all(enabled: bool) -> Value {
    value!({
        "name": "Second factor", "users": { "who": "all" }, "exclude_service_provider": US, "control": { "control": "mfa" },
        "enabled": enabled,
    })
}

/// As Graph shows it: every member present.
fn shown(sent: &Value, made: &str) -> Value {
    let mut policy = sent.clone();
    policy["id"] = POLICY.into();
    policy["createdDateTime"] = made.into();
    policy["sessionControls"] = Value::Null;
    let conditions = &mut policy["conditions"];
    conditions["signInRiskLevels"] = value!([]);
    conditions["locations"] = Value::Null;
    conditions["applications"]["excludeApplications"] = value!([]);
    for list in [
        "excludeUsers",
        "includeGroups",
        "excludeGroups",
        "includeRoles",
        "excludeRoles",
    ] {
        conditions["users"][list] = value!([]);
    }
    let controls = &mut policy["grantControls"];
    controls["customAuthenticationFactors"] = value!([]);
    controls["termsOfUse"] = value!([]);
    if controls["authenticationStrength"].is_object() {
        controls["authenticationStrength"]["displayName"] = "Authenticator push".into();
        controls["authenticationStrength@odata.context"] = "https://graph.example/x".into();
    }
    policy
}

fn body(desired: &Value) -> Value {
    super::shape::body(&serde_json::from_value(desired.clone()).unwrap()).unwrap()
}

fn list(policies: &[Value]) -> Reply {
    json(200, value!({ "value": policies }))
}

fn gone() -> Reply {
    refusal(404, "ResourceNotFound", "gone")
}

fn defaults_on() -> Reply {
    refusal(
        400,
        "BadRequest",
        "Security Defaults is enabled in the tenant. You must disable Security defaults before enabling a Conditional Access policy.",
    )
}

fn defaults(on: bool) -> Reply {
    json(200, value!({ "id": "x", "isEnabled": on }))
}

fn record(desired: &Value, before: Observed, origin: Origin) -> ChangeRecord {
    ChangeRecord {
        desired: desired.clone(),
        before,
        applied: Applied {
            origin,
            key: key_of(POLICY),
            state: Value::Null,
            note: None,
        },
    }
}

#[tokio::test]
async fn a_policy_is_made_whole_and_proved_from_what_graph_shows() {
    let desired = push_for_one();
    let made = shown(&body(&desired), NEW);
    let room = Room::with([list(&[]), json(201, &made), json(200, &made)]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &desired, &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(
        (done.origin, done.key.clone()),
        (Origin::Created, key_of(POLICY))
    );
    let sent: Value = serde_json::from_str(&room.server.asked()[1].body).unwrap();
    assert_eq!(
        sent,
        value!({
            "displayName": "Push for svc", "state": "enabled",
            "conditions": {
                "clientAppTypes": ["all"], "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": [USER] },
            },
            "grantControls": { "operator": "OR", "builtInControls": [], "authenticationStrength": { "id": STRENGTH } },
        })
    );
    let proof = change.prove(&room.cx(), &desired, &done.key).await.unwrap();
    assert_eq!(proof.standing, Standing::Proved, "{proof:?}");
}

#[tokio::test]
async fn a_policy_whose_answer_was_lost_is_found_by_name_and_time() {
    let desired = mfa_for_all(true);
    let sent = body(&desired);
    let room = Room::with([list(&[]), Reply::Drop, list(&[shown(&sent, NEW)])]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &desired, &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let seen = change.read(&room.cx(), &desired, None).await.unwrap();
    assert!(matches!(seen, Observed::Present { ours: true, .. }));
    assert_eq!(change.diff(&desired, &seen), Diff::AlreadyRight);
    // The list is still the one just read: a second try makes nothing.
    let again = change
        .apply(&room.cx(), &desired, &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(again.origin, Origin::Created);
    let lines = room.server.lines();
    assert_eq!(
        lines.iter().filter(|line| line.starts_with("POST")).count(),
        1
    );
}

#[tokio::test]
async fn a_policy_of_that_name_that_says_something_else_stands_in_the_way() {
    let desired = mfa_for_all(true);
    let room = Room::with([]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let right = shown(&body(&desired), OLD);
    let mut cases = vec![];
    for (pointer, other) in [
        ("/conditions/users/includeUsers", value!([USER])),
        (
            "/conditions/users/excludeGuestsOrExternalUsers",
            Value::Null,
        ),
        ("/conditions/users/excludeGroups", value!(["g"])),
        (
            "/conditions/applications/excludeApplications",
            value!(["a"]),
        ),
        ("/conditions/clientAppTypes", value!(["browser"])),
        (
            "/conditions/locations",
            value!({ "includeLocations": ["x"] }),
        ),
        (
            "/grantControls/builtInControls",
            value!(["mfa", "compliantDevice"]),
        ),
        (
            "/sessionControls",
            value!({ "signInFrequency": { "isEnabled": true } }),
        ),
    ] {
        let mut policy = right.clone();
        *policy.pointer_mut(pointer).unwrap() = other;
        cases.push(policy);
    }
    for policy in cases {
        let seen = fresh_read(&room, &desired, &policy).await;
        let diff = change.diff(&desired, &seen);
        assert!(matches!(diff, Diff::Conflict { .. }), "{policy}");
        let fault = change.apply(&room.cx(), &desired, &seen).await.unwrap_err();
        assert_eq!(fault.kind, FaultKind::Conflict);
    }
    let seen = fresh_read(&room, &desired, &right).await;
    assert_eq!(change.diff(&desired, &seen), Diff::AlreadyRight);
    let done = change.apply(&room.cx(), &desired, &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Adopted);

    // One of our own may leave out more by now.
    let mut ours = shown(&body(&desired), NEW);
    ours["conditions"]["users"]["excludeUsers"] = value!([USER]);
    let seen = fresh_read(&room, &desired, &ours).await;
    assert_eq!(change.diff(&desired, &seen), Diff::AlreadyRight);
}

/// What is read by somebody who has read nothing before.
async fn fresh_read(room: &Room, desired: &Value, policy: &Value) -> Observed {
    room.bench.graphs.policies.forget(|_| true);
    room.server.then([list(std::slice::from_ref(policy))]);
    let change = AccessPolicies::new(room.bench.graphs.clone());
    change.read(&room.cx(), desired, None).await.unwrap()
}

#[tokio::test]
async fn a_policy_that_is_off_is_switched_on_and_one_made_off_may_be_on_by_now() {
    let desired = mfa_for_all(true);
    let mut off = shown(&body(&desired), OLD);
    off["state"] = "disabled".into();
    let room = Room::with([]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let seen = fresh_read(&room, &desired, &off).await;
    assert_eq!(change.diff(&desired, &seen), Diff::Update);
    assert_eq!(change.fields(&desired, &seen).len(), 1);
    // Security Defaults were switched off a moment ago, and the policy does not see it yet.
    room.server
        .then([defaults_on(), defaults(false), empty(204)]);
    let done = change.apply(&room.cx(), &desired, &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Updated);
    // Where they are on it stays refused.
    room.server.then([defaults_on(), defaults(true)]);
    let fault = change.apply(&room.cx(), &desired, &seen).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid);

    let mut on = off.clone();
    on["state"] = "enabled".into();
    let seen = fresh_read(&room, &mfa_for_all(false), &on).await;
    assert_eq!(change.diff(&mfa_for_all(false), &seen), Diff::AlreadyRight);
    assert_eq!(body(&mfa_for_all(false))["state"], "disabled");

    let before = Observed::Present {
        key: key_of(POLICY),
        state: value!(super::State::of(
            &serde_json::from_value(off.clone()).unwrap()
        )),
        ours: false,
    };
    room.server
        .then([json(200, &on), empty(204), json(200, &off)]);
    let record = record(&desired, before, Origin::Updated);
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    assert!(
        room.server
            .asked()
            .iter()
            .any(|asked| asked.body == r#"{"state":"disabled"}"#)
    );
}

#[tokio::test]
async fn what_is_new_is_waited_for_and_what_is_refused_is_said() {
    let desired = push_for_one();
    let made = shown(&body(&desired), NEW);
    let malformed = || refusal(400, "BadRequest", "The request is malformed or incorrect.");
    let room = Room::with([list(&[]), malformed(), malformed(), json(201, &made)]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let done = change.apply(&room.cx(), &desired, &Observed::Absent).await;
    assert_eq!(done.unwrap().origin, Origin::Created);

    let mut all = mfa_for_all(true);
    all["name"] = "Another".into();
    room.server.then([list(&[]), malformed()]);
    let fault = change
        .apply(&room.cx(), &all, &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid, "nothing new in it");
    room.server
        .then([list(&[]), refusal(403, "AccessDenied", "no")]);
    let fault = change
        .apply(&room.cx(), &all, &Observed::Absent)
        .await
        .unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Refused { .. }));
    // Somebody else's of that name has come since the plan.
    let mut other = shown(&body(&all), OLD);
    other["conditions"]["users"]["includeUsers"] = value!([USER]);
    room.server.then([list(&[other])]);
    let fault = change
        .apply(&room.cx(), &all, &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
}

#[tokio::test]
async fn a_policy_of_ours_is_removed_and_read_until_it_is_gone() {
    let desired = mfa_for_all(true);
    let made = shown(&body(&desired), NEW);
    let created = record(&desired, Observed::Absent, Origin::Created);
    let replies = [
        json(200, &made),
        empty(204),
        json(200, &made),
        gone(),
        gone(),
    ];
    let room = Room::with(replies).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::Reverted
    );
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::WasGone
    );
    let mut edited = made.clone();
    edited["conditions"]["users"]["includeRoles"] = value!(["r"]);
    room.server.then([json(200, &edited)]);
    let undone = change.undo(&room.cx(), &created).await.unwrap();
    assert!(matches!(undone, Undone::Drifted { .. }));
    let deletes = room.server.lines();
    assert_eq!(
        deletes
            .iter()
            .filter(|line| line.starts_with("DELETE"))
            .count(),
        1
    );
}

#[tokio::test]
async fn a_switch_goes_back_to_what_it_was_unless_somebody_has_turned_it() {
    let desired = mfa_for_all(true);
    let policy = |state: &str| {
        let mut policy = shown(&body(&desired), OLD);
        policy["state"] = state.into();
        policy
    };
    let room = Room::with([list(&[policy("disabled")]), empty(204)]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let before = change.read(&room.cx(), &desired, None).await.unwrap();
    assert_eq!(change.diff(&desired, &before), Diff::Update);
    let done = change.apply(&room.cx(), &desired, &before).await.unwrap();
    assert_eq!(done.origin, Origin::Updated);
    let record = ChangeRecord {
        applied: done,
        ..record(&desired, before, Origin::Updated)
    };
    room.server.then([
        json(200, policy("enabled")),
        empty(204),
        json(200, policy("disabled")),
        json(200, policy("enabledForReportingButNotEnforced")),
        gone(),
    ]);
    let undo = async || change.undo(&room.cx(), &record).await.unwrap();
    assert_eq!(undo().await, Undone::Reverted);
    assert!(matches!(undo().await, Undone::Drifted { .. }));
    assert_eq!(undo().await, Undone::WasGone);
}

#[tokio::test]
async fn policies_stand_in_one_queue_of_one_a_second() {
    let room = Room::with([list(&[]), gone()]).await;
    let change = AccessPolicies::new(room.bench.graphs.clone());
    let start = grantway_core::ports::Clock::now(room.bench.clock.as_ref());
    let desired = mfa_for_all(true);
    change.read(&room.cx(), &desired, None).await.unwrap();
    let key = key_of(POLICY);
    change.read(&room.cx(), &desired, Some(&key)).await.unwrap();
    assert_eq!(
        room.server.lines(),
        [format!("GET {ROOT}"), format!("GET {ROOT}/{POLICY}")]
    );
    let waited = grantway_core::ports::Clock::now(room.bench.clock.as_ref()).duration_since(start);
    assert_eq!(waited.as_secs(), 1);
}
