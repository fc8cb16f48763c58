//! The Conditional Access policies of a tenant.

use async_trait::async_trait;
use grantway_core::Text;
use grantway_core::question::{AccessPolicies, Ask, PolicySeen};
use serde_json::Value;

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::conditional_access::{AccessPolicy, READ};

pub(super) struct Policies;

/// How the names of policies begin that Microsoft makes and manages; nobody can rename them.
const MANAGED: &str = "Microsoft-managed:";

#[async_trait]
impl Answerer for Policies {
    type Question = AccessPolicies;
    const SCOPES: &'static [&'static str] = READ;
    const ROLES: &'static [&'static str] = &["Security Reader"];

    async fn answer(graph: &Graph, _: &AccessPolicies) -> Result<Vec<PolicySeen>, ReadError> {
        let doing = Text::new("doing-reading").with("what", AccessPolicies::KIND);
        let all = graph.access_policies(doing).await;
        let all = all.map_err(ReadError::Fault)?;
        Ok(all.iter().map(seen).collect())
    }
}

fn seen(policy: &AccessPolicy) -> PolicySeen {
    let grant = &policy.grant_controls;
    let texts = |list: &Value| {
        let all = list.as_array().into_iter().flatten();
        all.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let name = policy.display_name.clone().unwrap_or_default();
    PolicySeen {
        id: policy.id.clone(),
        state: policy.state.clone().unwrap_or_default(),
        users: policy.users().clone(),
        custom_factors: texts(&grant["customAuthenticationFactors"]),
        built_in_controls: texts(&grant["builtInControls"]),
        strength: grant["authenticationStrength"]["id"]
            .as_str()
            .map(str::to_owned),
        from_template: policy.template_id.is_some(),
        microsoft_managed: name.starts_with(MANAGED),
        name,
    }
}
