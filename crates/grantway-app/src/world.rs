//! A world: one cloud with its clock, its journal and its vault. Practice and live never share one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use grantway_core::check::{Check, Remedy};
use grantway_core::engine::{Brake, Caps, Engine};
use grantway_core::ids::SetupId;
use grantway_core::journal::{Index, Journal, JournalError, SetupState};
use grantway_core::ports::{Clock, Ids, Observer, Secrets};
use grantway_core::{Actor, AppId, Fault, Timestamp};
use grantway_microsoft::clouds::Cloud;
use grantway_microsoft::control::{Control, ControlError, PracticeClock, Sleep};
use grantway_microsoft::graph::Graphs;
use grantway_microsoft::http::{Gates, Limits, Transport};
use grantway_patterns::Answers;
use grantway_session::SessionReport;
use grantway_store::journal::OpenError;
use grantway_store::vault::{KeychainUse, Kind, Namespace, Passphrase, VaultError};
use grantway_store::{SqliteJournal, Vault, VaultConfig};
use tokio::sync::Notify;

use crate::client_choice::ClientChoices;
use crate::clock::LiveClock;
use crate::kept::Kept;
use crate::registry;
use crate::tokens::{REFRESH_TOKENS, SignInTokens};
use crate::uses::Uses;

/// Stands between the app and the journal on disk: who watches what is appended. [`std::convert::identity`] is nobody.
pub type AroundJournal = fn(Arc<dyn Journal>) -> Arc<dyn Journal>;

/// What a world is opened with.
pub struct WorldOrder<'a> {
    /// The cloud.
    pub cloud: Cloud,
    /// Its folder: journal, vault, practice state.
    pub folder: PathBuf,
    /// The preferences: the client ID is looked up there whenever it is needed.
    pub kept: Arc<Kept>,
    /// Who is asked for a passphrase.
    pub passphrase: &'a dyn Passphrase,
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
    /// Who hears that a setup moved.
    pub observer: Arc<dyn Observer>,
}

/// Why a world cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] OpenError),
    /// The practice cloud.
    #[error(transparent)]
    Control(#[from] ControlError),
    /// The HTTP client.
    #[error(transparent)]
    Transport(#[from] grantway_microsoft::http::transport::TransportError),
}

/// What a world keeps on disk.
struct Parts {
    folder: PathBuf,
    file: Arc<SqliteJournal>,
    around: AroundJournal,
    vault: Vault,
}

impl Parts {
    /// Opens the journal of a folder with the key that the vault keeps for it.
    async fn open(
        folder: PathBuf,
        vault: Vault,
        around: AroundJournal,
    ) -> Result<Self, WorldError> {
        let key = vault.key("journal/chain").await?;
        let opened = SqliteJournal::open(&folder, &key).await?;
        Ok(Self {
            folder,
            file: Arc::new(opened.into_journal()),
            around,
            vault,
        })
    }
}

/// Which journal a world of the same mode goes on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum JournalOf {
    /// The old world's, as it is open.
    OldWorld,
    /// The folder's, opened anew: for one that was open for reading only.
    Folder,
}

/// What runs for a setup.
pub(crate) struct Running {
    /// Lets nothing new begin.
    pub brake: Arc<Brake>,
    /// It was asked to look again while it ran.
    pub again: bool,
    /// Wakes it from waiting.
    pub wake: Arc<Notify>,
}

impl Running {
    /// Lets nothing new begin, and ends the waiting.
    pub fn hold(&self) {
        self.brake.pull();
        self.wake.notify_one();
    }

    /// Asks for another round.
    pub fn ask_again(&mut self) {
        self.again = true;
        self.wake.notify_one();
    }
}

/// A session that is open for a setup.
pub(crate) struct OpenSession {
    /// Its id at the host.
    pub id: String,
    /// Its lane, 1 to 3.
    pub lane: u8,
    /// What it is for.
    pub purpose: Purpose,
    /// How often credentials will be asked for.
    pub expected_prompts: u8,
    /// What it has seen so far.
    pub report: SessionReport,
    /// The person has said that the task is done.
    pub finished: bool,
    /// How often the person says that they were asked.
    pub prompts_said: Option<u8>,
    /// What the person brings back from the page.
    pub given: Option<String>,
    /// It was stopped: a browser that nobody can close from here is not waited for any more.
    pub stopped: bool,
}

/// What a session is for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Purpose {
    /// A seat's sign-in.
    Seat(String),
    /// A step's task.
    Task(String),
    /// A page on which a check is mended by hand.
    Page {
        /// The check, as it was when the page was opened: it may have passed since.
        check: Box<Check>,
        /// Its remedy.
        remedy: Box<Remedy>,
    },
}

