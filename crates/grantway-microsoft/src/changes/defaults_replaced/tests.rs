//! Both switches against scripted answers: what matters is what stands when the second one fails.

use grantway_core::FaultKind;
use grantway_core::change::{Applied, Change, ChangeRecord, Diff, Observed, Origin, Undone};
use grantway_core::proof::Standing;
use serde_json::{Value, json as value};

use super::{DefaultsReplacements, State};
use crate::changes::key_of;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json, refusal};

const POLICY: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
const DEFAULTS: &str = "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy";

fn desired() -> Value {
    value!({ "policy": POLICY, "policy_name": "Second factor" })
}

fn policy(state: &str) -> Reply {
    json(
        200,
        value!({ "id": POLICY, "displayName": "Second factor", "state": state }),
    )
}

fn defaults(on: bool) -> Reply {
    json(200, value!({ "id": "d", "isEnabled": on }))
}

fn no() -> Reply {
    refusal(403, "accessDenied", "no")
}

fn on_and_off() -> [String; 2] {
    let of_policy = format!("PATCH /v1.0/identity/conditionalAccess/policies/{POLICY}");
    [format!("PATCH {DEFAULTS}"), of_policy]
}

/// What was written, in order, with the bodies.
fn written(room: &Room) -> Vec<(String, Value)> {
    let [of_defaults, of_policy] = on_and_off();
    let asked = room.server.asked();
    let writes = asked
        .iter()
        .zip(room.server.lines())
        .filter_map(|(asked, line)| {
            let body: Value = serde_json::from_str(&asked.body).ok()?;
            (line == of_defaults)
                .then(|| ("defaults".to_owned(), body["isEnabled"].clone()))
                .or_else(|| {
                    (line == of_policy).then(|| ("policy".to_owned(), body["state"].clone()))
                })
        });
    writes.collect()
}

fn wrote(room: &Room, expected: &[(&str, Value)]) {
    let expected: Vec<(String, Value)> = expected
        .iter()
        .map(|(what, to)| ((*what).to_owned(), to.clone()))
        .collect();
    assert_eq!(written(room), expected);
}

fn record(were_on: bool) -> ChangeRecord {
    ChangeRecord {
        desired: desired(),
        before: Observed::Absent,
        applied: Applied {
            origin: Origin::Updated,
            key: key_of(POLICY),
            state: super::json(&State::done(were_on)),
            note: None,
        },
    }
}

#[tokio::test]
async fn the_policy_takes_over_is_proved_and_gives_way_again() {
    let room = Room::with([
        defaults(true),
        empty(204),
        defaults(false),
        empty(204),
        policy("enabled"),
        defaults(false),
        policy("enabled"),
        defaults(false),
        empty(204),
        refusal(400, "BadRequest", "a policy is enabled"),
        empty(204),
        defaults(true),
    ])
    .await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    assert_eq!(
        change.diff(&desired(), &Observed::Absent),
        Diff::Conflict {
            because: grantway_core::Text::new("conflict-policy-gone")
                .with("policy", "Second factor"),
        }
    );
    let done = change
        .apply(&room.cx(), &desired(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Updated);
    let proof = change.prove(&room.cx(), &desired(), &done.key).await;
    assert_eq!(proof.unwrap().standing, Standing::Proved);
    let record = ChangeRecord {
        applied: done,
        ..record(true)
    };
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    wrote(
        &room,
        &[
            ("defaults", value!(false)),
            ("policy", value!("enabled")),
            ("policy", value!("disabled")),
            ("defaults", value!(true)),
            ("defaults", value!(true)),
        ],
    );
}

#[tokio::test]
async fn where_the_policy_cannot_go_on_security_defaults_are_put_back() {
    let room = Room::with([
        defaults(true),
        empty(204),
        defaults(false),
        no(),
        empty(204),
        defaults(true),
    ])
    .await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &desired(), &Observed::Absent)
        .await
        .unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Refused { .. }), "{fault:?}");
    assert!(!fault.detail.contains("nothing asks"), "{fault:?}");
    wrote(
        &room,
        &[
            ("defaults", value!(false)),
            ("policy", value!("enabled")),
            ("defaults", value!(true)),
        ],
    );
}

#[tokio::test]
async fn where_putting_back_fails_too_it_is_said_that_nothing_protects() {
    let room = Room::with([defaults(true), empty(204), defaults(false), no(), no()]).await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &desired(), &Observed::Absent)
        .await
        .unwrap_err();
    assert!(fault.detail.contains("nothing asks"), "{fault:?}");
}

#[tokio::test]
async fn where_security_defaults_cannot_come_back_the_policy_goes_on_again() {
    let room = Room::with([
        policy("enabled"),
        defaults(false),
        empty(204),
        no(),
        empty(204),
    ])
    .await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let fault = change.undo(&room.cx(), &record(true)).await.unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Refused { .. }), "{fault:?}");
    wrote(
        &room,
        &[
            ("policy", value!("disabled")),
            ("defaults", value!(true)),
            ("policy", value!("enabled")),
        ],
    );
}

#[tokio::test]
async fn a_try_that_was_cut_off_between_the_switches_still_knows_what_to_put_back() {
    let room = Room::with([defaults(false), empty(204)]).await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let mut cx = room.cx();
    cx.cut_off = true;
    let done = change.apply(&cx, &desired(), &Observed::Absent).await;
    assert_eq!(done.unwrap().state, super::json(&State::done(true)));
    // Off by somebody else's doing: take back leaves them so.
    room.server.then([defaults(false), empty(204)]);
    let done = change
        .apply(&room.cx(), &desired(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.state, super::json(&State::done(false)));
    room.server
        .then([policy("enabled"), defaults(false), empty(204)]);
    let undone = change.undo(&room.cx(), &record(false)).await.unwrap();
    assert_eq!(undone, Undone::Reverted);
    assert!(!written(&room).iter().any(|(what, _)| what == "defaults"));
}

#[tokio::test]
async fn a_take_back_that_was_cut_off_between_the_switches_protects_again_when_it_fails() {
    let room = Room::with([policy("disabled"), defaults(false), no(), empty(204)]).await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let mut cx = room.cx();
    cx.cut_off = true;
    change.undo(&cx, &record(true)).await.unwrap_err();
    wrote(
        &room,
        &[("defaults", value!(true)), ("policy", value!("enabled"))],
    );
}

#[tokio::test]
async fn a_policy_that_somebody_removed_leaves_security_defaults_to_protect() {
    let gone = || refusal(404, "ResourceNotFound", "gone");
    let room = Room::with([gone(), defaults(false), empty(204), defaults(true)]).await;
    let change = DefaultsReplacements::new(room.bench.graphs.clone());
    let undone = change.undo(&room.cx(), &record(true)).await.unwrap();
    assert_eq!(undone, Undone::Reverted);
    wrote(&room, &[("defaults", value!(true))]);
}
