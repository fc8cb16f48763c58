//! What holds whatever a page and a person do.

use super::*;
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Act {
    Visit(String, NavigationKind),
    Commit(String),
    Press(Button),
    Tick(u32),
}

fn an_act() -> impl Strategy<Value = Act> {
    let url = prop_oneof![
        Just(AUTHORIZE.to_owned()),
        Just("https://portal.vendor.example/x".to_owned()),
        Just("https://sts.alder-dental.example/".to_owned()),
        Just("http://localhost:4999/cb/global?code=1&state=wrong".to_owned()),
        Just("https://x.auth.microsoft.com/".to_owned()),
        "https://[a-c]{1,2}\\.example/",
        "[a-z]{1,6}://[a-z]{0,5}",
        ".{0,20}",
    ];
    let kind = prop_oneof![
        Just(NavigationKind::Redirect),
        Just(NavigationKind::Form),
        Just(NavigationKind::Other),
        Just(NavigationKind::Unknown)
    ];
    prop_oneof![
        4 => (url.clone(), kind).prop_map(|(url, kind)| Act::Visit(url, kind)),
        2 => url.prop_map(Act::Commit),
        1 => prop_oneof![Just(Button::FederatedYes), Just(Button::PageShowsError), Just(Button::ErrorIsKey), Just(Button::CopyLink)].prop_map(Act::Press),
        1 => (0u32..800).prop_map(Act::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever happens: the strip names only hosts that were allowed, a question gets one answer, and without the right state nothing is captured.
    #[test]
    fn the_strip_never_names_a_host_that_was_not_allowed(acts in prop::collection::vec(an_act(), 0..40)) {
        let mut session = Session::new(spec(false));
        for act in acts {
            match act {
                Act::Visit(url, kind) => {
                    let effects = go(&mut session, &url, kind);
                    prop_assert!(matches!(effects[0], Effect::Allow | Effect::Refuse { .. }), "no decision first");
                    prop_assert_eq!(effects.iter().filter(|e| matches!(e, Effect::Allow | Effect::Refuse { .. })).count(), 1);
                    prop_assert!(ended(&effects).is_none());
                    if effects[0] == Effect::Allow {
                        answer(&mut session, &url);
                    }
                }
                Act::Commit(url) => { session.on(Event::PageStarted { url }); }
                Act::Press(button) => { session.on(Event::Button(button)); }
                Act::Tick(seconds_open) => { session.on(Event::Tick { seconds_open }); }
            }
            if let Some(host) = session.strip_view().host {
                let site = Site::Https { host: host.spoken() };
                let accepted = session.report().accepted_federated_hosts;
                prop_assert!(session.spec().lists(&site) || accepted.contains(&host.spoken()), "{:?}", host);
            }
        }
    }
}
