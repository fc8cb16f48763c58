//! The sign-in page of an organisation that checks passwords itself. The sign-in service sends people here by the domain of
//! their account; a right password sends them back with a ticket that is good once.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Form, Query, State};
use axum::response::Response;
use axum::routing::get;
use http::StatusCode;

use crate::clock::later;
use crate::cloud::Cloud;
use crate::hosts::Service;
use crate::ids::fingerprint;
use crate::page::{self, FederatedPage, Frame};
use crate::state::{DomainKind, Handover, Tenant, User, World};

/// How long a ticket is good, seconds.
const TICKET_GOOD_FOR: i64 = 120;

type Parameters = Vec<(String, String)>;

/// The routes of this service.
pub fn router(cloud: Arc<Cloud>) -> Router {
    Router::new()
        .route("/signin", get(ask).post(check))
        .with_state(cloud)
}

/// `GET /signin?wctx=…&username=…`
async fn ask(State(cloud): State<Arc<Cloud>>, Query(query): Query<Parameters>) -> Response {
    let (flow, account) = (field(&query, "wctx"), field(&query, "username"));
    draw(&cloud, flow, account, None)
}

/// `POST /signin?wctx=…`
async fn check(
    State(cloud): State<Arc<Cloud>>,
    Query(query): Query<Parameters>,
    Form(form): Form<Parameters>,
) -> Response {
    let flow = field(&query, "wctx");
    let (account, password) = (field(&form, "account"), field(&form, "password"));
    let right = cloud.read(|world| {
        let (tenant, user) = federated_user(world, account)?;
        (user.enabled && user.password.accepts(password)).then_some((tenant.id, user.id))
    });
    let Some((tenant, user)) = right else {
        let wrong = "The account or password is wrong. Nothing was sent on.";
        return draw(&cloud, flow, account, Some(wrong.to_owned()));
    };
    let ticket = cloud.ids.secret();
    let now = cloud.now();
    cloud.write(|world| {
        let handovers = &mut world.sign_ins.handovers;
        handovers.retain(|_, known| known.expires > now);
        handovers.insert(
            fingerprint(&ticket),
            Handover {
                flow: flow.to_owned(),
                tenant,
                user,
                expires: later(now, TICKET_GOOD_FOR),
            },
        );
    });
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("ticket", &ticket)
        .finish();
    let flow = url::form_urlencoded::byte_serialize(flow.as_bytes()).collect::<String>();
    page::go_to(&format!(
        "{}/signin/{flow}/federated?{query}",
        cloud.hosts.base(Service::Login)
    ))
}

fn draw(cloud: &Cloud, flow: &str, account: &str, wrong: Option<String>) -> Response {
    let organisation = cloud.read(|world| {
        federated_tenant(world, account).map_or_else(
            || "Organisation".to_owned(),
            |tenant| tenant.display_name.clone(),
        )
    });
    let action = url::form_urlencoded::Serializer::new("/signin?".to_owned())
        .append_pair("wctx", flow)
        .finish();
    page::show(
        StatusCode::OK,
        &FederatedPage {
            frame: Frame::federated(),
            organisation,
            action,
            account: account.to_owned(),
            wrong,
        },
    )
}

fn federated_tenant<'a>(world: &'a World, account: &str) -> Option<&'a Tenant> {
    let domain = account.rsplit('@').next()?;
    world.tenant_by_domain(domain).filter(|tenant| {
        tenant
            .domain(domain)
            .is_some_and(|domain| domain.kind == DomainKind::Federated)
    })
}

fn federated_user<'a>(world: &'a World, account: &str) -> Option<(&'a Tenant, &'a User)> {
    let tenant = federated_tenant(world, account)?;
    Some((tenant, tenant.user_by_upn(account)?))
}

fn field<'a>(form: &'a Parameters, name: &str) -> &'a str {
    form.iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}
