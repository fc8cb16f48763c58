//! What a tenant's own token tells of the way into it.
// facts: own-app-and-tokens §2.2: access tokens are opaque by contract, so what is read in one is a hint and nothing is decided by it.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use grantway_core::Fault;
use secrecy::ExposeSecret;
use serde::Deserialize;

use super::Graph;
use crate::http::{TokenWanted, granted};

/// What a fresh token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetIn {
    /// The delegated Graph permissions that it carries, by bare name.
    pub scopes: BTreeSet<String>,
    /// The directory roles that it names; none where it does not let itself be read.
    pub roles: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct Hints {
    #[serde(default)]
    wids: Vec<String>,
}

impl Graph {
    /// Asks for a fresh token: what was consented a moment ago counts in no older one.
    ///
    /// # Errors
    /// Why the tenant hands none out, with the sign-in service's code.
    pub async fn let_in(&self) -> Result<LetIn, Fault> {
        let wanted = TokenWanted {
            tenant: self.service.tenant,
            actor: self.service.actor.clone(),
            api: self.service.api,
            refused: true,
            claims: None,
        };
        let token = self.service.tokens.token(&wanted).await?;
        Ok(LetIn {
            scopes: granted(&token.scopes),
            roles: roles_in(token.secret.expose_secret()),
        })
    }
}

fn roles_in(token: &str) -> Option<Vec<String>> {
    let payload = token.split('.').nth(1)?;
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let hints: Hints = serde_json::from_slice(&bytes).ok()?;
    let mut roles = hints.wids;
    roles.sort();
    Some(roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_a_hint_and_a_token_that_hides_them_tells_nothing() {
        let token = format!("h.{}.s", URL_SAFE_NO_PAD.encode(r#"{"wids":["b","a"]}"#));
        assert_eq!(roles_in(&token), Some(vec!["a".into(), "b".into()]));
        let bare = format!("h.{}.s", URL_SAFE_NO_PAD.encode("{}"));
        assert_eq!(roles_in(&bare), Some(vec![]));
        for opaque in ["", "opaque", "a.b.c", "EwB4A8l6BAAU"] {
            assert_eq!(roles_in(opaque), None);
        }
    }
}
