//! Access tokens from what a person's sign-in left: the refresh token in the vault, short-lived tokens in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use async_trait::async_trait;
use grantway_core::ports::Secrets;
use grantway_core::{Actor, Fault, FaultKind, TenantId, Text, Timestamp};
use grantway_microsoft::clouds::{Authority, Cloud};
use grantway_microsoft::http::{AccessToken, Api, TokenWanted, Tokens, Transport};
use grantway_microsoft::sign_in::{Expected, Renewal, SignedIn};
use secrecy::{ExposeSecret, SecretString};

/// Under this beginning the vault keeps refresh tokens.
pub const REFRESH_TOKENS: &str = "refresh/";

/// A refresh token that nobody has used for so long is deleted.
const IDLE: jiff::SignedDuration = jiff::SignedDuration::from_hours(7 * 24);

/// A token that is over within this time is not sent: the answer may come after its end.
const SPARE: jiff::SignedDuration = jiff::SignedDuration::from_secs(120);

/// What an access token is for: in whose name, in which tenant, for which API.
type Key = (Actor, TenantId, Api);

/// A place for one access token; held while it is renewed, so that twenty calls ask for one new token, not for twenty.
type Slot = Arc<tokio::sync::Mutex<Option<AccessToken>>>;

/// Tokens of one world.
pub struct SignInTokens {
    cloud: Arc<Cloud>,
    transport: Arc<Transport>,
    secrets: Arc<dyn Secrets>,
    /// Who can be renewed silently, and the permissions that were granted to them.
    granted: RwLock<BTreeMap<Actor, Vec<String>>>,
    access: Mutex<HashMap<Key, Slot>>,
}

/// The name of an actor's refresh token in the vault: per person and client, never per setup.
fn name_of(actor: &Actor) -> String {
    format!("{REFRESH_TOKENS}{}/{}", actor.client, actor.account)
}

impl SignInTokens {
    /// Tokens for one cloud.
    pub fn new(cloud: Arc<Cloud>, transport: Arc<Transport>, secrets: Arc<dyn Secrets>) -> Self {
        Self {
            cloud,
            transport,
            secrets,
            granted: RwLock::default(),
            access: Mutex::default(),
        }
    }

    /// Takes a sign-in over: its refresh token goes to the vault, its access token stays in memory.
    ///
    /// # Errors
    /// When the vault does not take the token; nothing is remembered then.
    pub async fn take(
        &self,
        actor: Actor,
        scopes: Vec<String>,
        signed_in: SignedIn,
    ) -> Result<(), Fault> {
        if let Some(refresh) = &signed_in.refresh {
            self.keep(&actor, refresh).await?;
        }
        self.drop_access(&actor);
        let key = (actor.clone(), actor.home, Api::Graph);
        *self.slot(key).lock().await = Some(signed_in.access);
        self.write_granted().insert(actor, scopes);
        Ok(())
    }

    /// Knows a sign-in of an earlier run again; its refresh token is looked for when it is needed. Consents add up, so
    /// what several setups have recorded counts together.
    pub fn remember(&self, actor: Actor, scopes: &[String]) {
        let mut granted = self.write_granted();
        let known = granted.entry(actor).or_default();
        known.extend(scopes.iter().cloned());
        known.sort();
        known.dedup();
    }

    /// Forgets a sign-in, in the vault too.
    ///
    /// # Errors
    /// When the vault cannot be changed.
    pub async fn forget(&self, actor: &Actor) -> Result<(), Fault> {
        self.write_granted().remove(actor);
        self.drop_access(actor);
        self.secrets.forget(&name_of(actor)).await
    }

    /// Deletes those of the named refresh tokens that nobody has used for seven days.
    ///
    /// # Errors
    /// When the vault cannot be read or changed.
    pub async fn forget_idle(&self, names: Vec<String>) -> Result<(), Fault> {
        for name in names {
            self.find(&name).await?;
        }
        Ok(())
    }

    /// The permissions that were granted to somebody; none where nobody of that name has signed in.
    pub fn scopes(&self, actor: &Actor) -> Option<Vec<String>> {
        self.granted
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(actor)
            .cloned()
    }

    /// Asks silently for more permissions. Works when they were consented to before; otherwise a person has to sign in.
    ///
    /// # Errors
    /// [`FaultKind::SignInNeeded`] when a person has to sign in; what else stood in the way.
    pub async fn widen(&self, actor: &Actor, scopes: &[String]) -> Result<(), Fault> {
        let mut wanted = self.scopes(actor).ok_or_else(no_sign_in)?;
        wanted.extend(scopes.iter().cloned());
        wanted.sort();
        wanted.dedup();
        // One token request is for one API.
        let signed_in = self
            .renew(actor, actor.home, &graph_only(&wanted), None)
            .await?;
        for scope in scopes.iter().filter(|scope| !is_graph(scope)) {
            let wire = Api::on_wire(scope, &self.cloud);
            self.renew(actor, actor.home, &[wire], None).await?;
        }
        self.take(actor.clone(), wanted, signed_in).await
    }

    /// Whether a sign-in that was not taken over yet brings a permission of another API than Graph: its answer names
    /// Graph's alone.
    pub async fn brings(&self, actor: &Actor, signed_in: &SignedIn, scope: &str) -> bool {
        let Some(refresh) = &signed_in.refresh else {
            return false;
        };
        let wire = [Api::on_wire(scope, &self.cloud)];
        let renewed = self.renew_by(refresh, actor, actor.home, &wire, None);
        renewed.await.is_ok()
    }

