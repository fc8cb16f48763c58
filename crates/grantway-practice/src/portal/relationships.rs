//! What a provider asks for, and what it has been given.
// facts: api-gdap-hardening §2.4: a Global Administrator of the customer approves; an unanswered request lapses after 90 days.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::session::Visitor;
use super::{Parameters, Portal, field, is_administrator, name};
use crate::page::{self, Frame, PortalRelationshipsPage, PortalRequestPage, RelationshipLine};
use crate::state::{Relationship, World, duration_days, role_by_template};

/// `GET /partners/invitation/granularAdminRelationships/{id}`: the request, for its approval.
pub(super) async fn ask(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let wanted = format!(
        "/partners/invitation/granularAdminRelationships/{}",
        encoded(&id)
    );
    let visitor = match portal.visitor(&headers, None, &wanted) {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    let found: Result<_, Told> = portal.cloud.read(|world| {
        let relationship = answerable(&portal, world, &visitor, &id)?;
        Ok(PortalRequestPage {
            frame: Frame::admin("relationship-request", "a provider's request").wide(),
            action: wanted.clone(),
            account: visitor.upn.clone(),
            tenant: name(world, &visitor.tenant),
            provider: name(world, &relationship.provider_tenant),
            name: relationship.display_name.clone(),
            days: duration_days(&relationship.duration).unwrap_or_default(),
            extends: relationship.auto_extend == "P180D",
            roles: role_names(relationship),
            csrf: visitor.csrf.clone(),
        })
    });
    match found {
        Ok(page) => page::show(StatusCode::OK, &page),
        Err(told) => portal.note(told.status, told.heading, &told.text),
    }
}

/// `POST /partners/invitation/granularAdminRelationships/{id}`: the approval.
pub(super) async fn approve(
    State(portal): State<Arc<Portal>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let wanted = format!(
        "/partners/invitation/granularAdminRelationships/{}",
        encoded(&id)
    );
    let visitor = match portal.visitor(&headers, None, &wanted) {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    if let Err(response) = portal.guarded(&visitor, &form) {
        return response;
    }
    let now = portal.cloud.now();
    let done: Result<_, Told> = portal.cloud.write(|world| {
        let provider = answerable(&portal, world, &visitor, &id)?.provider_tenant;
        let (customer, delay) = (name(world, &visitor.tenant), world.propagation.relationship);
        world
            .relationships
            .set_customer(&id, Some(visitor.tenant), Some(customer));
        if let Some(relationship) = world.relationships.get_mut(&id) {
            relationship.approve(now, delay);
        }
        Ok(name(world, &provider))
    });
    match done {
        Ok(provider) => portal.note(
            StatusCode::OK,
            "Approved",
            &format!(
                "{provider} gets the roles in a moment. You can end this at any time under Partner relationships."
            ),
        ),
        Err(told) => portal.note(told.status, told.heading, &told.text),
    }
}

/// `GET /partners/relationships`
pub(super) async fn list(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match portal.visitor(&headers, None, "/partners/relationships") {
        Ok(visitor) => table(&portal, &visitor),
        Err(response) => response,
    }
}

/// `POST /partners/relationships/end`
pub(super) async fn end(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let visitor = match portal.visitor(&headers, None, "/partners/relationships") {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    if let Err(response) = portal.guarded(&visitor, &form) {
        return response;
    }
    let (id, now) = (field(&form, "id"), portal.cloud.now());
    let ended = portal.cloud.write(|world| {
        if !is_administrator(&portal, world, &visitor) {
            return false;
        }
        match world.relationships.get_mut(id) {
            Some(relationship)
                if relationship.customer_tenant == Some(visitor.tenant)
                    && relationship.status(now) == "active" =>
            {
                relationship.terminate(now);
                true
            }
            _ => false,
        }
    });
    if ended {
        table(&portal, &visitor)
    } else {
        portal.note(
            StatusCode::FORBIDDEN,
            "Nothing was ended",
            "Only a Global Administrator of this organisation can end a relationship, and only an active one.",
        )
    }
}

fn table(portal: &Portal, visitor: &Visitor) -> Response {
    let now = portal.cloud.now();
    let page = portal.cloud.read(|world| PortalRelationshipsPage {
        frame: Frame::admin("relationships", "partner relationships").wide(),
        tenant: name(world, &visitor.tenant),
        csrf: visitor.csrf.clone(),
        relationships: world
            .relationships
            .of_customer(visitor.tenant)
            .filter(|relationship| relationship.status(now) != "created")
            .map(|relationship| RelationshipLine {
                id: relationship.id.clone(),
                name: relationship.display_name.clone(),
                provider: name(world, &relationship.provider_tenant),
                status: relationship.status(now),
                roles: relationship.roles.len(),
            })
            .collect(),
    });
    page::show(StatusCode::OK, &page)
}

/// Why a request cannot be answered.
struct Told {
    status: StatusCode,
    heading: &'static str,
    text: String,
}

/// The request, when this visitor may approve it now.
fn answerable<'w>(
    portal: &Portal,
    world: &'w World,
    visitor: &Visitor,
    id: &str,
) -> Result<&'w Relationship, Told> {
    let told = |status, heading, text: &str| Told {
        status,
        heading,
        text: text.to_owned(),
    };
    let foreign = |customer: Option<Uuid>| customer.is_some_and(|known| known != visitor.tenant);
    let found = world.relationships.get(id).filter(|relationship| {
        relationship.provider_tenant != visitor.tenant && !foreign(relationship.customer_tenant)
    });
    let Some(relationship) = found else {
        return Err(told(
            StatusCode::NOT_FOUND,
            "There is no such request here",
            "The link is wrong, the request was taken back, or it is meant for another organisation.",
        ));
    };
    if !is_administrator(portal, world, visitor) {
        return Err(told(
            StatusCode::FORBIDDEN,
            "This needs a Global Administrator",
            "Only a Global Administrator of this organisation can approve a provider's request.",
        ));
    }
    match relationship.status(portal.cloud.now()) {
        "approvalPending" => Ok(relationship),
        "created" => Err(told(
            StatusCode::CONFLICT,
            "The request is not ready",
            "The provider has not sent it yet.",
        )),
        "approved" | "activating" | "active" => Err(told(
            StatusCode::OK,
            "Approved before",
            "This request has been approved. There is nothing more to do.",
        )),
        "expired" => Err(told(
            StatusCode::GONE,
            "The request has lapsed",
            "It was not answered within 90 days, or its time is over. The provider can send a new one.",
        )),
        _ => Err(told(
            StatusCode::GONE,
            "The request was taken back",
            "The provider or this organisation has ended it.",
        )),
    }
}

fn role_names(relationship: &Relationship) -> Vec<String> {
    let mut names: Vec<String> = relationship
        .roles
        .iter()
        .map(|role| {
            role_by_template(role).map_or_else(|| role.to_string(), |role| role.name.to_owned())
        })
        .collect();
    names.sort();
    names
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
