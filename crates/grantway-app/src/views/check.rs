//! Check.

use grantway_core::Text;
use grantway_core::check::{Check, Remedy, RemedyAct, Verdict, blocking};

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{CheckGroup, CheckPage, CheckRow, FactLine, RemedyView, Sign};
use crate::world::lock;

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
        if let Some(at) = subject.state.facts.at {
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
                .map(|remedy| self.remedy(remedy))
                .collect(),
            accepted: subject.state.accepted.contains_key(&check.id),
            quote: format!(
                "GW-CHK-{}",
                check.id.to_ascii_uppercase().replace(['/', ' '], "-")
            ),
        }
    }

    fn remedy(&self, remedy: &Remedy) -> RemedyView {
        let (path, act, calls) = match &remedy.act {
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
        }
    }
}
