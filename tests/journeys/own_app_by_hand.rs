//! An app registration that a person makes by hand on the portal's page: to its end and back, what is wrong with it, and what
//! stays when a setup turns to this way.

use grantway_app::contract::{Call, CheckRow, NeedCard, Sign};
use grantway_tests::{Knobs, Stage, differences};
use serde_json::Value;

use crate::own_app::{
    COLLEAGUES, LARKSPUR, NARROW, NARROW_CLIENT, PRACTICE_CLIENT, answer, begun, checks, client_of,
    done, of_few_calls, settings, tool_holds,
};
use crate::recorded;

/// A registration that answers to no address of this cloud.
const MUTE_CLIENT: &str = "7b7a4be1-0000-4000-8000-00000000a002";
const MUTE: &str = r#"
[[application]]
client_id = "7b7a4be1-0000-4000-8000-00000000a002"
name = "Mute"
owner_tenant = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"
publisher = "Larkspur Managed IT"
public_client = true
audience = "AzureADMultipleOrgs"
redirect_uris = ["http://localhost/cb/global"]
delegated = ["User.Read"]
"#;

/// A world with apps of these.
fn with_apps(apps: &[&str]) -> Knobs {
    let scenario = grantway_practice::ScenarioSource::Builtin("in-order".into());
    let text = scenario.text().expect("a scenario that is built in");
    Knobs {
        text: Some(format!("{text}{}", apps.concat())),
        ..of_few_calls()
    }
}

/// The card that waits for a person at a step.
async fn card(stage: &Stage, id: &str, step: &str) -> NeedCard {
    let cards = stage.cards(id).await;
    let card = cards.iter().find(|card| card.step == step);
    card.cloned().unwrap_or_else(|| {
        panic!(
            "{step} is not asked for: {cards:#?}, {:#?}",
            stage.problems()
        )
    })
}

