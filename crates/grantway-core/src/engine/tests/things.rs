//! The one kind of object and the one kind of question of the small cloud.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value, json};

use super::cloud::{Cloud, Does, Power, Verb, World};
use crate::actor::Actor;
use crate::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Reader, Scope, Trace, Undone,
};
use crate::fault::{Fault, FaultKind};
use crate::proof::{Proof, Standing};
use crate::question::Question;
use crate::text::Text;

/// The one kind of object, `thing`: `name`, `size`, and optionally `of` (the id of another), `held: false` (to be gone).
pub struct Things {
    pub cloud: Arc<Cloud>,
    pub power: Arc<Power>,
}

impl Things {
    /// One request: scripted, and killed before it takes effect or before its answer is back.
    async fn request<T>(
        &self,
        verb: Verb,
        name: &str,
        work: impl FnOnce(&mut World) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if !self.power.spend() {
            return Err(fault(FaultKind::AnswerLost));
        }
        {
            let mut world = self.cloud.world.lock().unwrap();
            world.running += 1;
            world.most_running = world.most_running.max(world.running);
        }
        // Others get their turn while this request is under way.
        for _ in 0..3 {
            yield_now().await;
        }
        let script = self.cloud.rule_for(verb, name);
        let mut world = self.cloud.world.lock().unwrap();
        world.running -= 1;
        match script {
            Some(Does::LosesItBefore) => return Err(fault(FaultKind::AnswerLost)),
            Some(Does::Refuses) => {
                let needs = vec!["Thing.ReadWrite.All".into()];
                return Err(fault(FaultKind::Refused { needs }));
            }
            Some(Does::AsksForQuiet(seconds)) => {
                use crate::ports::Clock;
                let until = super::super::later(self.cloud.clock.now(), seconds);
                return Err(fault(FaultKind::Throttled { until }));
            }
            Some(Does::SeesNoNeighbour) => return Err(fault(FaultKind::NotYetVisible)),
            Some(Does::IsOffline) => return Err(fault(FaultKind::Offline)),
            Some(Does::Conflicts) => return Err(fault(FaultKind::Conflict)),
            _ => {}
        }
        world.log.push((verb, name.to_owned()));
        let answer = work(&mut world);
        drop(world);
        if script == Some(Does::LosesTheAnswer) || !self.power.spend() {
            return Err(fault(FaultKind::AnswerLost));
        }
        answer
    }
}

