//! The one command through which the UI reaches the app.

use std::path::Path;
use std::sync::Arc;

use grantway_app::contract::{Call, UiProblem};
use grantway_app::host::PracticeStarter;
use grantway_app::{App, AppOrder, Catalogue, Cloud};
use grantway_core::{Text, Timestamp};
use grantway_microsoft::control::Sleep;
use grantway_store::vault::KeychainUse;
use serde_json::Value;
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, Webview, Wry};
use tokio::sync::watch;

use crate::MAIN;
use crate::host::Desktop;
use crate::ids::SystemIds;
use crate::main_window::is_own_page;
use crate::passphrase::PassphraseDialog;

/// The app once it is open, or why it did not open. Calls that come earlier wait for it.
pub struct Opening(watch::Receiver<Option<Result<Arc<App>, UiProblem>>>);

impl Opening {
    async fn app(&self) -> Result<Arc<App>, UiProblem> {
        let mut opened = self.0.clone();
        match opened.wait_for(Option::is_some).await {
            Ok(result) => result
                .clone()
                .unwrap_or_else(|| Err(broken("the app is closing"))),
            Err(_) => Err(broken("the app is closing")),
        }
    }
}

/// Begins to open the app; the window need not wait for it.
pub fn opening(
    app: &AppHandle,
    host: Arc<Desktop>,
    folder: &Path,
    practice: bool,
    cloud: Option<Cloud>,
) -> Opening {
    let (tell, opened) = watch::channel(None);
    let order = AppOrder {
        data: folder.to_owned(),
        cloud,
        practice: practice_starter(),
        start_in_practice: practice,
        goes_on: true,
        passphrase: Arc::new(PassphraseDialog::new(app.clone())),
        keychain: KeychainUse::default(),
        around_journal: std::convert::identity,
        sleep: Sleep::Waits,
        machine: now,
        ids: Arc::new(SystemIds),
        zone: jiff::tz::TimeZone::system(),
    };
    tauri::async_runtime::spawn(async move {
        let result = App::open(order, host).await;
        if let Err(problem) = &result {
            tracing::error!(id = problem.id, what = problem.what, "the app did not open");
        }
        tell.send_replace(Some(result));
    });
    Opening(opened)
}

#[cfg(feature = "practice")]
fn practice_starter() -> Option<Arc<dyn PracticeStarter>> {
    Some(Arc::new(crate::practice::PracticeHere::default()))
}

#[cfg(not(feature = "practice"))]
fn practice_starter() -> Option<Arc<dyn PracticeStarter>> {
    None
}

#[allow(clippy::disallowed_methods)] // the edge: the machine's clock is handed to the app here
fn now() -> Timestamp {
    jiff::Timestamp::now()
}

/// The handler of all commands: `call`.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![call]
}

/// Hands a request of the UI to the app. The capability names the main window alone; the caller is checked here all the same.
#[tauri::command]
async fn call(
    webview: Webview,
    opening: State<'_, Opening>,
    request: Value,
) -> Result<Value, UiProblem> {
    if !is_main(&webview) {
        tracing::warn!(
            label = webview.label(),
            "a call from outside the main window was refused"
        );
        return Err(broken("the call did not come from the main window"));
    }
    let call: Call = serde_json::from_value(request).map_err(|error| broken(&error.to_string()))?;
    let reply = opening.app().await?.call(call).await?;
    serde_json::to_value(reply).map_err(|error| broken(&error.to_string()))
}

fn is_main(webview: &Webview) -> bool {
    webview.label() == MAIN
        && webview.window().label() == MAIN
        && webview.url().is_ok_and(|url| is_own_page(&url))
}

/// A fault between window and app that no person caused.
fn broken(why: &str) -> UiProblem {
    let catalogue = Catalogue::english();
    let text = Text::new("problem-window");
    UiProblem {
        what: catalogue.attribute(&text, "what").unwrap_or_default(),
        why: Some(why.to_owned()),
        todo: catalogue.attribute(&text, "todo").unwrap_or_default(),
        id: "GW-APP-0001".to_owned(),
        field: None,
    }
}
