//! `/applications`: registrations of the caller's tenant.
// facts: own-app-and-tokens §1.2, §1.3

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::{Body, object_id};
use super::context::Context;
use super::kind::APPLICATION;
use super::path::Key;
use super::service_principal::{MANAGERS, discard};
use crate::clock::later;
use crate::state::{
    Application, Deleted, DeletedObject, Publisher, RequestedPermissions, Tenant, World,
    resource_offer,
};

const PATH: &str = "applications";
/// What is taken when nothing is said.
const ANY_ACCOUNT: &str = "AzureADandPersonalMicrosoftAccount";
const AUDIENCES: [&str; 4] = [
    "AzureADMyOrg",
    "AzureADMultipleOrgs",
    ANY_ACCOUNT,
    "PersonalMicrosoftAccount",
];
/// Who may register apps where people may not.
const REGISTRARS: &[&str] = &[
    "Application Developer",
    "Application Administrator",
    "Cloud Application Administrator",
];
const TAKEN: [&str; 7] = [
    "displayName",
    "signInAudience",
    "publicClient",
    "web",
    "isFallbackPublicClient",
    "requiredResourceAccess",
    "uniqueName",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    let lag = context.propagation().list;
    context.read(|world| {
        let own = world.applications.values().filter(|app| {
            app.owner_tenant == context.caller.token.tenant
                && later(app.created, lag) <= context.now
        });
        context.page(&APPLICATION, PATH, own, |app| shown(app))
    })
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let lag = context.propagation().new_object;
    let item = context.read(|world| {
        find(world, context, &keys[0])?
            .filter(|app| later(app.created, lag) <= context.now)
            .map(shown)
            .ok_or_else(|| Refusal::not_found(keys[0].value()))
    })?;
    context.entity(&APPLICATION, PATH, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    let body = read(context)?;
    let item = make(context, &body, None)?;
    context.made(&APPLICATION, PATH, item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let body = read(context)?;
    let found = context
        .cloud
        .read(|world| find(world, context, &keys[0]).map(|app| app.map(|app| app.client_id)))?;
    match (found, &keys[0]) {
        (Some(client), _) => {
            context.cloud.write(|world| {
                let refused = world
                    .tenant(&context.caller.token.tenant)
                    .is_some_and(|tenant| tenant.multi_tenant_apps_refused);
                let app = world
                    .applications
                    .get_mut(&client)
                    .ok_or_else(|| Refusal::not_found(client))?;
                may_manage(context, app)?;
                let mut changed = app.clone();
                apply(&mut changed, &body)?;
                audience_fits(refused, &changed.audience)?;
                *app = changed;
                Ok(())
            })?;
            Ok(Answer::no_content())
        }
        (None, Key::Named(name, value))
            if name.eq_ignore_ascii_case("uniqueName")
                && context.call.prefers("create-if-missing") =>
        {
            let item = make(context, &body, Some(value))?;
            context.made(&APPLICATION, PATH, item)
        }
        (None, key) => Err(Refusal::not_found(key.value())),
    }
}

/// Deletes a registration, and with it its service principal in the same tenant. Those in other tenants stay.
pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.cloud.write(|world| {
        let app = find(world, context, &keys[0])?
            .cloned()
            .ok_or_else(|| Refusal::not_found(keys[0].value()))?;
        may_manage(context, &app)?;
        world.applications.remove(&app.client_id);
        let tenant = world
            .tenant_mut(&context.caller.token.tenant)
            .ok_or_else(|| Refusal::not_found(app.object_id))?;
        if let Some(principal) = tenant.service_principal_by_app(&app.client_id) {
            let id = principal.id;
            discard(tenant, &id, context.now);
        }
        tenant.recycle_bin.insert(
            app.object_id,
            Deleted {
                at: context.now,
                object: DeletedObject::Application(Box::new(app)),
            },
        );
        Ok(Answer::no_content())
    })
}

fn read<'a>(context: &'a Context<'_>) -> Result<Body<'a>, Refusal> {
    // Somebody who only acts in this tenant needs a role for it; people of the tenant may register apps.
    if context.caller.token.tenant != context.caller.token.home_tenant {
        context.caller.require_role(MANAGERS)?;
    }
    let body = Body::of(context.call, &APPLICATION, "Application")?;
    let other = body
        .names()
        .find(|name| !TAKEN.contains(name) && !name.contains('@'));
    match other {
        Some(name) => Err(Refusal::bad_request(format!(
            "The practice cloud does not keep '{name}' of an application."
        ))),
        None => Ok(body),
    }
}

/// The registration of a path, when it is the tenant's own.
fn find<'w>(
    world: &'w World,
    context: &Context<'_>,
    key: &Key,
) -> Result<Option<&'w Application>, Refusal> {
    let tenant = context.caller.token.tenant;
    let own = |app: &&Application| app.owner_tenant == tenant && !app.preauthorized;
    match key {
        Key::Id(id) => Ok(world
            .application_by_object(&tenant, &object_id(id)?)
            .filter(own)),
        Key::Named(name, value) if name.eq_ignore_ascii_case("appId") => {
            Ok(world.applications.get(&object_id(value)?).filter(own))
        }
        Key::Named(name, value) if name.eq_ignore_ascii_case("uniqueName") => Ok(world
            .applications
            .values()
            .find(|app| own(app) && app.unique_name.as_deref() == Some(value.as_str()))),
        Key::Named(name, _) => Err(Refusal::bad_query(format!(
            "'{name}' is no key of microsoft.graph.application."
        ))),
    }
}

