//! Who a tenant is: name, id, domains.

use async_trait::async_trait;
use grantway_core::question::{DomainSeen, TenantProfile, TenantSeen};
use grantway_core::{DomainName, TenantId};

use super::{Answerer, ReadError};
use crate::graph::Graph;

pub(super) struct Profile;

#[async_trait]
impl Answerer for Profile {
    type Question = TenantProfile;
    // With this permission alone the service still gives id, name and verified domains.
    const SCOPES: &'static [&'static str] = &["User.Read"];
    const ROLES: &'static [&'static str] = &[];

    async fn answer(graph: &Graph, _: &TenantProfile) -> Result<TenantSeen, ReadError> {
        let organizations = graph.organizations().await?;
        let organization = organizations
            .into_iter()
            .next()
            .ok_or_else(|| ReadError::Odd("the tenant has no organization".into()))?;
        let tenant = TenantId::parse(&organization.id)?;
        // A token of another tenant would make everything that follows wrong.
        if tenant != graph.tenant() {
            return Err(ReadError::Odd(format!(
                "the answer is about tenant {tenant}, asked was {}",
                graph.tenant()
            )));
        }
        let domains = organization.verified_domains.iter().filter_map(|domain| {
            Some(DomainSeen {
                name: DomainName::parse(domain.name.as_deref()?).ok()?,
                is_default: domain.is_default.unwrap_or(false),
                is_managed: domain.kind.as_deref() != Some("Federated"),
            })
        });
        Ok(TenantSeen {
            tenant,
            name: organization.display_name.unwrap_or_default(),
            domains: domains.collect(),
        })
    }
}
