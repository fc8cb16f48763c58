//! Test builds only: a loopback control port that opens clean sessions from a JSON spec, so that tests drive the real window.
//!
//! One request line in, one answer line out. The port and a token are written to the file that `--probe` names. Without the cargo
//! feature `probe` none of this is compiled.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use grantway_app::Catalogue;
use grantway_app::host::{BrowserOrder, Host};
use grantway_session::{HostRule, Lane, Party, Redirect, SessionSpec};
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindowBuilder};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

use crate::host::Desktop;
use crate::session_window::SessionWindows;

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Request {
    /// Opens a session; answered at once.
    Open { spec: Box<WireSpec> },
    /// Waits until a session has ended and tells how.
    Wait { id: String },
    /// Ends a session from outside.
    Close { id: String },
    /// Opens a page in the main window's own storage, to see what is shared with it.
    MainContext { url: Url },
    /// Runs a browser of lane 2 or 3 as a session would; `wait` tells when it has ended.
    Browser { id: String, lane: Lane, url: Url },
    /// Ends that browser.
    StopBrowser { id: String },
    /// Ends the app.
    Quit,
}

#[derive(Deserialize)]
struct WireSpec {
    id: String,
    party: Party,
    party_name: String,
    expected_tenant: Option<String>,
    start_url: Url,
    redirect: Option<WireRedirect>,
    sign_in_hosts: Vec<String>,
    #[serde(default)]
    step_hosts: Vec<String>,
    #[serde(default)]
    planned_windows: Vec<String>,
    #[serde(default)]
    expected_prompts: u8,
    practice: bool,
    time_limit_seconds: u32,
}

#[derive(Deserialize)]
struct WireRedirect {
    url: Url,
    state: String,
}

type Sessions = Arc<Mutex<HashMap<String, JoinHandle<Value>>>>;

/// Listens for the rest of the run.
pub fn listen(app: &AppHandle, file: PathBuf, folder: PathBuf) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = serve(app, file, folder).await {
            tracing::error!(%error, "the probe stopped");
        }
    });
}

async fn serve(app: AppHandle, file: PathBuf, folder: PathBuf) -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let token = tempfile::Builder::new()
        .rand_bytes(24)
        .prefix("")
        .tempfile()?
        .path()
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let address = json!({ "port": listener.local_addr()?.port(), "token": token });
    let ready = file.with_extension("writing");
    std::fs::write(&ready, address.to_string())?;
    std::fs::rename(&ready, &file)?;
    let sessions: Sessions = Arc::default();
    loop {
        let (stream, _) = listener.accept().await?;
        let (app, folder, sessions, token) =
            (app.clone(), folder.clone(), sessions.clone(), token.clone());
        tauri::async_runtime::spawn(async move {
            if let Err(error) = talk(stream, &app, &folder, &sessions, &token).await {
                tracing::warn!(%error, "a probe's connection broke");
            }
        });
    }
}

async fn talk(
    stream: TcpStream,
    app: &AppHandle,
    folder: &std::path::Path,
    sessions: &Sessions,
    token: &str,
) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    if lines.next_line().await?.as_deref() != Some(token) {
        return Ok(());
    }
    while let Some(line) = lines.next_line().await? {
        let request = serde_json::from_str::<Request>(&line);
        let quits = matches!(request, Ok(Request::Quit));
        let answer = match request {
            Ok(request) => carry_out(request, app, folder, sessions).await,
            Err(error) => json!({ "error": error.to_string() }),
        };
        write.write_all(format!("{answer}\n").as_bytes()).await?;
        if quits {
            app.exit(0);
        }
    }
    Ok(())
}

