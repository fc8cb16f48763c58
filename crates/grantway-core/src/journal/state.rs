//! Where a setup stands, folded from its entries.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::Recorded;
use super::confirmed::Confirmed;
use super::entry::{ActKind, Entry, LeftConsent, Leftover, Problem, SignIn, StepProof};
use super::step_state::StepState;
use crate::Timestamp;
use crate::actor::Actor;
use crate::change::{Applied, Undone};
use crate::check::Check;
use crate::fault::Fault;
use crate::ids::{StepId, TenantId};
use crate::party::{Party, Place};
use crate::plan::{Action, Plan, Row, StepBody};
use crate::question::Facts;
use crate::text::Text;

/// The phase that a person is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Questions to the person.
    Answer,
    /// Signing in.
    SignIn,
    /// Reading and judging.
    Check,
    /// The plan.
    Review,
    /// Writing.
    Apply,
    /// Reading back.
    Prove,
    /// Done, until it is taken back.
    Done,
}

/// How far one step is.
#[derive(Debug, Clone, PartialEq)]
pub enum Standing {
    /// Nothing has happened yet.
    NotStarted,
    /// A request may have left and no outcome is recorded: look before writing again.
    InDoubt,
    /// It has reached its state.
    Done,
    /// It failed, and nothing more happens without a decision.
    Failed(Fault),
    /// It waits for a person.
    NeedsPerson,
    /// A person has been at it; the effect has not been looked at yet.
    Attended,
    /// It needs a decision.
    Troubled(Problem),
    /// It waits.
    Waiting {
        /// Since when.
        since: Timestamp,
        /// The next look.
        next_look: Timestamp,
    },
    /// A removal may have left and no outcome is recorded.
    UndoInDoubt,
    /// It was taken back.
    Undone(Undone),
    /// It could not be taken back.
    UndoFailed(Fault),
}

/// How far the clocks of this machine and of the service may be apart. Directory services take tokens within as much.
const SKEW: jiff::SignedDuration = jiff::SignedDuration::from_mins(5);

/// Where a setup stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetupState {
    /// The pattern's id.
    pub pattern: String,
    /// The profile's id.
    pub profile: String,
    /// The cloud's id.
    pub cloud: String,
    /// When it was begun.
    pub opened: Option<Timestamp>,
    /// The last entry's time.
    pub touched: Option<Timestamp>,
    /// The answers.
    pub answers: Value,
    /// Sign-ins, by tenant.
    pub sign_ins: BTreeMap<TenantId, SignIn>,
    /// What was read last.
    pub facts: Facts,
    /// What that means.
    pub checks: Vec<Check>,
    /// Checks that a person accepted.
    pub accepted: BTreeMap<String, String>,
    /// The newest plan.
    pub plan: Option<Plan>,
    /// The plan that the last answers have put away, until there is a new one: what it says of the time before the setup's
    /// own sign-ins stays so.
    pub answered_over: Option<Plan>,
    /// Rows of plans before it to which something was done and which the newest plan no longer holds.
    pub earlier: Vec<Row>,
    /// Who approved the newest plan, and when.
    pub approved: Option<(String, Timestamp)>,
    /// Something of the approved plan has been begun.
    pub begun: bool,
    /// Why the plan before it was refused.
    pub stale: Vec<Text>,
    /// The steps that something has happened to.
    pub steps: BTreeMap<StepId, StepState>,
    /// A person has stopped the run.
    pub paused: bool,
    /// The newest proofs.
    pub proofs: Vec<StepProof>,
    /// When they were read.
    pub proved: Option<Timestamp>,
    /// Take back has begun.
    pub undo_began: Option<Timestamp>,
    /// Take back is at its end.
    pub undo_ended: Option<Timestamp>,
    /// What could not be taken back.
    pub left: Vec<Leftover>,
    /// How far taking away Grantway's own consent is, by tenant.
    pub own_consents: BTreeMap<TenantId, (Place, Standing)>,
    /// Consents to clients that the setup has turned away from.
    pub left_consents: Vec<LeftConsent>,
    /// A person has put it away.
    pub closed: bool,
}

