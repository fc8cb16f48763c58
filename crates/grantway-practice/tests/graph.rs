//! Graph over HTTP: the whole sequence of a GDAP setup and its taking back, errors word for word, ETags, batches, limits.

use crate::bench;

use bench::{Bench, CUSTOMER_RELATIONSHIP, DANA, GLOBAL_ADMINISTRATOR};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const RELATIONSHIPS: &str = "/tenantRelationships/delegatedAdminRelationships";

fn message(body: &Value) -> &str {
    body["error"]["message"].as_str().unwrap_or_default()
}

async fn make_group(bench: &Bench) -> String {
    let body = json!({
        "displayName": "Vendor access", "description": "Made for a vendor", "mailEnabled": false, "mailNickname": "VendorAccess", "securityEnabled": true,
    });
    let answer = bench
        .call(Method::PATCH, "/groups(uniqueName='vendor-access-1')")
        .prefer("create-if-missing")
        .json(body)
        .send()
        .await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    answer.text("/id")
}

#[tokio::test]
async fn whole_gdap_sequence_and_its_taking_back() {
    let traffic = bench::traffic_file("practice-gdap-sequence.jsonl");
    let bench = Bench::start_with(|options| options.traffic = Some(traffic.clone())).await;
    let before = bench.live().await;

    // What is there.
    let organization = bench.get("/organization?$select=id,displayName").await.ok();
    assert_eq!(
        organization["value"][0]["displayName"],
        "Larkspur Managed IT"
    );
    assert_eq!(
        bench.get("/me").await.ok()["userPrincipalName"],
        "dana@larkspur-it.example"
    );
    let roles = bench
        .get(&format!(
            "/roleManagement/directory/roleAssignments?$filter=principalId eq '{DANA}'"
        ))
        .await
        .ok();
    assert_eq!(roles["value"][0]["roleDefinitionId"], GLOBAL_ADMINISTRATOR);
    let skus = bench.get("/subscribedSkus").await.ok();
    assert!(
        skus["value"]
            .as_array()
            .is_some_and(|skus| skus.iter().any(|sku| sku["skuPartNumber"] == "SPB"))
    );
    assert_eq!(
        bench
            .get("/policies/identitySecurityDefaultsEnforcementPolicy")
            .await
            .ok()["isEnabled"],
        false
    );
    let domains = bench.get("/domains").await.ok();
    assert_eq!(domains["value"].as_array().map(Vec::len), Some(2));
    let filter = "$filter=status eq 'active' and customer/tenantId eq '2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002'";
    let relationships = bench.get(&format!("{RELATIONSHIPS}?{filter}")).await.ok();
    let relationship = &relationships["value"][0];
    assert_eq!(relationship["id"], CUSTOMER_RELATIONSHIP);
    let ten = relationship["accessDetails"]["unifiedRoles"].clone();
    assert_eq!(ten.as_array().map(Vec::len), Some(10));
    let agents = bench
        .get("/groups?$filter=displayName eq 'AdminAgents'&$select=id,displayName,securityEnabled")
        .await
        .ok();
    let agents = agents["value"][0]["id"]
        .as_str()
        .expect("the group")
        .to_owned();

    // The group, found again by its key.
    let group = make_group(&bench).await;
    let again = bench
        .call(Method::PATCH, "/groups(uniqueName='vendor-access-1')")
        .prefer("create-if-missing")
        .json(json!({ "displayName": "Vendor access" }))
        .send()
        .await;
    assert_eq!(again.status, StatusCode::NO_CONTENT);
    bench.advance(5).await;
    assert_eq!(
        bench
            .get("/groups(uniqueName='vendor-access-1')?$select=id,uniqueName")
            .await
            .ok()["id"],
        group.as_str()
    );

    // The assignment.
    let path = format!("{RELATIONSHIPS}/{CUSTOMER_RELATIONSHIP}/accessAssignments");
    let body = json!({
        "accessContainer": { "accessContainerId": group, "accessContainerType": "securityGroup" },
        "accessDetails": { "unifiedRoles": ten },
    });
    let assignment = bench.post(&path, body).await.created();
    assert_eq!(assignment["status"], "pending");
    let assignment = assignment["id"].as_str().expect("an id").to_owned();
    bench.advance(31).await;
    let found = bench
        .get(&format!(
            "{path}?$filter=accessContainer/accessContainerId eq '{group}' and status eq 'active'"
        ))
        .await
        .ok();
    assert_eq!(found["value"][0]["id"], assignment.as_str());

    // The account, its groups and its role.
    let user = bench
        .post(
            "/users",
            json!({
                "accountEnabled": true, "displayName": "Vendor Platform", "mailNickname": "VendorPlatform", "userPrincipalName": "VendorPlatform@larkspur-it.example",
                "passwordProfile": { "password": "Quiet-harbour-7", "forceChangePasswordNextSignIn": true },
            }),
        )
        .await
        .created();
    let user = user["id"].as_str().expect("an id").to_owned();
    bench.advance(5).await;
    let link = json!({ "@odata.id": format!("{}/v1.0/directoryObjects/{user}", bench.graph()) });
    for group in [&group, &agents] {
        assert_eq!(
            bench
                .post(&format!("/groups/{group}/members/$ref"), link.clone())
                .await
                .status,
            StatusCode::NO_CONTENT
        );
    }
    let role = bench
        .post(
            "/roleManagement/directory/roleAssignments",
            json!({ "@odata.type": "#microsoft.graph.unifiedRoleAssignment", "roleDefinitionId": GLOBAL_ADMINISTRATOR, "principalId": user, "directoryScopeId": "/" }),
        )
        .await
        .created();
    let role = role["id"].as_str().expect("an id").to_owned();
    let groups = bench
        .get(&format!(
            "/users/{user}/transitiveMemberOf?$select=id,displayName"
        ))
        .await
        .ok();
    assert_eq!(groups["value"].as_array().map(Vec::len), Some(3));
    let methods = bench
        .get(&format!("/users/{user}/authentication/methods"))
        .await
        .ok();
    assert_eq!(methods["value"].as_array().map(Vec::len), Some(1));

    // Taken back, last made first.
    assert_eq!(
        bench
            .delete(&format!("/roleManagement/directory/roleAssignments/{role}"))
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    for group in [&agents, &group] {
        assert_eq!(
            bench
                .delete(&format!("/groups/{group}/members/{user}/$ref"))
                .await
                .status,
            StatusCode::NO_CONTENT
        );
    }
    assert_eq!(
        bench.delete(&format!("/users/{user}")).await.status,
        StatusCode::NO_CONTENT
    );
    let present = bench.get(&format!("{path}/{assignment}")).await.ok();
    let etag = present["@odata.etag"].as_str().expect("an ETag").to_owned();
    let gone = bench
        .call(Method::DELETE, &format!("{path}/{assignment}"))
        .if_match(&etag)
        .send()
        .await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(
        bench.get(&format!("{path}/{assignment}")).await.ok()["status"],
        "deleting"
    );
    bench.advance(15).await;
    assert_eq!(
        bench.get(&format!("{path}/{assignment}")).await.ok()["status"],
        "deleted"
    );
    assert_eq!(
        bench.delete(&format!("/groups/{group}")).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        bench
            .get(&format!("/directory/deletedItems/{group}"))
            .await
            .ok()["@odata.type"],
        "#microsoft.graph.group"
    );

    assert_eq!(bench.live().await, before);
    bench.stop().await;
    bench::check_traffic(&traffic);
}

#[tokio::test]
async fn fresh_objects_need_a_moment() {
    let bench = Bench::start().await;
    let group = make_group(&bench).await;
    assert_eq!(
        bench.get(&format!("/groups/{group}")).await.status,
        StatusCode::NOT_FOUND
    );
    let listed = bench
        .get("/groups?$filter=uniqueName eq 'vendor-access-1'")
        .await
        .ok();
    assert_eq!(listed["value"], json!([]));
    let link =
        json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{DANA}") });
    let early = bench
        .post(&format!("/groups/{group}/members/$ref"), link.clone())
        .await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        message(&early.body),
        "The source resource object or one of the objects being referenced do not exist."
    );
    let path = format!("{RELATIONSHIPS}/{CUSTOMER_RELATIONSHIP}/accessAssignments");
    let container = json!({ "accessContainerId": group, "accessContainerType": "securityGroup" });
    let roles =
        json!({ "unifiedRoles": [{ "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de" }] });
    let early = bench
        .post(
            &path,
            json!({ "accessContainer": container, "accessDetails": roles }),
        )
        .await;
    assert_eq!(early.status, StatusCode::BAD_REQUEST);
    assert!(
        message(&early.body).contains("access container"),
        "{}",
        early.body
    );

    bench.advance(3).await;
    assert_eq!(
        bench.get(&format!("/groups/{group}")).await.status,
        StatusCode::OK
    );
    assert_eq!(
        bench
            .post(&format!("/groups/{group}/members/$ref"), link.clone())
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    let twice = bench
        .post(&format!("/groups/{group}/members/$ref"), link)
        .await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        message(&twice.body),
        "One or more added object references already exist for the following modified properties: 'members'."
    );

    assert_eq!(
        bench.delete(&format!("/groups/{group}")).await.status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        bench.get(&format!("/groups/{group}")).await.status,
        StatusCode::OK
    );
    bench.advance(3).await;
    assert_eq!(
        bench.get(&format!("/groups/{group}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        bench
            .delete(&format!("/directory/deletedItems/{group}"))
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(
        bench
            .get(&format!("/directory/deletedItems/{group}"))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn assignments_keep_to_etags_roles_and_one_per_group() {
    let bench = Bench::start().await;
    let group = make_group(&bench).await;
    bench.advance(5).await;
    let path = format!("{RELATIONSHIPS}/{CUSTOMER_RELATIONSHIP}/accessAssignments");
    let roles = |role: &str| json!({ "unifiedRoles": [{ "roleDefinitionId": role }] });
    let exchange = "29232cdf-9323-42fd-ade2-1d097af3e4de";
    let teams = "69091246-20e8-4a56-aa4d-066075b2a7a8";
    let body = |role: &str| json!({ "accessContainer": { "accessContainerId": group, "accessContainerType": "securityGroup" }, "accessDetails": roles(role) });
    let outside = bench.post(&path, body(GLOBAL_ADMINISTRATOR)).await;
    assert_eq!(outside.status, StatusCode::BAD_REQUEST);
    let made = bench.post(&path, body(exchange)).await.created();
    assert_eq!(
        bench.post(&path, body(exchange)).await.status,
        StatusCode::CONFLICT
    );
    bench.advance(31).await;
    let one = format!("{path}/{}", made["id"].as_str().expect("an id"));
    let etag = made["@odata.etag"].as_str().expect("an ETag").to_owned();

    let unguarded = bench
        .call(Method::PATCH, &one)
        .json(json!({ "accessDetails": roles(teams) }))
        .send()
        .await;
    assert_eq!(unguarded.status, StatusCode::BAD_REQUEST);
    let same = bench
        .call(Method::PATCH, &one)
        .if_match(&etag)
        .json(json!({ "accessDetails": roles(exchange) }))
        .send()
        .await;
    assert_eq!(same.status, StatusCode::OK);
    let changed = bench
        .call(Method::PATCH, &one)
        .if_match(&etag)
        .json(json!({ "accessDetails": roles(teams) }))
        .send()
        .await;
    assert_eq!(changed.status, StatusCode::ACCEPTED);
    assert_eq!(changed.header("retry-after"), "10");
    let operation = changed
        .header("location")
        .split("/v1.0")
        .nth(1)
        .expect("a path")
        .to_owned();
    assert_eq!(bench.get(&operation).await.ok()["status"], "running");
    bench.advance(20).await;
    assert_eq!(bench.get(&operation).await.ok()["status"], "succeeded");
    assert_eq!(bench.get(&one).await.ok()["accessDetails"], roles(teams));

    assert_eq!(
        bench
            .call(Method::DELETE, &one)
            .if_match(&etag)
            .send()
            .await
            .status,
        StatusCode::PRECONDITION_FAILED
    );
    assert_eq!(bench.delete(&one).await.status, StatusCode::BAD_REQUEST);
    let etag = bench.get(&one).await.text("/@odata.etag");
    assert_eq!(
        bench
            .call(Method::DELETE, &one)
            .if_match(&etag)
            .send()
            .await
            .status,
        StatusCode::NO_CONTENT
    );
    bench.advance(15).await;
    // A deleted one stays in the list and does not stand in the way of a new one.
    assert_eq!(bench.get(&path).await.ok()["value"][0]["status"], "deleted");
    assert_eq!(
        bench.post(&path, body(exchange)).await.status,
        StatusCode::CREATED
    );
}

#[tokio::test]
async fn relationship_goes_through_its_stages() {
    let bench = Bench::start().await;
    let body = json!({
        "displayName": "Larkspur - new", "duration": "P730D", "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": "29232cdf-9323-42fd-ade2-1d097af3e4de" }] },
        "customer": { "tenantId": "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002", "displayName": "Alder Dental" },
    });
    let made = bench.post(RELATIONSHIPS, body.clone()).await.created();
    assert_eq!(made["status"], "created");
    assert_eq!(
        bench.post(RELATIONSHIPS, body).await.status,
        StatusCode::BAD_REQUEST
    );
    let one = format!("{RELATIONSHIPS}/{}", made["id"].as_str().expect("an id"));
    let etag = made["@odata.etag"].as_str().expect("an ETag");
    let renamed = bench
        .call(Method::PATCH, &one)
        .if_match(etag)
        .json(json!({ "displayName": "Larkspur - newer" }))
        .send()
        .await;
    assert_eq!(renamed.ok()["displayName"], "Larkspur - newer");
    let request = bench
        .post(
            &format!("{one}/requests"),
            json!({ "action": "lockForApproval" }),
        )
        .await
        .created();
    assert_eq!(request["status"], "created");
    let pending = bench.get(&one).await.ok();
    assert_eq!(pending["status"], "approvalPending");
    let etag = pending["@odata.etag"].as_str().expect("an ETag");
    assert_eq!(
        bench
            .call(Method::DELETE, &one)
            .if_match(etag)
            .send()
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        bench
            .post(&format!("{one}/requests"), json!({ "action": "approve" }))
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        bench
            .post(&format!("{one}/requests"), json!({ "action": "terminate" }))
            .await
            .status,
        StatusCode::CREATED
    );
    bench.advance(30).await;
    assert_eq!(bench.get(&one).await.ok()["status"], "terminated");
}

#[tokio::test]
async fn users_keep_to_domains_names_and_passwords() {
    let bench = Bench::start().await;
    let user = |upn: &str, password: &str| {
        json!({
            "accountEnabled": true, "displayName": "X", "mailNickname": "x", "userPrincipalName": upn,
            "passwordProfile": { "password": password, "forceChangePasswordNextSignIn": true },
        })
    };
    let good = "Quiet-harbour-7";
    for (upn, password, expected) in [
        (
            "x@contoso.com",
            good,
            "You must use one of the verified domain names",
        ),
        (
            "dana@larkspur-it.example",
            good,
            "Another object with the same value for property userPrincipalName already exists",
        ),
        (
            "x@larkspur-it.example",
            "weak",
            "password complexity requirements",
        ),
        ("no-at-sign", good, "userPrincipalName is invalid"),
    ] {
        let answer = bench.post("/users", user(upn, password)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{upn}");
        assert!(message(&answer.body).contains(expected), "{}", answer.body);
    }
    let missing = bench.post("/users", json!({ "displayName": "X" })).await;
    assert!(
        message(&missing.body)
            .contains("A value is required for property 'accountEnabled' of resource 'User'.")
    );
    let unknown = bench.post("/users", json!({ "dispayName": "X" })).await;
    assert_eq!(message(&unknown.body), "Invalid property 'dispayName'.");
}

#[tokio::test]
async fn provider_account_acts_in_a_customer_only_through_the_relationship() {
    let bench = Bench::start().await;
    let customer = "2f2e3d4c-5b6a-4978-8695-a4b3c2d1e002";
    let token = bench.foreign_token(DANA, customer, bench::ALL_SCOPES);
    let policies = || {
        bench
            .call(Method::GET, "/identity/conditionalAccess/policies")
            .token(&token)
            .send()
    };
    assert_eq!(policies().await.status, StatusCode::FORBIDDEN);
    let agents = "a1000000-0000-4000-8000-000000000001";
    let body = json!({
        "accessContainer": { "accessContainerId": agents, "accessContainerType": "securityGroup" },
        "accessDetails": { "unifiedRoles": [{ "roleDefinitionId": "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9" }] },
    });
    bench
        .post(
            &format!("{RELATIONSHIPS}/{CUSTOMER_RELATIONSHIP}/accessAssignments"),
            body,
        )
        .await
        .created();
    bench.advance(31).await;
    assert_eq!(policies().await.status, StatusCode::OK);
    assert_eq!(
        bench
            .call(Method::GET, "/me/memberOf")
            .token(&token)
            .send()
            .await
            .status,
        StatusCode::BAD_REQUEST
    );
}