    async fn renew(
        &self,
        actor: &Actor,
        tenant: TenantId,
        scopes: &[String],
        claims: Option<String>,
    ) -> Result<SignedIn, Fault> {
        let refresh = self.find(&name_of(actor)).await?.ok_or_else(no_sign_in)?;
        self.renew_by(&refresh, actor, tenant, scopes, claims).await
    }

    async fn renew_by(
        &self,
        refresh: &SecretString,
        actor: &Actor,
        tenant: TenantId,
        scopes: &[String],
        claims: Option<String>,
    ) -> Result<SignedIn, Fault> {
        let doing =
            || Text::new("doing-renewing-sign-in").with("account", actor.account.to_string());
        let renewal = Renewal {
            cloud: &self.cloud,
            client: actor.client,
            authority: Authority::Tenant(tenant),
            scopes: scopes.iter().cloned().collect(),
            claims: claims.clone(),
            expected: Expected {
                tenant: Some(tenant),
                account: Some(actor.account.clone()),
            },
        };
        renewal
            .run(&self.transport, refresh)
            .await
            .map_err(|error| {
                let mut fault = error.into_fault(doing());
                // A challenge that no silent renewal answers is a person's to answer, by a sign-in that carries it.
                if let FaultKind::SignInNeeded { claims: theirs, .. } = &mut fault.kind {
                    *theirs = theirs.take().or(claims);
                }
                fault
            })
    }

    /// The scopes of a token request. At home it is what the person has consented to; in a customer's tenant consent is
    /// given for the whole app and the person is asked nothing, so whatever there is comes; other APIs have one scope each.
    // facts: own-app-and-tokens §2.1, §4.
    fn scopes_for(&self, actor: &Actor, tenant: TenantId, api: Api) -> Result<Vec<String>, Fault> {
        let granted = self.scopes(actor).ok_or_else(no_sign_in)?;
        let scope = match api {
            Api::Graph if tenant == actor.home => return Ok(graph_only(&granted)),
            Api::Graph => "/.default",
            Api::Arm | Api::PartnerCenter => "/user_impersonation",
        };
        let origin = api.origin(&self.cloud).ok_or_else(|| {
            Fault::new(
                FaultKind::Invalid,
                Text::new("doing-looking-for-sign-in"),
                "the cloud lacks this API",
            )
        })?;
        Ok(vec![origin.join(scope).to_string()])
    }

    /// The refresh token of that name; one that has lain idle too long, or cannot be read, is deleted instead.
    async fn find(&self, name: &str) -> Result<Option<SecretString>, Fault> {
        let Some(text) = self.secrets.find(name).await? else {
            return Ok(None);
        };
        let now = self.transport.clock().now();
        let fresh = text.expose_secret().split_once(' ').filter(|(used, _)| {
            used.parse::<Timestamp>()
                .is_ok_and(|used| now.duration_since(used) <= IDLE)
        });
        let token = fresh.map(|(_, token)| SecretString::from(token));
        if token.is_none() {
            self.secrets.forget(name).await?;
        }
        Ok(token)
    }

    /// Keeps a refresh token behind the moment of its last use, with a blank between them.
    async fn keep(&self, actor: &Actor, refresh: &SecretString) -> Result<(), Fault> {
        let now = self.transport.clock().now();
        let text = format!("{now} {}", refresh.expose_secret());
        self.secrets
            .keep(&name_of(actor), &SecretString::from(text))
            .await
    }

    fn slot(&self, key: Key) -> Slot {
        let mut access = self.access.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(access.entry(key).or_default())
    }

    fn drop_access(&self, actor: &Actor) {
        let mut access = self.access.lock().unwrap_or_else(PoisonError::into_inner);
        access.retain(|(of, _, _), _| of != actor);
    }

    fn write_granted(&self) -> std::sync::RwLockWriteGuard<'_, BTreeMap<Actor, Vec<String>>> {
        self.granted.write().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Tokens for SignInTokens {
    async fn token(&self, wanted: &TokenWanted) -> Result<AccessToken, Fault> {
        let actor = wanted.actor.as_ref().ok_or_else(no_sign_in)?;
        let scopes = self.scopes_for(actor, wanted.tenant, wanted.api)?;
        let slot = self.slot((actor.clone(), wanted.tenant, wanted.api));
        let mut access = slot.lock().await;
        let now = self.transport.clock().now();
        if !wanted.refused
            && wanted.claims.is_none()
            && let Some(token) = access.as_ref()
            && token.expires.duration_since(now) > SPARE
        {
            return Ok(token.clone());
        }
        let signed_in = self
            .renew(actor, wanted.tenant, &scopes, wanted.claims.clone())
            .await?;
        // What a customer's tenant hands out would serve there alone; the one from home serves everywhere.
        if wanted.tenant == actor.home
            && let Some(refresh) = &signed_in.refresh
        {
            self.keep(actor, refresh).await?;
        }
        *access = Some(signed_in.access.clone());
        Ok(signed_in.access)
    }
}

fn is_graph(scope: &str) -> bool {
    Api::of_scope(scope).0 == Api::Graph
}

fn graph_only(scopes: &[String]) -> Vec<String> {
    let graph = scopes.iter().filter(|scope| is_graph(scope));
    graph.cloned().collect()
}

/// Nobody is signed in for this tenant.
pub fn no_sign_in() -> Fault {
    Fault::new(
        FaultKind::SignInNeeded {
            because: Text::new("sign-in-because-nobody"),
            claims: None,
        },
        Text::new("doing-looking-for-sign-in"),
        "nobody is signed in for this tenant",
    )
}
