//! Every read of the Graph simulation held against Microsoft's schema, and the writes that the GDAP sequence does not make.

use crate::bench;

use bench::{Bench, CUSTOMER_RELATIONSHIP, DANA};
use grantway_practice::ScenarioSource;
use grantway_practice::scenario::builtin;
use reqwest::{Method, StatusCode};
use serde_json::json;

const VENDOR_APP: &str = "5c0b7a61-8e2d-4f3a-b1c4-9d7e6f5a4b03";
const SCOPES: &[&str] = &[
    "User.Read",
    "User.Read.All",
    "Organization.Read.All",
    "Domain.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.SecurityDefaults",
    "DelegatedAdminRelationship.ReadWrite.All",
    "Group.ReadWrite.All",
    "User.ReadWrite.All",
    "RoleManagement.Read.Directory",
    "UserAuthenticationMethod.Read.All",
    "Application.ReadWrite.All",
    "Directory.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
    "CrossTenantInformation.ReadBasic.All",
    "AuditLog.Read.All",
];

fn scenario() -> ScenarioSource {
    let text = builtin("in-order").expect("built in").text;
    let consent = format!(
        "partner = true\nconsented = [{{ client_id = \"{VENDOR_APP}\", scopes = [\"User.Read\", \"Directory.Read.All\"] }}]\n"
    );
    let policy = r#"
[[tenant.policy]]
id = "e1000000-0000-4000-8000-000000000001"
name = "MFA for everybody"
state = "disabled"
conditions = { clientAppTypes = ["all"], applications = { includeApplications = ["All"] }, users = { includeUsers = ["All"] } }
grant_controls = { operator = "OR", builtInControls = ["mfa"] }

# ---- The customers
"#;
    ScenarioSource::Text(text.replacen("partner = true\n", &consent, 1).replacen(
        "# ---- The customers\n",
        policy,
        1,
    ))
}

