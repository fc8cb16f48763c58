//! The provider's own app let into a customer's tenant, through Partner Center.
// facts: own-app-and-tokens §2.3. Adding permissions later means taking all away and giving all again; taking away leaves the
// service principal, which the app then removes itself, with a consent for just that.

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, ApiGrant, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Actor, AppId, Fault, FaultKind, TenantId, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::{Uuid, uuid};

use super::{Doing, Patience, json, nothing, typed, value};
use crate::graph::Graphs;
use crate::http::{Api, HttpError};
use crate::partner_center::{PartnerCenter, ROLES, SCOPE};
use crate::sign_in::aadsts::{Situation, number_in};

const KIND: &str = desired::CustomerConsent::KIND;

/// Microsoft Graph, the API that all of these permissions belong to today.
const GRAPH: Uuid = uuid!("00000003-0000-0000-c000-000000000000");

/// What the app has to be allowed so that it can remove itself.
const TO_REMOVE_ITSELF: &str = "Application.ReadWrite.All";

/// What a plan compares: the permissions that a fresh token of the tenant carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    scopes: BTreeSet<String>,
}

/// How the tenant takes the app.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Taken {
    /// It has no service principal there.
    Unknown,
    /// It is known there; these permissions are granted, maybe none.
    Known(BTreeSet<String>),
}

/// Consents in customers' tenants.
pub struct CustomerConsents {
    graphs: Graphs,
}

