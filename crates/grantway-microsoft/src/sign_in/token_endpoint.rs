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
    HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, StandardTokenResponse, TokenResponse, TokenUrl,
};
use reqwest::StatusCode;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::Url;

use super::error::{SignInError, TokenRefusal};
use super::id_token::{Fit, IdTokenError, Identity};
use crate::clouds::{Authority, Cloud};
use crate::http::error::HttpError;
use crate::http::gate::later;
use crate::http::redact::{self, SafeUrl};
use crate::http::transport::Outgoing;
use crate::http::{AccessToken, Repeat, Transport, retry_after};

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
                    .set_redirect_uri(std::borrow::Cow::Owned(RedirectUrl::from_url(redirect)))
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
        Ok(SignedIn {
            access: AccessToken {
                secret: SecretString::from(answer.access_token().secret().clone()),
                expires: later(self.transport.clock().now(), lifetime),
            },
            refresh: answer
                .refresh_token()
                .map(|token| SecretString::from(token.secret().clone())),
            scopes: answer
                .scopes()
                .into_iter()
                .flatten()
                .map(|scope| scope.to_string())
                .collect(),
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
        let transport = self.endpoint.transport;
        let url = Url::parse(&request.uri().to_string())
            .map_err(|error| HttpError::Malformed(error.to_string()))?;
        if !self.endpoint.cloud.login().contains(&url) {
            return Err(HttpError::ForeignHost(SafeUrl::of(&url)));
        }
        let rule = transport.limits.retry;
        let mut tried = 0;
        loop {
            tried += 1;
            let outgoing = Outgoing {
                method: request.method().clone(),
                url: url.clone(),
                headers: request.headers().clone(),
                body: Some(request.body().clone()),
            };
            let result = transport.exchange(outgoing).await;
            let wait = match &result {
                Err(HttpError::Offline { .. }) => None,
                Err(HttpError::AnswerLost { .. }) if self.repeat == Repeat::Safe => None,
                Ok(answer) if answer.status() == StatusCode::TOO_MANY_REQUESTS => Some(
                    retry_after::wait(answer.header("retry-after"), answer.header("date")),
                ),
                Ok(answer) if answer.status().is_server_error() && self.repeat == Repeat::Safe => {
                    Some(retry_after::wait(
                        answer.header("retry-after"),
                        answer.header("date"),
                    ))
                }
                _ => return result.and_then(|answer| response(answer, &url)),
            };
            let asked = wait.flatten();
            let length = asked.unwrap_or_else(|| rule.backoff(tried, transport.random()));
            let until = later(transport.clock().now(), length);
            if length > rule.patience {
                return Err(HttpError::Throttled {
                    until,
                    request_id: None,
                });
            }
            if tried >= rule.failed_tries {
                return result.and_then(|answer| response(answer, &url));
            }
            transport.clock().sleep_until(until).await;
        }
    }
}

fn response(answer: crate::http::Answer, url: &Url) -> Result<HttpResponse, HttpError> {
    let redirected = answer.status().is_redirection();
    if redirected || (answer.has_body() && !answer.is_json() && !answer.status().is_server_error())
    {
        return Err(HttpError::WebPage {
            to: SafeUrl::of(url),
        });
    }
    if answer.status().is_server_error() && !answer.is_json() {
        return Err(HttpError::Refused(crate::http::Refusal::of(&answer, false)));
    }
    let mut response = HttpResponse::new(answer.body);
    *response.status_mut() = answer.status;
    *response.headers_mut() = answer.headers;
    Ok(response)
}
