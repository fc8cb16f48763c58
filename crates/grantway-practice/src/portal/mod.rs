//! The admin portal of tenants: where a customer's administrator approves a provider's request, sees and ends what was approved, where
//! the audit log is switched on, and where an app is registered by hand. One signs in with an account of a tenant; there is no API.
// facts: api-gdap-hardening §2.4, §2.15

mod audit;
mod registrations;
mod relationships;
mod session;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use http::{HeaderMap, StatusCode};
use uuid::{Uuid, uuid};

use crate::cloud::Cloud;
use crate::hosts::Service;
use crate::ids::fingerprint;
use crate::page::{self, Frame, PortalHomePage, PortalLinkPage, PortalNotePage, cookie};
use crate::state::{Application, Publisher, Tenant, World, role_by_name};
use session::{Pending, Sessions, Visitor};

type Parameters = Vec<(String, String)>;

/// Prefix of this service's cookie.
const COOKIE: &str = "pcportal_session";
/// Client id of the portal at the sign-in service.
const CLIENT: Uuid = uuid!("7a000000-0000-4000-8000-0000000000a1");

/// The portal of one practice cloud.
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
        .route("/", get(home))
        .route("/signed-in", get(signed_in))
        .route("/sign-out", post(sign_out))
        .route("/AdminPortal/Home", get(link))
        .route(
            "/partners/invitation/granularAdminRelationships/{id}",
            get(relationships::ask).post(relationships::approve),
        )
        .route("/partners/relationships", get(relationships::list))
        .route("/partners/relationships/end", post(relationships::end))
        .route("/audit/auditsearch", get(audit::show).post(audit::start))
        .route(
            "/registrations/new",
            get(registrations::ask).post(registrations::register),
        )
        .route(
            "/registrations/{client}",
            get(registrations::show).post(registrations::change),
        )
        .with_state(Arc::new(portal))
}

/// The portal as the sign-in service knows it: it needs no consent.
pub(crate) fn application() -> Application {
    Application {
        client_id: CLIENT,
        name: "Practice admin portal".to_owned(),
        owner_tenant: uuid!("7a000000-0000-4000-8000-0000000000a0"),
        publisher: Publisher {
            name: "Practice cloud".to_owned(),
            verified_id: None,
        },
        public_client: false,
        secret_hash: None,
        redirect_uris: vec!["{portal}/signed-in".to_owned()],
        requested: Vec::new(),
        multi_tenant: true,
        audience: "AzureADMultipleOrgs".to_owned(),
        object_id: uuid!("7a000000-0000-4000-8000-0000000000a2"),
        unique_name: None,
        created: jiff::Timestamp::UNIX_EPOCH,
        registered_by: None,
        preauthorized: true,
    }
}

impl Portal {
    /// Who is signed in, for a page of a tenant; otherwise the way to the sign-in page and back to `wanted`.
    fn visitor(
        &self,
        headers: &HeaderMap,
        tenant: Option<Uuid>,
        wanted: &str,
    ) -> Result<Visitor, Response> {
        let known = cookie::read(headers, COOKIE)
            .and_then(|cookie| self.sessions.of(&cookie))
            .filter(|visitor| tenant.is_none_or(|tenant| tenant == visitor.tenant));
        known.ok_or_else(|| self.to_sign_in(headers, tenant, wanted))
    }

    fn to_sign_in(&self, headers: &HeaderMap, tenant: Option<Uuid>, wanted: &str) -> Response {
        let held = cookie::read(headers, COOKIE);
        let cookie = held.clone().unwrap_or_else(|| self.cloud.ids.secret());
        let state = self.cloud.ids.secret();
        self.sessions.ask(
            &cookie,
            Pending {
                state: state.clone(),
                wanted: wanted.to_owned(),
            },
        );
        let back = format!("{}/signed-in", self.cloud.hosts.base(Service::Portal));
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("client_id", &CLIENT.to_string())
            .append_pair("response_type", "code")
            .append_pair("redirect_uri", &back)
            .append_pair("scope", "openid profile")
            .append_pair("state", &state)
            .finish();
        let authority = tenant.map_or_else(|| "organizations".to_owned(), |id| id.to_string());
        let login = self.cloud.hosts.base(Service::Login);
        let mut response = page::go_to(&format!(
            "{login}/{authority}/oauth2/v2.0/authorize?{query}"
        ));
        if held.is_none() {
            page::set_cookie(&mut response, &cookie::write(COOKIE, &cookie, None));
        }
        response
    }

    /// A page that only says something.
    fn note(&self, status: StatusCode, heading: &str, text: &str) -> Response {
        page::show(
            status,
            &PortalNotePage {
                frame: Frame::admin("portal-note", "note"),
                heading: heading.to_owned(),
                text: text.to_owned(),
            },
        )
    }