impl CustomerConsents {
    /// Over Partner Center and the customers' own sign-in.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    fn actor(cx: &Context<'_>, doing: Doing) -> Result<Actor, Fault> {
        cx.actor.clone().ok_or_else(|| {
            let kind = FaultKind::SignInNeeded {
                because: Text::new("sign-in-because-nobody"),
                claims: None,
            };
            Fault::new(kind, doing.text(KIND), "nobody is signed in")
        })
    }

    fn partner_center(&self, actor: &Actor, doing: Doing) -> Result<PartnerCenter, Fault> {
        self.graphs.partner_center(actor).ok_or_else(|| {
            let detail = "this cloud has no Partner Center";
            Fault::new(FaultKind::Invalid, doing.text(KIND), detail)
        })
    }

    /// Asks the customer's tenant for a fresh token.
    async fn taken(
        &self,
        actor: &Actor,
        desired: &desired::CustomerConsent,
        doing: Doing,
    ) -> Result<Taken, Fault> {
        let graph = self.graphs.of(Some(actor), desired.customer);
        match graph.let_in().await {
            Ok(token) => Ok(Taken::Known(token.scopes)),
            Err(fault) => match fault.code.as_deref().and_then(number_in) {
                // Without a service principal, and with one that nothing is granted to.
                Some(700_016) => Ok(Taken::Unknown),
                Some(number) if Situation::of(number) == Situation::NotConsented => {
                    Ok(Taken::Known(BTreeSet::new()))
                }
                _ => Err(Fault {
                    doing: doing.text(KIND),
                    ..fault
                }),
            },
        }
    }

    /// Looks until the tenant takes the app in the way that is waited for, within a bound.
    async fn until(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        desired: &desired::CustomerConsent,
        doing: Doing,
        is_so: impl Fn(&Taken) -> bool,
    ) -> Result<bool, Fault> {
        let mut patience = Patience::long(cx.clock);
        loop {
            match self.taken(actor, desired, doing).await {
                Ok(taken) if is_so(&taken) => return Ok(true),
                Ok(_) => {}
                // A service principal that is being made answers so for half a minute.
                Err(fault) if is_being_made(&fault) => {}
                Err(fault) => return Err(fault),
            }
            if !patience.next_look().await {
                return Ok(false);
            }
        }
    }

    /// Has exactly these permissions granted. Where some are only added, what is there stays untouched; otherwise all is
    /// taken away and given anew, and what was there is given back when that fails half way.
    async fn grant(
        &self,
        actor: &Actor,
        desired: &desired::CustomerConsent,
        there: &BTreeSet<String>,
        scopes: &BTreeSet<String>,
        doing: Doing,
    ) -> Result<(), Fault> {
        if there == scopes {
            return Ok(());
        }
        let partner_center = self.partner_center(actor, doing)?;
        let refused = |error: HttpError| error.into_fault(doing.text(KIND), ROLES);
        if there.is_subset(scopes) {
            let added: BTreeSet<String> = scopes.difference(there).cloned().collect();
            match give(&partner_center, actor, desired, &added).await {
                // It does not add to what is there, or a part of it is there, which no token tells.
                Err(error) if is_there(&error) => {}
                other => return other.map_err(refused),
            }
        }
        withdraw(&partner_center, actor, desired, doing).await?;
        if scopes.is_empty() {
            return Ok(());
        }
        match give(&partner_center, actor, desired, scopes).await {
            Err(error) if !there.is_empty() && !error.is_outcome_unknown() => {
                // The failure that is told is the first one; what was there is back, as far as it can be.
                if let Err(again) = give(&partner_center, actor, desired, there).await {
                    tracing::warn!(%again, "an earlier consent could not be given back");
                }
                Err(refused(error))
            }
            other => other.map_err(refused),
        }
    }

    /// Lets the app remove its own service principal, which no other call does.
    async fn remove_principal(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        desired: &desired::CustomerConsent,
        there: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let doing = Doing::TakingBack;
        let only = BTreeSet::from([TO_REMOVE_ITSELF.to_owned()]);
        self.grant(actor, desired, there, &only, doing).await?;
        let granted = |taken: &Taken| matches!(taken, Taken::Known(scopes) if *scopes == only);
        if !self.until(cx, actor, desired, doing, granted).await? {
            return Err(not_yet(doing));
        }
        let deleted = self.delete_principal(cx, actor, desired).await;
        if deleted.is_err() {
            // So much must not stay granted for everybody; what was there is gone by now, and is told as left.
            let partner_center = self.partner_center(actor, doing)?;
            if let Err(again) = withdraw(&partner_center, actor, desired, doing).await {
                tracing::warn!(%again, "the consent for removing the app could not be withdrawn");
            }
        }
        deleted
    }

    async fn delete_principal(
        &self,
        cx: &Context<'_>,
        actor: &Actor,
        desired: &desired::CustomerConsent,
    ) -> Result<(), Fault> {
        let doing = Doing::TakingBack;
        let graph = self.graphs.of(Some(actor), desired.customer);
        let refused = |error: HttpError| {
            error.into_fault(
                doing.text(KIND),
                &[TO_REMOVE_ITSELF, "Application Administrator"],
            )
        };
        // It is there, since the tenant has just handed out a token for it; Graph may not show a new one yet.
        let mut patience = Patience::long(cx.clock);
        let principal = loop {
            match graph.service_principal_of(actor.client).await {
                Err(error) if error.is_not_found() && patience.next_look().await => {}
                Err(error) if error.is_not_found() => return Err(not_yet(doing)),
                other => break other.map_err(refused)?,
            }
        };
        let id = super::object_id(&principal.id, KIND)?;
        super::asked(graph.delete_service_principal(id).await)
            .map(drop)
            .map_err(refused)
    }
}

/// Takes the app's consents in the customer's tenant away: all of them, since there is no other way. Where it holds some for
/// other APIs nothing is taken: they are not this setup's, and nobody could give them back.
async fn withdraw(
    partner_center: &PartnerCenter,
    actor: &Actor,
    desired: &desired::CustomerConsent,
    doing: Doing,
) -> Result<(), Fault> {
    let refused = |error: HttpError| error.into_fault(doing.text(KIND), ROLES);
    let consent = partner_center.consent(desired.customer, actor.client).await;
    let Some(consent) = consent.map_err(refused)? else {
        return Ok(());
    };
    let graph = AppId::from_uuid(GRAPH);
    if consent.grants.iter().any(|(api, _)| *api != graph) {
        let detail = "the app holds consents for other APIs there, and Partner Center would take them away as well";
        return Err(Fault::new(FaultKind::Conflict, doing.text(KIND), detail));
    }
    let gone = partner_center.withdraw(desired.customer, actor.client);
    match gone.await {
        Err(error) if error.is_not_found() => Ok(()),
        other => other.map_err(refused),
    }
}