fn may_manage(context: &Context<'_>, app: &Application) -> Result<(), Refusal> {
    if app.registered_by == Some(context.caller.object()) {
        return Ok(());
    }
    context.caller.require_role(MANAGERS)
}

fn make(
    context: &Context<'_>,
    body: &Body<'_>,
    unique_name: Option<&str>,
) -> Result<Map<String, Value>, Refusal> {
    let name = body.required_text("displayName")?;
    let tenant = context.caller.token.tenant;
    // facts: own-app-and-tokens §1.2
    if context.tenant(|tenant| Ok(tenant.apps_by_administrators))? {
        context.caller.require_role(REGISTRARS)?;
    }
    let mut app = Application {
        client_id: context.cloud.ids.guid(),
        name: name.to_owned(),
        owner_tenant: tenant,
        publisher: Publisher {
            name: String::new(),
            verified_id: None,
        },
        public_client: true,
        secret_hash: None,
        redirect_uris: Vec::new(),
        requested: Vec::new(),
        multi_tenant: true,
        audience: ANY_ACCOUNT.to_owned(),
        object_id: context.cloud.ids.guid(),
        unique_name: unique_name.or(body.text("uniqueName")?).map(str::to_owned),
        created: context.now,
        registered_by: Some(context.caller.object()),
        preauthorized: false,
    };
    apply(&mut app, body)?;
    context.cloud.write(|world| {
        let own: &Tenant = world
            .tenant(&tenant)
            .ok_or_else(|| Refusal::not_found(tenant))?;
        audience_fits(own.multi_tenant_apps_refused, &app.audience)?;
        own.display_name.clone_into(&mut app.publisher.name);
        let taken = app.unique_name.is_some()
            && world
                .applications
                .values()
                .any(|other| other.owner_tenant == tenant && other.unique_name == app.unique_name);
        if taken {
            return Err(Refusal::bad_request(
                "Another object with the same value for property uniqueName already exists.",
            ));
        }
        let item = shown(&app);
        world.applications.insert(app.client_id, app);
        Ok(item)
    })
}

fn audience_fits(multi_tenant_refused: bool, audience: &str) -> Result<(), Refusal> {
    if multi_tenant_refused && audience != "AzureADMyOrg" {
        return Err(Refusal::bad_query(
            "The sign-in audience is not allowed as per the app management policy of the tenant.",
        )
        .named("SignInAudienceNotAllowedAsPerAppPolicy"));
    }
    Ok(())
}

