//! Lets the person choose a file, in the system's own dialog.

use std::path::PathBuf;

use grantway_app::host::HostError;
use tauri::AppHandle;

/// Whether this system has a dialog of ours.
pub const IS_THERE: bool = cfg!(target_os = "linux");

/// Opens the dialog; none when the person closes it without a choice.
#[cfg(target_os = "linux")]
pub async fn choose(
    app: &AppHandle,
    title: &str,
    endings: &[&str],
) -> Result<Option<PathBuf>, HostError> {
    let gone = || HostError::Absent("the window is gone".to_owned());
    let (answer, answered) = tokio::sync::oneshot::channel();
    let (handle, title) = (app.clone(), title.to_owned());
    let endings: Vec<String> = endings.iter().map(|end| format!("*.{end}")).collect();
    app.run_on_main_thread(move || native::open(&handle, &title, &endings, answer))
        .map_err(|_| gone())?;
    answered.await.map_err(|_| gone())
}

/// No dialog of ours on this system yet: the command line takes the file there.
#[cfg(not(target_os = "linux"))]
pub async fn choose(
    _app: &AppHandle,
    _title: &str,
    _endings: &[&str],
) -> Result<Option<PathBuf>, HostError> {
    Err(HostError::Absent(
        "there is no dialog for files on this system".to_owned(),
    ))
}

#[cfg(target_os = "linux")]
mod native {
    use std::cell::Cell;
    use std::path::PathBuf;

    use grantway_app::Catalogue;
    use gtk::prelude::*;
    use tauri::{AppHandle, Manager};
    use tokio::sync::oneshot;

    /// Shows the dialog; the answer goes out when it closes. Main thread.
    pub fn open(
        app: &AppHandle,
        title: &str,
        patterns: &[String],
        answer: oneshot::Sender<Option<PathBuf>>,
    ) {
        let parent = app
            .get_webview_window(crate::MAIN)
            .and_then(|main| main.gtk_window().ok());
        let catalogue = Catalogue::english();
        let dialog = gtk::FileChooserDialog::with_buttons(
            Some(title),
            parent.as_ref(),
            gtk::FileChooserAction::Open,
            &[
                (
                    &catalogue.say("file-dialog-cancel"),
                    gtk::ResponseType::Cancel,
                ),
                (
                    &catalogue.say("file-dialog-choose"),
                    gtk::ResponseType::Accept,
                ),
            ],
        );
        dialog.set_modal(true);
        dialog.set_default_response(gtk::ResponseType::Accept);
        let filter = gtk::FileFilter::new();
        filter.set_name(Some(&patterns.join(", ")));
        for pattern in patterns {
            filter.add_pattern(pattern);
        }
        dialog.add_filter(filter);
        let answer = Cell::new(Some(answer));
        dialog.connect_response(move |dialog, response| {
            let chosen = (response == gtk::ResponseType::Accept)
                .then(|| dialog.filename())
                .flatten();
            if let Some(answer) = answer.take() {
                // Whoever asked may have gone.
                let _ = answer.send(chosen);
            }
            dialog.close();
        });
        dialog.show_all();
    }
}
