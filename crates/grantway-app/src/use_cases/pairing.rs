//! Pairing tenants with names of another portal: what a person gives, pairs and confirms.

use std::collections::{BTreeMap, HashMap};

use grantway_core::ids::StepId;
use grantway_core::journal::{Entry, Pairs, Standing};
use grantway_core::plan::{Fingerprint, Pairing};
use grantway_core::{Party, TenantId, Text};

use crate::answers;
use crate::app::{App, Subject};
use crate::contract::{FormOutcome, PairChoice};
use crate::pairing::{Elsewhere, Known, Table, Wrong, check_name, read};
use crate::problem::Problem;

/// A larger file is no list of names.
const FILE_BYTES: u64 = 4 << 20;

impl App {
    /// A setup with a step of it that has something to pair.
    pub(crate) async fn pairing_of(
        &self,
        id: &str,
        step: &str,
    ) -> Result<(Subject, StepId, Pairing), Problem> {
        let subject = self.subject(id).await?;
        let step = subject.step(step)?;
        let row = subject.state.row(&step);
        let pairing = row.and_then(|row| row.step.pairing()).cloned();
        let pairing = pairing.ok_or_else(|| {
            Problem::new("problem-nothing-to-pair", "GW-PAI-0001").with("step", step.to_string())
        })?;
        Ok((subject, step, pairing))
    }

    /// The table as it is now.
    pub(crate) async fn pair_table(
        &self,
        subject: &Subject,
        step: &StepId,
        pairing: &Pairing,
    ) -> Result<Table, Problem> {
        let pairs = subject.state.steps.get(step).map(|step| &step.pairs);
        let known = subject.known_pairs().await?;
        let none = Pairs::default();
        Ok(Table::of(pairing, pairs.unwrap_or(&none), &known))
    }

    pub(crate) async fn give_pair_list(
        &self,
        id: &str,
        step: &str,
        list: &str,
    ) -> Result<FormOutcome, Problem> {
        let (subject, step, _) = self.pairing_of(id, step).await?;
        subject.may_pair(&step)?;
        let names = match read(list) {
            Ok(names) => names,
            Err(wrong) => {
                let problems = wrong.into_iter().map(wrong_line);
                let problems = problems.map(|problem| problem.view(&self.catalogue));
                return Ok(FormOutcome {
                    stored: false,
                    problems: problems.collect(),
                });
            }
        };
        let by = subject.by();
        let entry = Entry::Listed { step, names, by };
        subject.world.engine.record(&subject.id, entry).await?;
        Ok(FormOutcome {
            stored: true,
            problems: Vec::new(),
        })
    }

    pub(crate) async fn choose_pair_list(
        &self,
        id: &str,
        step: &str,
    ) -> Result<FormOutcome, Problem> {
        let (subject, known, _) = self.pairing_of(id, step).await?;
        subject.may_pair(&known)?;
        let title = self.catalogue.say("pairs-list-choose");
        let endings = ["csv", "txt", "tsv"];
        let Some(path) = self.host.choose_file(&title, &endings).await? else {
            return Ok(FormOutcome {
                stored: false,
                problems: Vec::new(),
            });
        };
        let unreadable = |detail: String| {
            Problem::new("problem-pair-file", "GW-PAI-0003").with("detail", detail)
        };
        let length = std::fs::metadata(&path).map_err(|error| unreadable(error.to_string()))?;
        if length.len() > FILE_BYTES {
            return Err(Problem::new("problem-pair-file-large", "GW-PAI-0004"));
        }
        let bytes = std::fs::read(&path).map_err(|error| unreadable(error.to_string()))?;
        let list = String::from_utf8(bytes)
            .map_err(|_| Problem::new("problem-pair-file-letters", "GW-PAI-0005"))?;
        self.give_pair_list(id, step, &list).await
    }

    pub(crate) async fn pair(
        &self,
        id: &str,
        step: &str,
        choices: &[PairChoice],
    ) -> Result<(), Problem> {
        let (subject, step, pairing) = self.pairing_of(id, step).await?;
        subject.may_pair(&step)?;
        let mut pairs = BTreeMap::new();
        for choice in choices {
            let tenant = TenantId::parse(&choice.tenant).ok();
            let tenant = tenant.filter(|tenant| pairing.places().any(|p| p.tenant == *tenant));
            let tenant = tenant.ok_or_else(|| {
                let tenant = choice.tenant.clone();
                Problem::new("problem-no-such-pair", "GW-PAI-0006").with("tenant", tenant)
            })?;
            let name = choice.name.as_deref().map(str::trim);
            let name = name.filter(|name| !name.is_empty());
            if let Some(name) = name {
                check_name(name).map_err(|what| {
                    Problem::new("problem-pair-name", "GW-PAI-0007").with("what", what)
                })?;
            }
            pairs.insert(tenant, name.map(str::to_owned));
        }
        if pairs.is_empty() {
            return Ok(());
        }
        let by = subject.by();
        let entry = Entry::Paired { step, pairs, by };
        subject.world.engine.record(&subject.id, entry).await?;
        Ok(())
    }

