//! A Conditional Access policy of a setup's own, found again by its name and the time at which it was made.

mod shape;
pub(super) mod switch;
#[cfg(test)]
mod tests;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired, PolicyControl, PolicyUsers};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde_json::{Value, json};

use self::shape::{Fit, State};
use self::switch::{ON, put_back, state_word, switch};
use super::{
    Doing, P1, Patience, asked, json, key_of, licensed_fault, nothing, scopes, typed, value,
};
use crate::graph::conditional_access::{AccessPolicy, READ, READERS};
use crate::graph::{Graph, Graphs};
use crate::http::{HttpError, Refusal};

const KIND: &str = desired::AccessPolicy::KIND;
pub(super) const NEEDS: &[&str] = &[
    "Policy.ReadWrite.ConditionalAccess",
    "Conditional Access Administrator",
];

/// Access policies that setups make in a tenant.
pub struct AccessPolicies {
    graphs: Graphs,
}

fn fault(error: HttpError, doing: Doing) -> Fault {
    licensed_fault(error, doing.text(KIND), NEEDS, P1)
}

fn observed(cx: &Context<'_>, policy: &AccessPolicy) -> Observed {
    Observed::Present {
        key: key_of(&policy.id),
        state: json(&State::of(policy)),
        ours: cx.is_own(policy.created_date_time),
    }
}

fn in_observed(observed: &Observed) -> Option<(State, bool)> {
    match observed {
        Observed::Present { state, ours, .. } => {
            Some((serde_json::from_value(state.clone()).ok()?, *ours))
        }
        Observed::Absent => None,
    }
}

impl AccessPolicies {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// The policy of that name: ours, else one that says the same, else any.
    async fn find(
        &self,
        cx: &Context<'_>,
        wanted: &desired::AccessPolicy,
        doing: Doing,
    ) -> Result<Option<AccessPolicy>, Fault> {
        let all = self.graphs.at(cx).access_policies(doing.text(KIND)).await?;
        let rank = |policy: &&AccessPolicy| {
            let is_other = State::of(policy).fit(wanted) == Fit::Other;
            (!cx.is_own(policy.created_date_time), is_other)
        };
        let named = all
            .iter()
            .filter(|policy| policy.display_name.as_deref() == Some(wanted.name.as_str()));
        Ok(named.min_by_key(rank).cloned())
    }

    async fn create(
        &self,
        cx: &Context<'_>,
        wanted: &desired::AccessPolicy,
    ) -> Result<Applied, Fault> {
        let doing = Doing::Writing;
        let applied = |policy: &AccessPolicy, note: Option<&str>| Applied {
            origin: Origin::Created,
            key: key_of(&policy.id),
            state: json(&State::of(policy)),
            note: note.map(Text::new),
        };
        // Names are not unique, and a plan that was made before the account could not look.
        if let Some(policy) = self.find(cx, wanted, doing).await? {
            let state = State::of(&policy);
            let is_try_of_ours =
                cx.is_own(policy.created_date_time) && state.fit(wanted) != Fit::Other;
            if is_try_of_ours && (state.is_on() || !wanted.enabled) {
                return Ok(applied(&policy, Some("note-looked-up")));
            }
            let detail = "a policy of this name has come to be since the plan was made";
            return Err(Fault::new(FaultKind::Conflict, doing.text(KIND), detail));
        }
        let body = shape::body(wanted).ok_or_else(|| {
            let detail = "an id that an earlier step gives is not known yet";
            Fault::new(FaultKind::Local, doing.text(KIND), detail)
        })?;
        let graph = self.graphs.at(cx);
        let names_what_is_new = matches!(wanted.users, PolicyUsers::Account { .. })
            || matches!(wanted.control, PolicyControl::Strength { .. });
        let mut patience = Patience::short(cx.clock);
        loop {
            let error = match graph.create_access_policy(body.clone()).await {
                Ok(policy) => return Ok(applied(&policy, None)),
                Err(error) => error,
            };
            // A new account or strength is refused like everything that is wrong, until it is seen everywhere. Nothing was made.
            let may_come =
                names_what_is_new && error.refusal().is_some_and(Refusal::is_malformed_policy);
            let may_come = may_come || defaults_are_off(&graph, &error, doing).await?;
            if !(may_come && patience.next_look().await) {
                return Err(fault(error, doing));
            }
        }
    }

