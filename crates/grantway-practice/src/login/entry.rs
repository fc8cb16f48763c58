//! Where a sign-in begins: an app's authorization request, a link for an administrator's consent, or the page on which
//! people manage their proofs.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use uuid::Uuid;

use super::authority::Authority;
use super::flow::{Flow, Person, Proved, Purpose, Stage};
use super::refusal::Refusal;
use super::request::{AppRequest, Parameters, Prompt, required, scopes, single, state};
use super::{COOKIES, Login, finish, pages, proof, resource, steps};
use crate::clock::later;
use crate::ids::fingerprint;
use crate::page::{cookie, set_cookie};
use crate::state::{Application, SignInSession, World};

/// `GET /{tenant}/oauth2/v2.0/authorize`
pub async fn authorize(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    begin(&login, &headers, &tenant, &parameters, Kind::App)
}

/// `POST /{tenant}/oauth2/v2.0/authorize`: the same with a form.
pub async fn authorize_form(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
    headers: HeaderMap,
    Form(parameters): Form<Parameters>,
) -> Response {
    begin(&login, &headers, &tenant, &parameters, Kind::App)
}

/// `GET /{tenant}/v2.0/adminconsent`
pub async fn admin_consent(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
    Query(parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    begin(&login, &headers, &tenant, &parameters, Kind::AdminConsent)
}

/// `GET /{tenant}/adminconsent`: the older link, for everything that the app has registered.
pub async fn admin_consent_v1(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
    Query(mut parameters): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    parameters.retain(|(name, _)| name != "scope");
    begin(&login, &headers, &tenant, &parameters, Kind::AdminConsent)
}

/// `GET /security-info`
pub async fn security_info(State(login): State<Arc<Login>>, headers: HeaderMap) -> Response {
    start(
        &login,
        &headers,
        Purpose::SecurityInfo,
        Authority::Organizations,
        None,
    )
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    App,
    AdminConsent,
}

fn begin(
    login: &Login,
    headers: &HeaderMap,
    tenant: &str,
    parameters: &Parameters,
    kind: Kind,
) -> Response {
    let hosts = &login.cloud.hosts;
    let target = login.cloud.read(|world| {
        let authority = Authority::resolve(world, tenant)?;
        client(world, authority, parameters, hosts, login.now())
            .map(|(app, uri)| (authority, app, uri))
    });
    // Until client and redirect address are right, nothing goes back to anybody: the person gets a page.
    let (authority, app, redirect) = match target {
        Ok(target) => target,
        Err(refusal) => return pages::refused(login, StatusCode::BAD_REQUEST, &refusal),
    };
    let graph = resource::graph(hosts);
    let request = match kind {
        Kind::App => AppRequest::parse(
            parameters,
            app.client_id,
            &redirect,
            app.public_client,
            &graph,
        ),
        Kind::AdminConsent => admin_request(parameters, app.client_id, &redirect, &graph),
    };
    let admin = kind == Kind::AdminConsent;
    match request {
        Ok(request) => {
            let hint = request.login_hint.clone();
            let purpose = match kind {
                Kind::App => Purpose::App(request),
                Kind::AdminConsent => Purpose::AdminConsent(request),
            };
            start(login, headers, purpose, authority, hint)
        }
        Err(refusal) => {
            let state = single(parameters, "state").ok().flatten();
            finish::refuse(login, &redirect, state, admin, &refusal)
        }
    }
}

/// The app that asks, and its redirect address.
fn client(
    world: &World,
    authority: Authority,
    parameters: &Parameters,
    hosts: &crate::hosts::Hosts,
    now: Timestamp,
) -> Result<(Application, String), Refusal> {
    let text = required(parameters, "client_id")?;
    let unknown = || {
        let tenant = match authority {
            Authority::Tenant(id) => world.tenant(&id).map(|t| t.display_name.clone()),
            Authority::Organizations => None,
        };
        Refusal::UnknownApp(
            text.chars().take(100).collect(),
            tenant.unwrap_or_else(|| "organizations".to_owned()),
        )
    };
    let id = Uuid::parse_str(text).map_err(|_| unknown())?;
    let app = world.applications.get(&id).ok_or_else(unknown)?;
    // A registration that is only a moment old is not known here yet. facts: own-app-and-tokens §1.3
    if app.unique_name.is_some() && later(app.created, world.propagation.new_object) > now {
        return Err(unknown());
    }
    match authority {
        Authority::Tenant(tenant) if tenant != app.owner_tenant && !app.multi_tenant => {
            return Err(unknown());
        }
        Authority::Organizations if !app.multi_tenant => {
            return Err(Refusal::SingleTenant(id.to_string()));
        }
        _ => {}
    }
    let asked = required(parameters, "redirect_uri")?;
    let registered: Vec<String> = app
        .redirect_uris
        .iter()
        .map(|uri| hosts.expand(uri))
        .collect();
    // What somebody registers may be any address; a code of this cloud goes to this computer only.
    let local = url::Url::parse(asked)
        .is_ok_and(|url| matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")));
    if !local || !Application::redirect_allowed(&registered, asked) {
        return Err(Refusal::Redirect(asked.chars().take(200).collect()));
    }
    Ok((app.clone(), asked.to_owned()))
}

fn admin_request(
    parameters: &Parameters,
    client: Uuid,
    redirect: &str,
    graph: &str,
) -> Result<AppRequest, Refusal> {
    let scope = single(parameters, "scope")?.unwrap_or(".default");
    Ok(AppRequest {
        client,
        redirect_uri: redirect.to_owned(),
        scopes: scopes(scope, graph)?,
        // The older link names no scopes, and its answer names none.
        scope_words: single(parameters, "scope")?
            .unwrap_or_default()
            .split_ascii_whitespace()
            .map(str::to_owned)
            .collect(),
        state: state(parameters)?,
        nonce: None,
        challenge: None,
        prompt: Prompt::Needed,
        login_hint: None,
        cp1: false,
        second_proof: false,
    })
}

/// Begins a sign-in: finds out what the browser brings along and shows the first page that is needed.
fn start(
    login: &Login,
    headers: &HeaderMap,
    purpose: Purpose,
    authority: Authority,
    hint: Option<String>,
) -> Response {
    let browser_name = format!("{COOKIES}_browser");
    let known = cookie::read(headers, &browser_name);
    let browser = known.clone().unwrap_or_else(|| login.cloud.ids.secret());
    let now = login.now();
    let mut flow = Flow {
        id: login.cloud.ids.secret(),
        browser: fingerprint(&browser),
        started: now,
        purpose,
        authority,
        stage: Stage::Account,
        wrong: None,
        typed: hint.clone().unwrap_or_default(),
        person: None,
        proved: Proved::default(),
    };
    let session = cookie::read(headers, &format!("{COOKIES}_session")).and_then(|cookie| {
        login
            .cloud
            .read(|world| usable_session(world, world.sign_ins.session(&cookie)?))
    });
    let prompt = flow
        .request()
        .map_or(Prompt::Needed, |request| request.prompt);
    let mut response = match session {
        Some((person, session))
            if may_reuse(login, &flow, prompt) && fits(hint.as_deref(), &person) =>
        {
            flow.person = Some(person);
            flow.proved = Proved {
                password: true,
                phone: session.mfa,
                stay: true,
                prompted: false,
                at: Some(session.signed_in),
            };
            steps::go_on(login, flow)
        }
        _ if prompt == Prompt::None => finish::turn_away(login, &flow, &Refusal::NoSession),
        Some((person, _)) if prompt == Prompt::SelectAccount && hint.is_none() => {
            flow.stage = Stage::Pick(vec![person.upn]);
            steps::show(login, flow)
        }
        _ => {
            if hint.is_some() {
                proof::take_account(login, &mut flow);
            }
            steps::show(login, flow)
        }
    };
    if known.is_none() {
        set_cookie(&mut response, &cookie::write(&browser_name, &browser, None));
    }
    response
}

/// Whether a session may stand in for a new sign-in.
fn may_reuse(login: &Login, flow: &Flow, prompt: Prompt) -> bool {
    match prompt {
        Prompt::Needed | Prompt::Consent | Prompt::None => true,
        Prompt::SelectAccount => false,
        // What a content blocker or an old cookie does to the vendor's second sign-in: it goes on without one.
        Prompt::Login => login.cloud.read(|world| {
            world.quirks.second_prompt_missing
                && flow.request().map(|request| request.client)
                    == Some(world.vendor_portal.application)
        }),
    }
}

fn fits(hint: Option<&str>, person: &Person) -> bool {
    hint.is_none_or(|hint| hint.eq_ignore_ascii_case(&person.upn))
}

// A session ends with the account, its being enabled, and the password that it was opened with.
fn usable_session(world: &World, session: &SignInSession) -> Option<(Person, SignInSession)> {
    let user = world.tenant(&session.tenant)?.users.get(&session.user)?;
    let usable = user.enabled && user.accepts_sign_in_of(session.signed_in);
    usable.then(|| {
        let person = Person {
            tenant: session.tenant,
            user: session.user,
            upn: user.upn.clone(),
        };
        (person, session.clone())
    })
}
