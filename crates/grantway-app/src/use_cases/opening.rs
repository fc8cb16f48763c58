//! Beginning a setup, answering, putting it away.

use std::collections::BTreeMap;

use grantway_core::Place;
use grantway_core::ids::SetupId;
use grantway_core::journal::Entry;
use grantway_microsoft::sign_in::DiscoveryError;
use grantway_microsoft::sign_in::discovery::tenant_of;
use grantway_patterns::Named;

use crate::answers;
use crate::app::App;
use crate::contract::FormOutcome;
use crate::problem::Problem;
use crate::world::World;

impl App {
    pub(crate) async fn open_setup(&self, profile: &str) -> Result<SetupId, Problem> {
        let world = self.world().await;
        let profile = self.library.profile(profile).ok_or_else(|| {
            Problem::new("problem-no-such-profile", "GW-SET-0002")
                .with("profile", profile.to_owned())
        })?;
        let mut bytes = [0; 4];
        self.order.ids.bytes(&mut bytes);
        let prefix = if world.is_practice() {
            ['P', 'R']
        } else {
            profile.setup_prefix
        };
        let id = SetupId::from_random(prefix, bytes);
        let entry = Entry::Opened {
            pattern: profile.pattern.clone(),
            profile: profile.id.clone(),
            cloud: world.cloud.id().as_str().to_owned(),
        };
        world.engine.record(&id, entry).await?;
        Ok(id)
    }

    pub(crate) async fn answer(
        &self,
        id: &str,
        raw: BTreeMap<String, String>,
    ) -> Result<FormOutcome, Problem> {
        let subject = self.subject(id).await?;
        if subject.state.approved.is_some() || subject.state.has_written() {
            return Err(Problem::new("problem-approved-before", "GW-APR-0005"));
        }
        let refused = |problems: Vec<Problem>| FormOutcome {
            stored: false,
            problems: problems
                .iter()
                .map(|problem| problem.view(&self.catalogue))
                .collect(),
        };
        let fields = match subject.pattern.parse(&subject.profile, &raw) {
            Ok(fields) => fields,
            Err(wrong) => {
                let problems = wrong
                    .into_iter()
                    .map(|p| {
                        Problem::new("problem-field", "GW-ANS-0001")
                            .with("what", p.what)
                            .with("todo", p.todo)
                            .of_field(p.field)
                    })
                    .collect();
                return Ok(refused(problems));
            }
        };
        let mut places = Vec::new();
        let mut problems = Vec::new();
        for named in subject.pattern.tenants(&fields) {
            match find(&subject.world, &named).await {
                Ok(place) => places.push(place),
                Err(problem) => problems.push(problem),
            }
        }
        if let [first, rest @ ..] = places.as_slice()
            && problems.is_empty()
            && let Some(same) = rest.iter().find(|place| place.tenant == first.tenant)
        {
            problems.push(
                Problem::new("problem-same-tenant", "GW-ANS-0003")
                    .with("first", first.name.clone())
                    .with("second", same.name.clone()),
            );
        }
        if !problems.is_empty() {
            return Ok(refused(problems));
        }
        subject
            .world
            .engine
            .record(
                &subject.id,
                Entry::Answered {
                    answers: answers::write(&fields, &places),
                },
            )
            .await?;
        Ok(FormOutcome {
            stored: true,
            problems: Vec::new(),
        })
    }

    pub(crate) async fn close(&self, id: &str) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        let is_live = subject.state.has_written()
            && subject.state.undo_ended.is_none()
            && !subject.state.all_done();
        if is_live {
            return Err(Problem::new("problem-close-unfinished", "GW-SET-0004"));
        }
        subject
            .world
            .engine
            .record(&subject.id, Entry::Closed)
            .await?;
        Ok(())
    }
}

async fn find(world: &World, named: &Named) -> Result<Place, Problem> {
    match tenant_of(&world.transport, &world.cloud, &named.domain).await {
        Ok(tenant) => Ok(Place {
            party: named.party,
            tenant,
            name: named.domain.to_string(),
        }),
        Err(DiscoveryError::Unknown(domain)) => {
            Err(Problem::new("problem-unknown-domain", "GW-ANS-0002")
                .with("domain", domain.to_string())
                .of_field(named.field))
        }
        Err(error) => {
            let detail = match &error {
                DiscoveryError::Http(source) => source.to_string(),
                _ => error.to_string(),
            };
            Err(Problem::new("problem-discovery", "GW-NET-0002")
                .with("detail", detail)
                .of_field(named.field))
        }
    }
}
