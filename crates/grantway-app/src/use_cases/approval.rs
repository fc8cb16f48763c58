//! Approving a plan.

use std::sync::Arc;

use grantway_core::plan::Fingerprint;
use serde_json::Value;

use crate::app::App;
use crate::problem::Problem;

impl App {
    /// Approves what was shown and begins to apply it.
    pub(crate) async fn approve(
        self: &Arc<Self>,
        id: &str,
        fingerprint: &str,
        typed: &str,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let shown: Fingerprint = serde_json::from_value(Value::String(fingerprint.into()))
            .map_err(|_| Problem::new("problem-other-plan", "GW-APR-0002"))?;
        let deciding = subject.world.deciding.lock().await;
        subject
            .world
            .engine
            .approve(&subject.id, &shown, typed, &subject.by())
            .await?;
        drop(deciding);
        subject.leave_page(self);
        self.run(&subject.world, &subject.id);
        Ok(())
    }
}