    /// The policy by its recorded id; none when it is gone.
    async fn by_key(
        &self,
        cx: &Context<'_>,
        key: &ObjectKey,
        doing: Doing,
    ) -> Result<Option<AccessPolicy>, Fault> {
        match key.get("id") {
            Some(id) => fresh(&self.graphs.at(cx), id, doing).await,
            None => Ok(None),
        }
    }

    async fn remove(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        let doing = Doing::TakingBack;
        let wanted: desired::AccessPolicy = typed(&record.desired)?;
        let Some(policy) = self.by_key(cx, &record.applied.key, doing).await? else {
            return Ok(Undone::WasGone);
        };
        if State::of(&policy).fit(&wanted) == Fit::Other {
            return Ok(Undone::Drifted {
                because: Text::new("drift-access-policy-edited"),
            });
        }
        let graph = self.graphs.at(cx);
        // It was there a moment ago: not there now is the same as taken.
        asked(graph.delete_access_policy(&policy.id).await).map_err(|error| fault(error, doing))?;
        let mut patience = Patience::long(cx.clock);
        while fresh(&graph, &policy.id, doing).await?.is_some() {
            if !patience.next_look().await {
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    doing.text(KIND),
                    "the policy is removed but can still be read",
                ));
            }
        }
        Ok(Undone::Reverted)
    }
}

/// A policy as it is now; none when it is gone.
pub(super) async fn fresh(
    graph: &Graph,
    id: &str,
    doing: Doing,
) -> Result<Option<AccessPolicy>, Fault> {
    match graph.access_policy(id).await {
        Err(error) if error.is_not_found() => Ok(None),
        other => other
            .map(Some)
            .map_err(|error| error.into_fault(doing.text(KIND), READERS)),
    }
}

/// Whether the service refused because of Security Defaults although they are off: they were switched a moment ago, and it does not see it
/// everywhere yet.
pub(super) async fn defaults_are_off(
    graph: &Graph,
    error: &HttpError,
    doing: Doing,
) -> Result<bool, Fault> {
    if !error
        .refusal()
        .is_some_and(Refusal::is_security_defaults_on)
    {
        return Ok(false);
    }
    let defaults = graph.security_defaults().await;
    defaults
        .map(|policy| !policy.is_enabled)
        .map_err(|error| error.into_fault(doing.text(KIND), READERS))
}

