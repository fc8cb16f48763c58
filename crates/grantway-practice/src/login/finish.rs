//! How a sign-in ends: consent where it is missing, then an answer to the app; or a refusal; or signing out.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;

use super::authority::Seat;
use super::conditional_access::{Attempt, Who};
use super::consent::{Asked, Power, first_resource, grant, may_use, power_of, withdraw};
use super::flow::{Flow, Proved, Purpose, Stage};
use super::refusal::Refusal;
use super::request::{AppRequest, Parameters, Prompt, single};
use super::{COOKIES, Login, pages, proof, redirect, steps};
use crate::clock::later;
use crate::ids::fingerprint;
use crate::page::{self, ConsentPage, Frame, Right, SignedOutPage, cookie, set_cookie};
use crate::state::{Application, AuthorizationCode, GrantReach, Tenant, User, World};

/// How long a code is good, seconds.
// facts: clean-session §5
const CODE_GOOD_FOR: i64 = 600;

/// Ends a sign-in whose person has proved everything.
pub fn conclude(login: &Login, mut flow: Flow) -> Response {
    if matches!(flow.purpose, Purpose::SecurityInfo) {
        proof::record(login, &flow, 0);
        flow.stage = Stage::AllSet;
        return steps::show(login, flow);
    }
    let next = login
        .cloud
        .read(|world| Scene::of(login, world, &flow).map(|scene| scene.next()));
    match next {
        Ok(Next::Answer) => answer(login, &flow),
        // A session that is too old for a policy is no reason to refuse: the person signs in again.
        Ok(Next::Refuse(Refusal::SignInTooOld)) if !flow.proved.prompted => {
            flow.proved = Proved {
                stay: true,
                ..Proved::default()
            };
            flow.typed = flow
                .person
                .as_ref()
                .map_or_else(String::new, |person| person.upn.clone());
            proof::take_account(login, &mut flow);
            steps::show(login, flow)
        }
        Ok(Next::Refuse(refusal)) => turn_away(login, &flow, &refusal),
        Ok(Next::Page(stage)) => {
            flow.stage = stage;
            steps::show(login, flow)
        }
        Err(refusal) => turn_away(login, &flow, &refusal),
    }
}

/// Takes the person's answer on the consent page.
pub fn consented(login: &Login, flow: Flow, accepted: bool, organisation: bool) -> Response {
    if !accepted {
        return turn_away(login, &flow, &Refusal::ConsentDenied);
    }
    let plan = login.cloud.read(|world| {
        let scene = Scene::of(login, world, &flow)?;
        if !scene.asked.is_within(scene.power, scene.tenant, scene.app) {
            return Err(Refusal::AdminApproval);
        }
        let whole = scene.whole() || (organisation && scene.power >= Power::Delegated);
        let reach = if whole {
            GrantReach::AllPrincipals
        } else {
            GrantReach::Principal(scene.user.id)
        };
        Ok((
            scene.tenant.id,
            scene.app.clone(),
            scene.asked.clone(),
            reach,
            scene.admin,
        ))
    });
    match plan {
        Ok((tenant, app, asked, reach, link)) => {
            login.cloud.write(|world| {
                if link {
                    withdraw(world, &tenant, &app, &asked);
                }
                grant(&login.cloud, world, &tenant, &app, &asked, reach);
            });
            answer(login, &flow)
        }
        Err(refusal) => turn_away(login, &flow, &refusal),
    }
}

/// The consent page.
pub fn consent_page(
    login: &Login,
    flow: &Flow,
    upn: String,
    action: String,
) -> Result<ConsentPage, Refusal> {
    login.cloud.read(|world| {
        let scene = Scene::of(login, world, flow)?;
        let mut rights = scene.asked.rights(scene.tenant);
        if rights.is_empty() {
            rights.push(Right {
                words: "Sign you in and read your name".to_owned(),
                value: "openid".to_owned(),
                application: false,
            });
        }
        let publisher = &scene.app.publisher;
        Ok(ConsentPage {
            frame: Frame::login("consent", "consent").wide(),
            upn,
            can_change: true,
            action,
            app: scene.app.name.clone(),
            publisher: Some(publisher.name.clone()).filter(|name| !name.is_empty()),
            verified: publisher.verified_id.is_some(),
            tenant: scene.tenant.display_name.clone(),
            rights,
            whole_organisation: scene.whole(),
            can_tick: scene.power >= Power::Delegated && !scene.whole(),
        })
    })
}

/// Where the person of this sign-in sits in the tenant that the tokens are for.
pub fn seat_of(world: &World, flow: &Flow, now: Timestamp) -> Result<Seat, Refusal> {
    let person = flow.person.as_ref().ok_or(Refusal::FlowGone)?;
    let home = world.tenant(&person.tenant).ok_or(Refusal::FlowGone)?;
    let user = home.users.get(&person.user).ok_or(Refusal::FlowGone)?;
    flow.authority.seat(world, home, user, now)
}

