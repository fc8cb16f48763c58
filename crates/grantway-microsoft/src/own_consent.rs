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

/// What a tenant has consented to for a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The permissions that the person has given, sorted; empty where they gave none. What a sign-in has left a moment
    /// ago may not be listed yet.
    pub scopes: BTreeSet<String>,
    /// Whether there is a consent for everyone too: an administrator gave it for the whole organisation, and others may
    /// live by it.
    pub for_everyone: bool,
    /// The permissions that the consent for everyone holds, sorted.
    pub of_everyone: BTreeSet<String>,
}

/// What is consented to for `client`, by `person` and for everyone.
///
/// # Errors
/// What stood in the way.
pub async fn held(graph: &Graph, client: AppId, person: ObjectId) -> Result<Held, Fault> {
    let grants = all(graph, client).await?;
    let scopes = |counts: &dyn Fn(&&DelegatedGrant) -> bool| -> BTreeSet<String> {
        grants
            .iter()
            .filter(counts)
            .filter_map(|grant| grant.scope.as_deref())
            .flat_map(str::split_whitespace)
            .map(str::to_owned)
            .collect()
    };
    Ok(Held {
        scopes: scopes(&|grant| is_of(grant, person)),
        of_everyone: scopes(&|grant| grant.principal_id.is_none()),
        for_everyone: grants.iter().any(|grant| grant.principal_id.is_none()),
    })
}

/// Takes away what `person` has consented to for `client`.
///
/// # Errors
/// What stood in the way. Calling again goes on where it stopped.
pub async fn remove(graph: &Graph, client: AppId, person: ObjectId) -> Result<(), Fault> {
    take_from(graph, client, person, |_| true).await
}

/// Takes these permissions away from what `person` has consented to for `client`. Whatever else they consented to stays.
///
/// # Errors
/// What stood in the way. Calling again goes on where it stopped.
pub async fn trim(
    graph: &Graph,
    client: AppId,
    person: ObjectId,
    permissions: &BTreeSet<String>,
) -> Result<(), Fault> {
    take_from(graph, client, person, |scope| permissions.contains(scope)).await
}

async fn take_from(
    graph: &Graph,
    client: AppId,
    person: ObjectId,
    goes: impl Fn(&str) -> bool,
) -> Result<(), Fault> {
    let grants = all(graph, client).await?;
    for grant in grants.iter().filter(|grant| is_of(grant, person)) {
        let words = grant.scope.as_deref().unwrap_or_default();
        let (gone, kept): (BTreeSet<&str>, BTreeSet<&str>) =
            words.split_whitespace().partition(|scope| goes(scope));
        let written = if kept.is_empty() {
            graph.delete_delegated_grant(&grant.id).await
        } else if gone.is_empty() {
            Ok(())
        } else {
            let kept = kept.into_iter().map(str::to_owned).collect();
            graph.change_delegated_grant(&grant.id, &kept).await
        };
        match written {
            Err(error) if error.is_not_found() => {}
            other => other.map_err(fault)?,
        }
    }
    Ok(())
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
