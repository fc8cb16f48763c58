//! What the sign-in service refuses, with the codes that Entra uses.
//! Codes and OAuth error names: facts api-gdap-hardening, own-app-and-tokens §2, clean-session §6; the sentences are our own.

use serde_json::json;
use uuid::Uuid;

/// A refusal of a sign-in or token request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("AADSTS{}: {}", self.code(), self.message())]
pub enum Refusal {
    /// No tenant has this name.
    UnknownTenant(String),
    /// A required parameter is missing.
    Missing(&'static str),
    /// A parameter has a value that is not understood.
    Malformed(&'static str),
    /// The response type or mode is not offered here.
    ResponseType(String),
    /// The PKCE challenge is missing: this client is public.
    NoChallenge,
    /// Only S256 is accepted.
    ChallengeMethod,
    /// The app is not known in this tenant: client id and tenant.
    UnknownApp(String, String),
    /// The app is of one other tenant only.
    SingleTenant(String),
    /// The redirect address is not registered for the app.
    Redirect(String),
    /// The scope parameter is not understood.
    Scope(String),
    /// Static and named scopes are mixed.
    ScopesMixed,
    /// Scopes of two resources in one token request.
    TwoResources,
    /// The resource has no service principal in the tenant: resource and tenant.
    UnknownResource(String, String),
    /// The resource offers no such scope.
    UnknownScope(String),
    /// The account does not exist in the tenant.
    UnknownAccount(String),
    /// The account is of another tenant.
    WrongTenant {
        /// The account that was typed.
        account: String,
        /// The tenant that was asked for.
        tenant: String,
    },
    /// The password is wrong.
    WrongPassword,
    /// The account is disabled.
    Disabled,
    /// `prompt=none`, and nobody is signed in.
    NoSession,
    /// `prompt=none`, and several accounts are signed in.
    SeveralSessions,
    /// The app lacks consent for what it asks.
    NoConsent(String),
    /// The app is not consented in a customer tenant where a partner's person signs in.
    NotPreconsented(String),
    /// The person pressed Cancel on the consent page.
    ConsentDenied,
    /// The person pressed Cancel while signing in.
    Cancelled,
    /// Only an administrator may consent.
    AdminApproval,
    /// The phone was not answered, or with no.
    SecondProof,
    /// A second proof is needed, and the request cannot show a page. The policy that wants it, where one does.
    SecondProofNeeded(Option<Uuid>),
    /// A policy blocks access.
    AccessBlocked,
    /// A policy wants a device that is managed and in order.
    DeviceNotCompliant,
    /// A policy wants a device that is joined to the domain.
    DeviceNotJoined,
    /// A policy wants a proof of another company's.
    ForeignProof,
    /// A policy wants a proof that cannot be asked of a partner's people.
    ChallengeNotSupported,
    /// A policy wants a session control that a partner's people cannot meet.
    SessionControlNotSupported,
    /// A policy wants a newer sign-in.
    SignInTooOld,
    /// A policy wants tokens that are bound to a device.
    TokenNotProtected,
    /// Only those may use the app who are assigned to it.
    NotAssigned(String),
    /// The code was redeemed before.
    CodeUsed,
    /// The code is too old.
    Expired,
    /// The refresh token was not used for too long.
    RefreshExpired,
    /// The code, refresh token or its client does not fit.
    InvalidGrant,
    /// The redirect address of the code was another one.
    RedirectChanged,
    /// The verifier does not fit the challenge.
    Verifier,
    /// The refresh token was revoked, by a password change for instance.
    Revoked,
    /// The grant type is not offered here.
    GrantType(String),
    /// A secret was sent by a public client.
    PublicClient,
    /// A confidential client sent no secret.
    SecretMissing,
    /// A confidential client sent another secret.
    SecretWrong,
    /// The service principal is disabled in the tenant.
    AppDisabled(String),
    /// The flow is too old, unknown, or of another browser.
    FlowGone,
}

impl Refusal {
    /// The number after `AADSTS`.
    pub fn code(&self) -> u32 {
        match self {
            Self::UnknownTenant(_) => 90002,
            Self::Missing(_) => 900144,
            Self::Malformed(_) => 900144,
            Self::ResponseType(_) => 70005,
            Self::NoChallenge => 9002325,
            Self::ChallengeMethod => 501491,
            Self::UnknownApp(..) => 700016,
            Self::SingleTenant(_) => 50194,
            Self::Redirect(_) => 50011,
            Self::Scope(_) => 70011,
            Self::ScopesMixed => 70011,
            Self::TwoResources => 28002,
            Self::UnknownResource(..) => 500011,
            Self::UnknownScope(_) => 650053,
            Self::UnknownAccount(_) => 50034,
            Self::WrongTenant { .. } => 50020,
            Self::WrongPassword => 50126,
            Self::Disabled => 50057,
            Self::NoSession => 50058,
            Self::SeveralSessions => 16000,
            Self::NoConsent(_) => 65001,
            Self::NotPreconsented(_) => 90099,
            Self::ConsentDenied => 65004,
            Self::Cancelled => 65004,
            Self::AdminApproval => 90094,
            Self::SecondProof => 500121,
            Self::SecondProofNeeded(_) => 50076,
            Self::AccessBlocked => 53003,
            Self::DeviceNotCompliant => 53000,
            Self::DeviceNotJoined => 53001,
            Self::ForeignProof => 50158,
            Self::ChallengeNotSupported => 50177,
            Self::SessionControlNotSupported => 50178,
            Self::SignInTooOld => 70043,
            Self::TokenNotProtected => 530084,
            Self::NotAssigned(_) => 50105,
            Self::CodeUsed => 54005,
            Self::Expired => 70008,
            Self::RefreshExpired => 700082,
            Self::InvalidGrant => 70000,
            Self::RedirectChanged => 50011,
            Self::Verifier => 501481,
            Self::Revoked => 50173,
            Self::GrantType(_) => 70003,
            Self::PublicClient => 700025,
            Self::SecretMissing => 7000218,
            Self::SecretWrong => 7000215,
            Self::AppDisabled(_) => 7000112,
            Self::FlowGone => 50089,
        }
    }

    /// The OAuth `error` value.
    pub fn error(&self) -> &'static str {
        match self {
            Self::UnknownTenant(_)
            | Self::Missing(_)
            | Self::Malformed(_)
            | Self::NoChallenge
            | Self::ChallengeMethod
            | Self::Redirect(_)
            | Self::TwoResources
            | Self::FlowGone => "invalid_request",
            Self::ResponseType(_) => "unsupported_response_type",
            Self::UnknownApp(..) | Self::SingleTenant(_) | Self::AppDisabled(_) => {
                "unauthorized_client"
            }
            Self::Scope(_) | Self::ScopesMixed | Self::UnknownScope(_) => "invalid_scope",
            Self::UnknownResource(..) => "invalid_resource",
            Self::NoSession | Self::UnknownAccount(_) | Self::WrongPassword => "login_required",
            Self::SeveralSessions
            | Self::SecondProofNeeded(_)
            | Self::ForeignProof
            | Self::ChallengeNotSupported
            | Self::SessionControlNotSupported
            | Self::NotPreconsented(_) => "interaction_required",
            Self::NoConsent(_) => "consent_required",
            Self::ConsentDenied
            | Self::Cancelled
            | Self::AdminApproval
            | Self::SecondProof
            | Self::WrongTenant { .. }
            | Self::AccessBlocked
            | Self::DeviceNotCompliant
            | Self::DeviceNotJoined
            | Self::TokenNotProtected
            | Self::NotAssigned(_)
            | Self::Disabled => "access_denied",
            Self::CodeUsed
            | Self::Expired
            | Self::RefreshExpired
            | Self::InvalidGrant
            | Self::RedirectChanged
            | Self::Verifier
            | Self::SignInTooOld
            | Self::Revoked => "invalid_grant",
            Self::GrantType(_) => "unsupported_grant_type",
            Self::PublicClient | Self::SecretMissing | Self::SecretWrong => "invalid_client",
        }
    }

    /// The OAuth `error` value at the token endpoint, where consent and interaction read differently.
    pub fn token_error(&self) -> &'static str {
        match self {
            Self::NoConsent(_) | Self::NotPreconsented(_) => "invalid_grant",
            Self::UnknownAccount(_) | Self::WrongTenant { .. } | Self::Disabled => "invalid_grant",
            Self::AccessBlocked
            | Self::DeviceNotCompliant
            | Self::DeviceNotJoined
            | Self::TokenNotProtected
            | Self::SecondProofNeeded(_)
            | Self::ForeignProof
            | Self::ChallengeNotSupported
            | Self::SessionControlNotSupported
            | Self::NotAssigned(_) => "invalid_grant",
            other => other.error(),
        }
    }