impl SetupState {
    /// Folds all entries.
    pub fn of(entries: &[Recorded]) -> Self {
        let mut state = Self::default();
        for recorded in entries {
            state.fold(recorded);
        }
        state
    }

    /// Folds one more entry.
    pub fn fold(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        self.touched = Some(at);
        match &recorded.entry {
            Entry::Opened {
                pattern,
                profile,
                cloud,
            } => {
                self.opened = Some(at);
                self.pattern.clone_from(pattern);
                self.profile.clone_from(profile);
                self.cloud.clone_from(cloud);
            }
            Entry::Answered { answers } => {
                self.answers = answers.clone();
                if self.approved.is_none() {
                    if self.plan.is_some() {
                        self.answered_over.clone_from(&self.plan);
                    }
                    self.shelve_plan();
                    self.checks.clear();
                    self.facts = Facts::default();
                    self.accepted.clear();
                }
            }
            Entry::SignedIn { sign_in } => {
                let tenant = sign_in.place.tenant;
                // A consent that was taken away is given anew by a sign-in after it.
                if matches!(
                    self.own_consents.get(&tenant),
                    Some((_, Standing::Undone(_)))
                ) {
                    self.own_consents.remove(&tenant);
                }
                // Who signs in with it again works with it, and its end is the setup's.
                let account = sign_in.account.to_string();
                self.left_consents.retain(|left| {
                    let by_another = left.account.as_ref().is_some_and(|by| *by != account);
                    left.client != sign_in.client || left.place.tenant != tenant || by_another
                });
                self.sign_ins.insert(sign_in.place.tenant, sign_in.clone());
            }
            Entry::SignedOut { place } => {
                self.sign_ins.remove(&place.tenant);
            }
            Entry::Checked { facts, checks } => {
                self.facts = facts.clone();
                self.checks.clone_from(checks);
            }
            Entry::Accepted { check, by } => {
                self.accepted.insert(check.clone(), by.clone());
            }
            Entry::Planned { plan } => {
                self.shelve_plan();
                let held: BTreeSet<&StepId> = plan.rows.iter().map(|row| &row.step.id).collect();
                self.earlier.retain(|row| !held.contains(&row.step.id));
                self.open_again(plan);
                self.plan = Some((**plan).clone());
                self.answered_over = None;
                self.approved = None;
            }
            Entry::Approved { by, .. } => {
                self.approved = Some((by.clone(), at));
                self.stale.clear();
                self.paused = false;
                self.begun = false;
            }
            Entry::Stale { because, .. } => {
                self.approved = None;
                self.stale.clone_from(because);
            }
            Entry::Paused => self.paused = true,
            Entry::Resumed => self.paused = false,
            Entry::Proved { proofs } => {
                self.proofs.clone_from(proofs);
                self.proved = Some(at);
            }
            Entry::UndoBegan { .. } => {
                self.undo_began = Some(at);
                self.undo_ended = None;
                self.left.clear();
            }
            Entry::UndoEnded { left } => {
                self.undo_ended = Some(at);
                self.left.clone_from(left);
            }
            Entry::ConsentEnding { place, .. } => self.fold_consent(place, Standing::UndoInDoubt),
            Entry::ConsentEnded { place, undone } => {
                self.fold_consent(place, Standing::Undone(undone.clone()));
            }
            Entry::ConsentStays { place, fault } => {
                self.fold_consent(place, Standing::UndoFailed(fault.clone()));
            }
            Entry::ConsentLeft { consent } => self.left_consents.push(consent.clone()),
            Entry::Closed => self.closed = true,
            entry => {
                self.begun = true;
                self.fold_step(entry, at);
            }
        }
    }

