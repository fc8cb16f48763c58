//! What can go wrong with a request, sorted by what is known about its effect.

use std::time::Duration;

use grantway_core::{Fault, FaultKind, Text, Timestamp};
use reqwest::StatusCode;
use serde::Deserialize;

use super::answer::Answer;
use super::redact::{self, SafeUrl};

/// Why a call brought no usable answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// No name, no route, connection refused, or a proxy in between that wants a sign-in: nothing was sent.
    #[error("nothing was sent to {to}: {why}")]
    Offline {
        /// Where to.
        to: SafeUrl,
        /// In the words of the network, redacted.
        why: String,
    },
    /// The server's certificate is not trusted: nothing was sent. There is no way around it.
    #[error("{to} shows a certificate that is not trusted: {why}")]
    Untrusted {
        /// Where to.
        to: SafeUrl,
        /// In the words of the TLS library.
        why: String,
    },
    /// The request left and no whole answer came back. It may have taken effect.
    #[error("no whole answer came from {to}: {why}")]
    AnswerLost {
        /// Where to.
        to: SafeUrl,
        /// In the words of the network, redacted.
        why: String,
        /// The GUID that went along.
        client_request_id: String,
    },
    /// The service wants quiet for longer than a call sits out.
    #[error("the service asks for quiet until {until}")]
    Throttled {
        /// When the next request may leave.
        until: Timestamp,
        /// The id that support asks for, when an answer came at all.
        request_id: Option<String>,
    },
    /// A token was about to leave for a host that is not this cloud's. Nothing was sent.
    #[error("{0} is not a host of this cloud")]
    ForeignHost(SafeUrl),
    /// A web page, or a redirect to one, where data was promised: a captive portal or a filtering proxy.
    #[error("{to} answered with a web page instead of data")]
    WebPage {
        /// Where from.
        to: SafeUrl,
    },
    /// More bytes than any answer may have.
    #[error("the answer of {to} is longer than {limit} bytes")]
    TooLong {
        /// Where from.
        to: SafeUrl,
        /// The limit in bytes.
        limit: usize,
    },
    /// A body that is not of the promised shape.
    #[error("the answer is not of the promised shape")]
    Unreadable {
        /// What the parser says: line, column and kind, never content.
        source: serde_json::Error,
        /// The id that support asks for.
        request_id: String,
    },
    /// A list whose pages lead elsewhere, in circles, or on without end.
    #[error("the list cannot be read to its end: {0}")]
    Paging(#[from] super::page::PageError),
    /// The service answered with an error.
    #[error("{0}")]
    Refused(Refusal),
    /// No token could be had; the call was not sent.
    #[error("no token")]
    NoToken(#[source] Box<Fault>),
    /// A request that cannot be written down, such as a header with a line break.
    #[error("the request cannot be written: {0}")]
    Malformed(String),
}

/// An error answer of a service.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status} {code}: {message}")]
pub struct Refusal {
    /// The HTTP status.
    pub status: StatusCode,
    /// `error.code`, empty where there is none.
    pub code: String,
    /// `error.message`, redacted.
    pub message: String,
    /// The id that support asks for.
    pub request_id: String,
    /// `Retry-After`, read.
    pub retry_after: Option<Duration>,
    /// The write may have taken effect all the same: a 5xx for a call that is not repeated.
    pub outcome_unknown: bool,
}

#[derive(Deserialize, Default)]
struct Body {
    error: Option<Inner>,
    /// Partner Center has no envelope: a number and a sentence.
    code: Option<serde_json::Number>,
    description: Option<String>,
    // The audit service has a word of its own in place of a code, or beside it.
    #[serde(rename = "Status", default)]
    status: Option<serde_json::Value>,
}

#[derive(Deserialize, Default)]
struct Inner {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    message: Option<String>,
    #[serde(rename = "Status", default)]
    status: Option<serde_json::Value>,
}

impl Refusal {
    /// Reads an error answer; a body that is no JSON leaves code and message empty.
    pub(crate) fn of(answer: &Answer, outcome_unknown: bool) -> Self {
        let body = serde_json::from_slice::<Body>(&answer.body).unwrap_or_default();
        let inner = body.error.unwrap_or(Inner {
            code: body.code.map(|code| code.to_string()),
            message: body.description,
            status: None,
        });
        let mut message = inner.message.unwrap_or_default();
        for word in [inner.status, body.status] {
            if let Some(word) = word.as_ref().and_then(serde_json::Value::as_str) {
                message.push_str(&format!(" ({word})"));
            }
        }
        Self {
            status: answer.status,
            code: inner.code.unwrap_or_default().chars().take(120).collect(),
            message: redact::words(&message),
            request_id: answer.request_id().to_owned(),
            retry_after: super::retry_after::wait(
                answer.header("retry-after"),
                answer.header("date"),
            ),
            outcome_unknown,
        }
    }

    fn says(&self, words: &str) -> bool {
        self.message.to_ascii_lowercase().contains(words)
    }

    /// Whether the service does not see yet what the request names: an object that was made a moment ago.
    // facts: api-gdap-hardening §4.3.
    pub fn is_propagation(&self) -> bool {
        self.status.is_client_error()
            && (self.says("reference-property objects are not present")
                || self.says("objects being referenced do not exist")
                || self.says("not a valid reference update")
                // A registration that is only a moment old (facts: own-app-and-tokens §1.3).
                || self.says("does not reference a valid application")
                || self.says("access container")
                || self.code == "PrincipalNotFound"
                || self.code == "SubjectNotFound"
                || self.says("principalnotfound"))
    }

    /// Whether the object or reference is there already.
    // facts: api-gdap-hardening §2.7, §2.8, §4.3.
    pub fn is_already_there(&self) -> bool {
        self.status == StatusCode::CONFLICT
            || (self.status == StatusCode::BAD_REQUEST
                && (self.says("already exist") || self.says("conflicting object")))
    }

    /// Whether the tenant lacks the licence for what was asked.
    // facts: api-gdap-hardening §2.9, §3.4.
    pub fn is_unlicensed(&self) -> bool {
        self.status.is_client_error()
            && (self.code == "AadPremiumLicenseRequired"
                || self.says("not licensed for this feature")
                || self.says("have premium license"))
    }

    /// Whether a role is held already, in the words of Privileged Identity Management.
    // facts: api-gdap-hardening §2.8; the codes as third parties have seen them.
    pub fn is_role_held(&self) -> bool {
        self.code == "RoleAssignmentExists"
    }

    /// Whether a role that was to be taken away is not held, in the same words.
    pub fn is_role_not_held(&self) -> bool {
        self.code == "RoleAssignmentDoesNotExist"
    }

    /// Whether a policy cannot be on because Security Defaults are.
    // facts: api-gdap-hardening §2.9.
    pub fn is_security_defaults_on(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST && self.says("security defaults is enabled")
    }

    /// Whether it is the answer of Conditional Access to everything that it does not like: an unknown word, or an account that it does
    /// not see yet.
    // facts: api-gdap-hardening §2.9, §4.3.
    pub fn is_malformed_policy(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST && self.says("malformed or incorrect")
    }

    /// Whether the unified audit log of the tenant does not record. The word comes as a status, or as JSON inside the message.
    // facts: api-gdap-hardening §2.15.
    pub fn is_auditing_disabled(&self) -> bool {
        self.status == StatusCode::BAD_REQUEST
            && (self.code.eq_ignore_ascii_case("AuditingDisabledTenant")
                || self.says("auditingdisabledtenant"))
    }

    fn kind(&self, needs: Vec<String>) -> FaultKind {
        if self.outcome_unknown {
            return FaultKind::AnswerLost;
        }
        match self.status {
            StatusCode::UNAUTHORIZED => FaultKind::SignInNeeded {
                because: Text::new("sign-in-because-token-refused"),
                claims: None,
            },
            StatusCode::FORBIDDEN => FaultKind::Refused { needs },
            StatusCode::NOT_FOUND
                if self.is_propagation() && self.says("queried reference-property") =>
            {
                FaultKind::NotFound
            }
            StatusCode::NOT_FOUND | StatusCode::GONE => FaultKind::NotFound,
            StatusCode::PRECONDITION_FAILED => FaultKind::Stale,
            StatusCode::CONFLICT | StatusCode::LOCKED => FaultKind::Conflict,
            _ if self.is_propagation() => FaultKind::NotYetVisible,
            _ if self.is_already_there() => FaultKind::Conflict,
            status if status.is_server_error() => FaultKind::ServiceFailed,
            status if status.is_redirection() => FaultKind::UnexpectedAnswer,
            _ => FaultKind::Invalid,
        }
    }
}

impl HttpError {
    /// The error answer, where it is one.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The status of the error answer, where it is one.
    pub fn status(&self) -> Option<StatusCode> {
        self.refusal().map(|refusal| refusal.status)
    }

    /// Whether the object is not there.
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Whether the request may have taken effect although no usable answer came.
    pub fn is_outcome_unknown(&self) -> bool {
        match self {
            Self::AnswerLost { .. }
            | Self::Unreadable { .. }
            | Self::TooLong { .. }
            | Self::WebPage { .. } => true,
            Self::Refused(refusal) => refusal.outcome_unknown,
            _ => false,
        }
    }

    /// The fault that travels through the engine. `needs` names the permissions or roles that would do, for a 403.
    pub fn into_fault(self, doing: Text, needs: &[&str]) -> Fault {
        let detail = self.to_string();
        let needs = needs.iter().map(|need| (*need).to_owned()).collect();
        match self {
            Self::Offline { .. } | Self::Untrusted { .. } => {
                Fault::new(FaultKind::Offline, doing, detail)
            }
            Self::AnswerLost {
                client_request_id, ..
            } => {
                Fault::new(FaultKind::AnswerLost, doing, detail).with_request_id(client_request_id)
            }
            Self::Throttled { until, request_id } => {
                let fault =
                    Fault::new(FaultKind::Throttled { until }, doing, detail).with_code("429");
                request_id.map_or(fault.clone(), |id| fault.with_request_id(id))
            }
            Self::ForeignHost(_)
            | Self::WebPage { .. }
            | Self::TooLong { .. }
            | Self::Paging(_) => Fault::new(FaultKind::UnexpectedAnswer, doing, detail),
            Self::Unreadable { source, request_id } => Fault::new(
                FaultKind::UnexpectedAnswer,
                doing,
                format!("{detail}: {source}"),
            )
            .with_request_id(request_id),
            Self::Malformed(_) => Fault::new(FaultKind::Invalid, doing, detail),
            // The provider of tokens has said why already.
            Self::NoToken(fault) => Fault { doing, ..*fault },
            Self::Refused(refusal) => {
                let code = if refusal.code.is_empty() {
                    refusal.status.as_u16().to_string()
                } else {
                    refusal.code.clone()
                };
                Fault::new(refusal.kind(needs), doing, refusal.message.clone())
                    .with_code(code)
                    .with_request_id(refusal.request_id)
            }
        }
    }
}
