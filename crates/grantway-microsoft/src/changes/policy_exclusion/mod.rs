//! An exclusion merged into a Conditional Access policy that is there: read, add, write, and taken out again by itself.

mod merge;
#[cfg(test)]
mod tests;
mod turns;
mod words;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired, Excluded};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(super) use self::merge::{Who, add, excludes};
use self::turns::{Turn, Turns};
use super::access_policy::{NEEDS, fresh};
use super::{Doing, Patience, adopted, json, key_of, known, scopes, typed};
use crate::graph::Graphs;
use crate::graph::conditional_access::{AccessPolicy, READ};
use crate::http::{HttpError, Refusal};

const KIND: &str = desired::PolicyExclusion::KIND;

/// Exclusions in access policies of a tenant.
pub struct PolicyExclusions {
    graphs: Graphs,
    turns: Turns,
}

/// Whom a policy includes and excludes, whole: it is written whole.
#[derive(Serialize, Deserialize, PartialEq)]
struct State {
    users: Value,
}

impl State {
    fn of(policy: &AccessPolicy) -> Self {
        Self {
            users: merge::without_annotations(policy.users()),
        }
    }

    fn observed(policy: &AccessPolicy) -> Observed {
        Observed::Present {
            key: key_of(&policy.id),
            state: json(&Self::of(policy)),
            // A policy bears no sign of who excluded somebody from it.
            ours: false,
        }
    }

    fn in_observed(observed: &Observed) -> Option<Self> {
        match observed {
            Observed::Present { state, .. } => serde_json::from_value(state.clone()).ok(),
            Observed::Absent => None,
        }
    }
}

/// Who is excluded, once that is known.
fn who(desired: &desired::PolicyExclusion) -> Result<Who, Fault> {
    Ok(match &desired.exclude {
        Excluded::ServiceProvider { tenant, .. } => Who::Provider(*tenant),
        Excluded::Account { user, .. } => Who::Account(known(user, KIND)?),
    })
}

/// Whether the plan was made before the account or the policy was: the policy could not be read then, and is looked at when
/// it is written.
fn is_for_later(desired: &desired::PolicyExclusion) -> bool {
    desired.policy.now().is_none()
        || matches!(&desired.exclude, Excluded::Account { user, .. } if user.now().is_none())
}

fn unclear(desired: &desired::PolicyExclusion) -> Text {
    Text::new("conflict-policy-tenants-unclear").with("policy", &desired.policy_name)
}

fn gone(desired: &desired::PolicyExclusion) -> Text {
    Text::new("conflict-policy-gone").with("policy", &desired.policy_name)
}

fn conflict(doing: Doing, detail: &str) -> Fault {
    Fault::new(FaultKind::Conflict, doing.text(KIND), detail)
}

impl PolicyExclusions {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self {
            graphs,
            turns: Turns::default(),
        }
    }

    /// Whom the policy includes and excludes now; none when it is gone. What another step has just written over does not count.
    async fn users_now(
        &self,
        cx: &Context<'_>,
        turn: &Turn,
        id: &str,
        doing: Doing,
    ) -> Result<Option<Value>, Fault> {
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        loop {
            let policy = fresh(&graph, id, doing).await?;
            let users = policy.map(|policy| State::of(&policy).users);
            let stale = |users: &Value| turn.is_stale(users, cx.clock.now());
            if !(users.as_ref().is_some_and(stale) && patience.next_look().await) {
                return Ok(users);
            }
        }
    }

    async fn put(
        &self,
        cx: &Context<'_>,
        turn: &mut Turn,
        id: &str,
        (before, after): (Value, &Value),
    ) -> Result<(), HttpError> {
        let graph = self.graphs.at(cx);
        let written = graph
            .change_access_policy_users(id, &merge::to_send(after))
            .await;
        let took_effect = match &written {
            Ok(()) => true,
            Err(error) => error.is_outcome_unknown(),
        };
        if took_effect {
            turn.wrote_over(before, cx.clock.now());
        }
        written
    }

    async fn write(
        &self,
        cx: &Context<'_>,
        desired: &desired::PolicyExclusion,
    ) -> Result<Applied, Fault> {
        let who = who(desired)?;
        let id = known(&desired.policy, KIND)?;
        let id = id.as_str();
        let mut turn = self.turns.take(cx.tenant, id, cx.clock.now()).await;
        let mut patience = Patience::short(cx.clock);
        let applied = |origin, users: Value, note: Option<&str>| Applied {
            origin,
            key: key_of(id),
            state: json(&State { users }),
            note: note.map(Text::new),
        };
        loop {
            let before = self.users_now(cx, &turn, id, Doing::Writing).await?;
            let before = before
                .ok_or_else(|| conflict(Doing::Writing, "the policy is not there any more"))?;
            if merge::excludes(&before, who) {
                // It was not so when the plan was made. Nobody but us knows the account; whoever else left the provider out
                // means to, unless it was a try of ours.
                let is_ours = cx.cut_off || matches!(who, Who::Account(_));
                return Ok(if is_ours {
                    applied(Origin::Updated, before, Some("note-looked-up"))
                } else {
                    applied(Origin::Adopted, before, Some("note-was-there-since"))
                });
            }
            let users = merge::add(&before, who).map_err(|_| {
                let detail = "other people from outside are excluded, and the policy does not say of which organisations";
                conflict(Doing::Writing, detail)
            })?;
            let error = match self.put(cx, &mut turn, id, (before, &users)).await {
                Ok(()) => return Ok(applied(Origin::Updated, users, None)),
                Err(error) => error,
            };
            // A new account is refused like everything that is wrong, until it is seen everywhere.
            let may_come = matches!(who, Who::Account(_))
                && error.refusal().is_some_and(Refusal::is_malformed_policy);
            if !(may_come && patience.next_look().await) {
                return Err(fault(error, Doing::Writing));
            }
        }
    }

    /// Reads until what was added is out; what is still in it otherwise.
    async fn take_out(
        &self,
        cx: &Context<'_>,
        id: &str,
        before: Option<&Value>,
        who: Who,
    ) -> Result<Undone, Fault> {
        let doing = Doing::TakingBack;
        let mut turn = self.turns.take(cx.tenant, id, cx.clock.now()).await;
        let Some(users) = self.users_now(cx, &turn, id, doing).await? else {
            return Ok(Undone::WasGone);
        };
        let left = merge::take_out(&users, before, who);
        if left == users {
            let is_wider = merge::excludes(&users, who)
                && !before.is_some_and(|before| merge::excludes(before, who));
            return Ok(if is_wider {
                Undone::Drifted {
                    because: Text::new("drift-policy-exclusion-wider"),
                }
            } else {
                Undone::WasGone
            });
        }
        self.put(cx, &mut turn, id, (users, &left))
            .await
            .map_err(|error| fault(error, doing))?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        loop {
            let Some(policy) = fresh(&graph, id, doing).await? else {
                return Ok(Undone::Reverted);
            };
            let users = State::of(&policy).users;
            if merge::take_out(&users, before, who) == users {
                return Ok(Undone::Reverted);
            }
            if !patience.next_look().await {
                let detail = "the exclusion is taken out but can still be read";
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    doing.text(KIND),
                    detail,
                ));
            }
        }
    }
}