/// Whether the app or a policy wants the phone for this sign-in, so that it cannot be skipped.
pub fn second_proof_demanded(login: &Login, world: &World, flow: &Flow) -> bool {
    let asked = flow.request().is_some_and(|request| request.second_proof);
    asked
        || Scene::of(login, world, flow)
            .is_ok_and(|scene| matches!(scene.judged, Err(Refusal::SecondProofNeeded(_))))
}

/// Everything that decides how a sign-in for an app ends.
struct Scene<'a> {
    request: &'a AppRequest,
    admin: bool,
    tenant: &'a Tenant,
    seat: Seat,
    user: &'a User,
    judged: Result<(), Refusal>,
    app: &'a Application,
    asked: Asked,
    power: Power,
}

enum Next {
    Answer,
    Page(Stage),
    Refuse(Refusal),
}

impl<'a> Scene<'a> {
    fn of(login: &Login, world: &'a World, flow: &'a Flow) -> Result<Self, Refusal> {
        let now = login.now();
        let request = flow.request().ok_or(Refusal::FlowGone)?;
        let person = flow.person.as_ref().ok_or(Refusal::FlowGone)?;
        let seat = seat_of(world, flow, now)?;
        let id = seat.tenant;
        let tenant = world.tenant(&id).ok_or(Refusal::FlowGone)?;
        let user = world
            .tenant(&person.tenant)
            .and_then(|home| home.users.get(&person.user))
            .ok_or(Refusal::FlowGone)?;
        let unknown =
            || Refusal::UnknownApp(request.client.to_string(), tenant.display_name.clone());
        let app = world
            .applications
            .get(&request.client)
            .ok_or_else(unknown)?;
        if !app.multi_tenant && app.owner_tenant != id {
            return Err(unknown());
        }
        let principal = tenant.service_principal_by_app(&app.client_id);
        if principal.is_some_and(|principal| !principal.enabled) {
            return Err(Refusal::AppDisabled(request.client.to_string()));
        }
        let attempt = Attempt {
            tenant,
            who: seat.who,
            roles: seat.roles.clone(),
            groups: seat.groups.clone(),
            resource: first_resource(&request.scopes, &login.cloud.hosts),
            public_client: app.public_client,
            mfa: flow.proved.phone,
            signed_in: flow.proved.at.unwrap_or(now),
            now,
        };
        let judged = match principal {
            Some(principal) if !may_use(tenant, principal, &seat) => {
                Err(Refusal::NotAssigned(request.client.to_string()))
            }
            _ => attempt.judge(),
        };
        // A guest's own account in the tenant counts; a partner's person has none.
        let user = seat
            .guest()
            .and_then(|id| tenant.users.get(&id))
            .unwrap_or(user);
        Ok(Self {
            judged,
            asked: Asked::read(tenant, app, &request.scopes, &login.cloud.hosts)?,
            // A partner's person cannot consent in a customer's tenant. facts: own-app-and-tokens §2.2
            power: match seat.who {
                Who::ServiceProvider(_) => Power::Own,
                Who::Member(_) | Who::Guest(..) => power_of(&seat.roles),
            },
            seat,
            request,
            admin: matches!(flow.purpose, Purpose::AdminConsent(_)),
            tenant,
            user,
            app,
        })
    }

    /// Consent that counts for the whole organisation however it is given: an administrator's link, or app roles.
    fn whole(&self) -> bool {
        self.admin || !self.asked.application.is_empty()
    }

    fn next(&self) -> Next {
        let client = || self.request.client.to_string();
        let missing = self.asked.is_missing(self.tenant, self.app, &self.user.id);
        let again = self.request.prompt == Prompt::Consent && self.power > Power::Own;
        let passing_through = matches!(self.seat.who, Who::ServiceProvider(_));
        if let Err(refusal) = &self.judged {
            return Next::Refuse(refusal.clone());
        }
        if self.app.preauthorized {
            return Next::Answer;
        }
        if !missing && !again && !self.admin {
            return Next::Answer;
        }
        if passing_through {
            return Next::Refuse(Refusal::NotPreconsented(client()));
        }
        if self.request.prompt == Prompt::None {
            return Next::Refuse(Refusal::NoConsent(client()));
        }
        let allowed = self.asked.is_within(self.power, self.tenant, self.app)
            && (!self.admin || self.power > Power::Own);
        Next::Page(if allowed {
            Stage::Consent
        } else {
            Stage::ApprovalNeeded
        })
    }
}

