//! Taking back: in reverse dependency order, past what is gone, with a list of what stays.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::apply::places;
use super::schedule::{self, Agenda, Progress, Turn};
use super::{Engine, Judge, LOOKS, Run};
use serde_json::Value;

use crate::Timestamp;
use crate::change::{Applied, Change, ChangeRecord, Context, Observed, Origin, Undone};
use crate::desired::resolve;
use crate::fault::{Fault, FaultKind};
use crate::ids::{SetupId, StepId, TenantId};
use crate::journal::{ActKind, Entry, JournalError, Leftover, SetupState, Standing, StepState};
use crate::plan::{Row, StepBody, UndoRule};
use crate::text::Text;

/// How often a removal is asked for before it is listed as left.
const UNDO_TRIES: usize = 4;

/// Steps whose effect another setup works with, and which one.
pub type InUse = BTreeMap<StepId, SetupId>;

/// What take back will do with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Removed: this setup made it.
    Removed,
    /// Put back to what it was.
    PutBack,
    /// Nobody knows whether it was made: looked for first.
    LookedFor,
    /// Left: it was there before, or bringing it back would give access again.
    Left,
}

/// A row of what take back will do.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoRow {
    /// The step.
    pub step: StepId,
    /// What will be done.
    pub fate: Fate,
}

/// What take back would do now, last first. Rows to which nothing was done are not in it.
pub fn outlook(state: &SetupState) -> Vec<UndoRow> {
    state
        .rows()
        .rev()
        .filter(|row| row.step.leaves_something())
        .filter_map(|row| {
            Some(UndoRow {
                step: row.step.id.clone(),
                fate: fate(state, row)?,
            })
        })
        .collect()
}

fn fate(state: &SetupState, row: &Row) -> Option<Fate> {
    let leave = matches!(
        &row.step.body,
        StepBody::Change {
            undo_rule: UndoRule::Leave,
            ..
        }
    );
    if row.step.stays().is_some() {
        let is_done = matches!(state.standing(&row.step.id), Standing::Done);
        // Who has paired something here may have done so there too, before saying so.
        // So may who was on the page where a thing is made, and has not said so.
        let is_under_way = state.steps.get(&row.step.id).is_some_and(|step| {
            (!step.pairs.chosen.is_empty() || step.attendance.is_some())
                && !matches!(step.standing, Standing::Undone(_))
        });
        let given = is_done || is_under_way;
        return given.then_some(Fate::Left);
    }
    let Some(step) = state.steps.get(&row.step.id) else {
        return state.satisfied(row).then_some(Fate::Left);
    };
    let reached_person = matches!(&row.step.body, StepBody::Task(_))
        && matches!(
            step.standing,
            Standing::Attended
                | Standing::NeedsPerson
                | Standing::Troubled(_)
                | Standing::Failed(_)
        );
    match step.applied.as_ref().map(|applied| applied.origin) {
        _ if matches!(step.standing, Standing::Undone(_)) => None,
        _ if leave => step.applied.is_some().then_some(Fate::Left),
        Some(Origin::Created) => Some(Fate::Removed),
        Some(Origin::Updated | Origin::Removed) => Some(Fate::PutBack),
        Some(Origin::Adopted) => Some(Fate::Left),
        None if step.desired.is_some() || reached_person => Some(Fate::LookedFor),
        None => None,
    }
}

/// By the place of each row, the places of those that depend on it.
fn dependants(rows: &[Row]) -> Vec<Vec<usize>> {
    let places = places(rows);
    let mut depend = vec![Vec::new(); rows.len()];
    for (place, row) in rows.iter().enumerate() {
        for needed in &row.step.after {
            if let Some(needed) = places.get(needed) {
                depend[*needed].push(place);
            }
        }
    }
    depend
}

/// What still needs a row that goes last: something that depends on it, however far behind, is not taken back.
fn held_by(state: &SetupState, rows: &[Row], depend: &[Vec<usize>], place: usize) -> Option<usize> {
    if !rows[place].step.goes_last() {
        return None;
    }
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    let mut behind = vec![place];
    while let Some(step) = behind.pop() {
        for &other in &depend[step] {
            let row = &rows[other];
            if row.step.desired().is_some() && fate(state, row).is_some() {
                return Some(other);
            }
            if seen.insert(other) {
                behind.push(other);
            }
        }
    }
    None
}