    /// Records that a person has made the pairs that were shown to them, and no others.
    pub(crate) async fn confirm_pairs(
        &self,
        id: &str,
        step: &str,
        shown: &str,
    ) -> Result<(), Problem> {
        let (subject, step, pairing) = self.pairing_of(id, step).await?;
        subject.may_pair(&step)?;
        if subject.working_actor().is_none() {
            return Err(Problem::new("problem-nobody-confirms", "GW-TSK-0013"));
        }
        let table = self.pair_table(&subject, &step, &pairing).await?;
        if let Some(because) = table.blocked() {
            return Err(
                Problem::new("problem-pairs-blocked", "GW-PAI-0008").with("because", because)
            );
        }
        let pairs = table.pairs();
        if shown != shown_as(&pairs) {
            return Err(Problem::new("problem-other-pairs", "GW-PAI-0009"));
        }
        let (seen, by) = (true, subject.by());
        let entry = Entry::Confirmed {
            step,
            seen,
            by,
            pairs,
        };
        subject.world.engine.record(&subject.id, entry).await?;
        Ok(())
    }

    /// Writes pairs where the person will find them, for a spreadsheet.
    pub(crate) async fn export_pairs(
        &self,
        id: &str,
        step: &str,
        tenants: &[String],
    ) -> Result<String, Problem> {
        let table = self.pairs_table(id, step, tenants).await?;
        let name = self.dated("pairs", "csv").await;
        Ok(self.host.save(&name, &table).await?.display().to_string())
    }
}

/// A name for the pairs as they stand.
pub(crate) fn shown_as(pairs: &BTreeMap<TenantId, String>) -> String {
    Fingerprint::of(pairs).to_string()
}

fn wrong_line(wrong: Wrong) -> Problem {
    let problem = match wrong.line {
        Some(line) => Problem::new("problem-pair-line", "GW-PAI-0010")
            .with("line", i64::try_from(line).unwrap_or(i64::MAX)),
        None => Problem::new("problem-pair-list", "GW-PAI-0011"),
    };
    problem.with("what", wrong.what).of_field("list")
}

impl Subject {
    /// Whether pairs can be made and confirmed now: their step is reached, and nothing is taken back.
    pub(crate) fn is_pairable(&self, step: &StepId) -> bool {
        let reached = matches!(
            self.state.standing(step),
            Standing::NeedsPerson | Standing::Waiting { .. } | Standing::Done
        );
        reached && self.may_act()
    }

    fn may_pair(&self, step: &StepId) -> Result<(), Problem> {
        if self.is_pairable(step) {
            return Ok(());
        }
        let title = self.state.row(step).map(|row| row.step.title.clone());
        let title = title.unwrap_or_else(|| Text::verbatim(step.as_str()));
        Err(Problem::new("problem-not-pairable", "GW-PAI-0002").with("step", title))
    }

    /// What other setups of the same provider with the same profile know of pairs. What was taken back is none of it.
    async fn known_pairs(&self) -> Result<Known, Problem> {
        let provider = self.place(Party::Provider).map(|place| place.tenant);
        let mut elsewhere: BTreeMap<TenantId, Elsewhere> = BTreeMap::new();
        for (setup, state) in self.world.setups().await? {
            let (_, places) = answers::read(&state);
            let mut providers = places.iter().filter(|place| place.party == Party::Provider);
            let is_same = providers.any(|place| Some(place.tenant) == provider);
            let counts = setup != self.id
                && state.profile == self.state.profile
                && state.undo_began.is_none()
                && is_same;
            if !counts {
                continue;
            }
            let names: HashMap<TenantId, String> =
                places.into_iter().map(|p| (p.tenant, p.name)).collect();
            let confirmed = state.steps.values().flat_map(|step| &step.pairs.confirmed);
            for (tenant, pair) in confirmed {
                let name = names.get(tenant).cloned();
                let newer = elsewhere
                    .get(tenant)
                    .is_none_or(|known| known.at <= pair.at);
                if newer {
                    let known = Elsewhere {
                        tenant: name.unwrap_or_else(|| tenant.to_string()),
                        name: pair.name.clone(),
                        by: pair.by.clone(),
                        at: pair.at,
                        setup: setup.clone(),
                    };
                    elsewhere.insert(*tenant, known);
                }
            }
        }
        Ok(Known {
            domains: answers::domains(&self.state),
            elsewhere,
        })
    }
}
