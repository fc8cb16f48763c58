//! Admin consent: a link for a customer's administrator, and what its redirect says.
//!
//! The answer proves nothing: its tenant can be forged. Only reading back the service principal and its grants does
//! (facts: clean-session §5).

use std::sync::Arc;

use grantway_core::change::Scope;
use grantway_core::ports::Ids;
use grantway_core::{AppId, TenantId};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::error::AnswerError;
use super::pending::{IgnoredAnswer, matching};
use super::request::random_text;
use crate::clouds::Cloud;
use crate::http::Api;

/// A consent that was asked for.
pub struct AdminConsent {
    url: Url,
    redirect: Url,
    state: SecretString,
}

/// What came back.
#[derive(Debug, PartialEq, Eq)]
pub enum AdminConsentAnswer {
    /// Not ours: go on waiting.
    Ignored(IgnoredAnswer),
    /// The page says that consent was given in that tenant. Read it back before believing it.
    Given {
        /// The tenant that the page names.
        tenant: Option<TenantId>,
    },
    /// The service or the person said no.
    Denied(AnswerError),
}

impl AdminConsent {
    /// `{login}/{tenant}/v2.0/adminconsent` for the scopes. It may replace what was granted before, so `scopes` is the full set.
    pub fn new(
        cloud: &Arc<Cloud>,
        tenant: TenantId,
        client: AppId,
        scopes: &[String],
        ids: &dyn Ids,
    ) -> Self {
        let redirect = cloud.redirect();
        let state = random_text::<16>(ids);
        let mut url = address(cloud, tenant, client, scopes);
        url.query_pairs_mut().append_pair("state", &state);
        Self {
            url,
            redirect,
            state: SecretString::from(state),
        }
    }

    /// The address to open, or to send to the administrator.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Checks what came to the redirect. Errors come with `admin_consent=True` as well, so they are looked for first.
    pub fn check(&self, answer: &Url) -> AdminConsentAnswer {
        let parameters = match matching(&self.redirect, answer, self.state.expose_secret()) {
            Ok(parameters) => parameters,
            Err(why) => return AdminConsentAnswer::Ignored(why),
        };
        if let Some(error) = parameters.get("error") {
            let description = parameters.get("error_description").map(String::as_str);
            return AdminConsentAnswer::Denied(AnswerError::new(error, description));
        }
        match parameters.get("admin_consent") {
            Some(value) if value.eq_ignore_ascii_case("true") => AdminConsentAnswer::Given {
                tenant: parameters
                    .get("tenant")
                    .and_then(|text| TenantId::parse(text).ok()),
            },
            _ => AdminConsentAnswer::Ignored(IgnoredAnswer::NotOneAnswer),
        }
    }
}

/// The address to hand to an administrator elsewhere, for delegated Graph permissions by their names. Their browser's answer
/// comes to nobody: the effect is read instead.
pub fn admin_consent_link(cloud: &Cloud, tenant: TenantId, client: AppId, scopes: &[Scope]) -> Url {
    let wire: Vec<String> = scopes
        .iter()
        .map(|scope| Api::on_wire(scope, cloud))
        .collect();
    address(cloud, tenant, client, &wire)
}

fn address(cloud: &Cloud, tenant: TenantId, client: AppId, scopes: &[String]) -> Url {
    let mut url = cloud.login().join(&format!("/{tenant}/v2.0/adminconsent"));
    url.query_pairs_mut()
        .append_pair("client_id", &client.to_string())
        .append_pair("scope", &scopes.join(" "))
        .append_pair("redirect_uri", cloud.redirect().as_str());
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::transport::testing::CountedIds;

    const TENANT: &str = "11111111-1111-4111-8111-111111111111";

    fn consent() -> AdminConsent {
        let cloud = Arc::new(crate::clouds::built_in("usgov").unwrap().clone());
        let scopes = ["https://graph.microsoft.us/User.Read.All".to_owned()];
        let (tenant, client) = (
            TenantId::parse(TENANT).unwrap(),
            AppId::parse("22222222-2222-4222-8222-222222222222").unwrap(),
        );
        AdminConsent::new(&cloud, tenant, client, &scopes, &CountedIds::default())
    }

    fn answer(consent: &AdminConsent, rest: &str) -> Url {
        Url::parse(&format!(
            "http://localhost/cb/usgov?state={}&{rest}",
            consent.state.expose_secret()
        ))
        .unwrap()
    }

    #[test]
    fn the_link_names_tenant_and_scopes() {
        let url = consent().url().to_string();
        assert!(
            url.starts_with(&format!(
                "https://login.microsoftonline.us/{TENANT}/v2.0/adminconsent?client_id="
            )),
            "{url}"
        );
        assert!(
            url.contains("User.Read.All") && url.contains("cb%2Fusgov"),
            "{url}"
        );
    }

    #[test]
    fn an_error_is_seen_although_consent_is_claimed() {
        let consent = consent();
        let url = answer(
            &consent,
            "admin_consent=True&error=access_denied&error_description=AADSTS65004",
        );
        assert!(matches!(consent.check(&url), AdminConsentAnswer::Denied(_)));
        let url = answer(&consent, &format!("admin_consent=True&tenant={TENANT}"));
        assert_eq!(
            consent.check(&url),
            AdminConsentAnswer::Given {
                tenant: TenantId::parse(TENANT).ok()
            }
        );
        let url = answer(&consent, "code=x");
        assert_eq!(
            consent.check(&url),
            AdminConsentAnswer::Ignored(IgnoredAnswer::NotOneAnswer)
        );
    }
}
