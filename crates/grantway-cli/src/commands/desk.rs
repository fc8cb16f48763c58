//! The app opened for a command: its cloud and its host.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use grantway_app::contract::{Call, Reply, SetupView, UiProblem};
use grantway_app::{App, AppOrder, Cloud, KeychainUse, Sleep};

use super::{Common, Place};
use crate::edge;
use crate::host::Terminal;
use crate::passphrase::Prompt;
#[cfg(feature = "practice")]
use crate::practice::{PracticeHere, PracticeOrder};
use crate::setup_file::{CloudChoice, SetupFile};

/// A problem that ends a command.
pub(crate) type Problem = Box<UiProblem>;

/// A problem of the terminal's own.
pub(crate) fn problem(id: &str, what: &str, why: Option<String>, todo: &str) -> Problem {
    Box::new(UiProblem {
        what: what.to_owned(),
        why,
        todo: todo.to_owned(),
        id: id.to_owned(),
        field: None,
    })
}

impl Place {
    pub fn folder(&self) -> Result<PathBuf, Problem> {
        let none = || {
            problem(
                "GW-STP-0003",
                "There is no data folder.",
                Some("The environment names no home.".into()),
                "Give one with --data.",
            )
        };
        self.data
            .clone()
            .or_else(edge::data_folder)
            .ok_or_else(none)
    }

    pub fn prompt(&self) -> Prompt {
        self.passphrase_fd
            .map_or(Prompt::Terminal, Prompt::Descriptor)
    }

    pub fn keychain(&self) -> KeychainUse {
        match self.passphrase_fd {
            Some(_) => KeychainUse::Never,
            None => KeychainUse::WhereItAnswers,
        }
    }
}

/// The app, opened.
pub(crate) struct Desk {
    pub app: Arc<App>,
    pub host: Arc<Terminal>,
    pub is_practice: bool,
    #[cfg(feature = "practice")]
    pub practice: Option<Arc<PracticeHere>>,
}

/// What a command does with setups that were cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfinished {
    /// They go on by themselves while the command runs.
    GoesOn,
    /// They stay as they are: the command only reads.
    Stays,
}

impl Desk {
    /// Opens the app on the cloud of a setup file; without one on the practice cloud.
    pub async fn open(
        common: &Common,
        file: Option<&SetupFile>,
        unfinished: Unfinished,
    ) -> Result<Self, Problem> {
        let data = common.place.folder()?;
        let choice = file.map(|file| file.cloud.clone());
        let (cloud, text) = match &choice {
            Some(CloudChoice::File(path)) => {
                let (cloud, text) = cloud_file(path)?;
                (Some(cloud), Some(text))
            }
            _ => (None, None),
        };
        let is_practice = match (&choice, &cloud) {
            (Some(CloudChoice::BuiltIn { .. }), _) => false,
            (_, Some(cloud)) => cloud.is_practice(),
            _ => true,
        };
        #[cfg(feature = "practice")]
        let practice = is_practice
            .then(|| practice(common, choice.as_ref(), text.as_deref()))
            .transpose()?
            .map(Arc::new);
        #[cfg(not(feature = "practice"))]
        drop(text);
        #[cfg(feature = "practice")]
        let host = Terminal::new(data.clone(), practice.clone());
        #[cfg(not(feature = "practice"))]
        let host = Terminal::new(data.clone());
        host.prefer(preferences(is_practice, choice.as_ref()));
        let order = AppOrder {
            data,
            cloud,
            #[cfg(feature = "practice")]
            practice: practice
                .clone()
                .map(|practice| practice as Arc<dyn grantway_app::host::PracticeStarter>),
            #[cfg(not(feature = "practice"))]
            practice: None,
            start_in_practice: is_practice,
            goes_on: unfinished == Unfinished::GoesOn,
            passphrase: Arc::new(common.place.prompt()),
            keychain: common.place.keychain(),
            around_journal: std::convert::identity,
            sleep: sleep(common),
            machine: edge::now,
            ids: Arc::new(edge::SystemIds),
            zone: jiff::tz::TimeZone::system(),
        };
        let app = App::open(
            order,
            Arc::clone(&host) as Arc<dyn grantway_app::host::Host>,
        )
        .await
        .map_err(Box::new)?;
        let desk = Self {
            app,
            host,
            is_practice,
            #[cfg(feature = "practice")]
            practice,
        };
        #[cfg(feature = "practice")]
        if is_practice {
            desk.fill_cast(common, file).await?;
        }
        Ok(desk)
    }

    #[cfg(feature = "practice")]
    async fn fill_cast(&self, common: &Common, file: Option<&SetupFile>) -> Result<(), Problem> {
        let Reply::Practice(view) = self.call(Call::Practice).await? else {
            return Err(unexpected());
        };
        let asked = common.scenario.as_deref().or(match file.map(|f| &f.cloud) {
            Some(CloudChoice::Scenario(id)) if common.scenario_file.is_none() => Some(id),
            _ => None,
        });
        let loaded = view.scenarios.iter().find(|line| line.loaded);
        if let (Some(asked), Some(loaded)) = (asked, loaded)
            && asked != loaded.id
        {
            return Err(problem(
                "GW-STP-0004",
                "The practice cloud of this data folder holds another scenario. Nothing was changed.",
                Some(format!(
                    "It holds \"{}\", and \"{asked}\" is asked for.",
                    loaded.id
                )),
                "Give another folder with --data, or load the scenario in the app.",
            ));
        }
        let first = file.and_then(|file| file.account.as_deref());
        if !self.host.fill_cast(&view.people, first) {
            return Err(problem(
                "GW-STP-0005",
                "The account of the setup file is none of this practice cloud. Nothing was changed.",
                first.map(|account| format!("field provider.account: \"{account}\"")),
                "Name one of the scenario's accounts, or leave the field out.",
            ));
        }
        Ok(())
    }

