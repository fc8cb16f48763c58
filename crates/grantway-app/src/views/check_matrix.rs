//! The customers of a setup with their checks, side by side.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use grantway_core::check::{Check, Remedy, RemedyAct, Verdict, left_out};
use grantway_core::{TenantId, Text};

use super::matrix::{Overall, Sheet, SignWords};
use super::words;
use crate::app::{App, Subject};
use crate::contract::{ForAllView, MatrixCell, MatrixView, Sign};

/// The kinds of customers, by name and word.
const FILTERS: [(&str, &str); 3] = [
    ("ready", "matrix-ready"),
    ("notReady", "matrix-not-ready"),
    ("leftOut", "matrix-left-out"),
];

/// What several customers can have in common: whether the plan mends it, the columns, and the remedy.
type Same<'a> = (bool, &'a [String], &'a str);

impl App {
    pub(super) fn check_matrix(&self, subject: &Subject) -> Option<MatrixView> {
        let mut sheet = Sheet::of(subject, subject.pattern.check_columns())?;
        let mut by_customer: HashMap<TenantId, Vec<&Check>> = HashMap::new();
        for check in &subject.state.checks {
            if !check.columns.is_empty() {
                by_customer
                    .entry(check.place.tenant)
                    .or_default()
                    .push(check);
            }
        }
        let left_out = left_out(&subject.state.checks);
        let mut words = SignWords::of(self);
        let mut accepted = SignWords::of(self);
        for customer in sheet.customers.clone() {
            let checks = by_customer.remove(&customer.tenant).unwrap_or_default();
            let named = checks.iter().flat_map(|check| {
                let columns = check.columns.iter();
                columns.map(move |column| (column.as_str(), *check))
            });
            let cells = sheet.sort_in(named).into_iter().map(|checks| {
                let worst = checks.iter().map(|check| check.verdict).min()?;
                let sign = words::of_verdict(worst);
                let passed = checks.iter().filter(|check| !is_open(subject, check));
                let note = (checks.len() > 1 && worst != Verdict::Pass)
                    .then(|| self.of_all(passed.count(), checks.len()));
                let is_accepted =
                    worst != Verdict::Pass && checks.iter().all(|check| !is_open(subject, check));
                let word = if is_accepted {
                    let key = if worst == Verdict::CannotSee {
                        "matrix-cannot-see-accepted"
                    } else {
                        "matrix-look-at-accepted"
                    };
                    accepted.word(sign, Some(key))
                } else {
                    words.word(sign, None)
                };
                Some(MatrixCell { sign, word, note })
            });
            let cells = cells.collect();
            let overall =
                self.overall_of_checks(subject, &checks, left_out.contains(&customer.tenant));
            sheet.add(customer, overall, cells);
        }
        sheet.finish(self, "matrix-not-checked", &FILTERS)
    }

    /// What is open for several customers and can be accepted: what waits for a decision first, then what the plan would
    /// mend otherwise; of each what concerns the most customers.
    pub(super) fn for_all(&self, subject: &Subject) -> Vec<ForAllView> {
        let mut same: BTreeMap<Same<'_>, Vec<(&Check, &Remedy)>> = BTreeMap::new();
        for check in &subject.state.checks {
            if check.columns.is_empty() || check.fails() || !is_open(subject, check) {
                continue;
            }
            let mut remedies = check.remedies.iter();
            if let Some(remedy) = remedies.find(|remedy| remedy.act == RemedyAct::Accept) {
                let key = (
                    is_in_plan(check),
                    check.columns.as_slice(),
                    remedy.id.as_str(),
                );
                same.entry(key).or_default().push((check, remedy));
            }
        }
        let mut same: Vec<_> = same
            .into_iter()
            .filter(|(_, open)| open.len() > 1)
            .collect();
        same.sort_by_key(|((planned, ..), open)| (*planned, Reverse(open.len())));
        same.into_iter()
            .filter_map(|((planned, columns, remedy), open)| {
                let (first, accept) = open.first()?;
                let worst = open.iter().map(|(check, _)| check.verdict).min()?;
                let sentence = if planned {
                    Text::new("matrix-for-all-planned")
                } else {
                    Text::new("matrix-for-all-open")
                };
                Some(ForAllView {
                    id: format!("{}/{remedy}/{planned}", columns.join("+")),
                    sign: words::of_verdict(worst),
                    sentence: self.text(
                        &sentence
                            .with("check", first.title.clone())
                            .with("count", open.len()),
                    ),
                    detail: self.text(
                        &Text::new("matrix-for-all-detail")
                            .with("remedy", accept.title.clone())
                            .with("detail", accept.detail.clone()),
                    ),
                    act: self.text(&Text::new("matrix-for-all-act").with("count", open.len())),
                    checks: open.iter().map(|(check, _)| check.id.clone()).collect(),
                })
            })
            .collect()
    }

    /// "2 of 3"
    pub(super) fn of_all(&self, some: usize, all: usize) -> String {
        self.text(&Text::new("matrix-of").with("some", some).with("all", all))
    }

    fn overall_of_checks(
        &self,
        subject: &Subject,
        checks: &[&Check],
        is_left_out: bool,
    ) -> Overall {
        let failed: Vec<&Check> = only(checks, |check| check.fails());
        let undecided: Vec<&Check> = only(checks, |check| {
            is_open(subject, check) && !check.remedies.is_empty() && !is_in_plan(check)
        });
        let worst = |checks: &[&Check]| {
            let verdicts = checks.iter().map(|check| check.verdict);
            words::of_verdict(verdicts.min().unwrap_or(Verdict::Pass))
        };
        let (sign, word, because, filter) = if is_left_out {
            let because = self.named(&failed);
            (Sign::LeftOut, "matrix-left-out", because, "leftOut")
        } else if !failed.is_empty() {
            let because = self.named(&failed);
            (Sign::Fail, "matrix-not-ready", because, "notReady")
        } else if !undecided.is_empty() {
            let because = self.named(&undecided);
            (worst(&undecided), "matrix-decision", because, "notReady")
        } else if checks.is_empty() {
            (Sign::NotStarted, "matrix-not-read", None, "notReady")
        } else {
            let planned = only(checks, |check| is_open(subject, check) && is_in_plan(check));
            let because = (!planned.is_empty())
                .then(|| self.text(&Text::new("matrix-in-plan").with("count", planned.len())));
            // What was accepted unseen is still not seen.
            (worst(checks), "matrix-ready", because, "ready")
        };
        Overall {
            sign,
            word: self.catalogue.say(word),
            because,
            stopped: sign == Sign::Fail,
            filters: vec![filter],
        }
    }

    /// The first check by its title, and how many there are beside it.
    fn named(&self, checks: &[&Check]) -> Option<String> {
        let (first, rest) = checks.split_first()?;
        let title = self.text(&first.title);
        Some(if rest.is_empty() {
            title
        } else {
            self.text(
                &Text::new("matrix-and-more")
                    .with("first", title)
                    .with("count", rest.len()),
            )
        })
    }
}

fn only<'a>(checks: &[&'a Check], which: impl Fn(&Check) -> bool) -> Vec<&'a Check> {
    checks
        .iter()
        .copied()
        .filter(|check| which(check))
        .collect()
}

/// Whether a check did not pass and nobody has accepted it.
fn is_open(subject: &Subject, check: &Check) -> bool {
    check.verdict != Verdict::Pass && !subject.state.accepted.contains_key(&check.id)
}

fn is_in_plan(check: &Check) -> bool {
    let mut remedies = check.remedies.iter();
    remedies.any(|remedy| remedy.act == RemedyAct::InPlan)
}
