//! A provider registers an app of its own through Graph, grants it scopes, restricts it, and takes it all back.

use crate::bench;

use bench::{Answer, Bench, CLIENT, DANA, TOM};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const PARTNER_CENTER: &str = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd";
const NOTHING: &str = "00000000-0000-0000-0000-000000000000";
const UPSERT: &str = "/applications(uniqueName='grantway-setup-1')";
const SCOPES: &[&str] = &[
    "Application.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "AppRoleAssignment.ReadWrite.All",
    "Directory.Read.All",
    "Policy.Read.All",
];

fn registration() -> Value {
    json!({
        "displayName": "Grantway of Larkspur", "signInAudience": "AzureADMultipleOrgs",
        "publicClient": { "redirectUris": ["http://localhost", "https://login.microsoftonline.com/common/oauth2/nativeclient"] },
        "requiredResourceAccess": [{ "resourceAppId": GRAPH, "resourceAccess": [{ "id": "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "type": "Scope" }] }],
    })
}

async fn send(bench: &Bench, token: &str, method: Method, path: &str, body: Value) -> Answer {
    bench
        .call(method, path)
        .token(token)
        .json_if(body)
        .send()
        .await
}

async fn upsert(bench: &Bench, token: &str, body: Value) -> Answer {
    bench
        .call(Method::PATCH, UPSERT)
        .token(token)
        .prefer("create-if-missing")
        .json(body)
        .send()
        .await
}

#[tokio::test]
async fn registered_granted_assigned_and_taken_back() {
    let traffic = bench::traffic_file("practice-own-app.jsonl");
    let bench = Bench::start_with(|options| options.traffic = Some(traffic.clone())).await;
    let before = bench.live().await;
    let token = bench.token(DANA, SCOPES, false);
    let call = |method, path: String, body| {
        let (bench, token) = (&bench, &token);
        async move { send(bench, token, method, &path, body).await }
    };
    let read = |path: String| call(Method::GET, path, Value::Null);
    assert_eq!(
        read("/policies/defaultAppManagementPolicy".into())
            .await
            .ok()["isEnabled"],
        false
    );
    assert_eq!(
        read("/policies/appManagementPolicies".into()).await.ok()["value"],
        json!([])
    );
    let people = read("/policies/authorizationPolicy".into()).await.ok();
    assert_eq!(
        people["defaultUserRolePermissions"]["allowedToCreateApps"],
        true
    );

    let made = upsert(&bench, &token, registration()).await.created();
    let (app, client) = (
        made["id"].clone(),
        made["appId"].as_str().expect("an id").to_owned(),
    );
    assert_eq!(made["requiredResourceAccess"][0]["resourceAppId"], GRAPH);
    bench.advance(5).await;
    assert_eq!(
        upsert(&bench, &token, registration()).await.status,
        StatusCode::NO_CONTENT
    );
    let found = read(format!(
        "{UPSERT}?$select=id,appId,uniqueName,signInAudience"
    ))
    .await
    .ok();
    assert_eq!(
        (&found["id"], &found["uniqueName"]),
        (&app, &json!("grantway-setup-1"))
    );
    let listed = read("/applications?$filter=displayName eq 'Grantway of Larkspur'".into())
        .await
        .ok();
    assert_eq!(listed["value"][0]["appId"], client.as_str());

    let new_principal = |app_id: &str| {
        call(
            Method::POST,
            "/servicePrincipals".into(),
            json!({ "appId": app_id }),
        )
    };
    let principal = new_principal(&client).await.created()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let partner = new_principal(PARTNER_CENTER).await.created()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    bench.advance(5).await;
    let graph = read(format!("/servicePrincipals(appId='{GRAPH}')?$select=id"))
        .await
        .ok()["id"]
        .clone();
    let mut grants = Vec::new();
    for (resource, scope) in [
        (graph, "User.Read Organization.Read.All"),
        (json!(partner), "user_impersonation"),
    ] {
        let body = json!({ "clientId": principal, "consentType": "Principal", "principalId": DANA, "resourceId": resource, "scope": scope });
        let grant = call(Method::POST, "/oauth2PermissionGrants".into(), body)
            .await
            .created();
        grants.push(grant["id"].as_str().expect("an id").to_owned());
    }
    let wider = json!({ "scope": "User.Read Organization.Read.All Group.ReadWrite.All" });
    assert_eq!(
        call(
            Method::PATCH,
            format!("/oauth2PermissionGrants/{}", grants[0]),
            wider
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    bench.advance(5).await;
    assert_eq!(
        read(format!("/oauth2PermissionGrants/{}", grants[0]))
            .await
            .ok()["scope"],
        "User.Read Organization.Read.All Group.ReadWrite.All"
    );

    // Only who is assigned may use it.
    let required = json!({ "appRoleAssignmentRequired": true });
    assert_eq!(
        call(
            Method::PATCH,
            format!("/servicePrincipals/{principal}"),
            required
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    let assigned = call(
        Method::POST,
        format!("/servicePrincipals/{principal}/appRoleAssignedTo"),
        json!({ "principalId": DANA, "resourceId": principal, "appRoleId": NOTHING }),
    )
    .await
    .created();
    assert_eq!(assigned["principalType"], "User");
    let who = read(format!("/servicePrincipals/{principal}/appRoleAssignedTo"))
        .await
        .ok();
    assert_eq!(who["value"][0]["principalId"], DANA);

    // Taken back: the registration goes to the recycle bin, its principal with it.
    for path in [
        format!("/oauth2PermissionGrants/{}", grants[1]),
        format!("/servicePrincipals/{partner}"),
        format!("/applications/{}", app.as_str().expect("an id")),
    ] {
        assert_eq!(
            call(Method::DELETE, path, Value::Null).await.status,
            StatusCode::NO_CONTENT
        );
    }
    let bin = read("/directory/deletedItems/microsoft.graph.application".into())
        .await
        .ok();
    assert_eq!(bin["value"][0]["id"], app);
    assert_eq!(
        read(format!("/servicePrincipals(appId='{client}')"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(bench.live().await, before);
    bench.stop().await;
    bench::check_traffic(&traffic);
}

#[tokio::test]
async fn replication_doubles_and_rights_are_kept() {
    let bench = Bench::start().await;
    let token = bench.token(DANA, SCOPES, false);
    let plain = upsert(&bench, &bench.token(TOM, SCOPES, false), registration()).await;
    // Anybody of the tenant may register an app, and what one registered one may change.
    let id = plain.created()["id"].as_str().expect("an id").to_owned();
    let tom = bench.token(TOM, SCOPES, false);
    let client = bench.world(|world| {
        let app = world
            .applications
            .values()
            .find(|app| app.object_id.to_string() == id);
        app.expect("the app").client_id.to_string()
    });
    let early = send(
        &bench,
        &token,
        Method::POST,
        "/servicePrincipals",
        json!({ "appId": client }),
    )
    .await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    let entry = format!(
        "{}/larkspur-it.example/oauth2/v2.0/authorize?client_id={client}&response_type=code&redirect_uri=http%3A%2F%2Flocalhost&scope=openid&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        bench.practice().cloud().login
    );
    let page = |address: String| bench.page(address);
    assert!(page(entry.clone()).await.contains("AADSTS700016"));
    bench.advance(5).await;
    assert!(!page(entry.clone()).await.contains("AADSTS700016"));
    // An address elsewhere may be registered, but no code of this cloud goes there.
    let elsewhere = entry.replace(
        "http%3A%2F%2Flocalhost",
        "https%3A%2F%2Flogin.microsoftonline.com%2Fcommon%2Foauth2%2Fnativeclient",
    );
    assert!(page(elsewhere).await.contains("AADSTS50011"));
    let principal = send(
        &bench,
        &token,
        Method::POST,
        "/servicePrincipals",
        json!({ "appId": client }),
    )
    .await
    .created();
    let twice = send(
        &bench,
        &token,
        Method::POST,
        "/servicePrincipals",
        json!({ "appId": client }),
    )
    .await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let graph = bench.world(|world| {
        let tenant = world
            .tenant(&bench::LARKSPUR.parse().expect("an id"))
            .expect("Larkspur");
        let graph = tenant
            .service_principals
            .values()
            .find(|sp| sp.display_name == "Microsoft Graph");
        graph.expect("Graph").id.to_string()
    });
    let grant = |scope: &str| json!({ "clientId": principal["id"], "consentType": "AllPrincipals", "resourceId": graph, "scope": scope });
    let path = "/oauth2PermissionGrants";
    let fresh = send(&bench, &token, Method::POST, path, grant("User.Read")).await;
    assert_eq!(
        (fresh.status, fresh.text("/error/message").as_str()),
        (StatusCode::BAD_REQUEST, "Not a valid reference update.")
    );
    bench.advance(5).await;
    assert_eq!(
        send(&bench, &tom, Method::POST, path, grant("User.Read"))
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        send(&bench, &token, Method::POST, path, grant("User.Eat"))
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        send(&bench, &token, Method::POST, path, grant("User.Read"))
            .await
            .status,
        StatusCode::CREATED
    );
    let again = send(&bench, &token, Method::POST, path, grant("Group.Read.All")).await;
    assert_eq!(
        (again.status, again.text("/error/message").as_str()),
        (StatusCode::CONFLICT, "Permission entry already exists.")
    );
    // Somebody else's registration needs a role.
    let own = format!(
        "/applications/{}",
        bench.world(|world| {
            let app = world
                .applications
                .values()
                .find(|app| app.client_id.to_string() == CLIENT);
            app.expect("the app").object_id.to_string()
        })
    );
    assert_eq!(
        send(&bench, &tom, Method::DELETE, &own, Value::Null)
            .await
            .status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        send(
            &bench,
            &tom,
            Method::DELETE,
            &format!("/applications/{id}"),
            Value::Null
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    // Without the header nothing is made.
    let missing = send(&bench, &token, Method::PATCH, UPSERT, registration()).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let unscoped = bench.token(DANA, &["Application.Read.All"], false);
    assert_eq!(
        upsert(&bench, &unscoped, registration()).await.status,
        StatusCode::FORBIDDEN
    );
    bench.stop().await;
}

#[tokio::test]
async fn a_policy_may_refuse_apps_for_several_tenants() {
    let bench = Bench::start_with(|options| {
        options.scenario = bench::scenario(&[(
            "partner = true\n",
            "partner = true\nmulti_tenant_apps_refused = true\n",
        )]);
    })
    .await;
    let token = bench.token(DANA, SCOPES, false);
    let refused = upsert(&bench, &token, registration()).await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (
            StatusCode::BAD_REQUEST,
            "SignInAudienceNotAllowedAsPerAppPolicy"
        )
    );
    let mut own = registration();
    own["signInAudience"] = json!("AzureADMyOrg");
    assert_eq!(
        upsert(&bench, &token, own).await.status,
        StatusCode::CREATED
    );
    bench.stop().await;
}
