//! What steps have given, for those that come after them.

use super::state::SetupState;
use crate::change::Observed;
use crate::desired::Outputs;
use crate::ids::StepId;
use crate::plan::Action;

impl Outputs for SetupState {
    fn output(&self, step: &StepId, name: &str) -> Option<String> {
        let state = self.steps.get(step);
        if let Some(applied) = state.and_then(|s| s.applied.as_ref())
            && let Some(value) = applied.key.get(name)
        {
            return Some(value.clone());
        }
        // A session tells which application asked for consent before anything can be read.
        if name == "app_seen"
            && let Some(attendance) = state.and_then(|s| s.attendance.as_ref())
        {
            return attendance.apps_seen.last().cloned();
        }
        if name == "given"
            && let Some(attendance) = state.and_then(|s| s.attendance.as_ref())
        {
            return attendance.given.clone();
        }
        let row = self.row(step)?;
        match (&row.outlook.action, row.outlook.before.as_ref()?) {
            (Action::AlreadyRight | Action::Update, Observed::Present { key, .. }) => {
                key.get(name).cloned()
            }
            _ => None,
        }
    }
}
