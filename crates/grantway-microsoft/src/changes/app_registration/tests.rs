//! A registration that was there, against scripted answers.

use std::collections::BTreeSet;

use grantway_core::AppId;
use grantway_core::change::{Change, ChangeRecord, ObjectKey, Observed, Origin, Undone};
use grantway_core::desired::{self, ApiScopes};
use serde_json::{Value, json as value};

use super::AppRegistrations;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json};

const ID: &str = "a1000000-0000-4000-8000-000000000001";
const API: &str = "00000003-0000-0000-c000-000000000000";
const OWN: &str = "http://localhost/cb/global";
const OTHER: &str = "http://localhost/other";

fn set(values: &[&str]) -> BTreeSet<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

fn desired() -> Value {
    let wanted = desired::AppRegistration {
        unique_name: "grantway-x".into(),
        display_name: "Ours".into(),
        audience: "AzureADMultipleOrgs".into(),
        redirects: set(&[OWN]),
        permissions: vec![ApiScopes {
            api: AppId::parse(API).unwrap(),
            name: "Graph".into(),
            scopes: set(&["A.Read"]),
        }],
    };
    serde_json::to_value(wanted).unwrap()
}

/// What the API offers: the permissions `A.Read` to `C.Read` under the ids `a` to `c`.
fn offer() -> Reply {
    let scopes = ["a", "b", "c"]
        .map(|id| value!({ "id": id, "value": format!("{}.Read", id.to_uppercase()) }));
    json(
        200,
        value!({ "id": "p", "displayName": "Graph", "oauth2PermissionScopes": scopes }),
    )
}

fn access(ids: &[&str]) -> Value {
    let entries: Vec<Value> = ids
        .iter()
        .map(|id| value!({ "id": id, "type": "Scope" }))
        .collect();
    value!([{ "resourceAppId": API, "resourceAccess": entries }])
}

fn application(redirects: &[&str], ids: &[&str]) -> Reply {
    json(
        200,
        value!({
            "id": ID, "appId": "7b7a4be1-0000-4000-8000-00000000a001", "displayName": "Ours",
            "signInAudience": "AzureADMultipleOrgs", "publicClient": { "redirectUris": redirects },
            "requiredResourceAccess": access(ids),
        }),
    )
}

/// The body of the last change.
fn written(room: &Room) -> Value {
    let mut asked = room.server.asked().into_iter();
    let patch = asked.rfind(|asked| asked.line.starts_with("PATCH"));
    serde_json::from_str(&patch.expect("a change").body).unwrap()
}

#[tokio::test]
async fn what_others_add_after_the_plan_survives_apply_and_take_back() {
    let room = Room::with([
        // The plan has read the registration without any of it.
        application(&["http://localhost/old", OWN], &["b"]),
        offer(),
        // Apply: ids of what is wanted, then what is there by now.
        offer(),
        application(&["http://localhost/old", OWN, OTHER], &["b", "c"]),
        offer(),
        empty(204),
        // Take back: somebody has added one more.
        application(
            &["http://localhost/old", OWN, OTHER, "http://localhost/late"],
            &["a", "b", "c"],
        ),
        offer(),
        empty(204),
    ])
    .await;
    let change = AppRegistrations::new(room.bench.graphs.clone());
    let key = ObjectKey::from([("id".to_owned(), ID.to_owned())]);
    let before = change
        .read(&room.cx(), &desired(), Some(&key))
        .await
        .unwrap();
    assert!(matches!(before, Observed::Present { .. }));
    let applied = change.apply(&room.cx(), &desired(), &before).await.unwrap();
    assert_eq!(applied.origin, Origin::Updated);
    let sent = written(&room);
    assert_eq!(sent["requiredResourceAccess"], access(&["a", "b", "c"]));
    let redirects =
        |sent: &Value| serde_json::from_value(sent["publicClient"]["redirectUris"].clone());
    let sent: BTreeSet<String> = redirects(&sent).unwrap();
    assert_eq!(sent, set(&["http://localhost/old", OWN, OTHER]));
    let record = ChangeRecord {
        desired: desired(),
        before,
        applied,
    };
    let undone = change.undo(&room.cx(), &record).await.unwrap();
    assert_eq!(undone, Undone::Reverted);
    let sent = written(&room);
    assert_eq!(sent["requiredResourceAccess"], access(&["b", "c"]));
    let sent: BTreeSet<String> = redirects(&sent).unwrap();
    assert_eq!(
        sent,
        set(&["http://localhost/old", OWN, OTHER, "http://localhost/late"])
    );
}