/// A world.
pub struct World {
    /// The cloud.
    pub cloud: Arc<Cloud>,
    /// The folder.
    pub folder: PathBuf,
    /// The practice cloud's controls.
    pub control: Option<Control>,
    /// The practice cloud's clock, where it can be moved.
    pub practice_clock: Option<Arc<PracticeClock>>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// The journal.
    pub journal: Arc<dyn Journal>,
    /// The same as a file: why it is open for reading only, and how it is exported.
    pub file: Arc<SqliteJournal>,
    around: AroundJournal,
    /// The vault.
    pub vault: Vault,
    /// The engine.
    pub engine: Engine,
    /// The HTTP client.
    pub transport: Arc<Transport>,
    /// Graph, for what is not a step of a plan.
    pub graphs: Graphs,
    /// Sign-ins.
    pub tokens: Arc<SignInTokens>,
    kept: Arc<Kept>,
    pub(crate) running: Mutex<HashMap<SetupId, Running>>,
    pub(crate) sessions: Mutex<HashMap<SetupId, OpenSession>>,
    pub(crate) busy: Mutex<HashMap<SetupId, &'static str>>,
    work: Mutex<HashMap<SetupId, usize>>,
    /// Told whenever something that was under way has come to its end.
    pub(crate) ended: Notify,
    /// Held while a decision is judged and recorded: of two at the same moment the second finds the first.
    pub(crate) deciding: tokio::sync::Mutex<()>,
    /// When the page of a check was last left: for a while nothing may tell yet what was done there.
    pub(crate) pages_left: Mutex<HashMap<(SetupId, String), Timestamp>>,
    pub(crate) troubles: Mutex<HashMap<SetupId, crate::problem::Problem>>,
    /// What stands in the form of a setup that was begun for customers, until it is answered.
    pub(crate) begun_with: Mutex<HashMap<SetupId, Answers>>,
}

impl World {
    /// Opens a world. A journal that somebody else writes or that is damaged opens for reading only, and says so.
    pub async fn open(order: WorldOrder<'_>) -> Result<Self, WorldError> {
        let practice = order.cloud.is_practice();
        let namespace = if practice {
            Namespace::Practice
        } else {
            Namespace::Live
        };
        let config = VaultConfig::new(&order.folder, namespace).keychain(order.keychain);
        let vault = Vault::open(&config, order.passphrase).await?;
        let parts = Parts::open(order.folder.clone(), vault, order.around_journal).await?;
        Self::build(parts, order).await
    }

    async fn build(parts: Parts, order: WorldOrder<'_>) -> Result<Self, WorldError> {
        let WorldOrder {
            cloud,
            kept,
            sleep,
            machine,
            ids,
            observer,
            ..
        } = order;
        let Parts {
            folder,
            file,
            around,
            vault,
        } = parts;
        let journal = around(Arc::clone(&file) as Arc<dyn Journal>);
        let cloud = Arc::new(cloud);
        let (control, practice_clock) = match Control::of(&cloud)? {
            None => (None, None),
            Some(control) => {
                let clock = PracticeClock::follow(control, sleep, machine).await?;
                (Control::of(&cloud)?, Some(Arc::new(clock)))
            }
        };
        let clock: Arc<dyn Clock> = match &practice_clock {
            Some(clock) => Arc::clone(clock) as Arc<dyn Clock>,
            None => Arc::new(LiveClock::new(machine)),
        };
        let transport = Arc::new(Transport::new(
            &cloud,
            Limits::default(),
            Arc::clone(&clock),
            Arc::clone(&ids),
        )?);
        let secrets: Arc<dyn Secrets> = Arc::new(vault.clone());
        let tokens = Arc::new(SignInTokens::new(
            Arc::clone(&cloud),
            Arc::clone(&transport),
            Arc::clone(&secrets),
        ));
        let graphs = registry::graphs(&cloud, &transport, &tokens, Arc::new(Gates::new()));
        let choices = ClientChoices::new(Arc::clone(&kept), Arc::clone(&cloud));
        let registry = registry::registry(&graphs).with_change(Arc::new(choices));
        let engine = Engine {
            journal: Arc::clone(&journal),
            // Of this opening of the journal: another one begins with an empty index.
            index: Index::default(),
            registry,
            clock: Arc::clone(&clock),
            secrets,
            observer,
            caps: Caps::default(),
        };
        let world = Self {
            cloud,
            folder,
            control,
            practice_clock,
            clock,
            journal,
            file,
            around,
            vault,
            engine,
            transport,
            graphs,
            tokens,
            kept,
            running: Mutex::default(),
            sessions: Mutex::default(),
            busy: Mutex::default(),
            work: Mutex::default(),
            ended: Notify::new(),
            deciding: tokio::sync::Mutex::default(),
            pages_left: Mutex::default(),
            troubles: Mutex::default(),
            begun_with: Mutex::default(),
        };
        world.remember_sign_ins().await;
        world.forget_idle_sign_ins().await;
        Ok(world)
    }