    /// The `suberror` at the token endpoint, where Entra sends one.
    pub fn suberror(&self) -> Option<&'static str> {
        match self {
            Self::NoConsent(_) => Some("consent_required"),
            Self::SecondProofNeeded(_) | Self::ForeignProof => Some("basic_action"),
            Self::AccessBlocked
            | Self::DeviceNotCompliant
            | Self::DeviceNotJoined
            | Self::TokenNotProtected => Some("message_only"),
            Self::SignInTooOld => Some("token_expired"),
            Self::Revoked | Self::RefreshExpired => Some("bad_token"),
            _ => None,
        }
    }

    /// The `claims` at the token endpoint: what the next request must ask for.
    pub fn claims(&self) -> Option<String> {
        let Self::SecondProofNeeded(policy) = self else {
            return None;
        };
        let claims = match policy {
            Some(policy) => {
                json!({ "access_token": { "capolids": { "essential": true, "values": [policy] } } })
            }
            None => {
                json!({ "access_token": { "amr": { "essential": true, "values": ["mfa"] } } })
            }
        };
        Some(claims.to_string())
    }

    /// Whether a person sees it as a page rather than the app as an answer.
    pub fn stays(&self) -> bool {
        matches!(
            self,
            Self::WrongTenant { .. }
                | Self::FlowGone
                | Self::UnknownApp(..)
                | Self::AppDisabled(_)
                | Self::AccessBlocked
                | Self::DeviceNotCompliant
                | Self::DeviceNotJoined
                | Self::ChallengeNotSupported
                | Self::SessionControlNotSupported
                | Self::TokenNotProtected
                | Self::NotAssigned(_)
        )
    }

    /// What happened, for a person and for `error_description`.
    pub fn message(&self) -> String {
        match self {
            Self::UnknownTenant(tenant) => format!("Tenant '{tenant}' not found."),
            Self::Missing(name) => {
                format!("The request must contain the following parameter: '{name}'.")
            }
            Self::Malformed(name) => {
                format!("The parameter '{name}' has a value that is not understood.")
            }
            Self::ResponseType(asked) => {
                format!("The response type or mode '{asked}' is not offered. Use code and query.")
            }
            Self::NoChallenge => {
                "Proof Key for Code Exchange is required for authorization code redemption."
                    .to_owned()
            }
            Self::ChallengeMethod => "The code challenge method must be S256.".to_owned(),
            Self::UnknownApp(app, tenant) => format!(
                "Application with identifier '{app}' was not found in the directory '{tenant}'."
            ),
            Self::SingleTenant(app) => {
                format!("Application '{app}' is not configured as a multi-tenant application.")
            }
            Self::Redirect(uri) => format!(
                "The redirect URI '{uri}' specified in the request does not match the redirect URIs configured for the application."
            ),
            Self::Scope(scope) => format!(
                "The provided value for the input parameter 'scope' is not valid: '{scope}'."
            ),
            Self::ScopesMixed => {
                "The scope .default cannot be combined with named scopes of the same resource."
                    .to_owned()
            }
            Self::TwoResources => "A token request names scopes of one resource only.".to_owned(),
            Self::UnknownResource(resource, tenant) => format!(
                "The resource principal named {resource} was not found in the tenant named {tenant}."
            ),
            Self::UnknownScope(scope) => format!(
                "The application asked for scope '{scope}' that does not exist on the resource."
            ),
            Self::UnknownAccount(account) => {
                format!("The account {account} does not exist in this organisation.")
            }
            Self::WrongTenant { account, tenant } => format!(
                "User account '{account}' does not exist in tenant '{tenant}' and cannot access the application there."
            ),
            Self::WrongPassword => "The account or password is wrong.".to_owned(),
            Self::Disabled => "The account is disabled.".to_owned(),
            Self::NoSession => {
                "A silent sign-in request was sent but no user is signed in.".to_owned()
            }
            Self::SeveralSessions => {
                "Several accounts are signed in. The request must let the person choose.".to_owned()
            }
            Self::NoConsent(app) => format!(
                "The user or administrator has not consented to use the application with ID '{app}'."
            ),
            Self::NotPreconsented(app) => format!(
                "The application '{app}' has not been authorized in the tenant. It must be pre-consented by an administrator there, or through the partner service."
            ),
            Self::ConsentDenied => "The user declined to consent to access the app.".to_owned(),
            Self::Cancelled => "The user stopped the sign-in.".to_owned(),
            Self::AdminApproval => {
                "An administrator must give consent to this app first.".to_owned()
            }
            Self::SecondProof => "The sign-in was not approved on the phone.".to_owned(),
            Self::SecondProofNeeded(_) => {
                "Multi-factor authentication is needed for this resource.".to_owned()
            }
            Self::AccessBlocked => {
                "Access has been blocked by Conditional Access policies of the organisation."
                    .to_owned()
            }
            Self::DeviceNotCompliant => {
                "The device is not in the state that a Conditional Access policy requires: it is not compliant."
                    .to_owned()
            }
            Self::DeviceNotJoined => {
                "The device is not in the state that a Conditional Access policy requires: it is not joined."
                    .to_owned()
            }
            Self::ForeignProof => "An external security challenge was not satisfied.".to_owned(),
            Self::ChallengeNotSupported => {
                "An external challenge is required and not supported for passthrough users."
                    .to_owned()
            }
            Self::SessionControlNotSupported => {
                "A session control is required and not supported for passthrough users.".to_owned()
            }
            Self::SignInTooOld => {
                "The token is no longer valid because of the sign-in frequency that Conditional Access requires."
                    .to_owned()
            }
            Self::TokenNotProtected => {
                "A Conditional Access policy requires a token that is bound to the device."
                    .to_owned()
            }
            Self::NotAssigned(app) => format!(
                "The signed-in user is not assigned to a role for the application '{app}'."
            ),
            Self::CodeUsed => {
                "The authorization code was redeemed before. Ask for a new one.".to_owned()
            }
            Self::Expired => "The authorization code has expired.".to_owned(),
            Self::RefreshExpired => {
                "The refresh token has expired because it was not used for 90 days.".to_owned()
            }
            Self::InvalidGrant => "The provided grant is not valid for this client.".to_owned(),
            Self::RedirectChanged => {
                "The redirect URI differs from the one in the authorization request.".to_owned()
            }
            Self::Verifier => {
                "The code verifier does not match the code challenge of the authorization request."
                    .to_owned()
            }
            Self::Revoked => {
                "The grant was revoked, for instance by a new password. A new sign-in is needed."
                    .to_owned()
            }
            Self::GrantType(asked) => format!("The grant type '{asked}' is not offered."),
            Self::PublicClient => "The client is public, so no secret may be sent.".to_owned(),
            Self::SecretMissing => "The client must prove itself with its secret.".to_owned(),
            Self::SecretWrong => "The client's secret is not valid.".to_owned(),
            Self::AppDisabled(app) => format!("Application '{app}' is disabled in this tenant."),
            Self::FlowGone => {
                "This sign-in is too old, or was started in another window.".to_owned()
            }
        }
    }

    /// What a person can do, for the error page.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::WrongTenant { .. } | Self::UnknownAccount(_) => {
                "Start over and sign in with an account of the tenant that the app asks for."
            }
            Self::UnknownTenant(_) => "Check the tenant's name or id in the app and start over.",
            Self::Redirect(_) => {
                "The registration of the app must hold exactly this redirect address. Nothing was sent there."
            }
            Self::UnknownApp(..) | Self::SingleTenant(_) | Self::AppDisabled(_) => {
                "Check the client ID, and whether the app may be used in this tenant."
            }
            Self::AccessBlocked
            | Self::DeviceNotCompliant
            | Self::DeviceNotJoined
            | Self::ChallengeNotSupported
            | Self::SessionControlNotSupported
            | Self::TokenNotProtected => {
                "An administrator of the tenant can look at its Conditional Access policies."
            }
            Self::NotAssigned(_) => {
                "An administrator of the tenant can assign the account to the app."
            }
            Self::Disabled => "An administrator of the tenant can enable the account.",
            _ => "Go back to the app and start the sign-in over.",
        }
    }

    /// `AADSTS…: message` with the trace lines that Entra appends.
    pub fn description(&self, request: &str, time: &str) -> String {
        format!("{self} Trace ID: {request} Correlation ID: {request} Timestamp: {time}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_carries_code_and_sentence() {
        let said = Refusal::UnknownTenant("x.example".into()).to_string();
        assert_eq!(said, "AADSTS90002: Tenant 'x.example' not found.");
    }

    #[test]
    fn missing_consent_reads_differently_at_the_two_endpoints() {
        let refusal = Refusal::NoConsent("id".into());
        assert_eq!(refusal.error(), "consent_required");
        assert_eq!(refusal.token_error(), "invalid_grant");
        assert_eq!(refusal.suberror(), Some("consent_required"));
    }
}
