//! An application that a person consented to: read, proved against what the profile expects, and removed at take back.
// facts: api-gdap-hardening §2.16, §2.17.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Trace, Undone,
};
use grantway_core::desired::{self, Desired, ExpectedPublisher};
use grantway_core::proof::{Proof, Standing};
use grantway_core::question::AppSeen;
use grantway_core::{AppId, Fault, FaultKind, ObjectId, Text};
use serde_json::{Value, json};

use super::{
    Doing, Patience, app_seen, key_id, known, nothing, object_id, principal, scopes, typed,
};
use crate::graph::service_principal::ServicePrincipal;
use crate::graph::{Graph, Graphs};
use crate::http::HttpError;

const KIND: &str = desired::EnterpriseApp::KIND;
const READ: &[&str] = &["Application.Read.All", "Directory.Read.All"];
const NEEDS: &[&str] = &[
    "Application.ReadWrite.All",
    "Cloud Application Administrator",
];

/// Enterprise applications of a tenant.
pub struct EnterpriseApps {
    graphs: Graphs,
}

impl EnterpriseApps {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn find(&self, graph: &Graph, app: AppId) -> Result<Option<ServicePrincipal>, HttpError> {
        match graph.service_principal_of(app).await {
            Err(error) if error.is_not_found() => Ok(None),
            other => other.map(Some),
        }
    }
}

fn key_of(principal: &ServicePrincipal, app: AppId) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), principal.id.clone()),
        ("app_id".to_owned(), app.to_string()),
    ])
}

/// What differs from what is expected; nothing when it is as claimed.
fn differences(
    seen: &AppSeen,
    publisher: &ExpectedPublisher,
    permissions: &BTreeSet<String>,
) -> Option<Text> {
    let name = seen
        .publisher
        .as_ref()
        .map(|publisher| publisher.name.as_str())
        .unwrap_or_default();
    let badge = seen
        .publisher
        .as_ref()
        .is_some_and(|publisher| !publisher.id.is_empty());
    if publisher.verified && !badge {
        let expected = publisher.name.as_str();
        return Some(
            Text::new("proof-found-publisher-unverified")
                .with("name", name)
                .with("expected", expected),
        );
    }
    // Without a badge an app names no publisher at all.
    if badge && name != publisher.name {
        let expected = publisher.name.as_str();
        return Some(
            Text::new("proof-found-publisher-other")
                .with("name", name)
                .with("expected", expected),
        );
    }
    if publisher.app.is_some_and(|app| app != seen.app) {
        return Some(Text::new("proof-found-app-other"));
    }
    if publisher.owner_tenant.is_some() && publisher.owner_tenant != seen.owner_tenant {
        return Some(Text::new("proof-found-owner-other"));
    }
    if !seen.enabled {
        return Some(Text::new("proof-found-app-disabled"));
    }
    if permissions.is_empty() {
        return None;
    }
    let granted: BTreeSet<&str> = seen
        .permissions
        .iter()
        .map(|permission| permission.value.as_str())
        .filter(|value| !is_sign_in(value))
        .collect();
    let expected: BTreeSet<&str> = permissions
        .iter()
        .map(String::as_str)
        .filter(|value| !is_sign_in(value))
        .collect();
    let list = |values: Vec<&&str>| values.into_iter().copied().collect::<Vec<_>>().join(", ");
    let missing: Vec<_> = expected.difference(&granted).collect();
    let more: Vec<_> = granted.difference(&expected).collect();
    match (missing.is_empty(), more.is_empty()) {
        (true, true) => None,
        (false, _) => {
            Some(Text::new("proof-found-permissions-missing").with("permissions", list(missing)))
        }
        (true, false) => {
            Some(Text::new("proof-found-permissions-more").with("permissions", list(more)))
        }
    }
}

/// Scopes that only tell who signed in: they open nothing, and pages add them unasked.
fn is_sign_in(value: &str) -> bool {
    matches!(value, "openid" | "profile" | "email" | "offline_access")
}

