//! The run of a setup in the background: apply as far as it goes, sleep until the next look, go on.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use grantway_core::check::{Check, Verdict};
use grantway_core::engine::Brake;
use grantway_core::ids::{SetupId, StepId};
use grantway_core::journal::{Entry, Standing};
use grantway_core::plan::StepBody;
use grantway_core::{FaultKind, Timestamp};
use grantway_microsoft::control::Sleep;
use tokio::sync::Notify;

use super::Stage;
use crate::app::{App, Subject};
use crate::contract::Event;
use crate::problem::Problem;
use crate::world::{Running, World, lock};

/// What came of one round.
enum Round {
    /// Nothing more can be done without a person or a decision.
    Rest,
    /// Every row has reached its state.
    Finished,
    /// A wait ends then.
    Until(Timestamp),
}

impl App {
    /// Begins or wakes the run of a setup.
    pub(crate) fn run(self: &Arc<Self>, world: &Arc<World>, id: &SetupId) {
        let (brake, wake) = (Arc::new(Brake::default()), Arc::new(Notify::new()));
        {
            let mut running = lock(&world.running);
            if let Some(run) = running.get_mut(id) {
                run.ask_again();
                return;
            }
            running.insert(
                id.clone(),
                Running {
                    brake: Arc::clone(&brake),
                    again: false,
                    wake: Arc::clone(&wake),
                },
            );
        }
        let (app, world, id) = (Arc::clone(self), Arc::clone(world), id.clone());
        let work = world.work(&id);
        tokio::spawn(async move {
            let _work = work;
            app.rounds(&world, &id, &brake, &wake).await;
            app.changed(&id);
        });
    }

    async fn rounds(
        self: &Arc<Self>,
        world: &Arc<World>,
        id: &SetupId,
        brake: &Brake,
        wake: &Notify,
    ) {
        loop {
            let round = self.round(world, id, brake).await;
            let (again, waits) = {
                let mut running = lock(&world.running);
                let again = running
                    .get_mut(id)
                    .is_some_and(|run| std::mem::take(&mut run.again));
                let waits = !brake.is_pulled() && matches!(round, Ok(Round::Until(_)));
                if again {
                    // Whoever asks for another round wants it to run: the brake was for the one before.
                    brake.release();
                } else if !waits {
                    running.remove(id);
                }
                (again, waits)
            };
            if let Err(problem) = &round {
                self.tell(id, problem);
                lock(&world.troubles).insert(id.clone(), problem.clone());
            }
            match round {
                _ if again => {}
                Ok(Round::Until(moment)) if waits => {
                    let woken = async {
                        let stays = || {
                            !brake.is_pulled()
                                && lock(&world.running).get(id).is_some_and(|run| !run.again)
                        };
                        // What woke it may be from before it slept, and answered since.
                        while stays() {
                            wake.notified().await;
                        }
                    };
                    tokio::select! {
                        () = world.clock.sleep_until(moment) => {}
                        () = woken => {}
                    }
                    let mut running = lock(&world.running);
                    let asked = running.get(id).is_some_and(|run| run.again);
                    // Held, and nobody has asked for more: this world may be about to be left.
                    if brake.is_pulled() && !asked {
                        running.remove(id);
                        return;
                    }
                }
                Ok(Round::Until(_)) => return,
                Ok(Round::Finished) => {
                    if let Err(problem) = self.finish(world, id).await {
                        self.tell(id, &problem);
                    }
                    return;
                }
                Ok(Round::Rest) | Err(_) => return,
            }
        }
    }

    /// After the last row: the effects are read back. Where the way was opened first, the checks are read again instead.
    async fn finish(&self, world: &Arc<World>, id: &SetupId) -> Result<(), Problem> {
        let subject = self.subject_in(world, id.as_str()).await?;
        if subject.state.way_is_open() {
            self.check(id.as_str()).await
        } else {
            self.prove_in(world, id.as_str()).await
        }
    }

    async fn round(
        &self,
        world: &Arc<World>,
        id: &SetupId,
        brake: &Brake,
    ) -> Result<Round, Problem> {
        let subject = self.subject_in(world, id.as_str()).await?;
        lock(&subject.world.troubles).remove(id);
        if subject.state.undo_began.is_some() {
            self.undo_round(&subject).await?;
            return Ok(Round::Rest);
        }
        if subject.state.approved.is_none()
            || subject.state.paused
            || !self.has_rights(&subject, Stage::Apply).await?
        {
            return Ok(Round::Rest);
        }
        if !subject.state.begun && !self.still_fits(&subject).await? {
            return Ok(Round::Rest);
        }
        let engine = &subject.world.engine;
        let end = engine.apply(id, &subject, brake).await?;
        let is_open = !end.held && engine.state(id).await?.way_is_open();
        Ok(match end.next_look {
            _ if end.finished || is_open => Round::Finished,
            // A clock that jumps would jump to the end of the wait: whoever moves it says when to look.
            Some(_) if end.is_with_others && matches!(self.order.sleep, Sleep::Moves) => {
                Round::Rest
            }
            Some(moment) => Round::Until(moment),
            None => Round::Rest,
        })
    }

