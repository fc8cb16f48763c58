//! What a person sends from a page, and which page comes next.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};

use super::flow::{Flow, Person, Proved, Purpose, Stage};
use super::refusal::Refusal;
use super::request::{Parameters, Prompt};
use super::{COOKIES, Login, finish, number, pages, proof};
use crate::ids::fingerprint;
use crate::page::{cookie, set_cookie};
use crate::state::SignInSession;

/// How long a sign-in lasts that the person asked to keep, seconds.
const KEPT: i64 = 90 * 86_400;

/// `POST /signin/{flow}`: a page's form.
pub async fn step(
    State(login): State<Arc<Login>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Form(form): Form<Parameters>,
) -> Response {
    match take(&login, &id, &headers) {
        Some(flow) => handle(&login, flow, &form),
        None => pages::refused(&login, StatusCode::BAD_REQUEST, &Refusal::FlowGone),
    }
}

/// `GET /signin/{flow}`: the present page again. A page that waits for the phone comes here without a script.
pub async fn again(
    State(login): State<Arc<Login>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    match take(&login, &id, &headers) {
        Some(flow) if matches!(flow.stage, Stage::Number { .. }) => after_phone(&login, flow),
        Some(flow) => show(&login, flow),
        None => pages::refused(&login, StatusCode::BAD_REQUEST, &Refusal::FlowGone),
    }
}

