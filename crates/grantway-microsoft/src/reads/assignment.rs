//! Which groups hold roles through a relationship, and how far one of them has come.

use async_trait::async_trait;
use grantway_core::ObjectId;
use grantway_core::question::{
    AccessAssignmentSeen, AccessAssignments, AssignmentStatus, AssignmentStatusIs,
};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::access_assignment::Assignment;

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

pub(super) struct OfRelationship;

#[async_trait]
impl Answerer for OfRelationship {
    type Question = AccessAssignments;
    const SCOPES: &'static [&'static str] = &["DelegatedAdminRelationship.Read.All"];
    const ROLES: &'static [&'static str] = &["Admin agent (member of AdminAgents)"];

    async fn answer(
        graph: &Graph,
        question: &AccessAssignments,
    ) -> Result<Vec<AccessAssignmentSeen>, ReadError> {
        let assignments = graph.access_assignments(&question.relationship).await?;
        let there = assignments
            .iter()
            .filter(|assignment| !assignment.is_gone());
        there.map(seen).collect()
    }
}

fn seen(assignment: &Assignment) -> Result<AccessAssignmentSeen, ReadError> {
    let container = assignment.access_container.as_ref().ok_or_else(|| {
        ReadError::Odd(format!(
            "the access assignment {} names no group",
            assignment.id
        ))
    })?;
    Ok(AccessAssignmentSeen {
        group: ObjectId::parse(&container.access_container_id)?,
        roles: assignment.roles(),
        status: assignment.status.clone().unwrap_or_default(),
    })
}
