//! Connecting a tenant: one sign-in after the other, each answered to `/connect/callback`.

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use super::session::Leg;
use super::{COOKIE, Parameters, Portal, brand, field, list, permissions};
use crate::hosts::Service;
use crate::ids::fingerprint;
use crate::page::{self, ConnectedPage, Frame, cookie};
use crate::state::{VendorIntegration, VendorLeg};

/// `POST /integrations/connect`: begins the first leg.
pub async fn begin(
    State(portal): State<Arc<Portal>>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    let Some(visitor) = portal.visitor(&headers) else {
        return page::go_to("/sign-in");
    };
    if field(&form, "csrf") != visitor.csrf {
        return list(
            &portal,
            &visitor,
            Some("That form was out of date. Nothing was connected."),
        );
    }
    let integration = portal.cloud.ids.guid();
    portal.cloud.write(|world| {
        let known = &mut world.vendor_portal.integrations;
        known.retain(|one| one.connected);
        known.push(VendorIntegration {
            id: integration,
            tenant: None,
            legs: Vec::new(),
            connected: false,
        });
    });
    leg(&portal, &headers, integration, None)
}

/// `GET /connect/callback`: the answer of a leg.
pub async fn came_back(
    State(portal): State<Arc<Portal>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    let Some(visitor) = portal.visitor(&headers) else {
        return page::go_to("/sign-in");
    };
    let Some(under_way) = visitor.leg.clone() else {
        return list(
            &portal,
            &visitor,
            Some("No connection is under way. Add the integration again."),
        );
    };
    if field(&query, "state") != under_way.state {
        return list(
            &portal,
            &visitor,
            Some("That answer belongs to another connection. Nothing was connected."),
        );
    }
    let cookie = cookie::read(&headers, COOKIE).unwrap_or_default();
    portal.sessions.set_leg(&cookie, None);
    let error = field(&query, "error");
    if !error.is_empty() {
        let told =
            format!("Not connected: the sign-in page answered {error}. Nothing was connected.");
        return list(&portal, &visitor, Some(&told));
    }
    let Some((tenant, done)) = note(&portal, under_way.integration, field(&query, "code")) else {
        return list(
            &portal,
            &visitor,
            Some("The sign-in's code was not valid. Nothing was connected."),
        );
    };
    if done {
        page::go_to(&format!(
            "/integrations/connected?id={}",
            under_way.integration
        ))
    } else {
        leg(&portal, &headers, under_way.integration, Some(tenant))
    }
}

/// `GET /integrations/connected?id=…`
pub async fn connected(
    State(portal): State<Arc<Portal>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    let Some(visitor) = portal.visitor(&headers) else {
        return page::go_to("/sign-in");
    };
    let id = Uuid::parse_str(field(&query, "id")).ok();
    let found = portal.cloud.read(|world| {
        let integration = world
            .vendor_portal
            .integrations
            .iter()
            .find(|known| Some(known.id) == id && known.connected)?;
        let tenant = integration.tenant?;
        Some(ConnectedPage {
            frame: Frame::portal("connected", "connected", &brand(world)),
            tenant: world.tenant(&tenant)?.display_name.clone(),
            account: integration.legs.last()?.account.clone(),
            app: world
                .applications
                .get(&world.vendor_portal.application)?
                .name
                .clone(),
            permissions: permissions(world, &tenant),
        })
    });
    match found {
        Some(page) => page::show(StatusCode::OK, &page),
        None => list(
            &portal,
            &visitor,
            Some("That integration is not there any more."),
        ),
    }
}

/// Sends the browser to the sign-in service. Later legs ask for a new sign-in.
fn leg(portal: &Portal, headers: &HeaderMap, integration: Uuid, tenant: Option<Uuid>) -> Response {
    let (state, nonce) = (portal.cloud.ids.secret(), portal.cloud.ids.secret());
    let cookie = cookie::read(headers, COOKIE).unwrap_or_default();
    portal.sessions.set_leg(
        &cookie,
        Some(Leg {
            integration,
            state: state.clone(),
        }),
    );
    let client = portal
        .cloud
        .read(|world| world.vendor_portal.application.to_string());
    let callback = format!(
        "{}/connect/callback",
        portal.cloud.hosts.base(Service::Vendor)
    );
    let scope = format!(
        "openid profile offline_access {}/.default",
        portal.cloud.hosts.base(Service::Graph)
    );
    let authority = tenant.map_or_else(|| "organizations".to_owned(), |id| id.to_string());
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs([
        ("client_id", client.as_str()),
        ("response_type", "code"),
        ("redirect_uri", callback.as_str()),
        ("scope", scope.as_str()),
        ("state", state.as_str()),
        ("nonce", nonce.as_str()),
    ]);
    if tenant.is_some() {
        query.append_pair("prompt", "login");
    }
    page::go_to(&format!(
        "{}/{authority}/oauth2/v2.0/authorize?{}",
        portal.cloud.hosts.base(Service::Login),
        query.finish()
    ))
}

/// Notes the answer of a leg. The portal redeems its code behind the scenes, which leaves no trace for a browser.
/// Answers the tenant, and whether that was the last leg.
fn note(portal: &Portal, integration: Uuid, code: &str) -> Option<(Uuid, bool)> {
    let now = portal.cloud.now();
    portal.cloud.write(|world| {
        let client = world.vendor_portal.application;
        let known = world.sign_ins.codes.get_mut(&fingerprint(code))?;
        if known.client != client || known.used || known.expires <= now {
            return None;
        }
        known.used = true;
        let (tenant, prompted) = (known.tenant, known.prompted);
        let (home, user) = (known.home_tenant, known.user);
        let account = world.tenant(&home)?.users.get(&user)?.upn.clone();
        let wanted = usize::from(world.vendor_portal.legs);
        let entry = world
            .vendor_portal
            .integrations
            .iter_mut()
            .find(|known| known.id == integration)?;
        entry.tenant = Some(tenant);
        entry.legs.push(VendorLeg { account, prompted });
        entry.connected = entry.legs.len() >= wanted;
        Some((tenant, entry.connected))
    })
}
