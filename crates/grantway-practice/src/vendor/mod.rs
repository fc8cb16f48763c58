//! The vendor's portal. A person signs in to it with an account of the vendor's, and connects a tenant in legs: each leg is a
//! sign-in at the sign-in service with the vendor's app. The portal does not notice when a leg asked nobody for credentials.

mod connect;
mod mapping;
mod session;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};
use uuid::Uuid;

use crate::cloud::Cloud;
use crate::page::{
    self, AddPage, Frame, IntegrationLine, IntegrationsPage, PortalSignInPage, cookie,
};
use crate::state::World;
use session::{Sessions, Visitor};

type Parameters = Vec<(String, String)>;

/// Prefix of this service's cookies.
const COOKIE: &str = "pcvendor_session";

/// The vendor's portal of one practice cloud.
struct Portal {
    cloud: Arc<Cloud>,
    sessions: Sessions,
}

/// The routes of this service.
pub fn router(cloud: Arc<Cloud>) -> Router {
    let portal = Portal {
        cloud,
        sessions: Sessions::default(),
    };
    Router::new()
        .route("/", get(integrations))
        .route("/sign-in", get(ask).post(sign_in))
        .route("/integrations/new", get(add))
        .route("/integrations/connect", post(connect::begin))
        .route("/integrations/delete", post(delete))
        .route("/connect/callback", get(connect::came_back))
        .route("/integrations/connected", get(connect::connected))
        .route("/mappings", get(mapping::show).post(mapping::map))
        .route("/organizations.csv", get(mapping::organizations))
        .with_state(Arc::new(portal))
}

impl Portal {
    fn visitor(&self, headers: &HeaderMap) -> Option<Visitor> {
        self.sessions.of(&cookie::read(headers, COOKIE)?)
    }

    fn frame(&self, page: &'static str, name: &str) -> Frame {
        self.cloud
            .read(|world| Frame::portal(page, name, &brand(world)))
    }
}

/// `GET /`: what is connected.
async fn integrations(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match portal.visitor(&headers) {
        Some(visitor) => list(&portal, &visitor, None),
        None => page::go_to("/sign-in"),
    }
}

/// `GET /sign-in`
async fn ask(State(portal): State<Arc<Portal>>) -> Response {
    sign_in_page(&portal, "", None)
}

/// `POST /sign-in`
async fn sign_in(State(portal): State<Arc<Portal>>, Form(form): Form<Parameters>) -> Response {
    let (account, password) = (field(&form, "account").trim(), field(&form, "password"));
    let right =
        portal.cloud.read(|world| {
            world.vendor_portal.accounts.iter().any(|known| {
                known.email.eq_ignore_ascii_case(account) && known.password == password
            })
        });
    if !right {
        let wrong =
            "The account or password is wrong. Only practice accounts of this portal work here.";
        return sign_in_page(&portal, "", Some(wrong.to_owned()));
    }
    let (secret, csrf) = (portal.cloud.ids.secret(), portal.cloud.ids.secret());
    portal.sessions.open(&secret, Visitor { csrf, leg: None });
    let mut response = page::go_to("/");
    page::set_cookie(&mut response, &cookie::write(COOKIE, &secret, None));
    response
}

/// `GET /integrations/new`
async fn add(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    match portal.visitor(&headers) {
        Some(visitor) => page::show(
            StatusCode::OK,
            &AddPage {
                frame: portal.frame("add-integration", "add integration"),
                csrf: visitor.csrf,
            },
        ),
        None => page::go_to("/sign-in"),
    }
}

/// `POST /integrations/delete`: the portal forgets the tenant. What was granted in the tenant stays there.
async fn delete(
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
            Some("That form was out of date. Nothing was deleted."),
        );
    }
    let id = Uuid::parse_str(field(&form, "id")).ok();
    portal.cloud.write(|world| {
        world
            .vendor_portal
            .integrations
            .retain(|known| Some(known.id) != id);
    });
    let told = "Deleted here. What was granted in the tenant stays until it is taken back there.";
    list(&portal, &visitor, Some(told))
}

fn list(portal: &Portal, visitor: &Visitor, notice: Option<&str>) -> Response {
    let integrations = portal.cloud.read(|world| {
        world
            .vendor_portal
            .integrations
            .iter()
            .filter(|known| known.connected)
            .filter_map(|known| {
                let tenant = known.tenant?;
                Some(IntegrationLine {
                    id: known.id.to_string(),
                    tenant: world.tenant(&tenant)?.display_name.clone(),
                    permissions: permissions(world, &tenant),
                    account: known
                        .legs
                        .last()
                        .map_or_else(String::new, |leg| leg.account.clone()),
                })
            })
            .collect()
    });
    page::show(
        StatusCode::OK,
        &IntegrationsPage {
            frame: portal.frame("integrations", "integrations"),
            notice: notice.map(str::to_owned),
            integrations,
            csrf: visitor.csrf.clone(),
        },
    )
}

fn sign_in_page(portal: &Portal, account: &str, wrong: Option<String>) -> Response {
    page::show(
        StatusCode::OK,
        &PortalSignInPage {
            frame: Frame {
                wide: false,
                ..portal.frame("vendor-sign-in", "sign in")
            },
            account: account.to_owned(),
            wrong,
        },
    )
}

/// The vendor and its product, as its pages name them.
fn brand(world: &World) -> String {
    format!(
        "{} {}",
        world.vendor_portal.name, world.vendor_portal.product
    )
}

/// How many permissions the vendor's app holds in a tenant.
fn permissions(world: &World, tenant: &Uuid) -> usize {
    let Some(tenant) = world.tenant(tenant) else {
        return 0;
    };
    let Some(client) = tenant.service_principal_by_app(&world.vendor_portal.application) else {
        return 0;
    };
    let delegated: usize = tenant
        .delegated_grants
        .values()
        .filter(|grant| grant.client == client.id)
        .map(|grant| grant.scopes.len())
        .sum();
    let roles = tenant
        .app_role_assignments
        .values()
        .filter(|assignment| assignment.principal == client.id)
        .count();
    delegated + roles
}

fn field<'a>(form: &'a Parameters, name: &str) -> &'a str {
    form.iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}
