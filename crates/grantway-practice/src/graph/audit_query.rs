//! `/security/auditLog/queries`: searches in the unified audit log. A tenant whose log is off refuses them, which tells that it is off.
// facts: api-gdap-hardening §2.15

use axum::http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::answer::{Outcome, Refusal, fields, moment};
use super::body::Body;
use super::context::Context;
use super::kind::{AUDIT_QUERY, AUDIT_RECORD};
use super::path::Key;
use crate::state::{AuditQuery, Tenant};

const PATH: &str = "security/auditLog/queries";
// Which role a search needs is not documented for all cases.
const READERS: &[&str] = &[
    "Exchange Administrator",
    "Security Administrator",
    "Security Reader",
    "Global Reader",
];

pub(super) fn list(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let items = context.tenant(|tenant| {
        searchable(context, tenant)?;
        Ok(tenant
            .audit_log
            .queries
            .values()
            .map(|query| shown(context, query))
            .collect())
    })?;
    context.list(&AUDIT_QUERY, PATH, items)
}

pub(super) fn get(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let item = context.tenant(|tenant| Ok(shown(context, find(tenant, keys)?)))?;
    context.entity(&AUDIT_QUERY, PATH, item)
}

pub(super) fn create(context: &Context<'_>, _: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let body = Body::of(context.call, &AUDIT_QUERY, "AuditLogQuery")?;
    let at = |name: &'static str| -> Result<Timestamp, Refusal> {
        body.required_text(name)?
            .parse()
            .map_err(|_| body.invalid(name))
    };
    let (from, until) = (at("filterStartDateTime")?, at("filterEndDateTime")?);
    if until <= from {
        return Err(body.invalid("filterEndDateTime"));
    }
    let operations = match body.value("operationFilters") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(_) => return Err(body.invalid("operationFilters")),
    };
    let query = AuditQuery {
        id: context.cloud.ids.guid(),
        display_name: body.text("displayName")?.map(str::to_owned),
        from,
        until,
        operations,
        created: context.now,
    };
    let item = context.change(|tenant| {
        searchable(context, tenant)?;
        let item = shown(context, &query);
        tenant.audit_log.queries.insert(query.id, query);
        Ok(item)
    })?;
    context.made(&AUDIT_QUERY, PATH, item)
}

/// What was found: the sign-ins of the tenant, once the search is done.
pub(super) fn records(context: &Context<'_>, keys: &[Key]) -> Outcome {
    context.caller.require_role(READERS)?;
    let query = context.tenant(|tenant| Ok(find(tenant, keys)?.clone()))?;
    let tenant = context.caller.token.tenant;
    let wanted = query.operations.is_empty()
        || query
            .operations
            .iter()
            .any(|one| one.eq_ignore_ascii_case("UserLoggedIn"));
    let items = context.read(|world| {
        if query.status(context.now) != "succeeded" || !wanted {
            return Vec::new();
        }
        let upn = |user: &Uuid| {
            world
                .tenant(&tenant)
                .and_then(|tenant| tenant.users.get(user))
                .map(|user| user.upn.clone())
        };
        world
            .sign_ins
            .records
            .iter()
            .filter(|record| {
                record.tenant == tenant
                    && record.error == 0
                    && (query.from..query.until).contains(&record.at)
            })
            .map(|record| {
                fields(json!({
                    "id": record.id,
                    "createdDateTime": moment(record.at),
                    "auditLogRecordType": "AzureActiveDirectoryStsLogon",
                    "operation": "UserLoggedIn",
                    "organizationId": tenant,
                    "userType": "Regular",
                    "userId": record.user,
                    "service": "AzureActiveDirectory",
                    "objectId": record.app,
                    "userPrincipalName": upn(&record.user),
                    "clientIp": "127.0.0.1",
                    "administrativeUnits": [],
                    "auditData": null,
                }))
            })
            .collect()
    });
    let path = format!("{PATH}('{}')/records", query.id);
    context.list(&AUDIT_RECORD, &path, items)
}

// The word comes as JSON inside the sentence, as it was seen.
fn searchable(context: &Context<'_>, tenant: &Tenant) -> Result<(), Refusal> {
    if tenant.audit_log.is_searchable(context.now) {
        return Ok(());
    }
    let inner = json!({ "error": { "code": "AuditingDisabledTenant", "message": "Auditing is disabled for this tenant." } });
    Err(Refusal::new(
        StatusCode::BAD_REQUEST,
        "UnknownError",
        inner.to_string(),
    ))
}

fn find<'t>(tenant: &'t Tenant, keys: &[Key]) -> Result<&'t AuditQuery, Refusal> {
    let wanted = keys[0].value();
    let id: Option<Uuid> = wanted.parse().ok();
    id.and_then(|id| tenant.audit_log.queries.get(&id))
        .ok_or_else(|| Refusal::not_found(wanted))
}

fn shown(context: &Context<'_>, query: &AuditQuery) -> Map<String, Value> {
    fields(json!({
        "id": query.id,
        "displayName": query.display_name,
        "filterStartDateTime": moment(query.from),
        "filterEndDateTime": moment(query.until),
        "recordTypeFilters": [],
        "keywordFilter": "",
        "serviceFilters": [],
        "operationFilters": query.operations,
        "userPrincipalNameFilters": [],
        "ipAddressFilters": [],
        "objectIdFilters": [],
        "administrativeUnitIdFilters": [],
        "status": query.status(context.now),
    }))
}
