use grantway_app::contract::*;

use super::*;

fn view(page: Page) -> SetupView {
    SetupView {
        id: "PR-1".into(),
        profile: String::new(),
        pattern: String::new(),
        monogram: String::new(),
        receiver: None,
        giver: None,
        rail: Vec::new(),
        current: PhaseName::Done,
        shown: PhaseName::Done,
        read_only: false,
        saved: String::new(),
        told: Vec::new(),
        put_away: None,
        page,
    }
}

fn place() -> PartyName {
    PartyName {
        party: PartyView::Provider,
        name: "Larkspur".into(),
        tenant: None,
        initials: "La".into(),
    }
}

fn problem(id: &str) -> UiProblem {
    UiProblem {
        what: "It did not work.".into(),
        why: None,
        todo: "Try again.".into(),
        id: id.into(),
        field: None,
    }
}

fn done(not_proved: usize, cannot_see: usize, proved: usize) -> DonePage {
    let proofs = (0..not_proved + cannot_see + proved).map(|_| ProofRow {
        step: String::new(),
        sign: Sign::Pass,
        sign_word: String::new(),
        claim: String::new(),
        place: place(),
        read_from: String::new(),
        found: String::new(),
        at: String::new(),
    });
    DonePage {
        title: String::new(),
        sentence: String::new(),
        proofs: proofs.collect(),
        proved,
        not_proved,
        cannot_see,
        confirmed: 0,
        running: false,
        taking_back: false,
        taken_back: false,
        take_back: None,
        undone: Vec::new(),
        left: Vec::new(),
        cards: Vec::new(),
        paired: Vec::new(),
        can_save: true,
        can_put_away: false,
    }
}

fn card(kind: NeedKind, calls: &[&str]) -> NeedCard {
    NeedCard {
        step: "step".into(),
        kind,
        title: String::new(),
        sentence: String::new(),
        place: place(),
        instructions: Vec::new(),
        expect: Vec::new(),
        values: Vec::new(),
        asks: None,
        session: None,
        lanes: Vec::new(),
        problem: None,
        acts: calls
            .iter()
            .map(|calls| NeedAct {
                label: String::new(),
                calls: (*calls).into(),
                primary: true,
                asks_prompts: false,
            })
            .collect(),
        check: None,
        pairing: false,
        seat: None,
    }
}

fn apply(cards: Vec<NeedCard>, paused: bool) -> Page {
    Page::Apply(Box::new(ApplyPage {
        sentence: String::new(),
        done: 0,
        total: 0,
        progress_text: String::new(),
        cards,
        paired: Vec::new(),
        more_cards: Vec::new(),
        places: Vec::new(),
        matrix: None,
        waits: Vec::new(),
        more_waits: None,
        journal: Vec::new(),
        running: false,
        paused,
        finished: false,
        blocked: None,
        take_back: None,
    }))
}

fn checks(sign: Sign) -> Page {
    Page::Check(CheckPage {
        sentence: String::new(),
        cards: Vec::new(),
        groups: vec![CheckGroup {
            title: String::new(),
            sign,
            word: String::new(),
            rows: Vec::new(),
        }],
        matrix: None,
        for_all: Vec::new(),
        summary: None,
        running: false,
        blocked: None,
        take_back: None,
    })
}

fn review(blocked: Option<&str>) -> Page {
    Page::Review(Box::new(ReviewPage {
        sentence: String::new(),
        map: MapView {
            nodes: Vec::new(),
            arrows: Vec::new(),
        },
        groups: Vec::new(),
        number: String::new(),
        fingerprint: String::new(),
        fingerprint_short: String::new(),
        made: String::new(),
        stale: Vec::new(),
        approval: Some(ApprovalView {
            word: "7".into(),
            label: String::new(),
            button: String::new(),
            blocked: blocked.map(str::to_owned),
            next: String::new(),
        }),
        take_back: None,
    }))
}

fn left(failed: bool) -> LeftRow {
    LeftRow {
        what: String::new(),
        because: String::new(),
        by_hand: String::new(),
        place: place(),
        failed,
    }
}

#[test]
fn a_proof_ends_by_its_worst_row() {
    for (not_proved, cannot_see, proved, exit) in [
        (0, 0, 3, Exit::Done),
        (0, 1, 3, Exit::CannotSee),
        (1, 1, 3, Exit::NotProved),
        (1, 0, 0, Exit::NotProved),
        (0, 0, 0, Exit::NotProved),
    ] {
        let page = view(Page::Done(Box::new(done(not_proved, cannot_see, proved))));
        assert_eq!(of_view(Verb::Prove, &page, None), exit);
        assert_eq!(of_view(Verb::Apply, &page, None), exit);
        // The plan of a setup that is done can still be read.
        assert_eq!(of_view(Verb::Plan, &page, None), Exit::Done);
    }
}

