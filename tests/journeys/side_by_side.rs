//! Two setups in one provider's tenant, each by a person of its own.

use std::collections::BTreeMap;

use grantway_app::contract::{Call, Page, Reply};
use grantway_tests::{Knobs, Stage, differences};
use serde_json::{Value, json};

use crate::recorded;

const DANA: &str = "b1000000-0000-4000-8000-000000000001";
const IMANI: &str = "b1000000-0000-4000-8000-0000000000a1";
const COLLEAGUE: &str = r#"
[[tenant.user]]
id = "b1000000-0000-4000-8000-0000000000a1"
upn = "imani@larkspur-it.example"
name = "Imani Osei"
job = "Service desk"
password = "practice-Imani-1"
authenticator = true
roles = ["Global Administrator"]
groups = ["AdminAgents"]
plays = "Provider's second administrator"
"#;

pub async fn stage(traffic: &'static str) -> Stage {
    Stage::set(Knobs {
        colleagues: COLLEAGUE,
        ..recorded("in-order", traffic)
    })
    .await
}

/// Puts one person in front of the sign-ins that follow.
fn at_the_desk(stage: &Stage, upn: &str) {
    let mut cast = stage.host.cast.lock().expect("no test panicked with it");
    cast.sort_by_key(|(who, _)| who != upn);
    assert_eq!(cast[0].0, upn);
}

/// A setup with names of its own, signed in to.
pub async fn signed_in(stage: &Stage, upn: &str, names: &str) -> String {
    let id = match stage
        .call(Call::Open {
            profile: "huntress".into(),
        })
        .await
    {
        Reply::Opened { id } => id,
        other => panic!("no setup: {other:?}"),
    };
    let answers = BTreeMap::from([
        ("provider".to_owned(), "larkspur-it.example".to_owned()),
        ("customer".to_owned(), "alder-dental.example".to_owned()),
        ("group".to_owned(), format!("Access {names}")),
        (
            "account".to_owned(),
            format!("access-{names}@larkspur-it.example"),
        ),
    ]);
    let answers = stage.with_presets(&id, answers).await;
    let call = Call::Answer {
        id: id.clone(),
        answers,
    };
    match stage.call(call).await {
        Reply::Form(outcome) => assert!(outcome.stored, "{:?}", outcome.problems),
        other => panic!("no form: {other:?}"),
    }
    at_the_desk(stage, upn);
    stage.sign_in(&id).await;
    let page = stage.view(&id).await.page;
    assert!(
        matches!(page, Page::Review(_)),
        "{upn}: {page:#?}, {:?}",
        stage.stuck()
    );
    id
}

/// Who has written to Graph after that many rows of the log.
async fn writers(stage: &Stage, after: usize) -> Vec<String> {
    let log = stage.ask("log").await;
    let rows = log.as_array().expect("a list").iter().skip(after);
    let mut writers: Vec<String> = rows
        .filter(|row| {
            row["service"] == json!("graph")
                && row["committed"] == json!(true)
                && row["method"] != json!("GET")
        })
        .map(|row| row["user"].as_str().unwrap_or_default().to_owned())
        .collect();
    writers.sort();
    writers.dedup();
    writers
}

async fn rows(stage: &Stage) -> usize {
    stage.ask("log").await.as_array().map_or(0, Vec::len)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_setup_works_in_the_name_of_its_own_person() {
    let stage = stage("own-person").await;
    let before = stage.dump().await;
    let first = signed_in(&stage, "dana@larkspur-it.example", "one").await;
    let second = signed_in(&stage, "imani@larkspur-it.example", "two").await;
    // The second sign-in is the newer one; the first setup goes on in the first person's name all the same.
    let mark = rows(&stage).await;
    at_the_desk(&stage, "dana@larkspur-it.example");
    stage.approve(&first).await;
    stage.attend(&first).await;
    assert_eq!(writers(&stage, mark).await, [DANA]);
    let mark = rows(&stage).await;
    at_the_desk(&stage, "imani@larkspur-it.example");
    stage.approve(&second).await;
    stage.attend(&second).await;
    assert_eq!(writers(&stage, mark).await, [IMANI]);
    for (id, upn, who) in [
        (&first, "dana@larkspur-it.example", DANA),
        (&second, "imani@larkspur-it.example", IMANI),
    ] {
        let mark = rows(&stage).await;
        at_the_desk(&stage, upn);
        stage.take_back(id).await;
        let Page::Done(page) = stage.view(id).await.page else {
            panic!("{id} is not at its end")
        };
        assert!(page.taken_back, "{page:#?}, {:#?}", stage.problems());
        assert_eq!(writers(&stage, mark).await, [who]);
    }
    // The second setup worked with the vendor's app too, which the first one had brought.
    let mark = rows(&stage).await;
    at_the_desk(&stage, "dana@larkspur-it.example");
    stage.try_again(&first).await;
    assert_eq!(writers(&stage, mark).await, [DANA]);
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_another_setup_works_with_stays_until_that_one_ends() {
    let stage = stage("shared-consent").await;
    let before = stage.dump().await;
    let first = signed_in(&stage, "dana@larkspur-it.example", "one").await;
    let second = signed_in(&stage, "dana@larkspur-it.example", "two").await;
    for id in [&first, &second] {
        stage.approve(id).await;
        stage.attend(id).await;
    }
    let fate = |page: &Page| -> Option<String> {
        let (take_back, undone) = match page {
            Page::Apply(page) => (&page.take_back, [].as_slice()),
            Page::Done(page) => (&page.take_back, page.undone.as_slice()),
            _ => return None,
        };
        let rows = take_back.iter().flat_map(|view| &view.rows).chain(undone);
        rows.filter(|row| row.step.starts_with("own-consent"))
            .map(|row| row.fate.clone())
            .next()
    };
    let kept = Some("stays: another setup works with it".to_owned());
    let waits = Some("stays until the rest is gone".to_owned());
    assert_eq!(fate(&stage.view(&first).await.page), waits);
    stage.take_back(&first).await;
    let page = stage.view(&first).await.page;
    assert!(
        matches!(&page, Page::Done(page) if page.taken_back),
        "{page:#?}"
    );
    // The second setup works with the vendor's app: until it ends, the first has something to take back.
    assert_eq!(fate(&page), Some("not yet".to_owned()));
    let page = stage.view(&second).await.page;
    assert_eq!(fate(&page), kept, "{page:#?}");
    stage.take_back(&second).await;
    let page = stage.view(&second).await.page;
    assert_eq!(fate(&page), kept, "{page:#?}");
    assert_eq!(own_grants(&stage).await, 1);
    stage.try_again(&first).await;
    let page = stage.view(&first).await.page;
    assert_eq!(fate(&page), Some("gone, and read back".to_owned()));
    assert_eq!(own_grants(&stage).await, 0);
    assert_eq!(
        differences(&before, &stage.dump().await),
        Vec::<String>::new()
    );
}

/// How many grants the first person has given: only ever to the app.
pub async fn own_grants(stage: &Stage) -> usize {
    fn count(value: &Value) -> usize {
        match value {
            Value::Object(fields) => {
                let own = fields.get("for") == Some(&json!(DANA)) && fields.contains_key("scopes");
                usize::from(own) + fields.values().map(count).sum::<usize>()
            }
            Value::Array(items) => items.iter().map(count).sum(),
            _ => 0,
        }
    }
    count(&stage.dump().await)
}
