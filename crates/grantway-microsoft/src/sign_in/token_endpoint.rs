//! The token endpoint: codes and refresh tokens in, access tokens out, by the `oauth2` crate over our own HTTP client.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use grantway_core::AppId;
use oauth2::basic::{
    BasicRevocationErrorResponse, BasicTokenIntrospectionResponse, BasicTokenType,
};
use oauth2::{
    AsyncHttpClient, AuthType, AuthorizationCode, Client, ClientId, ExtraTokenFields, HttpRequest,
    HttpResponse, PkceCodeVerifier, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::error::{SignInError, TokenRefusal};
use super::id_token::{Fit, IdTokenError, Identity};
use super::request::as_sent;
use crate::clouds::{Authority, Cloud};
use crate::http::error::HttpError;
use crate::http::gate::later;
use crate::http::redact::{self, SafeUrl};
use crate::http::transport::Outgoing;
use crate::http::{AccessToken, Repeat, Transport};

/// A sign-in that holds: tokens, and who it was. Every secret in it keeps itself out of logs.
#[derive(Debug)]
pub struct SignedIn {
    /// For the API of the scopes that were asked for.
    pub access: AccessToken,
    /// To renew it with. Belongs in the vault.
    pub refresh: Option<SecretString>,
    /// The scopes that the token carries, as the endpoint says: all that were ever consented for that API.
    pub scopes: BTreeSet<String>,
    /// Who signed in; none when a renewal brought no id token.
    pub identity: Option<Identity>,
}

/// What is handed in.
pub(crate) enum Grant<'a> {
    Code {
        code: &'a SecretString,
        verifier: PkceCodeVerifier,
        redirect: Url,
    },
    Refresh {
        token: &'a SecretString,
        scopes: BTreeSet<String>,
    },
}

pub(crate) struct TokenEndpoint<'a> {
    pub transport: &'a Transport,
    pub cloud: &'a Cloud,
    pub client: AppId,
    pub authority: &'a Authority,
}

#[derive(Serialize, Deserialize)]
struct IdTokenField {
    #[serde(default)]
    id_token: Option<String>,
}

impl ExtraTokenFields for IdTokenField {}

impl std::fmt::Debug for IdTokenField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdTokenField")
    }
}

type Answer = StandardTokenResponse<IdTokenField, BasicTokenType>;
type OAuthClient = Client<
    TokenRefusal,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
>;

impl TokenEndpoint<'_> {
    pub(crate) async fn ask(
        &self,
        grant: Grant<'_>,
        claims: &str,
        fit: &Fit<'_>,
    ) -> Result<SignedIn, SignInError> {
        let client = OAuthClient::new(ClientId::new(self.client.to_string()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(self.cloud.token_url(self.authority)));
        let is_code = matches!(grant, Grant::Code { .. });
        let answer = match grant {
            Grant::Code {
                code,
                verifier,
                redirect,
            } => {
                // A code is good for one try: what happened to a lost one cannot be known.
                let http = OAuthHttp {
                    endpoint: self,
                    repeat: Repeat::Never,
                };
                client
                    .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
                    .set_pkce_verifier(verifier)
                    .set_redirect_uri(std::borrow::Cow::Owned(as_sent(&redirect)))
                    .add_extra_param("claims", claims)
                    .request_async(&http)
                    .await
            }
            Grant::Refresh { token, scopes } => {
                // Redeeming twice is harmless: the old refresh token stays valid. facts: own-app-and-tokens §5.
                let http = OAuthHttp {
                    endpoint: self,
                    repeat: Repeat::Safe,
                };
                client
                    .exchange_refresh_token(&RefreshToken::new(token.expose_secret().to_owned()))
                    .add_scopes(scopes.into_iter().map(Scope::new))
                    .add_extra_param("claims", claims)
                    .request_async(&http)
                    .await
            }
        }
        .map_err(sorted)?;
        let identity = match &answer.extra_fields().id_token {
            Some(token) => Some(fit.check(token)?),
            None if is_code => return Err(IdTokenError::Missing.into()),
            None => None,
        };
        let lifetime = answer.expires_in().unwrap_or(Duration::ZERO);
        let scopes: BTreeSet<String> = answer
            .scopes()
            .into_iter()
            .flatten()
            .map(|scope| scope.to_string())
            .collect();
        Ok(SignedIn {
            access: AccessToken {
                secret: SecretString::from(answer.access_token().secret().clone()),
                expires: later(self.transport.clock().now(), lifetime),
                scopes: scopes.clone(),
            },
            refresh: answer
                .refresh_token()
                .map(|token| SecretString::from(token.secret().clone())),
            scopes,
            identity,
        })
    }
}

