//! Taking back: the same weight as granting, with its own plan and its own act.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use grantway_core::change::{ObjectKey, Observed, Origin, Undone};
use grantway_core::engine::{Fate, InUse, UndoRow};
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, JournalError, SetupState, SignIn, Standing};
use grantway_core::plan::Row;
use grantway_core::{Actor, Fault, FaultKind, ObjectId, StepId, TenantId, Text};
use grantway_microsoft::graph::Graph;
use grantway_microsoft::http::granted;
use grantway_microsoft::own_consent::{self, Held};
use grantway_patterns::SetupClient;

use super::Stage;
use crate::app::{App, Subject};
use crate::problem::Problem;
use crate::uses::has_ended;
use crate::world::lock;

/// How often a consent is looked for before it is taken for gone.
const LOOKS: usize = 7;
/// The pause between two looks.
const BETWEEN_LOOKS: jiff::SignedDuration = jiff::SignedDuration::from_secs(5);

/// What is being done while a step is started over.
pub(crate) const START_OVER: &str = "start over";

impl App {
    /// Takes everything back, once the number was typed. Goes on after a crash by itself.
    pub(crate) async fn take_back(self: &Arc<Self>, id: &str, typed: &str) -> Result<(), Problem> {
        let mut subject = self.subject(id).await?;
        subject.in_use = subject.in_use_elsewhere().await?;
        let asked = subject.undo_count().to_string();
        if let Some(user) = subject.all_in_use() {
            return Err(
                Problem::new("problem-all-in-use", "GW-UND-0004").with("setup", user.to_string())
            );
        }
        if asked == "0" && subject.state.undo_began.is_none() {
            return Err(Problem::new("problem-nothing-to-take-back", "GW-UND-0001"));
        }
        if typed.trim() != asked {
            return Err(Problem::new("problem-wrong-word", "GW-APR-0003")
                .with("typed", typed.trim().to_owned())
                .with("asked", asked));
        }
        if subject.state.undo_began.is_none()
            && let Some(user) = subject.signs_in_with_what_goes().await?
        {
            return Err(Problem::new("problem-client-in-use", "GW-UND-0003")
                .with("setup", user.to_string()));
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
            run.hold();
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
            let engine = &subject.world.engine;
            if subject.has_begun() {
                let in_use = subject.in_use_elsewhere().await?;
                engine
                    .undo(&subject.id, subject, &subject.by(), &in_use)
                    .await?;
            } else {
                // Nothing of the plan was begun, so nothing that it found is left by it.
                let ended = Entry::UndoEnded { left: Vec::new() };
                engine.record(&subject.id, ended).await?;
            }
            let secrets = format!("setup/{}/", subject.id);
            let forgotten = subject.world.vault.forget_all(&secrets).await;
            forgotten.map_err(|error| {
                Problem::new("problem-vault", "GW-VLT-0001").with("detail", error.to_string())
            })?;
        }
        let fresh = self.subject_in(&subject.world, subject.id.as_str()).await?;
        // While a removal has to be tried again, the right to it stays too. What somebody changed since is theirs to end.
        if fresh.undo_count() == 0 && !fresh.has_failed() {
            end_consents(&fresh).await?;
        }
        let ended = self.subject_in(&subject.world, subject.id.as_str()).await?;
        // The sign-in is forgotten last: what had to go before the setup is put away is gone.
        if ended.is_being_put_away() && ended.state.sign_ins.is_empty() && !ended.state.closed {
            ended.world.engine.record(&ended.id, Entry::Closed).await?;
        }
        Ok(())
    }

    /// Removes what a step has left and makes it ready to be done again.
    pub(crate) async fn start_over(self: &Arc<Self>, id: &str, step: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        if let Some(given_by) = subject.client_given_by(&step) {
            return self.ask_for_client(&subject, step, given_by).await;
        }
        let Some(actor) = subject.working_actor() else {
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
            let have = subject.world.tokens.scopes(&actor).unwrap_or_default();
            let missing: Vec<String> = needed
                .into_iter()
                .filter(|scope| !have.contains(scope))
                .collect();
            if !missing.is_empty() && subject.world.tokens.widen(&actor, &missing).await.is_err() {
                // The right to remove was not asked for yet: one sign-in, then this goes on by itself.
                return self.sign_in_to_start_over(&subject, step, missing).await;
            }
        }
        self.start_over_now(&subject, &step).await
    }

