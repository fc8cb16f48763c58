//! How far one GDAP relationship has come.

use async_trait::async_trait;
use grantway_core::question::{RelationshipStatus, RelationshipStatusIs};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Status;

#[async_trait]
impl Answerer for Status {
    type Question = RelationshipStatus;
    const SCOPES: &'static [&'static str] = &["DelegatedAdminRelationship.Read.All"];
    const ROLES: &'static [&'static str] = &["Admin agent (member of AdminAgents)"];

    async fn answer(
        graph: &Graph,
        question: &RelationshipStatus,
    ) -> Result<RelationshipStatusIs, ReadError> {
        let id = question.relationship.now().ok_or(ReadError::Unresolved)?;
        let found = graph.relationship(id).await?;
        Ok(RelationshipStatusIs {
            status: found.status.unwrap_or_default(),
            ends: found.end_date_time,
        })
    }
}
