//! Questions of core, answered through Graph: one file for each subject.
//!
//! A 403 is an answer too: the fault names the permission or role that would do, and the check says "cannot see".

mod access_policy;
mod account;
mod app_registration;
mod app_rules;
mod assignment;
mod audit_log;
mod authenticator_policy;
mod customer_way;
mod enterprise_app;
mod group;
mod guest_twin;
mod licence;
mod person;
mod personal_consent;
mod relationship;
mod relationship_status;
mod security_defaults;
mod sign_in_method;
mod tenant;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use grantway_core::change::{Reader, Registry, Scope};
use grantway_core::question::{Ask, Question};
use grantway_core::{Actor, Fault, FaultKind, Text};
use serde_json::Value;

use crate::graph::{Graph, Graphs};
use crate::http::HttpError;

/// One kind of question with the way to its answer.
#[async_trait]
trait Answerer: Send + Sync + 'static {
    /// The question.
    type Question: Ask<Answer: Send> + Send + Sync;
    /// The least delegated permissions for all calls of the read.
    const SCOPES: &'static [&'static str];
    /// Roles of a person that would do as well, named when the service refuses.
    const ROLES: &'static [&'static str];
    /// From how many questions on one read together is worth it.
    const TOGETHER_FROM: Option<usize> = None;

    /// Reads.
    async fn answer(graph: &Graph, question: &Self::Question) -> Result<AnswerOf<Self>, ReadError>;

    /// Reads what answers all of these, in their order.
    async fn answer_together(
        graph: &Graph,
        questions: &[Self::Question],
    ) -> Result<Vec<AnswerOf<Self>>, ReadError> {
        let mut answers = Vec::with_capacity(questions.len());
        for question in questions {
            answers.push(Self::answer(graph, question).await?);
        }
        Ok(answers)
    }
}

type AnswerOf<A> = <<A as Answerer>::Question as Ask>::Answer;

/// Why a question has no answer.
enum ReadError {
    Http(HttpError),
    /// A read that others share has failed.
    Fault(Fault),
    /// The service gave something that cannot be what it says it is.
    Odd(String),
    /// A value that an earlier step gives is still missing.
    Unresolved,
}

impl From<HttpError> for ReadError {
    fn from(error: HttpError) -> Self {
        Self::Http(error)
    }
}

impl From<grantway_core::ids::IdError> for ReadError {
    fn from(error: grantway_core::ids::IdError) -> Self {
        Self::Odd(error.to_string())
    }
}

/// A question's reader over Graph.
struct Reads<A> {
    graphs: Graphs,
    answerer: std::marker::PhantomData<fn() -> A>,
}

#[async_trait]
impl<A: Answerer> Reader for Reads<A> {
    fn kind(&self) -> &'static str {
        A::Question::KIND
    }

    fn scopes(&self) -> Vec<Scope> {
        A::SCOPES.iter().map(|scope| (*scope).to_owned()).collect()
    }

    async fn read(&self, question: &Question, actor: Option<&Actor>) -> Result<Value, Fault> {
        let about = about::<A>(question)?;
        let graph = self.graphs.of(actor, question.tenant);
        let answer = A::answer(&graph, &about).await.map_err(fault::<A>)?;
        serde_json::to_value(answer).map_err(local::<A>)
    }

    fn together_from(&self) -> Option<usize> {
        A::TOGETHER_FROM
    }

    async fn read_together(
        &self,
        questions: &[Question],
        actor: Option<&Actor>,
    ) -> Result<Vec<Value>, Fault> {
        let Some(first) = questions.first() else {
            return Ok(Vec::new());
        };
        let graph = self.graphs.of(actor, first.tenant);
        let abouts: Vec<A::Question> =
            questions.iter().map(about::<A>).collect::<Result<_, _>>()?;
        let answers = A::answer_together(&graph, &abouts).await;
        let answers = answers.map_err(fault::<A>)?.into_iter();
        answers
            .map(|answer| serde_json::to_value(answer).map_err(local::<A>))
            .collect()
    }
}

fn doing<A: Answerer>() -> Text {
    Text::new("doing-reading").with("what", A::Question::KIND)
}

fn local<A: Answerer>(error: serde_json::Error) -> Fault {
    Fault::new(FaultKind::Local, doing::<A>(), error.to_string())
}

fn about<A: Answerer>(question: &Question) -> Result<A::Question, Fault> {
    serde_json::from_value(question.about.clone()).map_err(local::<A>)
}

fn fault<A: Answerer>(error: ReadError) -> Fault {
    match error {
        ReadError::Http(error) => {
            let needs: Vec<&str> = A::SCOPES.iter().chain(A::ROLES).copied().collect();
            error.into_fault(doing::<A>(), &needs)
        }
        ReadError::Fault(fault) => fault,
        ReadError::Odd(what) => Fault::new(FaultKind::UnexpectedAnswer, doing::<A>(), what),
        ReadError::Unresolved => Fault::new(
            FaultKind::Local,
            doing::<A>(),
            "an id that an earlier step gives is not known yet",
        ),
    }
}

fn reader<A: Answerer>(graphs: &Graphs) -> Arc<dyn Reader> {
    Arc::new(Reads::<A> {
        graphs: graphs.clone(),
        answerer: std::marker::PhantomData,
    })
}

/// Every kind of question that this room answers.
pub fn all(graphs: &Graphs) -> Vec<Arc<dyn Reader>> {
    vec![
        reader::<tenant::Profile>(graphs),
        reader::<person::Person>(graphs),
        reader::<licence::Subscriptions>(graphs),
        reader::<security_defaults::Defaults>(graphs),
        reader::<relationship::WithCustomer>(graphs),
        reader::<relationship_status::Status>(graphs),
        reader::<assignment::Status>(graphs),
        reader::<assignment::OfRelationship>(graphs),
        reader::<group::Named>(graphs),
        reader::<group::WithMembers>(graphs),
        reader::<group::OfId>(graphs),
        reader::<account::Named>(graphs),
        reader::<sign_in_method::Registered>(graphs),
        reader::<enterprise_app::Consented>(graphs),
        Arc::new(customer_way::Way {
            graphs: graphs.clone(),
        }),
        reader::<access_policy::Policies>(graphs),
        reader::<audit_log::Probe>(graphs),
        reader::<guest_twin::Twin>(graphs),
        reader::<authenticator_policy::Authenticator>(graphs),
        reader::<app_registration::Registered>(graphs),
        reader::<app_rules::Rules>(graphs),
        reader::<personal_consent::OfPerson>(graphs),
    ]
}

/// A registry with everything that this room knows: changes and questions.
pub fn registry(graphs: &Graphs) -> Registry {
    let registry = crate::changes::all(graphs)
        .into_iter()
        .fold(Registry::new(), Registry::with_change);
    all(graphs)
        .into_iter()
        .fold(registry, Registry::with_reader)
}
