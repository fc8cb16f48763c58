//! Signing a person in, and keeping them signed in: authorization code with PKCE, checked answers, silent renewal.
//!
//! The order of things: [`AuthorizationRequest::begin`] makes a [`PendingSignIn`] with an address to open; what comes back
//! on the redirect goes through [`PendingSignIn::check`]; [`PendingSignIn::redeem`] turns the code into [`SignedIn`]. Nothing of
//! a sign-in is usable before its state, nonce, issuer, tenant and account were checked.

pub mod aadsts;
pub mod admin_consent;
pub mod challenge;
pub mod discovery;
pub mod error;
pub mod id_token;
pub mod loopback;
pub mod pending;
pub mod renewal;
pub mod request;
mod token_endpoint;

pub use aadsts::Situation;
pub use admin_consent::{AdminConsent, AdminConsentAnswer, admin_consent_link};
pub use discovery::{DiscoveryError, tenant_of};
pub use error::{AnswerError, SignInError};
pub use id_token::Identity;
pub use loopback::{Loopback, LoopbackError};
pub use pending::{Checked, IgnoredAnswer, PendingSignIn};
pub use renewal::Renewal;
pub use request::{AuthorizationRequest, Expected, Prompt, RequestError};
pub use token_endpoint::SignedIn;
