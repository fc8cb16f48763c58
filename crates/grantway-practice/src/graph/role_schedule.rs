//! `/roleManagement/directory/roleAssignmentScheduleRequests` and `…Instances`: roles that end by themselves.
// facts: api-gdap-hardening §2.8, §3.4

use jiff::{SpanRelativeTo, Timestamp};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::group::exists;
use super::kind::{ROLE_INSTANCE, ROLE_REQUEST};
use super::path::Key;
use crate::clock::later;
use crate::state::{RoleAssignment, RoleRequest, Tenant, role_by_template};

const REQUESTS: &str = "roleManagement/directory/roleAssignmentScheduleRequests";
const INSTANCES: &str = "roleManagement/directory/roleAssignmentScheduleInstances";
const READERS: &[&str] = &[
    "Global Reader",
    "Privileged Role Administrator",
    "Security Reader",
    "Security Administrator",
];
const WRITERS: &[&str] = &["Privileged Role Administrator"];
/// The shortest time for which a role is given, seconds.
const SHORTEST: i64 = 300;

pub(super) fn requests(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        licensed(tenant)?;
        Ok(tenant.role_requests.values().map(shown).collect())
    })?;
    context.list(&ROLE_REQUEST, REQUESTS, items)
}

pub(super) fn request(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let wanted = keys[0].value();
    let item = context.tenant(|tenant| {
        licensed(tenant)?;
        let id: Option<Uuid> = wanted.parse().ok();
        id.and_then(|id| tenant.role_requests.get(&id))
            .map(shown)
            .ok_or_else(|| Refusal::not_found(wanted))
    })?;
    context.entity(&ROLE_REQUEST, REQUESTS, item)
}

pub(super) fn instances(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        licensed(tenant)?;
        Ok(tenant
            .role_assignments
            .values()
            .filter(|assignment| {
                assignment.visible_from <= context.now
                    && assignment.effective_from <= context.now
                    && assignment.is_there(context.now)
            })
            .map(instance)
            .collect())
    })?;
    context.list(&ROLE_INSTANCE, INSTANCES, items)
}

