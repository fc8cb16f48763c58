//! Asking questions.

use std::collections::HashMap;

use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::Engine;
use crate::actor::Actor;
use crate::change::Reader;
use crate::fault::{Fault, FaultKind};
use crate::ids::TenantId;
use crate::journal::SetupState;
use crate::question::{Facts, Question, Reading};

/// What is asked by one read.
enum Asking {
    One(Question),
    /// Questions of one kind to one tenant.
    Together(Vec<Question>),
}

impl Engine {
    /// Asks all questions, side by side, in the name of whoever works in each tenant; those that one read answers, by that. What may not be
    /// read is a reading too; what could not be asked at all (no network, no sign-in) is a fault.
    pub async fn ask(&self, state: &SetupState, questions: Vec<Question>) -> Result<Facts, Fault> {
        let mut facts = Facts::default();
        let mut answers = stream::iter(self.gathered(questions))
            .map(|asking| async move {
                match asking {
                    Asking::One(question) => {
                        let actor = state.actor(question.tenant);
                        let reading = self.ask_one(&question, actor.as_ref()).await?;
                        Ok(vec![(question, reading)])
                    }
                    Asking::Together(questions) => self.ask_together(state, questions).await,
                }
            })
            .buffer_unordered(self.caps.steps);
        while let Some(answered) = answers.next().await {
            for (question, reading) in answered? {
                facts.insert(&question, reading);
            }
        }
        facts.at = Some(self.clock.now());
        Ok(facts)
    }

    /// The questions as they are asked: what is worth one read together stands where the first of them stood.
    fn gathered(&self, questions: Vec<Question>) -> Vec<Asking> {
        let mut alike: HashMap<(&str, TenantId), usize> = HashMap::new();
        for question in &questions {
            *alike.entry((&question.kind, question.tenant)).or_default() += 1;
        }
        let is_worth_it = |question: &Question| {
            let reader = self.registry.reader(&question.kind).ok();
            let from = reader.and_then(|reader| reader.together_from());
            from.is_some_and(|from| alike[&(question.kind.as_str(), question.tenant)] >= from)
        };
        let together: Vec<bool> = questions.iter().map(is_worth_it).collect();
        let mut places: HashMap<(String, TenantId), usize> = HashMap::new();
        let mut askings: Vec<Asking> = Vec::new();
        for (question, together) in questions.into_iter().zip(together) {
            if !together {
                askings.push(Asking::One(question));
                continue;
            }
            let group = (question.kind.clone(), question.tenant);
            let place = *places.entry(group).or_insert(askings.len());
            match askings.get_mut(place) {
                Some(Asking::Together(others)) => others.push(question),
                _ => askings.push(Asking::Together(vec![question])),
            }
        }
        askings
    }

    async fn ask_together(
        &self,
        state: &SetupState,
        questions: Vec<Question>,
    ) -> Result<Vec<(Question, Reading)>, Fault> {
        let Some(first) = questions.first() else {
            return Ok(Vec::new());
        };
        let actor = state.actor(first.tenant);
        let reader = self.registry.reader(&first.kind)?;
        let readings: Vec<Reading> = match reader.read_together(&questions, actor.as_ref()).await {
            Ok(values) => values
                .into_iter()
                .map(|value| seen(&**reader, value))
                .collect(),
            Err(fault) => {
                let unseen = unseen(first, actor.as_ref(), fault)?;
                vec![unseen; questions.len()]
            }
        };
        Ok(questions.into_iter().zip(readings).collect())
    }

    /// Asks one question.
    pub(super) async fn ask_one(
        &self,
        question: &Question,
        actor: Option<&Actor>,
    ) -> Result<Reading, Fault> {
        let reader = self.registry.reader(&question.kind)?;
        match reader.read(question, actor).await {
            Ok(value) => Ok(seen(&**reader, value)),
            Err(fault) => unseen(question, actor, fault),
        }
    }
}

fn seen(reader: &dyn Reader, value: Value) -> Reading {
    Reading::Seen {
        value,
        right_used: reader.scopes(),
    }
}

/// What could be asked and was not answered is a reading too.
fn unseen(question: &Question, actor: Option<&Actor>, fault: Fault) -> Result<Reading, Fault> {
    match fault.kind {
        FaultKind::Refused { .. }
        | FaultKind::NotFound
        | FaultKind::Invalid
        | FaultKind::UnexpectedAnswer
        | FaultKind::ServiceFailed => Ok(Reading::CannotSee { fault }),
        // Another tenant that is closed, or asks for quiet, says nothing about the rest.
        FaultKind::SignInNeeded { .. } | FaultKind::Throttled { .. }
            if actor.is_some_and(|actor| actor.home != question.tenant) =>
        {
            Ok(Reading::CannotSee { fault })
        }
        _ => Err(fault),
    }
}
