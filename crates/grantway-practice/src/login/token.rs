//! The token endpoint: codes and refresh tokens become access tokens.

use std::sync::Arc;

use axum::extract::{Form, Path, State};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::authority::{Authority, Seat};
use super::conditional_access::Attempt;
use super::consent::{granted, may_use, resource_in};
use super::keys::{KeyError, SigningKey};
use super::refusal::Refusal;
use super::request::{Claims, Parameters, required, scopes, single};
use super::scope::{GRAPH_APP_ID, Scopes};
use super::{Login, pkce, resource};
use crate::clock::later;
use crate::ids::fingerprint;
use crate::page;
use crate::state::{Application, RefreshToken, Tenant, TokenRequest, User, World};

/// How long a refresh token lives, renewed at each use. Seconds.
// facts: own-app-and-tokens §5
const REFRESH_GOOD_FOR: i64 = 90 * 86_400;
/// How long an id token lives, seconds.
const ID_TOKEN_GOOD_FOR: i64 = 3_600;

/// `POST /{tenant}/oauth2/v2.0/token`
pub async fn token(
    State(login): State<Arc<Login>>,
    Path(tenant): Path<String>,
    Form(form): Form<Parameters>,
) -> Response {
    match redeem(&login, &tenant, &form) {
        Ok(body) => page::json(StatusCode::OK, &body),
        Err(refusal) => refused(&login, &refusal),
    }
}

/// What a code or refresh token stands for.
struct Grant {
    authority: Authority,
    home: Uuid,
    user: Uuid,
    client: Uuid,
    scope_words: Vec<String>,
    nonce: Option<String>,
    cp1: bool,
    mfa: bool,
    signed_in: Timestamp,
}

/// What the tokens are made of.
struct Issue {
    grant: Grant,
    seat: Seat,
    resource: Uuid,
    scopes: Vec<String>,
    scope_text: String,
    openid: bool,
    offline: bool,
    claims: Claims,
    upn: String,
    name: String,
}

fn redeem(login: &Login, tenant: &str, form: &Parameters) -> Result<Value, Refusal> {
    let app = login.cloud.read(|world| caller(world, form))?;
    let claims = Claims::parse(single(form, "claims")?)?;
    let grant = match required(form, "grant_type")? {
        "authorization_code" => from_code(login, tenant, form, &app)?,
        "refresh_token" => from_refresh_token(login, tenant, form, &app)?,
        other => return Err(Refusal::GrantType(other.chars().take(60).collect())),
    };
    if claims.second_proof && !grant.mfa {
        return Err(Refusal::SecondProofNeeded(None));
    }
    let issue = login
        .cloud
        .read(|world| prepare(login, world, form, grant, claims))?;
    Ok(hand_out(login, &issue))
}

/// The app that asks. Public clients send no secret; others must send theirs.
fn caller(world: &World, form: &Parameters) -> Result<Application, Refusal> {
    let text = required(form, "client_id")?;
    let unknown = || Refusal::UnknownApp(text.chars().take(100).collect(), "token".to_owned());
    let id = Uuid::parse_str(text).map_err(|_| unknown())?;
    let app = world.applications.get(&id).ok_or_else(unknown)?;
    let secret = single(form, "client_secret")?;
    if app.public_client {
        return match secret {
            Some(_) => Err(Refusal::PublicClient),
            None => Ok(app.clone()),
        };
    }
    match (&app.secret_hash, secret) {
        (Some(hash), Some(secret)) if *hash == fingerprint(secret) => Ok(app.clone()),
        (_, None) => Err(Refusal::SecretMissing),
        _ => Err(Refusal::SecretWrong),
    }
}

