//! Buttons, limits and what a page may never do.

use super::*;

#[test]
fn downloads_permissions_and_windows_are_refused() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    for event in [
        Event::DownloadAsked,
        Event::PermissionAsked,
        Event::NewWindowAsked {
            url: "https://portal.vendor.example/x".into(),
        },
    ] {
        assert!(
            matches!(session.on(event.clone())[0], Effect::Refuse { .. }),
            "{event:?}"
        );
        assert!(
            !session
                .on(event)
                .iter()
                .any(|effect| matches!(effect, Effect::Allow | Effect::Load { .. }))
        );
    }
    assert_eq!(
        session
            .report()
            .refused
            .iter()
            .map(|row| row.count)
            .sum::<u32>(),
        6
    );
}

#[test]
fn a_planned_window_opens_in_place() {
    let mut session = Session::new(SessionSpec {
        planned_windows: rules(&["portal.vendor.example"]),
        ..spec(false)
    });
    let effects = session.on(Event::NewWindowAsked {
        url: "https://portal.vendor.example/x".into(),
    });
    assert!(
        matches!(&effects[..], [Effect::Refuse { .. }, Effect::Load { url }] if url.as_str() == "https://portal.vendor.example/x")
    );
}

#[test]
fn errors_of_the_page_lead_to_the_lane_that_helps() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    session.on(Event::Button(Button::PageShowsError));
    assert_eq!(session.strip_view().note.unwrap().buttons.len(), 3);
    let effects = session.on(Event::Button(Button::ErrorIsDevice));
    assert_eq!(
        effects[0],
        Effect::OfferLanes {
            lanes: vec![Lane::OwnBrowser]
        }
    );
    let view = session.strip_view();
    assert!(
        view.buttons
            .iter()
            .any(|b| b.button == Button::PrivateBrowser && !b.enabled)
    );
    assert!(
        view.note
            .unwrap()
            .buttons
            .iter()
            .any(|b| b.button == Button::OwnBrowser)
    );
    let effects = session.on(Event::Button(Button::ErrorIsKey));
    assert_eq!(
        effects[0],
        Effect::OfferLanes {
            lanes: vec![Lane::PrivateBrowser, Lane::OwnBrowser]
        }
    );
    assert!(
        session
            .strip_view()
            .buttons
            .iter()
            .any(|b| b.button == Button::PrivateBrowser && b.emphasised && b.enabled)
    );
    assert_eq!(
        session.on(Event::Button(Button::PrivateBrowser)),
        [Effect::End(SessionEnd::ToLane(Lane::PrivateBrowser))]
    );
}

#[test]
fn a_title_only_suggests() {
    let mut session = Session::new(spec(false));
    visit(&mut session, AUTHORIZE, NavigationKind::Other);
    let effects = session.on(Event::TitleChanged {
        title: "AADSTS53000 not compliant".into(),
    });
    assert!(
        effects
            .iter()
            .all(|effect| matches!(effect, Effect::OfferLanes { .. } | Effect::ShowStrip(_)))
    );
    assert_eq!(note_code(&session).as_deref(), Some("AADSTS53000"));
}

#[test]
fn a_link_is_copied_only_where_nothing_comes_back() {
    let mut session = Session::new(spec(false));
    assert!(session.on(Event::Button(Button::CopyLink)).is_empty());
    assert!(
        !session
            .strip_view()
            .buttons
            .iter()
            .any(|b| b.button == Button::CopyLink)
    );
    let mut session = Session::new(SessionSpec {
        redirect: None,
        ..spec(false)
    });
    assert!(
        session
            .strip_view()
            .buttons
            .iter()
            .any(|b| b.button == Button::CopyLink)
    );
    assert!(matches!(
        session.on(Event::Button(Button::CopyLink))[0],
        Effect::CopyLink { .. }
    ));
}

#[test]
fn without_a_browser_no_browser_is_offered() {
    let mut session = Session::new(SessionSpec {
        browsers_found: false,
        ..spec(false)
    });
    assert!(
        !session
            .strip_view()
            .buttons
            .iter()
            .any(|b| b.button == Button::PrivateBrowser)
    );
    assert_eq!(
        session.on(Event::Button(Button::ErrorIsKey))[0],
        Effect::OfferLanes { lanes: vec![] }
    );
}

#[test]
fn time_runs_out_after_a_warning() {
    let mut session = Session::new(spec(false));
    assert!(session.on(Event::Tick { seconds_open: 10 }).is_empty());
    assert!(matches!(
        session.on(Event::Tick { seconds_open: 850 })[..],
        [Effect::ShowStrip(_)]
    ));
    assert!(session.on(Event::Tick { seconds_open: 860 }).is_empty());
    assert_eq!(
        session.on(Event::Tick { seconds_open: 900 }),
        [Effect::End(SessionEnd::TimedOut)]
    );
}

#[test]
fn closing_and_stopping_end_it_without_an_answer() {
    for (event, end) in [
        (Event::WindowClosed, SessionEnd::Closed),
        (Event::Button(Button::Stop), SessionEnd::Stopped),
        (Event::Button(Button::StartOver), SessionEnd::StartOver),
    ] {
        let mut session = Session::new(spec(false));
        assert_eq!(session.on(event), [Effect::End(end)]);
        assert!(session.is_over());
    }
}
