//! A person's consent to a client that was only lent: what a setup has added goes, what was there before stays.
// facts: own-app-and-tokens §1.4: consents to such a client accumulate on one service principal.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{self, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{Fault, FaultKind, Text};
use serde_json::{Value, json};

use super::{Doing, Patience, nothing, scopes, typed, value};
use crate::graph::{Graph, Graphs};
use crate::own_consent;

const KIND: &str = desired::LentConsent::KIND;
const READ: &[&str] = &["Application.Read.All", "Directory.Read.All"];
const WRITE: &[&str] = own_consent::SCOPES;

/// Consents to lent clients.
pub struct LentConsents {
    graphs: Graphs,
}

fn list(scopes: &BTreeSet<String>) -> Text {
    if scopes.is_empty() {
        return nothing();
    }
    let names: Vec<&str> = scopes.iter().map(String::as_str).collect();
    value(&names.join(", "))
}

/// What is left to the client: what it keeps, and what the person has let it do besides.
fn rest(wanted: &desired::LentConsent, observed: &Observed) -> BTreeSet<String> {
    let mut rest: BTreeSet<String> = match observed {
        Observed::Present { state, .. } => {
            serde_json::from_value(state["scopes"].clone()).unwrap_or_default()
        }
        Observed::Absent => BTreeSet::new(),
    };
    rest.extend(wanted.keep.iter().cloned());
    rest
}

impl LentConsents {
    /// Over Graph.
    pub fn new(graphs: Graphs) -> Self {
        Self { graphs }
    }

    async fn held(graph: &Graph, of: &desired::LentConsent) -> Result<BTreeSet<String>, Fault> {
        Ok(own_consent::held(graph, of.client, of.person).await?.scopes)
    }
}

#[async_trait]
impl Change for LentConsents {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, act: Act) -> Vec<Scope> {
        scopes(match act {
            Act::Read => READ,
            Act::Write | Act::Undo => WRITE,
        })
    }

    /// What is there besides what is expected: a plan is the same whether it is made before or after the sign-in that follows
    /// the approval, and whether a consent of a moment ago is listed yet or not.
    async fn read(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let wanted: desired::LentConsent = typed(desired)?;
        let mut held = Self::held(&self.graphs.at(cx), &wanted).await?;
        held.retain(|scope| !wanted.keep.contains(scope) && !wanted.asked.contains(scope));
        Ok(Observed::Present {
            key: ObjectKey::from([("id".to_owned(), wanted.client.to_string())]),
            state: json!({ "scopes": held }),
            ours: false,
        })
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        // What is to go may only come with the sign-in that follows the approval.
        match typed::<desired::LentConsent>(desired) {
            Ok(wanted) if !rest(&wanted, observed).is_empty() => Diff::Update,
            _ => Diff::Remove,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let Ok(wanted) = typed::<desired::LentConsent>(desired) else {
            return vec![];
        };
        let after = rest(&wanted, observed);
        let before: BTreeSet<String> = after.union(&wanted.asked).cloned().collect();
        vec![FieldChange {
            field: Text::new("field-permissions"),
            before: list(&before),
            after: list(&after),
        }]
    }

    async fn apply(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let wanted: desired::LentConsent = typed(desired)?;
        let graph = self.graphs.at(cx);
        own_consent::trim(&graph, wanted.client, wanted.person, &wanted.asked).await?;
        let mut patience = Patience::long(cx.clock);
        let left = loop {
            let held = Self::held(&graph, &wanted).await?;
            if held.is_disjoint(&wanted.asked) {
                break held;
            }
            if !patience.next_look().await {
                let detail = "the consent is taken away but still listed";
                let doing = Doing::Writing.text(KIND);
                return Err(Fault::new(FaultKind::NotYetVisible, doing, detail));
            }
        };
        let key = match observed {
            Observed::Present { key, .. } => key.clone(),
            Observed::Absent => ObjectKey::new(),
        };
        Ok(Applied {
            origin: Origin::Removed,
            key,
            state: json!({ "scopes": left }),
            note: None,
        })
    }

    async fn prove(
        &self,
        cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let wanted: desired::LentConsent = typed(desired)?;
        let seen = own_consent::held(&self.graphs.at(cx), wanted.client, wanted.person).await?;
        let held = seen.scopes;
        // A consent for the whole organisation gives the same, to everybody.
        let of_everyone = seen.of_everyone.intersection(&wanted.asked);
        let more: BTreeSet<String> = held
            .intersection(&wanted.asked)
            .chain(of_everyone)
            .cloned()
            .collect();
        let is_so = more.is_empty();
        Ok(Proof {
            claim: Text::new("proof-claim-lent-consent")
                .with("client", wanted.name)
                .with("account", wanted.account),
            read_from: Text::new("proof-from-grants"),
            standing: Standing::read_as(is_so),
            found: if is_so {
                Text::new("proof-found-lent-consent-gone").with("kept", list(&held))
            } else {
                Text::new("proof-found-permissions-more").with(
                    "permissions",
                    more.iter()
                        .map(String::as_str)
                        .collect::<Vec<_>>()
                        .join(", "),
                )
            },
            evidence: json!({ "scopes": held, "of_everyone": seen.of_everyone }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, _cx: &Context<'_>, _record: &ChangeRecord) -> Result<Undone, Fault> {
        // Giving it back would open again what was closed.
        Ok(Undone::Kept)
    }
}
