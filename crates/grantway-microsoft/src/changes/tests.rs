//! Changes against scripted answers: what is sent, what is concluded, and what is never done twice.

use grantway_core::FaultKind;
use grantway_core::change::{
    Applied, Change, ChangeRecord, Diff, ObjectKey, Observed, Origin, Undone,
};
use grantway_core::ports::{Clock, Secrets};
use grantway_core::proof::Standing;
use secrecy::SecretString;
use serde_json::{Value, json as value};

use super::room::Room;
use super::{
    AccessAssignments, Accounts, DirectoryRoles, EnterpriseApps, Groups, Memberships, key_of,
};
use crate::http::scripted::{Reply, empty, json, refusal, with_headers};

const GROUP: &str = "11111111-0000-4000-8000-000000000001";
const USER: &str = "22222222-0000-4000-8000-000000000002";
const APP: &str = "33333333-0000-4000-8000-000000000003";
const ROLE: &str = "62e90394-69f5-4237-9190-012177145e10";

fn applied(key: ObjectKey, state: Value) -> Applied {
    Applied {
        origin: Origin::Created,
        key,
        state,
        note: None,
    }
}

fn group() -> Value {
    value!({ "unique_name": "grantway-hm-7k2q", "display_name": "Contoso Access", "mail_nickname": "ContosoAccess", "description": "Made by setup HM-7K2Q" })
}

fn group_seen(description: &str) -> Value {
    value!({ "id": GROUP, "displayName": "Contoso Access", "description": description, "uniqueName": "grantway-hm-7k2q", "securityEnabled": true })
}

#[tokio::test]
async fn a_group_is_made_by_its_unique_name() {
    let room = Room::with([json(201, group_seen("Made by setup HM-7K2Q"))]).await;
    let change = Groups::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &group(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!((done.origin, done.key), (Origin::Created, key_of(GROUP)));
    let asked = &room.server.asked()[0];
    assert_eq!(
        asked.line,
        "PATCH /v1.0/groups(uniqueName='grantway-hm-7k2q')"
    );
    assert_eq!(asked.headers["prefer"], "create-if-missing");
}

#[tokio::test]
async fn a_group_whose_answer_was_lost_is_found_and_not_made_again() {
    let list = |text: &str| json(200, value!({ "value": [group_seen(text)] }));
    // The first answer is lost after the commit; the repeat finds it there.
    let room = Room::with([Reply::Drop, empty(204), list("Made by setup HM-7K2Q")]).await;
    let change = Groups::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &group(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Created);
    assert!(
        room.server
            .lines()
            .iter()
            .all(|line| !line.starts_with("POST"))
    );

    let room = Room::with([empty(204), list("Somebody else's")]).await;
    let change = Groups::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &group(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(
        done.origin,
        Origin::Adopted,
        "what was there before is never taken back"
    );
}

#[tokio::test]
async fn where_upsert_is_refused_a_group_is_looked_for_before_it_is_posted() {
    let nobody = || json(200, value!({ "value": [] }));
    let room = Room::with([
        refusal(400, "Request_BadRequest", "no such key"),
        nobody(),
        json(201, group_seen("Made by setup HM-7K2Q")),
    ])
    .await;
    let change = Groups::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &group(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Created);
    assert_eq!(room.server.lines().last().unwrap(), "POST /v1.0/groups");

    let found = json(
        200,
        value!({ "value": [{ "id": GROUP, "displayName": "Contoso Access", "description": "Made by setup HM-7K2Q", "securityEnabled": true }] }),
    );
    let room = Room::with([refusal(400, "Request_BadRequest", "no such key"), found]).await;
    let change = Groups::new(room.bench.graphs.clone());
    change
        .apply(&room.cx(), &group(), &Observed::Absent)
        .await
        .unwrap();
    assert!(
        room.server
            .lines()
            .iter()
            .all(|line| !line.starts_with("POST"))
    );
}

#[tokio::test]
async fn a_group_of_the_same_name_is_somebody_elses() {
    let namesake = value!({ "id": GROUP, "displayName": "Contoso Access", "description": "Sales", "securityEnabled": true });
    let room = Room::with([json(200, value!({ "value": [namesake] }))]).await;
    let change = Groups::new(room.bench.graphs.clone());
    assert_eq!(
        change.read(&room.cx(), &group(), None).await.unwrap(),
        Observed::Absent
    );
}

#[tokio::test]
async fn a_group_that_others_use_is_left() {
    let members = || json(200, value!({ "value": [{ "id": USER }] }));
    let room = Room::with((0..20).map(|_| members())).await;
    let change = Groups::new(room.bench.graphs.clone());
    let record = room.record(&group(), applied(key_of(GROUP), Value::Null));
    assert!(matches!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Drifted { .. }
    ));
    assert!(
        room.server
            .lines()
            .iter()
            .all(|line| line.starts_with("GET"))
    );
}

#[tokio::test]
async fn a_removed_group_is_read_until_it_is_gone() {
    let gone = || refusal(404, "Request_ResourceNotFound", "gone");
    let still = json(200, group_seen("x"));
    let room = Room::with([
        json(200, value!({ "value": [] })),
        empty(204),
        still,
        gone(),
    ])
    .await;
    let change = Groups::new(room.bench.graphs.clone());
    let record = room.record(&group(), applied(key_of(GROUP), Value::Null));
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    assert_eq!(change.traces(&record).len(), 1);
    room.server.then([gone()]);
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::WasGone
    );
}

