//! `grantctl serve`: the screens in a plain browser, for tests; never in a shipped build.

use std::path::PathBuf;

use clap::Args;
use grantway_app::contract::{Call, Reply};
use grantway_app::{App, AppOrder, Sleep};
use grantway_practice::{ClockMode, ScenarioSource};
use std::sync::Arc;

use super::desk::{Problem, problem, unexpected};
use super::outcome::Outcome;
use super::practice::stopped;
use super::{Place, print};
use crate::edge;
use crate::exit::Exit;
use crate::host::Terminal;
use crate::practice::{PracticeHere, PracticeOrder};

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The built screens.
    #[arg(long, value_name = "DIR")]
    dist: PathBuf,
    #[command(flatten)]
    place: Place,
    /// The practice scenario.
    #[arg(long, value_name = "ID")]
    scenario: Option<String>,
    /// A scenario file.
    #[arg(long, value_name = "FILE", conflicts_with = "scenario")]
    scenario_file: Option<PathBuf>,
    /// Stands the practice clock still at this moment.
    #[arg(long, value_name = "RFC3339")]
    frozen: Option<grantway_app::Timestamp>,
    /// Gives the practice cloud's ids a fixed order.
    #[arg(long)]
    seed: Option<u64>,
}

pub(crate) async fn run(arguments: ServeArguments) -> Result<Outcome, Problem> {
    let data = arguments.place.folder()?;
    let practice = Arc::new(PracticeHere::new(PracticeOrder {
        scenario: arguments
            .scenario_file
            .map(ScenarioSource::File)
            .or_else(|| arguments.scenario.map(ScenarioSource::Builtin)),
        clock: arguments
            .frozen
            .map_or(ClockMode::Running, |at| ClockMode::Frozen { at }),
        seed: arguments.seed,
        traffic: None,
        forgets: false,
        latency: None,
    }));
    let host = Terminal::new(data.clone(), Some(Arc::clone(&practice)));
    let order = AppOrder {
        data,
        cloud: None,
        practice: Some(practice.clone()),
        start_in_practice: true,
        goes_on: true,
        passphrase: Arc::new(arguments.place.prompt()),
        keychain: arguments.place.keychain(),
        around_journal: std::convert::identity,
        sleep: Sleep::Waits,
        machine: edge::now,
        ids: Arc::new(edge::SystemIds),
        zone: jiff::tz::TimeZone::UTC,
    };
    let app = App::open(order, host.clone()).await.map_err(Box::new)?;
    let Reply::Practice(view) = app.call(Call::Practice).await.map_err(Box::new)? else {
        return Err(unexpected());
    };
    host.fill_cast(&view.people, None);
    let control = practice.control().await.ok_or_else(unexpected)?;
    let token = uuid::Uuid::from_bytes(random()).simple().to_string();
    let ready = |url: &str| {
        print::out(&serde_json::json!({ "url": url, "control": control }).to_string());
    };
    let served = tokio::select! {
        served = crate::serve::serve(app, host, &arguments.dist, token, ready) => served,
        () = stopped() => Ok(()),
    };
    practice.shutdown().await;
    served.map_err(|error| {
        problem(
            "GW-SRV-0001",
            "The screens cannot be served.",
            Some(error.to_string()),
            "Check the loopback network of this computer.",
        )
    })?;
    Ok(Outcome::new(Exit::Done))
}

fn random() -> [u8; 16] {
    use grantway_app::Ids;
    let mut bytes = [0; 16];
    edge::SystemIds.bytes(&mut bytes);
    bytes
}
