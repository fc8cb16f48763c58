//! GDAP relationships with one customer.

use async_trait::async_trait;
use grantway_core::RoleId;
use grantway_core::question::{RelationshipSeen, Relationships};

use super::{Answerer, ReadError};
use crate::graph::Graph;
use crate::graph::relationship::Relationship;

pub(super) struct WithCustomer;

#[async_trait]
impl Answerer for WithCustomer {
    type Question = Relationships;
    const SCOPES: &'static [&'static str] = &["DelegatedAdminRelationship.Read.All"];
    const ROLES: &'static [&'static str] = &["Admin agent (member of AdminAgents)"];

    async fn answer(
        graph: &Graph,
        question: &Relationships,
    ) -> Result<Vec<RelationshipSeen>, ReadError> {
        let found = graph.relationships_with(question.customer).await?;
        // The service's filter is trusted for speed, not for correctness.
        let customer = question.customer.to_string();
        let of_customer = |relationship: &Relationship| {
            let tenant = relationship
                .customer
                .as_ref()
                .and_then(|customer| customer.tenant_id.as_deref());
            tenant.is_some_and(|tenant| tenant.eq_ignore_ascii_case(&customer))
        };
        Ok(found.into_iter().filter(of_customer).map(seen).collect())
    }
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