    /// The client that was given is another one: the sign-in with it is forgotten, and the person gives the right one.
    async fn ask_for_client(
        self: &Arc<Self>,
        subject: &Subject,
        sign_in: StepId,
        given_by: StepId,
    ) -> Result<(), Problem> {
        if matches!(subject.state.standing(&sign_in), Standing::Done) || !subject.may_act() {
            return Err(Problem::new("problem-task-not-ready", "GW-TSK-0001"));
        }
        for sign_in in subject.state.sign_ins.values() {
            subject.turn_away_from(sign_in).await?;
        }
        let again = [given_by, sign_in].map(|step| Entry::Retried { step });
        let engine = &subject.world.engine;
        engine.record_all(&subject.id, &again).await?;
        self.run(&subject.world, &subject.id);
        Ok(())
    }

    pub(super) async fn start_over_now(
        self: &Arc<Self>,
        subject: &Subject,
        step: &grantway_core::StepId,
    ) -> Result<(), Problem> {
        let busy = self.busy(subject, START_OVER);
        let left = subject
            .world
            .engine
            .undo_step(
                &subject.id,
                subject,
                step,
                &subject.in_use_elsewhere().await?,
            )
            .await?;
        drop(busy);
        if let Some(fault) = left {
            return Err(fault.into());
        }
        self.run(&subject.world, &subject.id);
        Ok(())
    }
}

impl Subject {
    /// How many changes take back would take back: what has to be typed. Grantway's own consents, which are no changes of
    /// the plan, go after them. What another setup works with is none of them, where that was looked up.
    pub fn undo_count(&self) -> usize {
        let outlook = self.world.engine.undo_outlook(&self.state);
        outlook.iter().filter(|row| self.goes(row)).count()
    }

    /// Where another setup works with everything that take back would take back: that setup.
    pub fn all_in_use(&self) -> Option<&SetupId> {
        let is_first = self.state.undo_began.is_none();
        let user = self.in_use.values().next();
        user.filter(|_| is_first && self.undo_count() == 0)
    }

    /// Whether take back would take a row back.
    pub fn goes(&self, row: &UndoRow) -> bool {
        row.fate != Fate::Left && !self.in_use.contains_key(&row.step)
    }

    /// What another setup works with: it stays until that one is taken back too. Of what goes last that is every object of
    /// another setup; of the rest, what another one has found as it needs it, such as the roles of a group that both use.
    pub async fn in_use_elsewhere(&self) -> Result<InUse, JournalError> {
        let others = self.world.setups().await?;
        let mut in_use = InUse::new();
        let open = others
            .iter()
            .filter(|(id, other)| *id != self.id && other.begun && other.undo_ended.is_none());
        // By object: who works with it, whether somebody found it as it is, and whether somebody has built on it.
        let mut users: BTreeMap<(&str, TenantId, &ObjectKey), Users<'_>> = BTreeMap::new();
        for (id, other) in open {
            for row in other.rows() {
                let Some(object) = object_of(other, row) else {
                    continue;
                };
                let users = users.entry(object).or_default();
                users.any.get_or_insert(id);
                match origin(other, row) {
                    None | Some(Origin::Adopted | Origin::Removed) => users.found.get_or_insert(id),
                    Some(Origin::Updated) => users.built_on.get_or_insert(id),
                    Some(Origin::Created) => continue,
                };
            }
        }
        // What stays anyhow is nobody's to wait for.
        let outlook = self.world.engine.undo_outlook(&self.state);
        let goes: BTreeSet<&StepId> = outlook
            .iter()
            .filter(|row| row.fate != Fate::Left)
            .map(|row| &row.step)
            .collect();
        for row in self.state.rows() {
            let goes_last = row.step.goes_last();
            if !goes.contains(&row.step.id) || (!goes_last && !has_written(&self.state, row)) {
                continue;
            }
            let users = object_of(&self.state, row).and_then(|object| users.get(&object));
            let Some(users) = users else {
                continue;
            };
            let user = if goes_last {
                users.any
            } else if origin(&self.state, row) == Some(Origin::Created) {
                // Made here, and grown there: without it what was added has nothing to stand on.
                users.found.or(users.built_on)
            } else {
                users.found
            };
            if let Some(id) = user {
                in_use.insert(row.step.id.clone(), id.clone());
            }
        }
        self.hold_what_is_needed(&goes, &mut in_use);
        Ok(in_use)
    }

