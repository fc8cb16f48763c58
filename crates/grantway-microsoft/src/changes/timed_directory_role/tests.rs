//! Timed roles against scripted answers.

use grantway_core::FaultKind;
use grantway_core::change::{
    Applied, Change, ChangeRecord, Diff, ObjectKey, Observed, Origin, Undone,
};
use grantway_core::proof::Standing;
use serde_json::{Value, json as value};

use super::TimedDirectoryRoles;
use crate::changes::key_of;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, json, refusal};

const USER: &str = "22222222-0000-4000-8000-000000000002";
const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";
const REQUESTS: &str = "POST /v1.0/roleManagement/directory/roleAssignmentScheduleRequests";

fn role(held: bool) -> Value {
    value!({
        "principal": USER, "principal_name": "svc", "role": ROLE, "role_name": "Global Administrator", "hours": 8, "held": held,
        "justification": "Setup HM-7K2Q",
    })
}

fn instance(more: Value) -> Reply {
    let mut one = value!({
        "id": "i1", "directoryScopeId": "/", "assignmentType": "Assigned", "memberType": "Direct",
        "startDateTime": "2026-11-22T09:59:00Z", "endDateTime": "2026-11-22T17:59:00Z",
    });
    for (name, value) in more.as_object().unwrap() {
        one[name] = value.clone();
    }
    json(200, value!({ "value": [one] }))
}

fn held() -> Reply {
    instance(value!({}))
}

fn nobody() -> Reply {
    json(200, value!({ "value": [] }))
}

fn taken() -> Reply {
    json(201, value!({ "id": "r1", "status": "Provisioned" }))
}

fn requests(room: &Room) -> Vec<Value> {
    let asked = room.server.asked();
    let sent = asked.iter().filter(|asked| asked.line == REQUESTS);
    sent.map(|asked| serde_json::from_str(&asked.body).unwrap())
        .collect()
}

fn record(held: bool, before: Observed, origin: Origin) -> ChangeRecord {
    ChangeRecord {
        desired: role(held),
        before,
        applied: Applied {
            origin,
            key: ObjectKey::new(),
            state: Value::Null,
            note: None,
        },
    }
}

#[tokio::test]
async fn a_role_is_given_for_hours_once_its_holder_is_seen() {
    let unseen = || refusal(404, "ResourceNotFound", "The subject is not found.");
    let unseen2 = || refusal(400, "SubjectNotFound", "The subject is not found.");
    let room = Room::with([unseen(), unseen2(), taken(), nobody(), held()]).await;
    let change = TimedDirectoryRoles::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &role(true), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!((done.origin, done.key), (Origin::Created, key_of("i1")));
    let body = requests(&room).pop().unwrap();
    assert_eq!(body["action"], "adminAssign");
    let schedule = &body["scheduleInfo"];
    assert_eq!(
        schedule["expiration"],
        value!({ "type": "afterDuration", "duration": "PT8H" })
    );
    let start = schedule["startDateTime"].as_str().unwrap();
    assert!(start.ends_with('Z') && !start.contains('.'), "{start}");
    assert_eq!(body["justification"], "Setup HM-7K2Q");

    room.server.then((0..40).map(|_| unseen()));
    let fault = change
        .apply(&room.cx(), &role(true), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotYetVisible);
}

#[tokio::test]
async fn a_lost_answer_is_looked_up() {
    let room = Room::with([Reply::Drop, held()]).await;
    let change = TimedDirectoryRoles::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &role(true), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let seen = change.read(&room.cx(), &role(true), None).await.unwrap();
    assert!(
        matches!(seen, Observed::Present { ours: true, .. }),
        "by the time at which it began"
    );
    assert_eq!(change.diff(&role(true), &seen), Diff::AlreadyRight);

    room.server.then([
        refusal(
            400,
            "RoleAssignmentExists",
            "The Role assignment already exists.",
        ),
        held(),
    ]);
    let done = change
        .apply(&room.cx(), &role(true), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Created);
    assert!(done.note.is_some());
    assert_eq!(requests(&room).len(), 2);
}

#[tokio::test]
async fn only_what_an_administrator_gave_directly_counts() {
    let room = Room::with([
        instance(value!({ "assignmentType": "Activated" })),
        instance(value!({ "memberType": "Group" })),
        instance(value!({ "directoryScopeId": "/administrativeUnits/1" })),
    ])
    .await;
    let change = TimedDirectoryRoles::new(room.bench.graphs.clone());
    for _ in 0..3 {
        let seen = change.read(&room.cx(), &role(true), None).await.unwrap();
        assert_eq!(seen, Observed::Absent);
    }
    room.server.then([instance(
        value!({ "endDateTime": null, "startDateTime": "2020-01-01T00:00:00Z" }),
    )]);
    let seen = change.read(&room.cx(), &role(true), None).await.unwrap();
    let Observed::Present {
        state, ours: false, ..
    } = &seen
    else {
        panic!("{seen:?}");
    };
    assert_eq!(state["ends"], false);
    let done = change.apply(&room.cx(), &role(true), &seen).await.unwrap();
    assert_eq!(done.origin, Origin::Adopted);
}

#[tokio::test]
async fn a_missing_licence_is_named() {
    let room = Room::with([refusal(
        400,
        "AadPremiumLicenseRequired",
        "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
    )])
    .await;
    let change = TimedDirectoryRoles::new(room.bench.graphs.clone());
    let fault = change
        .read(&room.cx(), &role(true), None)
        .await
        .unwrap_err();
    let FaultKind::Refused { needs } = fault.kind else {
        panic!("{fault:?}");
    };
    assert_eq!(needs, ["Microsoft Entra ID P2"]);
}

#[tokio::test]
async fn a_role_is_ended_and_read_until_it_is_gone() {
    let room = Room::with([held(), taken(), held(), nobody(), nobody()]).await;
    let change = TimedDirectoryRoles::new(room.bench.graphs.clone());
    let before = Observed::Present {
        key: key_of("i1"),
        state: Value::Null,
        ours: true,
    };
    assert_eq!(change.diff(&role(false), &before), Diff::Remove);
    let done = change
        .apply(&room.cx(), &role(false), &before)
        .await
        .unwrap();
    assert_eq!((done.origin, done.note), (Origin::Removed, None));
    assert_eq!(requests(&room)[0]["action"], "adminRemove");
    let proof = change
        .prove(&room.cx(), &role(false), &ObjectKey::new())
        .await
        .unwrap();
    assert_eq!(proof.standing, Standing::Proved);

    // Its time was over.
    room.server.then([nobody()]);
    let done = change
        .apply(&room.cx(), &role(false), &before)
        .await
        .unwrap();
    assert!(done.note.is_some());
    // The answer is lost, and so it is read whether it went.
    room.server.then([held(), Reply::Drop, nobody()]);
    let created = record(true, Observed::Absent, Origin::Created);
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::Reverted
    );
    room.server.then([nobody()]);
    assert_eq!(
        change.undo(&room.cx(), &created).await.unwrap(),
        Undone::WasGone
    );
    room.server
        .then([held(), refusal(403, "UnauthorizedAccessException", "no")]);
    let fault = change.undo(&room.cx(), &created).await.unwrap_err();
    assert!(matches!(fault.kind, FaultKind::Refused { .. }));
    // What a step had ended is given again where its rule says so.
    room.server.then([taken(), held()]);
    let removed = record(false, before, Origin::Removed);
    assert_eq!(
        change.undo(&room.cx(), &removed).await.unwrap(),
        Undone::Reverted
    );
    assert_eq!(requests(&room).last().unwrap()["action"], "adminAssign");
}