fn account() -> Value {
    value!({ "upn": "svc@larkspur-it.example", "display_name": "Service", "mail_nickname": "svc", "password_secret": "hm-7k2q/first" })
}

fn user_seen(made: &str) -> Value {
    value!({ "id": USER, "userPrincipalName": "svc@larkspur-it.example", "displayName": "Service", "accountEnabled": true, "createdDateTime": made })
}

#[tokio::test]
async fn an_account_whose_answer_is_lost_is_reported_so_and_its_password_is_kept() {
    let room = Room::with([Reply::Drop]).await;
    let change = Accounts::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &account(), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::AnswerLost);
    let kept = room.secrets.0.lock().unwrap()["hm-7k2q/first"].clone();
    assert!(
        room.server.asked()[0].body.contains(&kept),
        "the kept password is the one that was sent"
    );
    assert!(!format!("{fault:?}").contains(&kept));

    // The second try is told that it is there, and finds its own.
    room.server.then([
        refusal(
            400,
            "Request_BadRequest",
            "Another object with the same value for property userPrincipalName already exists.",
        ),
        json(200, user_seen("2026-11-22T09:59:00Z")),
    ]);
    let done = change
        .apply(&room.cx(), &account(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(
        (done.origin, done.key["upn"].as_str()),
        (Origin::Created, "svc@larkspur-it.example")
    );
    assert!(
        room.server.asked()[1].body.contains(&kept),
        "one password for one account"
    );
}

#[tokio::test]
async fn an_account_that_was_there_before_is_adopted_or_refused() {
    let room = Room::with([json(200, user_seen("2020-01-01T00:00:00Z"))]).await;
    let change = Accounts::new(room.bench.graphs.clone());
    let seen = change.read(&room.cx(), &account(), None).await.unwrap();
    assert!(matches!(seen, Observed::Present { ours: false, .. }));
    assert_eq!(change.diff(&account(), &seen), Diff::AlreadyRight);
    let mut other = user_seen("2020-01-01T00:00:00Z");
    other["displayName"] = value!("Boss");
    room.server.then([json(200, other)]);
    let seen = change.read(&room.cx(), &account(), None).await.unwrap();
    assert!(matches!(
        change.diff(&account(), &seen),
        Diff::Conflict { .. }
    ));
}

#[tokio::test]
async fn taking_an_account_back_forgets_its_password() {
    let gone = || refusal(404, "Request_ResourceNotFound", "gone");
    let room = Room::with([
        json(200, user_seen("2026-11-22T09:59:00Z")),
        empty(204),
        gone(),
    ])
    .await;
    room.secrets
        .keep("hm-7k2q/first", &SecretString::from("x"))
        .await
        .unwrap();
    let change = Accounts::new(room.bench.graphs.clone());
    let record = room.record(
        &account(),
        applied(key_of(USER), value!({ "upn": "svc@larkspur-it.example" })),
    );
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    assert!(room.secrets.0.lock().unwrap().is_empty());
}

fn membership() -> Value {
    value!({ "group": GROUP, "group_name": "Contoso Access", "member": USER, "member_name": "svc" })
}

#[tokio::test]
async fn a_member_is_added_once_its_group_is_seen_everywhere() {
    let unseen = refusal(
        404,
        "Request_ResourceNotFound",
        "Resource 'x' does not exist or one of its queried reference-property objects are not present.",
    );
    let unseen2 = refusal(
        400,
        "Request_BadRequest",
        "The source resource object or one of the objects being referenced do not exist.",
    );
    let room = Room::with([unseen, unseen2, empty(204)]).await;
    let change = Memberships::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &membership(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Created);
    assert!(
        room.server.asked()[2]
            .body
            .contains(&format!("/v1.0/directoryObjects/{USER}"))
    );
}

#[tokio::test]
async fn a_member_that_is_never_seen_ends_in_a_named_fault() {
    let unseen = || refusal(404, "Request_ResourceNotFound", "not present");
    let room = Room::with((0..40).map(|_| unseen())).await;
    let change = Memberships::new(room.bench.graphs.clone());
    let fault = change
        .apply(&room.cx(), &membership(), &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::NotYetVisible);
    assert!(room.server.lines().len() < 25);
}

#[tokio::test]
async fn a_membership_is_proved_from_the_members_side() {
    let room = Room::with([
        json(200, value!({ "value": [] })),
        json(200, value!({ "value": [{ "id": GROUP }] })),
    ])
    .await;
    let change = Memberships::new(room.bench.graphs.clone());
    let proof = change
        .prove(&room.cx(), &membership(), &ObjectKey::new())
        .await
        .unwrap();
    assert_eq!(proof.standing, Standing::Proved);
    assert!(
        room.server.lines()[0].starts_with(&format!("GET /v1.0/users/{USER}/transitiveMemberOf"))
    );
}

#[tokio::test]
async fn a_role_that_is_taken_away_is_read_until_it_is_gone() {
    let desired = value!({ "principal": USER, "principal_name": "svc", "role": ROLE, "role_name": "Global Administrator", "held": false });
    let held = json(
        200,
        value!({ "value": [{ "id": "a1", "directoryScopeId": "/" }] }),
    );
    let free = json(
        200,
        value!({ "value": [{ "id": "a2", "directoryScopeId": "/administrativeUnits/1" }] }),
    );
    let room = Room::with([empty(204), held, free]).await;
    let change = DirectoryRoles::new(room.bench.graphs.clone());
    let before = Observed::Present {
        key: key_of("a1"),
        state: Value::Null,
        ours: true,
    };
    let done = change.apply(&room.cx(), &desired, &before).await.unwrap();
    assert_eq!(done.origin, Origin::Removed);
    assert_eq!(
        room.server.lines()[0],
        "DELETE /v1.0/roleManagement/directory/roleAssignments/a1"
    );
    assert_eq!(change.diff(&desired, &Observed::Absent), Diff::AlreadyRight);
}

fn assignment() -> Value {
    value!({ "relationship": "rel-1", "customer": "44444444-0000-4000-8000-000000000004", "group": GROUP, "roles": [ROLE] })
}

fn assignment_seen(status: &str, etag: &str) -> Value {
    value!({
        "id": "as-1", "status": status, "@odata.etag": etag, "accessContainer": { "accessContainerId": GROUP, "accessContainerType": "securityGroup" },
        "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": ROLE }] }
    })
}

