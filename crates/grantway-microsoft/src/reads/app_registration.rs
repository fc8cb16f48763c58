//! A registration as the tenant that owns it keeps it.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{AppRegistrationOf, RegistrationSeen};

use super::{Answerer, ReadError};
use crate::changes::RegistrationState;
use crate::graph::Graph;

pub(super) struct Registered;

#[async_trait]
impl Answerer for Registered {
    type Question = AppRegistrationOf;
    const SCOPES: &'static [&'static str] = &["Application.Read.All"];
    const ROLES: &'static [&'static str] = &["Directory Readers"];

    async fn answer(
        graph: &Graph,
        question: &AppRegistrationOf,
    ) -> Result<Option<RegistrationSeen>, ReadError> {
        let app = *question.app.now().ok_or(ReadError::Unresolved)?;
        let application = match graph.application_of(app).await {
            Err(error) if error.is_not_found() => return Ok(None),
            other => other?,
        };
        let id = ObjectId::parse(&application.id)?;
        let state = RegistrationState::read(graph, &application).await?;
        Ok(Some(RegistrationSeen {
            id,
            app,
            name: state.display_name,
            audience: state.audience,
            redirects: state.redirects,
            permissions: state.permissions,
        }))
    }
}
