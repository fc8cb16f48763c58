//! An application that was consented to, with its publisher and what it may do.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{AppSeen, EnterpriseAppOf};

use super::{Answerer, ReadError};
use crate::changes::app_seen;
use crate::graph::Graph;

pub(super) struct Consented;

#[async_trait]
impl Answerer for Consented {
    type Question = EnterpriseAppOf;
    const SCOPES: &'static [&'static str] = &["Application.Read.All", "Directory.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &EnterpriseAppOf,
    ) -> Result<Option<AppSeen>, ReadError> {
        let app = *question.app.now().ok_or(ReadError::Unresolved)?;
        let principal = match graph.service_principal_of(app).await {
            Err(error) if error.is_not_found() => return Ok(None),
            other => other?,
        };
        let id = ObjectId::parse(&principal.id)?;
        Ok(Some(app_seen(graph, &principal, id, app).await?))
    }
}
