//! Practice.

use super::times;
use crate::app::App;
use crate::contract::{PersonLine, PhonePrompt, PracticeView, ScenarioLine};
use crate::problem::Problem;

/// What the guided setups of this version make visible. The practice cloud plays more than they can show yet: somebody who chose
/// a fault that no screen tells would look for it in vain.
const SHOWN: [&str; 26] = [
    "in-order",
    "p1-missing",
    "security-defaults-on",
    "role-missing",
    "customer-no-relationship",
    "customer-approval-pending",
    "unverified-publisher",
    "wrong-publisher",
    "cookies-interfere",
    "federated-provider",
    "customers-in-reach",
    "customer-p1-missing",
    "customer-mailbox-missing",
    "customer-audit-off",
    "customer-security-defaults",
    "customer-policy-without-exclusion",
    "customer-policy-blocks",
    "customer-policy-reported",
    "customer-sign-in-frequency",
    "customer-guest-twin",
    "customer-not-consented",
    "customer-app-disabled",
    "indirect-reseller",
    "timed-roles",
    "role-groups",
    "many-customers",
];

impl App {
    pub(crate) async fn practice_view(&self) -> Result<PracticeView, Problem> {
        let world = self.world().await;
        let controls = world.controls()?;
        if let Some(clock) = &world.practice_clock {
            clock.look().await?;
        }
        let loaded = controls.scenario().await?;
        let scenarios = controls
            .scenarios()
            .await?
            .into_iter()
            .filter(|scenario| SHOWN.contains(&scenario.id.as_str()) || scenario.id == loaded)
            .map(|scenario| ScenarioLine {
                loaded: scenario.id == loaded,
                id: scenario.id,
                title: scenario.title,
                teaches: scenario.teaches,
            });
        let people = controls
            .people()
            .await?
            .into_iter()
            .map(|person| PersonLine {
                account: person.upn,
                name: person.name,
                tenant: person.tenant_name,
                role: person.role,
                password: person.password.unwrap_or_default(),
            });
        let prompts = controls
            .prompts()
            .await?
            .into_iter()
            .map(|prompt| PhonePrompt {
                id: prompt.id,
                account: prompt.upn,
                app: prompt.app,
                from: prompt.from,
            });
        let now = world.clock.now();
        Ok(PracticeView {
            scenarios: scenarios.collect(),
            people: people.collect(),
            prompts: prompts.collect(),
            clock: times::day_and_clock(now, &self.order.zone),
            time: times::clock(now, &self.order.zone),
        })
    }
}
