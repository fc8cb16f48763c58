//! The tenant's rules about registering applications.
// facts: own-app-and-tokens §1.2.

use async_trait::async_trait;
use grantway_core::question::{AppRules, AppRulesSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Rules;

#[async_trait]
impl Answerer for Rules {
    type Question = AppRules;
    const SCOPES: &'static [&'static str] = &["Policy.Read.All"];
    const ROLES: &'static [&'static str] = &["Global Reader"];

    async fn answer(graph: &Graph, _: &AppRules) -> Result<AppRulesSeen, ReadError> {
        let (rules, managed) = futures_util::try_join!(
            graph.authorization_policy(),
            graph.default_app_management_policy()
        )?;
        let permissions = rules.default_user_role_permissions;
        Ok(AppRulesSeen {
            everybody_registers: permissions
                .and_then(|permissions| permissions.allowed_to_create_apps)
                .unwrap_or(false),
            is_managed: managed.is_enabled.unwrap_or(false),
        })
    }
}