async fn carry_out(
    request: Request,
    app: &AppHandle,
    folder: &std::path::Path,
    sessions: &Sessions,
) -> Value {
    match request {
        Request::Open { spec } => match read_spec(*spec) {
            Ok(spec) => {
                let id = spec.id.clone();
                let windows = app.state::<SessionWindows>().inner().clone();
                let run = tokio::spawn(async move {
                    match windows
                        .run(spec, Arc::new(|_| {}), Arc::new(Catalogue::english()))
                        .await
                    {
                        Ok(outcome) => {
                            let answer = match &outcome.end {
                                grantway_session::SessionEnd::Redirected { answer_url } => {
                                    Some(answer_url.expose().to_string())
                                }
                                _ => None,
                            };
                            json!({ "end": format!("{:?}", outcome.end), "answer": answer, "report": format!("{:?}", outcome.report),
                                "prompts_seen": outcome.report.prompts_seen, "silent_sign_ins": outcome.report.silent_sign_ins,
                                "ignored_redirects": outcome.report.ignored_redirects,
                                "refused": outcome.report.refused.iter().map(|row| format!("{:?} {}", row.reason, row.host.as_deref().unwrap_or("-"))).collect::<Vec<_>>() })
                        }
                        Err(error) => json!({ "error": error.to_string() }),
                    }
                });
                lock(sessions).insert(id, run);
                json!({ "ok": true })
            }
            Err(error) => json!({ "error": error }),
        },
        Request::Wait { id } => {
            let run = lock(sessions).remove(&id);
            match run {
                Some(run) => run
                    .await
                    .unwrap_or_else(|error| json!({ "error": error.to_string() })),
                None => json!({ "error": "no such session" }),
            }
        }
        Request::Close { id } => {
            app.state::<SessionWindows>().stop(&id);
            json!({ "ok": true })
        }
        Request::MainContext { url } => {
            let (app, folder) = (app.clone(), folder.join("window"));
            let opened = tokio::task::spawn_blocking(move || {
                WebviewWindowBuilder::new(&app, "probe", WebviewUrl::External(url))
                    .data_directory(folder)
                    .title("Probe of the main storage")
                    .build()
                    .is_ok()
            })
            .await;
            json!({ "ok": opened.unwrap_or(false) })
        }
        Request::Browser { id, lane, url } => {
            let desktop = app.state::<Arc<Desktop>>().inner().clone();
            let order = BrowserOrder {
                id: id.clone(),
                lane,
                url,
            };
            let run = tokio::spawn(async move {
                match desktop.run_browser(order).await {
                    Ok(()) => json!({ "end": "Ended" }),
                    Err(error) => json!({ "error": error.to_string() }),
                }
            });
            lock(sessions).insert(id, run);
            json!({ "ok": true })
        }
        Request::StopBrowser { id } => {
            app.state::<Arc<Desktop>>().stop_session(&id);
            json!({ "ok": true })
        }
        // Ended after the answer is written, which the end of the process would cut off.
        Request::Quit => json!({ "ok": true }),
    }
}

fn read_spec(wire: WireSpec) -> Result<SessionSpec, String> {
    let rules = |list: &[String]| {
        list.iter()
            .map(|text| text.parse::<HostRule>().map_err(|error| error.to_string()))
            .collect::<Result<Vec<_>, _>>()
    };
    Ok(SessionSpec {
        sign_in_hosts: rules(&wire.sign_in_hosts)?,
        step_hosts: rules(&wire.step_hosts)?,
        planned_windows: rules(&wire.planned_windows)?,
        id: wire.id,
        party: wire.party,
        party_name: wire.party_name,
        expected_tenant: wire.expected_tenant,
        start_url: wire.start_url,
        redirect: wire.redirect.map(|redirect| Redirect {
            url: redirect.url,
            state: redirect.state,
        }),
        expected_prompts: wire.expected_prompts,
        practice: wire.practice,
        remembered_hosts: Vec::new(),
        time_limit_seconds: wire.time_limit_seconds,
        opening_note: None,
        browsers_found: true,
    })
}

fn lock(sessions: &Sessions) -> std::sync::MutexGuard<'_, HashMap<String, JoinHandle<Value>>> {
    sessions
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