fn apply(app: &mut Application, body: &Body<'_>) -> Result<(), Refusal> {
    if body.has("displayName") {
        body.required_text("displayName")?.clone_into(&mut app.name);
    }
    if let Some(audience) = body.text("signInAudience")? {
        if !AUDIENCES.contains(&audience) {
            return Err(body.invalid("signInAudience"));
        }
        audience.clone_into(&mut app.audience);
        app.multi_tenant = audience != "AzureADMyOrg";
    }
    let public = redirects(body, "publicClient")?;
    let web = redirects(body, "web")?;
    match (public, web) {
        (Some(public), Some(web)) if !public.is_empty() && !web.is_empty() => {
            return Err(Refusal::bad_request(
                "The practice cloud keeps redirect addresses of one kind: those of a public client or those of a web app.",
            ));
        }
        (Some(public), web) if !public.is_empty() || web.is_none() => {
            app.redirect_uris = public;
            app.public_client = true;
        }
        (_, Some(web)) => {
            app.redirect_uris = web;
            app.public_client = false;
        }
        _ => {}
    }
    if let Some(Value::Array(list)) = body.value("requiredResourceAccess") {
        app.requested = list
            .iter()
            .map(requested)
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| body.invalid("requiredResourceAccess"))?;
    }
    Ok(())
}

fn redirects(body: &Body<'_>, name: &str) -> Result<Option<Vec<String>>, Refusal> {
    let Some(part) = body.part(name)? else {
        return Ok(None);
    };
    let Some(list) = part.value("redirectUris") else {
        return Ok(None);
    };
    let list = list
        .as_array()
        .filter(|list| list.len() <= 256)
        .ok_or_else(|| body.invalid(name))?;
    let uris = list.iter().map(|uri| {
        uri.as_str()
            .filter(|uri| url::Url::parse(uri).is_ok_and(|url| url.fragment().is_none()))
            .map(str::to_owned)
            .ok_or_else(|| body.invalid(name))
    });
    uris.collect::<Result<_, _>>().map(Some)
}

fn requested(value: &Value) -> Option<RequestedPermissions> {
    let resource: Uuid = value["resourceAppId"].as_str()?.parse().ok()?;
    let offer = resource_offer(&resource)?;
    let mut found = RequestedPermissions {
        resource,
        delegated: Vec::new(),
        application: Vec::new(),
    };
    for access in value["resourceAccess"].as_array()? {
        let id: Uuid = access["id"].as_str()?.parse().ok()?;
        match access["type"].as_str()? {
            "Scope" => {
                let scope = offer.scopes.iter().find(|scope| scope.id == id)?;
                found.delegated.push(scope.value.clone());
            }
            "Role" => {
                let role = offer.app_roles.iter().find(|role| role.id == id)?;
                found.application.push(role.value.clone());
            }
            _ => return None,
        }
    }
    Some(found)
}

pub(super) fn shown(app: &Application) -> Map<String, Value> {
    let access: Vec<Value> = app
        .requested
        .iter()
        .filter_map(|requested| {
            let offer = resource_offer(&requested.resource)?;
            let scopes = offer
                .scopes
                .iter()
                .filter(|scope| requested.delegated.contains(&scope.value))
                .map(|scope| json!({ "id": scope.id, "type": "Scope" }));
            let roles = offer
                .app_roles
                .iter()
                .filter(|role| requested.application.contains(&role.value))
                .map(|role| json!({ "id": role.id, "type": "Role" }));
            Some(json!({ "resourceAppId": requested.resource, "resourceAccess": scopes.chain(roles).collect::<Vec<_>>() }))
        })
        .collect();
    let (public, web) = if app.public_client {
        (app.redirect_uris.clone(), Vec::new())
    } else {
        (Vec::new(), app.redirect_uris.clone())
    };
    fields(json!({
        "id": app.object_id,
        "deletedDateTime": null,
        "appId": app.client_id,
        "applicationTemplateId": null,
        "createdDateTime": moment(app.created),
        "description": null,
        "displayName": app.name,
        "groupMembershipClaims": null,
        "identifierUris": [],
        "isFallbackPublicClient": null,
        "notes": null,
        "publisherDomain": null,
        "signInAudience": app.audience,
        "tags": [],
        "tokenEncryptionKeyId": null,
        "uniqueName": app.unique_name,
        "appRoles": [],
        "keyCredentials": [],
        "passwordCredentials": [],
        "publicClient": { "redirectUris": public },
        "requiredResourceAccess": access,
        "verifiedPublisher": { "displayName": app.publisher.verified_id.as_ref().map(|_| &app.publisher.name), "verifiedPublisherId": app.publisher.verified_id, "addedDateTime": null },
        "web": { "homePageUrl": null, "logoutUrl": null, "redirectUris": web },
    }))
}
