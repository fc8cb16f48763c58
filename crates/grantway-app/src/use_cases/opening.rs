//! Beginning a setup, answering, putting it away.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use futures_util::{StreamExt, stream};
use grantway_core::engine::Fate;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, LeftConsent, SignIn};
use grantway_core::{Place, TenantId};
use grantway_microsoft::sign_in::DiscoveryError;
use grantway_microsoft::sign_in::discovery::tenant_of;
use grantway_patterns::{Answers, Named};

use crate::answers;
use crate::app::{App, Subject};
use crate::contract::FormOutcome;
use crate::problem::Problem;
use crate::views::takes_customers;
use crate::world::{World, lock};

/// Domains that are looked up side by side.
const LOOKUPS: usize = 16;

impl App {
    pub(crate) async fn open_setup(&self, profile: &str) -> Result<SetupId, Problem> {
        let world = self.world().await;
        let library = self.library();
        let mut offered = library.offered();
        let found = offered.find(|(known, _)| known.id == profile);
        let (profile, _) = found.ok_or_else(|| {
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

    /// Begins a setup whose form already names these customers. What stands in a form is no answer yet: it is kept until
    /// the app closes.
    pub(crate) async fn open_for(
        &self,
        profile: &str,
        customers: &[String],
    ) -> Result<SetupId, Problem> {
        let world = self.world().await;
        let known = self.domains(&world).await?;
        let domains: Vec<String> = customers
            .iter()
            .filter_map(|tenant| known.get(&TenantId::parse(tenant).ok()?).cloned())
            .collect();
        let id = self.open_setup(profile).await?;
        let Subject {
            pattern,
            profile,
            answers,
            ..
        } = self.subject_in(&world, id.as_str()).await?;
        let mut fields = pattern.form(&profile, &answers).into_iter();
        if let Some(field) = fields.find(takes_customers) {
            let begun_with = Answers::from([(field.id.to_owned(), domains.join(", "))]);
            lock(&world.begun_with).insert(id.clone(), begun_with);
        }
        Ok(id)
    }

    /// The domain of each customer that a setup knows; the newest counts.
    async fn domains(&self, world: &World) -> Result<HashMap<TenantId, String>, Problem> {
        let mut domains = HashMap::new();
        for (_, state) in world.setups().await? {
            for customer in answers::customers(&state) {
                domains.insert(customer.place.tenant, customer.domain);
            }
        }
        Ok(domains)
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
                return Ok(refused(wrong.into_iter().map(Problem::from).collect()));
            }
        };
        let mut places: Vec<Place> = Vec::new();
        let mut problems = Vec::new();
        let named = subject.pattern.tenants(&fields);
        let mut found = stream::iter(named)
            .map(|named| {
                let world = Arc::clone(&subject.world);
                async move { find(&world, &named).await }
            })
            .buffered(LOOKUPS);
        while let Some(found) = found.next().await {
            match found {
                Ok(place) => places.push(place),
                Err(problem) => problems.push(problem),
            }
        }
        let mut known: BTreeMap<TenantId, &Place> = BTreeMap::new();
        for place in &places {
            if let Some(same) = known.insert(place.tenant, place)
                && problems.is_empty()
            {
                problems.push(
                    Problem::new("problem-same-tenant", "GW-ANS-0003")
                        .with("first", same.name.clone())
                        .with("second", place.name.clone()),
                );
            }
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
        let answered = self.subject(id).await?;
        self.forget_other_clients(&subject, &answered).await?;
        let mut problems = Vec::new();
        if !answered.pattern.signs_in_first(&answered.answers)
            && let Err(problem) = self.check(id).await
        {
            problems.push(problem.view(&self.catalogue));
        }
        Ok(FormOutcome {
            stored: true,
            problems,
        })
    }

    /// Where the answers name another client now, whoever signed in with the old one signs in anew. `before` is the setup
    /// with the answers that it had.
    async fn forget_other_clients(
        &self,
        before: &Subject,
        subject: &Subject,
    ) -> Result<(), Problem> {
        let own = subject.setup_client();
        let is_later = !subject.pattern.signs_in_first(&subject.answers);
        for sign_in in subject.state.sign_ins.values() {
            let is_other = sign_in.actor().is_ok_and(|actor| {
                is_later || own.as_ref().is_some_and(|own| own.client != actor.client)
            });
            if is_other {
                before.turn_away_from(sign_in).await?;
            }
        }
        Ok(())
    }

    /// Puts a setup away, Grantway's own permissions first where that is asked for.
    pub(crate) async fn close(
        self: &Arc<Self>,
        id: &str,
        end_consents: bool,
    ) -> Result<(), Problem> {
        let subject = self.subject(id).await?;
        if !subject.may_be_put_away() {
            return Err(Problem::new("problem-close-unfinished", "GW-SET-0004"));
        }
        if end_consents && !subject.state.sign_ins.is_empty() {
            if subject.has_made_something() {
                return Err(Problem::new("problem-close-begun", "GW-SET-0008"));
            }
            // A take back of nothing else: it goes on after a crash, asks for a sign-in where it needs one, and ends
            // with the setup put away.
            return self.begin_undo(&subject).await;
        }
        subject
            .world
            .engine
            .record(&subject.id, Entry::Closed)
            .await?;
        Ok(())
    }
}

impl Subject {
    /// Forgets a sign-in whose client the setup does not go on with. What its person has let that client do stays, unless
    /// others work with it, and is told.
    pub(crate) async fn turn_away_from(&self, sign_in: &SignIn) -> Result<(), Problem> {
        let place = sign_in.place.clone();
        let uses = self.world.uses().await?;
        if uses.last_of(&self.id, &self.state).contains(&place.tenant) {
            let own = self.setup_client();
            let consent = LeftConsent {
                place: place.clone(),
                client: sign_in.client.clone(),
                account: Some(sign_in.account.to_string()),
                lent: own.is_some_and(|own| own.lent.is_some()),
                scopes: sign_in.scopes.clone(),
            };
            let entry = Entry::ConsentLeft { consent };
            self.world.engine.record(&self.id, entry).await?;
        }
        if let Ok(actor) = sign_in.actor() {
            self.world.forget_sign_in(&self.id, &actor).await?;
        }
        let signed_out = Entry::SignedOut { place };
        self.world.engine.record(&self.id, signed_out).await?;
        Ok(())
    }

    /// Whether it has made, or may have made, what take back takes back.
    pub fn has_made_something(&self) -> bool {
        let outlook = self.world.engine.undo_outlook(&self.state);
        self.has_begun() && outlook.iter().any(|row| row.fate != Fate::Left)
    }

    /// Whether it can be put away: nothing of it would be forgotten half way.
    pub fn may_be_put_away(&self) -> bool {
        let is_done = self.state.all_done() && !self.state.way_is_open();
        // What another setup works with is this one's to remove, later.
        let is_over = self.state.undo_ended.is_some() && self.left_to_others() == 0;
        !self.state.has_written() || is_over || is_done
    }

    /// Whether it was put away before anything of it began, or is about to be: Grantway's own permissions go first.
    pub fn is_being_put_away(&self) -> bool {
        self.state.undo_began.is_some() && !self.has_begun()
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
