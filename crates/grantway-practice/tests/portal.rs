//! The admin portal as a person meets it: approving a provider's request, ending a relationship, switching the audit log on; and the
//! link on which a customer's administrator consents.

use crate::bench;

use bench::{ALDER, Bench, CLIENT, DANA};
use grantway_practice::robot::{
    Consent, Observer, Person, Phone, Robot, RobotError, Verdict, Walk,
};
use reqwest::StatusCode;
use serde_json::json;

const RELATIONSHIPS: &str = "/tenantRelationships/delegatedAdminRelationships";

struct StopAtRedirect;

impl Observer for StopAtRedirect {
    fn navigating(&mut self, url: &str) -> Verdict {
        if url.starts_with("http://localhost") {
            Verdict::Stop
        } else {
            Verdict::Go
        }
    }

    fn committed(&mut self, _url: &str, _title: &str, _is_form_post: bool) {}
}

fn person(upn: &str, password: &str) -> Person {
    Person {
        upn: upn.to_owned(),
        password: password.to_owned(),
        new_password: None,
        consent: Consent::Accept,
        phone: Phone::Approve,
    }
}

fn marta() -> Person {
    person("marta@alder-dental.example", "practice-Marta-1")
}

fn dana() -> Person {
    person("dana@larkspur-it.example", "practice-Dana-1")
}

async fn walk(bench: &Bench, url: &str, who: Person) -> Result<Walk, RobotError> {
    let mut robot = Robot::new(bench.practice().control().clone()).expect("a robot");
    robot.walk(url, &[who], &mut StopAtRedirect).await
}

/// A request for one role, locked for the customer's approval.
async fn request(bench: &Bench, customer: bool) -> String {
    let mut body = json!({
        "displayName": "Vendor access", "duration": "P730D", "autoExtendDuration": "P180D",
        "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de" }] },
    });
    if customer {
        body["customer"] = json!({ "tenantId": ALDER, "displayName": "Alder Dental" });
    }
    let made = bench.post(RELATIONSHIPS, body).await.created();
    let id = made["id"].as_str().expect("an id").to_owned();
    let locked = bench
        .post(
            &format!("{RELATIONSHIPS}/{id}/requests"),
            json!({ "action": "lockForApproval" }),
        )
        .await;
    assert_eq!(locked.status, StatusCode::CREATED);
    id
}

fn invitation(bench: &Bench, id: &str) -> String {
    let admin = &bench.practice().cloud().portals["admin"];
    format!("{admin}AdminPortal/Home#/partners/invitation/granularAdminRelationships/{id}")
}

async fn status(bench: &Bench, id: &str) -> String {
    bench
        .get(&format!("{RELATIONSHIPS}/{id}"))
        .await
        .text("/status")
}

#[tokio::test]
async fn an_administrator_approves_and_the_relationship_becomes_active() {
    let bench = Bench::start().await;
    let id = request(&bench, false).await;
    let done = walk(&bench, &invitation(&bench, &id), marta())
        .await
        .expect("the end");
    let pages: Vec<&str> = done.pages.iter().map(String::as_str).collect();
    assert_eq!(
        pages,
        [
            "portal-link",
            "account",
            "password",
            "number",
            "stay",
            "relationship-request",
            "portal-note"
        ]
    );
    assert_eq!(status(&bench, &id).await, "approved");
    let present = bench.get(&format!("{RELATIONSHIPS}/{id}")).await.ok();
    assert_eq!(present["activatedDateTime"], json!(null));
    assert_eq!(present["customer"]["tenantId"], ALDER);
    bench.advance(10).await;
    assert_eq!(status(&bench, &id).await, "activating");
    bench.advance(10).await;
    let present = bench.get(&format!("{RELATIONSHIPS}/{id}")).await.ok();
    assert_eq!(present["status"], "active");
    assert_eq!(present["activatedDateTime"], "2026-05-01T10:00:20Z");
    assert_eq!(present["endDateTime"], "2028-04-30T10:00:20Z");
    // Its end comes, and it extends itself.
    bench.advance(730 * 86_400).await;
    let token = bench.token(DANA, bench::ALL_SCOPES, false);
    let path = format!("{RELATIONSHIPS}/{id}");
    let later = bench
        .call(reqwest::Method::GET, &path)
        .token(&token)
        .send()
        .await
        .ok();
    assert_eq!(
        (&later["status"], &later["endDateTime"]),
        (&json!("active"), &json!("2028-10-27T10:00:20Z"))
    );
    bench.stop().await;
}

