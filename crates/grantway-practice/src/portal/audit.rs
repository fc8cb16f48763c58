//! The page on which the unified audit log is switched on.

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::session::Visitor;
use super::{Parameters, Portal, field, name, roles, tenant_of};
use crate::page::{self, Frame, PortalAuditPage};
use crate::state::role_by_name;

/// Roles that may switch the log on.
// facts: api-gdap-hardening §2.15: Exchange's "Audit Logs" role, which these bring.
const MAY: [&str; 2] = ["Global Administrator", "Exchange Administrator"];

/// `GET /audit/auditsearch[?tid=…]`
pub(super) async fn show(
    State(portal): State<Arc<Portal>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    match visit(&portal, &headers, &query) {
        Ok(visitor) => draw(&portal, &visitor),
        Err(response) => response,
    }
}

/// `POST /audit/auditsearch[?tid=…]`: starts recording.
pub(super) async fn start(
    State(portal): State<Arc<Portal>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let visitor = match visit(&portal, &headers, &query) {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    if let Err(response) = portal.guarded(&visitor, &form) {
        return response;
    }
    let now = portal.cloud.now();
    let started = portal.cloud.write(|world| {
        let held = roles(&portal, world, &visitor);
        let may = MAY
            .iter()
            .filter_map(|name| role_by_name(name))
            .any(|role| held.contains(&role.template));
        let delay = world.propagation.audit;
        if let Some(tenant) = world.tenant_mut(&visitor.tenant).filter(|_| may) {
            tenant.audit_log.start(now, delay);
        }
        may
    });
    if started {
        draw(&portal, &visitor)
    } else {
        portal.note(
            StatusCode::FORBIDDEN,
            "This needs another role",
            "A Global Administrator or an Exchange Administrator of this organisation starts the recording.",
        )
    }
}

fn visit(portal: &Portal, headers: &HeaderMap, query: &Parameters) -> Result<Visitor, Response> {
    let asked = field(query, "tid");
    if asked.is_empty() {
        return portal.visitor(headers, None, "/audit/auditsearch");
    }
    let tenant: Option<Uuid> = portal
        .cloud
        .read(|world| tenant_of(world, asked).map(|tenant| tenant.id));
    match tenant {
        Some(tenant) => portal.visitor(
            headers,
            Some(tenant),
            &format!("/audit/auditsearch?tid={tenant}"),
        ),
        None => Err(portal.note(
            StatusCode::NOT_FOUND,
            "There is no such organisation",
            "The address names an organisation that does not exist.",
        )),
    }
}

fn draw(portal: &Portal, visitor: &Visitor) -> Response {
    let (tenant, recording) = portal.cloud.read(|world| {
        let recording = world
            .tenant(&visitor.tenant)
            .is_some_and(|tenant| tenant.audit_log.recording_since.is_some());
        (name(world, &visitor.tenant), recording)
    });
    page::show(
        StatusCode::OK,
        &PortalAuditPage {
            frame: Frame::admin(if recording { "audit-on" } else { "audit-off" }, "audit"),
            tenant,
            recording,
            action: format!("/audit/auditsearch?tid={}", visitor.tenant),
            csrf: visitor.csrf.clone(),
        },
    )
}