/// Gives the app its answer: a code, or the word that an administrator consented.
fn answer(login: &Login, flow: &Flow) -> Response {
    let (Some(request), Some(person)) = (flow.request(), flow.person.as_ref()) else {
        return pages::refused(login, StatusCode::BAD_REQUEST, &Refusal::FlowGone);
    };
    let now = login.now();
    let tenant = match login.cloud.read(|world| seat_of(world, flow, now)) {
        Ok(seat) => seat.tenant,
        Err(refusal) => return turn_away(login, flow, &refusal),
    };
    proof::record(login, flow, 0);
    let state = request.state.as_deref();
    if let Purpose::AdminConsent(request) = &flow.purpose {
        let scope = request.scope_words.join(" ");
        let tenant = tenant.to_string();
        let mut pairs = vec![("admin_consent", "True"), ("tenant", tenant.as_str())];
        if !scope.is_empty() {
            pairs.push(("scope", scope.as_str()));
        }
        pairs.extend(state.map(|state| ("state", state)));
        return send(login, &request.redirect_uri, &pairs);
    }
    let code = login.cloud.ids.secret();
    let session_state = login.cloud.ids.guid().to_string();
    login.cloud.write(|world| {
        world
            .sign_ins
            .codes
            .retain(|_, known| later(known.expires, CODE_GOOD_FOR) > now);
        world.sign_ins.codes.insert(
            fingerprint(&code),
            AuthorizationCode {
                tenant,
                home_tenant: person.tenant,
                user: person.user,
                client: request.client,
                redirect_uri: request.redirect_uri.clone(),
                scopes: request.scope_words.clone(),
                challenge: request.challenge.clone(),
                nonce: request.nonce.clone(),
                cp1: request.cp1,
                mfa: flow.proved.phone,
                signed_in: flow.proved.at.unwrap_or(now),
                prompted: flow.proved.prompted,
                expires: later(now, CODE_GOOD_FOR),
                used: false,
            },
        );
    });
    let mut pairs = vec![("code", code.as_str())];
    pairs.extend(state.map(|state| ("state", state)));
    pairs.push(("session_state", session_state.as_str()));
    send(login, &request.redirect_uri, &pairs)
}

/// Ends a sign-in with a refusal: back to the app where that is right, else as a page.
pub fn turn_away(login: &Login, flow: &Flow, refusal: &Refusal) -> Response {
    match flow.request() {
        Some(request) if !refusal.stays() => {
            let admin = matches!(flow.purpose, Purpose::AdminConsent(_));
            refuse(
                login,
                &request.redirect_uri,
                request.state.as_deref(),
                admin,
                refusal,
            )
        }
        _ => pages::refused(login, StatusCode::BAD_REQUEST, refusal),
    }
}

/// Ends a sign-in that the person stopped.
pub fn cancelled(login: &Login, flow: &Flow) -> Response {
    match flow.request() {
        Some(_) => turn_away(login, flow, &Refusal::Cancelled),
        None => signed_out(),
    }
}

/// Sends a refusal to a redirect address that is known to be right.
pub fn refuse(
    login: &Login,
    redirect_uri: &str,
    state: Option<&str>,
    admin: bool,
    refusal: &Refusal,
) -> Response {
    let (request, time) = login.trace();
    let description = refusal.description(&request, &time);
    // facts: clean-session §5: a denied admin consent carries admin_consent=True and an error.
    let error = match refusal {
        Refusal::ConsentDenied if admin => "consent_required",
        other => other.error(),
    };
    let mut pairs = vec![
        ("error", error),
        ("error_description", description.as_str()),
    ];
    if admin {
        pairs.push(("admin_consent", "True"));
    }
    if matches!(refusal, Refusal::Cancelled) {
        pairs.push(("error_subcode", "cancel"));
    }
    pairs.extend(state.map(|state| ("state", state)));
    send(login, redirect_uri, &pairs)
}

/// `GET /{tenant}/oauth2/v2.0/logout`
pub async fn log_out(
    State(login): State<Arc<Login>>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    let back = single(&query, "post_logout_redirect_uri").ok().flatten();
    let known = back.filter(|asked| {
        login.cloud.read(|world| {
            world.applications.values().any(|app| {
                let registered: Vec<String> = app
                    .redirect_uris
                    .iter()
                    .map(|uri| login.cloud.hosts.expand(uri))
                    .collect();
                Application::redirect_allowed(&registered, asked)
            })
        })
    });
    let state = single(&query, "state").ok().flatten();
    let pairs: Vec<(&str, &str)> = state.map(|state| ("state", state)).into_iter().collect();
    let response = known.map_or_else(signed_out, |back| send(&login, back, &pairs));
    forget(&login, &headers, response)
}

/// `POST /sign-out`: the button on the page that shows the proofs.
pub async fn sign_out(State(login): State<Arc<Login>>, headers: HeaderMap) -> Response {
    forget(&login, &headers, signed_out())
}

fn forget(login: &Login, headers: &HeaderMap, mut response: Response) -> Response {
    let name = format!("{COOKIES}_session");
    if let Some(known) = cookie::read(headers, &name) {
        login
            .cloud
            .write(|world| world.sign_ins.sessions.remove(&fingerprint(&known)));
    }
    set_cookie(&mut response, &cookie::write(&name, "", Some(0)));
    response
}

fn signed_out() -> Response {
    page::show(
        StatusCode::OK,
        &SignedOutPage {
            frame: Frame::login("signed-out", "signed out"),
        },
    )
}

fn send(login: &Login, redirect_uri: &str, pairs: &[(&str, &str)]) -> Response {
    match redirect::with_answer(redirect_uri, pairs) {
        Some(address) => page::go_to(&address),
        None => pages::refused(
            login,
            StatusCode::BAD_REQUEST,
            &Refusal::Redirect(redirect_uri.to_owned()),
        ),
    }
}