    /// Puts the plan away; what was done of it stays known, so that it can be taken back.
    fn shelve_plan(&mut self) {
        let Some(plan) = self.plan.take() else {
            return;
        };
        let steps = &self.steps;
        let acted = plan.rows.into_iter().filter(|row| {
            // One that is to be done again has left something already.
            let has_acted = |step: &StepState| {
                step.standing != Standing::NotStarted
                    || step.applied.is_some()
                    || step.desired.is_some()
            };
            row.step.leaves_something() && steps.get(&row.step.id).is_some_and(has_acted)
        });
        self.earlier.extend(acted);
    }

    /// A step that was done and whose effect the new plan does not find is to be done again. What ends another step's
    /// effect is done again only with that one.
    fn open_again(&mut self, plan: &Plan) {
        let mut opened: BTreeSet<&StepId> = BTreeSet::new();
        for row in &plan.rows {
            let ends = match &row.step.body {
                StepBody::Change { reverses, .. } => reverses.as_ref(),
                _ => None,
            };
            let is_due = match ends {
                Some(reversed) => opened.contains(reversed),
                None => row.outlook.action.is_change(),
            };
            if let Some(step) = self.steps.get_mut(&row.step.id)
                && matches!(step.standing, Standing::Failed(_))
            {
                // Another plan is another try.
                step.standing = step.try_again();
            }
            if let Some(pairing) = row.step.pairing()
                && let Some(step) = self.steps.get_mut(&row.step.id)
                && step.standing == Standing::Done
                && step.pairs.unconfirmed(pairing).next().is_some()
            {
                // Tenants have come that nobody has paired.
                step.standing = Standing::NotStarted;
                step.confirmed = None;
            }
            let step = self.steps.get_mut(&row.step.id);
            if let Some(step) = step.filter(|step| is_due && step.standing == Standing::Done) {
                step.standing = Standing::NotStarted;
                opened.insert(&row.step.id);
            }
        }
    }

    fn fold_consent(&mut self, place: &Place, standing: Standing) {
        self.own_consents
            .insert(place.tenant, (place.clone(), standing));
    }