/// A setup whose person makes the registration by hand, approved.
async fn by_hand(stage: &Stage) -> String {
    let id = begun(stage, &[("road", "portal")]).await;
    stage.app.settled(&id).await;
    let rows = checks(stage, &id).await;
    assert!(rows.iter().all(|row| row.sign == Sign::Pass), "{rows:#?}");
    stage.approve(&id).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_that_is_made_by_hand_is_read_chosen_and_left_to_the_person() {
    let stage = Stage::set(recorded("in-order", "own-app-by-hand")).await;
    let before = stage.dump().await;
    let id = by_hand(&stage).await;
    // Nobody has signed in, so nothing was read and nothing is claimed of the registration.
    assert_eq!(stage.writes().await, []);
    let asked = card(&stage, &id, "register").await;
    assert!(asked.asks.is_some());
    let shown: Vec<Option<&str>> = asked.values.iter().map(|v| v.text.as_deref()).collect();
    assert!(
        shown.contains(&Some("Grantway")) && shown.contains(&Some("http://localhost/cb/practice"))
    );
    let refused = Call::FinishTask {
        id: id.clone(),
        step: "register".into(),
        prompts: None,
        given: Some("4711".into()),
    };
    let problem = stage.refused(refused).await;
    assert!(problem.what.contains("4711"), "{problem:?}");
    stage.attend(&id).await;
    let page = done(&stage, &id).await;
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    let client = client_of(&stage.dump().await, "Grantway").expect("the registration is there");
    assert_eq!(settings(&stage).await.client_id, client);
    stage.take_back(&id).await;
    let page = done(&stage, &id).await;
    assert!(page.taken_back, "{page:#?}");
    let left = page
        .left
        .iter()
        .find(|left| left.because.contains("by hand"));
    let left = left.unwrap_or_else(|| panic!("the registration is told: {:#?}", page.left));
    assert!(
        left.by_hand.contains("App registrations") && !left.failed,
        "{left:#?}"
    );
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    let mut last = stage.dump().await;
    assert!(
        last["applications"]
            .as_object_mut()
            .is_some_and(|apps| apps.remove(&client).is_some())
    );
    let principals = last["tenants"][LARKSPUR]["service_principals"].as_object_mut();
    principals
        .expect("apps by id")
        .retain(|_, principal| principal["app_id"] != client.as_str());
    assert_eq!(differences(&before, &last), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_made_registration_for_one_tenant_alone_stops_before_settings_change() {
    let stage = Stage::set(with_apps(&[NARROW])).await;
    let id = by_hand(&stage).await;
    stage.finish_with(&id, "register", NARROW_CLIENT).await;
    let sign_in = card(&stage, &id, "sign-in").await;
    stage.do_card(&id, &sign_in).await;
    let stopped = card(&stage, &id, "sign-in").await;
    let told = format!("{:?}", stopped.problem.expect("a reason"));
    for part in [
        "Account types",
        "http://localhost/cb/global",
        "Policy.Read.All",
        "Multiple Entra ID tenants",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    // The person gives another one, which they make on the page.
    let other = Call::StartOver {
        id: id.clone(),
        step: "sign-in".into(),
    };
    stage.call(other).await;
    stage.attend(&id).await;
    assert_eq!(done(&stage, &id).await.not_proved, 0);
    let client = client_of(&stage.dump().await, "Grantway").expect("the registration is there");
    assert_eq!(settings(&stage).await.client_id, client);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_made_registration_without_this_cloud_s_address_cannot_be_signed_in_to() {
    let stage = Stage::set(with_apps(&[MUTE])).await;
    let id = by_hand(&stage).await;
    stage.finish_with(&id, "register", MUTE_CLIENT).await;
    let sign_in = card(&stage, &id, "sign-in").await;
    assert!(
        sign_in
            .instructions
            .iter()
            .any(|act| act.contains("AADSTS50011"))
    );
    stage.do_card(&id, &sign_in).await;
    assert!(
        stage.stuck().unwrap_or_default().contains("AADSTS50011"),
        "{:?}",
        stage.stuck()
    );
    let stopped = card(&stage, &id, "sign-in").await;
    let acts: Vec<&str> = stopped.acts.iter().map(|act| act.calls.as_str()).collect();
    assert_eq!(acts.first(), Some(&"startTask"));
    assert!(acts.contains(&"startOver"), "{acts:?}");
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
}

/// The scopes that an app holds in the provider's tenant.
fn holds(dump: &Value, client: &str) -> Vec<String> {
    let tenant = &dump["tenants"][LARKSPUR];
    let principals = tenant["service_principals"].as_object();
    let own = principals.into_iter().flatten();
    let ids: Vec<&String> = own
        .filter(|(_, principal)| principal["app_id"] == client)
        .map(|(id, _)| id)
        .collect();
    let grants = tenant["delegated_grants"].as_array().into_iter().flatten();
    let own = grants.filter(|grant| ids.iter().any(|id| grant["client"] == id.as_str()));
    let scopes = own.flat_map(|grant| grant["scopes"].as_array().into_iter().flatten());
    scopes
        .filter_map(|scope| scope.as_str().map(str::to_owned))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_since_does_not_keep_grantway_s_own_permissions() {
    let stage = Stage::set(of_few_calls()).await;
    let id = by_hand(&stage).await;
    stage.attend(&id).await;
    let client = settings(&stage).await.client_id;
    assert!(!holds(&stage.dump().await, &client).is_empty());
    let other = serde_json::json!({ "clientId": NARROW_CLIENT });
    let change = serde_json::from_value(other).expect("a change");
    stage.call(Call::Change { change }).await;
    stage.take_back(&id).await;
    let page = done(&stage, &id).await;
    assert!(
        page.taken_back && page.left.iter().any(|left| left.failed),
        "{page:#?}"
    );
    assert_eq!(settings(&stage).await.client_id, NARROW_CLIENT);
    assert_eq!(holds(&stage.dump().await, &client), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_lent_client_was_allowed_is_told_when_another_way_is_chosen() {
    let stage = Stage::set(of_few_calls()).await;
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&id).await;
    assert_eq!(stage.view(&id).await.told, []);
    let held = tool_holds(&stage.dump().await).unwrap_or_default();
    assert!(held.contains(&"Policy.Read.All".to_owned()), "{held:?}");
    answer(&stage, &id, &[("road", "portal")]).await;
    let told = stage.view(&id).await.told;
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].because.contains("Policy.Read.All"), "{told:#?}");
    assert!(told[0].by_hand.contains("User consent"), "{told:#?}");
    stage.approve(&id).await;
    stage.attend(&id).await;
    stage.take_back(&id).await;
    let page = done(&stage, &id).await;
    assert!(
        page.left.iter().any(|left| left.because == told[0].because),
        "{page:#?}"
    );
    // Who signs in with it again has it taken back as ever.
    let other = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&other).await;
    answer(&stage, &other, &[("road", "portal")]).await;
    answer(&stage, &other, &[("road", "tool"), ("used", "never")]).await;
    assert_eq!(stage.view(&other).await.told.len(), 1);
    stage.sign_in(&other).await;
    assert_eq!(stage.view(&other).await.told, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn where_only_administrators_register_apps_others_are_told_who_can() {
    let scenario = grantway_practice::ScenarioSource::Builtin("in-order".into());
    let text = scenario.text().expect("a scenario that is built in");
    let partner = "partner = true\n";
    let customers = "# ---- The customers";
    // Without a role that reads policies, the rules cannot be seen at all.
    let role = "\"Privileged Role Administrator\"";
    let colleagues = COLLEAGUES.replace(role, &format!("{role}, \"Global Reader\""));
    assert!(text.contains(partner) && text.contains(customers));
    let text = text
        .replacen(
            partner,
            &format!("{partner}apps_by_administrators = true\n"),
            1,
        )
        .replace(customers, &format!("{colleagues}\n{customers}"));
    let knobs = Knobs {
        text: Some(text),
        ..of_few_calls()
    };
    let stage = Stage::set(knobs).await;
    stage.only("rolf@larkspur-it.example");
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&id).await;
    let rows = checks(&stage, &id).await;
    let failed: Vec<&CheckRow> = rows.iter().filter(|row| row.sign == Sign::Fail).collect();
    let names: Vec<&str> = failed.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(names, ["abilities", "rules"]);
    let told = &failed[1];
    assert!(told.found.contains("rolf@larkspur-it.example"), "{told:#?}");
    let remedies: Vec<&str> = told.remedies.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(remedies, ["other-account", "answer-road"]);
    // On the other road the page itself does not let them, and nothing is registered.
    answer(&stage, &id, &[("road", "portal")]).await;
    stage.approve(&id).await;
    let asked = card(&stage, &id, "register").await;
    stage.do_card(&id, &asked).await;
    assert!(card(&stage, &id, "register").await.asks.is_some());
    assert_eq!(client_of(&stage.dump().await, "Grantway"), None);
    assert_eq!(stage.writes().await, []);
}