fn fault(error: HttpError, doing: Doing) -> Fault {
    super::licensed_fault(error, doing.text(KIND), NEEDS, super::P1)
}

#[async_trait]
impl Change for PolicyExclusions {
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
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let desired: desired::PolicyExclusion = typed(desired)?;
        let id = known(&desired.policy, KIND)?;
        let seen = self
            .graphs
            .at(cx)
            .access_policy_seen(&id, Doing::Reading.text(KIND))
            .await?;
        Ok(seen.as_ref().map_or(Observed::Absent, State::observed))
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        let Ok(wanted) = typed::<desired::PolicyExclusion>(desired) else {
            return Diff::Update;
        };
        if is_for_later(&wanted) {
            return Diff::Update;
        }
        let (Some(state), Ok(who)) = (State::in_observed(observed), who(&wanted)) else {
            return Diff::Conflict {
                because: gone(&wanted),
            };
        };
        if merge::excludes(&state.users, who) {
            return Diff::AlreadyRight;
        }
        match merge::add(&state.users, who) {
            Ok(_) => Diff::Update,
            Err(_) => Diff::Conflict {
                because: unclear(&wanted),
            },
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::PolicyExclusion>(desired) else {
            return vec![];
        };
        match (State::in_observed(observed), who(&wanted)) {
            (Some(state), Ok(who)) => words::fields(&wanted, &state.users, who),
            _ => words::fields_unread(&wanted),
        }
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::PolicyExclusion = typed(desired)?;
        match (self.diff(desired, observed), observed) {
            (Diff::AlreadyRight, Observed::Present { key, state, .. }) => Ok(adopted(key, state)),
            _ => self.write(cx, &wanted).await,
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::PolicyExclusion = typed(desired)?;
        let who = who(&wanted)?;
        let id = known(&wanted.policy, KIND)?;
        let graph = self.graphs.at(cx);
        let doing = Doing::Proving.text(KIND);
        // One list serves the proofs of all policies; only one that does not show it yet is read again.
        let mut seen = graph.access_policy_seen(&id, doing).await?;
        let mut patience = Patience::short(cx.clock);
        let is_right = |policy: &AccessPolicy| merge::excludes(policy.users(), who);
        while seen.as_ref().is_some_and(|policy| !is_right(policy)) && patience.next_look().await {
            seen = fresh(&graph, &id, Doing::Proving).await?;
        }
        let right = seen.as_ref().is_some_and(is_right);
        Ok(Proof {
            claim: words::claim(&wanted),
            read_from: Text::new("proof-from-access-policy"),
            standing: Standing::read_as(right),
            found: Text::new(match (&seen, right) {
                (None, _) => "proof-found-nothing",
                (Some(_), true) => "proof-found-policy-excludes",
                (Some(_), false) => "proof-found-policy-excludes-not",
            }),
            evidence: json!({
                "id": id,
                "state": seen.as_ref().and_then(|policy| policy.state.clone()),
                "users": seen.as_ref().map(|policy| State::of(policy).users),
            }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin == Origin::Adopted {
            return Ok(Undone::Kept);
        }
        let wanted: desired::PolicyExclusion = typed(&record.desired)?;
        let before = State::in_observed(&record.before).map(|state| state.users);
        let id = known(&wanted.policy, KIND)?;
        self.take_out(cx, &id, before.as_ref(), who(&wanted)?).await
    }
}
