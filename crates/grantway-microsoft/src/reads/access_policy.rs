//! The Conditional Access policies of a tenant.

use async_trait::async_trait;
use grantway_core::Text;
use grantway_core::question::{AccessPolicies, Ask, PolicySeen};
use serde_json::Value;

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::conditional_access::{AccessPolicy, READ};

pub(super) struct Policies;

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
    let factors = policy.grant_controls["customAuthenticationFactors"].as_array();
    let factors = factors.into_iter().flatten().filter_map(Value::as_str);
    PolicySeen {
        id: policy.id.clone(),
        name: policy.display_name.clone().unwrap_or_default(),
        state: policy.state.clone().unwrap_or_default(),
        users: policy.users().clone(),
        custom_factors: factors.map(str::to_owned).collect(),
    }
}
