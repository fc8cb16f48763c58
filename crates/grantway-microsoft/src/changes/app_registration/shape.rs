//! A registration as a plan compares it: permissions by name, and by id what has to be put back.

use std::collections::{BTreeMap, BTreeSet};

use grantway_core::AppId;
use grantway_core::desired::{self, ApiScopes};
use serde::{Deserialize, Serialize};

use crate::graph::Graph;
use crate::graph::application::{AccessEntry, Application, RequiredAccess};
use crate::graph::permission::ApiOffer;
use crate::http::HttpError;

/// The kind of an entry that is a delegated permission.
const SCOPE: &str = "Scope";

/// What a plan compares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct State {
    pub(crate) display_name: String,
    pub(crate) audience: String,
    pub(crate) redirects: BTreeSet<String>,
    /// Delegated permissions by name.
    pub(crate) permissions: Vec<ApiScopes>,
    /// The same as it is kept, with all that Grantway does not name.
    pub(crate) access: Vec<RequiredAccess>,
}

impl State {
    /// Reads the names of what a registration may ask for.
    pub(crate) async fn read(graph: &Graph, application: &Application) -> Result<Self, HttpError> {
        let mut access = application.required_resource_access.clone();
        access.sort();
        let mut permissions = Vec::new();
        for required in &access {
            if let Ok(api) = AppId::parse(&required.resource_app_id) {
                let offer = offer_of(graph, api).await?;
                permissions.push(named(api, required, offer.as_ref()));
            }
        }
        permissions.retain(|of: &ApiScopes| !of.scopes.is_empty());
        permissions.sort();
        let redirects = application.public_client.clone().unwrap_or_default();
        Ok(Self {
            display_name: application.display_name.clone().unwrap_or_default(),
            audience: application.sign_in_audience.clone().unwrap_or_default(),
            redirects: redirects.redirect_uris,
            permissions,
            access,
        })
    }

    /// Whether all that is wanted is there.
    pub(crate) fn holds(&self, wanted: &desired::AppRegistration) -> bool {
        self.audience == wanted.audience
            && self.redirects.is_superset(&wanted.redirects)
            && lacking(&self.permissions, &wanted.permissions).is_empty()
    }

    /// What is there and what is wanted, together; the name stays what it is.
    pub(crate) fn with(
        &self,
        wanted: &desired::AppRegistration,
        access: &[RequiredAccess],
    ) -> Self {
        let mut joined = self.clone();
        joined.audience.clone_from(&wanted.audience);
        joined.redirects.extend(wanted.redirects.iter().cloned());
        joined.permissions = union_of_scopes(&self.permissions, &wanted.permissions);
        joined.access = union_of_access(&self.access, access);
        joined
    }

    /// What is there but for this.
    pub(crate) fn without(&self, added: &Added) -> Self {
        let mut left = self.clone();
        left.redirects
            .retain(|address| !added.redirects.contains(address));
        for required in &mut left.access {
            let gone = entries_of(&added.access, &required.resource_app_id);
            required.resource_access = required
                .resource_access
                .difference(&gone)
                .cloned()
                .collect();
        }
        left.access
            .retain(|required| !required.resource_access.is_empty());
        left
    }
}

/// What a setup has added to a registration that was there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Added {
    pub(crate) redirects: BTreeSet<String>,
    pub(crate) access: Vec<RequiredAccess>,
}

impl Added {
    /// What is in the later state and not in the earlier one.
    pub(crate) fn between(before: &State, after: &State) -> Self {
        let mut access = after.access.clone();
        for required in &mut access {
            let known = entries_of(&before.access, &required.resource_app_id);
            required.resource_access = required
                .resource_access
                .difference(&known)
                .cloned()
                .collect();
        }
        access.retain(|required| !required.resource_access.is_empty());
        Self {
            redirects: after
                .redirects
                .difference(&before.redirects)
                .cloned()
                .collect(),
            access,
        }
    }

    /// The same without what nobody here wanted: somebody else has added that meanwhile.
    pub(crate) fn but_of_others(
        mut self,
        access: &[RequiredAccess],
        wanted: &desired::AppRegistration,
    ) -> Self {
        self.redirects
            .retain(|address| wanted.redirects.contains(address));
        for required in &mut self.access {
            let ours = entries_of(access, &required.resource_app_id);
            required.resource_access = required
                .resource_access
                .intersection(&ours)
                .cloned()
                .collect();
        }
        self.access
            .retain(|required| !required.resource_access.is_empty());
        self
    }
}

/// The entries of an API.
fn entries_of(access: &[RequiredAccess], api: &str) -> BTreeSet<AccessEntry> {
    let of_api = |required: &&RequiredAccess| required.resource_app_id.eq_ignore_ascii_case(api);
    let entries = access.iter().filter(of_api);
    entries
        .flat_map(|required| required.resource_access.iter().cloned())
        .collect()
}

/// What of the wanted permissions is not there, as `API: permission`.
pub(crate) fn lacking(there: &[ApiScopes], wanted: &[ApiScopes]) -> Vec<String> {
    let has = |api: AppId, scope: &String| {
        let mut known = there.iter();
        known.any(|of| of.api == api && of.scopes.contains(scope))
    };
    wanted
        .iter()
        .flat_map(|of| {
            let missing = of.scopes.iter().filter(|scope| !has(of.api, scope));
            missing.map(|scope| format!("{}: {scope}", of.name))
        })
        .collect()
}