#[tokio::test]
async fn only_the_right_administrator_approves_and_only_in_time() {
    let bench = Bench::start().await;
    let id = request(&bench, true).await;
    let iris = person("iris@brackwater-boats.example", "practice-Iris-1");
    let foreign = walk(&bench, &invitation(&bench, &id), iris)
        .await
        .expect("a page");
    assert_eq!(
        foreign.pages.last().map(String::as_str),
        Some("portal-note")
    );
    assert_eq!(status(&bench, &id).await, "approvalPending");
    // The provider cannot approve its own request.
    let own = walk(&bench, &invitation(&bench, &id), dana())
        .await
        .expect("a page");
    assert_eq!(own.pages.last().map(String::as_str), Some("portal-note"));
    bench.world(|world| {
        let alder = world
            .tenant_mut(&ALDER.parse().expect("an id"))
            .expect("Alder");
        alder.role_assignments.clear();
    });
    let plain = walk(&bench, &invitation(&bench, &id), marta())
        .await
        .expect("a page");
    assert!(
        !plain
            .pages
            .iter()
            .any(|page| page == "relationship-request")
    );
    bench.advance(90 * 86_400).await;
    let token = bench.token(DANA, bench::ALL_SCOPES, false);
    let path = format!("{RELATIONSHIPS}/{id}");
    let lapsed = bench
        .call(reqwest::Method::GET, &path)
        .token(&token)
        .send()
        .await
        .ok();
    assert_eq!(lapsed["status"], "expired");
    bench.stop().await;
}

#[tokio::test]
async fn the_audit_log_is_switched_on_and_seen_later() {
    let bench = Bench::start_with(|options| {
        options.scenario = bench::reaching_alder(&[(
            "domain = \"alder-dental.example\"\n",
            "domain = \"alder-dental.example\"\naudit_log = false\n",
        )]);
    })
    .await;
    let page = format!(
        "{}?tid={ALDER}",
        bench.practice().cloud().portals["purview"]
    );
    // The provider's administrator comes through the relationship, with Exchange Administrator.
    let done = walk(&bench, &page, dana()).await.expect("the end");
    let last: Vec<&str> = done
        .pages
        .iter()
        .rev()
        .take(2)
        .map(String::as_str)
        .collect();
    assert_eq!(last, ["audit-on", "audit-off"]);
    let log = bench.world(|world| {
        let alder = world.tenant(&ALDER.parse().expect("an id")).expect("Alder");
        alder.audit_log.clone()
    });
    let now: jiff::Timestamp = "2026-05-01T10:00:00Z".parse().expect("a date");
    assert_eq!(log.recording_since, Some(now));
    assert!(!log.is_searchable(now));
    bench.stop().await;
}

#[tokio::test]
async fn a_blocked_sign_in_ends_on_a_page() {
    let block = "[[tenant.policy]]\nid = \"e2000000-0000-4000-8000-000000000001\"\nname = \"Block\"\nstate = \"enabled\"\n\
                 conditions = { users = { includeUsers = [\"All\"] }, applications = { includeApplications = [\"All\"] } }\n\
                 grant_controls = { builtInControls = [\"block\"] }\n\n# ---- The customers\n";
    let bench = Bench::start_with(|options| {
        options.scenario = bench::scenario(&[("# ---- The customers\n", block)]);
    })
    .await;
    let admin = bench.practice().cloud().portals["admin"].clone();
    let blocked = walk(&bench, &admin, dana())
        .await
        .expect_err("a blocked sign-in");
    assert!(blocked.to_string().contains("AADSTS53003"), "{blocked}");
    bench.stop().await;
}

#[tokio::test]
async fn a_remembered_account_is_asked_for_the_phone_only_where_a_policy_demands_it() {
    let start = |policy: &'static str| {
        Bench::start_with(move |options| {
            options.scenario = bench::scenario(&[
                (
                    "name = \"Dana Whitfield\"\n",
                    "name = \"Dana Whitfield\"\nsecond_proof_skipped = true\n",
                ),
                ("# ---- The customers\n", policy),
            ]);
        })
    };
    let pages = |walk: Walk| walk.pages.join(" ");
    let bench = start("# ---- The customers\n").await;
    let admin = bench.practice().cloud().portals["admin"].clone();
    let skipped = walk(&bench, &admin, dana()).await.expect("the end");
    assert_eq!(pages(skipped), "account password stay portal-home");
    bench.stop().await;
    let bench = start(
        "[[tenant.policy]]\nid = \"e2000000-0000-4000-8000-000000000001\"\nname = \"MFA\"\nstate = \"enabled\"\n\
         conditions = { users = { includeUsers = [\"All\"] }, applications = { includeApplications = [\"All\"] } }\n\
         grant_controls = { builtInControls = [\"mfa\"] }\n",
    )
    .await;
    let admin = bench.practice().cloud().portals["admin"].clone();
    let asked = walk(&bench, &admin, dana()).await.expect("the end");
    assert_eq!(pages(asked), "account password number stay portal-home");
    bench.stop().await;
}