/// The rows of a setup that is taken back.
struct TakingBack<'a, 'r> {
    run: &'a Run<'r>,
    rows: &'a [Row],
    wanted: &'a BTreeSet<StepId>,
    depend: Vec<Vec<usize>>,
}

impl Agenda for TakingBack<'_, '_> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn tenant(&self, place: usize) -> TenantId {
        self.rows[place].step.place.tenant
    }

    /// Each row is tried once. What depends on it goes first: tried or done, where it goes last done.
    fn turn(&self, place: usize, progress: &Progress) -> Turn {
        let state = self.run.state();
        let is_open = |place: usize| {
            let row = &self.rows[place];
            self.wanted.contains(&row.step.id)
                && !progress.has_begun(place)
                && fate(&state, row).is_some()
        };
        if !is_open(place) {
            return Turn::Never;
        }
        let is_ahead = |other: &&usize| is_open(**other) || progress.is_running(**other);
        let ahead = self.depend[place].iter().find(is_ahead).copied();
        match ahead.or_else(|| held_by(&state, self.rows, &self.depend, place)) {
            Some(other) => Turn::After(other),
            None => Turn::Now,
        }
    }

    fn now(&self) -> Timestamp {
        self.run.now()
    }
}

impl Engine {
    /// What take back would do now.
    pub fn undo_outlook(&self, state: &SetupState) -> Vec<UndoRow> {
        outlook(state)
    }

    /// Takes the whole setup back. Safe to call again; what was taken back stays so, and what is in use is left until it no
    /// longer is.
    pub async fn undo(
        &self,
        setup: &SetupId,
        judge: &dyn Judge,
        by: &str,
        in_use: &InUse,
    ) -> Result<Vec<Leftover>, JournalError> {
        let run = self.run(setup, judge).await?;
        let rows: Vec<Row> = run.state().rows().cloned().collect();
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        if run.state().undo_began.is_none() {
            run.record(Entry::UndoBegan { by: by.into() }).await?;
        }
        let all: BTreeSet<StepId> = rows.iter().map(|row| row.step.id.clone()).collect();
        run.take_back(&rows, &all, in_use).await?;
        let left = run.leftovers(&rows, in_use);
        run.record(Entry::UndoEnded { left: left.clone() }).await?;
        Ok(left)
    }

    /// Takes one step back, so that it can be done again: a consent that went wrong.
    pub async fn undo_step(
        &self,
        setup: &SetupId,
        judge: &dyn Judge,
        step: &StepId,
        in_use: &InUse,
    ) -> Result<Option<Fault>, JournalError> {
        let run = self.run(setup, judge).await?;
        let rows: Vec<Row> = run.state().rows().cloned().collect();
        run.take_back(&rows, &BTreeSet::from([step.clone()]), in_use)
            .await?;
        let standing = run.state().standing(step).clone();
        match standing {
            Standing::UndoFailed(fault) => Ok(Some(fault)),
            _ => {
                run.record(Entry::Retried { step: step.clone() }).await?;
                Ok(None)
            }
        }
    }
}