/// `GET /signin/{flow}/federated?ticket=…`: the organisation's own page hands the person back.
pub async fn federated(
    State(login): State<Arc<Login>>,
    Path(id): Path<String>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Response {
    let gone = || pages::refused(&login, StatusCode::BAD_REQUEST, &Refusal::FlowGone);
    let Some(mut flow) = take(&login, &id, &headers) else {
        return gone();
    };
    let now = login.now();
    let ticket = field(&query, "ticket");
    let handover = login
        .cloud
        .write(|world| world.sign_ins.handovers.remove(&fingerprint(ticket)))
        .filter(|handover| handover.flow == flow.id && handover.expires > now);
    let person = handover.and_then(|handover| {
        login.cloud.read(|world| {
            let user = world.tenant(&handover.tenant)?.users.get(&handover.user)?;
            Some(Person {
                tenant: handover.tenant,
                user: handover.user,
                upn: user.upn.clone(),
            })
        })
    });
    if flow.stage != Stage::Federated || person.is_none() {
        return gone();
    }
    flow.person = person;
    proof::password_proved(&login, &mut flow);
    go_on(&login, flow)
}

/// Finds the next page, or the end.
pub fn go_on(login: &Login, mut flow: Flow) -> Response {
    let Some(next) = missing_proof(login, &flow) else {
        return pages::refused(login, StatusCode::BAD_REQUEST, &Refusal::FlowGone);
    };
    let silent = flow
        .request()
        .is_some_and(|request| request.prompt == Prompt::None);
    match next {
        Missing::Nothing => {}
        _ if silent => return finish::turn_away(login, &flow, &Refusal::SecondProofNeeded(None)),
        Missing::Page(stage) => {
            flow.stage = stage;
            return show(login, flow);
        }
        Missing::Phone => {
            number::ask(login, &mut flow, false);
            return show(login, flow);
        }
    }
    if flow.proved.stay {
        return finish::conclude(login, flow);
    }
    if matches!(flow.purpose, Purpose::SecurityInfo) {
        let cookie = open_session(login, &flow, None);
        flow.proved.stay = true;
        let mut response = finish::conclude(login, flow);
        set_cookie(&mut response, &cookie);
        return response;
    }
    flow.stage = Stage::Stay;
    show(login, flow)
}

/// Shows the page of the present stage and keeps the flow.
pub fn show(login: &Login, flow: Flow) -> Response {
    let response = pages::of(login, &flow);
    login.flows.put(flow);
    response
}

enum Missing {
    Nothing,
    Phone,
    Page(Stage),
}

// The order in which Entra asks: password, its change, a second proof or its registration.
fn missing_proof(login: &Login, flow: &Flow) -> Option<Missing> {
    let person = flow.person.as_ref()?;
    let (change, registered, skipped) = login.cloud.read(|world| {
        let user = world.tenant(&person.tenant)?.users.get(&person.user)?;
        let skipped =
            user.second_proof_skipped && !finish::second_proof_demanded(login, world, flow);
        Some((
            user.must_change_password,
            !user.authenticators.is_empty(),
            skipped,
        ))
    })?;
    let code = || {
        let text = login.cloud.ids.guid().simple().to_string().to_uppercase();
        format!("{}-{}", &text[..4], &text[4..8])
    };
    Some(match (flow.proved.password, flow.proved.phone) {
        (false, _) => Missing::Page(flow.stage.clone()),
        _ if change && flow.stage != Stage::Federated => Missing::Page(Stage::ChangePassword),
        (_, false) if skipped && registered => Missing::Nothing,
        (_, false) if !registered => Missing::Page(Stage::Register(code())),
        (_, false) => Missing::Phone,
        (true, true) => Missing::Nothing,
    })
}

fn handle(login: &Login, mut flow: Flow, form: &Parameters) -> Response {
    if field(form, "cancel") == "yes" {
        return finish::cancelled(login, &flow);
    }
    // A form that does not belong to the present page comes from an older copy of it: the present page is shown again.
    match (field(form, "step"), flow.stage.clone()) {
        ("other", _) => {
            flow.person = None;
            flow.proved = Proved::default();
            flow.stage = Stage::Account;
            flow.typed = String::new();
            flow.wrong = None;
            show(login, flow)
        }
        ("account", Stage::Account) => {
            flow.typed = field(form, "account").to_owned();
            proof::take_account(login, &mut flow);
            show(login, flow)
        }
        ("pick", Stage::Pick(known)) => {
            let picked = field(form, "account").to_owned();
            flow.stage = Stage::Account;
            if known.contains(&picked) {
                pick(login, flow, &picked)
            } else {
                show(login, flow)
            }
        }
        ("password", Stage::Password) => {
            proof::take_password(login, &mut flow, field(form, "password"));
            if flow.proved.password {
                go_on(login, flow)
            } else {
                show(login, flow)
            }
        }
        ("change-password", Stage::ChangePassword) => {
            let typed = ["current", "new", "repeat"].map(|name| field(form, name));
            proof::change_password(login, &mut flow, typed[0], typed[1], typed[2]);
            if flow.wrong.is_some() {
                show(login, flow)
            } else {
                go_on(login, flow)
            }
        }
        ("register", Stage::Register(_)) => {
            number::ask(login, &mut flow, true);
            show(login, flow)
        }
        ("number", Stage::Number { .. }) => after_phone(login, flow),
        ("number-again", Stage::NumberFailed { registers, .. }) => {
            number::ask(login, &mut flow, registers);
            show(login, flow)
        }
        ("stay", Stage::Stay) => {
            let kept = (field(form, "stay") == "yes").then_some(KEPT);
            let cookie = open_session(login, &flow, kept);
            flow.proved.stay = true;
            let mut response = go_on(login, flow);
            set_cookie(&mut response, &cookie);
            response
        }
        ("consent", Stage::Consent) => {
            let accepted = field(form, "answer") == "accept";
            let organisation = field(form, "organisation") == "yes";
            finish::consented(login, flow, accepted, organisation)
        }
        ("approval-needed", Stage::ApprovalNeeded) => {
            finish::turn_away(login, &flow, &Refusal::AdminApproval)
        }
        _ => show(login, flow),
    }
}

fn after_phone(login: &Login, mut flow: Flow) -> Response {
    let Stage::Number { prompt, registers } = flow.stage else {
        return show(login, flow);
    };
    if number::take(login, &mut flow, prompt, registers) {
        go_on(login, flow)
    } else {
        show(login, flow)
    }
}

// Picking an account that is signed in takes its session over; the browser has just shown that it holds the cookie.
fn pick(login: &Login, mut flow: Flow, picked: &str) -> Response {
    flow.typed = picked.to_owned();
    let session = login.cloud.read(|world| {
        let (tenant, user) = world.user_by_upn(picked)?;
        world
            .sign_ins
            .sessions
            .values()
            .find(|session| session.tenant == tenant.id && session.user == user.id)
            .cloned()
    });
    proof::take_account(login, &mut flow);
    match session {
        Some(session) if flow.person.is_some() => {
            flow.proved = Proved {
                password: true,
                phone: session.mfa,
                stay: true,
                prompted: false,
                at: Some(session.signed_in),
            };
            go_on(login, flow)
        }
        _ => show(login, flow),
    }
}

/// Opens a browser session and answers its cookie.
fn open_session(login: &Login, flow: &Flow, kept: Option<i64>) -> String {
    let secret = login.cloud.ids.secret();
    if let Some(person) = &flow.person {
        let signed_in = flow.proved.at.unwrap_or_else(|| login.now());
        login.cloud.write(|world| {
            world.sign_ins.sessions.insert(
                fingerprint(&secret),
                SignInSession {
                    tenant: person.tenant,
                    user: person.user,
                    signed_in,
                    mfa: flow.proved.phone,
                },
            );
        });
    }
    cookie::write(&format!("{COOKIES}_session"), &secret, kept)
}

fn take(login: &Login, id: &str, headers: &HeaderMap) -> Option<Flow> {
    let browser = cookie::read(headers, &format!("{COOKIES}_browser"))?;
    login.flows.take(id, &fingerprint(&browser), login.now())
}

fn field<'a>(form: &'a Parameters, name: &str) -> &'a str {
    form.iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}
