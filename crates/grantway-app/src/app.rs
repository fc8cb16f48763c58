//! The app: one open world, the preferences, and a host around both.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use grantway_core::engine::InUse;
use grantway_core::ids::SetupId;
use grantway_core::journal::SetupState;
use grantway_core::ports::{Ids, Observer};
use grantway_core::question::Facts;
use grantway_core::{Place, TenantId, Timestamp};
use grantway_microsoft::clouds::{Cloud, built_in};
use grantway_microsoft::control::Sleep;
use grantway_patterns::{Answers, Pattern, Profile, Situation};
use grantway_store::vault::{KeychainUse, Passphrase};
use jiff::tz::TimeZone;
use tokio::sync::RwLock as AsyncRwLock;

use crate::catalogue::Catalogue;
use crate::cloud_file::read_cloud_file;
use crate::contract::{Call, Event, Reply, Screen, UiProblem};
use crate::host::{Host, PracticeStarter};
use crate::kept::Kept;
use crate::own_profiles::OwnProfiles;
use crate::preferences::Preferences;
use crate::problem::Problem;
use crate::use_cases::Shelf;
use crate::uses::Uses;
use crate::world::{AroundJournal, JournalOf, World, WorldError, WorldOrder, folder_of, lock};

/// What the app is started with. Everything that the machine knows comes in here.
pub struct AppOrder {
    /// Where data is kept; each mode has a folder of its own below it.
    pub data: PathBuf,
    /// A cloud that this start was given, instead of those that are built in or chosen in Settings.
    pub cloud: Option<Cloud>,
    /// Starts a practice cloud; none in builds without one.
    pub practice: Option<Arc<dyn PracticeStarter>>,
    /// Practice from the start, whatever mode the app was left in.
    pub start_in_practice: bool,
    /// Setups that were under way go on when a world is opened. Whoever only looks says no: then nothing is sent.
    pub goes_on: bool,
    /// Who is asked for the vault's passphrase.
    pub passphrase: Arc<dyn Passphrase>,
    /// Where a new vault's key goes.
    pub keychain: KeychainUse,
    /// Who watches the journal.
    pub around_journal: AroundJournal,
    /// What sleeping does to a practice clock.
    pub sleep: Sleep,
    /// The machine's clock.
    pub machine: fn() -> Timestamp,
    /// Ids and randomness.
    pub ids: Arc<dyn Ids>,
    /// The time zone in which times are shown.
    pub zone: TimeZone,
}

/// The app. Every host holds one and passes calls on to it.
pub struct App {
    pub(crate) host: Arc<dyn Host>,
    pub(crate) order: AppOrder,
    pub(crate) catalogue: Arc<Catalogue>,
    /// The profiles that there are, as they were read last.
    pub(crate) shelf: Mutex<Shelf>,
    pub(crate) kept: Arc<Kept>,
    pub(crate) world: AsyncRwLock<Arc<World>>,
    /// Why the chosen cloud file is not used.
    pub(crate) cloud_problem: Mutex<Option<Problem>>,
    observer: Arc<Teller>,
}

/// A setup with all that its use cases go by.
pub(crate) struct Subject {
    pub world: Arc<World>,
    pub id: SetupId,
    pub state: Arc<SetupState>,
    pub profile: Profile,
    pub pattern: &'static dyn Pattern,
    pub answers: Answers,
    pub places: Vec<Place>,
    /// The tenants in which its take back is the last use of Grantway's own consent: the consent goes too.
    pub ending_consents: Vec<TenantId>,
    /// What take back leaves since another setup works with it; empty until that was looked up.
    pub in_use: InUse,
}

impl Subject {
    pub fn situation<'a>(&'a self, facts: &'a Facts) -> Situation<'a> {
        Situation {
            setup: &self.id,
            profile: &self.profile,
            answers: &self.answers,
            places: &self.places,
            facts,
            accepted: &self.state.accepted,
            planned: self
                .state
                .plan
                .as_ref()
                .or(self.state.answered_over.as_ref()),
            now: self.world.clock.now(),
        }
    }

