//! Access tokens from what a person's sign-in left: the refresh token in the vault, short-lived tokens in memory.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use grantway_core::ports::Secrets;
use grantway_core::{AppId, Fault, FaultKind, TenantId, Text, Upn};
use grantway_microsoft::clouds::{Authority, Cloud};
use grantway_microsoft::http::{AccessToken, Api, TokenWanted, Tokens, Transport};
use grantway_microsoft::sign_in::{Expected, Renewal, SignedIn};
use tokio::sync::Mutex;

/// A sign-in that can be renewed silently.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The tenant that was signed in to.
    pub tenant: TenantId,
    /// The account.
    pub account: Upn,
    /// The client that the refresh token was given to.
    pub client: AppId,
    /// The permissions that were granted.
    pub scopes: Vec<String>,
}

impl Holder {
    /// The name of its refresh token in the vault: per person and client, never per setup.
    pub fn secret(&self) -> String {
        format!("refresh/{}/{}", self.client, self.account)
    }
}

/// Tokens of one world. One renewal at a time for each tenant and API.
pub struct SignInTokens {
    cloud: Arc<Cloud>,
    transport: Arc<Transport>,
    secrets: Arc<dyn Secrets>,
    holders: RwLock<BTreeMap<TenantId, Holder>>,
    access: Mutex<HashMap<(TenantId, Api), AccessToken>>,
}

/// A token that is over within this time is not sent: the answer may come after its end.
const SPARE: jiff::SignedDuration = jiff::SignedDuration::from_secs(120);

impl SignInTokens {
    /// Tokens for one cloud.
    pub fn new(cloud: Arc<Cloud>, transport: Arc<Transport>, secrets: Arc<dyn Secrets>) -> Self {
        Self {
            cloud,
            transport,
            secrets,
            holders: RwLock::default(),
            access: Mutex::default(),
        }
    }

    /// Takes a sign-in over: its refresh token goes to the vault, its access token stays in memory.
    pub async fn take(&self, holder: Holder, signed_in: SignedIn) -> Result<(), Fault> {
        if let Some(refresh) = &signed_in.refresh {
            self.secrets.keep(&holder.secret(), refresh).await?;
        }
        let mut access = self.access.lock().await;
        access.retain(|(tenant, _), _| *tenant != holder.tenant);
        access.insert((holder.tenant, Api::Graph), signed_in.access);
        drop(access);
        self.remember(holder);
        Ok(())
    }

    /// Knows a sign-in of an earlier run again; its refresh token is looked for when it is needed.
    pub fn remember(&self, holder: Holder) {
        self.holders
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(holder.tenant, holder);
    }

    /// Forgets a sign-in, in the vault too.
    pub async fn forget(&self, tenant: TenantId) -> Result<(), Fault> {
        let holder = self
            .holders
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&tenant);
        self.access.lock().await.retain(|(of, _), _| *of != tenant);
        match holder {
            Some(holder) => self.secrets.forget(&holder.secret()).await,
            None => Ok(()),
        }
    }

    /// The sign-in that answers for a tenant.
    pub fn holder(&self, tenant: TenantId) -> Option<Holder> {
        self.holders
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&tenant)
            .cloned()
    }

    /// Asks silently for more permissions. Works when they were consented to before; otherwise a person has to sign in.
    pub async fn widen(&self, tenant: TenantId, scopes: &[String]) -> Result<Vec<String>, Fault> {
        let mut holder = self.holder(tenant).ok_or_else(no_sign_in)?;
        let mut wanted = holder.scopes.clone();
        wanted.extend(scopes.iter().cloned());
        wanted.sort();
        wanted.dedup();
        let signed_in = self.renew(&holder, &wanted, None).await?;
        holder.scopes = wanted.clone();
        self.take(holder, signed_in).await?;
        Ok(wanted)
    }

    async fn renew(
        &self,
        holder: &Holder,
        scopes: &[String],
        claims: Option<String>,
    ) -> Result<SignedIn, Fault> {
        let doing =
            || Text::new("doing-renewing-sign-in").with("account", holder.account.to_string());
        let refresh = self
            .secrets
            .find(&holder.secret())
            .await?
            .ok_or_else(no_sign_in)?;
        let renewal = Renewal {
            cloud: &self.cloud,
            client: holder.client,
            authority: Authority::Tenant(holder.tenant),
            scopes: scopes.iter().cloned().collect(),
            claims,
            expected: Expected {
                tenant: Some(holder.tenant),
                account: Some(holder.account.clone()),
            },
        };
        renewal
            .run(&self.transport, &refresh)
            .await
            .map_err(|error| error.into_fault(doing()))
    }
}

#[async_trait]
impl Tokens for SignInTokens {
    async fn token(&self, wanted: &TokenWanted) -> Result<AccessToken, Fault> {
        let holder = self.holder(wanted.tenant).ok_or_else(no_sign_in)?;
        // Held while renewing: twenty calls that find the token over ask for one new token, not for twenty.
        let mut access = self.access.lock().await;
        let now = self.transport.clock().now();
        let key = (wanted.tenant, wanted.api);
        if !wanted.refused
            && wanted.claims.is_none()
            && let Some(token) = access.get(&key)
            && token.expires.duration_since(now) > SPARE
        {
            return Ok(token.clone());
        }
        let signed_in = self
            .renew(&holder, &holder.scopes, wanted.claims.clone())
            .await?;
        if let Some(refresh) = &signed_in.refresh {
            self.secrets.keep(&holder.secret(), refresh).await?;
        }
        access.insert(key, signed_in.access.clone());
        Ok(signed_in.access)
    }
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
