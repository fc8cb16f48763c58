//! Which hosts are shown, asked about and refused.

use super::*;

#[test]
fn a_federated_host_is_asked_about_once() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    let url = "https://sts.alder-dental.example/adfs/ls?wa=1";
    assert_eq!(
        go(&mut session, url, NavigationKind::Redirect),
        [Effect::Allow]
    );
    let effects = answer(&mut session, url);
    assert_eq!(
        effects[0],
        Effect::Refuse {
            reason: RefuseReason::Asking
        }
    );
    assert!(effects.contains(&Effect::AskFederated {
        host: "sts.alder-dental.example".into()
    }));
    assert_eq!(
        session.strip_view().host.unwrap().spoken(),
        "login.microsoftonline.com",
        "the page that is shown stays named"
    );
    assert!(
        session
            .on(Event::FederatedAnswer {
                host: "other.example".into(),
                yes: true
            })
            .is_empty()
    );
    let effects = session.on(Event::FederatedAnswer {
        host: "sts.alder-dental.example".into(),
        yes: true,
    });
    assert!(effects.contains(&Effect::Load {
        url: url.parse().unwrap()
    }));
    assert!(visit(&mut session, url, NavigationKind::Other));
    assert!(visit(
        &mut session,
        "https://sts.alder-dental.example/adfs/ls",
        NavigationKind::Form
    ));
    assert!(visit(
        &mut session,
        "https://login.microsoftonline.com/login.srf",
        NavigationKind::Form
    ));
    go(&mut session, ANSWER, NavigationKind::Redirect);
    let report = session.report();
    assert_eq!(
        report.accepted_federated_hosts,
        ["sts.alder-dental.example"]
    );
    assert_eq!(report.prompts_seen, 1);
}

#[test]
fn engines_that_tell_only_at_commit_get_a_blocked_page_and_the_question() {
    let mut session = Session::new(spec(false));
    for url in [AUTHORIZE, "https://sts.alder-dental.example/"] {
        go(&mut session, url, NavigationKind::Unknown);
        let effects = session.on(Event::PageStarted { url: url.into() });
        if url != AUTHORIZE {
            assert_eq!(
                effects[0],
                Effect::ShowBlockedPage {
                    host: "sts.alder-dental.example".into()
                }
            );
            assert!(
                effects
                    .iter()
                    .any(|effect| matches!(effect, Effect::AskFederated { .. }))
            );
        }
    }
    assert!(
        session.strip_view().host.is_none(),
        "a blocked host is never shown as the origin"
    );
}

#[test]
fn no_to_a_federated_host_stops_the_session() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    visit(
        &mut session,
        "https://sts.alder-dental.example/",
        NavigationKind::Redirect,
    );
    assert_eq!(
        session.on(Event::Button(Button::FederatedNo)),
        [Effect::End(SessionEnd::Stopped)]
    );
}

#[test]
fn a_question_is_not_swapped_while_it_waits() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    visit(
        &mut session,
        "https://sts.alder-dental.example/",
        NavigationKind::Redirect,
    );
    visit(&mut session, "https://evil.example/", NavigationKind::Other);
    session.on(Event::DownloadAsked);
    let effects = session.on(Event::Button(Button::FederatedYes));
    assert!(effects.contains(&Effect::Load {
        url: "https://sts.alder-dental.example/".parse().unwrap()
    }));
    assert_eq!(
        session.report().accepted_federated_hosts,
        ["sts.alder-dental.example"]
    );
}

#[test]
fn a_remembered_host_is_not_asked_about_but_only_from_a_sign_in() {
    let remembered = || SessionSpec {
        remembered_hosts: vec!["sts.alder-dental.example".into()],
        ..spec(false)
    };
    let mut session = Session::new(remembered());
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    assert!(visit(
        &mut session,
        "https://sts.alder-dental.example/",
        NavigationKind::Redirect
    ));
    let mut session = Session::new(remembered());
    visit(
        &mut session,
        "https://portal.vendor.example/",
        NavigationKind::Other,
    );
    assert!(!visit(
        &mut session,
        "https://sts.alder-dental.example/",
        NavigationKind::Other
    ));
    assert_eq!(note_code(&session).as_deref(), Some("GW-SES-0203"));
}

