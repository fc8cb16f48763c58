//! `/tenantRelationships/delegatedAdminRelationships`: reading, and what all calls below it share.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields, moment};
use super::context::Context;
use super::kind::RELATIONSHIP;
use super::path::Key;
use crate::state::{Relationship, World, role_by_template};

pub(super) const PATH: &str = "tenantRelationships/delegatedAdminRelationships";

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    require_partner(context)?;
    let own =
        |relationship: &&Relationship| relationship.provider_tenant == context.caller.token.tenant;
    let shown = |relationship: &&Relationship| shown(context, relationship);
    // A filter that names the customer is answered from that customer's relationships alone.
    let customer = context
        .call
        .options
        .pinned("customer/tenantId")
        .and_then(|id| id.parse().ok());
    context.read(|world| match customer {
        Some(customer) => {
            let found = world.relationships.of_customer(customer).filter(own);
            context.page(&RELATIONSHIP, PATH, found, shown)
        }
        None => {
            let found = world.relationships.values().filter(own);
            context.page(&RELATIONSHIP, PATH, found, shown)
        }
    })
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let item = context.read(|world| Ok(shown(context, own(world, context, keys)?)))?;
    context.entity(&RELATIONSHIP, PATH, item)
}

/// Refuses who is not in the partner's tenant, or has no partner role there.
// facts: api-gdap-hardening §2.1
pub(super) fn require_partner(context: &Context<'_>) -> Result<(), Refusal> {
    let partner = context.read(|world| {
        world
            .tenant(&context.caller.token.tenant)
            .is_some_and(|tenant| tenant.admin_agents().is_some())
    });
    let may = context.caller.admin_agent
        || (context.call.reads() && context.caller.has_role(&["Global Reader"]));
    if partner && !context.caller.is_foreign() && may {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::FORBIDDEN,
        "Authorization_RequestDenied",
        "The user (principal) does not have the required permissions to perform the specified action on the resource.",
    ))
}

/// The relationship of a path, when it is the caller's.
pub(super) fn own<'w>(
    world: &'w World,
    context: &Context<'_>,
    keys: &[Key],
) -> Result<&'w Relationship, Refusal> {
    let id = keys[0].value();
    let found = world
        .relationships
        .get(id)
        .filter(|relationship| relationship.provider_tenant == context.caller.token.tenant);
    found.ok_or_else(|| not_found(id))
}

/// The relationship of a path, to change it.
pub(super) fn own_mut<'w>(
    world: &'w mut World,
    context: &Context<'_>,
    keys: &[Key],
) -> Result<&'w mut Relationship, Refusal> {
    let id = keys[0].value();
    let found = world
        .relationships
        .get_mut(id)
        .filter(|relationship| relationship.provider_tenant == context.caller.token.tenant);
    found.ok_or_else(|| not_found(id))
}

pub(super) fn not_found(id: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "notFound",
        format!("The resource '{id}' was not found."),
    )
}

pub(super) fn bad_request(message: impl Into<String>) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "badRequest", message)
}

/// An ETag of an id and a version.
pub(super) fn etag(id: &str, version: u32) -> String {
    format!("W/\"{}\"", STANDARD.encode(format!("'{id}:{version}'")))
}

/// Refuses a write that does not name the present version.
pub(super) fn require_match(context: &Context<'_>, present: &str) -> Result<(), Refusal> {
    let Some(named) = context.call.header("if-match") else {
        return Err(bad_request(
            "The If-Match header is required for this operation.",
        ));
    };
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    if named.trim() == "*" || bare(named) == bare(present) {
        return Ok(());
    }
    Err(Refusal::new(
        StatusCode::PRECONDITION_FAILED,
        "preconditionFailed",
        "The resource was changed since it was read: the ETag in If-Match is not the present one.",
    ))
}

/// `{unifiedRoles: [{roleDefinitionId}]}`
pub(super) fn access_details(roles: &[Uuid]) -> Value {
    let roles: Vec<Value> = roles
        .iter()
        .map(|role| json!({ "roleDefinitionId": role }))
        .collect();
    json!({ "unifiedRoles": roles })
}

/// The roles of an `accessDetails` value.
pub(super) fn roles_of(details: Option<&Value>) -> Result<Vec<Uuid>, Refusal> {
    let list = details
        .and_then(|details| details.get("unifiedRoles"))
        .and_then(Value::as_array);
    let Some(list) = list.filter(|list| !list.is_empty()) else {
        return Err(bad_request(
            "accessDetails.unifiedRoles must name at least one role.",
        ));
    };
    let mut roles = Vec::new();
    for item in list {
        let text = item
            .get("roleDefinitionId")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let role = text
            .parse()
            .ok()
            .filter(|role| role_by_template(role).is_some());
        let role =
            role.ok_or_else(|| bad_request(format!("The role definition '{text}' is not valid.")))?;
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    Ok(roles)
}

pub(super) fn shown(context: &Context<'_>, relationship: &Relationship) -> Map<String, Value> {
    let customer = relationship
        .customer_tenant
        .map(|tenant| json!({ "tenantId": tenant, "displayName": relationship.customer_name.clone().unwrap_or_default() }));
    let status = relationship.status(context.now);
    fields(json!({
        "@odata.etag": etag(&relationship.id, relationship.version),
        "id": relationship.id,
        "displayName": relationship.display_name,
        "duration": relationship.duration,
        "autoExtendDuration": relationship.auto_extend,
        "customer": customer,
        "accessDetails": access_details(&relationship.roles),
        "status": status,
        "createdDateTime": moment(relationship.created),
        "lastModifiedDateTime": moment(relationship.modified),
        "activatedDateTime": relationship.activated.filter(|at| *at <= context.now).map(moment),
        "endDateTime": relationship.end(context.now).map(moment),
    }))
}
