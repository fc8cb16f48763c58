//! The client ID that Settings keep for a cloud, as an object that a plan may change: it is nothing of a tenant.

use std::sync::Arc;

use async_trait::async_trait;
use grantway_core::change::{
    Act, Applied, Change, ChangeRecord, Context, Diff, FieldChange, ObjectKey, Observed, Origin,
    Scope, Undone,
};
use grantway_core::desired::{ClientChoice, Desired};
use grantway_core::proof::{Proof, Standing};
use grantway_core::{AppId, Fault, FaultKind, Text};
use grantway_microsoft::clouds::Cloud;
use serde_json::{Value, json};

use crate::kept::Kept;

const KIND: &str = ClientChoice::KIND;

/// The client ID of one cloud.
pub struct ClientChoices {
    kept: Arc<Kept>,
    cloud: Arc<Cloud>,
}

fn fault(doing: &str, kind: FaultKind, detail: impl Into<String>) -> Fault {
    Fault::new(kind, Text::new(doing).with("what", KIND), detail)
}

fn wanted(desired: &Value) -> Result<AppId, Fault> {
    let typed: Result<ClientChoice, _> = serde_json::from_value(desired.clone());
    let typed =
        typed.map_err(|error| fault("doing-reading", FaultKind::Local, error.to_string()))?;
    typed.client.now().copied().ok_or_else(|| {
        let detail = "an id that an earlier step gives is not known yet";
        fault("doing-reading", FaultKind::Local, detail)
    })
}

fn client_in(observed: &Observed) -> Option<AppId> {
    match observed {
        Observed::Present { state, .. } => AppId::parse(state["client"].as_str()?).ok(),
        Observed::Absent => None,
    }
}

fn key_of(client: AppId) -> ObjectKey {
    ObjectKey::from([("id".to_owned(), client.to_string())])
}

impl ClientChoices {
    /// Over the preferences.
    pub fn new(kept: Arc<Kept>, cloud: Arc<Cloud>) -> Self {
        Self { kept, cloud }
    }

    fn enter(&self, doing: &str, client: Option<AppId>) -> Result<(), Fault> {
        let kept = self.kept.enter_client(&self.cloud, client);
        kept.map_err(|error| fault(doing, FaultKind::Local, error.to_string()))
    }
}

#[async_trait]
impl Change for ClientChoices {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn scopes(&self, _act: Act) -> Vec<Scope> {
        Vec::new()
    }

    async fn read(
        &self,
        _cx: &Context<'_>,
        _desired: &Value,
        _key: Option<&ObjectKey>,
    ) -> Result<Observed, Fault> {
        let entered = self.kept.entered_client(&self.cloud);
        Ok(
            entered.map_or(Observed::Absent, |client| Observed::Present {
                key: key_of(client),
                state: json!({ "client": client }),
                ours: false,
            }),
        )
    }

    fn diff(&self, desired: &Value, observed: &Observed) -> Diff {
        match (wanted(desired), client_in(observed)) {
            (Ok(wanted), Some(entered)) if wanted == entered => Diff::AlreadyRight,
            (_, Some(_)) => Diff::Update,
            (_, None) => Diff::Create,
        }
    }

    fn fields(&self, desired: &Value, observed: &Observed) -> Vec<FieldChange> {
        let before = client_in(observed).or(self.cloud.client_id());
        let after = wanted(desired).ok();
        if before.is_some() && before == after {
            return Vec::new();
        }
        let shown = |client: AppId| Text::verbatim(client.to_string());
        vec![FieldChange {
            field: Text::new("field-client-id"),
            before: before.map_or_else(|| Text::new("value-nothing"), shown),
            after: after.map_or_else(|| Text::new("value-new-client-id"), shown),
        }]
    }

    async fn apply(
        &self,
        _cx: &Context<'_>,
        desired: &Value,
        observed: &Observed,
    ) -> Result<Applied, Fault> {
        let client = wanted(desired)?;
        let origin = match self.diff(desired, observed) {
            Diff::AlreadyRight => Origin::Adopted,
            Diff::Update => Origin::Updated,
            _ => Origin::Created,
        };
        if origin != Origin::Adopted {
            self.enter("doing-writing", Some(client))?;
        }
        Ok(Applied {
            origin,
            key: key_of(client),
            state: json!({ "client": client }),
            note: None,
        })
    }

    async fn prove(
        &self,
        _cx: &Context<'_>,
        desired: &Value,
        _key: &ObjectKey,
    ) -> Result<Proof, Fault> {
        let client = wanted(desired)?;
        let entered = self.kept.entered_client(&self.cloud);
        Ok(Proof {
            claim: Text::new("proof-claim-client-choice").with("id", client.to_string()),
            read_from: Text::new("proof-from-settings"),
            standing: Standing::read_as(entered == Some(client)),
            found: match entered {
                Some(id) => Text::new("proof-found-client-choice").with("id", id.to_string()),
                None => Text::new("proof-found-nothing"),
            },
            evidence: json!({ "client": entered }),
            expiry: None,
            look_again: None,
        })
    }

    async fn undo(&self, _cx: &Context<'_>, record: &ChangeRecord) -> Result<Undone, Fault> {
        if record.applied.origin == Origin::Adopted {
            return Ok(Undone::Kept);
        }
        let before = client_in(&record.before);
        let entered = self.kept.entered_client(&self.cloud);
        if entered == before {
            return Ok(Undone::WasGone);
        }
        if entered != wanted(&record.desired).ok() {
            return Ok(Undone::Drifted {
                because: Text::new("drift-client-choice"),
            });
        }
        self.enter("doing-taking-back", before)?;
        Ok(Undone::Reverted)
    }
}