    /// Whether take back has, or would have, a consent of Grantway's own to take away.
    pub fn ends_consent(&self) -> bool {
        !self.ending_consents.is_empty()
    }

    /// The customers, in the order of the answers.
    pub fn customers(&self) -> impl Iterator<Item = &Place> {
        let places = self.places.iter();
        places.filter(|place| place.party == grantway_core::Party::Customer)
    }

    /// Whether customers are shown side by side.
    pub fn has_several_customers(&self) -> bool {
        self.customers().nth(1).is_some()
    }

    /// The place of a party, where there is exactly one of it.
    pub fn place(&self, party: grantway_core::Party) -> Option<&Place> {
        self.places.iter().find(|place| place.party == party)
    }
}

/// Passes on that setups have moved.
struct Teller(Arc<dyn Host>);

impl Observer for Teller {
    fn moved(&self, setup: &SetupId) {
        self.0.emit(Event::Changed {
            screens: vec![
                Screen::Setup {
                    id: setup.to_string(),
                },
                Screen::Home,
                Screen::Customers,
                Screen::Activity,
                Screen::Frame,
            ],
        });
    }
}

impl App {
    /// Opens the app in the mode that it was left in; on a fresh machine in practice.
    pub async fn open(order: AppOrder, host: Arc<dyn Host>) -> Result<Arc<Self>, UiProblem> {
        let catalogue = Arc::new(Catalogue::english());
        let kept = Arc::new(Kept::of(Arc::clone(&host)));
        let preferences = kept.read();
        let practice = order.cloud.as_ref().map_or_else(
            || {
                order.practice.is_some()
                    && (order.start_in_practice || preferences.practice.unwrap_or(true))
            },
            Cloud::is_practice,
        );
        let observer = Arc::new(Teller(Arc::clone(&host)));
        let (world, cloud_problem) = open_first(&order, &kept, practice, observer.clone())
            .await
            .map_err(|problem| problem.view(&catalogue))?;
        let shelf = Shelf::of(&OwnProfiles::below(&order.data));
        let app = Arc::new(Self {
            host,
            order,
            catalogue,
            shelf: Mutex::new(shelf),
            kept,
            world: AsyncRwLock::new(Arc::new(world)),
            cloud_problem: Mutex::new(cloud_problem),
            observer,
        });
        app.go_on_with_all().await;
        Ok(app)
    }

    /// Answers a call. What goes wrong is finished text.
    pub async fn call(self: &Arc<Self>, call: Call) -> Result<Reply, UiProblem> {
        self.dispatch(call).await.map_err(|problem| {
            tracing::warn!(
                id = problem.id,
                key = problem.text.key,
                "a call was answered with a problem"
            );
            problem.view(&self.catalogue)
        })
    }

    /// The world that is open.
    pub async fn world(&self) -> Arc<World> {
        Arc::clone(&*self.world.read().await)
    }

    /// The name of a file that a person saves today: what it holds, the mode, the day.
    pub(crate) async fn dated(&self, what: &str, ending: &str) -> String {
        let mode = if self.world().await.is_practice() {
            "practice"
        } else {
            "live"
        };
        let day = (self.order.machine)()
            .to_zoned(self.order.zone.clone())
            .date();
        format!("grantway-{what}-{mode}-{day}.{ending}")
    }