#[test]
fn nothing_read_back_ends_by_its_problem() {
    let page = view(Page::Done(Box::new(done(0, 0, 0))));
    let offline = problem("GW-OFFLINE");
    assert_eq!(of_view(Verb::Prove, &page, Some(&offline)), Exit::Stopped);
}

#[test]
fn a_plan_that_is_there_is_done_and_a_failed_check_waits_for_a_person() {
    assert_eq!(of_view(Verb::Plan, &view(review(None)), None), Exit::Done);
    assert_eq!(
        of_view(Verb::Plan, &view(review(Some("x"))), None),
        Exit::Person
    );
    assert_eq!(
        of_view(Verb::Plan, &view(checks(Sign::Fail)), None),
        Exit::Person
    );
    assert_eq!(
        of_view(Verb::Plan, &view(checks(Sign::Pass)), None),
        Exit::Stopped
    );
}

#[test]
fn a_plan_that_nobody_approved_is_not_applied() {
    assert_eq!(
        of_view(Verb::Apply, &view(review(None)), None),
        Exit::Person
    );
    assert_eq!(
        of_view(Verb::Prove, &view(review(None)), None),
        Exit::Unusable
    );
    assert_eq!(
        of_view(Verb::Undo, &view(review(None)), None),
        Exit::Unusable
    );
}

#[test]
fn cards_tell_a_fault_from_a_decision() {
    let page = |cards| view(apply(cards, false));
    let fault = || card(NeedKind::Stopped, &["retry"]);
    let decision = || card(NeedKind::Stopped, &["startOver", "finishTask"]);
    let task = || card(NeedKind::Task, &["startTask"]);
    let end = |cards| of_view(Verb::Apply, &page(cards), None);
    assert_eq!(end(vec![fault()]), Exit::Stopped);
    assert_eq!(end(vec![decision()]), Exit::Person);
    assert_eq!(end(vec![task()]), Exit::Person);
    assert_eq!(end(vec![task(), fault()]), Exit::Stopped);
    assert_eq!(end(vec![card(NeedKind::SignIn, &["signIn"])]), Exit::Person);
    assert_eq!(end(Vec::new()), Exit::Stopped);
    assert_eq!(
        of_view(Verb::Apply, &view(apply(Vec::new(), true)), None),
        Exit::Person
    );
}

#[test]
fn take_back_ends_by_what_is_left() {
    let page = |change: &dyn Fn(&mut DonePage)| {
        let mut page = done(0, 0, 1);
        change(&mut page);
        view(Page::Done(Box::new(page)))
    };
    let end = |view: &SetupView| of_view(Verb::Undo, view, None);
    assert_eq!(end(&page(&|p| p.taken_back = true)), Exit::Done);
    assert_eq!(
        end(&page(&|p| {
            p.taken_back = true;
            p.left = vec![left(false)];
        })),
        Exit::Done
    );
    assert_eq!(
        end(&page(&|p| {
            p.taken_back = true;
            p.left = vec![left(false), left(true)];
        })),
        Exit::NotProved
    );
    assert_eq!(
        end(&page(&|p| {
            p.taking_back = true;
            p.cards = vec![card(NeedKind::SignIn, &["signIn"])];
        })),
        Exit::Person
    );
    assert_eq!(end(&page(&|p| p.taking_back = true)), Exit::Stopped);
}

#[test]
fn problems_end_by_the_family_of_their_id() {
    for (id, exit) in [
        ("GW-STP-0002", Exit::Unusable),
        ("GW-APR-0003", Exit::Unusable),
        ("GW-ANS-0002", Exit::Unusable),
        ("GW-UND-0001", Exit::Unusable),
        ("GW-SES-0110", Exit::Person),
        ("GW-HST-0001", Exit::Person),
        ("GW-SIGNINNEEDED-AADSTS50076", Exit::Person),
        ("GW-HST-0002", Exit::Stopped),
        ("GW-JRN-0002", Exit::Stopped),
        ("GW-NET-0002", Exit::Stopped),
        ("GW-VLT-0001", Exit::Stopped),
        ("GW-REFUSED-Authorization_RequestDenied", Exit::Stopped),
    ] {
        assert_eq!(of_problem(&problem(id)), exit, "{id}");
    }
}