    pub async fn call(&self, call: Call) -> Result<Reply, Problem> {
        self.app.call(call).await.map_err(Box::new)
    }

    pub async fn view(&self, id: &str) -> Result<Box<SetupView>, Problem> {
        let call = Call::Setup {
            id: id.into(),
            phase: None,
        };
        match self.call(call).await? {
            Reply::Setup(view) => Ok(view),
            _ => Err(unexpected()),
        }
    }

    /// Refuses to go on where nothing can be written.
    pub async fn writable(&self) -> Result<(), Problem> {
        let Reply::Frame(frame) = self.call(Call::Frame).await? else {
            return Err(unexpected());
        };
        match frame.read_only {
            None => Ok(()),
            Some(view) => Err(problem(
                &view.problem.id,
                "This command can only read. Nothing was changed.",
                view.problem.why.or(Some(view.problem.what)),
                "Close the other Grantway, or export a damaged journal with grantctl journal export.",
            )),
        }
    }

    /// What was told since the last time, oldest first.
    pub fn problems(&self) -> Vec<UiProblem> {
        self.host.take_problems()
    }

    /// Ends the app's practice cloud, if it has one.
    pub async fn close(&self) {
        #[cfg(feature = "practice")]
        if let Some(practice) = &self.practice {
            practice.shutdown().await;
        }
    }
}

/// An answer of another kind than the contract says.
pub(crate) fn unexpected() -> Problem {
    problem(
        "GW-RPL-0001",
        "The app answered with something else than was asked for.",
        None,
        "This is a defect of Grantway. Send this id to support.",
    )
}

fn cloud_file(path: &Path) -> Result<(Cloud, String), Problem> {
    let unusable = |why: String| {
        problem(
            "GW-CLD-0010",
            "The cloud file cannot be used. Nothing was changed.",
            Some(why),
            "Check the field cloud.file of the setup file, and the file that it names.",
        )
    };
    let cloud = grantway_app::read_cloud_file(path).map_err(|error| unusable(error.to_string()))?;
    let text = std::fs::read_to_string(path).map_err(|error| unusable(error.to_string()))?;
    Ok((cloud, text))
}

/// The preferences of this process: the setup file decides, not what the app was left with.
fn preferences(is_practice: bool, choice: Option<&CloudChoice>) -> String {
    let mut json = serde_json::json!({ "practice": is_practice });
    if let Some(CloudChoice::BuiltIn { id, client_id }) = choice {
        json["cloud"] = id.clone().into();
        if let Some(client) = client_id {
            json["client_ids"] = serde_json::json!({ id: client });
        }
    }
    json.to_string()
}

#[cfg(feature = "practice")]
fn sleep(common: &Common) -> Sleep {
    if common.fast {
        Sleep::Moves
    } else {
        Sleep::Waits
    }
}

#[cfg(not(feature = "practice"))]
fn sleep(_common: &Common) -> Sleep {
    Sleep::Waits
}

/// The practice cloud of this process, or the controls of the one that a cloud file names.
#[cfg(feature = "practice")]
fn practice(
    common: &Common,
    choice: Option<&CloudChoice>,
    cloud_file: Option<&str>,
) -> Result<PracticeHere, Problem> {
    use grantway_practice::{ClockMode, ControlAddress, ScenarioSource};
    #[derive(serde::Deserialize)]
    struct Controls {
        control: Option<ControlAddress>,
    }
    if let Some(text) = cloud_file {
        let controls: Controls = toml::from_str(text).map_err(|error| {
            problem(
                "GW-CLD-0010",
                "The cloud file cannot be used. Nothing was changed.",
                Some(error.message().to_owned()),
                "Make it anew with grantctl practice.",
            )
        })?;
        return Ok(match controls.control {
            Some(control) => PracticeHere::elsewhere(control),
            None => PracticeHere::new(PracticeOrder::default()),
        });
    }
    let scenario = match (&common.scenario_file, &common.scenario, choice) {
        (Some(file), _, _) => Some(ScenarioSource::File(file.clone())),
        (None, Some(id), _) => Some(ScenarioSource::Builtin(id.clone())),
        (None, None, Some(CloudChoice::Scenario(id))) => Some(ScenarioSource::Builtin(id.clone())),
        _ => None,
    };
    if let Some(source) = &scenario {
        source.text().map_err(|error| {
            problem(
                "GW-STP-0006",
                "The scenario cannot be used. Nothing was changed.",
                Some(crate::practice::chain(&error)),
                "grantctl help practice lists the scenarios.",
            )
        })?;
    }
    Ok(PracticeHere::new(PracticeOrder {
        scenario,
        clock: common
            .frozen
            .map_or(ClockMode::Running, |at| ClockMode::Frozen { at }),
        seed: None,
        traffic: common.traffic.clone(),
        forgets: false,
        latency: None,
    }))
}
