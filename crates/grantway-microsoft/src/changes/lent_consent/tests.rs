//! A lent client's consent against scripted answers.

use std::collections::BTreeSet;

use grantway_core::change::{Change, ObjectKey, Observed};
use grantway_core::desired::LentConsent;
use grantway_core::proof::Standing;
use grantway_core::{AppId, ObjectId};
use serde_json::{Value, json as value};

use super::LentConsents;
use crate::changes::room::Room;
use crate::http::scripted::{Reply, empty, json};

const CLIENT: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
const PRINCIPAL: &str = "8486dd19-3e31-418f-b745-15ee1a6ff438";
const PERSON: &str = "b1000000-0000-4000-8000-000000000001";

fn set(scopes: &[&str]) -> BTreeSet<String> {
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

fn desired() -> Value {
    let wanted = LentConsent {
        client: AppId::parse(CLIENT).unwrap(),
        name: "a tool".into(),
        person: ObjectId::parse(PERSON).unwrap(),
        account: "dana@larkspur-it.example".into(),
        keep: set(&["Mail.Read"]),
        asked: set(&["Directory.Read.All", "Application.ReadWrite.All"]),
    };
    serde_json::to_value(wanted).unwrap()
}

fn principal() -> Reply {
    json(200, value!({ "id": PRINCIPAL, "appId": CLIENT }))
}

fn grants(grants: &[(&str, Option<&str>, &str)]) -> Reply {
    let all: Vec<Value> = grants
        .iter()
        .map(|(id, person, scope)| {
            value!({
                "id": id, "clientId": PRINCIPAL, "principalId": person, "resourceId": "r", "scope": scope,
                "consentType": if person.is_some() { "Principal" } else { "AllPrincipals" },
            })
        })
        .collect();
    json(200, value!({ "value": all }))
}

#[tokio::test]
async fn only_what_the_setup_has_brought_goes() {
    // Meanwhile the person has let the tool do more, for this API and for another.
    let room = Room::with([
        principal(),
        grants(&[
            (
                "one",
                Some(PERSON),
                "Mail.Read Directory.Read.All Application.ReadWrite.All Files.Read",
            ),
            ("two", Some(PERSON), "Sites.Read.All"),
            ("three", Some(PERSON), "Application.ReadWrite.All"),
            ("all", None, "User.Read"),
        ]),
        empty(204),
        empty(204),
        principal(),
        grants(&[
            ("one", Some(PERSON), "Mail.Read Files.Read"),
            ("two", Some(PERSON), "Sites.Read.All"),
        ]),
    ])
    .await;
    let change = LentConsents::new(room.bench.graphs.clone());
    let applied = change
        .apply(&room.cx(), &desired(), &Observed::Absent)
        .await;
    let applied = applied.unwrap();
    assert_eq!(
        applied.state["scopes"],
        value!(["Files.Read", "Mail.Read", "Sites.Read.All"])
    );
    let written: Vec<String> = room.server.lines();
    let written: Vec<&String> = written
        .iter()
        .filter(|line| !line.starts_with("GET"))
        .collect();
    assert_eq!(
        written,
        [
            "PATCH /v1.0/oauth2PermissionGrants/one",
            "DELETE /v1.0/oauth2PermissionGrants/three"
        ]
    );
    let patched = room
        .server
        .asked()
        .into_iter()
        .find(|asked| asked.line.starts_with("PATCH"));
    assert_eq!(
        serde_json::from_str::<Value>(&patched.unwrap().body).unwrap(),
        value!({ "scope": "Files.Read Mail.Read" })
    );
}

#[tokio::test]
async fn a_consent_for_everybody_is_no_proof() {
    for (of_everyone, standing) in [
        ("User.Read", Standing::Proved),
        ("User.Read Application.ReadWrite.All", Standing::NotProved),
    ] {
        let room = Room::with([principal(), grants(&[("all", None, of_everyone)])]).await;
        let change = LentConsents::new(room.bench.graphs.clone());
        let proof = change
            .prove(&room.cx(), &desired(), &ObjectKey::new())
            .await;
        assert_eq!(proof.unwrap().standing, standing, "{of_everyone}");
    }
}
