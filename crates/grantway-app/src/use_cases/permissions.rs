//! Which permissions a stage needs: read first, write once approved, remove only at take back.

use std::collections::BTreeSet;

use grantway_core::change::Act;
use grantway_core::engine::Fate;
use grantway_core::plan::Action;
use grantway_core::question::Facts;
use grantway_core::{Actor, Party, TenantId};
use grantway_microsoft::own_consent;
use grantway_patterns::SetupClient;

use crate::app::Subject;

/// A stage of a setup, by what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Reading for checks and plan.
    Read,
    /// Writing what was approved.
    Apply,
    /// Taking back.
    Undo,
}

impl Subject {
    /// The stage that the setup is in, by its record.
    pub fn stage(&self) -> Stage {
        if self.state.undo_began.is_some()
            && (self.state.undo_ended.is_none() || self.ends_consent())
        {
            Stage::Undo
        } else if self.state.approved.is_some() {
            Stage::Apply
        } else {
            Stage::Read
        }
    }

    /// The delegated permissions that a stage needs in a tenant, sorted.
    pub fn scopes(&self, stage: Stage, tenant: TenantId) -> Vec<String> {
        let registry = &self.world.engine.registry;
        let mut scopes: BTreeSet<String> = BTreeSet::new();
        let none = Facts::default();
        for question in self.pattern.questions(self.situation(&none)) {
            if question.tenant == tenant
                && let Ok(reader) = registry.reader(&question.kind)
            {
                scopes.extend(reader.scopes());
            }
        }
        for kind in self.pattern.kinds(&self.answers) {
            if let Ok(change) = registry.change(kind) {
                scopes.extend(change.scopes(Act::Read));
            }
        }
        if matches!(stage, Stage::Apply) {
            for row in self.state.plan.iter().flat_map(|plan| &plan.rows) {
                if row.step.place.tenant == tenant && row.outlook.action != Action::AlreadyRight {
                    scopes.extend(row.outlook.permissions.iter().cloned());
                }
            }
        }
        if matches!(stage, Stage::Undo) {
            if self.ending_consents.contains(&tenant) {
                scopes.extend(own_consent::SCOPES.iter().map(|scope| (*scope).to_owned()));
            }
            for undo in self.world.engine.undo_outlook(&self.state) {
                let row = self.state.row(&undo.step);
                let desired = row
                    .filter(|row| row.step.place.tenant == tenant)
                    .and_then(|row| row.step.desired());
                if undo.fate != Fate::Left
                    && let Some(desired) = desired
                    && let Ok(change) = registry.change(&desired.kind)
                {
                    scopes.extend(change.scopes(Act::Undo));
                }
            }
        }
        scopes.into_iter().collect()
    }

    /// Whether nobody has signed in yet, and a step of the plan is the sign-in.
    pub fn signs_in_later(&self) -> bool {
        self.state.undo_began.is_none()
            && self.working_actor().is_none()
            && self.state.sign_in_step().is_some()
    }

    /// The permissions that the stage needs and the setup's sign-in does not carry.
    pub fn missing_scopes(&self, stage: Stage, tenant: TenantId) -> Vec<String> {
        let have = self
            .state
            .actor(tenant)
            .and_then(|actor| self.world.tokens.scopes(&actor))
            .unwrap_or_default();
        self.scopes(stage, tenant)
            .into_iter()
            .filter(|scope| !have.contains(scope))
            .collect()
    }

    /// The client in whose name the setup signs in, where the pattern says which.
    pub fn setup_client(&self) -> Option<SetupClient> {
        self.pattern.client(self.situation(&self.state.facts))
    }

    /// In whose name the setup works.
    pub fn working_actor(&self) -> Option<Actor> {
        self.state.actor(self.working_tenant()?)
    }

    /// The tenant whose sign-in the setup works with. Customers are reached through it.
    pub fn working_tenant(&self) -> Option<TenantId> {
        self.place(Party::Provider)
            .or(self.places.first())
            .map(|place| place.tenant)
    }
}