#[tokio::test]
async fn an_administrators_link_replaces_what_was_consented_on_the_same_resource() {
    let bench = Bench::start_with(|options| {
        let consent = format!(
            "domain = \"alder-dental.example\"\nconsented = [{{ client_id = \"{CLIENT}\", scopes = [\"User.Read\", \"Group.Read.All\"] }}]\n"
        );
        options.scenario = bench::scenario(&[("domain = \"alder-dental.example\"\n", &consent)]);
    })
    .await;
    let login = bench.practice().cloud().login;
    let back = "http%3A%2F%2Flocalhost%2Fcb%2Fpractice";
    let link = format!(
        "{login}/{ALDER}/v2.0/adminconsent?client_id={CLIENT}&scope=Directory.Read.All&redirect_uri={back}&state=s"
    );
    let done = walk(&bench, &link, marta()).await.expect("the end");
    assert!(
        done.final_url.contains("admin_consent=True")
            && done.final_url.contains(&format!("tenant={ALDER}")),
        "{}",
        done.final_url
    );
    let granted = |bench: &Bench| {
        bench.world(|world| {
            let alder = world.tenant(&ALDER.parse().expect("an id")).expect("Alder");
            let grants = alder.delegated_grants.values();
            grants
                .flat_map(|grant| grant.scopes.clone())
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(granted(&bench), ["Directory.Read.All"]);
    bench.stop().await;
}

#[tokio::test]
async fn the_older_link_consents_to_everything_registered() {
    let bench = Bench::start().await;
    bench.world(|world| {
        let app = world
            .applications
            .values_mut()
            .find(|app| app.client_id.to_string() == CLIENT)
            .expect("the app");
        app.requested = vec![grantway_practice::state::RequestedPermissions {
            resource: grantway_practice::state::GRAPH,
            delegated: vec!["Directory.Read.All".to_owned()],
            application: Vec::new(),
        }];
    });
    let login = bench.practice().cloud().login;
    let back = "http%3A%2F%2Flocalhost%2Fcb%2Fpractice";
    let link =
        format!("{login}/{ALDER}/adminconsent?client_id={CLIENT}&redirect_uri={back}&state=s");
    let done = walk(&bench, &link, marta()).await.expect("the end");
    assert!(
        done.final_url.contains("admin_consent=True") && !done.final_url.contains("scope="),
        "{}",
        done.final_url
    );
    bench.stop().await;
}

#[tokio::test]
async fn microsofts_command_line_client_shows_an_ordinary_consent_page() {
    let bench = Bench::start().await;
    let login = bench.practice().cloud().login;
    let entry = format!(
        "{login}/larkspur-it.example/oauth2/v2.0/authorize?client_id=14d82eec-204b-4c2f-b7e8-296a70dab67e&response_type=code\
         &redirect_uri=http%3A%2F%2Flocalhost%3A49731&scope=openid%20Application.ReadWrite.All%20DelegatedPermissionGrant.ReadWrite.All\
         &code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&state=s"
    );
    let done = walk(&bench, &entry, dana()).await.expect("the end");
    assert_eq!(done.pages.last().map(String::as_str), Some("consent"));
    assert!(done.final_url.contains("code="), "{}", done.final_url);
    let grants = bench.world(|world| {
        let larkspur = world
            .tenant(&bench::LARKSPUR.parse().expect("an id"))
            .expect("Larkspur");
        let grants = larkspur.delegated_grants.values();
        grants.map(|grant| grant.scopes.len()).collect::<Vec<_>>()
    });
    assert_eq!(grants, [2]);
    bench.stop().await;
}

fn registration_values(permission: &str) -> Vec<String> {
    [
        "Ours",
        "Multiple Entra ID tenants",
        "Public client/native (mobile & desktop)",
        "http://localhost/cb/practice",
        "",
        "",
        "",
        permission,
    ]
    .map(str::to_owned)
    .to_vec()
}

async fn register(bench: &Bench, who: Person, permission: &str) -> Result<Walk, RobotError> {
    let page = bench.practice().cloud().portals["app_registration"].clone();
    let robot = Robot::new(bench.practice().control().clone()).expect("a robot");
    let mut robot = robot.with_copied(registration_values(permission));
    robot.walk(&page, &[who], &mut StopAtRedirect).await
}

#[tokio::test]
async fn an_app_is_registered_by_hand_and_known_in_its_tenant() {
    let bench = Bench::start().await;
    let done = register(&bench, dana(), "User.Read, Application.Read.All")
        .await
        .expect("the end");
    assert_eq!(
        done.pages.last().map(String::as_str),
        Some("app-registered")
    );
    let client = done.client_id.expect("the page shows it");
    bench.advance(60).await;
    let token = bench.token(DANA, &["Application.Read.All"], false);
    let app = bench
        .call(
            reqwest::Method::GET,
            &format!("/applications(appId='{client}')"),
        )
        .token(&token)
        .send()
        .await
        .ok();
    assert_eq!(app["displayName"], "Ours");
    assert_eq!(app["signInAudience"], "AzureADMultipleOrgs");
    assert_eq!(
        app["publicClient"]["redirectUris"],
        json!(["http://localhost/cb/practice"])
    );
    let access = app["requiredResourceAccess"][0]["resourceAccess"].as_array();
    assert_eq!(access.map(Vec::len), Some(2));
    bench
        .call(
            reqwest::Method::GET,
            &format!("/servicePrincipals(appId='{client}')"),
        )
        .token(&token)
        .send()
        .await
        .ok();
    let wrong = register(&bench, dana(), "No.Such.Permission").await;
    let said = wrong.expect_err("no such permission").to_string();
    assert!(said.contains("No.Such.Permission"), "{said}");
    bench.stop().await;
}
