//! What can go wrong between us and a cloud, sorted by what it means for the step, not by status code.

use serde::{Deserialize, Serialize};

use crate::Timestamp;
use crate::text::Text;

/// What a fault means for the step that met it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FaultKind {
    /// Nothing was sent: no route, no name, connection refused. Trying again is safe.
    Offline,
    /// The request left and no usable answer came. It may have taken effect: look before writing again.
    AnswerLost,
    /// The service asks for quiet until then; longer than a step may hold its breath.
    Throttled {
        /// When the next request may leave.
        until: Timestamp,
    },
    /// The signed-in account or the app lacks a right. Final until someone changes that.
    Refused {
        /// The permissions or roles that would do, as far as known.
        needs: Vec<String>,
    },
    /// The object is not there.
    NotFound,
    /// Something in the cloud was made or changed by somebody else.
    Conflict,
    /// Another setup, named in the detail, works with it: it stays until that one is taken back.
    InUse,
    /// What the request named is known to have been made, but the service does not see it everywhere yet.
    NotYetVisible,
    /// A person has to sign in (again): expired, revoked, a claims challenge, a missing consent.
    SignInNeeded {
        /// Why, in the words of the catalogue.
        because: Text,
        /// The claims that the next sign-in must carry, as the service sent them.
        claims: Option<String>,
    },
    /// The service took the request for wrong. A defect of ours or a rule that we do not know.
    Invalid,
    /// The answer is not what the service promises: HTML, cut JSON, a foreign host.
    UnexpectedAnswer,
    /// The service failed before it did anything, again and again.
    ServiceFailed,
    /// What was meant to be written next no longer fits what is there.
    Stale,
    /// Our own side: journal or vault cannot be written.
    Local,
}

/// A fault as it travels through the engine, into the journal and, as a sentence, to a person.
///
/// Holds no secret: whoever makes one has redacted what the service said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{}: {detail}", self.name())]
pub struct Fault {
    /// What it means.
    #[serde(flatten)]
    pub kind: FaultKind,
    /// What was being done, for a person: "reading the licences of Alder Dental".
    pub doing: Text,
    /// The service's own words, redacted; for the expert line below the sentence.
    pub detail: String,
    /// The service's code, such as `Authorization_RequestDenied` or `AADSTS53003`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The `request-id` that support asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Fault {
    /// A fault with nothing but its meaning.
    pub fn new(kind: FaultKind, doing: Text, detail: impl Into<String>) -> Self {
        Self {
            kind,
            doing,
            detail: detail.into(),
            code: None,
            request_id: None,
        }
    }

    /// The same fault with the service's code.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// The same fault with the id that support asks for.
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = Some(id.into());
        self
    }

    /// Whether the service has said no, and the same request would be answered in the same way.
    pub fn is_final(&self) -> bool {
        matches!(
            self.kind,
            FaultKind::Refused { .. }
                | FaultKind::NotFound
                | FaultKind::Conflict
                | FaultKind::Invalid
        )
    }

    /// A short stable name for the kind: journal, transcripts, error ids.
    pub fn name(&self) -> &'static str {
        match self.kind {
            FaultKind::Offline => "offline",
            FaultKind::AnswerLost => "answer-lost",
            FaultKind::Throttled { .. } => "throttled",
            FaultKind::Refused { .. } => "refused",
            FaultKind::NotFound => "not-found",
            FaultKind::Conflict => "conflict",
            FaultKind::InUse => "in-use",
            FaultKind::NotYetVisible => "not-yet-visible",
            FaultKind::SignInNeeded { .. } => "sign-in-needed",
            FaultKind::Invalid => "invalid",
            FaultKind::UnexpectedAnswer => "unexpected-answer",
            FaultKind::ServiceFailed => "service-failed",
            FaultKind::Stale => "stale",
            FaultKind::Local => "local",
        }
    }

    /// The id that a person quotes: the situation, then the code of the service where there is one.
    pub fn quote(&self) -> String {
        let situation = self.name().to_ascii_uppercase().replace('-', "");
        match &self.code {
            Some(code) => format!("GW-{situation}-{code}"),
            None => format!("GW-{situation}"),
        }
    }
}