fn from_code(
    login: &Login,
    tenant: &str,
    form: &Parameters,
    app: &Application,
) -> Result<Grant, Refusal> {
    let code = required(form, "code")?;
    let redirect_uri = required(form, "redirect_uri")?;
    let verifier = single(form, "code_verifier")?;
    let now = login.now();
    login.cloud.write(|world| {
        let authority = Authority::resolve(world, tenant)?;
        let known = world
            .sign_ins
            .codes
            .get_mut(&fingerprint(code))
            .ok_or(Refusal::InvalidGrant)?;
        if known.client != app.client_id {
            return Err(Refusal::InvalidGrant);
        }
        if matches!(authority, Authority::Tenant(id) if id != known.tenant) {
            return Err(Refusal::InvalidGrant);
        }
        if known.used {
            return Err(Refusal::CodeUsed);
        }
        // A try with the wrong verifier or address uses the code up: whoever sent it is not who asked for it.
        known.used = true;
        if known.expires <= now {
            return Err(Refusal::Expired);
        }
        if known.redirect_uri != redirect_uri {
            return Err(Refusal::RedirectChanged);
        }
        match (&known.challenge, verifier) {
            (None, _) => {}
            (Some(challenge), Some(verifier)) if pkce::verifies(verifier, challenge) => {}
            (Some(_), None) => return Err(Refusal::Missing("code_verifier")),
            (Some(_), Some(_)) => return Err(Refusal::Verifier),
        }
        Ok(Grant {
            authority: Authority::Tenant(known.tenant),
            home: known.home_tenant,
            user: known.user,
            client: known.client,
            scope_words: known.scopes.clone(),
            nonce: known.nonce.clone(),
            cp1: known.cp1,
            mfa: known.mfa,
            signed_in: known.signed_in,
        })
    })
}

/// A refresh token serves any tenant in which its person may act. facts: own-app-and-tokens §2.1
fn from_refresh_token(
    login: &Login,
    tenant: &str,
    form: &Parameters,
    app: &Application,
) -> Result<Grant, Refusal> {
    let text = required(form, "refresh_token")?;
    let now = login.now();
    login.cloud.read(|world| {
        let authority = Authority::resolve(world, tenant)?;
        let known = world
            .sign_ins
            .refresh_token(text)
            .ok_or(Refusal::InvalidGrant)?;
        if known.client != app.client_id {
            return Err(Refusal::InvalidGrant);
        }
        if known.expires <= now {
            return Err(Refusal::RefreshExpired);
        }
        let home = world
            .tenant(&known.home_tenant)
            .ok_or(Refusal::InvalidGrant)?;
        let user = home
            .users
            .get(&known.user)
            .ok_or_else(|| Refusal::UnknownAccount(known.user.to_string()))?;
        if !user.accepts_sign_in_of(known.signed_in) {
            return Err(Refusal::Revoked);
        }
        Ok(Grant {
            authority,
            home: known.home_tenant,
            user: known.user,
            client: known.client,
            scope_words: Vec::new(),
            nonce: None,
            cp1: known.cp1,
            mfa: known.mfa,
            signed_in: known.signed_in,
        })
    })
}

