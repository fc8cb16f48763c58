//! Why a sign-in did not come about.

use grantway_core::{Fault, FaultKind, TenantId, Text, Upn};
use serde::{Deserialize, Serialize};

use super::aadsts::{self, Situation};
use super::id_token::IdTokenError;
use crate::http::{HttpError, redact};

/// An error that the sign-in service gave, on the redirect or at the token endpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{error}: {description}")]
pub struct AnswerError {
    /// The OAuth word, such as `access_denied` or `invalid_grant`.
    pub error: String,
    /// The `AADSTS` number.
    pub number: Option<u32>,
    /// What the service says, redacted.
    pub description: String,
    /// What it means.
    pub situation: Situation,
    /// The claims that the next sign-in must carry.
    pub claims: Option<String>,
    /// The id that support asks for.
    pub trace_id: Option<String>,
}

/// Why there is no usable sign-in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The sign-in service said no.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// Signed in to another tenant than the step is for. Nothing was written.
    #[error("signed in to tenant {got}, expected {expected}")]
    WrongTenant {
        /// The tenant of the step.
        expected: TenantId,
        /// The tenant of the sign-in.
        got: TenantId,
        /// The account that signed in.
        account: Option<Upn>,
    },
    /// Signed in with another account than expected. Nothing was written.
    #[error("signed in as {got}, expected {expected}")]
    WrongAccount {
        /// The account of the step.
        expected: Upn,
        /// The account that signed in; its name as given where it is no account name.
        got: String,
    },
    /// The id token cannot be believed.
    #[error("the sign-in cannot be trusted")]
    IdToken(#[from] IdTokenError),
    /// The network or the service failed.
    #[error("the sign-in service could not be asked")]
    Http(#[source] HttpError),
    /// An answer of another shape than promised.
    #[error("the sign-in service answered something else than it promises: {0}")]
    Unreadable(String),
}

/// The body of an error of the token endpoint.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct TokenRefusal {
    pub error: String,
    #[serde(default)]
    pub error_description: Option<String>,
    #[serde(default)]
    pub error_codes: Vec<u32>,
    #[serde(default)]
    pub suberror: Option<String>,
    #[serde(default)]
    pub claims: Option<String>,
    #[serde(default)]
    pub trace_id: Option<String>,
}

impl oauth2::ErrorResponse for TokenRefusal {}

impl std::fmt::Display for TokenRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.error)
    }
}

impl AnswerError {
    /// Sorts an error word with its description.
    pub fn new(error: &str, description: Option<&str>) -> Self {
        let description = redact::words(description.unwrap_or_default());
        let number = aadsts::number_in(&description);
        let by_number = number.map_or(Situation::Unknown, Situation::of);
        let situation = if by_number == Situation::Unknown {
            Situation::of_word(error)
        } else {
            by_number
        };
        Self {
            error: redact::words(error),
            number,
            description,
            situation,
            claims: None,
            trace_id: None,
        }
    }
}

impl From<TokenRefusal> for AnswerError {
    fn from(refusal: TokenRefusal) -> Self {
        let mut error = Self::new(&refusal.error, refusal.error_description.as_deref());
        if error.number.is_none() {
            error.number = refusal.error_codes.first().copied();
            let by_number = error.number.map_or(Situation::Unknown, Situation::of);
            if by_number != Situation::Unknown {
                error.situation = by_number;
            }
        }
        error.claims = refusal.claims.filter(|text| {
            serde_json::from_str::<serde_json::Value>(text).is_ok_and(|v| v.is_object())
        });
        error.trace_id = refusal.trace_id;
        error
    }
}

impl SignInError {
    /// The fault that travels through the engine. What a person can mend by signing in becomes "sign in again because …";
    /// what the tenant or the registration has to change becomes a refusal that names the situation.
    pub fn into_fault(self, doing: Text) -> Fault {
        let detail = self.to_string();
        match self {
            Self::Answer(answer) => {
                let because = Text::new(answer.situation.key());
                let code = answer
                    .number
                    .map_or(answer.error.clone(), |number| format!("AADSTS{number}"));
                let kind = match answer.situation {
                    Situation::ServiceBusy => FaultKind::ServiceFailed,
                    // A person reads the situation's own sentence and remedy, whether or not the same account helps.
                    _ => FaultKind::SignInNeeded {
                        because,
                        claims: answer.claims,
                    },
                };
                let fault = Fault::new(kind, doing, detail).with_code(code);
                match answer.trace_id {
                    Some(id) => fault.with_request_id(id),
                    None => fault,
                }
            }
            Self::WrongTenant {
                expected,
                got,
                account,
            } => {
                let because = Text::new("sign-in-because-wrong-tenant")
                    .with("expected", expected.to_string())
                    .with("got", got.to_string())
                    .with("account", account.map_or_else(String::new, String::from));
                Fault::new(
                    FaultKind::SignInNeeded {
                        because,
                        claims: None,
                    },
                    doing,
                    detail,
                )
            }
            Self::WrongAccount { expected, got } => {
                let because = Text::new("sign-in-because-wrong-account")
                    .with("expected", expected.to_string())
                    .with("got", got);
                Fault::new(
                    FaultKind::SignInNeeded {
                        because,
                        claims: None,
                    },
                    doing,
                    detail,
                )
            }
            Self::IdToken(source) => Fault::new(
                FaultKind::UnexpectedAnswer,
                doing,
                format!("{detail}: {source}"),
            ),
            Self::Http(source) => source.into_fault(doing, &[]),
            Self::Unreadable(_) => Fault::new(FaultKind::UnexpectedAnswer, doing, detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_wins_over_word() {
        let error = AnswerError::new(
            "interaction_required",
            Some("AADSTS50076: Due to a configuration change"),
        );
        assert_eq!(
            (error.number, error.situation),
            (Some(50076), Situation::MfaNeeded)
        );
        assert_eq!(
            AnswerError::new("access_denied", None).situation,
            Situation::Declined
        );
        assert_eq!(
            AnswerError::new("invalid_grant", Some("AADSTS1: new")).situation,
            Situation::SessionEnded
        );
    }

    #[test]
    fn token_endpoint_numbers_and_claims_are_read() {
        let refusal: TokenRefusal = serde_json::from_str(
            r#"{"error":"interaction_required","error_codes":[50079],"claims":"{\"access_token\":{}}","trace_id":"t","timestamp":"x"}"#,
        )
        .unwrap();
        let error = AnswerError::from(refusal);
        assert_eq!(error.situation, Situation::MfaNeeded);
        assert_eq!(error.claims.as_deref(), Some("{\"access_token\":{}}"));
    }

    #[test]
    fn a_fault_names_both_tenants() {
        let tenant = |n| TenantId::from_uuid(uuid::Uuid::from_u128(n));
        let fault = SignInError::WrongTenant {
            expected: tenant(1),
            got: tenant(2),
            account: None,
        }
        .into_fault(Text::verbatim("x"));
        let FaultKind::SignInNeeded { because, .. } = fault.kind else {
            panic!("{fault:?}")
        };
        assert_eq!(because.args.len(), 3);
    }
}