    fn fold_step(&mut self, entry: &Entry, at: Timestamp) {
        let (step, standing) = match entry {
            Entry::Intent {
                step,
                act: ActKind::Apply,
                desired,
                before,
            } => {
                let state = self.steps.entry(step.clone()).or_default();
                // The first intent's before-state is what undo puts back; a later try must not hide it.
                state.before.get_or_insert_with(|| before.clone());
                state.desired = Some(desired.clone());
                state.in_doubt = true;
                state.looking = false;
                (step, Standing::InDoubt)
            }
            Entry::Intent {
                step,
                act: ActKind::Undo,
                ..
            } => (step, Standing::UndoInDoubt),
            Entry::Done { step, applied } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.applied = Some(applied.clone());
                state.in_doubt = false;
                state.looking = false;
                state.waiting_since = None;
                (step, Standing::Done)
            }
            Entry::Failed {
                step,
                act: ActKind::Apply,
                fault,
            } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.failed_by(Some(fault));
                state.waiting_since = None;
                (step, Standing::Failed(fault.clone()))
            }
            Entry::Failed {
                step,
                act: ActKind::Undo,
                fault,
            } => (step, Standing::UndoFailed(fault.clone())),
            Entry::Needed { step } => (step, Standing::NeedsPerson),
            Entry::Attended { step, attendance } => {
                self.steps.entry(step.clone()).or_default().attendance = Some(attendance.clone());
                (step, Standing::Attended)
            }
            Entry::Troubled { step, problem } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.waiting_since = None;
                // Only what a person does or what is waited for can be troubled, and neither is a write of ours.
                state.in_doubt = false;
                state.looking = false;
                (step, Standing::Troubled(problem.clone()))
            }
            Entry::Retried { step } => {
                let standing = self.steps.entry(step.clone()).or_default().try_again();
                (step, standing)
            }
            Entry::Waiting {
                step,
                since,
                next_look,
            } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.failed_by(None);
                state.waiting_since = Some(*since);
                let (since, next_look) = (*since, *next_look);
                (step, Standing::Waiting { since, next_look })
            }
            Entry::Found { step, applied } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.applied = Some(applied.clone());
                state.in_doubt = false;
                state.looking = false;
                return;
            }
            Entry::Counted { step, ids } => {
                self.steps.entry(step.clone()).or_default().there_before = Some(ids.clone());
                return;
            }
            Entry::Judged { step, check } => {
                self.steps.entry(step.clone()).or_default().check = Some(check.clone());
                return;
            }
            Entry::Confirmed {
                step,
                seen,
                by,
                pairs,
            } => {
                let (seen, by) = (*seen, by.clone());
                let known = &mut self.steps.entry(step.clone()).or_default().pairs;
                known.confirm(pairs, &by, at);
                self.fold_confirmed(step, Some(Confirmed { seen, by, at }));
                if !seen {
                    // It may still come, and the wait reminds.
                    return;
                }
                (step, Standing::Done)
            }
            Entry::Listed { step, names, .. } => {
                let state = self.steps.entry(step.clone()).or_default();
                state.pairs.listed.clone_from(names);
                return;
            }
            Entry::Paired { step, pairs, .. } => {
                let state = self.steps.entry(step.clone()).or_default();
                let has_reopened = state.pairs.choose(pairs);
                if !has_reopened || state.standing != Standing::Done {
                    return;
                }
                // What was confirmed is another pair now, and that one is to be confirmed.
                self.fold_confirmed(step, None);
                let (since, next_look) = (at, at);
                (step, Standing::Waiting { since, next_look })
            }
            Entry::Undone {
                step,
                undone,
                traces,
            } => {
                let state = self.steps.entry(step.clone()).or_default();
                for trace in traces {
                    if !state.traces.contains(trace) {
                        state.traces.push(trace.clone());
                    }
                }
                (step, Standing::Undone(undone.clone()))
            }
            _ => return,
        };
        let state = self.steps.entry(step.clone()).or_default();
        let acts = matches!(
            standing,
            Standing::InDoubt | Standing::NeedsPerson | Standing::Attended
        );
        if acts && !matches!(entry, Entry::Retried { .. }) {
            state.began.get_or_insert(at);
        }
        state.standing = standing;
        state.at = Some(at);
    }

    /// What a person said counts at once, without anything being read back again.
    fn fold_confirmed(&mut self, step: &StepId, said: Option<Confirmed>) {
        let state = self.steps.entry(step.clone()).or_default();
        state.confirmed = said;
        let row = self.plan.as_ref().and_then(|plan| plan.row(step));
        if let Some(confirm) = row.and_then(|row| row.step.confirm()) {
            let proof = Confirmed::proof(confirm, Some(state));
            for known in self.proofs.iter_mut().filter(|known| &known.step == step) {
                known.proof = proof.clone();
            }
        }
    }

    /// How far a step is.
    pub fn standing(&self, step: &StepId) -> &Standing {
        self.steps
            .get(step)
            .map_or(&Standing::NotStarted, |s| &s.standing)
    }

    /// Whether what depends on this row may begin.
    pub fn satisfied(&self, row: &Row) -> bool {
        matches!(self.standing(&row.step.id), Standing::Done)
            || (row.outlook.action == Action::AlreadyRight
                && matches!(self.standing(&row.step.id), Standing::NotStarted))
    }

    /// Whether any write has been recorded, finished or not.
    pub fn has_written(&self) -> bool {
        // A wait, a check or a hand-off that is over has left no object.
        let is_object = |applied: &Applied| !applied.key.is_empty() || !applied.state.is_null();
        self.steps
            .values()
            .any(|s| s.desired.is_some() || s.applied.as_ref().is_some_and(is_object))
    }

    /// Whether the world may be read and judged anew: nothing is approved, or what was approved only opened the way.
    pub fn takes_checks(&self) -> bool {
        self.undo_began.is_none() && (self.approved.is_none() || self.way_is_open())
    }

    /// Whether a preliminary plan has come to its end: the checks come next, again. A row that was refused for good does
    /// not hold up the others; what stays shut by it is told by the checks.
    pub fn way_is_open(&self) -> bool {
        let is_over = |row: &Row| {
            let refused = match self.standing(&row.step.id) {
                Standing::Failed(fault) => fault.is_final(),
                _ => false,
            };
            refused || self.satisfied(row)
        };
        self.approved.is_some()
            && self
                .plan
                .as_ref()
                .is_some_and(|plan| plan.preliminary && plan.rows.iter().all(is_over))
    }

    /// The row of that name, in the newest plan or in what is left of those before it.
    pub fn row(&self, step: &StepId) -> Option<&Row> {
        let newest = self.plan.as_ref().and_then(|plan| plan.row(step));
        newest.or_else(|| self.earlier.iter().find(|row| &row.step.id == step))
    }

    /// The rows of [`SetupState::row`] by name, for whoever looks up many.
    pub fn rows_by_id(&self) -> HashMap<&StepId, &Row> {
        self.rows().map(|row| (&row.step.id, row)).collect()
    }

    /// All rows to which something may have been done, those of earlier plans first.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &Row> {
        let newest = self.plan.iter().flat_map(|plan| &plan.rows);
        self.earlier.iter().chain(newest)
    }

    /// Whether every row has reached its state, but those that a person is reminded to look at.
    pub fn all_done(&self) -> bool {
        let is_over = |row: &Row| self.satisfied(row) || self.is_left_to_person(row);
        self.plan
            .as_ref()
            .is_some_and(|plan| plan.rows.iter().all(is_over))
    }

    /// Whether all that is left of a row is that a person says whether they see it.
    pub fn is_left_to_person(&self, row: &Row) -> bool {
        row.step.confirm().is_some()
            && matches!(self.standing(&row.step.id), Standing::Waiting { .. })
    }

    /// In whose name a tenant is worked in: whoever has signed in there, else the provider's person, who reaches it
    /// from the provider's tenant.
    pub fn actor(&self, tenant: TenantId) -> Option<Actor> {
        self.sign_ins
            .get(&tenant)
            .or_else(|| self.sign_in_of(Party::Provider))
            .and_then(|sign_in| sign_in.actor().ok())
    }

    /// The moment from which an object that carries no marker can be a step's own.
    pub fn own_since(&self, step: &StepId) -> Option<Timestamp> {
        let began = self.steps.get(step)?.began?;
        let earliest = began.checked_sub(SKEW).unwrap_or(Timestamp::MIN);
        Some(self.opened.map_or(earliest, |opened| earliest.max(opened)))
    }

    /// The sign-in of a party, where there is one tenant for it.
    pub fn sign_in_of(&self, party: Party) -> Option<&SignIn> {
        self.sign_ins.values().find(|s| s.place.party == party)
    }

    /// The row of the plan that signs the setup in, where nobody does so before it.
    pub fn sign_in_step(&self) -> Option<&Row> {
        let mut rows = self.plan.iter().flat_map(|plan| &plan.rows);
        rows.find(|row| row.step.seat_taken().is_some())
    }

    /// The phase, as the record shows it.
    pub fn phase(&self) -> Phase {
        if self.answers.is_null() {
            Phase::Answer
        } else if self.approved.is_some() || self.undo_began.is_some() {
            if self.way_is_open() && self.undo_began.is_none() {
                Phase::Check
            } else if !self.all_done() && self.undo_began.is_none() {
                Phase::Apply
            } else if self.proved.is_none() && self.undo_began.is_none() {
                Phase::Prove
            } else {
                Phase::Done
            }
        } else if self.sign_ins.is_empty() && self.sign_in_step().is_none() {
            Phase::SignIn
        } else if self.plan.is_none() {
            Phase::Check
        } else {
            Phase::Review
        }
    }
}
