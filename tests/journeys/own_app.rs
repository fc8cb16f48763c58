//! Grantway's own app registration: made with a client that is lent for the way in, or given by its client ID; each way to its
//! end and back, and what is refused.

use std::collections::BTreeMap;

use grantway_app::contract::{
    Call, CheckRow, DonePage, Page, PhaseName, Reply, SettingsView, Sign,
};
use grantway_tests::{Knobs, Stage, differences};
use serde_json::Value;

use crate::recorded;

/// The client that is lent.
const TOOL: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
pub(crate) const LARKSPUR: &str = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001";
/// The client of the practice cloud.
pub(crate) const PRACTICE_CLIENT: &str = "6d1f0c52-3f0b-4c0e-9a51-2b7a4be1c001";

/// A registration that takes accounts of its own tenant alone.
pub(crate) const NARROW_CLIENT: &str = "7b7a4be1-0000-4000-8000-00000000a001";
pub(crate) const NARROW: &str = r#"
[[application]]
client_id = "7b7a4be1-0000-4000-8000-00000000a001"
name = "Narrow"
owner_tenant = "1f2e3d4c-5b6a-4978-8695-a4b3c2d1e001"
publisher = "Larkspur Managed IT"
public_client = true
audience = "AzureADMyOrg"
redirect_uris = ["http://localhost/cb/practice"]
delegated = ["User.Read"]
"#;

/// Somebody who may consent and not make registrations.
pub(crate) const COLLEAGUES: &str = r#"
[[tenant.user]]
id = "b1000000-0000-4000-8000-0000000000f1"
upn = "rolf@larkspur-it.example"
name = "Rolf Ahrens"
password = "practice-Rolf-1"
authenticator = true
roles = ["Privileged Role Administrator"]
plays = "Consents, and makes no registrations"
"#;

/// What is granted with a registration, and what is asked for to plan one, is more than the few calls of such a journey use, so
/// its traffic would look over-privileged.
pub(crate) fn of_few_calls() -> Knobs {
    Knobs::default()
}

pub(crate) async fn begun(stage: &Stage, answers: &[(&str, &str)]) -> String {
    let call = Call::Open {
        profile: "app-registration".into(),
    };
    let Reply::Opened { id } = stage.call(call).await else {
        panic!("no setup")
    };
    answer(stage, &id, answers).await;
    id
}

pub(crate) async fn answer(stage: &Stage, id: &str, answers: &[(&str, &str)]) {
    let given = std::iter::once(&("provider", "larkspur-it.example")).chain(answers);
    let given: BTreeMap<String, String> = given
        .map(|(field, value)| ((*field).to_owned(), (*value).to_owned()))
        .collect();
    let call = Call::Answer {
        id: id.into(),
        answers: stage.with_presets(id, given).await,
    };
    let Reply::Form(outcome) = stage.call(call).await else {
        panic!("no form")
    };
    assert!(outcome.stored, "{:?}", outcome.problems);
}

pub(crate) async fn done(stage: &Stage, id: &str) -> DonePage {
    match stage.view(id).await.page {
        Page::Done(page) => *page,
        other => panic!(
            "not at the end: {other:#?}, stuck: {:?}, {:#?}",
            stage.stuck(),
            stage.problems()
        ),
    }
}

pub(crate) async fn checks(stage: &Stage, id: &str) -> Vec<CheckRow> {
    let call = Call::Setup {
        id: id.into(),
        phase: Some(PhaseName::Check),
    };
    match stage.call(call).await {
        Reply::Setup(view) => match view.page {
            Page::Check(page) => page
                .groups
                .into_iter()
                .flat_map(|group| group.rows)
                .collect(),
            other => panic!("not the checks: {other:#?}, {:#?}", stage.problems()),
        },
        other => panic!("not a setup: {other:?}"),
    }
}

pub(crate) async fn settings(stage: &Stage) -> SettingsView {
    match stage.call(Call::Settings).await {
        Reply::Settings(view) => view,
        other => panic!("not Settings: {other:?}"),
    }
}

/// What the lent client holds in the provider's tenant, scope by scope; none where its entry is not there.
pub(crate) fn tool_holds(dump: &Value) -> Option<Vec<String>> {
    let tenant = &dump["tenants"][LARKSPUR];
    let principals = tenant["service_principals"].as_object()?;
    let (id, _) = principals.iter().find(|(_, p)| p["app_id"] == TOOL)?;
    let grants = tenant["delegated_grants"].as_array()?;
    let own = grants.iter().filter(|grant| grant["client"] == id.as_str());
    let scopes = own.flat_map(|grant| grant["scopes"].as_array().cloned().unwrap_or_default());
    Some(
        scopes
            .filter_map(|scope| scope.as_str().map(str::to_owned))
            .collect(),
    )
}

/// Microsoft's Partner Center: known in the tenant from then on, since others may work through it.
const PARTNER_CENTER: &str = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";

