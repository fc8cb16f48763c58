//! Exclusions against scripted answers, and the merge by itself.

use grantway_core::change::{
    Applied, Change, ChangeRecord, Diff, ObjectKey, Observed, Origin, Undone,
};
use grantway_core::proof::Standing;
use grantway_core::{FaultKind, ObjectId, TenantId};
use serde_json::{Value, json as value};

use super::merge::{TenantsUnclear, Who, add, excludes, take_out};
use super::{PolicyExclusions, key_of};
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json, refusal};

const POLICY: &str = "aaaaaaaa-0000-4000-8000-00000000000a";
const US: &str = "8f4c2a10-0000-4000-8000-0000000a6d21";
const THEM: &str = "8f4c2a10-0000-4000-8000-0000000a6d22";
const USER: &str = "22222222-0000-4000-8000-000000000002";
const OTHER_USER: &str = "22222222-0000-4000-8000-000000000003";
const ROOT: &str = "/v1.0/identity/conditionalAccess/policies";

fn us() -> Who {
    Who::Provider(TenantId::parse(US).unwrap())
}

fn user() -> Who {
    Who::Account(ObjectId::parse(USER).unwrap())
}

fn external(types: &str, tenants: Value) -> Value {
    value!({ "guestOrExternalUserTypes": types, "externalTenants": tenants })
}

fn named(members: &[&str]) -> Value {
    value!({
        "@odata.type": "#microsoft.graph.conditionalAccessEnumeratedExternalTenants",
        "membershipKind": "enumerated", "members": members,
    })
}

fn all() -> Value {
    value!({ "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all" })
}

fn users(exclude_users: Value, outside: Value) -> Value {
    value!({
        "includeUsers": ["All"], "excludeUsers": exclude_users, "includeGroups": [], "excludeGroups": ["g"], "includeRoles": [],
        "excludeRoles": [], "includeGuestsOrExternalUsers": null, "excludeGuestsOrExternalUsers": outside,
    })
}

#[test]
fn a_provider_is_merged_into_what_is_there_and_taken_out_to_the_letter() {
    let tables = [
        (Value::Null, external("serviceProvider", named(&[US]))),
        (
            external("none", Value::Null),
            external("serviceProvider", named(&[US])),
        ),
        (
            external(
                "b2bCollaborationGuest, b2bDirectConnectUser",
                named(&[THEM]),
            ),
            external(
                "b2bCollaborationGuest, b2bDirectConnectUser,serviceProvider",
                named(&[THEM, US]),
            ),
        ),
        (
            external("serviceProvider", named(&[THEM])),
            external("serviceProvider", named(&[THEM, US])),
        ),
        (
            external("b2bCollaborationGuest", named(&[US])),
            external("b2bCollaborationGuest,serviceProvider", named(&[US])),
        ),
        (
            external("b2bCollaborationGuest", all()),
            external("b2bCollaborationGuest,serviceProvider", all()),
        ),
        (
            external("internalGuest", Value::Null),
            external("internalGuest,serviceProvider", named(&[US])),
        ),
    ];
    for (before, after) in tables {
        let (before, after) = (users(value!([]), before), users(value!([]), after));
        assert!(!excludes(&before, us()), "{before}");
        assert_eq!(add(&before, us()).unwrap(), after);
        assert!(excludes(&after, us()), "{after}");
        assert_eq!(add(&after, us()).unwrap(), after, "a second time");
        assert_eq!(take_out(&after, Some(&before), us()), before);
    }
}

#[test]
fn what_was_excluded_before_is_left() {
    for outside in [
        external("serviceProvider", all()),
        external(
            "b2bCollaborationGuest,serviceProvider",
            named(&[&US.to_uppercase()]),
        ),
    ] {
        let before = users(value!([USER.to_uppercase()]), outside);
        for who in [us(), user()] {
            assert!(excludes(&before, who));
            assert_eq!(add(&before, who).unwrap(), before);
            assert_eq!(take_out(&before, Some(&before), who), before);
        }
    }
}