/// Checks the person and the consent, and finds everything that the tokens say.
fn prepare(
    login: &Login,
    world: &World,
    form: &Parameters,
    grant: Grant,
    claims: Claims,
) -> Result<Issue, Refusal> {
    let graph = resource::graph(&login.cloud.hosts);
    let asked = asked_scopes(form, &grant, &graph)?;
    let (home, user) = person(world, &grant)?;
    let seat = grant
        .authority
        .seat(world, home, user, login.now())
        .map_err(|refusal| stranger(world, &grant, refusal))?;
    let tenant = world.tenant(&seat.tenant).ok_or(Refusal::InvalidGrant)?;
    let client_text = grant.client.to_string();
    let client = tenant
        .service_principal_by_app(&grant.client)
        .ok_or_else(|| Refusal::UnknownApp(client_text.clone(), tenant.display_name.clone()))?;
    if !client.enabled {
        return Err(Refusal::AppDisabled(client_text));
    }
    let (address, wanted) = asked
        .resources
        .first()
        .cloned()
        .unwrap_or_else(|| (GRAPH_APP_ID.to_owned(), Vec::new()));
    let resource = resource_in(tenant, &address, &login.cloud.hosts)?;
    if !may_use(tenant, client, &seat) {
        return Err(Refusal::NotAssigned(client_text));
    }
    let user_there = seat.object().unwrap_or(grant.user);
    let held = granted(tenant, &client.id, &resource.app_id, &user_there);
    let registered = wanted.iter().any(|scope| scope == ".default");
    let lacking = if registered {
        held.is_empty()
    } else {
        wanted
            .iter()
            .any(|scope| !held.iter().any(|known| known.eq_ignore_ascii_case(scope)))
    };
    if lacking {
        return Err(Refusal::NoConsent(client_text));
    }
    let attempt = Attempt {
        tenant,
        who: seat.who,
        roles: seat.roles.clone(),
        groups: seat.groups.clone(),
        resource: resource.app_id,
        public_client: world
            .applications
            .get(&grant.client)
            .is_none_or(|app| app.public_client),
        mfa: grant.mfa,
        signed_in: grant.signed_in,
        now: login.now(),
    };
    attempt.judge()?;
    Ok(Issue {
        seat,
        resource: resource.app_id,
        scope_text: scope_text(&address, &held, &asked, &graph),
        scopes: held,
        openid: asked.openid(),
        offline: asked.offline() || single(form, "refresh_token")?.is_some(),
        claims,
        upn: user.upn.clone(),
        name: user.display_name.clone(),
        grant,
    })
}

/// The scopes of this request; without any, those of the authorization request, of its first resource.
fn asked_scopes(form: &Parameters, grant: &Grant, graph: &str) -> Result<Scopes, Refusal> {
    let authorized = grant.scope_words.join(" ");
    let mut asked = match single(form, "scope")? {
        Some(text) => {
            let asked = scopes(text, graph)?;
            if asked.resources.len() > 1 {
                return Err(Refusal::TwoResources);
            }
            asked
        }
        None if authorized.is_empty() => scopes("openid profile offline_access", graph)?,
        None => scopes(&authorized, graph)?,
    };
    if !authorized.is_empty() {
        // What the person was asked for decides whether there is a refresh token and an id token.
        asked.openid = scopes(&authorized, graph)?.openid;
    }
    Ok(asked)
}

/// Without any relationship the account is not known in the tenant at all.
// facts: own-app-and-tokens §2.2 names 50020 and 50034 for accounts without access; which comes when is not documented.
fn stranger(world: &World, grant: &Grant, refusal: Refusal) -> Refusal {
    let (Refusal::WrongTenant { account, .. }, Authority::Tenant(asked)) =
        (&refusal, grant.authority)
    else {
        return refusal;
    };
    match world.relationships_between(grant.home, asked).next() {
        Some(_) => refusal,
        None => Refusal::UnknownAccount(account.clone()),
    }
}

fn person<'a>(world: &'a World, grant: &Grant) -> Result<(&'a Tenant, &'a User), Refusal> {
    let found = world.tenant(&grant.home).and_then(|home| {
        let user = home.users.get(&grant.user)?;
        Some((home, user))
    });
    let (home, user) = found.ok_or_else(|| Refusal::UnknownAccount(grant.user.to_string()))?;
    if user.enabled {
        Ok((home, user))
    } else {
        Err(Refusal::Disabled)
    }
}

// Every scope that was ever consented for the resource, not only those asked. facts: own-app-and-tokens §3
fn scope_text(address: &str, held: &[String], asked: &Scopes, graph: &str) -> String {
    let prefix = if address == graph || address == GRAPH_APP_ID {
        String::new()
    } else {
        format!("{address}/")
    };
    let openid = asked
        .openid
        .iter()
        .filter(|word| *word != "offline_access")
        .cloned();
    held.iter()
        .map(|scope| format!("{prefix}{scope}"))
        .chain(openid)
        .collect::<Vec<_>>()
        .join(" ")
}

