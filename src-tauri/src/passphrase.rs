//! Asks for the passphrase of the vault in a native dialog, where no keychain answers.

use async_trait::async_trait;
use grantway_app::Catalogue;
use grantway_core::Text;
use grantway_store::vault::{Asked, FEWEST_CHARACTERS, Passphrase};
use secrecy::SecretString;
use tauri::AppHandle;

/// A dialog above the main window.
pub struct PassphraseDialog {
    app: AppHandle,
}

impl PassphraseDialog {
    /// For this app.
    pub fn new(app: AppHandle) -> Self {
        PassphraseDialog { app }
    }
}

/// What the dialog says.
fn words(catalogue: &Catalogue, reason: Asked) -> (String, String) {
    let (title, sentence) = match reason {
        Asked::FirstTime => (
            "passphrase-choose",
            Text::new("passphrase-choose-sentence").with("count", FEWEST_CHARACTERS),
        ),
        Asked::Again { wrong: false } => {
            ("passphrase-enter", Text::new("passphrase-enter-sentence"))
        }
        Asked::Again { wrong: true } => {
            ("passphrase-enter", Text::new("passphrase-wrong-sentence"))
        }
    };
    (catalogue.say(title), catalogue.text(&sentence))
}

#[async_trait]
impl Passphrase for PassphraseDialog {
    #[cfg(target_os = "linux")]
    async fn ask(&self, reason: Asked) -> Option<SecretString> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let app = self.app.clone();
        self.app
            .run_on_main_thread(move || gtk_dialog::open(&app, reason, answer))
            .ok()?;
        answered.await.ok().flatten()
    }

    /// No dialog of ours on this system yet; the keychain is there.
    #[cfg(not(target_os = "linux"))]
    async fn ask(&self, reason: Asked) -> Option<SecretString> {
        tracing::error!(
            title = words(&Catalogue::english(), reason).0,
            "there is no dialog for a passphrase on this system"
        );
        let _ = &self.app;
        None
    }
}

#[cfg(target_os = "linux")]
mod gtk_dialog {
    use std::cell::Cell;

    use gtk::prelude::*;
    use tauri::Manager;
    use tokio::sync::oneshot;

    use super::{AppHandle, Asked, Catalogue, FEWEST_CHARACTERS, SecretString, words};

    /// Shows the dialog; the answer goes out when it closes. Main thread.
    pub fn open(app: &AppHandle, reason: Asked, answer: oneshot::Sender<Option<SecretString>>) {
        let catalogue = Catalogue::english();
        let (title, text) = words(&catalogue, reason);
        let dialog = gtk::Dialog::new();
        dialog.set_title(&title);
        dialog.set_modal(true);
        dialog.set_default_width(440);
        if let Some(main) = app
            .get_webview_window(crate::MAIN)
            .and_then(|main| main.gtk_window().ok())
        {
            dialog.set_transient_for(Some(&main));
        }
        dialog.add_button(
            &catalogue.say("passphrase-cancel"),
            gtk::ResponseType::Cancel,
        );
        let go = dialog.add_button(&catalogue.say("passphrase-open"), gtk::ResponseType::Ok);
        go.set_can_default(true);
        go.grab_default();
        let label = gtk::Label::new(Some(&text));
        label.set_line_wrap(true);
        label.set_xalign(0.0);
        label.set_max_width_chars(56);
        let once = catalogue.say("passphrase-field");
        let again = catalogue.say("passphrase-field-again");
        let (first, second) = (field(&once), field(&again));
        let content = dialog.content_area();
        content.set_spacing(10);
        content.set_margin(16);
        content.add(&label);
        content.add(&named(&once, &first));
        content.add(&first);
        let twice = reason == Asked::FirstTime;
        if twice {
            content.add(&named(&again, &second));
            content.add(&second);
        }
        let check = {
            let (first, second, go) = (first.clone(), second.clone(), go.clone());
            move || {
                let text = first.text();
                let enough = if twice {
                    text.chars().count() >= FEWEST_CHARACTERS && text == second.text()
                } else {
                    !text.is_empty()
                };
                go.set_sensitive(enough);
            }
        };
        check();
        let check_first = check.clone();
        first.connect_changed(move |_| check_first());
        second.connect_changed(move |_| check());
        let answer = Cell::new(Some(answer));
        dialog.connect_response(move |dialog, response| {
            let given = (response == gtk::ResponseType::Ok)
                .then(|| SecretString::from(first.text().to_string()));
            first.set_text("");
            second.set_text("");
            if let Some(answer) = answer.take() {
                // Whoever asked may have gone; nobody else gets the answer.
                let _ = answer.send(given);
            }
            dialog.close();
        });
        dialog.show_all();
    }

    /// The name above a field, tied to it for screen readers.
    fn named(name: &str, field: &gtk::Entry) -> gtk::Label {
        let label = gtk::Label::new(Some(name));
        label.set_xalign(0.0);
        label.set_mnemonic_widget(Some(field));
        label
    }

    fn field(name: &str) -> gtk::Entry {
        let entry = gtk::Entry::new();
        entry.set_visibility(false);
        entry.set_input_purpose(gtk::InputPurpose::Password);
        entry.set_activates_default(true);
        if let Some(accessible) = entry.accessible() {
            accessible.set_name(name);
        }
        entry
    }
}
