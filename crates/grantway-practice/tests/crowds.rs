//! Crowds of customers: what each state means for who comes from the provider, how fast a thousand are there, and the scenarios that
//! show one obstacle each.

// It measures, and says what it measured.
#![allow(clippy::disallowed_macros)]

use crate::bench;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use bench::{ALDER, Bench, DANA};
use grantway_practice::ScenarioSource;
use grantway_practice::ids::Ids;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const SCOPE: &str = "offline_access https://graph.microsoft.com/.default";
const RELATIONSHIPS: &str = "/tenantRelationships/delegatedAdminRelationships";

async fn start(id: &str) -> Bench {
    Bench::start_with(|options| options.scenario = ScenarioSource::Builtin(id.to_owned())).await
}

/// The tenant whose administrator's card says this.
fn customer(bench: &Bench, told: &str) -> String {
    bench.world(|world| {
        let card = world.people.iter().find(|card| card.role.ends_with(told));
        let card = card.unwrap_or_else(|| panic!("nobody is told as {told}"));
        card.tenant.expect("a tenant").to_string()
    })
}

#[tokio::test]
async fn every_state_of_a_crowd_means_what_it_says() {
    let bench = start("many-customers").await;
    let refresh = bench.refresh_token(DANA, true);
    for (told, expected) in [
        ("nothing is missing", 0),
        ("the relationship lacks a role", 0),
        ("no relationship", 50034),
        ("has not approved the relationship", 50020),
        ("no Entra ID P1", 0),
        ("no mailbox", 0),
        ("Security Defaults are on", 0),
        ("a policy does not spare service providers", 0),
        ("a policy blocks service providers", 53003),
        ("a reported policy does not spare service providers", 0),
        ("the audit log is off", 0),
        ("the provider's administrator is a guest", 0),
        ("the app is not known", 700016),
    ] {
        let tenant = customer(&bench, told);
        let answer = bench.redeem(&tenant, &refresh, SCOPE).await;
        assert_eq!(answer.aadsts(), expected, "{told}: {}", answer.body);
        if expected != 0 {
            continue;
        }
        let token = answer.text("/access_token");
        let get = |path: &'static str| bench.call(Method::GET, path).token(&token).send();
        bench.advance(2).await;
        if told.ends_with("is a guest") {
            assert_eq!(get("/subscribedSkus").await.status, StatusCode::FORBIDDEN);
            continue;
        }
        let skus = get("/subscribedSkus").await.ok();
        let plans = skus["value"][0]["servicePlans"].to_string();
        assert_eq!(
            plans.contains("\"AAD_PREMIUM\""),
            told != "no Entra ID P1",
            "{told}"
        );
        assert_eq!(
            plans.contains("EXCHANGE_S_STANDARD"),
            told != "no mailbox",
            "{told}"
        );
        let defaults = get("/policies/identitySecurityDefaultsEnforcementPolicy")
            .await
            .ok();
        assert_eq!(
            defaults["isEnabled"],
            told == "Security Defaults are on",
            "{told}"
        );
        let policies = get("/identity/conditionalAccess/policies").await.ok();
        let bare = policies["value"].as_array().expect("a list").iter();
        let bare: Vec<&Value> = bare
            .filter(|policy| {
                policy["conditions"]["users"]["excludeGuestsOrExternalUsers"].is_null()
            })
            .map(|policy| &policy["state"])
            .collect();
        match told {
            "a policy does not spare service providers" => assert_eq!(bare, ["enabled"]),
            "a reported policy does not spare service providers" => {
                assert_eq!(bare, ["enabledForReportingButNotEnforced"]);
            }
            _ => assert!(bare.is_empty(), "{told}"),
        }
        let search = json!({ "filterStartDateTime": "2026-04-30T10:00:00Z", "filterEndDateTime": "2026-05-01T10:00:00Z" });
        let search = bench
            .call(Method::POST, "/security/auditLog/queries")
            .token(&token)
            .json(search)
            .send()
            .await;
        assert_eq!(
            search.status == StatusCode::BAD_REQUEST,
            told == "the audit log is off",
            "{told}"
        );
    }
    let token = bench.token(DANA, bench::ALL_SCOPES, false);
    let lacking = customer(&bench, "the relationship lacks a role");
    let path = format!("{RELATIONSHIPS}?$filter=customer/tenantId eq '{lacking}'");
    let found = bench
        .call(Method::GET, &path)
        .token(&token)
        .send()
        .await
        .ok();
    assert_eq!(
        found["value"][0]["accessDetails"]["unifiedRoles"]
            .as_array()
            .map(Vec::len),
        Some(9)
    );
    bench.stop().await;
}

