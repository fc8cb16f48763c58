//! Customers: everybody that the setups of the open world know, with where each stands.

mod standing;
mod table;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use grantway_core::ids::SetupId;
use grantway_core::journal::SetupState;
use grantway_core::{Place, TenantId, Text, Timestamp};
use grantway_patterns::{Answers, Library, Origin, Profile};
use jiff::tz::TimeZone;

use super::need::problem_of;
use super::takes_customers;
use super::times;
use crate::answers;
use crate::app::App;
use crate::catalogue::Catalogue;
use crate::contract::{
    CustomerCell, CustomerColumn, CustomerEnd, CustomerFilter, CustomerRow, CustomerTab,
    CustomersView, ProfileChoice, Sign,
};
use crate::problem::Problem;
use crate::world::{World, lock};
use standing::{Because, Ends, Sorted, Stands, Word};

/// An end within so many days is told before others.
const SOON: i64 = 30;
/// One within so many is urgent.
const NEAR: i64 = 14;

impl App {
    pub(crate) async fn customers_view(&self) -> Result<CustomersView, Problem> {
        let world = self.world().await;
        let setups = world.setups().await?;
        let library = self.library();
        let list = List {
            catalogue: &self.catalogue,
            library: &library,
            zone: &self.order.zone,
            now: world.clock.now(),
        };
        let blocked = self.blocked_by_journal(&world);
        Ok(list.view(&setups, &world.at_work(), blocked))
    }

    /// The customers of these tenants as a table for other programs, in this order.
    pub(crate) async fn customers_table(&self, tenants: &[String]) -> Result<Vec<u8>, Problem> {
        let view = self.customers_view().await?;
        table::written(&view, tenants, &self.catalogue).map_err(|error| {
            Problem::new("problem-customers-file", "GW-CUS-0001").with("detail", error)
        })
    }
}

impl World {
    /// The setups for which something runs at this moment.
    fn at_work(&self) -> HashSet<SetupId> {
        let mut at_work: HashSet<SetupId> = lock(&self.running).keys().cloned().collect();
        at_work.extend(lock(&self.busy).keys().cloned());
        at_work
    }
}

/// What the list is written with.
struct List<'a> {
    catalogue: &'a Catalogue,
    library: &'a Library,
    zone: &'a TimeZone,
    now: Timestamp,
}

/// A setup of the list.
struct Listed<'a> {
    id: &'a SetupId,
    /// Its profile's place in the library.
    profile: usize,
    sorted: Sorted<'a>,
    ends: Ends<'a>,
}

/// Which of two setups of one customer and profile is shown: one that was not taken back, that has begun, that is more
/// urgent.
type Weight = (bool, bool, Reverse<u8>);

/// A customer while setups are gone through.
struct Found {
    place: Place,
    domain: String,
    cells: BTreeMap<usize, (Weight, bool, CustomerCell)>,
    ends: Option<(Timestamp, Text)>,
    provable: bool,
}