    /// What goes last stays as long as something stays that depends on it, however far behind.
    fn hold_what_is_needed(&self, goes: &BTreeSet<&StepId>, in_use: &mut InUse) {
        let rows = self.state.rows_by_id();
        let stays: Vec<(StepId, SetupId)> = in_use.clone().into_iter().collect();
        for (step, user) in stays {
            let mut seen = BTreeSet::from([step.clone()]);
            let mut ahead = vec![step];
            while let Some(row) = ahead.pop().and_then(|step| rows.get(&step)) {
                for needed in &row.step.after {
                    if !seen.insert(needed.clone()) {
                        continue;
                    }
                    ahead.push(needed.clone());
                    let goes_last = rows.get(needed).is_some_and(|row| row.step.goes_last());
                    if goes_last && goes.contains(needed) {
                        in_use.entry(needed.clone()).or_insert_with(|| user.clone());
                    }
                }
            }
        }
    }

    /// Another setup that is signed in with an app which this one has made: without the app nobody could take that one back.
    async fn signs_in_with_what_goes(&self) -> Result<Option<SetupId>, JournalError> {
        let steps = self.state.steps.values();
        let made: BTreeSet<String> = steps
            .filter_map(|step| step.applied.as_ref())
            .filter(|applied| applied.origin == Origin::Created)
            .filter_map(|applied| applied.key.get("app_id").cloned())
            .collect();
        if made.is_empty() {
            return Ok(None);
        }
        let others = self.world.setups().await?;
        let user = others.iter().find(|(id, other)| {
            let mut sign_ins = other.sign_ins.values();
            *id != self.id
                && !other.closed
                && !has_ended(other)
                && sign_ins.any(|sign_in| made.contains(&sign_in.client))
        });
        Ok(user.map(|(id, _)| id.clone()))
    }

    /// Whether take back could not remove something of the plan, and would try again.
    pub fn has_failed(&self) -> bool {
        let mut steps = self.state.steps.values();
        steps.any(|step| matches!(step.standing, Standing::UndoFailed(_)))
    }

    /// Whether all that take back has left is what other setups work with.
    pub fn leaves_to_others(&self) -> bool {
        let left = self.left_to_others();
        left > 0 && left == self.leftovers()
    }

    /// How many things take back has left since other setups work with them.
    pub fn left_to_others(&self) -> usize {
        let steps = self.state.steps.values().map(|step| &step.standing);
        let in_use = |standing: &&Standing| match standing {
            Standing::UndoFailed(fault) => fault.kind == FaultKind::InUse,
            _ => false,
        };
        steps.filter(in_use).count()
    }

    /// How many things take back has left that a person wants gone, Grantway's own consents included.
    pub fn leftovers(&self) -> usize {
        let steps = self.state.steps.values().map(|step| &step.standing);
        let consents = self.state.own_consents.values();
        // One for the whole organisation is told and stays: it is no removal that failed.
        let failed = consents.filter(|(_, standing)| matches!(standing, Standing::UndoFailed(_)));
        steps.filter(|s| is_left_over(s)).count() + failed.count()
    }
}

