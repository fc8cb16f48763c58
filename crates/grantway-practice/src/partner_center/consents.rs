//! Application consents: the caller's own app gets delegated scopes for everybody in a customer's tenant.

use http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::caller::Caller;
use super::{Answer, not_found};
use crate::clock::later;
use crate::cloud::Cloud;
use crate::state::{DelegatedGrant, GrantReach, ServicePrincipal, Tenant};

/// A wanted consent: the resource's app id and the scopes.
struct Wanted {
    resource: Uuid,
    scopes: Vec<String>,
}

/// Makes the consent.
pub(super) fn create(
    cloud: &Cloud,
    caller: &Caller,
    customer: Uuid,
    body: &[u8],
) -> Result<Answer, Answer> {
    let (app, wanted) = read(body)?;
    if app != caller.token.client {
        return Err(bad(
            "The applicationId is not the application that the access token was issued to.",
        ));
    }
    caller.require_role(cloud, customer)?;
    let now = cloud.now();
    cloud.write(|world| {
        let delay = world.propagation;
        let Some(application) = world.applications.get(&app).cloned() else {
            return Err(bad("The application does not exist."));
        };
        let Some(tenant) = world.tenant_mut(&customer) else {
            return Err(not_found(&app.to_string()));
        };
        let grants = checked(tenant, &wanted)?;
        let present = tenant.service_principal_by_app(&app).map(|known| known.id);
        if let Some(client) = present
            && grants.iter().any(|(resource, scopes)| {
                standing(tenant, &client, resource)
                    .is_some_and(|grant| scopes.iter().any(|scope| grant.scopes.contains(scope)))
            })
        {
            return Err(Answer::refused(
                StatusCode::CONFLICT,
                600_041,
                "Permission entry already exists.",
            ));
        }
        let client = present.unwrap_or_else(|| {
            let id = cloud.ids.guid();
            let principal =
                ServicePrincipal::of(id, &application, now, later(now, delay.new_object));
            tenant.service_principals.insert(id, principal);
            id
        });
        for (resource, scopes) in grants {
            let id = standing(tenant, &client, &resource).map(|grant| grant.id.clone());
            match id.and_then(|id| tenant.delegated_grants.get_mut(&id)) {
                Some(grant) => grant.scopes.extend(scopes),
                None => {
                    let id = cloud.ids.secret();
                    let grant = DelegatedGrant {
                        id: id.clone(),
                        client,
                        resource,
                        reach: GrantReach::AllPrincipals,
                        scopes,
                        effective_from: later(now, delay.consent),
                    };
                    tenant.delegated_grants.insert(id, grant);
                }
            }
        }
        let grants: Vec<Value> = wanted
            .iter()
            .map(|one| json!({ "enterpriseApplicationId": one.resource, "scope": one.scopes.join(", ") }))
            .collect();
        let shown = json!({
            "applicationId": app,
            "displayName": application.name,
            "applicationGrants": grants,
            "attributes": { "objectType": "ApplicationConsent" },
        });
        Ok(Answer::new(StatusCode::CREATED, shown))
    })
}

/// The consents of the caller's app in a customer's tenant; others are not shown.
pub(super) fn all(cloud: &Cloud, caller: &Caller, customer: Uuid) -> Vec<Value> {
    cloud.read(|world| {
        let Some(tenant) = world.tenant(&customer) else {
            return Vec::new();
        };
        let Some(client) = tenant.service_principal_by_app(&caller.token.client) else {
            return Vec::new();
        };
        let grants: Vec<Value> = tenant
            .delegated_grants
            .values()
            .filter(|grant| grant.client == client.id && grant.reach == GrantReach::AllPrincipals)
            .filter_map(|grant| {
                let resource = tenant.service_principals.get(&grant.resource)?;
                Some(json!({ "enterpriseApplicationId": resource.app_id, "scope": grant.scopes.join(", ") }))
            })
            .collect();
        if grants.is_empty() {
            return Vec::new();
        }
        vec![json!({
            "applicationId": client.app_id,
            "displayName": client.display_name,
            "applicationGrants": grants,
            "attributes": { "objectType": "ApplicationConsent" },
        })]
    })
}

