//! `…/accessAssignments`: roles of a relationship given to a security group of the partner's tenant.
// facts: api-gdap-hardening §2.5

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Answer, Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::kind::ASSIGNMENT;
use super::path::Key;
use super::relationship::{
    PATH, access_details, bad_request, etag, not_found, own, own_mut, require_match,
    require_partner, roles_of,
};
use crate::clock::later;
use crate::state::{AccessAssignment, AssignmentChange, Operation, Relationship};

/// How long a change of roles takes, seconds.
const CHANGE: i64 = 15;

pub(super) fn list(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let lag = context.propagation().list;
    let items = context.read(|world| {
        let assignments = own(world, context, keys)?.assignments.values();
        Ok(assignments
            .filter(|assignment| later(assignment.created, lag) <= context.now)
            .map(|assignment| shown(context, assignment))
            .collect())
    })?;
    context.list(&ASSIGNMENT, &path(keys), items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let item = context.read(|world| Ok(shown(context, find(own(world, context, keys)?, keys)?)))?;
    context.entity(&ASSIGNMENT, &path(keys), item)
}

pub(super) fn create(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let body = Body::of(context.call, &ASSIGNMENT, "DelegatedAdminAccessAssignment")?;
    let container = body
        .part("accessContainer")?
        .ok_or_else(|| bad_request("accessContainer is required."))?;
    if container.text("accessContainerType")? != Some("securityGroup") {
        return Err(bad_request("accessContainerType must be 'securityGroup'."));
    }
    let group = container.required_id("accessContainerId")?;
    let roles = roles_of(body.value("accessDetails"))?;
    let (id, pending) = (context.cloud.ids.guid(), context.propagation().assignment);
    let item = context.cloud.write(|world| {
        let known = world
            .tenant(&context.caller.token.tenant)
            .and_then(|tenant| tenant.groups.get(&group));
        if !known.is_some_and(|group| group.security_enabled && group.visible_from <= context.now) {
            return Err(bad_request(format!(
                "The access container '{group}' does not exist."
            )));
        }
        let relationship = own_mut(world, context, keys)?;
        if !relationship.is_active(context.now) {
            return Err(bad_request("The delegatedAdminRelationshipId is invalid."));
        }
        in_relationship(relationship, &roles)?;
        if relationship
            .assignments
            .values()
            .any(|other| other.group == group && other.deleted_at.is_none())
        {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                "conflict",
                format!("An access assignment for the access container '{group}' already exists."),
            ));
        }
        let assignment = AccessAssignment {
            id,
            group,
            roles,
            created: context.now,
            modified: context.now,
            active_from: later(context.now, pending),
            deleted_at: None,
            change: None,
            version: 1,
        };
        let item = shown(context, &assignment);
        relationship.assignments.insert(id, assignment);
        Ok(item)
    })?;
    context.made(&ASSIGNMENT, &path(keys), item)
}

pub(super) fn update(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let body = Body::of(context.call, &ASSIGNMENT, "DelegatedAdminAccessAssignment")?;
    if let Some(name) = body
        .names()
        .find(|name| *name != "accessDetails" && !name.contains('@'))
    {
        return Err(bad_request(format!(
            "'{name}' of an access assignment cannot be updated."
        )));
    }
    let roles = roles_of(body.value("accessDetails"))?;
    let operation = context.cloud.ids.guid();
    let unchanged = context.cloud.write(|world| {
        let relationship = own_mut(world, context, keys)?;
        in_relationship(relationship, &roles)?;
        let assignment = find_mut(relationship, keys)?;
        require_match(context, &assignment_etag(assignment))?;
        if assignment.deleted_at.is_some() {
            return Err(bad_request(
                "A deleted access assignment cannot be updated.",
            ));
        }
        let present = assignment.roles_at(context.now).to_vec();
        if present.len() == roles.len() && present.iter().all(|role| roles.contains(role)) {
            return Ok(Some(shown(context, assignment)));
        }
        let at = later(context.now, CHANGE);
        assignment.roles = present;
        assignment.change = Some(AssignmentChange { roles, at });
        assignment.version += 1;
        assignment.modified = context.now;
        let started = Operation {
            id: operation,
            kind: "delegatedAdminAccessAssignmentUpdate".to_owned(),
            created: context.now,
            done_at: at,
        };
        relationship.operations.insert(operation, started);
        Ok(None)
    })?;
    match unchanged {
        Some(item) => context.entity(&ASSIGNMENT, &path(keys), item),
        None => {
            let location = format!(
                "{}/{PATH}/{}/operations/{operation}",
                context.base(),
                keys[0].value()
            );
            Ok(Answer::accepted()
                .header("location", location)
                .header("retry-after", "10"))
        }
    }
}

pub(super) fn delete(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    context.cloud.write(|world| {
        let assignment = find_mut(own_mut(world, context, keys)?, keys)?;
        require_match(context, &assignment_etag(assignment))?;
        if assignment.deleted_at.is_none() {
            assignment.deleted_at = Some(context.now);
            assignment.version += 1;
            assignment.modified = context.now;
        }
        Ok(Answer::no_content())
    })
}

fn find<'r>(relationship: &'r Relationship, keys: &[Key]) -> Result<&'r AccessAssignment, Refusal> {
    let wanted = keys[1].value();
    let id: Option<Uuid> = wanted.parse().ok();
    id.and_then(|id| relationship.assignments.get(&id))
        .ok_or_else(|| not_found(wanted))
}

fn find_mut<'r>(
    relationship: &'r mut Relationship,
    keys: &[Key],
) -> Result<&'r mut AccessAssignment, Refusal> {
    let wanted = keys[1].value();
    let id: Option<Uuid> = wanted.parse().ok();
    id.and_then(|id| relationship.assignments.get_mut(&id))
        .ok_or_else(|| not_found(wanted))
}

// The exact error is not documented.
fn in_relationship(relationship: &Relationship, roles: &[Uuid]) -> Result<(), Refusal> {
    match roles.iter().find(|role| !relationship.roles.contains(role)) {
        None => Ok(()),
        Some(role) => Err(bad_request(format!(
            "The role '{role}' is not part of the delegated admin relationship."
        ))),
    }
}

fn assignment_etag(assignment: &AccessAssignment) -> String {
    etag(&assignment.id.to_string(), assignment.version)
}

fn path(keys: &[Key]) -> String {
    format!("{PATH}('{}')/accessAssignments", keys[0].value())
}

fn shown(context: &Context<'_>, assignment: &AccessAssignment) -> Map<String, Value> {
    fields(json!({
        "@odata.etag": assignment_etag(assignment),
        "id": assignment.id,
        "status": assignment.status(context.now),
        "createdDateTime": moment(assignment.created),
        "lastModifiedDateTime": moment(assignment.modified),
        "accessContainer": { "accessContainerId": assignment.group, "accessContainerType": "securityGroup" },
        "accessDetails": access_details(assignment.roles_at(context.now)),
    }))
}