#[tokio::test]
async fn every_route_answers_in_the_schemas_form() {
    let traffic = bench::traffic_file("practice-every-route.jsonl");
    let bench = Bench::start_with(|options| {
        options.traffic = Some(traffic.clone());
        options.scenario = scenario();
    })
    .await;
    let token = bench.token(DANA, SCOPES, false);
    let get = |path: String| bench.call(Method::GET, &path).token(&token).send();
    let relationships = "/tenantRelationships/delegatedAdminRelationships";
    let one = format!("{relationships}/{CUSTOMER_RELATIONSHIP}");
    let organization = get("/organization".into()).await.ok();
    let tenant = organization["value"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    for path in [
        format!("/organization/{tenant}"),
        "/me".into(),
        "/me?$select=id,passwordProfile,lastPasswordChangeDateTime,userType,accountEnabled".into(),
        "/me/memberOf".into(),
        "/me/transitiveMemberOf?$select=id,displayName".into(),
        "/domains".into(),
        "/domains/larkspur-it.example".into(),
        "/subscribedSkus?$select=skuId,skuPartNumber,capabilityStatus,consumedUnits,prepaidUnits,servicePlans,appliesTo".into(),
        "/policies/identitySecurityDefaultsEnforcementPolicy".into(),
        "/tenantRelationships/delegatedAdminCustomers".into(),
        "/tenantRelationships/delegatedAdminCustomers/2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002".into(),
        relationships.into(),
        one.clone(),
        format!("{one}/requests"),
        format!("{one}/operations"),
        format!("{one}/accessAssignments"),
        "/tenantRelationships/findTenantInformationByDomainName(domainName='alder-dental.example')".into(),
        format!("/tenantRelationships/findTenantInformationByTenantId(tenantId='{tenant}')"),
        "/groups?$filter=startswith(displayName,'Admin')".into(),
        "/groups/a1000000-0000-4000-8000-000000000001".into(),
        "/groups/a1000000-0000-4000-8000-000000000001/members".into(),
        "/groups/a1000000-0000-4000-8000-000000000001/transitiveMembers".into(),
        "/users?$filter=userPrincipalName eq 'dana@larkspur-it.example'".into(),
        "/users/tom@larkspur-it.example".into(),
        format!("/users/{DANA}/memberOf"),
        format!("/users/{DANA}/transitiveMemberOf"),
        format!("/users/{DANA}/authentication/methods"),
        format!("/users/{DANA}/authentication/microsoftAuthenticatorMethods"),
        "/roleManagement/directory/roleAssignments".into(),
        "/roleManagement/directory/roleDefinitions?$filter=displayName eq 'Global Administrator'".into(),
        "/roleManagement/directory/roleDefinitions/62e90394-69f5-4237-9190-012177145e10".into(),
        "/servicePrincipals".into(),
        format!("/servicePrincipals(appId='{VENDOR_APP}')?$select=id,appId,displayName,appOwnerOrganizationId,verifiedPublisher,accountEnabled,servicePrincipalType"),
        "/oauth2PermissionGrants".into(),
        "/applications".into(),
        "/contracts".into(),
        "/policies/authenticationStrengthPolicies".into(),
        "/policies/authenticationMethodsPolicy".into(),
        "/policies/authorizationPolicy".into(),
        "/reports/authenticationMethods/userRegistrationDetails".into(),
        format!("/reports/authenticationMethods/userRegistrationDetails/{DANA}"),
        "/identity/conditionalAccess/policies".into(),
    ] {
        let answer = get(path.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    }
    bench.advance(1).await;
    get("/identity/conditionalAccess/policies/e1000000-0000-4000-8000-000000000001".into())
        .await
        .ok();

    let send = |method: Method, path: String, body| {
        bench.call(method, &path).token(&token).json_if(body).send()
    };
    let off = send(
        Method::PATCH,
        "/policies/identitySecurityDefaultsEnforcementPolicy".into(),
        json!({ "isEnabled": true }),
    )
    .await;
    assert_eq!(off.status, StatusCode::NO_CONTENT);

    let vendor = get(format!(
        "/servicePrincipals?$filter=appId eq '{VENDOR_APP}'"
    ))
    .await
    .ok();
    let vendor = &vendor["value"][0];
    assert_eq!(
        vendor["verifiedPublisher"]["displayName"],
        "Huntress Labs Inc"
    );
    let principal = vendor["id"].as_str().expect("an id").to_owned();
    let grants = get(format!(
        "/servicePrincipals/{principal}/oauth2PermissionGrants"
    ))
    .await
    .ok();
    assert_eq!(grants["value"][0]["scope"], "User.Read Directory.Read.All");
    let grant = grants["value"][0]["id"].as_str().expect("an id").to_owned();
    get(format!("/oauth2PermissionGrants/{grant}")).await.ok();
    get(format!("/servicePrincipals/{principal}/appRoleAssignments"))
        .await
        .ok();
    assert_eq!(
        send(
            Method::PATCH,
            format!("/servicePrincipals/{principal}"),
            json!({ "accountEnabled": false })
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        send(
            Method::DELETE,
            format!("/oauth2PermissionGrants/{grant}"),
            json!(null)
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        send(
            Method::DELETE,
            format!("/servicePrincipals/{principal}"),
            json!(null)
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        get(format!("/servicePrincipals(appId='{VENDOR_APP}')"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    get(format!("/directory/deletedItems/{principal}"))
        .await
        .ok();
    for kind in ["user", "group", "servicePrincipal"] {
        get(format!("/directory/deletedItems/microsoft.graph.{kind}"))
            .await
            .ok();
    }
    assert_eq!(
        send(
            Method::DELETE,
            format!("/directory/deletedItems/{principal}"),
            json!(null)
        )
        .await
        .status,
        StatusCode::NO_CONTENT
    );

    let made = send(
        Method::POST,
        relationships.into(),
        json!({ "displayName": "New one", "duration": "P365D", "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": "5d6b6bb7-de71-4623-b4af-96380a352509" }] }, "autoExtendDuration": "P180D" }),
    )
    .await
    .created();
    let new = format!("{relationships}/{}", made["id"].as_str().expect("an id"));
    let changed = bench
        .call(Method::PATCH, &new)
        .token(&token)
        .if_match(made["@odata.etag"].as_str().expect("an ETag"))
        .json(json!({ "duration": "P700D" }))
        .send()
        .await;
    let etag = changed.ok()["@odata.etag"]
        .as_str()
        .expect("an ETag")
        .to_owned();
    assert_eq!(
        bench
            .call(Method::DELETE, &new)
            .token(&token)
            .if_match(&etag)
            .send()
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    let renamed = send(
        Method::PATCH,
        "/groups/a1000000-0000-4000-8000-000000000003".into(),
        json!({ "description": "Sales" }),
    )
    .await;
    assert_eq!(renamed.status, StatusCode::NO_CONTENT);
    let moved = send(
        Method::PATCH,
        "/users/tom@larkspur-it.example".into(),
        json!({ "jobTitle": "Senior technician" }),
    )
    .await;
    assert_eq!(moved.status, StatusCode::NO_CONTENT);

    let revoked = send(
        Method::POST,
        "/users/tom@larkspur-it.example/revokeSignInSessions".into(),
        json!(null),
    )
    .await;
    assert_eq!(revoked.status, StatusCode::OK);

    let batch = json!({ "requests": [
        { "id": "1", "method": "GET", "url": "/organization?$select=id" },
        { "id": "2", "method": "GET", "url": "/me/memberOf", "dependsOn": ["1"] },
        { "id": "3", "method": "PATCH", "url": "/users/tom@larkspur-it.example", "headers": { "Content-Type": "application/json" }, "body": { "jobTitle": "Technician" } },
    ] });
    assert_eq!(
        send(Method::POST, "/$batch".into(), batch).await.status,
        StatusCode::OK
    );
    bench.stop().await;
    bench::check_traffic(&traffic);
}