    /// The same mode with another cloud or client id, or with its journal opened anew: the vault is the old world's.
    pub(crate) async fn again(
        old: &Self,
        journal: JournalOf,
        order: WorldOrder<'_>,
    ) -> Result<Self, WorldError> {
        let (folder, vault) = (old.folder.clone(), old.vault.clone());
        let parts = match journal {
            JournalOf::OldWorld => Parts {
                folder,
                file: Arc::clone(&old.file),
                around: old.around,
                vault,
            },
            JournalOf::Folder => Parts::open(folder, vault, old.around).await?,
        };
        Self::build(parts, order).await
    }

    /// Stops sessions and lets no new step begin; returns when what runs has come to a stop.
    pub(crate) async fn stop_everything(&self, host: &dyn crate::host::Host) {
        for session in lock(&self.sessions).values_mut() {
            session.stopped = true;
            host.stop_session(&session.id);
        }
        for running in lock(&self.running).values() {
            running.hold();
        }
        for _ in 0..200 {
            if lock(&self.running).is_empty() && lock(&self.sessions).is_empty() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
    }

    /// Notes that something is under way for a setup, for as long as what is returned lives.
    pub(crate) fn work(self: &Arc<Self>, setup: &SetupId) -> Work {
        *lock(&self.work).entry(setup.clone()).or_default() += 1;
        Work {
            world: Arc::clone(self),
            setup: setup.clone(),
        }
    }

    /// Whether nothing is under way for a setup and no session of it is open.
    pub(crate) fn is_idle(&self, setup: &SetupId) -> bool {
        !lock(&self.work).contains_key(setup)
            && !lock(&self.running).contains_key(setup)
            && !lock(&self.sessions).contains_key(setup)
            && !lock(&self.busy).contains_key(setup)
    }

    /// The client ID that is used here: the one that was entered, or the cloud's own.
    pub fn client(&self) -> Option<AppId> {
        let entered = self.kept.entered_client(&self.cloud);
        entered.or(self.cloud.client_id())
    }

    /// Whether this is the practice cloud's world.
    pub fn is_practice(&self) -> bool {
        self.cloud.is_practice()
    }

    /// All setups of this cloud with where they stand, oldest first; those that were put away are left out.
    pub async fn setups(&self) -> Result<Vec<(SetupId, Arc<SetupState>)>, JournalError> {
        let mut setups = self.engine.states().await?;
        setups.retain(|(_, state)| state.cloud == self.cloud.id().as_str() && !state.closed);
        Ok(setups)
    }

    /// What the vault is, for Settings: the catalogue's key.
    pub fn vault_key(&self) -> &'static str {
        match self.vault.kind() {
            Kind::Keychain => "settings-vault-keychain",
            Kind::Passphrase => "settings-vault-passphrase",
            Kind::Memory => "settings-vault-memory",
        }
    }

    /// Sign-ins of earlier runs answer again, as long as the vault still has what renews them.
    async fn remember_sign_ins(&self) {
        let Ok(setups) = self.setups().await else {
            return;
        };
        for (_, state) in setups {
            for sign_in in state.sign_ins.values() {
                if let Ok(actor) = sign_in.actor() {
                    self.tokens.remember(actor, &sign_in.scopes);
                }
            }
        }
    }

    /// What has lain unused for a week goes from the vault at every start, setups that are long over included.
    async fn forget_idle_sign_ins(&self) {
        if self.file.read_only().is_some() {
            return;
        }
        let forgotten = match self.vault.names(REFRESH_TOKENS).await {
            Ok(names) => self.tokens.forget_idle(names).await,
            Err(error) => {
                tracing::warn!(%error, "the vault's names cannot be read");
                return;
            }
        };
        if let Err(fault) = forgotten {
            tracing::warn!(%fault, "an idle sign-in cannot be deleted");
        }
    }

    /// Who works in whose name.
    pub(crate) async fn uses(&self) -> Result<Uses, JournalError> {
        Ok(Uses::of(&self.setups().await?))
    }

    /// Forgets somebody's sign-in, unless another setup goes on in the same name.
    pub(crate) async fn forget_sign_in(&self, setup: &SetupId, actor: &Actor) -> Result<(), Fault> {
        match self.uses().await {
            Ok(uses) if uses.is_used_elsewhere(setup, actor) => Ok(()),
            // Where the journal cannot tell, the safe side is to ask for a sign-in once too often.
            _ => self.tokens.forget(actor).await,
        }
    }
}

/// Something that is under way for a setup.
pub(crate) struct Work {
    world: Arc<World>,
    setup: SetupId,
}

impl Drop for Work {
    fn drop(&mut self) {
        let mut work = lock(&self.world.work);
        if let Some(count) = work.get_mut(&self.setup) {
            *count -= 1;
            if *count == 0 {
                work.remove(&self.setup);
            }
        }
        drop(work);
        self.world.ended.notify_waiters();
    }
}

/// A lock that a panic elsewhere cannot make useless: what it guards is rebuilt from the journal.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The folder of a mode below the data folder.
pub fn folder_of(data: &Path, practice: bool) -> PathBuf {
    data.join(if practice { "practice" } else { "live" })
}
