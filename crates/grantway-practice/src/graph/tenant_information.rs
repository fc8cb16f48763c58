//! `/tenantRelationships/findTenantInformationBy…`: who stands behind a domain or tenant id.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Answer, Outcome, Refusal};
use super::body::object_id;
use super::context::Context;
use super::path::Key;
use crate::state::Tenant;

pub(super) fn by_domain(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let domain = parameter(keys, "domainName")?;
    let body = context.read(|world| {
        world
            .tenant_by_domain(domain)
            .map(|tenant| shown(context, tenant))
    });
    body.map(Answer::ok).ok_or_else(|| unknown(domain))
}

pub(super) fn by_id(context: &Context<'_>, keys: &[Key]) -> Outcome {
    let text = parameter(keys, "tenantId")?;
    let id = object_id(text)?;
    let body = context.read(|world| world.tenant(&id).map(|tenant| shown(context, tenant)));
    body.map(Answer::ok).ok_or_else(|| unknown(text))
}

fn parameter<'k>(keys: &'k [Key], wanted: &str) -> Result<&'k str, Refusal> {
    match &keys[0] {
        Key::Named(name, value) if name.eq_ignore_ascii_case(wanted) => Ok(value),
        _ => Err(Refusal::bad_query(format!(
            "The function needs the parameter '{wanted}'."
        ))),
    }
}

fn unknown(wanted: &str) -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        "Request_ResourceNotFound",
        format!("No tenant was found for '{wanted}'."),
    )
}

fn shown(context: &Context<'_>, tenant: &Tenant) -> Value {
    json!({
        "@odata.context": format!("{}/$metadata#microsoft.graph.tenantInformation", context.base()),
        "tenantId": tenant.id,
        "federationBrandName": null,
        "displayName": tenant.display_name,
        "defaultDomainName": tenant.default_domain(),
    })
}
