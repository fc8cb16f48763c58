//! Asking questions.

use futures_util::{StreamExt, stream};

use super::Engine;
use crate::actor::Actor;
use crate::fault::{Fault, FaultKind};
use crate::journal::SetupState;
use crate::question::{Facts, Question, Reading};

impl Engine {
    /// Asks all questions, side by side, in the name of whoever works in each tenant. What may not be read is a reading too; what could not be asked at all
    /// (no network, no sign-in) is a fault.
    pub async fn ask(&self, state: &SetupState, questions: Vec<Question>) -> Result<Facts, Fault> {
        let mut facts = Facts::default();
        let mut answers = stream::iter(questions)
            .map(|question| async move {
                let actor = state.actor(question.tenant);
                let reading = self.ask_one(&question, actor.as_ref()).await;
                (question, reading)
            })
            .buffer_unordered(self.caps.steps);
        while let Some((question, reading)) = answers.next().await {
            facts.insert(&question, reading?);
        }
        facts.at = Some(self.clock.now());
        Ok(facts)
    }

    /// Asks one question.
    pub(super) async fn ask_one(
        &self,
        question: &Question,
        actor: Option<&Actor>,
    ) -> Result<Reading, Fault> {
        let reader = self.registry.reader(&question.kind)?;
        match reader.read(question, actor).await {
            Ok(value) => Ok(Reading::Seen {
                value,
                right_used: reader.scopes(),
            }),
            Err(fault) => match fault.kind {
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
            },
        }
    }
}
