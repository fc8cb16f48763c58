//! Taking back: the same weight as granting, with its own plan and its own act.

use std::sync::Arc;

use grantway_core::AppId;
use grantway_core::change::Undone;
use grantway_core::engine::Fate;
use grantway_core::journal::{Entry, Standing};
use grantway_microsoft::own_consent;

use super::Stage;
use crate::app::{App, Subject};
use crate::problem::Problem;
use crate::world::lock;

/// How often a consent is looked for before it is taken for gone.
const LOOKS: usize = 4;
/// The pause between two looks.
const BETWEEN_LOOKS: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

impl App {
    /// Takes everything back, once the number was typed. Goes on after a crash by itself.
    pub(crate) async fn take_back(self: &Arc<Self>, id: &str, typed: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let asked = subject.undo_count().to_string();
        if asked == "0" && subject.state.undo_began.is_none() {
            return Err(Problem::new("problem-nothing-to-take-back", "GW-UND-0001"));
        }
        if typed.trim() != asked {
            return Err(Problem::new("problem-wrong-word", "GW-APR-0003")
                .with("typed", typed.trim().to_owned())
                .with("asked", asked));
        }
        self.begin_undo(&subject).await
    }

    /// Records that take back begins, or begins again for what was left, and lets it run. From that entry on nothing
    /// more is applied, whatever still runs or is open.
    pub(super) async fn begin_undo(self: &Arc<Self>, subject: &Subject) -> Result<(), Problem> {
        let deciding = subject.world.deciding.lock().await;
        let now = subject.world.engine.state(&subject.id).await?;
        if now.undo_began.is_none() || now.undo_ended.is_some() {
            let by = subject.by();
            subject
                .world
                .engine
                .record(&subject.id, Entry::UndoBegan { by })
                .await?;
        }
        drop(deciding);
        if let Some(run) = lock(&subject.world.running).get(&subject.id) {
            run.brake.pull();
        }
        let session = lock(&subject.world.sessions)
            .get_mut(&subject.id)
            .map(|session| {
                session.stopped = true;
                session.id.clone()
            });
        if let Some(session) = session {
            self.host.stop_session(&session);
        }
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    pub(super) async fn undo_round(&self, subject: &Subject) -> Result<(), Problem> {
        if !self.has_rights(subject, Stage::Undo).await? {
            return Ok(());
        }
        if subject.state.undo_ended.is_none() {
            let by = subject.by();
            subject.world.engine.undo(&subject.id, subject, &by).await?;
            let secrets = format!("setup/{}/", subject.id);
            let forgotten = subject.world.vault.forget_all(&secrets).await;
            forgotten.map_err(|error| {
                Problem::new("problem-vault", "GW-VLT-0001").with("detail", error.to_string())
            })?;
        }
        let fresh = self.subject(subject.id.as_str()).await?;
        let all_gone = fresh.undo_count() == 0 && !fresh.has_leftover();
        // While something is left, the right to remove it stays too.
        if all_gone && fresh.ends_consent {
            end_consent(&fresh).await?;
        }
        Ok(())
    }

    /// Removes what a step has left and makes it ready to be done again.
    pub(crate) async fn start_over(self: &Arc<Self>, id: &str, step: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let Some(tenant) = subject.working_tenant() else {
            return Ok(());
        };
        let kind = subject
            .state
            .plan
            .as_ref()
            .and_then(|plan| plan.row(&step))
            .and_then(|row| row.step.desired())
            .map(|d| d.kind.clone());
        if let Some(kind) = kind {
            let needed = subject
                .world
                .engine
                .registry
                .change(&kind)?
                .scopes(grantway_core::change::Act::Undo);
            let have = subject.world.scopes_of(tenant);
            let missing: Vec<String> = needed
                .into_iter()
                .filter(|scope| !have.contains(scope))
                .collect();
            if !missing.is_empty() && subject.world.tokens.widen(tenant, &missing).await.is_err() {
                // The right to remove was not asked for yet: one sign-in, then this goes on by itself.
                return self.sign_in_to_start_over(&subject, step, missing).await;
            }
        }
        self.start_over_now(&subject, &step).await
    }

    pub(super) async fn start_over_now(
        self: &Arc<Self>,
        subject: &Subject,
        step: &grantway_core::StepId,
    ) -> Result<(), Problem> {
        let left = subject
            .world
            .engine
            .undo_step(&subject.id, subject, step)
            .await?;
        if let Some(fault) = left {
            return Err(fault.into());
        }
        self.run(&subject.world, &subject.id);
        Ok(())
    }
}

impl Subject {
    /// How many changes take back would take back: what has to be typed.
    pub fn undo_count(&self) -> usize {
        self.world
            .engine
            .undo_outlook(&self.state)
            .iter()
            .filter(|row| row.fate != Fate::Left)
            .count()
    }

    /// Whether take back has left something that a person wants gone: it failed, or somebody changed it since.
    pub fn has_leftover(&self) -> bool {
        self.state.steps.values().any(|step| {
            matches!(
                step.standing,
                Standing::UndoFailed(_) | Standing::Undone(Undone::Drifted { .. })
            )
        })
    }
}

/// Takes Grantway's own consent away and forgets the sign-in that it gave.
async fn end_consent(subject: &Subject) -> Result<(), Problem> {
    for (tenant, sign_in) in &subject.state.sign_ins {
        // The client that this sign-in was made with, whatever Settings say now.
        let Ok(client) = AppId::parse(&sign_in.client) else {
            continue;
        };
        let graph = subject.world.graphs.of(*tenant);
        // A sign-in just before this, after a crash for one, has left a consent that is not listed yet.
        for _ in 0..LOOKS {
            if own_consent::is_listed(&graph, client, sign_in.account_id).await? {
                break;
            }
            let clock = &subject.world.clock;
            clock.sleep_until(clock.now() + BETWEEN_LOOKS).await;
        }
        own_consent::remove(&graph, client, sign_in.account_id).await?;
        let mut listed = true;
        for _ in 0..LOOKS {
            listed = own_consent::is_listed(&graph, client, sign_in.account_id).await?;
            if !listed {
                break;
            }
            let clock = &subject.world.clock;
            clock.sleep_until(clock.now() + BETWEEN_LOOKS).await;
        }
        if listed {
            return Err(Problem::new("problem-own-consent-stays", "GW-UND-0002"));
        }
        subject.world.tokens.forget(*tenant).await?;
        let entry = Entry::SignedOut {
            place: sign_in.place.clone(),
        };
        subject.world.engine.record(&subject.id, entry).await?;
    }
    Ok(())
}