#[tokio::test]
async fn an_assignment_waits_for_its_group_and_names_its_relationship() {
    let unseen = refusal(400, "badRequest", "The access container does not exist.");
    let room = Room::with([unseen, json(201, assignment_seen("pending", "1"))]).await;
    let change = AccessAssignments::new(room.bench.graphs.clone());
    let done = change
        .apply(&room.cx(), &assignment(), &Observed::Absent)
        .await
        .unwrap();
    assert_eq!(
        (done.key["id"].as_str(), done.key["relationship"].as_str()),
        ("as-1", "rel-1")
    );
}

#[tokio::test]
async fn an_assignment_is_removed_with_its_etag_and_seen_to_be_deleted() {
    let state = value!({ "roles": [ROLE], "failed": false });
    let key = ObjectKey::from([
        ("id".to_owned(), "as-1".to_owned()),
        ("relationship".to_owned(), "rel-1".to_owned()),
    ]);
    let seen = |status: &str, etag: &str| json(200, assignment_seen(status, etag));
    let stale = refusal(412, "PreconditionFailed", "etag");
    let room = Room::with([
        seen("pending", "1"),
        seen("pending", "1"),
        stale,
        seen("active", "2"),
        empty(204),
        seen("deleting", "3"),
        seen("deleted", "4"),
    ])
    .await;
    let change = AccessAssignments::new(room.bench.graphs.clone());
    let record = room.record(&assignment(), applied(key.clone(), state.clone()));
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    let etags: Vec<_> = room
        .server
        .asked()
        .iter()
        .filter_map(|asked| asked.headers.get("if-match").cloned())
        .collect();
    assert_eq!(etags, ["1", "2"]);

    let mut edited = assignment_seen("active", "5");
    edited["accessDetails"]["unifiedRoles"] = value!([]);
    room.server.then([json(200, edited)]);
    assert!(matches!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Drifted { .. }
    ));
}

