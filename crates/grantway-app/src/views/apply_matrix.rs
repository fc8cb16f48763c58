//! The customers of a setup with their steps, side by side: who is done, who waits for what, who has stopped and why.

use std::collections::{BTreeSet, HashMap};

use grantway_core::check::{Check, left_out};
use grantway_core::journal::Standing;
use grantway_core::plan::{Action, Row, StepBody};
use grantway_core::{Place, StepId, TenantId, Text, Timestamp};

use super::matrix::{Overall, Sheet, SignWords, of_kind};
use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{MatrixCell, MatrixView, NeedKind, Sign};
use crate::world::lock;

/// The kinds of customers, by name and word.
const FILTERS: [(&str, &str); 8] = [
    ("stopped", "sign-stopped"),
    ("needsYou", "sign-needs-you"),
    ("handOff", "matrix-filter-hand-off"),
    (WAITS, "matrix-filter-waits"),
    ("goesOn", "matrix-goes-on"),
    ("done", "sign-done"),
    ("leftOut", "matrix-left-out"),
    ("nothing", "matrix-nothing-to-do"),
];

/// The filter that shows whoever waits for something.
pub(super) const WAITS: &str = "waits";

/// What all customers are judged by.
struct Around<'a> {
    running: bool,
    now: Timestamp,
    rows: &'a HashMap<&'a StepId, &'a Row>,
    left_out: BTreeSet<TenantId>,
    /// For each customer the check because of which it is left out.
    failed: HashMap<TenantId, &'a Check>,
}

impl App {
    pub(super) fn apply_matrix(
        &self,
        subject: &Subject,
        rows: &HashMap<&StepId, &Row>,
    ) -> Option<MatrixView> {
        let state = &subject.state;
        let plan = state.plan.as_ref()?;
        let columns = subject.pattern.step_columns(&subject.profile);
        let mut sheet = Sheet::of(subject, columns)?;
        let mut by_customer: HashMap<TenantId, Vec<&Row>> = HashMap::new();
        for row in &plan.rows {
            if let Some(cell) = &row.step.cell {
                by_customer.entry(cell.customer).or_default().push(row);
            }
        }
        let failed = state.checks.iter().filter(|check| check.fails());
        let around = Around {
            running: lock(&subject.world.running).contains_key(&subject.id),
            now: subject.world.clock.now(),
            rows,
            left_out: left_out(&state.checks),
            failed: failed.map(|check| (check.place.tenant, check)).collect(),
        };
        let mut words = SignWords::of(self);
        for customer in sheet.customers.clone() {
            let rows = by_customer.remove(&customer.tenant).unwrap_or_default();
            let named = rows.iter().filter_map(|row| {
                let cell = row.step.cell.as_ref()?;
                Some((cell.column.as_str(), *row))
            });
            let cells = sheet.sort_in(named).into_iter();
            let cells = cells
                .map(|rows| self.cell(subject, &around, &rows, &mut words))
                .collect();
            let overall = self.overall_of_steps(subject, &around, customer, &rows);
            sheet.add(customer, overall, cells);
        }
        sheet.finish(self, "matrix-not-set-up", &FILTERS)
    }

    /// All steps of one column for one customer in one sign: what stops comes before what runs, and that before what waits.
    fn cell(
        &self,
        subject: &Subject,
        around: &Around<'_>,
        rows: &[&Row],
        words: &mut SignWords<'_>,
    ) -> Option<MatrixCell> {
        if rows.is_empty() {
            return None;
        }
        let state = &subject.state;
        let signs: Vec<Sign> = rows.iter().map(|row| around.sign(subject, row)).collect();
        let done = rows.iter().filter(|row| state.satisfied(row)).count();
        let has = |sign: Sign| signs.contains(&sign);
        let urgent = [Sign::Fail, Sign::NeedsYou, Sign::Running, Sign::Wait];
        let sign = match urgent.into_iter().find(|sign| has(*sign)) {
            Some(sign) => sign,
            None if has(Sign::LeftOut) => Sign::LeftOut,
            None if signs.iter().all(|sign| *sign == Sign::AlreadyRight) => Sign::AlreadyRight,
            None if done == rows.len() => Sign::Pass,
            // Between two steps of one column it is under way. What was right before is no beginning.
            None if has(Sign::Pass) && around.running => Sign::Running,
            None => Sign::NotStarted,
        };
        let special = match sign {
            Sign::Pass => Some("sign-done"),
            Sign::Fail => Some("sign-stopped"),
            Sign::LeftOut => Some("sign-taken-back"),
            _ => None,
        };
        let word = words.word(sign, special);
        let note = match sign {
            // Beside the sign that asks for a person stands its word.
            Sign::Fail | Sign::NeedsYou => Some(word.clone()),
            Sign::Wait => first_look(subject, rows.iter().copied())
                .map(|(next_look, _)| times::near(next_look, around.now, &self.order.zone)),
            Sign::Running | Sign::NotStarted if rows.len() > 1 && done > 0 => {
                Some(self.of_all(done, rows.len()))
            }
            _ => None,
        };
        Some(MatrixCell { sign, word, note })
    }