#[tokio::test]
async fn a_thousand_customers_are_there_at_once_and_paged() {
    let source = ScenarioSource::Builtin("many-customers:1000".to_owned());
    let at = "2026-05-01T10:00:00Z".parse().expect("a date");
    let begun = Instant::now();
    let world = source.world(&Ids::seeded(1), at).expect("a world");
    let loaded = begun.elapsed();
    println!(
        "1,000 customers: made in {loaded:?}, {} bytes as JSON",
        serde_json::to_vec(&world).expect("plain data").len()
    );
    assert_eq!(world.tenants.len(), 1_001);
    // A tenth of that in a build that ships.
    assert!(loaded < Duration::from_secs(2), "{loaded:?}");
    // A copy shares what does not change.
    let begun = Instant::now();
    let copy = world.clone();
    println!("copied in {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_millis(100));
    drop((world, copy));

    let bench = start("many-customers:1000").await;
    for (path, expected) in [
        (RELATIONSHIPS, 960),
        ("/tenantRelationships/delegatedAdminCustomers", 960),
        ("/contracts?$top=999", 1_000),
    ] {
        let token = bench.token(
            DANA,
            &["DelegatedAdminRelationship.Read.All", "Directory.Read.All"],
            false,
        );
        let mut seen: BTreeMap<String, ()> = BTreeMap::new();
        let mut next = Some(path.to_owned());
        let begun = Instant::now();
        let mut pages = 0;
        while let Some(path) = next {
            let page = bench
                .call(Method::GET, &path)
                .token(&token)
                .send()
                .await
                .ok();
            for item in page["value"].as_array().expect("a list") {
                seen.insert(item["id"].as_str().expect("an id").to_owned(), ());
            }
            next = page["@odata.nextLink"]
                .as_str()
                .map(|link| link.split("/v1.0").nth(1).expect("a path").to_owned());
            pages += 1;
        }
        println!("{path}: {pages} pages in {:?}", begun.elapsed());
        assert_eq!(seen.len(), expected, "{path}");
    }
    // One customer among a thousand costs no more than one among three.
    let token = bench.token(DANA, bench::ALL_SCOPES, false);
    let tenants: Vec<String> = bench.world(|world| {
        let tenants = world.tenants.values().map(|tenant| tenant.id.to_string());
        tenants.take(100).collect()
    });
    let begun = Instant::now();
    for tenant in &tenants {
        let path = format!(
            "{RELATIONSHIPS}?$filter=status eq 'active' and customer/tenantId eq '{tenant}'"
        );
        assert_eq!(
            bench
                .call(Method::GET, &path)
                .token(&token)
                .send()
                .await
                .status,
            StatusCode::OK
        );
    }
    println!(
        "a relationship by customer: {:?} each",
        begun.elapsed() / 100
    );
    let refresh = bench.refresh_token(DANA, true);
    let begun = Instant::now();
    for tenant in &tenants {
        bench.redeem(tenant, &refresh, SCOPE).await;
    }
    println!("a token in a customer: {:?} each", begun.elapsed() / 100);
    bench.stop().await;
}

#[tokio::test]
async fn a_thousand_customers_are_kept_in_a_file_and_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("practice.json");
    let open = || {
        Bench::start_with(|options| {
            options.scenario = ScenarioSource::Builtin("many-customers:1000".to_owned());
            options.state_file = Some(file.clone());
        })
    };
    let bench = open().await;
    let body = json!({ "description": "Kept" });
    let path = "/groups/a1000000-0000-4000-8000-000000000009";
    let begun = Instant::now();
    let changed = bench.call(Method::PATCH, path).json(body).send().await;
    println!(
        "a change with a thousand customers kept: {:?}",
        begun.elapsed()
    );
    assert_eq!(changed.status, StatusCode::NO_CONTENT);
    bench.stop().await;
    let bench = open().await;
    assert_eq!(bench.get(path).await.ok()["description"], "Kept");
    let tenants = bench.world(|world| {
        let found = world.tenant_by_domain("amber-bakery.example");
        (
            world.tenants.len(),
            found.map(|tenant| tenant.display_name.clone()),
        )
    });
    assert_eq!(tenants, (1_001, Some("Amber Bakery".to_owned())));
    bench.stop().await;
}

#[tokio::test]
async fn each_obstacle_has_a_scenario() {
    for (id, expected) in [
        ("customers-in-reach", 0),
        ("customer-no-relationship", 50034),
        ("customer-approval-pending", 50020),
        ("customer-p1-missing", 0),
        ("customer-mailbox-missing", 0),
        ("customer-audit-off", 0),
        ("customer-security-defaults", 0),
        ("customer-policy-without-exclusion", 0),
        ("customer-policy-blocks", 53003),
        ("customer-policy-reported", 0),
        ("customer-device-policy", 53000),
        ("customer-sign-in-frequency", 50178),
        ("customer-foreign-proof", 50177),
        ("customer-token-protection", 530084),
        ("customer-guest-twin", 0),
        ("customer-not-consented", 700016),
        ("customer-app-disabled", 7000112),
        ("indirect-reseller", 700016),
        ("partner-center-unknown", 700016),
        ("second-proof-skipped", 0),
    ] {
        let bench = start(id).await;
        let refresh = bench.refresh_token(DANA, true);
        let answer = bench.redeem(ALDER, &refresh, SCOPE).await;
        assert_eq!(answer.aadsts(), expected, "{id}: {}", answer.body);
        // The other customers are as they should be.
        let other = bench
            .redeem("3f2e3d4c-5b6a-4978-8695-a4b3c2d1e003", &refresh, SCOPE)
            .await;
        assert_eq!(other.aadsts(), 0, "{id}: {}", other.body);
        bench.stop().await;
    }
}

#[tokio::test]
async fn only_a_crowd_has_a_size() {
    let at = "2026-05-01T10:00:00Z".parse().expect("a date");
    let world = |id: &str| ScenarioSource::Builtin(id.to_owned()).world(&Ids::seeded(1), at);
    assert_eq!(world("many-customers:3").expect("a world").tenants.len(), 4);
    for wrong in ["in-order:3", "many-customers:x", "many-customers:99999999"] {
        assert!(world(wrong).is_err(), "{wrong}");
    }
    let ids = |id: &str| {
        let world = world(id).expect("a world");
        let ids: Vec<_> = world
            .tenants
            .values()
            .map(|tenant| (tenant.id, tenant.display_name.clone()))
            .collect();
        ids
    };
    assert_eq!(ids("many-customers"), ids("many-customers:25"));
}