/// Who stands behind the app, and what it was granted, by name.
fn granted(seen: &AppSeen) -> Text {
    let named = |as_app: bool| {
        let granted = seen.permissions.iter().filter(|p| p.as_app == as_app);
        granted.map(|p| p.value.as_str()).collect::<Vec<_>>()
    };
    let (own, in_names) = (named(true), named(false));
    let key = match (own.is_empty(), in_names.is_empty()) {
        (true, true) => "proof-found-consent-empty",
        (false, true) => "proof-found-consent-own",
        (true, false) => "proof-found-consent-in-names",
        (false, false) => "proof-found-consent-both",
    };
    Text::new(key)
        .with("name", seen.name.as_str())
        .with("own", own.join(", "))
        .with("in-names", in_names.join(", "))
}

#[async_trait]
impl Change for EnterpriseApps {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => &["Application.Read.All"],
            // Never written; proving reads its grants.
            Act::Write => READ,
            Act::Undo => &["Application.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::EnterpriseApp = typed(desired)?;
        let app = known(&wanted.app, KIND)?;
        let graph = self.graphs.at(cx);
        let unreadable = |error: HttpError| {
            error.into_fault(Doing::Reading.text(KIND), &["Application.Read.All"])
        };
        let Some(principal) = self.find(&graph, app).await.map_err(unreadable)? else {
            return Ok(Observed::Absent);
        };
        // v1.0 does not say when a service principal came, but it says so of what was granted to it. Where nothing
        // tells, the app counts as somebody else's: take back never removes what may have been there before.
        let id = ObjectId::parse(&principal.id).map_err(|_| {
            Fault::new(
                FaultKind::UnexpectedAnswer,
                Doing::Reading.text(KIND),
                "the id of a service principal is no GUID",
            )
        })?;
        let granted = graph.app_role_grants(id).await.map_err(unreadable)?;
        let first = granted
            .iter()
            .filter_map(|grant| grant.created_date_time)
            .min();
        Ok(Observed::Present {
            key: key_of(&principal, app),
            state: json!({ "app": app, "name": principal.display_name, "enabled": principal.account_enabled }),
            ours: cx.is_own(first),
        })
    }

    async fn census(&self, cx: &Context<'_>) -> Result<Option<BTreeSet<String>>, Fault> {
        // An app that had no app role before tells by its grants that it came when it got the first one.
        let ids = self.graphs.at(cx).service_principal_ids().await;
        ids.map(Some)
            .map_err(|error| error.into_fault(Doing::Reading.text(KIND), &["Application.Read.All"]))
    }

