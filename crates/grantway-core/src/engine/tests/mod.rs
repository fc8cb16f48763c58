//! The engine against a small cloud in memory: its rules one by one, and then killed at every point.

mod applying;
mod approving;
mod asking;
mod attending;
mod cloud;
mod index;
mod killed;
mod pairing;
mod planning;
mod proving;
mod things;
mod undoing;
mod waiting;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Brake, Caps, Engine, Judge, RunEnd};
use crate::Timestamp;
use crate::change::Registry;
use crate::check::{Check, Verdict};
use crate::desired::DesiredState;
use crate::ids::{SetupId, StepId, TenantId};
use crate::journal::{
    Attendance, Ending, Entry, Index, Journal, JournalError, SetupState, Standing,
};
use crate::memory::{MemoryJournal, MemorySecrets, SteppingClock};
use crate::party::{Party, Place};
use crate::plan::{
    Action, CheckStep, Draft, GrantMap, Plan, PortalAddress, Risk, Row, Step, StepBody, Task,
    TaskKind, UndoRule, WaitStep,
};
use crate::ports::{Clock, Unobserved};
use crate::question::{Facts, Question, Reading};
use crate::text::Text;

use cloud::{Cloud, Does, Power, Powered, Verb};
use things::{Names, States, Things};

fn tenant(last: u8) -> TenantId {
    TenantId::parse(&format!("8f4c2a10-0000-4000-8000-0000000000{last:02x}")).unwrap()
}

fn setup() -> SetupId {
    SetupId::parse("TS-7K2Q").unwrap()
}

fn id(name: &str) -> StepId {
    StepId::new(name)
}

fn step(name: &str, after: &[&str], body: StepBody) -> Step {
    Step {
        id: id(name),
        place: Place {
            party: Party::Provider,
            tenant: tenant(1),
            name: "Larkspur".into(),
        },
        title: Text::verbatim(name),
        why: Text::new("why"),
        means: Text::new("means"),
        undo: Text::new("undo"),
        risk: Risk::Low,
        after: after.iter().map(|name| id(name)).collect(),
        body,
        cell: None,
    }
}

fn desired(state: Value) -> DesiredState {
    DesiredState {
        kind: "thing".into(),
        state,
    }
}

fn thing(name: &str, after: &[&str], state: Value) -> Step {
    let body = StepBody::Change {
        desired: desired(state),
        undo_rule: UndoRule::Restore,
        reverses: None,
    };
    step(name, after, body)
}

fn later(step: &str) -> Value {
    json!({ "after_apply": { "step": step, "output": "id" } })
}

fn state_of(name: &str) -> CheckStep {
    CheckStep {
        question: Question {
            kind: "state-of".into(),
            tenant: tenant(1),
            about: json!({ "name": name }),
        },
    }
}

fn consent(effect: Option<&str>, verify: Option<&str>) -> Task {
    Task {
        kind: TaskKind::Consent,
        sign_in: None,
        address: PortalAddress {
            portal: "vendor".into(),
            fallback: None,
            hosts: Vec::new(),
        },
        instructions: Vec::new(),
        values: Vec::new(),
        expect: Vec::new(),
        expected_prompts: 2,
        if_interfered: None,
        by_hand: effect.map(|_| Text::new("remove-the-consent")),
        stays: None,
        asks: None,
        verify: verify.map(state_of),
        effect: effect.map(|name| desired(json!({ "name": name, "size": "m", "of": null }))),
    }
}

fn task(name: &str, after: &[&str], task: Task) -> Step {
    step(name, after, StepBody::Task(Box::new(task)))
}

fn wait(name: &str, after: &[&str], until: Option<&str>) -> Step {
    let body = StepBody::Wait(WaitStep {
        cause: Text::new("wait-cause"),
        first_look: 30,
        every: 10,
        usually: 30,
        at_most: 120,
        until: until.map(state_of),
    });
    step(name, after, body)
}

fn draft(steps: Vec<Step>) -> Draft {
    Draft {
        summary: Text::new("summary"),
        steps,
        map: GrantMap {
            nodes: Vec::new(),
            arrows: Vec::new(),
        },
        lasting_role: None,
        preliminary: false,
    }
}