/// What is different but the entries that stay and give nothing: the lent client's, and that of an API.
fn differences_but_tool(before: &Value, after: &Value) -> Vec<String> {
    let mut after = after.clone();
    let principals = &mut after["tenants"][LARKSPUR]["service_principals"];
    if let Some(principals) = principals.as_object_mut() {
        principals.retain(|_, principal| {
            principal["app_id"] != TOOL && principal["app_id"] != PARTNER_CENTER
        });
    }
    differences(before, &after)
}

pub(crate) fn client_of(dump: &Value, name: &str) -> Option<String> {
    let apps = dump["applications"].as_object()?;
    let (client, _) = apps.iter().find(|(_, app)| app["name"] == name)?;
    Some(client.clone())
}

/// Makes the registration and returns its setup.
async fn made(stage: &Stage, answers: &[(&str, &str)]) -> String {
    let id = begun(stage, answers).await;
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn the_registration_is_made_proved_and_taken_back() {
    let stage = Stage::set(recorded("in-order", "own-app")).await;
    let before = stage.dump().await;
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    let Page::SignIn(page) = stage.view(&id).await.page else {
        panic!("not at the seat")
    };
    let notice = page.seats[0].notice.clone().unwrap_or_default();
    assert!(
        notice.contains("Microsoft Graph Command Line Tools"),
        "{notice}"
    );
    assert_eq!(page.blocked, None);
    let asked = page.seats[0].scopes.iter().map(|line| line.scope.as_str());
    let writes: Vec<&str> = asked.filter(|scope| scope.contains("ReadWrite")).collect();
    assert_eq!(
        writes, [""; 0],
        "only reading is asked for before the approval"
    );
    stage.sign_in(&id).await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let page = done(&stage, &id).await;
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    let after = stage.dump().await;
    let client = client_of(&after, "Grantway").expect("the registration is there");
    assert_eq!(settings(&stage).await.client_id, client);
    assert_eq!(tool_holds(&after), Some(Vec::new()));
    // It is of use: another setup signs in with it.
    let other = stage.begin().await;
    stage.sign_in(&other).await;
    assert!(
        matches!(stage.view(&other).await.page, Page::Review(_)),
        "{:#?}",
        stage.problems()
    );
    let typed = page.take_back.as_ref().expect("it can be taken back");
    let word = typed.word.clone();
    let refused = Call::TakeBack {
        id: id.clone(),
        typed: word,
    };
    assert_eq!(stage.refused(refused).await.id, "GW-UND-0003");
    stage
        .call(Call::Close {
            id: other.clone(),
            end_consents: true,
        })
        .await;
    stage.attend(&other).await;
    stage.take_back(&id).await;
    let page = done(&stage, &id).await;
    assert!(
        page.taken_back && page.left.iter().all(|left| !left.failed),
        "{page:#?}"
    );
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    let last = stage.dump().await;
    assert_eq!(tool_holds(&last), Some(Vec::new()));
    assert_eq!(differences_but_tool(&before, &last), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_lent_client_may_have_held_before_stays_with_it() {
    let stage = Stage::set(of_few_calls()).await;
    let id = made(&stage, &[("road", "tool"), ("used", "maybe")]).await;
    let page = done(&stage, &id).await;
    assert_eq!(page.not_proved, 0, "{:#?}", page.proofs);
    let held = tool_holds(&stage.dump().await).unwrap_or_default();
    assert!(
        held.contains(&"Application.Read.All".to_owned()),
        "{held:?}"
    );
    let writes: Vec<&String> = held.iter().filter(|s| s.contains("ReadWrite")).collect();
    assert!(writes.is_empty(), "{held:?}");
    stage.take_back(&id).await;
    let page = done(&stage, &id).await;
    assert!(page.taken_back, "{page:#?}");
    let told = page
        .left
        .iter()
        .any(|left| left.because.contains("may have been there before"));
    assert!(told, "{:#?}", page);
    let held = tool_holds(&stage.dump().await).unwrap_or_default();
    let writes: Vec<&String> = held.iter().filter(|s| s.contains("ReadWrite")).collect();
    assert!(writes.is_empty(), "{held:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_id_that_is_given_is_compared_chosen_and_put_back() {
    let stage = Stage::set(of_few_calls()).await;
    let first = made(&stage, &[("road", "tool"), ("used", "never")]).await;
    let client = settings(&stage).await.client_id;
    let before = stage.dump().await;
    // Somebody forgets it in Settings, and gives it again.
    let forget = serde_json::from_value(serde_json::json!({ "clientId": "" })).expect("a change");
    stage.call(Call::Change { change: forget }).await;
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    let id = begun(&stage, &[("road", "given"), ("client", &client)]).await;
    stage.sign_in(&id).await;
    let rows = checks(&stage, &id).await;
    assert!(rows.iter().all(|row| row.sign == Sign::Pass), "{rows:#?}");
    stage.approve(&id).await;
    stage.attend(&id).await;
    assert_eq!(done(&stage, &id).await.not_proved, 0);
    assert_eq!(settings(&stage).await.client_id, client);
    stage.take_back(&id).await;
    assert!(done(&stage, &id).await.taken_back);
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    let principal = |dump: &Value| dump["applications"][&client].clone();
    assert_eq!(principal(&stage.dump().await), principal(&before));
    assert!(done(&stage, &first).await.not_proved == 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_id_of_nobody_and_one_that_is_none_are_refused() {
    let stage = Stage::set(crate::before_graph()).await;
    let call = Call::Open {
        profile: "app-registration".into(),
    };
    let Reply::Opened { id } = stage.call(call).await else {
        panic!("no setup")
    };
    let answers = [
        ("provider", "larkspur-it.example"),
        ("road", "given"),
        ("client", "4711"),
    ];
    let answers = answers.map(|(field, value)| (field.to_owned(), value.to_owned()));
    let call = Call::Answer {
        id: id.clone(),
        answers: answers.into(),
    };
    let Reply::Form(outcome) = stage.call(call).await else {
        panic!("no form")
    };
    assert!(!outcome.stored);
    assert_eq!(outcome.problems[0].field.as_deref(), Some("client"));
    // One that looks like a client ID and is nobody's: Microsoft's page says so, and nothing is kept.
    let nobody = "00000000-1111-4222-8333-444444444444";
    answer(&stage, &id, &[("road", "given"), ("client", nobody)]).await;
    stage.sign_in(&id).await;
    assert!(matches!(stage.view(&id).await.page, Page::SignIn(_)));
    let stuck = stage.stuck().unwrap_or_default();
    assert!(stuck.contains("AADSTS700016"), "{stuck}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_for_one_tenant_alone_is_named_as_that() {
    let scenario = grantway_practice::ScenarioSource::Builtin("in-order".into());
    let text = scenario.text().expect("a scenario that is built in");
    let knobs = Knobs {
        text: Some(format!("{text}{NARROW}")),
        ..recorded("in-order", "own-app-narrow")
    };
    let stage = Stage::set(knobs).await;
    let id = begun(&stage, &[("road", "given"), ("client", NARROW_CLIENT)]).await;
    stage.sign_in(&id).await;
    let rows = checks(&stage, &id).await;
    let sign = |id: &str| rows.iter().find(|row| row.id == id).map(|row| row.sign);
    assert_eq!(sign("registration"), Some(Sign::Pass), "{rows:#?}");
    assert_eq!(sign("audience"), Some(Sign::Fail));
    assert_eq!(sign("redirects"), Some(Sign::Warn));
    assert_eq!(sign("permissions"), Some(Sign::Warn));
    let found = rows
        .iter()
        .find(|row| row.id == "redirects")
        .map(|row| row.found.clone());
    assert!(
        found
            .unwrap_or_default()
            .contains("http://localhost/cb/global")
    );
    assert_eq!(settings(&stage).await.client_id, PRACTICE_CLIENT);
    assert_eq!(stage.writes().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_consent_and_not_register_is_told_so_before_the_first_write() {
    let knobs = Knobs {
        colleagues: COLLEAGUES,
        ..of_few_calls()
    };
    let stage = Stage::set(knobs).await;
    stage.only("rolf@larkspur-it.example");
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&id).await;
    let Page::Check(page) = stage.view(&id).await.page else {
        panic!("not stopped at the checks, {:#?}", stage.problems())
    };
    assert!(page.blocked.is_some());
    let rows = page.groups.iter().flat_map(|group| &group.rows);
    let failed: Vec<&str> = rows
        .filter(|row| row.sign == Sign::Fail)
        .map(|row| row.id.as_str())
        .collect();
    assert_eq!(failed, ["abilities"]);
    assert_eq!(stage.writes().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_of_another_tenant_makes_no_registration() {
    let stage = Stage::set(crate::before_graph()).await;
    stage.only("marta@alder-dental.example");
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&id).await;
    assert!(matches!(stage.view(&id).await.page, Page::SignIn(_)));
    let stuck = stage.stuck().unwrap_or_default();
    assert!(stuck.contains("AADSTS50020"), "{stuck}");
    assert_eq!(stage.writes().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_refuses_the_audience_stops_at_the_registration() {
    let stage = Stage::set(recorded("apps-refused", "own-app-refused")).await;
    let before = stage.dump().await;
    let id = begun(&stage, &[("road", "tool"), ("used", "never")]).await;
    stage.sign_in(&id).await;
    let policy = checks(&stage, &id).await;
    let policy = policy.iter().find(|row| row.id == "policy").expect("a row");
    assert_eq!(policy.sign, Sign::Warn, "{policy:#?}");
    stage
        .call(Call::Accept {
            id: id.clone(),
            check: "policy".into(),
        })
        .await;
    stage.approve(&id).await;
    stage.attend(&id).await;
    let Page::Apply(page) = stage.view(&id).await.page else {
        panic!("not stopped")
    };
    let problem = page.cards.iter().find_map(|card| card.problem.clone());
    let told = format!("{:?}", problem.expect("a card says why"));
    assert!(told.contains("audience"), "{told}");
    stage.take_back(&id).await;
    assert_eq!(differences_but_tool(&before, &stage.dump().await), [""; 0]);
}
