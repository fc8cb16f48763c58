//! An application in a tenant with everything that was granted to it, by name.

use std::collections::BTreeMap;

use grantway_core::question::{AppSeen, PermissionSeen, PublisherSeen};
use grantway_core::{AppId, ObjectId, TenantId};

use crate::graph::Graph;
use crate::graph::permission::ApiNames;
use crate::graph::service_principal::ServicePrincipal;
use crate::http::HttpError;

/// Reads the grants of an application and names them. Permissions come sorted and once each.
pub(crate) async fn app_seen(
    graph: &Graph,
    principal: &ServicePrincipal,
    id: ObjectId,
    app: AppId,
) -> Result<AppSeen, HttpError> {
    let (delegated, roles) =
        futures_util::try_join!(graph.delegated_grants(id), graph.app_role_grants(id))?;
    let resources = delegated
        .iter()
        .filter_map(|grant| grant.resource_id.as_deref());
    let resources = resources.chain(
        roles
            .iter()
            .filter_map(|grant| grant.resource_id.as_deref()),
    );
    let mut names: BTreeMap<String, ApiNames> = BTreeMap::new();
    for resource in resources {
        if let (false, Ok(resource_id)) = (names.contains_key(resource), ObjectId::parse(resource))
        {
            let read = match graph.api_names(resource_id).await {
                // The API was removed from the tenant; its grants still count.
                Err(error) if error.is_not_found() => ApiNames::default(),
                other => other?,
            };
            names.insert(resource.to_owned(), read);
        }
    }
    let api = |id: Option<&str>| {
        let name = id
            .and_then(|id| names.get(id))
            .and_then(|names| names.display_name.clone());
        name.or_else(|| id.map(str::to_owned)).unwrap_or_default()
    };
    let mut permissions: Vec<PermissionSeen> = Vec::new();
    for grant in &delegated {
        for scope in grant.scope.as_deref().unwrap_or("").split_whitespace() {
            permissions.push(PermissionSeen {
                api: api(grant.resource_id.as_deref()),
                value: scope.to_owned(),
                as_app: false,
                for_everyone: grant.consent_type.as_deref() == Some("AllPrincipals"),
            });
        }
    }
    for grant in &roles {
        let known = grant.resource_id.as_deref().and_then(|id| names.get(id));
        let role = known.and_then(|names| {
            names
                .app_roles
                .iter()
                .find(|role| Some(&role.id) == grant.app_role_id.as_ref())
        });
        let value = role
            .and_then(|role| role.value.clone())
            .or_else(|| grant.app_role_id.clone())
            .unwrap_or_default();
        let api = grant
            .resource_display_name
            .clone()
            .unwrap_or_else(|| api(grant.resource_id.as_deref()));
        permissions.push(PermissionSeen {
            api,
            value,
            as_app: true,
            for_everyone: true,
        });
    }
    permissions.sort();
    permissions.dedup();
    let publisher = principal.verified_publisher.as_ref().and_then(|publisher| {
        let name = publisher
            .display_name
            .clone()
            .filter(|name| !name.is_empty())?;
        Some(PublisherSeen {
            name,
            id: publisher.verified_publisher_id.clone().unwrap_or_default(),
        })
    });
    Ok(AppSeen {
        id,
        app,
        name: principal.display_name.clone().unwrap_or_default(),
        owner_tenant: principal
            .app_owner_organization_id
            .as_deref()
            .and_then(|text| TenantId::parse(text).ok()),
        publisher,
        enabled: principal.account_enabled.unwrap_or(true),
        permissions,
    })
}