/// Everything at once: what is made, changed, found right, held for a while, consented to, waited for and checked.
fn whole_draft() -> Draft {
    let drop_body = StepBody::Change {
        desired: desired(
            json!({ "name": "role", "size": "admin", "of": later("account"), "held": false }),
        ),
        undo_rule: UndoRule::Leave,
        reverses: Some(id("elevate")),
    };
    draft(vec![
        thing(
            "policy",
            &[],
            json!({ "name": "policy", "size": "s", "of": null }),
        ),
        thing(
            "settings",
            &[],
            json!({ "name": "settings", "size": "l", "of": null }),
        ),
        thing(
            "group",
            &[],
            json!({ "name": "group", "size": "m", "of": null }),
        ),
        thing(
            "account",
            &["group"],
            json!({ "name": "account", "size": "m", "of": later("group") }),
        ),
        thing(
            "assignment",
            &["group"],
            json!({ "name": "assignment", "size": "m", "of": later("group") }),
        ),
        wait("active", &["assignment"], Some("assignment")),
        thing(
            "elevate",
            &["account"],
            json!({ "name": "role", "size": "admin", "of": later("account") }),
        ),
        task(
            "consent",
            &["elevate", "active"],
            consent(Some("app"), Some("app")),
        ),
        step("drop", &["consent"], drop_body),
        step("last-look", &["drop"], StepBody::Check(state_of("group"))),
    ])
}

/// A world in which the whole draft has something to adopt and something to change.
fn furnish(cloud: &Cloud) {
    cloud.somebody_makes("policy", json!({ "size": "s", "of": null }), false);
    cloud.somebody_makes("settings", json!({ "size": "s", "of": null }), false);
}

/// Passes what is there, unless its size is wrong.
struct Plain;

impl Judge for Plain {
    fn judge(&self, row: &Row, reading: &Reading, _attendance: Option<&Attendance>) -> Check {
        let verdict = match reading {
            Reading::CannotSee { .. } => Verdict::CannotSee,
            Reading::Seen { value, .. } if value.is_null() => Verdict::Fail,
            Reading::Seen { value, .. } if value["size"] == json!("wrong") => Verdict::Fail,
            Reading::Seen { .. } => Verdict::Pass,
        };
        Check {
            id: format!("check-{}", row.step.id),
            place: row.step.place.clone(),
            title: Text::new("title"),
            verdict,
            found: Text::new("found"),
            needed: Text::new("needed"),
            why: Text::new("why"),
            right_used: Vec::new(),
            remedies: Vec::new(),
            columns: Vec::new(),
            look_again: None,
        }
    }
}

/// An engine over a journal and a cloud that outlive it.
struct Bench {
    engine: Engine,
    cloud: Arc<Cloud>,
    journal: Arc<MemoryJournal>,
    clock: Arc<SteppingClock>,
    power: Arc<Power>,
}

impl Bench {
    fn new() -> Self {
        let start: Timestamp = "2026-11-22T09:00:00Z".parse().unwrap();
        let clock = Arc::new(SteppingClock::at(start));
        let cloud = Cloud::new(Arc::clone(&clock));
        Self::over(cloud, Arc::default(), clock, Arc::default())
    }

    /// The same world and journal after a restart.
    fn restarted(&self, power: Arc<Power>) -> Self {
        let (cloud, journal) = (Arc::clone(&self.cloud), Arc::clone(&self.journal));
        Self::over(cloud, journal, Arc::clone(&self.clock), power)
    }

    fn over(
        cloud: Arc<Cloud>,
        journal: Arc<MemoryJournal>,
        clock: Arc<SteppingClock>,
        power: Arc<Power>,
    ) -> Self {
        let things = || Things {
            cloud: Arc::clone(&cloud),
            power: Arc::clone(&power),
        };
        let engine = Engine {
            journal: Arc::new(Powered {
                journal: Arc::clone(&journal),
                power: Arc::clone(&power),
            }),
            index: Index::default(),
            registry: Registry::new()
                .with_change(Arc::new(things()))
                .with_reader(Arc::new(States(things())))
                .with_reader(Arc::new(Names(things()))),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            secrets: Arc::new(MemorySecrets::default()),
            observer: Arc::new(Unobserved),
            caps: Caps::default(),
        };
        Self {
            engine,
            cloud,
            journal,
            clock,
            power,
        }
    }

    async fn state(&self) -> SetupState {
        Arc::unwrap_or_clone(self.engine.state(&setup()).await.unwrap())
    }

    async fn standing(&self, step: &str) -> Standing {
        self.state().await.standing(&id(step)).clone()
    }

    async fn record(&self, entry: Entry) -> Result<(), JournalError> {
        self.engine.record(&setup(), entry).await.map(drop)
    }

    async fn plan(&self, draft: Draft) -> Plan {
        let state = self.state().await;
        let plan = self
            .engine
            .plan(&setup(), &state, draft, &Facts::default())
            .await;
        plan.expect("a plan")
    }