fn sorted(error: RequestTokenError<HttpError, TokenRefusal>) -> SignInError {
    match error {
        RequestTokenError::ServerResponse(refusal) => SignInError::Answer(refusal.into()),
        RequestTokenError::Request(error) => SignInError::Http(error),
        // The parser's message has the place and the kind, not the content.
        RequestTokenError::Parse(error, _) => {
            SignInError::Unreadable(format!("at {}", error.path()))
        }
        RequestTokenError::Other(what) => SignInError::Unreadable(redact::words(&what)),
    }
}

struct OAuthHttp<'a> {
    endpoint: &'a TokenEndpoint<'a>,
    repeat: Repeat,
}

impl<'c> AsyncHttpClient<'c> for OAuthHttp<'_> {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.exchange(request))
    }
}

impl OAuthHttp<'_> {
    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let url = Url::parse(&request.uri().to_string())
            .map_err(|error| HttpError::Malformed(error.to_string()))?;
        if !self.endpoint.cloud.login().contains(&url) {
            return Err(HttpError::ForeignHost(SafeUrl::of(&url)));
        }
        let make = || Outgoing {
            method: request.method().clone(),
            url: url.clone(),
            headers: request.headers().clone(),
            body: Some(request.body().clone()),
        };
        let answer = self
            .endpoint
            .transport
            .exchange_unsigned(make, self.repeat)
            .await?;
        let mut response = HttpResponse::new(answer.body);
        *response.status_mut() = answer.status;
        *response.headers_mut() = answer.headers;
        Ok(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::scripted::{Bench, Reply, Server, json};
    use crate::sign_in::request::Expected;
    use crate::sign_in::{AuthorizationRequest, Checked, PendingSignIn, Renewal, Situation};
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use grantway_core::{FaultKind, TenantId, Text};
    use serde_json::{Value, json as value};
    use std::sync::Arc;

    const TENANT: &str = "11111111-1111-4111-8111-111111111111";
    const CLIENT: &str = "22222222-2222-4222-8222-222222222222";

    fn tenant() -> TenantId {
        TenantId::parse(TENANT).unwrap()
    }

    fn begin(bench: &Bench) -> (PendingSignIn, String) {
        let client = AppId::parse(CLIENT).unwrap();
        let request = AuthorizationRequest::new(
            Arc::clone(&bench.graphs.cloud),
            client,
            Authority::Tenant(tenant()),
        );
        let mut pending = request
            .scopes(["User.Read".to_owned()])
            .begin(bench.graphs.transport.ids().as_ref());
        let value = |name: &str| {
            pending
                .url()
                .query_pairs()
                .find(|(key, _)| key == name)
                .unwrap()
                .1
                .into_owned()
        };
        let (state, nonce) = (value("state"), value("nonce"));
        let answer = Url::parse(&format!(
            "http://localhost/cb/practice?code=c0de&state={state}"
        ))
        .unwrap();
        assert!(matches!(pending.check(&answer), Checked::Code));
        (pending, nonce)
    }

    fn tokens(server: &Server, nonce: &str, tid: &str) -> Reply {
        let claims = value!({
            "iss": format!("http://127.0.0.1:{}/{tid}/v2.0", server.port), "aud": CLIENT, "exp": 4_000_000_000_i64, "nonce": nonce, "tid": tid,
            "preferred_username": "dana@larkspur-it.example"
        });
        let id_token = format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(claims.to_string()));
        json(
            200,
            value!({
                "token_type": "Bearer", "expires_in": 3600, "access_token": "acc3ss", "refresh_token": "r3fresh", "scope": "User.Read openid",
                "id_token": id_token
            }),
        )
    }

    fn form(server: &Server, index: usize) -> std::collections::HashMap<String, String> {
        url::form_urlencoded::parse(server.asked()[index].body.as_bytes())
            .into_owned()
            .collect()
    }

    #[tokio::test]
    async fn a_code_becomes_tokens_and_an_identity() {
        let server = Server::start([]).await;
        let bench = Bench::of(&server);
        let (pending, nonce) = begin(&bench);
        server.then([tokens(&server, &nonce, TENANT)]);
        let signed_in = pending.redeem(&bench.graphs.transport).await.unwrap();
        assert_eq!(signed_in.access.secret.expose_secret(), "acc3ss");
        assert_eq!(signed_in.identity.as_ref().unwrap().tenant, tenant());
        assert!(signed_in.scopes.contains("User.Read"));
        let form = form(&server, 0);
        assert_eq!(
            (form["grant_type"].as_str(), form["code"].as_str()),
            ("authorization_code", "c0de")
        );
        assert_eq!(form["client_id"], CLIENT);
        assert_eq!(form["redirect_uri"], "http://localhost/cb/practice");
        assert!(form["code_verifier"].len() >= 43 && form["claims"].contains("cp1"));
        assert!(
            !form.contains_key("client_secret")
                && !server.asked()[0].headers.contains_key("authorization")
        );
        let printed = format!("{signed_in:?}");
        assert!(
            !printed.contains("acc3ss") && !printed.contains("r3fresh"),
            "{printed}"
        );
    }

    #[tokio::test]
    async fn another_tenant_stops_the_sign_in_and_both_are_named() {
        let server = Server::start([]).await;
        let bench = Bench::of(&server);
        let (pending, nonce) = begin(&bench);
        let other = "99999999-9999-4999-8999-999999999999";
        server.then([tokens(&server, &nonce, other)]);
        let error = pending.redeem(&bench.graphs.transport).await.unwrap_err();
        assert!(matches!(error, SignInError::WrongTenant { .. }), "{error}");
        assert!(error.to_string().contains(other) && error.to_string().contains(TENANT));
    }

    #[tokio::test]
    async fn a_code_is_sent_once_whatever_happens() {
        for lost in [
            Reply::Drop,
            json(503, "{\"error\":\"temporarily_unavailable\"}"),
        ] {
            let server = Server::start([lost]).await;
            let bench = Bench::of(&server);
            let (pending, nonce) = begin(&bench);
            server.then([tokens(&server, &nonce, TENANT)]);
            pending.redeem(&bench.graphs.transport).await.unwrap_err();
            assert_eq!(
                server.lines(),
                [format!("POST /{TENANT}/oauth2/v2.0/token")]
            );
        }
    }

    fn renewal(bench: &Bench) -> Renewal<'_> {
        Renewal {
            cloud: &bench.graphs.cloud,
            client: AppId::parse(CLIENT).unwrap(),
            authority: Authority::Tenant(tenant()),
            scopes: BTreeSet::from(["Group.ReadWrite.All".to_owned()]),
            claims: Some("{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}".to_owned()),
            expected: Expected::tenant(tenant()),
        }
    }

    #[tokio::test]
    async fn a_renewal_is_repeated_and_carries_the_claims() {
        let server = Server::start([Reply::Drop, json(502, "{}")]).await;
        let bench = Bench::of(&server);
        server.then([tokens(&server, "", TENANT)]);
        let refresh = SecretString::from("old");
        renewal(&bench)
            .run(&bench.graphs.transport, &refresh)
            .await
            .unwrap();
        let form = form(&server, 2);
        assert_eq!(
            (form["grant_type"].as_str(), form["refresh_token"].as_str()),
            ("refresh_token", "old")
        );
        assert_eq!(
            form["scope"],
            "Group.ReadWrite.All offline_access openid profile"
        );
        let claims: Value = serde_json::from_str(&form["claims"]).unwrap();
        assert_eq!(claims["access_token"]["acrs"]["value"], "c1");
        assert_eq!(claims["access_token"]["xms_cc"]["values"][0], "cp1");
    }

    #[tokio::test]
    async fn what_needs_a_person_says_so_and_why() {
        let refused = value!({
            "error": "invalid_grant", "error_description": "AADSTS65001: The user or administrator has not consented", "error_codes": [65001],
            "suberror": "consent_required", "trace_id": "tr-1"
        });
        let server = Server::start([json(400, refused)]).await;
        let bench = Bench::of(&server);
        let error = renewal(&bench)
            .run(&bench.graphs.transport, &SecretString::from("old"))
            .await
            .unwrap_err();
        let SignInError::Answer(answer) = &error else {
            panic!("{error}")
        };
        assert_eq!(
            (answer.number, answer.situation),
            (Some(65001), Situation::NotConsented)
        );
        let fault = error.into_fault(Text::verbatim("x"));
        assert_eq!(
            (fault.code.as_deref(), fault.request_id.as_deref()),
            (Some("AADSTS65001"), Some("tr-1"))
        );
        assert!(matches!(fault.kind, FaultKind::SignInNeeded { .. }));
    }

    #[tokio::test]
    async fn a_page_instead_of_tokens_is_a_page() {
        let page = Reply::Whole {
            status: 200,
            headers: vec![("Content-Type", "text/html".into())],
            body: "<html>".into(),
        };
        let server = Server::start([page]).await;
        let bench = Bench::of(&server);
        let error = renewal(&bench)
            .run(&bench.graphs.transport, &SecretString::from("old"))
            .await
            .unwrap_err();
        assert!(
            matches!(error, SignInError::Http(HttpError::WebPage { .. })),
            "{error}"
        );
    }
}