/// Whether it should be gone and is not: it failed, or somebody changed it since.
fn is_left_over(standing: &Standing) -> bool {
    matches!(
        standing,
        Standing::UndoFailed(_) | Standing::Undone(Undone::Drifted { .. })
    )
}

/// Takes Grantway's own consents away, where nobody else needs them, and forgets the sign-ins that gave them.
async fn end_consents(subject: &Subject) -> Result<(), Problem> {
    let engine = &subject.world.engine;
    for (tenant, sign_in) in &subject.state.sign_ins {
        let place = sign_in.place.clone();
        let Ok(actor) = sign_in.actor() else {
            continue;
        };
        let ended = matches!(
            subject.state.own_consents.get(tenant),
            Some((_, Standing::Undone(_)))
        );
        if ended {
            // Killed between the two records: the consent is gone, and only the sign-in is left to forget.
            subject.world.forget_sign_in(&subject.id, &actor).await?;
            engine
                .record(&subject.id, Entry::SignedOut { place })
                .await?;
            continue;
        }
        let undone = if subject.ending_consents.contains(tenant) {
            match end_consent(subject, sign_in, &actor).await? {
                Ok(undone) => undone,
                Err(fault) => {
                    let entry = Entry::ConsentStays { place, fault };
                    engine.record(&subject.id, entry).await?;
                    continue;
                }
            }
        } else {
            Undone::Kept
        };
        let ended = Entry::ConsentEnded {
            place: place.clone(),
            undone,
        };
        engine.record(&subject.id, ended).await?;
        subject.world.forget_sign_in(&subject.id, &actor).await?;
        engine
            .record(&subject.id, Entry::SignedOut { place })
            .await?;
    }
    Ok(())
}

/// One consent: looked for, said to be about to go, taken away, and looked for again.
async fn end_consent(
    subject: &Subject,
    sign_in: &SignIn,
    actor: &Actor,
) -> Result<Result<Undone, Fault>, JournalError> {
    let Some(goes) = Goes::of(subject, actor) else {
        // Nothing tells what was there before.
        let because = Text::new("lent-consent-unknown");
        return Ok(Ok(Undone::Drifted { because }));
    };
    let graph = subject.world.graphs.of(Some(actor), actor.home);
    let person = sign_in.account_id;
    // A sign-in just before this has left consents that are not listed yet, or not all of them.
    let is_listed = |held: &Held| goes.is_in(held) && lists(held, &sign_in.scopes);
    let held = match watch(subject, &graph, actor, person, is_listed).await {
        Ok(held) => held,
        Err(fault) => return Ok(Err(fault)),
    };
    let begun = matches!(
        subject.state.own_consents.get(&actor.home),
        Some((_, Standing::UndoInDoubt | Standing::UndoFailed(_)))
    );
    if !goes.is_in(&held) {
        // What an earlier try has removed is gone by us.
        let undone = if held.for_everyone {
            for_everyone()
        } else if !held.scopes.is_empty() {
            kept_of_lent()
        } else if begun {
            Undone::Reverted
        } else {
            Undone::WasGone
        };
        return Ok(Ok(undone));
    }
    let entry = Entry::ConsentEnding {
        place: sign_in.place.clone(),
        scopes: goes.of_held(&held).into_iter().collect(),
    };
    subject.world.engine.record(&subject.id, entry).await?;
    let removed = match &goes {
        Goes::All => own_consent::remove(&graph, actor.client, person).await,
        Goes::These(scopes) => own_consent::trim(&graph, actor.client, person, scopes).await,
    };
    if let Err(fault) = removed {
        return Ok(Err(fault));
    }
    Ok(
        match watch(subject, &graph, actor, person, |held| !goes.is_in(held)).await {
            Ok(held) if !goes.is_in(&held) && held.for_everyone => Ok(for_everyone()),
            Ok(held) if !goes.is_in(&held) && !held.scopes.is_empty() => Ok(kept_of_lent()),
            Ok(held) if !goes.is_in(&held) => Ok(Undone::Reverted),
            Ok(_) => Err(Fault::new(
                FaultKind::NotYetVisible,
                Text::new("doing-removing-own-consent"),
                "the consent is still listed",
            )),
            Err(fault) => Err(fault),
        },
    )
}

