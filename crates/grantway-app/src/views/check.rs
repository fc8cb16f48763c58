//! Check.

use grantway_core::check::{Check, Remedy, RemedyAct, Verdict, blocking};
use grantway_core::{Party, Text, Timestamp};
use jiff::Span;

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{
    CheckGroup, CheckPage, CheckRow, FactLine, NeedCard, NeedKind, RemedyPage, RemedyView, Sign,
};
use crate::world::{Purpose, lock};

const GROUPS: [(Verdict, Sign, &str, &str); 4] = [
    (
        Verdict::Fail,
        Sign::Fail,
        "check-group-failed",
        "check-filter-failed",
    ),
    (
        Verdict::Warn,
        Sign::Warn,
        "check-group-look-at",
        "check-filter-look-at",
    ),
    (
        Verdict::CannotSee,
        Sign::CannotSee,
        "check-group-cannot-see",
        "check-filter-cannot-see",
    ),
    (
        Verdict::Pass,
        Sign::Pass,
        "check-group-passed",
        "check-filter-passed",
    ),
];

impl App {
    pub(crate) fn check_page(&self, subject: &Subject) -> CheckPage {
        let state = &subject.state;
        let matrix = self.check_matrix(subject);
        let stands_here = |check: &&Check| matrix.is_none() || check.columns.is_empty();
        let groups = self.check_groups(subject, state.checks.iter().filter(stands_here));
        let failed = blocking(&state.checks).len();
        let summary = state.facts.at.map(|at| {
            let time = times::near(at, subject.world.clock.now(), &self.order.zone);
            self.text(
                &Text::new("check-summary")
                    .with("count", state.checks.len())
                    .with("time", time),
            )
        });
        CheckPage {
            sentence: self.catalogue.say("check-sentence"),
            cards: self.page_card(subject).into_iter().collect(),
            groups,
            for_all: if matrix.is_some() {
                self.for_all(subject)
            } else {
                Vec::new()
            },
            matrix,
            summary,
            running: lock(&subject.world.busy).get(&subject.id) == Some(&"check"),
            blocked: (failed > 0)
                .then(|| self.text(&Text::new("check-blocked").with("count", failed))),
            take_back: self.take_back_between(subject),
        }
    }