#[test]
fn where_no_organisations_are_said_nobody_is_added() {
    for types in ["b2bCollaborationGuest", "internalGuest,serviceProvider"] {
        let before = users(value!([]), external(types, Value::Null));
        assert!(!excludes(&before, us()));
        assert_eq!(add(&before, us()), Err(TenantsUnclear));
    }
}

#[test]
fn what_others_have_done_since_stays() {
    let out = |before: Value, now: Value, left: Value| {
        let taken = take_out(
            &users(value!([]), now),
            Some(&users(value!([]), before)),
            us(),
        );
        assert_eq!(taken["excludeGuestsOrExternalUsers"], left);
    };
    // Another provider has come.
    out(
        Value::Null,
        external("serviceProvider", named(&[US, THEM])),
        external("serviceProvider", named(&[THEM])),
    );
    // Guests have come, of our tenant: the list has nobody else.
    out(
        Value::Null,
        external("serviceProvider,b2bCollaborationGuest", named(&[US])),
        external("b2bCollaborationGuest", named(&[US])),
    );
    // Another kind of people has come.
    out(
        external("b2bCollaborationGuest", named(&[THEM])),
        external(
            "b2bCollaborationGuest,serviceProvider,otherExternalUser",
            named(&[THEM, US]),
        ),
        external("b2bCollaborationGuest,otherExternalUser", named(&[THEM])),
    );
    // Everybody else is out of the list.
    out(
        external("serviceProvider", named(&[THEM])),
        external("serviceProvider", named(&[US])),
        Value::Null,
    );
    out(
        external("internalGuest,serviceProvider", named(&[THEM])),
        external("internalGuest,serviceProvider", named(&[US])),
        external("internalGuest", Value::Null),
    );
    // All providers are left out now: that is no doing of ours.
    out(
        Value::Null,
        external("serviceProvider", all()),
        external("serviceProvider", all()),
    );

    let before = users(value!([OTHER_USER]), Value::Null);
    let mut now = add(&before, user()).unwrap();
    assert_eq!(now["excludeUsers"], value!([OTHER_USER, USER]));
    now["excludeUsers"] = value!([USER, "gone-since"]);
    now["excludeGroups"] = value!(["g", "h"]);
    let left = take_out(&now, Some(&before), user());
    assert_eq!(left["excludeUsers"], value!(["gone-since"]));
    assert_eq!(left["excludeGroups"], value!(["g", "h"]));
}

#[test]
fn where_the_policy_could_not_be_read_before_ours_is_taken_out_all_the_same() {
    let now = users(value!([OTHER_USER, USER]), Value::Null);
    let left = take_out(&now, None, user());
    assert_eq!(left["excludeUsers"], value!([OTHER_USER]));
    let alone = users(value!([USER]), Value::Null);
    let left = take_out(&alone, None, user());
    assert_eq!(left["excludeUsers"], value!([]), "a list, not null");
}

fn provider() -> Value {
    value!({ "policy": POLICY, "policy_name": "Second factor", "exclude": { "who": "service_provider", "tenant": US, "name": "Larkspur IT" } })
}

fn account() -> Value {
    value!({ "policy": POLICY, "policy_name": "Second factor", "exclude": { "who": "account", "user": USER, "name": "svc@larkspur-it.example" } })
}

fn policy(users: &Value) -> Value {
    value!({
        "id": POLICY, "displayName": "Second factor", "state": "enabled", "createdDateTime": "2020-01-01T00:00:00Z",
        "conditions": { "clientAppTypes": ["all"], "users": users },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    })
}

fn list(users: &Value) -> Reply {
    json(200, value!({ "value": [policy(users)] }))
}

fn one(users: &Value) -> Reply {
    json(200, policy(users))
}

fn gone() -> Reply {
    refusal(404, "ResourceNotFound", "gone")
}

fn record(desired: &Value, before: &Value, applied: Applied) -> ChangeRecord {
    ChangeRecord {
        desired: desired.clone(),
        before: Observed::Present {
            key: key_of(POLICY),
            state: value!({ "users": before }),
            ours: false,
        },
        applied,
    }
}