    /// Opens a setup, plans and approves.
    async fn approved(&self, draft: Draft) -> Plan {
        self.open().await.unwrap();
        let plan = self.plan(draft).await;
        self.record(Entry::Planned {
            plan: Box::new(plan.clone()),
        })
        .await
        .unwrap();
        let word = plan.approval_word();
        let approved = self
            .engine
            .approve(&setup(), &plan.fingerprint, &word, "dana")
            .await;
        approved.expect("it is approved");
        plan
    }

    async fn open(&self) -> Result<(), JournalError> {
        self.record(Entry::Opened {
            pattern: "a-pattern".into(),
            profile: "a-profile".into(),
            cloud: "practice".into(),
        })
        .await
    }

    async fn apply(&self) -> RunEnd {
        let brake = Brake::default();
        let end = self.engine.apply(&setup(), &Plain, &brake).await;
        end.expect("the journal takes it")
    }

    async fn attend(&self, step: &str, prompts: u8, ending: Ending) {
        self.record(attended(step, prompts, ending)).await.unwrap();
    }

    async fn undo(&self) -> Vec<crate::journal::Leftover> {
        let left = self.undone(&crate::engine::InUse::new()).await;
        left.expect("the journal takes it")
    }

    async fn undone(
        &self,
        in_use: &crate::engine::InUse,
    ) -> Result<Vec<crate::journal::Leftover>, JournalError> {
        self.engine.undo(&setup(), &Plain, "dana", in_use).await
    }

    /// Carries the whole draft from wherever it stands to its end, with a person at hand and time passing.
    async fn whole(&self) -> Result<(), JournalError> {
        let state = self.engine.state(&setup()).await?;
        if state.opened.is_none() {
            self.open().await?;
        }
        if state.plan.is_none() {
            let made = self
                .engine
                .plan(&setup(), &state, whole_draft(), &Facts::default())
                .await;
            let plan = made.map_err(|error| JournalError::CannotWrite(error.to_string()))?;
            self.record(Entry::Planned {
                plan: Box::new(plan),
            })
            .await?;
        }
        let state = self.engine.state(&setup()).await?;
        if state.approved.is_none() {
            let plan = state.plan.clone().expect("just made");
            let word = plan.approval_word();
            let approved = self
                .engine
                .approve(&setup(), &plan.fingerprint, &word, "dana")
                .await;
            approved.map_err(|error| JournalError::CannotWrite(error.to_string()))?;
        }
        for _ in 0..40 {
            let end = self
                .engine
                .apply(&setup(), &Plain, &Brake::default())
                .await?;
            if end.finished {
                return Ok(());
            }
            for step in &end.needs_person {
                self.cloud
                    .somebody_makes("app", json!({ "size": "m", "of": null }), true);
                self.record(attended(step.as_str(), 2, Ending::Finished))
                    .await?;
            }
            for step in &end.stopped {
                self.record(Entry::Retried { step: step.clone() }).await?;
            }
            if let Some(moment) = end.next_look {
                self.clock.sleep_until(moment).await;
            }
        }
        panic!("it comes to no end: {:#?}", self.state().await.steps);
    }
}

fn attended(step: &str, prompts: u8, ending: Ending) -> Entry {
    Entry::Attended {
        step: id(step),
        attendance: Attendance {
            ending,
            prompts_seen: Some(prompts),
            prompts_said: None,
            apps_seen: Vec::new(),
            lane: 1,
            signed_in: None,
            given: None,
        },
    }
}

fn action<'a>(plan: &'a Plan, step: &str) -> &'a Action {
    &plan.row(&id(step)).expect("a row").outlook.action
}

/// Whoever runs the engine may put it on any thread.
#[test]
fn every_entry_point_can_change_threads() {
    fn may_change_threads(_: impl Send) {}
    let (bench, setup, brake) = (Bench::new(), setup(), Brake::default());
    let engine = &bench.engine;
    may_change_threads(engine.apply(&setup, &Plain, &brake));
    may_change_threads(engine.prove(&setup, &Plain));
    let in_use = crate::engine::InUse::new();
    may_change_threads(engine.undo(&setup, &Plain, "dana", &in_use));
    let step = id("one");
    may_change_threads(engine.undo_step(&setup, &Plain, &step, &in_use));
    let (state, facts) = (SetupState::default(), Facts::default());
    may_change_threads(engine.plan(&setup, &state, whole_draft(), &facts));
}