    /// Whether a form is the one that this visitor was shown.
    fn guarded(&self, visitor: &Visitor, form: &Parameters) -> Result<(), Response> {
        if field(form, "csrf") == visitor.csrf {
            return Ok(());
        }
        Err(self.note(
            StatusCode::BAD_REQUEST,
            "That form was out of date",
            "Nothing was changed. Open the page again.",
        ))
    }
}

/// `GET /`
async fn home(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    let visitor = match portal.visitor(&headers, None, "/") {
        Ok(visitor) => visitor,
        Err(response) => return response,
    };
    let tenant = portal.cloud.read(|world| name(world, &visitor.tenant));
    page::show(
        StatusCode::OK,
        &PortalHomePage {
            frame: Frame::admin("portal-home", "home"),
            tenant,
            account: visitor.upn,
            csrf: visitor.csrf,
        },
    )
}

/// `GET /AdminPortal/Home`: Microsoft's links name the request behind a `#`, which a server never sees. The page's script goes on.
async fn link() -> Response {
    page::show(
        StatusCode::OK,
        &PortalLinkPage {
            frame: Frame::admin("portal-link", "open a link"),
        },
    )
}

/// `GET /signed-in`: the answer of the sign-in service.
async fn signed_in(
    State(portal): State<Arc<Portal>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    let cookie = cookie::read(&headers, COOKIE).unwrap_or_default();
    let pending = portal
        .sessions
        .take(&cookie)
        .filter(|pending| pending.state == field(&query, "state"));
    let Some(pending) = pending else {
        return portal.note(
            StatusCode::BAD_REQUEST,
            "That sign-in belongs to another page",
            "Open the portal again.",
        );
    };
    let csrf = portal.cloud.ids.secret();
    let now = portal.cloud.now();
    // The portal redeems its code behind the scenes, which leaves no trace for a browser.
    let visitor = portal.cloud.write(|world| {
        let code = world
            .sign_ins
            .codes
            .get_mut(&fingerprint(field(&query, "code")))?;
        if code.client != CLIENT || code.used || code.expires <= now {
            return None;
        }
        code.used = true;
        let (tenant, home, user) = (code.tenant, code.home_tenant, code.user);
        let upn = world.tenant(&home)?.users.get(&user)?.upn.clone();
        Some(Visitor {
            csrf,
            tenant,
            home,
            user,
            upn,
        })
    });
    match visitor {
        Some(visitor) => {
            // A new cookie for a new sign-in: the old one was known before anybody had proved anything.
            let fresh = portal.cloud.ids.secret();
            portal.sessions.open(&fresh, visitor);
            let mut response = page::go_to(&pending.wanted);
            page::set_cookie(&mut response, &cookie::write(COOKIE, &fresh, None));
            response
        }
        None => portal.note(
            StatusCode::FORBIDDEN,
            "You are not signed in",
            "The sign-in page did not let you in. Open the portal again to try once more.",
        ),
    }
}

/// `POST /sign-out`
async fn sign_out(State(portal): State<Arc<Portal>>, headers: HeaderMap) -> Response {
    if let Some(known) = cookie::read(&headers, COOKIE) {
        portal.sessions.close(&known);
    }
    let mut response = portal.note(
        StatusCode::OK,
        "Signed out",
        "This portal holds no sign-in any more.",
    );
    page::set_cookie(&mut response, &cookie::write(COOKIE, "", Some(0)));
    response
}

fn name(world: &World, tenant: &Uuid) -> String {
    world
        .tenant(tenant)
        .map_or_else(String::new, |tenant| tenant.display_name.clone())
}

/// Template ids of the roles that a visitor holds in the tenant that is open, through a relationship as well.
fn roles(portal: &Portal, world: &World, visitor: &Visitor) -> Vec<Uuid> {
    let now = portal.cloud.now();
    let Some(home) = world.tenant(&visitor.home) else {
        return Vec::new();
    };
    if visitor.home == visitor.tenant {
        return home.all_roles_of(&visitor.user, now);
    }
    let groups = home.groups_of(&visitor.user);
    world
        .relationships_between(visitor.home, visitor.tenant)
        .flat_map(|relationship| relationship.roles_for(&groups, now))
        .collect()
}

/// Whether a visitor is a Global Administrator of the tenant itself.
fn is_administrator(portal: &Portal, world: &World, visitor: &Visitor) -> bool {
    visitor.home == visitor.tenant
        && role_by_name("Global Administrator")
            .is_some_and(|role| roles(portal, world, visitor).contains(&role.template))
}

/// A tenant by id or domain.
fn tenant_of<'w>(world: &'w World, text: &str) -> Option<&'w Tenant> {
    match text.parse() {
        Ok(id) => world.tenant(&id),
        Err(_) => world.tenant_by_domain(text),
    }
}

fn field<'a>(form: &'a Parameters, name: &str) -> &'a str {
    form.iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}
