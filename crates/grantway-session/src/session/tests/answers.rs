//! Captured answers and counted sign-ins.

use super::*;

#[test]
fn a_sign_in_from_start_to_captured_answer() {
    let mut session = Session::new(spec(false));
    assert!(session.strip_view().host.is_none());
    assert!(visit(&mut session, AUTHORIZE, NavigationKind::Other));
    assert_eq!(
        session.strip_view().host.unwrap().spoken(),
        "login.microsoftonline.com"
    );
    assert!(visit(
        &mut session,
        "https://login.microsoftonline.com/common/login",
        NavigationKind::Form
    ));
    let effects = go(&mut session, ANSWER, NavigationKind::Redirect);
    assert_eq!(
        effects[0],
        Effect::Refuse {
            reason: RefuseReason::Captured
        }
    );
    let Some(SessionEnd::Redirected { answer_url }) = ended(&effects) else {
        panic!("not captured: {effects:?}")
    };
    assert_eq!(answer_url.expose().as_str(), ANSWER);
    assert!(!format!("{effects:?}").contains("SECRET"));
    let report = session.report();
    assert_eq!(
        (
            report.prompts_seen,
            report.silent_sign_ins,
            report.ignored_redirects
        ),
        (1, 0, 0)
    );
    assert_eq!(
        report.authorize_requests[0].client_id.as_deref(),
        Some("1234")
    );
    assert_eq!(report.hosts_seen, ["login.microsoftonline.com"]);
    assert_eq!(
        go(&mut session, AUTHORIZE, NavigationKind::Other),
        [Effect::Refuse {
            reason: RefuseReason::Over
        }]
    );
    assert_eq!(
        go(&mut session, ANSWER, NavigationKind::Other),
        [Effect::Refuse {
            reason: RefuseReason::Over
        }]
    );
}

#[test]
fn wrong_answers_are_ignored_and_counted_and_the_session_waits_on() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    for url in [
        "http://localhost:4999/cb/global?code=x&state=wrong",
        "http://localhost:4999/cb/global?code=x&code=y&state=right",
        "http://localhost:4999/cb/usgov?code=x&state=right",
    ] {
        let effects = go(&mut session, url, NavigationKind::Other);
        assert!(
            matches!(
                effects[..],
                [Effect::Refuse {
                    reason: RefuseReason::Redirect(_)
                }]
            ),
            "{effects:?}"
        );
    }
    assert_eq!(session.report().ignored_redirects, 3);
    assert!(ended(&go(&mut session, ANSWER, NavigationKind::Redirect)).is_some());
}

#[test]
fn a_silent_sign_in_is_told_from_a_real_one() {
    let mut session = Session::new(spec(false));
    go(&mut session, AUTHORIZE, NavigationKind::Other);
    go(&mut session, ANSWER, NavigationKind::Redirect);
    let report = session.report();
    assert_eq!((report.prompts_seen, report.silent_sign_ins), (0, 1));
}

#[test]
fn two_legs_of_a_vendor_are_counted_as_two() {
    let mut session = Session::new(SessionSpec {
        redirect: None,
        ..spec(false)
    });
    assert!(visit(
        &mut session,
        "https://portal.vendor.example/integrations",
        NavigationKind::Other
    ));
    for seen in [1, 2] {
        assert!(visit(&mut session, AUTHORIZE, NavigationKind::Redirect));
        assert!(visit(
            &mut session,
            "https://login.microsoftonline.com/common/login",
            NavigationKind::Form
        ));
        // Whoever shows the count, strip or card, shows the same: a sign-in that is under way is not seen yet.
        assert_eq!(session.strip_view().sign_ins, Some((seen - 1, 2)));
        assert_eq!(session.report().prompts_seen, seen - 1);
        assert!(visit(
            &mut session,
            "https://portal.vendor.example/callback?code=1",
            NavigationKind::Redirect
        ));
        assert_eq!(session.strip_view().sign_ins, Some((seen, 2)));
        assert_eq!(session.report().prompts_seen, seen);
    }
    assert_eq!(session.report().authorize_requests.len(), 2);
}

#[test]
fn a_sign_in_counts_when_the_session_ends_on_its_last_page() {
    let mut session = Session::new(SessionSpec {
        redirect: None,
        ..spec(false)
    });
    assert!(visit(&mut session, AUTHORIZE, NavigationKind::Other));
    assert!(visit(
        &mut session,
        "https://login.microsoftonline.com/common/login",
        NavigationKind::Form
    ));
    assert_eq!(session.report().prompts_seen, 0);
    assert!(ended(&session.on(Event::Button(Button::Stop))).is_some());
    assert_eq!(session.report().prompts_seen, 1);
}
