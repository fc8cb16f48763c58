//! Grantway's own consent in a tenant: what its sign-ins left there, and how it is taken away again.
//!
//! Only the person's own grants go. The service principal stays: it is the tenant's own registration, or may have been there before.

use std::collections::BTreeSet;

use grantway_core::{AppId, Fault, FaultKind, ObjectId, Text};

use crate::graph::Graph;
use crate::graph::permission::DelegatedGrant;
use crate::http::HttpError;

/// The delegated permissions that removing it needs.
pub const SCOPES: &[&str] = &[
    "Application.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
];

/// The permissions that `person` has consented to for `client`, sorted; empty where there is no consent. What a sign-in
/// has left a moment ago may not be listed yet.
///
/// # Errors
/// What stood in the way.
pub async fn held(
    graph: &Graph,
    client: AppId,
    person: ObjectId,
) -> Result<BTreeSet<String>, Fault> {
    let grants = grants(graph, client, person).await?;
    Ok(grants
        .iter()
        .filter_map(|grant| grant.scope.as_deref())
        .flat_map(str::split_whitespace)
        .map(str::to_owned)
        .collect())
}

/// Whether `client` holds a consent for everyone in the tenant: an administrator gave it for the whole organisation, and
/// others may live by it.
///
/// # Errors
/// What stood in the way.
pub async fn is_for_everyone(graph: &Graph, client: AppId) -> Result<bool, Fault> {
    let grants = all(graph, client).await?;
    Ok(grants.iter().any(|grant| grant.principal_id.is_none()))
}

/// Takes away what `person` has consented to for `client`.
///
/// # Errors
/// What stood in the way. Calling again goes on where it stopped.
pub async fn remove(graph: &Graph, client: AppId, person: ObjectId) -> Result<(), Fault> {
    for grant in grants(graph, client, person).await? {
        match graph.delete_delegated_grant(&grant.id).await {
            Err(error) if error.is_not_found() => {}
            other => other.map_err(fault)?,
        }
    }
    Ok(())
}

async fn grants(
    graph: &Graph,
    client: AppId,
    person: ObjectId,
) -> Result<Vec<DelegatedGrant>, Fault> {
    let mut grants = all(graph, client).await?;
    grants.retain(|grant| is_of(grant, person));
    Ok(grants)
}

async fn all(graph: &Graph, client: AppId) -> Result<Vec<DelegatedGrant>, Fault> {
    let principal = match graph.service_principal_of(client).await {
        Err(error) if error.is_not_found() => return Ok(Vec::new()),
        other => other.map_err(fault)?,
    };
    let id = ObjectId::parse(&principal.id).map_err(|_| {
        Fault::new(
            FaultKind::UnexpectedAnswer,
            doing(),
            "the id of a service principal is no GUID",
        )
    })?;
    graph.delegated_grants(id).await.map_err(fault)
}

fn is_of(grant: &DelegatedGrant, person: ObjectId) -> bool {
    grant
        .principal_id
        .as_deref()
        .is_some_and(|of| ObjectId::parse(of).is_ok_and(|of| of == person))
}

fn doing() -> Text {
    Text::new("doing-removing-own-consent")
}

fn fault(error: HttpError) -> Fault {
    error.into_fault(doing(), SCOPES)
}
