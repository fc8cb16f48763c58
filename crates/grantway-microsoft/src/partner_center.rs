//! Partner Center's REST API, as far as a provider needs it: consents for its own app in customers' tenants.
// facts: own-app-and-tokens §2.3.

use std::collections::BTreeSet;

use grantway_core::desired::ApiGrant;
use grantway_core::{AppId, TenantId};
use serde::Deserialize;
use serde_json::json;

use crate::http::{Api, Call, HttpError, Service};

/// The one delegated permission that Partner Center has.
pub const SCOPE: &str = "user_impersonation";

/// Roles of a person that consenting for a customer takes, named when the service refuses.
pub const ROLES: &[&str] = &[
    "PartnerCenter/user_impersonation",
    "member of AdminAgents",
    "Cloud Application Administrator in the customer, through GDAP",
];

/// Partner Center, called in one person's name from the provider's tenant.
#[derive(Clone)]
pub struct PartnerCenter {
    pub(crate) service: Service,
}

/// A consent as Partner Center lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The API and the delegated permissions on it.
    pub grants: Vec<(AppId, BTreeSet<String>)>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    #[serde(default)]
    application_grants: Vec<Grant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Grant {
    enterprise_application_id: AppId,
    #[serde(default)]
    scope: String,
}

impl PartnerCenter {
    pub(crate) fn over(service: Service) -> Self {
        debug_assert_eq!(service.api, Api::PartnerCenter);
        Self { service }
    }

    fn path(customer: TenantId) -> String {
        format!("/v1/customers/{customer}/applicationconsents")
    }

    /// The consent of `app` in a customer's tenant; none where there is none.
    ///
    /// # Errors
    /// Whatever stood in the way: 403 for who may not use this API, 404 for a customer that Partner Center does not know.
    pub async fn consent(
        &self,
        customer: TenantId,
        app: AppId,
    ) -> Result<Option<Consent>, HttpError> {
        let path = format!("{}/{app}", Self::path(customer));
        let call = Call::get(path);
        match self.service.send(&call).await {
            Ok(answer) => {
                let listed: Listed = answer.json()?;
                let grants = listed.application_grants.into_iter().map(|grant| {
                    let scopes = grant.scope.split(',').map(str::trim);
                    let scopes = scopes.filter(|scope| !scope.is_empty());
                    (
                        grant.enterprise_application_id,
                        scopes.map(str::to_owned).collect(),
                    )
                });
                Ok(Some(Consent {
                    grants: grants.collect(),
                }))
            }
            // The same answer stands for "no consent" and for "no such customer"; the code of the second names the customer.
            Err(error) if error.is_not_found() && !names_customer(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Consents to delegated permissions for everybody, one API a request.
    ///
    /// # Errors
    /// What stood in the way; 409 where a part of it is there already.
    pub async fn give(
        &self,
        customer: TenantId,
        app: AppId,
        app_name: &str,
        grant: &ApiGrant,
    ) -> Result<(), HttpError> {
        let body = json!({
            "applicationId": app,
            "displayName": app_name,
            "applicationGrants": [{
                "enterpriseApplicationId": grant.api,
                "scope": grant.scopes.join(", "),
            }],
        });
        let call = Call::post(Self::path(customer), body).header("ValidateMfa", "true");
        self.service.send(&call).await.map(|_| ())
    }

    /// Takes all consents of `app` away; its service principal stays.
    ///
    /// # Errors
    /// What stood in the way; 404 where there is none.
    pub async fn withdraw(&self, customer: TenantId, app: AppId) -> Result<(), HttpError> {
        let call = Call::delete(format!("{}/{app}", Self::path(customer)));
        self.service.send(&call).await.map(|_| ())
    }
}

fn names_customer(error: &HttpError) -> bool {
    error
        .refusal()
        .is_some_and(|refusal| refusal.message.contains("customer '"))
}