#[tokio::test]
async fn many_steps_that_read_at_once_cost_one_request() {
    let before = users(value!([]), Value::Null);
    let room = Room::with([list(&before)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let (cx, desired) = (room.cx(), [provider(), account()]);
    let reads = (0..30).map(|n| change.read(&cx, &desired[n % 2], None));
    let all = futures_util::future::join_all(reads).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(room.server.lines(), [format!("GET {ROOT}")]);
}

#[tokio::test]
async fn an_exclusion_is_written_into_what_the_policy_says_now() {
    let planned = users(value!([]), Value::Null);
    // Somebody has added an account between plan and write.
    let now = users(value!([OTHER_USER]), Value::Null);
    let room = Room::with([list(&planned), one(&now), empty(204)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let seen = change.read(&room.cx(), &provider(), None).await.unwrap();
    assert_eq!(change.diff(&provider(), &seen), Diff::Update);
    let done = change.apply(&room.cx(), &provider(), &seen).await.unwrap();
    let after = users(
        value!([OTHER_USER]),
        external("serviceProvider", named(&[US])),
    );
    assert_eq!(done.origin, Origin::Updated);
    assert_eq!(done.state, value!({ "users": after }));
    let sent = room.server.asked().pop().unwrap();
    assert_eq!(sent.line, format!("PATCH {ROOT}/{POLICY}"));
    let body: Value = serde_json::from_str(&sent.body).unwrap();
    assert_eq!(
        body,
        value!({ "conditions": { "users": after } }),
        "whole users, nothing else"
    );
}

#[tokio::test]
async fn after_a_write_the_list_is_read_anew() {
    let (before, after) = (
        users(value!([]), Value::Null),
        users(value!([USER]), Value::Null),
    );
    let room = Room::with([list(&before), one(&before), empty(204), list(&after)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let seen = change.read(&room.cx(), &account(), None).await.unwrap();
    change.apply(&room.cx(), &account(), &seen).await.unwrap();
    let seen = change.read(&room.cx(), &account(), None).await.unwrap();
    assert_eq!(change.diff(&account(), &seen), Diff::AlreadyRight);
    let proof = change
        .prove(&room.cx(), &account(), &ObjectKey::new())
        .await
        .unwrap();
    assert_eq!(proof.standing, Standing::Proved);
    assert_eq!(
        room.server.lines().len(),
        4,
        "the proof takes the list that was just read"
    );
}

#[tokio::test]
async fn a_lost_answer_is_reported_and_looked_up_not_written_again() {
    let (before, after) = (
        users(value!([]), Value::Null),
        users(value!([]), external("serviceProvider", named(&[US]))),
    );
    let room = Room::with([one(&before), Reply::Drop, one(&after)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let seen = Observed::Present {
        key: key_of(POLICY),
        state: value!({ "users": before }),
        ours: false,
    };
    let fault = change
        .apply(&room.cx(), &provider(), &seen)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let mut cx = room.cx();
    cx.cut_off = true;
    let done = change.apply(&cx, &provider(), &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Updated);
    assert!(done.note.is_some());
    // Without a try of ours before, somebody else left the provider out since the plan: theirs to take out.
    room.server.then([one(&after)]);
    let done = change.apply(&room.cx(), &provider(), &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Adopted);
    let patches = room.server.lines();
    let patches = patches.iter().filter(|line| line.starts_with("PATCH"));
    assert_eq!(patches.count(), 1);
}

#[tokio::test]
async fn an_account_that_is_not_seen_yet_is_waited_for_and_a_provider_is_not() {
    let before = users(value!([]), Value::Null);
    let malformed = || {
        refusal(
            400,
            "BadRequest",
            "The server could not process the request because it is malformed or incorrect.",
        )
    };
    let replies = [one(&before), malformed(), one(&before), empty(204)];
    let room = Room::with(replies).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &account(), &Observed::Absent)
        .await;
    assert_eq!(done.unwrap().origin, Origin::Updated);

    room.server.then([one(&before), malformed()]);
    let fault = change
        .apply(&room.cx(), &provider(), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid);
}

#[tokio::test]
async fn refusals_say_what_would_do() {
    let before = users(value!([]), Value::Null);
    let room = Room::with([
        one(&before),
        refusal(403, "Authorization_RequestDenied", "no"),
    ])
    .await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let refused = |needs: &str, fault: FaultKind| match fault {
        FaultKind::Refused { needs: all } => assert!(all.iter().any(|one| one == needs), "{all:?}"),
        other => panic!("{other:?}"),
    };
    let fault = change
        .apply(&room.cx(), &provider(), &Observed::Absent)
        .await;
    refused("Conditional Access Administrator", fault.unwrap_err().kind);
    room.server.then([
        one(&before),
        refusal(
            403,
            "AccessDenied",
            "Your tenant is not licensed for this feature.",
        ),
    ]);
    let fault = change
        .apply(&room.cx(), &provider(), &Observed::Absent)
        .await;
    refused("Microsoft Entra ID P1", fault.unwrap_err().kind);
    room.server.then([refusal(403, "AccessDenied", "no")]);
    let fault = change.read(&room.cx(), &provider(), None).await;
    refused("Policy.Read.All", fault.unwrap_err().kind);
}

#[tokio::test]
async fn quiet_without_a_word_how_long_is_kept_by_everybody() {
    let before = users(value!([]), Value::Null);
    let busy = || refusal(429, "TooManyRequests", "Too many requests");
    let room = Room::with([busy(), busy(), list(&before)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let cx = room.cx();
    let desired = provider();
    let all =
        futures_util::future::join_all((0..5).map(|_| change.read(&cx, &desired, None))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(room.server.lines().len(), 3);
}

#[tokio::test]
async fn a_policy_that_is_gone_stands_in_the_way_and_is_no_harm_at_take_back() {
    let nobody = || json(200, value!({ "value": [] }));
    let room = Room::with([nobody(), gone(), gone(), gone()]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let seen = change.read(&room.cx(), &provider(), None).await.unwrap();
    assert_eq!(seen, Observed::Absent);
    assert!(matches!(
        change.diff(&provider(), &seen),
        Diff::Conflict { .. }
    ));
    let fault = change
        .apply(&room.cx(), &provider(), &seen)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Conflict);
    let applied = Applied {
        origin: Origin::Updated,
        key: key_of(POLICY),
        state: Value::Null,
        note: None,
    };
    let record = record(&provider(), &users(value!([]), Value::Null), applied);
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::WasGone
    );
}

#[tokio::test]
async fn a_plan_that_makes_the_account_itself_cannot_look_yet() {
    let room = Room::with([]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let mut later = account();
    later["exclude"]["user"] = value!({ "after_apply": { "step": "account", "output": "id" } });
    assert_eq!(change.diff(&later, &Observed::Absent), Diff::Update);
    let fields = change.fields(&later, &Observed::Absent);
    assert_eq!(fields.len(), 1);
    assert_ne!(fields[0].before, fields[0].after);
}

#[tokio::test]
async fn a_policy_that_the_plan_makes_itself_is_read_once_it_is_there() {
    let room = Room::with([]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let made = value!({ "after_apply": { "step": "replacing-policy", "output": "id" } });
    let mut desired = account();
    desired["policy"] = made;
    assert_eq!(change.diff(&desired, &Observed::Absent), Diff::Update);
    assert!(!change.fields(&desired, &Observed::Absent).is_empty());
    let fault = change
        .apply(&room.cx(), &desired, &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Local, "{fault:?}");
    assert_eq!(room.server.lines(), Vec::<String>::new());
    // Once the step before has made it, its id stands in the desired state.
    let now = users(value!([]), Value::Null);
    let room = Room::with([one(&now), empty(204)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &account(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Updated);
    assert_eq!(done.key["id"], POLICY);
}

#[tokio::test]
async fn taking_back_takes_out_ours_and_reads_it_back() {
    let before = users(value!([]), Value::Null);
    let now = users(
        value!([OTHER_USER]),
        external("serviceProvider", named(&[US])),
    );
    let left = users(value!([OTHER_USER]), Value::Null);
    let applied = |origin| Applied {
        origin,
        key: key_of(POLICY),
        state: Value::Null,
        note: None,
    };
    let updated = record(&provider(), &before, applied(Origin::Updated));
    let room = Room::with([one(&now), empty(204), one(&now), one(&left)]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let undone = change.undo(&room.cx(), &updated).await.unwrap();
    assert_eq!(undone, Undone::Reverted);
    let body: Value = serde_json::from_str(&room.server.asked()[1].body).unwrap();
    assert_eq!(body["conditions"]["users"], left, "the later account stays");

    // Its answer lost: told so, and the next try finds it done.
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    room.server.then([one(&now), Reply::Drop, one(&left)]);
    let fault = change.undo(&room.cx(), &updated).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let undone = change.undo(&room.cx(), &updated).await.unwrap();
    assert_eq!(undone, Undone::WasGone);

    room.server
        .then([one(&users(value!([]), external("serviceProvider", all())))]);
    let undone = change.undo(&room.cx(), &updated).await.unwrap();
    assert!(matches!(undone, Undone::Drifted { .. }), "{undone:?}");

    let adopted = record(&provider(), &before, applied(Origin::Adopted));
    assert_eq!(
        change.undo(&room.cx(), &adopted).await.unwrap(),
        Undone::Kept
    );
}

#[tokio::test]
async fn whom_a_shared_list_reaches_besides_is_said() {
    let room = Room::with([]).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let also = |outside: Value| {
        let seen = Observed::Present {
            key: key_of(POLICY),
            state: value!({ "users": users(value!([]), outside) }),
            ours: false,
        };
        let fields = change.fields(&provider(), &seen);
        assert_eq!(fields[0].field.key, "field-policy-excludes");
        let after = fields[1..].iter().map(|field| field.after.key.clone());
        after.collect::<Vec<_>>()
    };
    assert!(also(Value::Null).is_empty());
    assert!(also(external("serviceProvider", named(&[THEM]))).is_empty());
    assert!(also(external("internalGuest", Value::Null)).is_empty());
    assert_eq!(
        also(external("b2bCollaborationGuest", named(&[THEM]))),
        ["value-widened-kinds", "value-widened-providers"]
    );
    assert!(also(external("b2bCollaborationGuest", named(&[US]))).is_empty());
    assert_eq!(
        also(external(
            "b2bCollaborationGuest,serviceProvider",
            named(&[THEM])
        )),
        ["value-widened-kinds"]
    );
    assert_eq!(
        also(external("b2bCollaborationGuest", all())),
        ["value-widened-all-providers"]
    );
}

#[tokio::test]
async fn two_steps_that_write_one_policy_take_turns_and_lose_nothing() {
    let before = users(value!([]), Value::Null);
    let one_in = users(value!([]), external("serviceProvider", named(&[US])));
    // The second one is shown what was there before the first, and asks again.
    let replies = [
        one(&before),
        empty(204),
        one(&before),
        one(&one_in),
        empty(204),
    ];
    let room = Room::with(replies).await;
    let change = PolicyExclusions::new(room.bench.graphs.clone());
    let (cx, provider, account) = (room.cx(), provider(), account());
    let (first, second) = futures_util::join!(
        change.apply(&cx, &provider, &Observed::Absent),
        change.apply(&cx, &account, &Observed::Absent),
    );
    let both = users(value!([USER]), external("serviceProvider", named(&[US])));
    assert_eq!(first.unwrap().state, value!({ "users": one_in }));
    assert_eq!(second.unwrap().state, value!({ "users": both }));
    let sent: Value = serde_json::from_str(&room.server.asked()[4].body).unwrap();
    assert_eq!(sent["conditions"]["users"], both);
}
