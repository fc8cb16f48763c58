//! Grantway's own consent in a tenant: what its sign-ins left there, and how it is taken away again.
//!
//! Only the person's own grants go. The service principal stays: it is the tenant's own registration, or may have been there before.

use grantway_core::{AppId, Fault, FaultKind, ObjectId, Text};

use crate::graph::Graph;
use crate::graph::permission::DelegatedGrant;
use crate::http::HttpError;

/// The delegated permissions that removing it needs.
pub const SCOPES: &[&str] = &[
    "Application.Read.All",
    "DelegatedPermissionGrant.ReadWrite.All",
];

/// Takes away what `person` has consented to for `client`.
///
/// # Errors
/// What stood in the way. Calling again goes on where it stopped.
pub async fn remove(graph: &Graph, client: AppId, person: ObjectId) -> Result<(), Fault> {
    let doing = || Text::new("doing-removing-own-consent");
    let fault = |error: HttpError| error.into_fault(doing(), SCOPES);
    let principal = match graph.service_principal_of(client).await {
        Err(error) if error.is_not_found() => return Ok(()),
        other => other.map_err(fault)?,
    };
    let unreadable = || {
        Fault::new(
            FaultKind::UnexpectedAnswer,
            doing(),
            "the id of a service principal is no GUID",
        )
    };
    let id = ObjectId::parse(&principal.id).map_err(|_| unreadable())?;
    for grant in graph.delegated_grants(id).await.map_err(fault)? {
        if !is_of(&grant, person) {
            continue;
        }
        match graph.delete_delegated_grant(&grant.id).await {
            Err(error) if error.is_not_found() => {}
            other => other.map_err(fault)?,
        }
    }
    Ok(())
}

fn is_of(grant: &DelegatedGrant, person: ObjectId) -> bool {
    grant
        .principal_id
        .as_deref()
        .is_some_and(|of| ObjectId::parse(of).is_ok_and(|of| of == person))
}

/// Whether what `person` has consented to for `client` is listed. What a sign-in has left a moment ago may not be yet.
///
/// # Errors
/// What stood in the way.
pub async fn is_listed(graph: &Graph, client: AppId, person: ObjectId) -> Result<bool, Fault> {
    let fault =
        |error: HttpError| error.into_fault(Text::new("doing-removing-own-consent"), SCOPES);
    let principal = match graph.service_principal_of(client).await {
        Err(error) if error.is_not_found() => return Ok(false),
        other => other.map_err(fault)?,
    };
    let Ok(id) = ObjectId::parse(&principal.id) else {
        return Ok(false);
    };
    let grants = graph.delegated_grants(id).await.map_err(fault)?;
    Ok(grants.iter().any(|grant| is_of(grant, person)))
}
