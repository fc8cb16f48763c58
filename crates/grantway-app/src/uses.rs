//! Who is still worked for: which setups act in whose name.

use std::collections::HashMap;
use std::sync::Arc;

use grantway_core::ids::SetupId;
use grantway_core::journal::{SetupState, Standing, StepState};
use grantway_core::{Actor, TenantId};

/// Whether a setup was taken back, and needs nothing any more. One that could not take everything back will have to.
pub(crate) fn has_ended(state: &SetupState) -> bool {
    let failed = |step: &StepState| matches!(step.standing, Standing::UndoFailed(_));
    state.undo_ended.is_some() && !state.steps.values().any(failed)
}

/// The setups that still work in a name, by name. One that was taken back does not.
pub(crate) struct Uses(HashMap<Actor, Vec<SetupId>>);

impl Uses {
    pub fn of(setups: &[(SetupId, Arc<SetupState>)]) -> Self {
        let mut uses: HashMap<Actor, Vec<SetupId>> = HashMap::new();
        for (id, state) in setups {
            if has_ended(state) {
                continue;
            }
            for actor in state.sign_ins.values().filter_map(|s| s.actor().ok()) {
                uses.entry(actor).or_default().push(id.clone());
            }
        }
        Self(uses)
    }

    /// Whether a setup other than this one still works in somebody's name.
    pub fn is_used_elsewhere(&self, setup: &SetupId, actor: &Actor) -> bool {
        let users = self.0.get(actor);
        users.is_some_and(|users| users.iter().any(|user| user != setup))
    }

    /// The tenants of a setup in which no other setup works in the same name.
    pub fn last_of(&self, setup: &SetupId, state: &SetupState) -> Vec<TenantId> {
        let last = |actor: &Actor| !self.is_used_elsewhere(setup, actor);
        state
            .sign_ins
            .iter()
            .filter(|(_, sign_in)| sign_in.actor().is_ok_and(|actor| last(&actor)))
            .map(|(tenant, _)| *tenant)
            .collect()
    }
}