fn union_of_scopes(there: &[ApiScopes], wanted: &[ApiScopes]) -> Vec<ApiScopes> {
    let mut by_api: BTreeMap<AppId, ApiScopes> = BTreeMap::new();
    for of in there.iter().chain(wanted) {
        let known = by_api.entry(of.api).or_insert_with(|| ApiScopes {
            scopes: BTreeSet::new(),
            ..of.clone()
        });
        known.scopes.extend(of.scopes.iter().cloned());
    }
    let mut all: Vec<ApiScopes> = by_api.into_values().collect();
    all.sort();
    all
}

fn union_of_access(there: &[RequiredAccess], wanted: &[RequiredAccess]) -> Vec<RequiredAccess> {
    let mut by_api: BTreeMap<String, BTreeSet<AccessEntry>> = BTreeMap::new();
    for required in there.iter().chain(wanted) {
        let api = required.resource_app_id.to_ascii_lowercase();
        let entries = by_api.entry(api).or_default();
        entries.extend(required.resource_access.iter().cloned());
    }
    by_api
        .into_iter()
        .map(|(resource_app_id, resource_access)| RequiredAccess {
            resource_app_id,
            resource_access,
        })
        .collect()
}

/// The wanted permissions by id, as the APIs of this tenant name them. The names that an API does not offer are the error.
pub(crate) async fn by_id(
    graph: &Graph,
    wanted: &[ApiScopes],
) -> Result<Result<Vec<RequiredAccess>, Vec<String>>, HttpError> {
    let (mut access, mut unknown) = (Vec::new(), Vec::new());
    for of in wanted {
        let Some(offer) = offer_of(graph, of.api).await? else {
            unknown.push(of.name.clone());
            continue;
        };
        let mut entries = BTreeSet::new();
        for scope in &of.scopes {
            let mut offered = offer.oauth2_permission_scopes.iter();
            match offered.find(|known| known.value.as_ref() == Some(scope)) {
                Some(known) => {
                    entries.insert(AccessEntry {
                        id: known.id.clone(),
                        kind: SCOPE.to_owned(),
                    });
                }
                None => unknown.push(format!("{}: {scope}", of.name)),
            }
        }
        access.push(RequiredAccess {
            resource_app_id: of.api.to_string(),
            resource_access: entries,
        });
    }
    Ok(if unknown.is_empty() {
        Ok(access)
    } else {
        Err(unknown)
    })
}

async fn offer_of(graph: &Graph, api: AppId) -> Result<Option<ApiOffer>, HttpError> {
    match graph.api_offer(api).await {
        Err(error) if error.is_not_found() => Ok(None),
        other => other.map(Some),
    }
}

/// An entry whose name the API does not tell stands by its id.
fn named(api: AppId, required: &RequiredAccess, offer: Option<&ApiOffer>) -> ApiScopes {
    let entries = required.resource_access.iter();
    let scopes = entries.filter(|entry| entry.kind == SCOPE).map(|entry| {
        let known = offer.and_then(|offer| {
            let mut offered = offer.oauth2_permission_scopes.iter();
            offered.find(|known| known.id.eq_ignore_ascii_case(&entry.id))
        });
        known
            .and_then(|known| known.value.clone())
            .unwrap_or_else(|| entry.id.clone())
    });
    ApiScopes {
        api,
        name: offer
            .and_then(|offer| offer.display_name.clone())
            .unwrap_or_else(|| api.to_string()),
        scopes: scopes.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn api(number: u128, scopes: &[&str]) -> ApiScopes {
        ApiScopes {
            api: AppId::from_uuid(Uuid::from_u128(number)),
            name: format!("API {number}"),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        }
    }

    fn required(number: u128, ids: &[&str]) -> RequiredAccess {
        RequiredAccess {
            resource_app_id: Uuid::from_u128(number).to_string(),
            resource_access: ids
                .iter()
                .map(|id| AccessEntry {
                    id: (*id).to_owned(),
                    kind: SCOPE.to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn what_is_lacking_is_named_with_its_api() {
        let there = [api(1, &["A.Read", "B.Read"])];
        assert_eq!(lacking(&there, &[api(1, &["A.Read"])]), [""; 0]);
        assert_eq!(
            lacking(
                &there,
                &[api(1, &["A.Read", "C.Read"]), api(2, &["A.Read"])]
            ),
            ["API 1: C.Read", "API 2: A.Read"]
        );
    }

    #[test]
    fn what_others_have_added_stays() {
        let there = State {
            display_name: "Ours".into(),
            audience: "AzureADMyOrg".into(),
            redirects: BTreeSet::from(["http://localhost/other".to_owned()]),
            permissions: vec![api(3, &["Other.Read"])],
            access: vec![required(3, &["x"])],
        };
        let wanted = desired::AppRegistration {
            unique_name: "grantway-x".into(),
            display_name: "Grantway".into(),
            audience: "AzureADMultipleOrgs".into(),
            redirects: BTreeSet::from(["http://localhost/cb/global".to_owned()]),
            permissions: vec![api(1, &["A.Read"])],
        };
        assert!(!there.holds(&wanted));
        let joined = there.with(&wanted, &[required(1, &["a"]), required(3, &["y"])]);
        assert!(joined.holds(&wanted));
        assert_eq!(joined.display_name, "Ours");
        assert_eq!(joined.redirects.len(), 2);
        assert_eq!(
            joined.permissions,
            [api(1, &["A.Read"]), api(3, &["Other.Read"])]
        );
        assert_eq!(
            joined.access,
            [required(1, &["a"]), required(3, &["x", "y"])]
        );
    }

    #[test]
    fn a_permission_without_a_name_stands_by_its_id() {
        let seen = named(api(1, &[]).api, &required(1, &["id-1"]), None);
        assert_eq!(seen.scopes, BTreeSet::from(["id-1".to_owned()]));
    }
}
