//! One member of one group: proved from the member's side.

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, ObjectId, Text};
use serde_json::{Value, json};

use super::{Asked, Doing, Patience, asked, known, nothing, scopes, typed};
use crate::graph::Graphs;
use crate::http::HttpError;

const KIND: &str = desired::Membership::KIND;
const NEEDS: &[&str] = &["GroupMember.ReadWrite.All", "Groups Administrator"];

/// Memberships in a tenant.
pub struct Memberships {
    graphs: Graphs,
}

/// Group and member, both known by now.
struct Pair {
    group: ObjectId,
    member: ObjectId,
}

impl Pair {
    fn of(desired: &Value) -> Result<Self, Fault> {
        let desired: desired::Membership = typed(desired)?;
        Ok(Self {
            group: known(&desired.group, KIND)?,
            member: known(&desired.member, KIND)?,
        })
    }

    fn key(&self) -> ObjectKey {
        ObjectKey::from([
            ("group".to_owned(), self.group.to_string()),
            ("member".to_owned(), self.member.to_string()),
        ])
    }

    fn state(&self) -> Value {
        json!({ "group": self.group, "member": self.member })
    }
}

impl Memberships {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    /// Whether the group lists the member; a group that is gone lists nobody.
    async fn listed(&self, cx: &Context<'_>, pair: &Pair) -> Result<bool, HttpError> {
        match self.graphs.at(cx).members(pair.group).await {
            Ok(members) => Ok(members
                .iter()
                .any(|member| ObjectId::parse(&member.id) == Ok(pair.member))),
            Err(error) if error.is_not_found() => Ok(false),
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl Change for Memberships {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => &["Group.ReadBasic.All"],
            // The member's side is read by the second one.
            Act::Write => &["GroupMember.ReadWrite.All", "Group.ReadBasic.All"],
            Act::Undo => &["GroupMember.ReadWrite.All"],
        })
    }

    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let pair = Pair::of(desired)?;
        let listed = self.listed(cx, &pair).await;
        let listed = listed.map_err(|error| {
            error.into_fault(Doing::Reading.text(KIND), &["Group.ReadBasic.All"])
        })?;
        Ok(if listed {
            Observed::Present {
                key: pair.key(),
                state: pair.state(),
                ours: false,
            }
        } else {
            Observed::Absent
        })
    }

    fn diff(&self, _desired: &Value, observed: &Observed) -> Diff {
        match observed {
            Observed::Absent => Diff::Create,
            Observed::Present { .. } => Diff::AlreadyRight,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let (Ok(desired), Observed::Absent) = (typed::<desired::Membership>(desired), observed)
        else {
            return vec![];
        };
        let after = Text::new("value-member-of")
            .with("member", desired.member_name)
            .with("group", desired.group_name);
        vec![FieldChange {
            field: Text::new("field-member"),
            before: nothing(),
            after,
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let pair = Pair::of(desired)?;
        let applied = |origin, note: Option<&str>| Applied {
            origin,
            key: pair.key(),
            state: pair.state(),
            note: note.map(Text::new),
        };
        if matches!(observed, Observed::Present { .. }) {
            return Ok(applied(Origin::Adopted, None));
        }
        let graph = self.graphs.at(cx);
        let mut patience = Patience::long(cx.clock);
        loop {
            let error = match graph.add_member(pair.group, pair.member).await {
                Ok(()) => return Ok(applied(Origin::Created, None)),
                Err(error) => error,
            };
            let refusal = error.refusal();
            // It was not there when the plan was made: a try of ours whose answer was lost.
            if refusal
                .is_some_and(|refusal| refusal.status.as_u16() == 400 && refusal.is_already_there())
            {
                return Ok(applied(Origin::Created, Some("note-looked-up")));
            }
            let unseen =
                error.is_not_found() || refusal.is_some_and(crate::http::Refusal::is_propagation);
            if !unseen {
                return Err(error.into_fault(Doing::Writing.text(KIND), NEEDS));
            }
            if !patience.next_look().await {
                let mut fault = error.into_fault(Doing::Writing.text(KIND), NEEDS);
                fault.kind = FaultKind::NotYetVisible;
                return Err(fault);
            }
        }
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let names: desired::Membership = typed(desired)?;
        let pair = Pair::of(desired)?;
        let graph = self.graphs.at(cx);
        let mut patience = Patience::short(cx.clock);
        let seen = loop {
            let memberships = match graph.memberships_of(pair.member).await {
                Err(error) if error.is_not_found() => vec![],
                other => other.map_err(|error| {
                    error.into_fault(Doing::Proving.text(KIND), &["Group.ReadBasic.All"])
                })?,
            };
            if memberships
                .iter()
                .any(|membership| ObjectId::parse(&membership.id) == Ok(pair.group))
            {
                break true;
            }
            if !patience.next_look().await {
                break false;
            }
        };
        let standing = Standing::read_as(seen);
        Ok(Proof {
            claim: Text::new("proof-claim-membership")
                .with("member", names.member_name)
                .with("group", names.group_name.as_str()),
            read_from: Text::new("proof-from-member"),
            standing,
            found: Text::new(if seen {
                "proof-found-member"
            } else {
                "proof-found-nothing"
            })
            .with("group", names.group_name),
            evidence: pair.state(),
            expiry: None,
            look_again: (!seen).then(|| {
                crate::http::gate::later(cx.clock.now(), std::time::Duration::from_secs(15))
            }),
        })
    }

    async fn undo(&self, cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin != Origin::Created {
            return Ok(Undone::Kept);
        }
        let pair = Pair::of(&record.desired)?;
        let fault = |error: HttpError| error.into_fault(Doing::TakingBack.text(KIND), NEEDS);
        let removed = self
            .graphs
            .at(cx)
            .remove_member(pair.group, pair.member)
            .await;
        let was_gone = asked(removed).map_err(fault)? == Asked::NotThere;
        let mut patience = Patience::long(cx.clock);
        while self.listed(cx, &pair).await.map_err(fault)? {
            if !patience.next_look().await {
                let detail = "the member is removed but still listed";
                return Err(Fault::new(
                    FaultKind::ServiceFailed,
                    Doing::TakingBack.text(KIND),
                    detail,
                ));
            }
        }
        Ok(if was_gone {
            Undone::WasGone
        } else {
            Undone::Reverted
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_a_step_still_gives_are_named_as_missing() {
        let desired = json!({
            "group": { "after_apply": { "step": "group", "output": "id" } }, "group_name": "g",
            "member": "8f4c2a10-0000-4000-8000-0000000a6d21", "member_name": "m"
        });
        assert_eq!(Pair::of(&desired).err().unwrap().kind, FaultKind::Local);
    }
}
