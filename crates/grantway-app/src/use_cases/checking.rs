//! Reading, judging, planning. No setting and no object of a tenant is changed by it; asking the audit log leaves a search there.

use std::collections::{BTreeSet, HashMap};

use grantway_core::check::{Check, RemedyAct, blocking};
use grantway_core::engine::PlanError;
use grantway_core::ids::TenantId;
use grantway_core::journal::Entry;
use grantway_core::plan::Plan;
use grantway_core::question::Facts;

use super::Stage;
use crate::app::{App, Subject};
use crate::problem::Problem;
use crate::tokens::no_sign_in;
use crate::world::lock;

/// Who acts while nobody has signed in.
pub(crate) const NOBODY: &str = "-";

impl App {
    /// Reads and judges; when nothing failed, makes the plan from what was read.
    pub(crate) async fn check(&self, id: &str) -> Result<(), Problem> {
        self.look(id, None).await
    }

    /// Reads one tenant again and judges anew; what was read of the others stays as it is.
    pub(crate) async fn check_tenant(&self, id: &str, tenant: TenantId) -> Result<(), Problem> {
        self.look(id, Some(tenant)).await
    }

    async fn look(&self, id: &str, only: Option<TenantId>) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if !subject.state.takes_checks() {
            return Err(Problem::new("problem-approved-before", "GW-APR-0005"));
        }
        let _busy = self.busy(&subject, "check");
        let facts = match only {
            Some(tenant) => subject.read_again(tenant).await?,
            None => subject.read().await?,
        };
        let (facts, checks, plan) = subject.judged(facts).await?;
        // Reading took a while: what was decided or answered meanwhile stands, and this read is dropped.
        let _deciding = subject.world.deciding.lock().await;
        let now = subject.world.engine.state(&subject.id).await?;
        if !now.takes_checks() || now.answers != subject.state.answers {
            return Err(Problem::new("problem-check-overtaken", "GW-CHK-0003"));
        }
        subject.record_checked(facts, checks, plan).await
    }

    /// Makes the plan anew from a fresh read.
    pub(crate) async fn plan(&self, id: &str) -> Result<(), Problem> {
        self.check(id).await
    }

    /// Accepts checks as they are: all of them, or, where one of them cannot be accepted, none.
    pub(crate) async fn accept(&self, id: &str, checks: &[String]) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if let [check] = checks
            && let Some((step, _)) = subject.reminder(check)
        {
            return self.say(&subject, step, true).await;
        }
        let state = &subject.state;
        let of_steps = state.steps.values().filter_map(|step| step.check.as_ref());
        let mut known: HashMap<&str, &Check> = HashMap::new();
        for check in state.checks.iter().chain(of_steps) {
            known.entry(&check.id).or_insert(check);
        }
        let mut in_plan = false;
        let mut accepted = BTreeSet::new();
        for check in checks {
            let found = known
                .get(check.as_str())
                .ok_or_else(|| Problem::new("problem-no-such-check", "GW-CHK-0001"))?;
            if found.fails() {
                return Err(Problem::new("problem-check-blocks", "GW-CHK-0002"));
            }
            let mut remedies = found.remedies.iter();
            in_plan |= remedies.any(|remedy| remedy.act == RemedyAct::InPlan);
            accepted.insert(check);
        }
        let by = subject.by();
        let entries: Vec<Entry> = accepted
            .into_iter()
            .map(|check| Entry::Accepted {
                check: check.clone(),
                by: by.clone(),
            })
            .collect();
        let _deciding = subject.world.deciding.lock().await;
        let engine = &subject.world.engine;
        engine.record_all(&subject.id, &entries).await?;
        if in_plan {
            self.plan_without(id).await?;
        }
        Ok(())
    }

    /// What a person accepts as it is goes out of the plan, which is made anew from what was read.
    async fn plan_without(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let state = &subject.state;
        if !state.takes_checks() || state.plan.is_none() {
            return Ok(());
        }
        let (facts, checks, plan) = subject.judged(state.facts.clone()).await?;
        subject.record_checked(facts, checks, plan).await
    }

    pub(crate) fn busy<'a>(&'a self, subject: &'a Subject, what: &'static str) -> Busy<'a> {
        lock(&subject.world.busy).insert(subject.id.clone(), what);
        self.changed(&subject.id);
        Busy { app: self, subject }
    }
}