async fn yield_now() {
    let mut yielded = false;
    std::future::poll_fn(|cx| {
        if yielded {
            return std::task::Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        std::task::Poll::Pending
    })
    .await;
}

fn name_of(desired: &Value) -> &str {
    desired["name"].as_str().expect("a thing has a name")
}

fn is_held(desired: &Value) -> bool {
    desired["held"] != json!(false)
}

fn state_of(desired: &Value) -> Value {
    json!({ "size": desired["size"], "of": desired["of"] })
}

fn key(id: &str) -> ObjectKey {
    ObjectKey::from([("id".to_owned(), id.to_owned())])
}

fn applied(origin: Origin, id: &str, state: Value) -> Applied {
    Applied {
        origin,
        key: key(id),
        state,
        note: None,
    }
}

#[async_trait]
impl Change for Things {
    fn kind(&self) -> &'static str {
        "thing"
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        match act {
            Act::Read => vec!["Thing.Read.All".into()],
            Act::Write | Act::Undo => vec!["Thing.ReadWrite.All".into()],
        }
    }

    async fn read(
        &self,
        _cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let name = name_of(desired);
        self.request(Verb::Read, name, |world| {
            let object = world.objects.iter().find(|object| object.name == name);
            Ok(object.map_or(Observed::Absent, |object| Observed::Present {
                key: key(&object.id),
                state: object.state.clone(),
                ours: object.ours,
            }))
        })
        .await
    }

    async fn census(&self, _cx: &Context<'_>) -> Result<Option<BTreeSet<String>>, Fault> {
        self.request(Verb::Read, "all things", |world| {
            let ids = world.objects.iter().map(|object| object.id.clone());
            Ok(Some(ids.collect()))
        })
        .await
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        match (observed, is_held(desired)) {
            (Observed::Absent, true) => Diff::Create,
            (Observed::Absent, false) => Diff::AlreadyRight,
            (Observed::Present { .. }, false) => Diff::Remove,
            (Observed::Present { state, .. }, true) if state["size"] == json!("foreign") => {
                Diff::Conflict {
                    because: Text::new("conflict-foreign"),
                }
            }
            (Observed::Present { state, .. }, true) if *state == state_of(desired) => {
                Diff::AlreadyRight
            }
            (Observed::Present { .. }, true) => Diff::Update,
        }
    }

    fn fields(&self, desired: &Value, _observed: &Observed) -> Vec<FieldChange> {
        vec![FieldChange {
            field: Text::new("field-size"),
            before: Text::new("field-unknown"),
            after: Text::verbatim(desired["size"].to_string()),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        assert!(cx.since.is_some(), "a write is meant before it is sent");
        let (name, state) = (name_of(desired), state_of(desired));
        if let Some(of) = desired["of"].as_str() {
            let world = self.cloud.world.lock().unwrap();
            let exists = world.objects.iter().any(|object| object.id == of);
            assert!(exists, "{name} names {of}, which is not there");
        }
        match (observed, is_held(desired)) {
            (Observed::Present { key: seen, .. }, false) => {
                let id = seen["id"].clone();
                self.request(Verb::Remove, name, |world| {
                    world.objects.retain(|object| object.id != id);
                    Ok(Applied {
                        origin: Origin::Removed,
                        key: ObjectKey::new(),
                        state: Value::Null,
                        note: None,
                    })
                })
                .await
            }
            (Observed::Present { key: seen, .. }, true) => {
                let id = seen["id"].clone();
                self.request(Verb::Update, name, |world| {
                    let object = world.objects.iter_mut().find(|object| object.id == id);
                    let object = object.ok_or_else(|| fault(FaultKind::NotFound))?;
                    object.state = state.clone();
                    Ok(applied(Origin::Updated, &id, state))
                })
                .await
            }
            (Observed::Absent, _) => {
                self.request(Verb::Create, name, |world| {
                    let id = world.make(name, state.clone(), true);
                    Ok(applied(Origin::Created, &id, state))
                })
                .await
            }
        }
    }

    async fn prove(
        &self,
        _cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let name = name_of(desired);
        let id = key.get("id").cloned();
        self.request(Verb::Read, name, |world| {
            let found = world.objects.iter().find(|o| match &id {
                Some(id) => &o.id == id,
                None => o.name == name,
            });
            let right = match found {
                Some(object) => is_held(desired) && object.state == state_of(desired),
                None => !is_held(desired),
            };
            Ok(Proof {
                claim: Text::verbatim(name),
                read_from: Text::new("proof-from-cloud"),
                standing: if right {
                    Standing::Proved
                } else {
                    Standing::NotProved
                },
                found: Text::new("found"),
                evidence: Value::Null,
                expiry: None,
                look_again: None,
            })
        })
        .await
    }

    async fn undo(&self, _cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let name = name_of(&record.desired);
        let id = record.applied.key.get("id").cloned().unwrap_or_default();
        let state = {
            let world = self.cloud.world.lock().unwrap();
            let object = world.objects.iter().find(|object| object.id == id);
            object.map(|object| object.state.clone())
        };
        let Some(state) = state else {
            return Ok(Undone::WasGone);
        };
        if state != record.applied.state {
            // Put back by an undo whose answer was lost, or changed by somebody.
            return Ok(match &record.before {
                Observed::Present { state: before, .. } if *before == state => Undone::WasGone,
                _ => Undone::Drifted {
                    because: Text::new("drifted"),
                },
            });
        }
        match (&record.applied.origin, &record.before) {
            (Origin::Updated, Observed::Present { state, .. }) => {
                self.request(Verb::Update, name, |world| {
                    if let Some(object) = world.objects.iter_mut().find(|o| o.id == id) {
                        object.state = state.clone();
                    }
                    Ok(Undone::Reverted)
                })
                .await
            }
            _ => {
                self.request(Verb::Remove, name, |world| {
                    world.objects.retain(|object| object.id != id);
                    Ok(Undone::Reverted)
                })
                .await
            }
        }
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        let in_recycle_bin = name_of(&record.desired) == "account";
        let trace = Trace {
            what: Text::new("trace-recycle-bin"),
            by_hand: Text::new("trace-empty-it"),
        };
        if in_recycle_bin {
            vec![trace]
        } else {
            Vec::new()
        }
    }
}

/// The one kind of question, `state-of`: the state of the thing of a name, or null.
pub struct States(pub Things);

#[async_trait]
impl Reader for States {
    fn kind(&self) -> &'static str {
        "state-of"
    }

    fn scopes(&self) -> Vec<Scope> {
        vec!["Thing.Read.All".into()]
    }

    async fn read(&self, question: &Question, _actor: Option<&Actor>) -> Result<Value, Fault> {
        let name = name_of(&question.about);
        self.0
            .request(Verb::Ask, name, |world| {
                let object = world.objects.iter().find(|object| object.name == name);
                Ok(object.map_or(Value::Null, |object| object.state.clone()))
            })
            .await
    }
}

/// Another, `name-of`: whether there is a thing of a name. From three on they are answered by one list.
pub struct Names(pub Things);

#[async_trait]
impl Reader for Names {
    fn kind(&self) -> &'static str {
        "name-of"
    }

    fn scopes(&self) -> Vec<Scope> {
        vec!["Thing.Read.All".into()]
    }

    async fn read(&self, question: &Question, _actor: Option<&Actor>) -> Result<Value, Fault> {
        let name = name_of(&question.about);
        let is_there = |world: &mut World| Ok(world.objects.iter().any(|o| o.name == name));
        self.0
            .request(Verb::Ask, name, is_there)
            .await
            .map(Value::Bool)
    }

    fn together_from(&self) -> Option<usize> {
        Some(3)
    }

    async fn read_together(
        &self,
        questions: &[Question],
        _actor: Option<&Actor>,
    ) -> Result<Vec<Value>, Fault> {
        let there = self.0.request(Verb::Ask, "all", |world| {
            let names = world.objects.iter().map(|object| object.name.clone());
            Ok(names.collect::<BTreeSet<String>>())
        });
        let there = there.await?;
        let is_there = |question: &Question| there.contains(name_of(&question.about));
        Ok(questions.iter().map(is_there).map(Value::Bool).collect())
    }
}

fn fault(kind: FaultKind) -> Fault {
    Fault::new(kind, Text::new("doing-test"), "as the script says")
}