    fn diff(&self, _desired: &Value, observed: &Observed) -> Diff {
        match observed {
            Observed::Absent => Diff::Create,
            Observed::Present { .. } => Diff::AlreadyRight,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let (Ok(wanted), Observed::Absent) = (typed::<desired::EnterpriseApp>(desired), observed)
        else {
            return vec![];
        };
        let after = Text::new("value-app-of-publisher").with("publisher", wanted.publisher.name);
        vec![FieldChange {
            field: Text::new("field-enterprise-app"),
            before: nothing(),
            after,
        }]
    }

    async fn apply(
        &self,
        _cx: &Context<'_>,
        _desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        match observed {
            Observed::Present { key, state, ours } => {
                let origin = if *ours {
                    Origin::Created
                } else {
                    Origin::Adopted
                };
                Ok(Applied {
                    origin,
                    key: key.clone(),
                    state: state.clone(),
                    note: None,
                })
            }
            Observed::Absent => Err(Fault::new(
                FaultKind::Invalid,
                Doing::Writing.text(KIND),
                "only a person can consent, on the vendor's page",
            )),
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::EnterpriseApp = typed(desired)?;
        let app = known(&wanted.app, KIND)?;
        let graph = self.graphs.at(cx);
        let fault = |error: HttpError| error.into_fault(Doing::Proving.text(KIND), READ);
        let mut patience = Patience::short(cx.clock);
        let principal = loop {
            match self.find(&graph, app).await.map_err(fault)? {
                Some(principal) => break Some(principal),
                None if !patience.next_look().await => break None,
                None => {}
            }
        };
        let seen = match &principal {
            Some(principal) => {
                let id = object_id(&principal.id, KIND)?;
                Some(app_seen(&graph, principal, id, app).await.map_err(fault)?)
            }
            None => None,
        };
        let (standing, found) = match &seen {
            None => (Standing::NotProved, Text::new("proof-found-nothing")),
            Some(seen) => match differences(seen, &wanted.publisher, &wanted.permissions) {
                None => (Standing::Proved, granted(seen)),
                Some(difference) => (Standing::NotProved, difference),
            },
        };
        Ok(Proof {
            claim: Text::new("proof-claim-enterprise-app").with("publisher", wanted.publisher.name),
            read_from: Text::new("proof-from-enterprise-app"),
            standing,
            found,
            evidence: json!({ "key": key, "seen": seen }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let id = key_id(&record.applied.key, KIND)?;
        principal::remove(cx, &self.graphs.at(cx), id, (KIND, NEEDS)).await
    }

    fn traces(&self, record: &ChangeRecord) -> Vec<Trace> {
        if record.applied.origin != Origin::Created {
            return vec![];
        }
        let name = record.applied.state["name"].as_str().unwrap_or_default();
        vec![Trace {
            what: Text::new("trace-app-in-bin").with("name", name),
            by_hand: Text::new("trace-app-by-hand"),
        }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use grantway_core::question::{PermissionSeen, PublisherSeen};
    use grantway_core::{ObjectId, TenantId};
    use uuid::Uuid;

    fn seen(publisher: Option<(&str, &str)>, permissions: &[&str]) -> AppSeen {
        AppSeen {
            id: ObjectId::from_uuid(Uuid::from_u128(1)),
            app: AppId::from_uuid(Uuid::from_u128(2)),
            name: "App".into(),
            owner_tenant: Some(TenantId::from_uuid(Uuid::from_u128(3))),
            publisher: publisher.map(|(name, id)| PublisherSeen {
                name: name.into(),
                id: id.into(),
            }),
            enabled: true,
            permissions: permissions
                .iter()
                .map(|value| PermissionSeen {
                    api: "Graph".into(),
                    value: (*value).into(),
                    as_app: false,
                    for_everyone: true,
                })
                .collect(),
        }
    }

    fn found(seen: &AppSeen, permissions: &[&str]) -> Option<String> {
        let publisher = ExpectedPublisher {
            name: "Contoso Labs".into(),
            verified: true,
            owner_tenant: None,
            app: None,
        };
        let permissions = permissions
            .iter()
            .map(|value| (*value).to_owned())
            .collect();
        differences(seen, &publisher, &permissions).map(|text| text.key)
    }

    #[test]
    fn another_application_of_the_same_publisher_is_not_the_one() {
        let told = |app: u128| {
            let publisher = ExpectedPublisher {
                name: "Contoso Labs".into(),
                verified: true,
                owner_tenant: None,
                app: Some(AppId::from_uuid(Uuid::from_u128(app))),
            };
            let seen = seen(Some(("Contoso Labs", "123")), &[]);
            differences(&seen, &publisher, &BTreeSet::new()).map(|text| text.key)
        };
        assert_eq!(told(2), None);
        assert_eq!(told(4).as_deref(), Some("proof-found-app-other"));
    }

    #[test]
    fn publisher_and_permissions_are_compared() {
        let good = Some(("Contoso Labs", "123"));
        assert_eq!(
            found(
                &seen(good, &["User.Read.All", "openid"]),
                &["User.Read.All"]
            ),
            None
        );
        assert_eq!(
            found(&seen(good, &["User.Read.All", "Mail.Read"]), &[]),
            None
        );
        assert_eq!(
            found(&seen(None, &[]), &[]).as_deref(),
            Some("proof-found-publisher-unverified")
        );
        assert_eq!(
            found(&seen(Some(("Contoso Labs", "")), &[]), &[]).as_deref(),
            Some("proof-found-publisher-unverified")
        );
        assert_eq!(
            found(&seen(Some(("Contoso Labs Ltd", "1")), &[]), &[]).as_deref(),
            Some("proof-found-publisher-other")
        );
        assert_eq!(
            found(&seen(good, &[]), &["User.Read.All"]).as_deref(),
            Some("proof-found-permissions-missing")
        );
        assert_eq!(
            found(
                &seen(good, &["User.Read.All", "Mail.Read"]),
                &["User.Read.All"]
            )
            .as_deref(),
            Some("proof-found-permissions-more")
        );
    }
}
