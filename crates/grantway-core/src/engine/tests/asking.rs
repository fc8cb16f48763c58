//! How questions are asked: by themselves, or many by one read.

use super::*;
use crate::fault::FaultKind;

fn question(kind: &str, tenant: TenantId, name: &str) -> Question {
    Question {
        kind: kind.into(),
        tenant,
        about: json!({ "name": name }),
    }
}

/// What was asked, in order.
fn asked(bench: &Bench) -> Vec<String> {
    let world = bench.cloud.world.lock().unwrap();
    world.log.iter().map(|(_, name)| name.clone()).collect()
}

async fn ask(bench: &Bench, questions: &[Question]) -> Facts {
    let state = SetupState::default();
    bench.engine.ask(&state, questions.to_vec()).await.unwrap()
}

#[tokio::test]
async fn questions_that_one_list_answers_are_asked_by_it() {
    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("b", json!({ "size": "m" }), false);
    let few = ["a", "b"].map(|name| question("name-of", tenant(1), name));
    ask(&bench, &few).await;
    assert_eq!(asked(&bench), ["a", "b"], "two are asked one by one");

    let bench = Bench::new();
    bench
        .cloud
        .somebody_makes("b", json!({ "size": "m" }), false);
    let mut many = ["a", "b", "c"]
        .map(|name| question("name-of", tenant(1), name))
        .to_vec();
    many.push(question("name-of", tenant(2), "b"));
    many.push(question("state-of", tenant(1), "b"));
    let facts = ask(&bench, &many).await;
    assert_eq!(
        asked(&bench),
        ["all", "b", "b"],
        "three of one tenant by one list"
    );
    let is_there: Vec<Option<bool>> = many[..4]
        .iter()
        .map(|question| match &facts.readings[&question.key()] {
            Reading::Seen { value, right_used } => {
                assert_eq!(right_used, &["Thing.Read.All"]);
                value.as_bool()
            }
            Reading::CannotSee { .. } => None,
        })
        .collect();
    assert_eq!(is_there, [Some(false), Some(true), Some(false), Some(true)]);
    assert_eq!(facts.readings.len(), 5);
}

#[tokio::test]
async fn a_list_that_is_refused_leaves_each_of_its_questions_unseen() {
    let bench = Bench::new();
    bench.cloud.rule(Verb::Ask, "all", 1, Does::Refuses);
    let many = ["a", "b", "c"].map(|name| question("name-of", tenant(1), name));
    let facts = ask(&bench, &many).await;
    assert_eq!(facts.readings.len(), 3);
    for reading in facts.readings.values() {
        let Reading::CannotSee { fault } = reading else {
            panic!("it was seen: {reading:?}");
        };
        assert!(matches!(fault.kind, FaultKind::Refused { .. }), "{fault:?}");
    }

    bench.cloud.rule(Verb::Ask, "all", 1, Does::IsOffline);
    let state = SetupState::default();
    let fault = bench.engine.ask(&state, many.to_vec()).await;
    assert_eq!(fault.unwrap_err().kind, FaultKind::Offline);
}