#[async_trait]
impl Change for AccessPolicies {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => READ,
            Act::Write | Act::Undo => super::WRITE_POLICY,
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::AccessPolicy = typed(desired)?;
        let found = match key.and_then(|key| key.get("id")) {
            Some(id) => {
                let doing = Doing::Reading.text(KIND);
                self.graphs.at(cx).access_policy_seen(id, doing).await?
            }
            None => self.find(cx, &wanted, Doing::Reading).await?,
        };
        Ok(found.map_or(Observed::Absent, |policy| observed(cx, &policy)))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let Ok(wanted) = typed::<desired::AccessPolicy>(desired) else {
            return Diff::Create;
        };
        if *observed == Observed::Absent {
            return Diff::Create;
        }
        let differs = || Diff::Conflict {
            because: Text::new("conflict-access-policy-differs").with("name", &wanted.name),
        };
        let Some((state, ours)) = in_observed(observed) else {
            return differs();
        };
        match state.fit(&wanted) {
            Fit::Other => differs(),
            Fit::LeavesOutMore if !ours => differs(),
            _ if wanted.enabled && !state.is_on() => Diff::Update,
            _ => Diff::AlreadyRight,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::AccessPolicy>(desired) else {
            return vec![];
        };
        let field = |name: &str, after: Text| FieldChange {
            field: Text::new(name),
            before: nothing(),
            after,
        };
        let switch = |before: Text| FieldChange {
            before,
            ..field(
                "field-policy-state",
                state_word(shape::word(wanted.enabled)),
            )
        };
        if let Some((state, _)) = in_observed(observed) {
            let changes = self.diff(desired, observed) == Diff::Update;
            return if changes {
                vec![switch(state_word(&state.state))]
            } else {
                vec![]
            };
        }
        let users = match &wanted.users {
            PolicyUsers::All if wanted.exclude_service_provider.is_some() => {
                Text::new("value-everybody-but-provider")
            }
            PolicyUsers::All => Text::new("value-everybody"),
            PolicyUsers::Account { name, .. } => value(name),
        };
        let control = match &wanted.control {
            PolicyControl::Mfa => Text::new("value-second-factor"),
            PolicyControl::Strength { name, .. } => Text::new("value-strength").with("name", name),
        };
        vec![
            field("field-display-name", value(&wanted.name)),
            field("field-policy-users", users),
            field("field-policy-apps", Text::new("value-all-apps")),
            field("field-policy-control", control),
            switch(nothing()),
        ]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::AccessPolicy = typed(desired)?;
        let Observed::Present { key, state, .. } = observed else {
            return self.create(cx, &wanted).await;
        };
        let applied = |origin, state| Applied {
            origin,
            key: key.clone(),
            state,
            note: None,
        };
        match self.diff(desired, observed) {
            Diff::AlreadyRight => Ok(applied(Origin::Adopted, state.clone())),
            Diff::Update => {
                let id = key.get("id").map_or("", String::as_str);
                switch(cx, &self.graphs.at(cx), id, ON, Doing::Writing).await?;
                let mut after = state.clone();
                after["state"] = ON.into();
                Ok(applied(Origin::Updated, after))
            }
            _ => Err(Fault::new(
                FaultKind::Conflict,
                Doing::Writing.text(KIND),
                "a policy of this name is there and says something else",
            )),
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::AccessPolicy = typed(desired)?;
        let is_right = |policy: &AccessPolicy| {
            let state = State::of(policy);
            state.fit(&wanted) != Fit::Other && (state.is_on() || !wanted.enabled)
        };
        let mut patience = Patience::short(cx.clock);
        let seen = loop {
            let seen = self.by_key(cx, key, Doing::Proving).await?;
            if seen.as_ref().is_some_and(is_right) || !patience.next_look().await {
                break seen;
            }
        };
        let right = seen.as_ref().is_some_and(is_right);
        let state = seen.as_ref().map(State::of);
        Ok(Proof {
            claim: Text::new("proof-claim-access-policy").with("name", wanted.name.as_str()),
            read_from: Text::new("proof-from-access-policy"),
            standing: Standing::read_as(right),
            found: match &state {
                None => Text::new("proof-found-nothing"),
                Some(state) if right => {
                    Text::new("proof-found-access-policy").with("state", state_word(&state.state))
                }
                Some(state) if state.fit(&wanted) != Fit::Other => {
                    Text::new("proof-found-policy-state").with("state", state_word(&state.state))
                }
                Some(_) => Text::new("proof-found-different"),
            },
            evidence: json!({ "id": key.get("id"), "policy": state }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        match (record.applied.origin, in_observed(&record.before)) {
            (Origin::Created, _) => self.remove(cx, record).await,
            (Origin::Updated, Some((before, _))) => {
                let id = record.applied.key.get("id").map_or("", String::as_str);
                put_back(cx, &self.graphs.at(cx), id, (ON, &before.state)).await
            }
            _ => Ok(Undone::Kept),
        }
    }
}
