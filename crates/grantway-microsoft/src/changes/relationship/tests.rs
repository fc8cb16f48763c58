//! Relationships against scripted answers: made once, locked once, ended.

use grantway_core::FaultKind;
use grantway_core::change::{Applied, Change, Diff, Observed, Origin, Undone};
use grantway_core::proof::Standing;
use serde_json::{Value, json as value};

use super::Relationships;
use crate::changes::key_of;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json, refusal};

const ID: &str = "5e55661c-0000-4000-8000-000000000001-72a7ae7e-0000-4000-8000-000000000002";
const ROLE: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";
const OTHER_ROLE: &str = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const CUSTOMER: &str = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";

fn wanted() -> Value {
    value!({
        "customer": CUSTOMER, "customer_name": "Alder Dental", "name": "Vendor HM-7K2Q 2f2e3d4c",
        "roles": [ROLE], "days": 730, "extends_itself": true,
    })
}

fn seen_with(status: &str, role: &str) -> Value {
    value!({
        "@odata.etag": "W/\"1\"", "id": ID, "displayName": "Vendor HM-7K2Q 2f2e3d4c", "status": status,
        "customer": { "tenantId": CUSTOMER, "displayName": "Alder Dental" },
        "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": role }] },
    })
}

fn seen(status: &str) -> Reply {
    json(200, seen_with(status, ROLE))
}

fn list(items: &[Value]) -> Reply {
    json(200, value!({ "value": items }))
}

fn locked() -> Reply {
    json(
        201,
        value!({ "id": "r", "action": "lockForApproval", "status": "created" }),
    )
}

async fn applied(replies: Vec<Reply>) -> (Room, Result<Applied, grantway_core::Fault>) {
    let room = Room::with(replies).await;
    let change = Relationships::new(room.bench.graphs.clone());
    let outcome = change.apply(&room.cx(), &wanted(), &Observed::Absent).await;
    (room, outcome)
}

fn posts(room: &Room) -> Vec<String> {
    let lines = room.server.lines().into_iter();
    lines.filter(|line| line.starts_with("POST")).collect()
}

#[tokio::test]
async fn a_relationship_is_made_and_locked_and_done_when_it_stands_offered() {
    let (room, done) = applied(vec![
        list(&[]),
        json(201, seen_with("created", ROLE)),
        seen("created"),
        locked(),
        seen("created"),
        seen("approvalPending"),
    ])
    .await;
    let done = done.unwrap();
    assert_eq!((done.origin, done.key), (Origin::Created, key_of(ID)));
    let made: Value = serde_json::from_str(&room.server.asked()[1].body).unwrap();
    assert_eq!(
        made,
        value!({
            "displayName": "Vendor HM-7K2Q 2f2e3d4c", "duration": "P730D", "autoExtendDuration": "P180D",
            "customer": { "tenantId": CUSTOMER, "displayName": "Alder Dental" },
            "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": ROLE }] },
        })
    );
    assert_eq!(posts(&room).len(), 2);
}

#[tokio::test]
async fn one_that_an_earlier_try_has_made_is_locked_and_not_made_again() {
    let (room, done) = applied(vec![
        list(&[seen_with("created", ROLE)]),
        seen("created"),
        locked(),
        seen("approvalPending"),
    ])
    .await;
    assert_eq!(done.unwrap().note.unwrap().key, "note-looked-up");
    assert_eq!(posts(&room).len(), 1);
    // And where the lock had come through as well, nothing is sent at all.
    let (room, done) = applied(vec![
        list(&[seen_with("approvalPending", ROLE)]),
        seen("approvalPending"),
    ])
    .await;
    assert_eq!(done.unwrap().origin, Origin::Created);
    assert_eq!(posts(&room), Vec::<String>::new());
}

#[tokio::test]
async fn a_lost_answer_of_the_making_is_told_and_nothing_is_sent_twice() {
    let (room, lost) = applied(vec![list(&[]), Reply::Drop]).await;
    assert_eq!(lost.unwrap_err().kind, FaultKind::AnswerLost);
    assert_eq!(posts(&room).len(), 1);
}

#[tokio::test]
async fn a_lost_answer_of_the_lock_is_looked_up() {
    let (room, done) = applied(vec![
        list(&[]),
        json(201, seen_with("created", ROLE)),
        seen("created"),
        Reply::Drop,
        seen("approvalPending"),
    ])
    .await;
    assert_eq!(done.unwrap().origin, Origin::Created);
    assert_eq!(posts(&room).len(), 2);
}

#[tokio::test]
async fn a_lock_that_is_refused_since_it_is_there_is_no_failure() {
    let refused = || refusal(400, "badRequest", "not in status created");
    // A stale read showed it unlocked; the refusal is looked into.
    let (_, done) = applied(vec![
        list(&[seen_with("created", ROLE)]),
        seen("created"),
        refused(),
        seen("approvalPending"),
    ])
    .await;
    assert_eq!(done.unwrap().origin, Origin::Created);
    let (_, failed) = applied(vec![
        list(&[seen_with("created", ROLE)]),
        seen("created"),
        refused(),
        seen("created"),
    ])
    .await;
    assert!(failed.is_err());
}

