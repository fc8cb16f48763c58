//! GDAP relationships with one customer.

use std::collections::HashMap;

use async_trait::async_trait;
use grantway_core::question::{RelationshipSeen, Relationships};
use grantway_core::{RoleId, TenantId};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::relationship::Relationship;

pub(super) struct WithCustomer;

#[async_trait]
impl Answerer for WithCustomer {
    type Question = Relationships;
    const SCOPES: &'static [&'static str] = &["DelegatedAdminRelationship.Read.All"];
    const ROLES: &'static [&'static str] = &["Admin agent (member of AdminAgents)"];
    // A page of the list holds 300 relationships: so many customers are asked about in fewer requests by the whole list of
    // a provider with up to 1,500.
    const TOGETHER_FROM: Option<usize> = Some(5);

    async fn answer(
        graph: &Graph,
        question: &Relationships,
    ) -> Result<Vec<RelationshipSeen>, ReadError> {
        let found = graph.relationships_with(question.customer).await?;
        // The service's filter is trusted for speed, not for correctness.
        let of_customer =
            |relationship: &Relationship| customer_of(relationship) == Some(question.customer);
        Ok(found.into_iter().filter(of_customer).map(seen).collect())
    }

    async fn answer_together(
        graph: &Graph,
        questions: &[Relationships],
    ) -> Result<Vec<Vec<RelationshipSeen>>, ReadError> {
        let mut by_customer: HashMap<TenantId, Vec<RelationshipSeen>> = HashMap::new();
        for relationship in graph.relationships().await? {
            if let Some(customer) = customer_of(&relationship) {
                by_customer
                    .entry(customer)
                    .or_default()
                    .push(seen(relationship));
            }
        }
        let of = |question: &Relationships| by_customer.remove(&question.customer);
        Ok(questions
            .iter()
            .map(of)
            .map(Option::unwrap_or_default)
            .collect())
    }
}

fn customer_of(relationship: &Relationship) -> Option<TenantId> {
    let customer = relationship.customer.as_ref()?;
    TenantId::parse(customer.tenant_id.as_deref()?).ok()
}

fn seen(relationship: Relationship) -> RelationshipSeen {
    let roles = relationship
        .access_details
        .unwrap_or_default()
        .unified_roles;
    let extension = relationship
        .auto_extend_duration
        .as_deref()
        .unwrap_or("PT0S");
    RelationshipSeen {
        id: relationship.id,
        name: relationship.display_name.unwrap_or_default(),
        status: relationship.status.unwrap_or_default(),
        customer_name: relationship
            .customer
            .and_then(|customer| customer.display_name)
            .unwrap_or_default(),
        roles: roles
            .iter()
            .filter_map(|role| RoleId::parse(&role.role_definition_id).ok())
            .collect(),
        ends: relationship.end_date_time,
        // "Not at all" is written in several ways: P0D, PT0S, PT0H.
        extends_itself: extension.chars().any(|c| c.is_ascii_digit() && c != '0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_spelling_of_no_extension_is_understood() {
        for (text, extends) in [("PT0S", false), ("P0D", false), ("P180D", true)] {
            let relationship =
                serde_json::from_value(json!({ "id": "a-b", "autoExtendDuration": text })).unwrap();
            assert_eq!(seen(relationship).extends_itself, extends, "{text}");
        }
        assert!(
            !seen(
                serde_json::from_value(json!({ "id": "a-b", "autoExtendDuration": null })).unwrap()
            )
            .extends_itself
        );
    }
}