async fn give(
    partner_center: &PartnerCenter,
    actor: &Actor,
    desired: &desired::CustomerConsent,
    scopes: &BTreeSet<String>,
) -> Result<(), HttpError> {
    let grant = ApiGrant {
        api: AppId::from_uuid(GRAPH),
        api_name: "Microsoft Graph".into(),
        scopes: scopes.iter().cloned().collect(),
    };
    let name = &desired.app_name;
    partner_center
        .give(desired.customer, actor.client, name, &grant)
        .await
}

fn is_there(error: &HttpError) -> bool {
    error
        .refusal()
        .is_some_and(|refusal| refusal.status.as_u16() == 409 || refusal.is_already_there())
}

fn is_being_made(fault: &Fault) -> bool {
    let number = fault.code.as_deref().and_then(number_in);
    number.is_some_and(|number| Situation::of(number) == Situation::AppBeingMade)
}

fn not_yet(doing: Doing) -> Fault {
    Fault::new(
        FaultKind::NotYetVisible,
        doing.text(KIND),
        "the customer's tenant does not hand out tokens by this consent yet",
    )
}

/// The app in the customer's tenant: two customers are two objects.
fn key(actor: &Actor, desired: &desired::CustomerConsent) -> ObjectKey {
    ObjectKey::from([
        ("id".to_owned(), actor.client.to_string()),
        ("customer".to_owned(), desired.customer.to_string()),
    ])
}

/// The permissions that are wanted, of all APIs.
fn wanted(desired: &desired::CustomerConsent) -> BTreeSet<String> {
    let grants = desired.grants.iter().flat_map(|grant| &grant.scopes);
    grants.cloned().collect()
}

fn state_of(state: &Value) -> Result<State, Fault> {
    serde_json::from_value(state.clone()).map_err(|error| {
        Fault::new(
            FaultKind::Local,
            Doing::Reading.text(KIND),
            error.to_string(),
        )
    })
}

fn scopes_in(observed: &Observed) -> Result<BTreeSet<String>, Fault> {
    match observed {
        Observed::Absent => Ok(BTreeSet::new()),
        Observed::Present { state, .. } => Ok(state_of(state)?.scopes),
    }
}

fn listed(scopes: &BTreeSet<String>) -> Text {
    if scopes.is_empty() {
        return nothing();
    }
    let names: Vec<&str> = scopes.iter().map(String::as_str).collect();
    value(&names.join(", "))
}

