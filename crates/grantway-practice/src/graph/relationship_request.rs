//! `…/requests`: what a partner asks of a relationship: to lock it for the customer's approval, or to end it.

use serde_json::{Map, Value, json};

use super::answer::{Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::kind::REQUEST;
use super::path::Key;
use super::relationship::{PATH, bad_request, not_found, own, own_mut, require_partner};
use crate::state::{PartnerRequest, RelationshipStage};

pub(super) fn list(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let items = context.read(|world| {
        Ok(own(world, context, keys)?
            .requests
            .values()
            .map(|request| shown(request, "succeeded"))
            .collect())
    })?;
    context.list(&REQUEST, &path(keys), items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let wanted = keys[1].value();
    let item = context.read(|world| {
        let relationship = own(world, context, keys)?;
        let found = relationship
            .requests
            .values()
            .find(|request| request.id.to_string().eq_ignore_ascii_case(wanted));
        found
            .map(|request| shown(request, "succeeded"))
            .ok_or_else(|| not_found(wanted))
    })?;
    context.entity(&REQUEST, &path(keys), item)
}

pub(super) fn create(context: &Context<'_>, keys: &[Key]) -> Outcome {
    require_partner(context)?;
    let body = Body::of(context.call, &REQUEST, "DelegatedAdminRelationshipRequest")?;
    let action = body.required_text("action")?;
    let id = context.cloud.ids.guid();
    let item = context.cloud.write(|world| {
        let relationship = own_mut(world, context, keys)?;
        let status = relationship.status(context.now);
        let stage = match (action, status) {
            ("lockForApproval", "created") => RelationshipStage::ApprovalPending,
            (
                "terminate",
                "active" | "approvalPending" | "approved" | "activating" | "expiring",
            ) => RelationshipStage::TerminationRequested,
            ("lockForApproval" | "terminate", _) => return Err(refused(action, status)),
            // The customer approves and rejects, not the partner.
            _ => {
                return Err(bad_request(format!(
                    "The action '{action}' is not allowed here."
                )));
            }
        };
        relationship.stage = stage;
        relationship.stage_since = context.now;
        relationship.touch(context.now);
        let request = PartnerRequest {
            id,
            action: action.to_owned(),
            created: context.now,
        };
        let item = shown(&request, "created");
        relationship.requests.insert(id, request);
        Ok(item)
    })?;
    context.made(&REQUEST, &path(keys), item)
}

fn refused(action: &str, status: &str) -> Refusal {
    bad_request(format!(
        "The action '{action}' is not possible for a relationship in status '{status}'."
    ))
}

fn path(keys: &[Key]) -> String {
    format!("{PATH}('{}')/requests", keys[0].value())
}

fn shown(request: &PartnerRequest, status: &str) -> Map<String, Value> {
    fields(json!({
        "id": request.id,
        "action": request.action,
        "status": status,
        "createdDateTime": moment(request.created),
        "lastModifiedDateTime": moment(request.created),
    }))
}
