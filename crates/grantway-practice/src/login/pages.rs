//! The page of each stage of a sign-in.

use axum::response::Response;
use http::StatusCode;
use jiff::Timestamp;

use super::flow::{Flow, Person, Stage};
use super::refusal::Refusal;
use super::{Login, finish, number, proof};
use crate::hosts::Service;
use crate::page::{
    self, AccountPage, AllSetPage, ApprovalNeededPage, ChangePasswordPage, ErrorPage, Frame,
    MethodLine, NumberFailedPage, NumberPage, PasswordPage, PickerPage, RegisterPage, StayPage,
};
use crate::state::World;

/// The page of the present stage.
pub fn of(login: &Login, flow: &Flow) -> Response {
    let action = format!("/signin/{}", flow.id);
    let app = login
        .cloud
        .read(|world| proof::app_name(world, &flow.purpose));
    let upn = flow
        .person
        .as_ref()
        .map_or_else(String::new, |person| person.upn.clone());
    let wrong = flow.wrong.clone();
    let can_change = true;
    match &flow.stage {
        Stage::Account => draw(&AccountPage {
            frame: Frame::login("account", "account"),
            app,
            action,
            account: flow.typed.clone(),
            wrong,
        }),
        Stage::Pick(accounts) => draw(&PickerPage {
            frame: Frame::login("picker", "pick an account"),
            app,
            action,
            accounts: accounts.clone(),
        }),
        Stage::Password => draw(&PasswordPage {
            frame: Frame::login("password", "password"),
            upn,
            can_change,
            app,
            action,
            wrong,
        }),
        Stage::Federated => {
            let mut address = login.cloud.hosts.base(Service::Federated);
            let query = url::form_urlencoded::Serializer::new(String::new())
                .append_pair("wctx", &flow.id)
                .append_pair("username", &upn)
                .finish();
            address.push_str("/signin?");
            address.push_str(&query);
            page::go_to(&address)
        }
        Stage::ChangePassword => draw(&ChangePasswordPage {
            frame: Frame::login("change-password", "change password").wide(),
            upn,
            can_change,
            action,
            wrong,
        }),
        Stage::Register(pairing) => draw(&RegisterPage {
            frame: Frame::login("register", "set up the phone"),
            upn,
            can_change,
            action,
            figure: page::figure(pairing),
            pairing: pairing.clone(),
        }),
        Stage::Number { prompt, registers } => {
            let (number, left) = match number::standing(login, prompt) {
                number::Standing::Waiting(number, left) => (number, left),
                // Answered between taking the answer and drawing: the next look goes on.
                _ => (0, 0),
            };
            draw(&NumberPage {
                frame: Frame::login("number", "approve on the phone"),
                upn,
                can_change,
                status: format!("{action}/phone"),
                action,
                heading: if *registers {
                    "Try the practice phone".to_owned()
                } else {
                    "Approve on your practice phone".to_owned()
                },
                lead: "Enter this number on the phone beside this window.".to_owned(),
                number: format!("{number:02}"),
                seconds: number::GOOD_FOR,
                seconds_left: left,
            })
        }
        Stage::NumberFailed { reason, .. } => draw(&NumberFailedPage {
            frame: Frame::login("number-failed", "not approved"),
            upn,
            can_change,
            action,
            heading: "Not approved".to_owned(),
            reason: (*reason).to_owned(),
        }),
        Stage::Stay => draw(&StayPage {
            frame: Frame::login("stay", "stay signed in"),
            upn,
            can_change,
            action,
        }),
        Stage::Consent => match finish::consent_page(login, flow, upn, action) {
            Ok(page) => draw(&page),
            Err(refusal) => finish::turn_away(login, flow, &refusal),
        },
        Stage::ApprovalNeeded => draw(&ApprovalNeededPage {
            frame: Frame::login("approval-needed", "needs an administrator"),
            upn,
            can_change,
            action,
            app,
            tenant: tenant_name(login, flow),
            request: login.trace().0,
        }),
        Stage::AllSet => draw(&AllSetPage {
            frame: Frame::login("all-set", "all set"),
            methods: login.cloud.read(|world| {
                flow.person
                    .as_ref()
                    .map_or_else(Vec::new, |person| methods(world, person))
            }),
            upn,
            can_change: false,
            action,
            sign_out: "/sign-out".to_owned(),
        }),
    }
}

/// The page for a refusal that does not go back to the app.
pub fn refused(login: &Login, status: StatusCode, refusal: &Refusal) -> Response {
    let (request, time) = login.trace();
    let page = ErrorPage {
        frame: Frame::login("error", "error"),
        heading: "You cannot sign in here".to_owned(),
        message: refusal.message(),
        remedy: refusal.remedy().to_owned(),
        code: format!("AADSTS{}", refusal.code()),
        request,
        time,
    };
    page::show(status, &page)
}

fn draw<T: askama::Template>(page: &T) -> Response {
    page::show(StatusCode::OK, page)
}

fn tenant_name(login: &Login, flow: &Flow) -> String {
    login.cloud.read(|world| {
        finish::seat_of(world, flow, login.now())
            .ok()
            .and_then(|seat| world.tenant(&seat.tenant))
            .map_or_else(
                || "this organisation".to_owned(),
                |tenant| tenant.display_name.clone(),
            )
    })
}

fn methods(world: &World, person: &Person) -> Vec<MethodLine> {
    let Some(user) = world
        .tenant(&person.tenant)
        .and_then(|tenant| tenant.users.get(&person.user))
    else {
        return Vec::new();
    };
    let mut lines = vec![MethodLine {
        kind: "password",
        name: "Password".to_owned(),
        detail: format!("last changed {}", day(user.last_password_change)),
    }];
    lines.extend(user.authenticators.iter().map(|phone| MethodLine {
        kind: "authenticator",
        name: format!("Authenticator on {}", phone.device_name),
        detail: format!("added {}", day(phone.created)),
    }));
    lines
}

fn day(moment: Timestamp) -> String {
    moment.strftime("%-d %b %Y, %H:%M UTC").to_string()
}