#[test]
fn a_federated_host_reached_by_redirect_alone_is_asked_about() {
    let mut session = Session::new(spec(false));
    visit(
        &mut session,
        "https://portal.vendor.example/",
        NavigationKind::Other,
    );
    go(&mut session, AUTHORIZE, NavigationKind::Redirect);
    go(
        &mut session,
        "https://sts.alder-dental.example/",
        NavigationKind::Redirect,
    );
    assert_eq!(
        answer(&mut session, "https://sts.alder-dental.example/")[0],
        Effect::Refuse {
            reason: RefuseReason::Asking
        }
    );
}

#[test]
fn a_chain_of_hosts_ends_at_four() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    for depth in 1..=4 {
        let url = format!("https://idp{depth}.example/");
        assert!(
            !visit(&mut session, &url, NavigationKind::Redirect),
            "{depth} is asked about"
        );
        session.on(Event::Button(Button::FederatedYes));
        assert!(visit(&mut session, &url, NavigationKind::Other), "{depth}");
    }
    assert!(!visit(
        &mut session,
        "https://idp5.example/",
        NavigationKind::Redirect
    ));
    assert_eq!(note_code(&session).as_deref(), Some("GW-SES-0209"));
}

#[test]
fn hosts_outside_the_step_are_refused_with_their_reason() {
    for (url, code) in [
        ("https://login-alpine-dental.example.net/", "GW-SES-0203"),
        (
            "https://login.microsoftonline.com.evil.test/",
            "GW-SES-0204",
        ),
        ("http://portal.vendor.example/", "GW-SES-0205"),
        ("https://10.0.0.1/", "GW-SES-0206"),
        ("https://portal.vendor.example:8443/", "GW-SES-0206"),
        (
            "https://login.microsoftonline.com@evil.test/",
            "GW-SES-0207",
        ),
    ] {
        let mut session = Session::new(spec(false));
        visit(
            &mut session,
            "https://portal.vendor.example/",
            NavigationKind::Other,
        );
        assert!(!visit(&mut session, url, NavigationKind::Other), "{url}");
        assert_eq!(note_code(&session).as_deref(), Some(code), "{url}");
        assert_eq!(
            session.strip_view().host.unwrap().spoken(),
            "portal.vendor.example"
        );
    }
}

#[test]
fn a_practice_session_compares_ports_and_never_leaves() {
    let mut session = Session::new(spec(true));
    assert!(visit(
        &mut session,
        "http://127.0.0.1:4105/",
        NavigationKind::Other
    ));
    assert!(!visit(
        &mut session,
        "http://127.0.0.1:4106/",
        NavigationKind::Other
    ));
    assert!(visit(
        &mut session,
        "http://127.0.0.1:4101/t/oauth2/v2.0/authorize",
        NavigationKind::Other
    ));
    assert!(!visit(
        &mut session,
        "http://127.0.0.1:4107/",
        NavigationKind::Redirect
    ));
    assert!(
        session
            .strip_view()
            .note
            .is_some_and(|note| note.kind == NoteKind::Federated)
    );
    assert!(!visit(
        &mut session,
        "https://login.microsoftonline.com/",
        NavigationKind::Other
    ));
    assert_eq!(
        session.strip_view().connection,
        Some(crate::Connection::ThisComputer)
    );
}

#[test]
fn sub_frames_get_the_form_rule_only() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    assert_eq!(
        go(
            &mut session,
            "https://cdn.unlisted.example/frame",
            NavigationKind::Other
        ),
        [Effect::Allow]
    );
    let effects = session.on(Event::ResponseAsked {
        url: "https://cdn.unlisted.example/frame".into(),
        main_frame: false,
    });
    assert_eq!(effects, [Effect::Allow]);
    assert!(matches!(
        go(&mut session, "tauri://localhost/", NavigationKind::Other)[0],
        Effect::Refuse { .. }
    ));
}

#[test]
fn the_report_stays_small_under_a_hostile_page() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    for number in 0..2000 {
        go(
            &mut session,
            &format!("https://h{number}.example/"),
            NavigationKind::Other,
        );
        go(
            &mut session,
            &format!("x{number}://h{number}/"),
            NavigationKind::Other,
        );
    }
    assert!(session.origins.len() <= MOST_ORIGINS);
    assert!(session.report().refused.len() <= 64);
}
