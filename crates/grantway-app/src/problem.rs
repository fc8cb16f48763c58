//! From what went wrong to what a person reads: what, why, what to do, id.

use grantway_core::engine::{ApprovalError, PlanError};
use grantway_core::journal::JournalError;
use grantway_core::{Fault, FaultKind, Text};

use crate::catalogue::Catalogue;
use crate::contract::UiProblem;
use crate::host::HostError;

/// A problem before it is put into a language: a message with the attributes `.what`, `.why`, `.todo`, and an id.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// The message.
    pub text: Text,
    /// The id to quote.
    pub id: String,
    /// The field of a form.
    pub field: Option<String>,
}

impl Problem {
    /// A problem of the catalogue: `problem-…`.
    pub fn new(key: &str, id: &str) -> Self {
        Self {
            text: Text::new(key),
            id: id.into(),
            field: None,
        }
    }

    /// The same with an argument.
    pub fn with(mut self, name: &str, value: impl Into<grantway_core::text::Arg>) -> Self {
        self.text = self.text.with(name, value);
        self
    }

    /// The same for a field of a form.
    pub fn of_field(mut self, field: &str) -> Self {
        self.field = Some(field.into());
        self
    }

    /// The finished text.
    pub fn view(&self, catalogue: &Catalogue) -> UiProblem {
        UiProblem {
            what: catalogue
                .attribute(&self.text, "what")
                .unwrap_or_else(|| catalogue.text(&self.text)),
            why: catalogue
                .attribute(&self.text, "why")
                .filter(|why| !why.trim().is_empty()),
            todo: catalogue.attribute(&self.text, "todo").unwrap_or_default(),
            id: self.id.clone(),
            field: self.field.clone(),
        }
    }
}

impl From<&Fault> for Problem {
    fn from(fault: &Fault) -> Self {
        let key = match &fault.kind {
            FaultKind::Offline => "problem-offline",
            FaultKind::AnswerLost => "problem-answer-lost",
            FaultKind::Throttled { .. } => "problem-throttled",
            FaultKind::Refused { .. } => "problem-refused",
            FaultKind::NotFound => "problem-not-found",
            FaultKind::Conflict => "problem-conflict",
            FaultKind::InUse => "problem-in-use",
            FaultKind::NotYetVisible => "problem-not-yet-visible",
            FaultKind::SignInNeeded { .. } => "problem-sign-in-needed",
            FaultKind::Invalid => "problem-invalid",
            FaultKind::UnexpectedAnswer => "problem-unexpected-answer",
            FaultKind::ServiceFailed => "problem-service-failed",
            FaultKind::Stale => "problem-stale",
            FaultKind::Local => "problem-local",
        };
        let mut problem = Problem::new(key, &fault.quote())
            .with("doing", fault.doing.clone())
            .with("detail", fault.detail.clone());
        problem = problem.with(
            "request",
            fault.request_id.clone().unwrap_or_else(|| "-".into()),
        );
        match &fault.kind {
            FaultKind::Refused { needs } => problem.with("needs", needs.join(", ")),
            FaultKind::SignInNeeded { because, .. } => problem.with("because", because.clone()),
            FaultKind::Throttled { until } => problem.with("until", until.to_string()),
            _ => problem,
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Problem::from(&fault)
    }
}

impl From<JournalError> for Problem {
    fn from(error: JournalError) -> Self {
        let (key, id) = match &error {
            JournalError::CannotWrite(_) => ("problem-journal-cannot-write", "GW-JRN-0001"),
            JournalError::ReadOnly(_) => ("problem-journal-read-only", "GW-JRN-0002"),
            JournalError::Damaged(_) => ("problem-journal-damaged", "GW-JRN-0003"),
        };
        let detail = match error {
            JournalError::CannotWrite(detail)
            | JournalError::ReadOnly(detail)
            | JournalError::Damaged(detail) => detail,
        };
        Problem::new(key, id).with("detail", detail)
    }
}

impl From<ApprovalError> for Problem {
    fn from(error: ApprovalError) -> Self {
        match error {
            ApprovalError::NoPlan => Problem::new("problem-no-plan", "GW-APR-0001"),
            ApprovalError::OtherPlan => Problem::new("problem-other-plan", "GW-APR-0002"),
            ApprovalError::WrongWord { typed, asked } => {
                Problem::new("problem-wrong-word", "GW-APR-0003")
                    .with("typed", typed)
                    .with("asked", asked)
            }
            ApprovalError::Blocked(count) => {
                Problem::new("problem-approval-blocked", "GW-APR-0004").with("count", count)
            }
            ApprovalError::Approved => Problem::new("problem-approved-before", "GW-APR-0005"),
            ApprovalError::Journal(error) => error.into(),
        }
    }
}

impl From<PlanError> for Problem {
    fn from(error: PlanError) -> Self {
        match error {
            PlanError::Fault(fault) | PlanError::Elsewhere { fault, .. } => fault.into(),
            PlanError::Journal(error) => error.into(),
            PlanError::Draft { step, problem } => Problem::new("problem-draft", "GW-PLN-0001")
                .with("step", step.to_string())
                .with("detail", problem),
        }
    }
}

impl From<HostError> for Problem {
    fn from(error: HostError) -> Self {
        let (key, id) = match &error {
            HostError::Absent(_) => ("problem-host-absent", "GW-HST-0001"),
            HostError::Refused(_) => ("problem-host-refused", "GW-HST-0002"),
        };
        Problem::new(key, id).with("detail", error.to_string())
    }
}