    /// Whether the sign-in carries what the stage needs. What was consented to before comes silently.
    pub(crate) async fn has_rights(
        &self,
        subject: &Subject,
        stage: Stage,
    ) -> Result<bool, Problem> {
        let Some(tenant) = subject.working_tenant() else {
            return Ok(false);
        };
        let missing = subject.missing_scopes(stage, tenant);
        if missing.is_empty() || subject.signs_in_later() {
            return Ok(true);
        }
        let Some(actor) = subject.working_actor() else {
            return Ok(false);
        };
        match subject.world.tokens.widen(&actor, &missing).await {
            Ok(()) => Ok(true),
            // The screen asks for a sign-in with these permissions.
            Err(fault) if matches!(fault.kind, FaultKind::SignInNeeded { .. }) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// Reads the world again just before the first write. A plan that no longer fits is refused and made anew.
    async fn still_fits(&self, subject: &Subject) -> Result<bool, Problem> {
        let Some(approved) = subject.state.plan.clone() else {
            return Ok(false);
        };
        let (facts, checks, fresh) = subject.judged(subject.read().await?).await?;
        let Some(fresh) = fresh else {
            let entry = Entry::Stale {
                plan: approved.number,
                because: vec![grantway_core::Text::new("stale-check-failed")],
            };
            subject.world.engine.record(&subject.id, entry).await?;
            subject
                .world
                .engine
                .record(&subject.id, Entry::Checked { facts, checks })
                .await?;
            return Ok(false);
        };
        let is_worse = is_worse(&subject.state.checks, &checks);
        // The fingerprint covers number-free content, so a plan of the same world is equal whenever it is made.
        let different = subject
            .world
            .engine
            .refit(&subject.id, &approved, fresh, is_worse)
            .await?;
        Ok(different.is_empty())
    }

    fn tell(&self, id: &SetupId, problem: &Problem) {
        self.host.emit(Event::Problem {
            setup: Some(id.to_string()),
            problem: problem.view(&self.catalogue),
        });
    }

    /// Lets a run go on: after a pause, a fresh sign-in, or a start of the app.
    pub(crate) async fn go_on(self: &Arc<Self>, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if subject.state.paused {
            subject
                .world
                .engine
                .record(&subject.id, Entry::Resumed)
                .await?;
        }
        let undo_mended = subject.state.undo_ended.is_some()
            && subject.state.steps.values().any(|step| {
                matches!(&step.standing, Standing::UndoFailed(fault)
                    if matches!(fault.kind, FaultKind::SignInNeeded { .. } | FaultKind::Offline))
            });
        if undo_mended {
            return self.begin_undo(&subject).await;
        }
        let mut mended = Vec::new();
        for (step, state) in &subject.state.steps {
            let is_started_over = subject.state.undo_began.is_none()
                && matches!(&state.standing, Standing::UndoFailed(fault)
                    if matches!(fault.kind, FaultKind::SignInNeeded { .. }));
            if is_started_over {
                self.start_over_now(&subject, step).await?;
            }
            // A sign-in mends these; nobody has to press "try again" for each.
            let is_mended = matches!(&state.standing, Standing::Failed(fault)
                if matches!(fault.kind, FaultKind::SignInNeeded { .. } | FaultKind::Offline));
            if is_mended {
                mended.push(Entry::Retried { step: step.clone() });
            }
        }
        let engine = &subject.world.engine;
        engine.record_all(&subject.id, &mended).await?;
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    pub(crate) async fn pause(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if let Some(run) = lock(&subject.world.running).get(&subject.id) {
            run.hold();
        }
        subject
            .world
            .engine
            .record(&subject.id, Entry::Paused)
            .await?;
        Ok(())
    }

    /// Records what a person says of something that shows nowhere else.
    pub(crate) async fn say(
        &self,
        subject: &Subject,
        step: StepId,
        seen: bool,
    ) -> Result<(), Problem> {
        let by = subject.by();
        if subject.working_actor().is_none() {
            return Err(Problem::new("problem-nobody-confirms", "GW-TSK-0013"));
        }
        let pairs = BTreeMap::new();
        let entry = Entry::Confirmed {
            step,
            seen,
            by,
            pairs,
        };
        subject.world.engine.record(&subject.id, entry).await?;
        Ok(())
    }

    pub(crate) async fn retry(self: &Arc<Self>, id: &str, step: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let standing = subject.state.standing(&step).clone();
        if let Some((step, every)) = subject.reminder(step.as_str()) {
            // Not seen: it may still come, so the person is reminded once more.
            self.say(&subject, step.clone(), false).await?;
            let now = subject.world.clock.now();
            let next_look = now
                .saturating_add(jiff::SignedDuration::from_secs(every))
                .unwrap_or(now);
            let since = match standing {
                Standing::Waiting { since, .. } => since,
                _ => now,
            };
            let entry = Entry::Waiting {
                step,
                since,
                next_look,
            };
            subject.world.engine.record(&subject.id, entry).await?;
            return Ok(());
        }
        if matches!(standing, Standing::UndoFailed(_)) {
            // What could not be taken back stays known as such until it is gone.
            return self.begin_undo(&subject).await;
        }
        if let Standing::Waiting { since, .. } = standing {
            // A person knows that it is so by now: the next look is at once, and the wait goes on as long as it would have.
            let entry = Entry::Waiting {
                step,
                since,
                next_look: subject.world.clock.now(),
            };
            subject.world.engine.record(&subject.id, entry).await?;
        } else if matches!(standing, Standing::Failed(_) | Standing::Troubled(_)) {
            subject
                .world
                .engine
                .record(&subject.id, Entry::Retried { step })
                .await?;
        }
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    /// At the start: every setup that was under way goes on where journal and cloud say it stood.
    pub(crate) async fn go_on_with_all(self: &Arc<Self>) {
        let world = self.world().await;
        if !self.order.goes_on || world.file.read_only().is_some() {
            return;
        }
        let Ok(setups) = world.setups().await else {
            return;
        };
        for (id, state) in setups {
            let applying = state.approved.is_some()
                && !state.all_done()
                && !state.paused
                && state.undo_began.is_none();
            // The sign-in is forgotten last, so one that is still there says that take back has not come to its end.
            let undoing = state.undo_began.is_some()
                && (state.undo_ended.is_none() || !state.sign_ins.is_empty());
            if applying || undoing {
                self.run(&world, &id);
            }
        }
    }

    /// Returns when nothing runs and no session is open for a setup: for hosts without a window.
    pub async fn settled(&self, id: &str) {
        let world = self.world().await;
        let Ok(id) = SetupId::parse(id) else { return };
        loop {
            let ended = world.ended.notified();
            tokio::pin!(ended);
            // Listens before it looks, so that an end in between is heard.
            ended.as_mut().enable();
            if world.is_idle(&id) {
                return;
            }
            ended.await;
        }
    }
}

/// Whether a check says worse than it did before, or there was none of its name.
fn is_worse(before: &[Check], now: &[Check]) -> bool {
    let known: HashMap<&str, Verdict> = before
        .iter()
        .map(|check| (check.id.as_str(), check.verdict))
        .collect();
    // Verdicts are ordered from bad to good.
    now.iter().any(|check| {
        let before = known.get(check.id.as_str());
        before.is_none_or(|before| check.verdict < *before)
    })
}

impl Subject {
    /// The step of that name in the newest plan.
    pub fn step(&self, name: &str) -> Result<StepId, Problem> {
        let step = StepId::new(name);
        let known = self
            .state
            .plan
            .as_ref()
            .is_some_and(|plan| plan.row(&step).is_some());
        known.then_some(step).ok_or_else(|| {
            Problem::new("problem-no-such-step", "GW-SET-0005").with("step", name.to_owned())
        })
    }

    /// A step of that name that a person is reminded to look at, with the seconds between reminders.
    pub(crate) fn reminder(&self, name: &str) -> Option<(StepId, i64)> {
        let step = StepId::new(name);
        let row = self.state.plan.as_ref()?.row(&step)?;
        match &row.step.body {
            // Pairs are confirmed by what was shown, never by the step's name alone.
            StepBody::HandOff(hand_off)
                if self.state.is_left_to_person(row) && row.step.pairing().is_none() =>
            {
                let every = i64::from(hand_off.wait.every);
                self.state.undo_began.is_none().then_some((step, every))
            }
            _ => None,
        }
    }

    /// Whether anything of any plan has been begun, by a person or a timer too.
    pub fn has_begun(&self) -> bool {
        self.state
            .steps
            .values()
            .any(|step| step.standing != Standing::NotStarted)
    }
}