impl Run<'_> {
    async fn take_back(
        &self,
        rows: &[Row],
        wanted: &BTreeSet<StepId>,
        in_use: &InUse,
    ) -> Result<(), JournalError> {
        let taking_back = TakingBack {
            run: self,
            rows,
            wanted,
            depend: dependants(rows),
        };
        schedule::drive(self.engine.caps, &taking_back, |place| {
            let row = &rows[place];
            async move {
                let outcome = if let Some(user) = in_use.get(&row.step.id) {
                    let doing = Text::new("doing-step").with("step", row.step.title.clone());
                    let fault = Fault::new(FaultKind::InUse, doing, user.as_str());
                    self.failed(row, ActKind::Undo, fault).await
                } else {
                    self.undo_row(row).await
                };
                (place, outcome)
            }
        })
        .await
    }

    async fn undo_row(&self, row: &Row) -> Result<(), JournalError> {
        let Some(desired) = row.step.desired() else {
            // A wait or a sign-in has left nothing: there is nothing to tell of it.
            if row.step.stays().is_some() && fate(&self.state(), row) == Some(Fate::Left) {
                let step = row.step.id.clone();
                let (undone, traces) = (Undone::Kept, Vec::new());
                self.record(Entry::Undone {
                    step,
                    undone,
                    traces,
                })
                .await?;
            }
            return Ok(());
        };
        let change = match self.engine.registry.change(&desired.kind) {
            Ok(change) => Arc::clone(change),
            Err(fault) => return self.failed(row, ActKind::Undo, fault).await,
        };
        let fate = fate(&self.state(), row);
        match fate {
            None => return Ok(()),
            Some(Fate::Left) => return self.undone(row, &*change, Undone::Kept).await,
            Some(Fate::LookedFor) => match self.settle_doubt(row, &*change).await? {
                Settled::WasMade => {}
                Settled::WasNot => return self.undone(row, &*change, Undone::WasGone).await,
                Settled::CannotTell(fault) => return self.failed(row, ActKind::Undo, fault).await,
            },
            Some(Fate::Removed | Fate::PutBack) => {}
        }
        let Some(record) = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.record())
        else {
            return Ok(());
        };
        if record.applied.origin == Origin::Adopted {
            return self.undone(row, &*change, Undone::Kept).await;
        }
        // A removal of ours may have come through before: then "gone already" is our own doing.
        let gone_by_us = match self.state().standing(&row.step.id) {
            Standing::UndoInDoubt => true,
            Standing::UndoFailed(fault) => fault.kind == FaultKind::AnswerLost,
            _ => false,
        };
        self.record(Entry::Intent {
            step: row.step.id.clone(),
            act: ActKind::Undo,
            desired: record.desired.clone(),
            before: record.before.clone(),
        })
        .await?;
        let mut cx = self.context(&row.step.id, row.step.place.tenant);
        cx.cut_off = gone_by_us;
        match self.insist(cx, &*change, &record).await {
            Ok(undone) => self.undone(row, &*change, undone).await,
            Err(fault) => self.failed(row, ActKind::Undo, fault).await,
        }
    }

    /// Takes back, again where no answer came or quiet was asked for: what is gone already is no harm.
    async fn insist(
        &self,
        mut cx: Context<'_>,
        change: &dyn Change,
        record: &ChangeRecord,
    ) -> Result<Undone, Fault> {
        let mut tries = 0;
        loop {
            let fault = match change.undo(&cx, record).await {
                Ok(Undone::WasGone) if cx.cut_off => return Ok(Undone::Reverted),
                Ok(undone) => return Ok(undone),
                Err(fault) => fault,
            };
            tries += 1;
            match fault.kind {
                FaultKind::AnswerLost if tries < UNDO_TRIES => {
                    cx.cut_off = true;
                    self.pause_before_look(LOOKS[tries]).await;
                }
                FaultKind::Throttled { until } if tries < UNDO_TRIES => {
                    self.engine.clock.sleep_until(until).await;
                }
                _ => return Err(fault),
            }
        }
    }

    async fn undone(
        &self,
        row: &Row,
        change: &dyn Change,
        undone: Undone,
    ) -> Result<(), JournalError> {
        let traces = match (
            &undone,
            self.state()
                .steps
                .get(&row.step.id)
                .and_then(|s| s.record()),
        ) {
            (Undone::Reverted, Some(record)) => change.traces(&record),
            _ => Vec::new(),
        };
        self.record(Entry::Undone {
            step: row.step.id.clone(),
            undone,
            traces,
        })
        .await
    }

    /// Finds out whether a write whose outcome nobody knows was made, and records it if so.
    async fn settle_doubt(&self, row: &Row, change: &dyn Change) -> Result<Settled, JournalError> {
        let cx = self.context(&row.step.id, row.step.place.tenant);
        if let StepBody::Task(task) = &row.step.body {
            self.note_effect(row, task).await?;
            return Ok(match self.effect(row, task).await {
                Ok(Some(applied)) => {
                    self.found(row, applied).await?;
                    Settled::WasMade
                }
                Ok(None) => Settled::WasNot,
                Err(fault) => Settled::CannotTell(fault),
            });
        }
        let desired = self
            .state()
            .steps
            .get(&row.step.id)
            .and_then(|s| s.desired.clone());
        let desired = match (desired, row.step.desired()) {
            (Some(desired), _) => desired,
            (None, Some(state)) => match resolve(&state.state, &*self.state()) {
                Ok(desired) => desired,
                Err(_) => return Ok(Settled::WasNot),
            },
            (None, None) => return Ok(Settled::WasNot),
        };
        let looked = match self.look(&cx, change, &desired).await {
            Ok(None) => self.half_made(&cx, change, &desired).await,
            looked => looked,
        };
        Ok(match looked {
            Ok(Some(applied)) => {
                self.found(row, applied).await?;
                Settled::WasMade
            }
            Ok(None) => Settled::WasNot,
            Err(fault) => Settled::CannotTell(fault),
        })
    }

    async fn found(&self, row: &Row, applied: Applied) -> Result<(), JournalError> {
        let step = row.step.id.clone();
        self.record(Entry::Found { step, applied }).await
    }

    /// What a change of several writes has begun and not ended: it is not as it was meant to be, and it is ours all the same.
    async fn half_made(
        &self,
        cx: &Context<'_>,
        change: &dyn Change,
        desired: &Value,
    ) -> Result<Option<Applied>, Fault> {
        let before = self
            .state()
            .steps
            .get(cx.step)
            .and_then(|s| s.before.clone());
        if matches!(before, Some(Observed::Present { .. })) {
            return Ok(None);
        }
        Ok(match change.read(cx, desired, None).await? {
            Observed::Present {
                key,
                state,
                ours: true,
            } => Some(Applied {
                origin: Origin::Created,
                key,
                state,
                note: None,
            }),
            _ => None,
        })
    }

    fn leftovers(&self, rows: &[Row], in_use: &InUse) -> Vec<Leftover> {
        let state = self.state();
        let depend = dependants(rows);
        let mut left = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            let mut leave = |what: Text, because: Text, by_hand: Text| {
                left.push(Leftover {
                    step: row.step.id.clone(),
                    place: row.step.place.clone(),
                    what,
                    because,
                    by_hand,
                });
            };
            let Some(step) = state.steps.get(&row.step.id) else {
                continue;
            };
            match &step.standing {
                Standing::UndoFailed(fault) if in_use.contains_key(&row.step.id) => leave(
                    row.step.title.clone(),
                    Text::new("left-because-in-use").with("setup", &fault.detail),
                    Text::new("left-by-other-setup").with("setup", &fault.detail),
                ),
                _ if held_by(&state, rows, &depend, place).is_some() => leave(
                    row.step.title.clone(),
                    Text::new("left-because-needed"),
                    Text::new("left-by-retry"),
                ),
                Standing::UndoFailed(fault) => leave(
                    row.step.title.clone(),
                    Text::new("left-because-fault")
                        .with("detail", fault.detail.clone())
                        .with("id", fault.quote()),
                    by_hand(row),
                ),
                Standing::Undone(Undone::Kept) if row.step.stays().is_some() => leave(
                    row.step.title.clone(),
                    Text::new(match &row.step.body {
                        StepBody::Task(_) => "left-because-made-by-hand",
                        _ => "left-because-others-gave",
                    }),
                    by_hand(row),
                ),
                // A person has acted here, and expects that what came of it goes.
                Standing::Undone(Undone::Kept) if is_kept_effect(row, step) => leave(
                    row.step.title.clone(),
                    Text::new("left-because-was-there"),
                    by_hand(row),
                ),
                Standing::Undone(Undone::Drifted { because }) => {
                    leave(row.step.title.clone(), because.clone(), by_hand(row));
                }
                _ => {}
            }
            for trace in &step.traces {
                leave(
                    trace.what.clone(),
                    Text::new("left-because-trace"),
                    trace.by_hand.clone(),
                );
            }
        }
        left
    }
}

/// How a person does what take back did not: in the step's own words where it has them.
fn by_hand(row: &Row) -> Text {
    match &row.step.body {
        StepBody::Task(task) => task.by_hand.clone().or_else(|| task.stays.clone()),
        StepBody::HandOff(hand_off) => hand_off.stays.clone(),
        _ => None,
    }
    .unwrap_or_else(|| Text::new("left-by-hand").with("undo", row.step.undo.clone()))
}

/// Whether what a person's act has left counts as there before, and stays.
fn is_kept_effect(row: &Row, step: &StepState) -> bool {
    matches!(&row.step.body, StepBody::Task(task) if task.effect.is_some())
        && step
            .applied
            .as_ref()
            .is_some_and(|applied| applied.origin == Origin::Adopted)
}

enum Settled {
    WasMade,
    WasNot,
    CannotTell(Fault),
}