/// Takes the consent away.
pub(super) fn delete(cloud: &Cloud, caller: &Caller, customer: Uuid, app: &str) -> Answer {
    if app.parse() != Ok(caller.token.client) {
        return bad("The application is not the one that the access token was issued to.");
    }
    if let Err(refused) = caller.require_role(cloud, customer) {
        return refused;
    }
    let gone = cloud.write(|world| {
        let Some(tenant) = world.tenant_mut(&customer) else {
            return false;
        };
        let Some(client) = tenant
            .service_principal_by_app(&caller.token.client)
            .map(|known| known.id)
        else {
            return false;
        };
        let before = tenant.delegated_grants.len();
        tenant
            .delegated_grants
            .retain(|_, grant| grant.client != client || grant.reach != GrantReach::AllPrincipals);
        tenant.delegated_grants.len() < before
    });
    if gone {
        Answer::bare(StatusCode::NO_CONTENT)
    } else {
        not_found(app)
    }
}

/// The grant for everybody that a client has on a resource.
fn standing<'t>(tenant: &'t Tenant, client: &Uuid, resource: &Uuid) -> Option<&'t DelegatedGrant> {
    tenant.delegated_grants.values().find(|grant| {
        grant.client == *client
            && grant.resource == *resource
            && grant.reach == GrantReach::AllPrincipals
    })
}

/// The wanted grants by the resource's service principal, each scope spelt as the resource spells it.
fn checked(tenant: &Tenant, wanted: &[Wanted]) -> Result<Vec<(Uuid, Vec<String>)>, Answer> {
    let one = |wanted: &Wanted| {
        let resource = tenant
            .service_principal_by_app(&wanted.resource)
            .ok_or_else(|| {
                bad(format!(
                    "The tenant lacks a service principal for the application '{}'.",
                    wanted.resource
                ))
            })?;
        let scopes: Result<Vec<String>, Answer> = wanted
            .scopes
            .iter()
            .map(|scope| {
                resource
                    .scopes()
                    .iter()
                    .find(|known| known.value.eq_ignore_ascii_case(scope))
                    .map(|known| known.value.clone())
                    .ok_or_else(|| bad(format!("The scope '{scope}' is not valid.")))
            })
            .collect();
        Ok((resource.id, scopes?))
    };
    wanted.iter().map(one).collect()
}

// Names of members are read in any case: Microsoft's own samples and those in use differ.
fn read(body: &[u8]) -> Result<(Uuid, Vec<Wanted>), Answer> {
    let value: Value =
        serde_json::from_slice(body).map_err(|_| bad("The body is not valid JSON."))?;
    let fields = value
        .as_object()
        .ok_or_else(|| bad("The body is not an object."))?;
    let id = |fields: &Map<String, Value>, name: &str| {
        member(fields, name)
            .and_then(Value::as_str)
            .and_then(|text| text.parse::<Uuid>().ok())
            .ok_or_else(|| bad(format!("The property '{name}' is missing or not valid.")))
    };
    let app = id(fields, "applicationId")?;
    let grants = member(fields, "applicationGrants")
        .and_then(Value::as_array)
        .filter(|grants| !grants.is_empty())
        .ok_or_else(|| bad("The property 'applicationGrants' is missing or empty."))?;
    let mut wanted = Vec::new();
    for grant in grants {
        let fields = grant
            .as_object()
            .ok_or_else(|| bad("An item of 'applicationGrants' is not an object."))?;
        let scopes: Vec<String> = member(fields, "scope")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .split(',')
            .map(|scope| scope.trim().to_owned())
            .filter(|scope| !scope.is_empty())
            .collect();
        if scopes.is_empty() {
            return Err(bad("The property 'scope' is missing or empty."));
        }
        wanted.push(Wanted {
            resource: id(fields, "enterpriseApplicationId")?,
            scopes,
        });
    }
    Ok((app, wanted))
}

fn member<'v>(fields: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    fields
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn bad(description: impl Into<String>) -> Answer {
    Answer::refused(StatusCode::BAD_REQUEST, 2001, description)
}