    fn overall_of_steps(
        &self,
        subject: &Subject,
        around: &Around<'_>,
        customer: &Place,
        rows: &[&Row],
    ) -> Overall {
        let state = &subject.state;
        let signs: Vec<Sign> = rows.iter().map(|row| around.sign(subject, row)).collect();
        let with = |sign: Sign| {
            signs
                .iter()
                .position(|each| *each == sign)
                .map(|at| rows[at])
        };
        let needs = |kind: NeedKind| {
            let of = |row: &&&Row| self.need(subject, row).is_some_and(|n| n.kind() == kind);
            rows.iter().find(of).copied()
        };
        let stopped = with(Sign::Fail);
        let task = needs(NeedKind::Task);
        let hand_off = needs(NeedKind::HandOff);
        let waits = first_look(subject, rows.iter().copied());
        // What only a person's word is open for holds nothing up.
        let settled = |row: &&Row| state.satisfied(row) || state.is_left_to_person(row);
        let is_done = !rows.is_empty() && rows.iter().all(settled);
        let filter = |kind| of_kind(kind).map(|(filter, _)| filter);
        let mut filters: Vec<&'static str> = Vec::new();
        filters.extend(stopped.and_then(|_| filter(NeedKind::Stopped)));
        filters.extend(task.and_then(|_| filter(NeedKind::Task)));
        filters.extend(hand_off.and_then(|_| filter(NeedKind::HandOff)));
        filters.extend(waits.map(|_| WAITS));
        let title = |row: &Row| Some(self.text(&row.step.title));
        let say = |key: &str| self.catalogue.say(key);
        let until = |key: &str| match waits {
            Some((next_look, _)) => {
                let time = times::near(next_look, around.now, &self.order.zone);
                self.text(&Text::new(key).with("time", time))
            }
            None => self.sign_word(Sign::Wait),
        };
        let (sign, word, because) = if let Some(row) = stopped {
            let because = self.stopped_because(row, state.standing(&row.step.id));
            (Sign::Fail, say("sign-stopped"), because)
        } else if let Some(row) = task {
            (Sign::NeedsYou, say("sign-needs-you"), title(row))
        } else if let Some(row) = hand_off {
            let who = match &row.step.body {
                StepBody::HandOff(hand_off) => self.text(&hand_off.who),
                _ => self.text(&row.step.title),
            };
            let because = self.text(&Text::new("matrix-waits-for").with("who", who));
            (Sign::Wait, until("matrix-waits-until"), Some(because))
        } else if let Some((_, row)) = waits {
            (Sign::Wait, until("matrix-waits-until"), title(row))
        } else if is_done {
            filters.push("done");
            (Sign::Pass, say("sign-done"), None)
        } else if rows.is_empty() && around.left_out.contains(&customer.tenant) {
            filters.push("leftOut");
            let failed = around.failed.get(&customer.tenant);
            let because = failed.map(|check| self.text(&check.title));
            (Sign::LeftOut, say("matrix-left-out"), because)
        } else if rows.is_empty() {
            filters.push("nothing");
            (Sign::NotStarted, say("matrix-nothing-to-do"), None)
        } else if signs.contains(&Sign::LeftOut) {
            (Sign::LeftOut, say("sign-taken-back"), None)
        } else {
            filters.push("goesOn");
            let open = |row: &&&Row| !state.satisfied(row);
            let next = rows.iter().find(open);
            let is_under_way =
                signs.contains(&Sign::Running) || (around.running && signs.contains(&Sign::Pass));
            if is_under_way {
                let because = next.and_then(|row| title(row));
                (Sign::Running, say("matrix-goes-on"), because)
            } else {
                let because = next.and_then(|row| self.waits_for_steps(subject, row, around.rows));
                (Sign::NotStarted, say("sign-not-started"), because)
            }
        };
        Overall {
            sign,
            word,
            because,
            stopped: sign == Sign::Fail,
            filters,
        }
    }
}

impl Around<'_> {
    fn sign(&self, subject: &Subject, row: &Row) -> Sign {
        let is_right = row.outlook.action == Action::AlreadyRight;
        words::of_standing(subject.state.standing(&row.step.id), is_right, self.running)
    }
}

/// The row that is looked at first of those that wait, and when.
fn first_look<'a>(
    subject: &Subject,
    rows: impl Iterator<Item = &'a Row>,
) -> Option<(Timestamp, &'a Row)> {
    let waiting = rows.filter_map(|row| match subject.state.standing(&row.step.id) {
        Standing::Waiting { next_look, .. } => Some((*next_look, row)),
        _ => None,
    });
    waiting.min_by_key(|(next_look, _)| *next_look)
}

/// The rows of the plan that are one customer's.
pub(super) fn rows_of(subject: &Subject, customer: TenantId) -> Vec<&Row> {
    let rows = subject.state.plan.iter().flat_map(|plan| &plan.rows);
    rows.filter(|row| {
        let cell = row.step.cell.as_ref();
        cell.is_some_and(|cell| cell.customer == customer)
    })
    .collect()
}