/// Whether everything that a sign-in was allowed is listed as the person's. What is only everyone's never is, and is waited for
/// in vain: nothing tells it from what is not listed yet.
fn lists(held: &Held, scopes: &[String]) -> bool {
    granted(scopes).is_subset(&held.scopes)
}

/// What is taken away of a consent.
enum Goes {
    /// All that the person has given to Grantway's own client.
    All,
    /// What the setup's sign-ins have brought to a client that is only lent.
    These(BTreeSet<String>),
}

impl Goes {
    /// None where nothing tells what was there before: of a lent client, or of one that the setup has turned away from since.
    fn of(subject: &Subject, actor: &Actor) -> Option<Self> {
        match subject.setup_client() {
            None => Some(Self::All),
            Some(own) if own.client != actor.client => None,
            Some(SetupClient { lent: None, .. }) => Some(Self::All),
            Some(SetupClient {
                lent: Some(lent), ..
            }) => lent.takes_back.map(Self::These),
        }
    }

    fn of_held(&self, held: &Held) -> BTreeSet<String> {
        match self {
            Self::All => held.scopes.clone(),
            Self::These(scopes) => held.scopes.intersection(scopes).cloned().collect(),
        }
    }

    fn is_in(&self, held: &Held) -> bool {
        !self.of_held(held).is_empty()
    }
}

/// What a client that is only lent held before, or may have held, is left to it, and that is told.
fn kept_of_lent() -> Undone {
    Undone::Drifted {
        because: Text::new("lent-consent-kept"),
    }
}

/// A consent for the whole organisation is no grant of the person's: it stays, and that is told.
fn for_everyone() -> Undone {
    Undone::Drifted {
        because: Text::new("own-consent-for-everyone"),
    }
}

/// Looks at a consent until it is as expected, a few times at the most, and returns it as it was seen last.
async fn watch(
    subject: &Subject,
    graph: &Graph,
    actor: &Actor,
    person: ObjectId,
    expected: impl Fn(&Held) -> bool,
) -> Result<Held, Fault> {
    let clock = &subject.world.clock;
    let mut held = own_consent::held(graph, actor.client, person).await?;
    for _ in 1..LOOKS {
        if expected(&held) {
            break;
        }
        clock.sleep_until(clock.now() + BETWEEN_LOOKS).await;
        held = own_consent::held(graph, actor.client, person).await?;
    }
    Ok(held)
}

/// Whether the row's own setup has made or changed what it is about, be it by a person's act.
fn has_written(state: &SetupState, row: &Row) -> bool {
    matches!(origin(state, row), Some(Origin::Created | Origin::Updated))
}

/// How what a row is about came to be as the row wants it; none before that.
fn origin(state: &SetupState, row: &Row) -> Option<Origin> {
    let step = state.steps.get(&row.step.id)?;
    step.applied.as_ref().map(|applied| applied.origin)
}

/// Who works with an object, of the setups that are open.
#[derive(Default)]
struct Users<'a> {
    any: Option<&'a SetupId>,
    found: Option<&'a SetupId>,
    built_on: Option<&'a SetupId>,
}

/// The object that a row is about, while it is there for its setup: made, changed or found.
fn object_of<'a>(
    state: &'a SetupState,
    row: &'a Row,
) -> Option<(&'a str, TenantId, &'a ObjectKey)> {
    let kind = row.step.desired()?.kind.as_str();
    let step = state.steps.get(&row.step.id);
    if step.is_some_and(|step| matches!(step.standing, Standing::Undone(_))) {
        return None;
    }
    let applied = step.and_then(|step| step.applied.as_ref());
    let found = match &row.outlook.before {
        Some(Observed::Present { key, .. }) => Some(key),
        _ => None,
    };
    let key = applied.map(|applied| &applied.key).or(found)?;
    Some((kind, row.step.place.tenant, key))
}