pub(super) fn one_instance(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let id = keys[0].value();
    let item = context.tenant(|tenant| {
        licensed(tenant)?;
        tenant
            .role_assignments
            .get(id)
            .filter(|assignment| assignment.is_there(context.now))
            .map(instance)
            .ok_or_else(|| Refusal::not_found(id))
    })?;
    context.entity(&ROLE_INSTANCE, INSTANCES, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(WRITERS)?;
    let body = Body::of(
        context.call,
        &ROLE_REQUEST,
        "UnifiedRoleAssignmentScheduleRequest",
    )?;
    let action = body.required_text("action")?;
    if !matches!(action, "adminAssign" | "adminRemove") {
        return Err(Refusal::bad_request(format!(
            "The practice cloud takes the actions adminAssign and adminRemove, not '{action}'."
        )));
    }
    let role = body.required_id("roleDefinitionId")?;
    let principal = body.required_id("principalId")?;
    if body.required_text("directoryScopeId")? != "/" {
        return Err(Refusal::bad_request(
            "The practice cloud assigns roles in the whole tenant only: directoryScopeId '/'.",
        ));
    }
    if role_by_template(&role).is_none() {
        return Err(Refusal::bad_request(format!(
            "The specified role definition '{role}' does not exist."
        )));
    }
    let schedule = Schedule::read(context.now, body.value("scheduleInfo"))?;
    let dry = body.flag("isValidationOnly")?.unwrap_or(false);
    let mut request = RoleRequest {
        id: context.cloud.ids.guid(),
        action: action.to_owned(),
        role,
        principal,
        justification: body.text("justification")?.map(str::to_owned),
        asked_by: context.caller.token.user,
        created: context.now,
        starts: schedule.starts,
        ends: schedule.ends,
        duration: schedule.duration,
        assignment: None,
    };
    let (id, lags) = (context.cloud.ids.secret(), context.propagation());
    let item = context.change(|tenant| {
        licensed(tenant)?;
        if !exists(tenant, &principal, context.now) {
            return Err(Refusal::not_found(principal));
        }
        let present = tenant
            .role_assignments
            .values()
            .find(|other| {
                other.role == role && other.principal == principal && other.is_there(context.now)
            })
            .map(|other| other.id.clone());
        match (action, present) {
            ("adminAssign", Some(_)) => {
                return Err(Refusal::bad_query("The Role assignment already exists.")
                    .named("RoleAssignmentExists"));
            }
            ("adminRemove", None) => {
                return Err(Refusal::bad_query("The Role assignment does not exist.")
                    .named("RoleAssignmentDoesNotExist"));
            }
            _ if dry => {}
            ("adminRemove", Some(present)) => {
                tenant.role_assignments.remove(&present);
            }
            _ => {
                request.assignment = Some(id.clone());
                let assignment = RoleAssignment {
                    id: id.clone(),
                    role,
                    principal,
                    effective_from: later(request.starts.max(context.now), lags.role),
                    visible_from: later(context.now, lags.list),
                    ends: request.ends,
                };
                tenant.role_assignments.insert(id.clone(), assignment);
            }
        }
        let item = shown(&request);
        if !dry {
            tenant.role_requests.insert(request.id, request);
        }
        Ok(item)
    })?;
    context.made(&ROLE_REQUEST, REQUESTS, item)
}

/// When a role begins and ends.
struct Schedule {
    starts: Timestamp,
    ends: Option<Timestamp>,
    duration: Option<String>,
}

impl Schedule {
    fn read(now: Timestamp, sent: Option<&Value>) -> Result<Self, Refusal> {
        let wrong = |name: &str| {
            Refusal::bad_request(format!("Invalid value specified for property '{name}'."))
        };
        let sent = sent.unwrap_or(&Value::Null);
        let starts = match sent["startDateTime"].as_str() {
            Some(text) => text.parse().map_err(|_| wrong("startDateTime"))?,
            None => now,
        };
        let expiration = &sent["expiration"];
        let duration = expiration["duration"].as_str().map(str::to_owned);
        let ends = match expiration["type"].as_str() {
            None | Some("noExpiration" | "notSpecified") => None,
            Some("afterDateTime") => Some(
                expiration["endDateTime"]
                    .as_str()
                    .and_then(|text| text.parse().ok())
                    .ok_or_else(|| wrong("endDateTime"))?,
            ),
            Some("afterDuration") => {
                let seconds = duration
                    .as_deref()
                    .and_then(seconds)
                    .ok_or_else(|| wrong("duration"))?;
                Some(later(starts.max(now), seconds))
            }
            Some(_) => return Err(wrong("type")),
        };
        if ends.is_some_and(|end| end < later(now, SHORTEST)) {
            return Err(Refusal::bad_query(
                "The following policy rules failed: [\"ExpirationRule\"]",
            )
            .named("RoleAssignmentRequestPolicyValidationFailed"));
        }
        Ok(Self {
            starts,
            ends,
            duration,
        })
    }
}

fn seconds(duration: &str) -> Option<i64> {
    let span: jiff::Span = duration.parse().ok()?;
    let whole = span
        .to_duration(SpanRelativeTo::days_are_24_hours())
        .ok()?
        .as_secs();
    (whole > 0).then_some(whole)
}

fn licensed(tenant: &Tenant) -> Result<(), Refusal> {
    if tenant.has_p2() {
        return Ok(());
    }
    Err(Refusal::bad_query(
        "The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.",
    )
    .named("AadPremiumLicenseRequired"))
}

fn shown(request: &RoleRequest) -> Map<String, Value> {
    let kind = match (&request.duration, request.ends) {
        (Some(_), _) => "afterDuration",
        (None, Some(_)) => "afterDateTime",
        (None, None) => "noExpiration",
    };
    let removes = request.action == "adminRemove";
    let schedule = (!removes).then(|| {
        json!({
            "startDateTime": moment(request.starts),
            "recurrence": null,
            "expiration": { "type": kind, "endDateTime": if kind == "afterDateTime" { request.ends.map(moment) } else { None }, "duration": request.duration },
        })
    });
    fields(json!({
        "id": request.id,
        "status": if removes { "Revoked" } else { "Provisioned" },
        "createdDateTime": moment(request.created),
        "completedDateTime": moment(request.created),
        "approvalId": null,
        "customData": null,
        "action": request.action,
        "principalId": request.principal,
        "roleDefinitionId": request.role,
        "directoryScopeId": "/",
        "appScopeId": null,
        "isValidationOnly": false,
        "targetScheduleId": request.assignment,
        "justification": request.justification,
        "createdBy": { "application": null, "device": null, "user": { "displayName": null, "id": request.asked_by } },
        "scheduleInfo": schedule,
        "ticketInfo": { "ticketNumber": null, "ticketSystem": null },
    }))
}

fn instance(assignment: &RoleAssignment) -> Map<String, Value> {
    fields(json!({
        "id": assignment.id,
        "principalId": assignment.principal,
        "roleDefinitionId": assignment.role,
        "directoryScopeId": "/",
        "appScopeId": null,
        "startDateTime": moment(assignment.effective_from),
        "endDateTime": assignment.ends.map(moment),
        "assignmentType": "Assigned",
        "memberType": "Direct",
        "roleAssignmentOriginId": assignment.id,
        "roleAssignmentScheduleId": assignment.id,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_whole_positive_times() {
        assert_eq!(seconds("PT8H"), Some(8 * 3_600));
        assert_eq!(seconds("P1DT1H"), Some(25 * 3_600));
        for wrong in ["8h", "PT0S", "-PT8H", ""] {
            assert_eq!(seconds(wrong).filter(|_| wrong != "8h"), None, "{wrong}");
        }
    }
}