    pub(crate) fn shelf(&self) -> MutexGuard<'_, Shelf> {
        lock(&self.shelf)
    }

    pub(crate) fn preferences(&self) -> Preferences {
        self.kept.read()
    }

    pub(crate) fn change_preferences(
        &self,
        change: impl FnOnce(&mut Preferences),
    ) -> Result<(), Problem> {
        Ok(self.kept.change(change)?)
    }

    /// Leaves one world for another. Runs of the old one are stopped first; they go on when it is opened again.
    pub(crate) async fn switch(self: &Arc<Self>, practice: bool) -> Result<(), Problem> {
        if self.world().await.is_practice() == practice {
            return Ok(());
        }
        self.enter(practice, self.preferences()).await
    }

    /// Opens a mode with these preferences, which are kept only once it is open. Where it does not open, the world that
    /// was open stays and goes on.
    pub(crate) async fn enter(
        self: &Arc<Self>,
        practice: bool,
        preferences: Preferences,
    ) -> Result<(), Problem> {
        let mut slot = self.world.write().await;
        slot.stop_everything(&*self.host).await;
        let observer = self.observer.clone();
        let opened = if slot.is_practice() == practice {
            self.reopen_world(&preferences, JournalOf::OldWorld, &slot)
                .await
        } else {
            let kept = &self.kept;
            open_world(&self.order, &preferences, kept, practice, observer).await
        };
        let world = match opened {
            Ok(world) => world,
            Err(problem) => {
                drop(slot);
                self.go_on_with_all().await;
                return Err(problem);
            }
        };
        *slot = Arc::new(world);
        drop(slot);
        *lock(&self.cloud_problem) = None;
        self.change_preferences(|kept| {
            *kept = preferences;
            kept.practice = Some(practice);
        })?;
        self.go_on_with_all().await;
        self.everything_changed();
        Ok(())
    }

    /// Opens the same mode again, with other settings. The vault stays open, and so does a journal that can be written.
    pub(crate) async fn reopen(self: &Arc<Self>, journal: JournalOf) -> Result<(), Problem> {
        let mut slot = self.world.write().await;
        if journal == JournalOf::Folder && slot.file.read_only().is_none() {
            // Somebody was faster: the journal is ours already, and would look like another instance's.
            return Ok(());
        }
        slot.stop_everything(&*self.host).await;
        let opened = self.reopen_world(&self.preferences(), journal, &slot).await;
        let outcome = opened.map(|world| *slot = Arc::new(world));
        drop(slot);
        // Where it does not open, the old world goes on.
        self.go_on_with_all().await;
        outcome?;
        self.everything_changed();
        Ok(())
    }

    /// Opens a world of the same mode over what an older one holds open.
    async fn reopen_world(
        &self,
        preferences: &Preferences,
        journal: JournalOf,
        old: &World,
    ) -> Result<World, Problem> {
        let observer = self.observer.clone();
        let practice = old.is_practice();
        let order = world_order(&self.order, preferences, &self.kept, practice, observer).await?;
        let opened = World::again(old, journal, order).await;
        opened.map_err(|error| world_problem(&error))
    }

    pub(crate) fn everything_changed(&self) {
        self.host.emit(Event::Changed {
            screens: vec![
                Screen::Frame,
                Screen::Home,
                Screen::Customers,
                Screen::Activity,
                Screen::Practice,
                Screen::Settings,
            ],
        });
    }

    pub(crate) fn changed(&self, setup: &SetupId) {
        self.observer.moved(setup);
    }

    /// A setup with all that its use cases go by.
    pub(crate) async fn subject(&self, id: &str) -> Result<Subject, Problem> {
        self.subject_in(&self.world().await, id).await
    }

    /// The same in a world that may be about to be left: what runs there does not wait for the next one.
    pub(crate) async fn subject_in(
        &self,
        world: &Arc<World>,
        id: &str,
    ) -> Result<Subject, Problem> {
        let world = Arc::clone(world);
        let unknown =
            || Problem::new("problem-no-such-setup", "GW-SET-0001").with("setup", id.to_owned());
        let id = SetupId::parse(id).map_err(|_| unknown())?;
        let state = world.engine.state(&id).await?;
        if state.opened.is_none() || state.cloud != world.cloud.id().as_str() {
            return Err(unknown());
        }
        let uses = world.uses().await?;
        self.subject_of(world, id, state, &uses)
    }

    /// The same of a setup of this world whose state is known, among all that work in somebody's name.
    pub(crate) fn subject_of(
        &self,
        world: Arc<World>,
        id: SetupId,
        state: Arc<SetupState>,
        uses: &Uses,
    ) -> Result<Subject, Problem> {
        let profile = self
            .library()
            .profile(&state.profile)
            .cloned()
            .ok_or_else(|| {
                Problem::new("problem-no-such-profile", "GW-SET-0002")
                    .with("profile", state.profile.clone())
            })?;
        let pattern = grantway_patterns::pattern(&state.pattern).ok_or_else(|| {
            Problem::new("problem-no-such-pattern", "GW-SET-0003")
                .with("pattern", state.pattern.clone())
        })?;
        let (answers, places) = crate::answers::read(&state);
        let ending_consents = if state.has_written() || state.undo_began.is_some() {
            uses.last_of(&id, &state)
        } else {
            Vec::new()
        };
        Ok(Subject {
            world,
            id,
            state,
            profile,
            pattern,
            answers,
            places,
            ending_consents,
            in_use: InUse::new(),
        })
    }
}