    /// Checks by their answer, worst first.
    pub(super) fn check_groups<'a>(
        &self,
        subject: &Subject,
        checks: impl Iterator<Item = &'a Check>,
    ) -> Vec<CheckGroup> {
        let checks: Vec<&Check> = checks.collect();
        let groups = GROUPS.iter().filter_map(|(verdict, sign, title, word)| {
            let of_group = checks.iter().filter(|check| check.verdict == *verdict);
            let rows: Vec<CheckRow> = of_group
                .map(|check| self.check_row(subject, check))
                .collect();
            (!rows.is_empty()).then(|| CheckGroup {
                title: self.catalogue.say(title),
                sign: *sign,
                word: self.catalogue.say(word),
                rows,
            })
        });
        groups.collect()
    }

    fn check_row(&self, subject: &Subject, check: &Check) -> CheckRow {
        let sign = words::of_verdict(check.verdict);
        let mut read = vec![FactLine {
            label: self.catalogue.say("check-read-tenant"),
            value: check.place.name.clone(),
        }];
        if let Some(at) = subject.state.facts.read_at(check.place.tenant) {
            read.push(FactLine {
                label: self.catalogue.say("check-read-at"),
                value: times::clock_with_seconds(at, &self.order.zone),
            });
        }
        if !check.right_used.is_empty() {
            read.push(FactLine {
                label: self.catalogue.say("check-read-right"),
                value: check.right_used.join(", "),
            });
        }
        CheckRow {
            id: check.id.clone(),
            sign,
            sign_word: self.sign_word(sign),
            title: self.text(&check.title),
            place: words::place(&check.place),
            found: self.text(&check.found),
            needed: self.text(&check.needed),
            why: self.text(&check.why),
            read,
            remedies: check
                .remedies
                .iter()
                .map(|remedy| self.remedy(subject, check, remedy))
                .collect(),
            accepted: subject.state.accepted.contains_key(&check.id),
            quote: format!(
                "GW-CHK-{}",
                check.id.to_ascii_uppercase().replace(['/', ' '], "-")
            ),
        }
    }

    fn remedy(&self, subject: &Subject, check: &Check, remedy: &Remedy) -> RemedyView {
        let page = self.page(subject, check, remedy);
        let (path, act, calls) = match &remedy.act {
            RemedyAct::ByHand { path, .. } if page.is_some() => {
                (path.clone(), Some("check-act-open-page"), "openPage")
            }
            RemedyAct::ByHand { path, .. } => (path.clone(), Some("check-act-again"), "checkAgain"),
            RemedyAct::InPlan => (Vec::new(), None, ""),
            RemedyAct::Accept => (Vec::new(), Some("check-act-accept"), "accept"),
            RemedyAct::OtherAccount => (Vec::new(), Some("check-act-other-account"), "signIn"),
            RemedyAct::ChangeAnswer { .. } => (Vec::new(), Some("check-act-answer"), "answer"),
        };
        RemedyView {
            id: remedy.id.clone(),
            title: self.text(&remedy.title),
            detail: self.text(&remedy.detail),
            path,
            act: act.map(|key| self.catalogue.say(key)),
            calls: calls.into(),
            page,
        }
    }

    /// The page of a remedy that is carried out by hand; none where the cloud has no such page.
    fn page(&self, subject: &Subject, check: &Check, remedy: &Remedy) -> Option<RemedyPage> {
        let link = subject.page_of(check, remedy)?;
        let left = (subject.id.clone(), check.id.clone());
        let left = lock(&subject.world.pages_left).get(&left).copied();
        Some(RemedyPage {
            link: link.into(),
            who: self.who_may(subject, check, remedy),
            left: left.and_then(|left| self.page_left(subject, remedy, left)),
            lanes: self.lanes(true),
        })
    }

    /// Who may do by hand what a remedy asks for. In a customer's tenant that is its own people first.
    fn who_may(&self, subject: &Subject, check: &Check, remedy: &Remedy) -> String {
        let RemedyAct::ByHand { roles, .. } = &remedy.act else {
            return String::new();
        };
        let place = check.place_of(remedy);
        let key = match (place.party, roles.is_empty()) {
            (_, true) => "check-page-who",
            (Party::Customer, false) => "check-page-who-customer",
            (Party::Provider | Party::Vendor, false) => "check-page-who-roles",
        };
        let provider = subject.place(Party::Provider);
        let provider = provider.map(|place| place.name.clone());
        self.text(
            &Text::new(key)
                .with("place", place.name.clone())
                .with("provider", provider.unwrap_or_default())
                .with("count", roles.len())
                .with("roles", roles.join(", ")),
        )
    }

    /// Until when what was done on a page may not be seen here.
    fn page_left(&self, subject: &Subject, remedy: &Remedy, left: Timestamp) -> Option<String> {
        let RemedyAct::ByHand {
            lag_minutes: Some(minutes),
            ..
        } = &remedy.act
        else {
            return None;
        };
        let (now, zone) = (subject.world.clock.now(), &self.order.zone);
        let seen = left + Span::new().minutes(i64::from(*minutes));
        (now < seen).then(|| {
            self.text(
                &Text::new("check-page-left")
                    .with("left", times::near(left, now, zone))
                    .with("seen", times::near(seen, now, zone)),
            )
        })
    }

    /// The page that is open, as a card.
    fn page_card(&self, subject: &Subject) -> Option<NeedCard> {
        let purpose = {
            let sessions = lock(&subject.world.sessions);
            sessions.get(&subject.id)?.purpose.clone()
        };
        let Purpose::Page { check, remedy } = &purpose else {
            return None;
        };
        let session = self.session_view(subject, &purpose)?;
        let mut acts = vec![self.button("need-act-done", "finishPage", true)];
        if session.has_window {
            acts.push(self.button("need-act-show-window", "showSession", false));
        }
        let path = match &remedy.act {
            RemedyAct::ByHand { path, .. } => path.join(" > "),
            _ => String::new(),
        };
        Some(NeedCard {
            step: check.id.clone(),
            kind: NeedKind::Task,
            title: self.text(&remedy.title),
            sentence: self.text(&remedy.detail),
            place: words::place(check.place_of(remedy)),
            instructions: vec![
                self.who_may(subject, check, remedy),
                self.text(&Text::new("check-page-path").with("path", path)),
            ],
            expect: Vec::new(),
            values: Vec::new(),
            asks: None,
            session: Some(session),
            lanes: Vec::new(),
            problem: None,
            acts,
            check: None,
            pairing: false,
            seat: None,
        })
    }
}