impl List<'_> {
    fn view(
        &self,
        setups: &[(SetupId, Arc<SetupState>)],
        at_work: &HashSet<SetupId>,
        blocked: Option<String>,
    ) -> CustomersView {
        let mut found: Vec<Found> = Vec::new();
        let mut known: HashMap<TenantId, usize> = HashMap::new();
        for (id, state) in setups {
            // A setup whose profile this version does not know is left to the version that made it.
            let mut profiles = self.library.profiles().iter();
            let Some(profile) = profiles.position(|profile| profile.id == state.profile) else {
                continue;
            };
            let sorted = Sorted::new(state, at_work.contains(id));
            // It is about to be put away without having done anything.
            if sorted.is_taken_back() && !sorted.has_begun() {
                continue;
            }
            let setup = Listed {
                id,
                profile,
                ends: sorted.ends(),
                sorted,
            };
            for customer in answers::customers(state) {
                let tenant = customer.place.tenant;
                let index = *known.entry(tenant).or_insert(found.len());
                if index == found.len() {
                    found.push(Found {
                        place: customer.place.clone(),
                        domain: customer.domain.clone(),
                        cells: BTreeMap::new(),
                        ends: None,
                        provable: false,
                    });
                }
                self.add(&mut found[index], &setup, customer);
            }
        }
        let used: Vec<usize> = (0..self.library.profiles().len())
            .filter(|profile| found.iter().any(|found| found.cells.contains_key(profile)))
            .collect();
        let mut rows: Vec<CustomerRow> = found
            .into_iter()
            .map(|found| self.row(found, &used))
            .collect();
        // Who ends first stands first, and who does not end behind them all.
        rows.sort_by_cached_key(|row| {
            let at = row.ends.as_ref().map(|ends| ends.at.clone());
            (at.is_none(), at, row.name.to_lowercase())
        });
        CustomersView {
            tabs: self.tabs(&rows),
            columns: used
                .iter()
                .map(|profile| &self.library.profiles()[*profile])
                .map(|profile| CustomerColumn {
                    profile: profile.id.clone(),
                    name: profile.name.clone(),
                })
                .collect(),
            profiles: self.choices(),
            proved: rows.iter().filter(|row| row.proved).count(),
            rows,
            blocked,
        }
    }

    /// Adds what a setup, newer than those before it, knows of a customer.
    fn add(&self, found: &mut Found, setup: &Listed<'_>, customer: answers::Customer) {
        let answers::Customer { place, domain } = customer;
        let is_learnt = place.name != domain;
        if is_learnt || found.place.name == found.domain {
            found.place = place.clone();
        }
        found.domain = domain;
        found.provable |= setup.sorted.is_provable();
        if let Some((at, what)) = setup.ends.next(place.tenant)
            && found.ends.as_ref().is_none_or(|ends| at < ends.0)
        {
            found.ends = Some((at, what.clone()));
        }
        let stands = setup.sorted.stands(place.tenant);
        let weight = (
            !setup.sorted.is_taken_back(),
            setup.sorted.has_begun(),
            Reverse(stands.rank()),
        );
        let shown = found.cells.get(&setup.profile);
        if shown.is_none_or(|(other, ..)| *other <= weight) {
            let cell = (weight, stands.needs_you, self.cell(setup.id, &stands));
            found.cells.insert(setup.profile, cell);
        }
    }

    fn cell(&self, setup: &SetupId, stands: &Stands<'_>) -> CustomerCell {
        let word = match &stands.word {
            Word::Key(key) => self.catalogue.say(key),
            Word::Progress { done, total } => {
                let text = Text::new("customer-progress");
                self.text(&text.with("done", *done).with("total", *total))
            }
            Word::Until(moment) => {
                let time = times::short(*moment, self.now, self.zone);
                self.text(&Text::new("customer-until").with("time", time))
            }
        };
        CustomerCell {
            setup: setup.to_string(),
            sign: stands.sign,
            word,
            because: stands.because.map(|because| self.because(because)),
            rank: stands.rank(),
            readiness: stands.readiness,
        }
    }

    fn because(&self, because: Because<'_>) -> String {
        let (step, problem) = match because {
            Because::Key(key) => return self.catalogue.say(key),
            Because::Says(text) => return self.text(text),
            Because::Failed(row, fault) => (&row.step.title, Problem::from(fault)),
            Because::Troubled(row, trouble) => (&row.step.title, problem_of(row, trouble).0),
        };
        let what = problem.view(self.catalogue).what;
        let text = Text::new("customer-because-stopped").with("step", step.clone());
        self.text(&text.with("what", what))
    }

    fn row(&self, found: Found, used: &[usize]) -> CustomerRow {
        let Found {
            place,
            domain,
            mut cells,
            ends,
            provable,
        } = found;
        let most_urgent = cells.values().min_by_key(|(_, _, cell)| cell.rank);
        let setup = most_urgent.map_or_else(String::new, |(_, _, cell)| cell.setup.clone());
        let ends = ends.map(|(at, what)| self.end(at, &what));
        let signs = |sign| cells.values().any(|(_, _, cell)| cell.sign == sign);
        let is_in = |filter: &CustomerFilter| match filter {
            CustomerFilter::All => true,
            CustomerFilter::NeedsYou => cells.values().any(|(_, needs_you, _)| *needs_you),
            CustomerFilter::EndsSoon => ends.as_ref().is_some_and(|ends| ends.sign.is_some()),
            CustomerFilter::CannotSee => signs(Sign::CannotSee),
        };
        let filters = FILTERS.into_iter().filter(is_in).collect();
        let mut lives = cells
            .values()
            .filter(|((is_live, ..), ..)| *is_live)
            .peekable();
        let proved = lives.peek().is_some() && lives.all(|(_, _, cell)| cell.sign == Sign::Pass);
        CustomerRow {
            tenant: place.tenant.to_string(),
            short: place.tenant.short(),
            name: place.name,
            domain,
            cells: used
                .iter()
                .map(|profile| cells.remove(profile).map(|(_, _, cell)| cell))
                .collect(),
            ends,
            filters,
            setup,
            provable,
            proved,
        }
    }

    fn end(&self, at: Timestamp, what: &Text) -> CustomerEnd {
        let days = times::days(self.now, at, self.zone);
        let left = if at <= self.now {
            Text::new("customer-end-over")
        } else {
            Text::new("customer-end-days").with("days", days)
        };
        let sign = if at <= self.now || days <= NEAR {
            Some(Sign::Fail)
        } else {
            (days <= SOON).then_some(Sign::Warn)
        };
        CustomerEnd {
            day: times::day(at, self.zone),
            left: self.text(&left),
            at: at.to_string(),
            sign,
            what: self.text(what),
        }
    }

    /// The tabs, with how many each holds.
    fn tabs(&self, rows: &[CustomerRow]) -> Vec<CustomerTab> {
        let tab = |filter: CustomerFilter| CustomerTab {
            filter,
            title: self.text(&match filter {
                CustomerFilter::All => Text::new("customers-all"),
                CustomerFilter::NeedsYou => Text::new("customers-needs-you"),
                CustomerFilter::EndsSoon => Text::new("customers-ends-soon").with("days", SOON),
                CustomerFilter::CannotSee => Text::new("customers-cannot-see"),
            }),
            count: rows
                .iter()
                .filter(|row| row.filters.contains(&filter))
                .count(),
        };
        FILTERS.into_iter().map(tab).collect()
    }

    /// The profiles that customers can be chosen for.
    fn choices(&self) -> Vec<ProfileChoice> {
        let takes = |(profile, _): &(&Profile, Origin)| {
            let pattern = grantway_patterns::pattern(&profile.pattern);
            let form = pattern.map(|pattern| pattern.form(profile, &Answers::new()));
            form.is_some_and(|form| form.iter().any(takes_customers))
        };
        let profiles = self.library.offered().filter(takes);
        profiles
            .map(|(profile, _)| ProfileChoice {
                profile: profile.id.clone(),
                name: profile.name.clone(),
            })
            .collect()
    }

    fn text(&self, text: &Text) -> String {
        self.catalogue.text(text)
    }
}

const FILTERS: [CustomerFilter; 4] = [
    CustomerFilter::All,
    CustomerFilter::NeedsYou,
    CustomerFilter::EndsSoon,
    CustomerFilter::CannotSee,
];