/// Opens the first world. A chosen cloud file that is gone, wrong or silent must not keep the app from opening: Settings
/// is where another one is chosen. Gives why it is not used.
async fn open_first(
    order: &AppOrder,
    kept: &Arc<Kept>,
    practice: bool,
    observer: Arc<Teller>,
) -> Result<(World, Option<Problem>), Problem> {
    let preferences = kept.read();
    match open_world(order, &preferences, kept, practice, observer.clone()).await {
        Ok(world) => Ok((world, None)),
        Err(problem) if preferences.cloud_file.is_some() && order.cloud.is_none() => {
            let without = Preferences {
                cloud_file: None,
                ..preferences
            };
            let world = open_world(order, &without, kept, practice, observer).await?;
            Ok((world, Some(problem)))
        }
        Err(problem) => Err(problem),
    }
}

async fn open_world(
    order: &AppOrder,
    preferences: &Preferences,
    kept: &Arc<Kept>,
    practice: bool,
    observer: Arc<Teller>,
) -> Result<World, Problem> {
    let order = world_order(order, preferences, kept, practice, observer).await?;
    let opened = World::open(order).await;
    opened.map_err(|error| world_problem(&error))
}

async fn world_order<'a>(
    order: &'a AppOrder,
    preferences: &Preferences,
    kept: &Arc<Kept>,
    practice: bool,
    observer: Arc<Teller>,
) -> Result<WorldOrder<'a>, Problem> {
    let cloud = cloud_of(order, preferences, practice).await?;
    Ok(WorldOrder {
        cloud,
        kept: Arc::clone(kept),
        folder: folder_of(&order.data, practice),
        passphrase: &*order.passphrase,
        keychain: order.keychain,
        around_journal: order.around_journal,
        sleep: order.sleep,
        machine: order.machine,
        ids: Arc::clone(&order.ids),
        observer,
    })
}

/// The cloud of a mode.
async fn cloud_of(
    order: &AppOrder,
    preferences: &Preferences,
    practice: bool,
) -> Result<Cloud, Problem> {
    if let Some(cloud) = &order.cloud
        && cloud.is_practice() == practice
    {
        return Ok(cloud.clone());
    }
    if let (None, Some(path)) = (&order.cloud, &preferences.cloud_file) {
        let cloud = read_cloud_file(path)?;
        if cloud.is_practice() == practice {
            return Ok(cloud);
        }
    }
    if !practice {
        return built_in(&preferences.cloud).cloned().ok_or_else(|| {
            Problem::new("problem-no-such-cloud", "GW-CLD-0001")
                .with("cloud", preferences.cloud.clone())
        });
    }
    let starter = order
        .practice
        .as_ref()
        .ok_or_else(|| Problem::new("problem-no-practice", "GW-PRA-0001"))?;
    let state = folder_of(&order.data, true).join("cloud.json");
    let file = starter.start(state).await?;
    Cloud::from_toml(&file).map_err(|error| {
        Problem::new("problem-practice-file", "GW-PRA-0002").with("detail", error.to_string())
    })
}

fn world_problem(error: &WorldError) -> Problem {
    let (key, id) = match error {
        WorldError::Vault(_) => ("problem-vault", "GW-VLT-0001"),
        WorldError::Journal(_) => ("problem-journal-open", "GW-JRN-0004"),
        WorldError::Control(_) => ("problem-practice-silent", "GW-PRA-0003"),
        WorldError::Transport(_) => ("problem-http", "GW-NET-0001"),
    };
    let mut detail = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        detail.push_str(": ");
        detail.push_str(&inner.to_string());
        source = inner.source();
    }
    Problem::new(key, id).with("detail", detail)
}
