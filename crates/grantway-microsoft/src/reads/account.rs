//! An account by its name.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{AccountNamed, AccountSeen};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Named;

#[async_trait]
impl Answerer for Named {
    type Question = AccountNamed;
    const SCOPES: &'static [&'static str] = &["User.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &AccountNamed,
    ) -> Result<Option<AccountSeen>, ReadError> {
        let user = match graph.user_named(&question.upn).await {
            Err(error) if error.is_not_found() => return Ok(None),
            other => other?,
        };
        Ok(Some(AccountSeen {
            id: ObjectId::parse(&user.id)?,
            display_name: user.display_name.unwrap_or_default(),
            enabled: user.account_enabled.unwrap_or(true),
        }))
    }
}