#[tokio::test]
async fn another_relationship_of_that_name_is_left_alone() {
    let (room, refused) = applied(vec![list(&[seen_with("approvalPending", OTHER_ROLE)])]).await;
    assert_eq!(refused.unwrap_err().kind, FaultKind::Conflict);
    assert_eq!(posts(&room), Vec::<String>::new());
    // One that has ended does not count: its name is free.
    let (room, _) = applied(vec![
        list(&[seen_with("terminated", ROLE)]),
        json(201, seen_with("created", ROLE)),
        seen("approvalPending"),
    ])
    .await;
    assert_eq!(posts(&room).len(), 1);
}

#[tokio::test]
async fn what_is_not_locked_yet_is_to_be_changed_and_other_roles_are_a_conflict() {
    let room = Room::with([]).await;
    let change = Relationships::new(room.bench.graphs.clone());
    let present = |roles: &[&str], locked: bool| Observed::Present {
        key: key_of(ID),
        state: value!({ "roles": roles, "locked": locked }),
        ours: true,
    };
    let diff = |observed| change.diff(&wanted(), &observed);
    assert_eq!(diff(Observed::Absent), Diff::Create);
    assert_eq!(diff(present(&[ROLE], false)), Diff::Update);
    assert_eq!(diff(present(&[ROLE], true)), Diff::AlreadyRight);
    assert!(matches!(
        diff(present(&[OTHER_ROLE], true)),
        Diff::Conflict { .. }
    ));
}

#[tokio::test]
async fn it_is_proved_only_when_the_customer_has_made_it_active() {
    for (status, standing) in [
        ("approvalPending", Standing::NotProved),
        ("active", Standing::Proved),
        ("terminated", Standing::NotProved),
    ] {
        let room = Room::with([seen(status)]).await;
        let change = Relationships::new(room.bench.graphs.clone());
        let proof = change.prove(&room.cx(), &wanted(), &key_of(ID)).await;
        assert_eq!(proof.unwrap().standing, standing, "{status}");
    }
    let room = Room::with([json(200, seen_with("active", OTHER_ROLE))]).await;
    let change = Relationships::new(room.bench.graphs.clone());
    let proof = change.prove(&room.cx(), &wanted(), &key_of(ID)).await;
    assert_eq!(proof.unwrap().standing, Standing::NotProved);
}

#[tokio::test]
async fn its_end_is_told_with_its_proof() {
    let mut ending = seen_with("active", ROLE);
    ending["endDateTime"] = value!("2027-03-14T09:00:00Z");
    let room = Room::with([json(200, ending), seen("active")]).await;
    let change = Relationships::new(room.bench.graphs.clone());
    let proof = change.prove(&room.cx(), &wanted(), &key_of(ID)).await;
    let expiry = proof.unwrap().expiry.expect("it ends");
    assert_eq!(expiry.at, "2027-03-14T09:00:00Z".parse().unwrap());
    assert_eq!(expiry.what.key, "ends-relationship");
    let endless = change.prove(&room.cx(), &wanted(), &key_of(ID)).await;
    assert_eq!(endless.unwrap().expiry, None);
}

async fn undone(replies: Vec<Reply>) -> (Room, Result<Undone, grantway_core::Fault>) {
    let room = Room::with(replies).await;
    let change = Relationships::new(room.bench.graphs.clone());
    let done = Applied {
        origin: Origin::Created,
        key: key_of(ID),
        state: value!({ "roles": [ROLE], "locked": true }),
        note: None,
    };
    let record = room.record(&wanted(), done);
    let outcome = change.undo(&room.cx(), &record).await;
    (room, outcome)
}

#[tokio::test]
async fn one_that_was_never_offered_is_deleted_and_any_other_is_ended() {
    let gone = || refusal(404, "notFound", "gone");
    let (room, outcome) = undone(vec![seen("created"), empty(204), gone()]).await;
    assert_eq!(outcome.unwrap(), Undone::Reverted);
    let delete = &room.server.asked()[1];
    assert!(delete.line.starts_with("DELETE"), "{}", delete.line);
    assert_eq!(delete.headers["if-match"], "W/\"1\"");

    let ended = || {
        json(
            201,
            value!({ "id": "t", "action": "terminate", "status": "created" }),
        )
    };
    let (room, outcome) = undone(vec![
        seen("active"),
        ended(),
        seen("active"),
        seen("terminationRequested"),
        seen("terminating"),
    ])
    .await;
    assert_eq!(outcome.unwrap(), Undone::Reverted);
    assert_eq!(posts(&room).len(), 1);
    assert!(room.server.asked()[1].body.contains("terminate"));

    let (room, outcome) = undone(vec![seen("terminated")]).await;
    assert_eq!(outcome.unwrap(), Undone::WasGone);
    assert_eq!(posts(&room), Vec::<String>::new());
}

#[tokio::test]
async fn a_lost_answer_of_the_end_is_told_so_that_it_is_looked_at_again() {
    let (_, lost) = undone(vec![seen("active"), Reply::Drop]).await;
    assert_eq!(lost.unwrap_err().kind, FaultKind::AnswerLost);
}

#[tokio::test]
async fn an_end_that_is_on_its_way_is_waited_for_and_not_asked_for_twice() {
    let (room, outcome) = undone(vec![
        seen("terminationRequested"),
        seen("terminationRequested"),
        seen("terminating"),
    ])
    .await;
    // Whether it was our own doing is known to whoever has asked before.
    assert_eq!(outcome.unwrap(), Undone::WasGone);
    assert_eq!(posts(&room), Vec::<String>::new());
}
