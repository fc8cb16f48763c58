//! Whether Microsoft Authenticator is allowed, to whom, and which methods of other vendors are.

use async_trait::async_trait;
use grantway_core::question::{AuthenticatorPolicy, AuthenticatorPolicySeen, MethodTarget};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::authentication_methods_policy::{MethodConfiguration, Target};

pub(super) struct Authenticator;

const ID: &str = "MicrosoftAuthenticator";
const EXTERNAL: &str = "#microsoft.graph.externalAuthenticationMethodConfiguration";

#[async_trait]
impl Answerer for Authenticator {
    type Question = AuthenticatorPolicy;
    const SCOPES: &'static [&'static str] = &["Policy.Read.AuthenticationMethod"];
    const ROLES: &'static [&'static str] = &["Global Reader"];

    async fn answer(
        graph: &Graph,
        _: &AuthenticatorPolicy,
    ) -> Result<AuthenticatorPolicySeen, ReadError> {
        let policy = graph.authentication_methods_policy().await?;
        let all = policy.authentication_method_configurations;
        let authenticator = all
            .iter()
            .find(|method| method.id.eq_ignore_ascii_case(ID))
            .ok_or_else(|| ReadError::Odd(format!("the policy says nothing about {ID}")))?;
        let external = all
            .iter()
            .filter(|method| method.kind.as_deref() == Some(EXTERNAL) && is_on(method))
            .map(|method| {
                method
                    .display_name
                    .clone()
                    .unwrap_or_else(|| method.id.clone())
            });
        Ok(AuthenticatorPolicySeen {
            enabled: is_on(authenticator),
            targets: authenticator.include_targets.iter().map(target).collect(),
            excluded: authenticator.exclude_targets.iter().map(target).collect(),
            external: external.collect(),
        })
    }
}

fn is_on(method: &MethodConfiguration) -> bool {
    method.state.as_deref() == Some("enabled")
}

fn target(target: &Target) -> MethodTarget {
    MethodTarget {
        kind: target.target_type.clone().unwrap_or_default(),
        id: target.id.clone(),
        mode: target.authentication_mode.clone(),
    }
}