#[tokio::test]
async fn an_assignment_with_other_roles_is_changed_and_put_back() {
    let other = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    let mut seen = assignment_seen("active", "1");
    seen["accessDetails"]["unifiedRoles"] = value!([{ "roleDefinitionId": other }]);
    let accepted = with_headers(
        202,
        &[
            ("Location", "http://127.0.0.1/v1.0/x/operations/op-1"),
            ("Retry-After", "10"),
        ],
        "",
    );
    let room = Room::with([
        json(200, value!({ "value": [seen.clone()] })),
        json(200, seen),
        accepted,
        json(200, value!({ "id": "op-1", "status": "running" })),
        json(200, value!({ "id": "op-1", "status": "succeeded" })),
    ])
    .await;
    let change = AccessAssignments::new(room.bench.graphs.clone());
    let before = change.read(&room.cx(), &assignment(), None).await.unwrap();
    assert_eq!(change.diff(&assignment(), &before), Diff::Update);
    let done = change
        .apply(&room.cx(), &assignment(), &before)
        .await
        .unwrap();
    assert_eq!(done.origin, Origin::Updated);
    room.server
        .then([json(200, assignment_seen("active", "2")), empty(200)]);
    let record = ChangeRecord {
        desired: assignment(),
        before,
        applied: done,
    };
    assert_eq!(
        change.undo(&room.cx(), &record).await.unwrap(),
        Undone::Reverted
    );
    let last = room.server.asked().pop().unwrap();
    assert!(
        last.line.starts_with("PATCH") && last.body.contains(other),
        "{last:?}"
    );
}

#[tokio::test]
async fn an_application_of_another_publisher_is_not_proved() {
    let desired = value!({ "app": APP, "publisher": { "name": "Contoso Labs", "verified": true }, "permissions": [] });
    let principal = |name: &str| {
        json(
            200,
            value!({ "id": USER, "appId": APP, "displayName": "App", "verifiedPublisher": { "displayName": name, "verifiedPublisherId": "1" } }),
        )
    };
    let none = || json(200, value!({ "value": [] }));
    let room = Room::with([
        principal("Contoso Labs Ltd"),
        none(),
        none(),
        principal("Contoso Labs"),
        none(),
        none(),
    ])
    .await;
    let change = EnterpriseApps::new(room.bench.graphs.clone());
    let key = key_of(USER);
    assert_eq!(
        change
            .prove(&room.cx(), &desired, &key)
            .await
            .unwrap()
            .standing,
        Standing::NotProved
    );
    assert_eq!(
        change
            .prove(&room.cx(), &desired, &key)
            .await
            .unwrap()
            .standing,
        Standing::Proved
    );
    let granted = |made: &str| {
        json(
            200,
            value!({ "value": [{ "appRoleId": USER, "createdDateTime": made }] }),
        )
    };
    // What was granted since the setup was begun came with it; what was there before, or cannot be told, did not.
    for (grants, expected) in [
        (granted("2026-11-22T09:30:00Z"), true),
        (granted("2025-01-01T00:00:00Z"), false),
        (none(), false),
    ] {
        room.server.then([principal("Contoso Labs"), grants]);
        let seen = change.read(&room.cx(), &desired, None).await.unwrap();
        assert!(
            matches!(seen, Observed::Present { ours, .. } if ours == expected),
            "{seen:?}"
        );
    }
    let fault = change
        .apply(&room.cx(), &desired, &Observed::Absent)
        .await
        .unwrap_err();
    assert_eq!(fault.kind, FaultKind::Invalid);
}

#[tokio::test]
async fn every_app_is_counted_through_all_pages() {
    let room = Room::with([]).await;
    let port = room.server.port;
    let next = format!("http://127.0.0.1:{port}/v1.0/servicePrincipals?$skiptoken=2");
    room.server.then([
        json(
            200,
            value!({ "value": [{ "id": USER }], "@odata.nextLink": next }),
        ),
        json(200, value!({ "value": [{ "id": GROUP }] })),
    ]);
    let change = EnterpriseApps::new(room.bench.graphs.clone());
    let counted = change.census(&room.cx()).await.unwrap();
    assert_eq!(
        counted,
        Some([USER.to_owned(), GROUP.to_owned()].into_iter().collect())
    );
}

#[tokio::test]
async fn waiting_is_bounded_and_goes_by_the_clock_that_was_passed_in() {
    let room = Room::with((0..40).map(|_| json(200, value!({ "value": [] })))).await;
    let change = Memberships::new(room.bench.graphs.clone());
    let start = room.bench.clock.now();
    let proof = change
        .prove(&room.cx(), &membership(), &ObjectKey::new())
        .await
        .unwrap();
    assert_eq!(proof.standing, Standing::NotProved);
    assert!(proof.look_again.is_some());
    let waited = room.bench.clock.now().duration_since(start).as_secs();
    assert!((20..60).contains(&waited), "{waited}");
}
