//! Starting and stopping a practice cloud.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::{Clock, ClockMode};
use crate::cloud::Cloud;
use crate::cloud_file::CloudFile;
use crate::control::Desk;
use crate::gateway::{Gateway, StateKeeper, Traffic, serve};
use crate::hosts::{Hosts, Service};
use crate::ids::Ids;
use crate::scenario::{ScenarioError, ScenarioSource};
use crate::{control, federated, graph, login, partner_center, portal, vendor};

/// How a practice cloud starts.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What it starts with. Without effect while `state_file` holds an earlier state.
    pub scenario: ScenarioSource,
    /// How its clock runs.
    pub clock: ClockMode,
    /// Gives the ids and secrets a fixed order; left out, they come from the operating system.
    pub seed: Option<u64>,
    /// A file that gets a JSON line for each Graph exchange, without secrets.
    pub traffic: Option<PathBuf>,
    /// A file that keeps the state, so that a later start goes on.
    pub state_file: Option<PathBuf>,
    /// The control API's token; left out, one is drawn.
    pub control_token: Option<String>,
    /// Real time that every answer takes longer.
    pub latency: Option<Duration>,
    /// Ports of login, Graph, vendor, federated, control, Partner Center and portal, in this order; 0 or left out: free ones.
    pub ports: Vec<u16>,
}

/// Where the control API answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlAddress {
    /// `http://127.0.0.1:PORT`
    pub url: String,
    /// The bearer token.
    pub token: String,
}

/// Why a practice cloud did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The scenario cannot be used.
    #[error("the scenario cannot be used")]
    Scenario(#[from] ScenarioError),
    /// A port is taken or may not be used.
    #[error("the {service} service cannot listen on port {port}")]
    Port {
        /// Name of the service.
        service: &'static str,
        /// The port; 0 for any free one.
        port: u16,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The traffic file cannot be opened.
    #[error("the traffic file {} cannot be written", path.display())]
    Traffic {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The state file cannot be used. It is left as it is.
    #[error("the practice state in {} cannot be used; move the file away to start anew", path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

/// A practice cloud that runs. Dropping it stops it.
#[derive(Debug)]
pub struct Practice {
    cloud: Arc<Cloud>,
    control: ControlAddress,
    stop: watch::Sender<bool>,
    services: JoinSet<()>,
}

impl Practice {
    /// Starts a practice cloud on 127.0.0.1, a port for each service.
    ///
    /// # Errors
    /// When the scenario, a port or a file cannot be used.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let ids = match options.seed {
            Some(seed) => Ids::seeded(seed),
            None => Ids::from_system().map_err(StartError::Random)?,
        };
        let clock = Clock::new(options.clock);
        let token = options
            .control_token
            .clone()
            .unwrap_or_else(|| ids.secret());
        let kept = match &options.state_file {
            Some(path) => StateKeeper::load(path).map_err(|error| StartError::State {
                path: path.clone(),
                source: error.into(),
            })?,
            None => None,
        };
        let world = match kept {
            Some(kept) => {
                ids.restore(kept.ids);
                clock.restore(kept.clock);
                kept.world
            }
            None => options.scenario.world(&ids, clock.now())?,
        };
        let traffic = match &options.traffic {
            Some(path) => {
                let opened = Traffic::open(path).map_err(|source| StartError::Traffic {
                    path: path.clone(),
                    source,
                })?;
                Some(Arc::new(opened))
            }
            None => None,
        };
        let mut listeners = Vec::new();
        for (service, port) in Service::ALL
            .into_iter()
            .zip(options.ports.iter().copied().chain(std::iter::repeat(0)))
        {
            let failed = |source| StartError::Port {
                service: service.name(),
                port,
                source,
            };
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
                .await
                .map_err(failed)?;
            listeners.push((service, listener.local_addr().map_err(failed)?, listener));
        }
        let at = |wanted| {
            let found = listeners.iter().find(|(service, _, _)| *service == wanted);
            found.map_or(
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                |(_, address, _)| *address,
            )
        };
        let hosts = Hosts {
            login: at(Service::Login),
            graph: at(Service::Graph),
            vendor: at(Service::Vendor),
            federated: at(Service::Federated),
            control: at(Service::Control),
            partner_center: at(Service::PartnerCenter),
            portal: at(Service::Portal),
        };
        let cloud = Arc::new(Cloud::new(world, hosts, clock, ids));
        let keeper = options
            .state_file
            .map(|path| Arc::new(StateKeeper::new(path)));
        if let Some(keeper) = &keeper {
            keeper.save(&cloud).await;
        }
        let control = ControlAddress {
            url: cloud.hosts.base(Service::Control),
            token: token.clone(),
        };
        let desk = Desk {
            cloud: Arc::clone(&cloud),
            token,
            scenario: options.scenario,
        };
        let (stop, stopped) = watch::channel(false);
        let mut services = JoinSet::new();
        for (service, _, listener) in listeners {
            let router = match service {
                Service::Login => login::router(Arc::clone(&cloud)),
                Service::Graph => graph::router(Arc::clone(&cloud)),
                Service::Vendor => vendor::router(Arc::clone(&cloud)),
                Service::Federated => federated::router(Arc::clone(&cloud)),
                Service::Control => control::router(desk.clone()),
                Service::PartnerCenter => partner_center::router(Arc::clone(&cloud)),
                Service::Portal => portal::router(Arc::clone(&cloud)),
            };
            let gateway = Gateway {
                cloud: Arc::clone(&cloud),
                service,
                router,
                traffic: traffic.clone(),
                keeper: keeper.clone(),
                latency: options.latency,
            };
            services.spawn(serve(listener, gateway, stopped.clone()));
        }
        Ok(Self {
            cloud,
            control,
            stop,
            services,
        })
    }

    /// The cloud file: what a client needs to know to use this cloud.
    pub fn cloud(&self) -> CloudFile {
        CloudFile::of(&self.cloud, &self.control)
    }

    /// Where the control API answers.
    pub fn control(&self) -> &ControlAddress {
        &self.control
    }

    /// The shared state, for tests that look behind the pages.
    pub fn inner(&self) -> &Arc<Cloud> {
        &self.cloud
    }

    /// Stops all services and closes their connections.
    pub async fn shutdown(mut self) {
        // No receiver is left only when all services have stopped already.
        let _ = self.stop.send(true);
        while self.services.join_next().await.is_some() {}
    }
}