/// Says that something is being done for as long as it lives.
pub(crate) struct Busy<'a> {
    app: &'a App,
    subject: &'a Subject,
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        lock(&self.subject.world.busy).remove(&self.subject.id);
        self.subject.world.ended.notify_waiters();
        self.app.changed(&self.subject.id);
    }
}

impl Subject {
    /// Reads everything that the pattern asks.
    pub async fn read(&self) -> Result<Facts, Problem> {
        let first = self.pattern.questions(self.situation(&Facts::default()));
        if first.is_empty() {
            return Ok(Facts::default());
        }
        self.read_the_rest(Facts::default()).await
    }

    /// Reads what stands in one tenant again.
    async fn read_again(&self, tenant: TenantId) -> Result<Facts, Problem> {
        let mut known = self.state.facts.clone();
        known.forget(tenant);
        let before = known.at;
        let mut facts = self.read_the_rest(known).await?;
        if let (Some(before), Some(now)) = (before, facts.at) {
            facts.at = Some(before);
            facts.again.insert(tenant, now);
        }
        Ok(facts)
    }

    /// Reads what the pattern asks and is not known.
    async fn read_the_rest(&self, mut facts: Facts) -> Result<Facts, Problem> {
        let tenant = self.working_tenant().ok_or_else(no_sign_in)?;
        let actor = self.working_actor().ok_or_else(no_sign_in)?;
        let missing = self.missing_scopes(Stage::Read, tenant);
        if !missing.is_empty() {
            self.world.tokens.widen(&actor, &missing).await?;
        }
        // What the first answers open leads to further questions.
        loop {
            let mut questions = self.pattern.questions(self.situation(&facts));
            questions.retain(|question| !facts.readings.contains_key(&question.key()));
            if questions.is_empty() {
                return Ok(facts);
            }
            let more = self.world.engine.ask(&self.state, questions).await?;
            facts.readings.extend(more.readings);
            facts.at = more.at;
        }
    }

    /// Judges what was read and, when nothing stands in the way, makes the plan from it. A tenant other than the one that is
    /// worked from that cannot be read for the plan counts as one that could not be read at all, and the others go on.
    pub async fn judged(
        &self,
        mut facts: Facts,
    ) -> Result<(Facts, Vec<Check>, Option<Plan>), Problem> {
        loop {
            let checks = self.pattern.checks(self.situation(&facts));
            if !blocking(&checks).is_empty() {
                return Ok((facts, checks, None));
            }
            let draft = self
                .pattern
                .draft(self.situation(&facts))
                .map_err(|missing| {
                    Problem::new("problem-no-draft", "GW-PLN-0002").with("because", missing.because)
                })?;
            let engine = &self.world.engine;
            match engine.plan(&self.id, &self.state, draft, &facts).await {
                Ok(plan) => return Ok((facts, checks, Some(plan))),
                Err(PlanError::Elsewhere { tenant, fault }) if facts.shut(tenant, &fault) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    async fn record_checked(
        &self,
        facts: Facts,
        checks: Vec<Check>,
        plan: Option<Plan>,
    ) -> Result<(), Problem> {
        let engine = &self.world.engine;
        let checked = Entry::Checked { facts, checks };
        engine.record(&self.id, checked).await?;
        if let Some(plan) = plan {
            let plan = Box::new(plan);
            engine.record(&self.id, Entry::Planned { plan }).await?;
        }
        Ok(())
    }

    /// Who acts: the account of the working sign-in.
    pub fn by(&self) -> String {
        let signed_in = self
            .working_tenant()
            .and_then(|tenant| self.state.sign_ins.get(&tenant));
        signed_in.map_or_else(|| NOBODY.to_owned(), |sign_in| sign_in.account.to_string())
    }
}