fn hand_out(login: &Login, issue: &Issue) -> Value {
    let (now, grant) = (login.now(), &issue.grant);
    let cp1 = grant.cp1 || issue.claims.cp1;
    let refresh = login.cloud.ids.secret();
    let (access, lifetime) = login.cloud.write(|world| {
        if issue.offline {
            world
                .sign_ins
                .refresh_tokens
                .retain(|_, known| known.expires > now);
            // The one that was used stays valid. facts: own-app-and-tokens §5
            world.sign_ins.keep_refresh_token(
                &refresh,
                RefreshToken {
                    home_tenant: grant.home,
                    user: grant.user,
                    client: grant.client,
                    cp1,
                    mfa: grant.mfa,
                    signed_in: grant.signed_in,
                    expires: later(now, REFRESH_GOOD_FOR),
                },
            );
        }
        world.tokens.issue_access_token(
            &login.cloud.ids,
            now,
            TokenRequest {
                tenant: issue.seat.tenant,
                home_tenant: grant.home,
                user: grant.user,
                guest: issue.seat.guest(),
                upn: issue.upn.clone(),
                roles: issue.seat.roles.clone(),
                client: grant.client,
                resource: issue.resource,
                scopes: issue.scopes.clone(),
                cp1,
                mfa: grant.mfa,
                after_challenge: issue.claims.challenge,
            },
        )
    });
    let mut body = Map::new();
    body.insert("token_type".to_owned(), json!("Bearer"));
    body.insert("scope".to_owned(), json!(issue.scope_text));
    body.insert("expires_in".to_owned(), json!(lifetime));
    body.insert("ext_expires_in".to_owned(), json!(lifetime));
    body.insert("access_token".to_owned(), json!(access));
    if issue.offline {
        body.insert("refresh_token".to_owned(), json!(refresh));
    }
    if issue.openid {
        match id_token(login, issue, now) {
            Ok(token) => {
                body.insert("id_token".to_owned(), json!(token));
            }
            Err(problem) => tracing::error!(%problem, "no id token"),
        }
    }
    Value::Object(body)
}

fn id_token(login: &Login, issue: &Issue, now: Timestamp) -> Result<String, KeyError> {
    let (grant, tenant) = (&issue.grant, issue.seat.tenant);
    let pairwise = Sha256::digest(format!("{}/{}/{}", grant.client, tenant, grant.user));
    let mut claims = json!({
        "iss": format!("{}/{tenant}/v2.0", login.base()),
        "aud": grant.client,
        "iat": now.as_second(),
        "nbf": now.as_second(),
        "exp": later(now, ID_TOKEN_GOOD_FOR).as_second(),
        "auth_time": grant.signed_in.as_second(),
        "tid": tenant,
        "oid": issue.seat.object().unwrap_or(grant.user),
        "sub": URL_SAFE_NO_PAD.encode(pairwise),
        "preferred_username": issue.upn,
        "name": issue.name,
        "ver": "2.0",
    });
    if let Some(nonce) = &grant.nonce {
        claims["nonce"] = json!(nonce);
    }
    SigningKey::of_this_process()?.sign(&claims)
}

fn refused(login: &Login, refusal: &Refusal) -> Response {
    let (request, time) = login.trace();
    let status = match refusal {
        Refusal::PublicClient | Refusal::SecretMissing | Refusal::SecretWrong => {
            StatusCode::UNAUTHORIZED
        }
        _ => StatusCode::BAD_REQUEST,
    };
    let mut body = json!({
        "error": refusal.token_error(),
        "error_description": refusal.description(&request, &time),
        "error_codes": [refusal.code()],
        "timestamp": time,
        "trace_id": request,
        "correlation_id": request,
    });
    if let Some(sub) = refusal.suberror() {
        body["suberror"] = json!(sub);
    }
    if let Some(claims) = refusal.claims() {
        body["claims"] = json!(claims);
    }
    page::json(status, &body)
}
