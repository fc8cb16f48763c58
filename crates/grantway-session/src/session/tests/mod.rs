//! The state machine, driven as a window would drive it.

mod answers;
mod controls;
mod hosts;
mod properties;

use super::*;
use crate::hosts::HostRule;
use crate::party::Party;
use crate::redirect::Redirect;

fn rules(list: &[&str]) -> Vec<HostRule> {
    list.iter().map(|text| text.parse().unwrap()).collect()
}

fn spec(practice: bool) -> SessionSpec {
    SessionSpec {
        id: "s1".into(),
        party: Party::Customer,
        party_name: "Alder Dental".into(),
        expected_tenant: Some("alder-dental.example".into()),
        start_url: "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize"
            .parse()
            .unwrap(),
        redirect: Some(Redirect {
            url: "http://localhost:4999/cb/global".parse().unwrap(),
            state: "right".into(),
        }),
        sign_in_hosts: if practice {
            rules(&["127.0.0.1:4101"])
        } else {
            rules(&[
                "login.microsoftonline.com",
                "login.live.com",
                "*.auth.microsoft.com",
            ])
        },
        step_hosts: if practice {
            rules(&["127.0.0.1:4105"])
        } else {
            rules(&["portal.vendor.example"])
        },
        planned_windows: Vec::new(),
        expected_prompts: 2,
        practice,
        remembered_hosts: Vec::new(),
        time_limit_seconds: 900,
        opening_note: None,
        browsers_found: true,
    }
}

fn go(session: &mut Session, url: &str, kind: NavigationKind) -> Vec<Effect> {
    session.on(Event::NavigationAsked {
        url: url.into(),
        kind,
    })
}

fn answer(session: &mut Session, url: &str) -> Vec<Effect> {
    session.on(Event::ResponseAsked {
        url: url.into(),
        main_frame: true,
    })
}

/// A whole navigation of the main frame; stops where the rules stop it. Returns whether the page is shown.
fn visit(session: &mut Session, url: &str, kind: NavigationKind) -> bool {
    if go(session, url, kind)[0] != Effect::Allow || answer(session, url)[0] != Effect::Allow {
        return false;
    }
    let effects = session.on(Event::PageStarted { url: url.into() });
    !effects
        .iter()
        .any(|effect| matches!(effect, Effect::ShowBlockedPage { .. }))
}

const AUTHORIZE: &str =
    "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?client_id=1234&state=x";
const ANSWER: &str = "http://localhost:4999/cb/global?code=SECRET&state=right";

fn ended(effects: &[Effect]) -> Option<&SessionEnd> {
    effects.iter().find_map(|effect| match effect {
        Effect::End(end) => Some(end),
        _ => None,
    })
}

fn note_code(session: &Session) -> Option<String> {
    session.strip_view().note.and_then(|note| note.code)
}
