//! How far an access assignment has come.

use async_trait::async_trait;
use grantway_core::question::{AssignmentStatus, AssignmentStatusIs};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Status;

#[async_trait]
impl Answerer for Status {
    type Question = AssignmentStatus;
    const SCOPES: &'static [&'static str] = &["DelegatedAdminRelationship.Read.All"];
    const ROLES: &'static [&'static str] = &["Admin agent (member of AdminAgents)"];

    async fn answer(
        graph: &Graph,
        question: &AssignmentStatus,
    ) -> Result<AssignmentStatusIs, ReadError> {
        let id = question.assignment.now().ok_or(ReadError::Unresolved)?;
        let relationship = question.relationship.now().ok_or(ReadError::Unresolved)?;
        let status = match graph.access_assignment(relationship, id).await {
            Ok(assignment) => assignment.status.unwrap_or_default(),
            // Made a moment ago and not visible yet, which the wait around this question sits out.
            Err(error) if error.is_not_found() => "pending".to_owned(),
            Err(error) => return Err(error.into()),
        };
        Ok(AssignmentStatusIs { status })
    }
}