#[async_trait]
impl Change for CustomerConsents {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        match act {
            // The customer's sign-in service tells it, without any permission.
            Act::Read => Vec::new(),
            Act::Write | Act::Undo => vec![Api::PartnerCenter.scope(SCOPE)],
        }
    }

    fn reads_in(&self, desired: &Value, of_step: TenantId) -> TenantId {
        typed::<desired::CustomerConsent>(desired).map_or(of_step, |desired| desired.customer)
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let desired: desired::CustomerConsent = typed(desired)?;
        let actor = Self::actor(cx, Doing::Reading)?;
        Ok(match self.taken(&actor, &desired, Doing::Reading).await? {
            Taken::Unknown => Observed::Absent,
            Taken::Known(scopes) => Observed::Present {
                key: key(&actor, &desired),
                state: json(&State { scopes }),
                ours: false,
            },
        })
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let Ok(desired) = typed::<desired::CustomerConsent>(desired) else {
            return Diff::Create;
        };
        match observed {
            Observed::Absent => Diff::Create,
            Observed::Present { .. } => match scopes_in(observed) {
                Ok(there) if wanted(&desired).is_subset(&there) => Diff::AlreadyRight,
                _ => Diff::Update,
            },
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let (Ok(desired), Ok(there)) = (
            typed::<desired::CustomerConsent>(desired),
            scopes_in(observed),
        ) else {
            return vec![];
        };
        let after: BTreeSet<String> = wanted(&desired).union(&there).cloned().collect();
        if after == there {
            return vec![];
        }
        vec![FieldChange {
            field: Text::new("field-permissions"),
            before: listed(&there),
            after: listed(&after),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let desired: desired::CustomerConsent = typed(desired)?;
        let doing = Doing::Writing;
        let actor = Self::actor(cx, doing)?;
        // What is there now counts, not what the plan saw: giving anew must not drop what came meanwhile.
        let there = match self.taken(&actor, &desired, doing).await? {
            Taken::Unknown => BTreeSet::new(),
            Taken::Known(scopes) => scopes,
        };
        let applied = |origin, scopes: BTreeSet<String>| Applied {
            origin,
            key: key(&actor, &desired),
            state: json(&State { scopes }),
            note: None,
        };
        let wanted = wanted(&desired);
        let was_known = matches!(observed, Observed::Present { .. });
        if wanted.is_subset(&there) && was_known && scopes_in(observed)? == there {
            return Ok(applied(Origin::Adopted, there));
        }
        let mut after: BTreeSet<String> = wanted.union(&there).cloned().collect();
        if cx.cut_off {
            // An earlier try may have been cut off between taking all away and giving it anew.
            after.extend(scopes_in(observed)?);
        }
        if after != there {
            self.grant(&actor, &desired, &there, &after, doing).await?;
        }
        let granted =
            |taken: &Taken| matches!(taken, Taken::Known(scopes) if after.is_subset(scopes));
        if !self.until(cx, &actor, &desired, doing, granted).await? {
            return Err(not_yet(doing));
        }
        let origin = if was_known {
            Origin::Updated
        } else {
            Origin::Created
        };
        Ok(applied(origin, after))
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let desired: desired::CustomerConsent = typed(desired)?;
        let actor = Self::actor(cx, Doing::Proving)?;
        let taken = self.taken(&actor, &desired, Doing::Proving).await?;
        let wanted = wanted(&desired);
        let there = match taken {
            Taken::Unknown => BTreeSet::new(),
            Taken::Known(scopes) => scopes,
        };
        let (standing, found) = if wanted.is_subset(&there) {
            (Standing::Proved, "proof-found-customer-consent")
        } else {
            (Standing::NotProved, "proof-found-customer-consent-not")
        };
        Ok(Proof {
            claim: Text::new("proof-claim-customer-consent")
                .with("customer", &desired.customer_name)
                .with("count", wanted.len()),
            read_from: Text::new("proof-from-customer-token")
                .with("customer", &desired.customer_name),
            standing,
            found: Text::new(found).with("count", there.len()),
            evidence: json(&State { scopes: there }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let desired: desired::CustomerConsent = typed(&record.desired)?;
        let doing = Doing::TakingBack;
        let actor = Self::actor(cx, doing)?;
        let there = match self.taken(&actor, &desired, doing).await? {
            Taken::Unknown => return Ok(Undone::WasGone),
            Taken::Known(scopes) => scopes,
        };
        let before = scopes_in(&record.before)?;
        // What somebody else has added since stays, and so does what was there before.
        let ours: BTreeSet<String> = wanted(&desired).difference(&before).cloned().collect();
        let mut kept: BTreeSet<String> = there.difference(&ours).cloned().collect();
        if cx.cut_off {
            // An earlier try may have been cut off between taking all away and giving back what was there.
            kept.extend(before.iter().cloned());
        }
        if !before.contains(TO_REMOVE_ITSELF) {
            // Left by a take back that was cut off.
            kept.remove(TO_REMOVE_ITSELF);
        }
        let was_known = matches!(record.before, Observed::Present { .. });
        if !was_known && kept.is_empty() {
            self.remove_principal(cx, &actor, &desired, &there).await?;
            let gone = |taken: &Taken| matches!(taken, Taken::Unknown);
            return if self.until(cx, &actor, &desired, doing, gone).await? {
                Ok(Undone::Reverted)
            } else {
                Err(not_yet(doing))
            };
        }
        if kept == there {
            return Ok(Undone::WasGone);
        }
        self.grant(&actor, &desired, &there, &kept, doing).await?;
        let back = |taken: &Taken| matches!(taken, Taken::Known(scopes) if *scopes == kept);
        if self.until(cx, &actor, &desired, doing, back).await? {
            Ok(Undone::Reverted)
        } else {
            Err(not_yet(doing))
        }
    }
}
