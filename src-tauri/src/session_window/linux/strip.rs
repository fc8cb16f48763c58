//! The origin strip in GTK: above the page, in another widget, so nothing that a page draws can reach it.
//!
//! 66 pixels high, with a note row of 38 below. It names itself to screen readers: the address, the party and each note.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use grantway_app::{Catalogue, Span};
use grantway_session::{
    Button, Party, Session, SessionSpec, Severity, StripButton, StripNote, StripView,
};
use gtk::glib::markup_escape_text;
use gtk::prelude::*;

use super::signs;

type Press = Rc<dyn Fn(Button)>;

pub struct Strip {
    whole: gtk::Box,
    address: gtk::Label,
    connection: gtk::Label,
    buttons: gtk::Box,
    error: gtk::Box,
    sign_ins: gtk::Label,
    note: gtk::Box,
    press: Press,
    catalogue: Arc<Catalogue>,
    shown: RefCell<Option<StripView>>,
}

impl Strip {
    pub fn new(spec: &SessionSpec, catalogue: Arc<Catalogue>, press: Press) -> Self {
        load_style();
        let view = Session::new(spec.clone()).strip_view();
        let whole = gtk::Box::new(gtk::Orientation::Vertical, 0);
        class(&whole, "gw-strip");
        let bar = row(0, "gw-bar");
        class(&bar, party_class(spec.party));
        bar.set_size_request(-1, 3);
        whole.pack_start(&bar, false, false, 0);

        let field = row(8, "gw-address");
        if let Some(mark) = view.practice_phrase() {
            let tag = label("gw-practice");
            tag.set_text(&catalogue.phrase(&mark));
            field.pack_start(&tag, false, false, 0);
        } else {
            field.pack_start(&signs::globe(), false, false, 0);
        }
        let address = label("gw-host");
        // The end of a host says whose it is, so a long one is cut at its start.
        address.set_ellipsize(gtk::pango::EllipsizeMode::Start);
        address.set_xalign(0.0);
        let connection = label("gw-dim");
        field.pack_start(&address, true, true, 0);
        field.pack_end(&connection, false, false, 0);
        let buttons = row(6, "gw-buttons");
        let first_row = row(6, "gw-row");
        first_row.pack_start(&field, true, true, 0);
        first_row.pack_start(&buttons, false, false, 0);
        whole.pack_start(&first_row, false, false, 0);

        let second_row = row(8, "gw-row");
        second_row.pack_start(&signs::mark(spec.party), false, false, 0);
        let party = label("gw-expected");
        party.set_ellipsize(gtk::pango::EllipsizeMode::End);
        party.set_xalign(0.0);
        party.set_markup(&expected(&catalogue, &view));
        second_row.pack_start(&party, true, true, 0);
        let sign_ins = label("gw-dim");
        let error = row(0, "gw-error");
        second_row.pack_end(&sign_ins, false, false, 0);
        second_row.pack_end(&error, false, false, 0);
        whole.pack_start(&second_row, false, false, 0);

        let note = row(8, "gw-note");
        note.set_size_request(-1, 38);
        whole.pack_start(&note, false, false, 0);
        name(&whole, &catalogue.phrase(&view.name_phrase()));
        whole.show_all();
        note.set_no_show_all(true);
        note.hide();
        Strip {
            whole,
            address,
            connection,
            buttons,
            error,
            sign_ins,
            note,
            press,
            catalogue,
            shown: RefCell::new(None),
        }
    }

    pub fn widget(&self) -> &gtk::Box {
        &self.whole
    }

    /// Where F6 leads.
    pub fn buttons(&self) -> gtk::Box {
        self.buttons.clone()
    }

    /// Draws what changed, so that a button keeps its focus while the rest moves.
    pub fn show(&self, view: &StripView) {
        let before = self.shown.borrow_mut().replace(view.clone());
        let changed = |differs: fn(&StripView, &StripView) -> bool| {
            before.as_ref().is_none_or(|before| differs(before, view))
        };
        if changed(|a, b| {
            a.host != b.host || a.no_host != b.no_host || a.connection != b.connection
        }) {
            self.show_address(view);
        }
        if changed(|a, b| a.buttons != b.buttons) {
            self.fill(&self.buttons, &view.buttons);
        }
        if changed(|a, b| a.page_error != b.page_error) {
            self.fill(&self.error, view.page_error.as_slice());
        }
        if changed(|a, b| a.sign_ins != b.sign_ins) {
            let text = view
                .sign_ins_phrase()
                .map(|said| markup(&self.catalogue.spans(&said)))
                .unwrap_or_default();
            self.sign_ins.set_markup(&text);
        }
        if changed(|a, b| a.note != b.note) {
            self.show_note(view.note.as_ref());
        }
    }

    fn show_address(&self, view: &StripView) {
        let markup = match &view.host {
            Some(host) => {
                let dim = |text: &str| {
                    format!(
                        "<span foreground=\"#5a6869\">{}</span>",
                        markup_escape_text(text)
                    )
                };
                format!(
                    "{}<b>{}</b>{}",
                    dim(&host.before),
                    markup_escape_text(&host.bold),
                    dim(&host.after)
                )
            }
            None => {
                format!(
                    "<span foreground=\"#5a6869\">{}</span>",
                    markup_escape_text(&self.catalogue.phrase(&view.no_host))
                )
            }
        };
        self.address.set_markup(&markup);
        let how = view
            .connection
            .map(|how| self.catalogue.phrase(&how.phrase()))
            .unwrap_or_default();
        self.connection.set_text(&how);
        name(
            &self.address,
            &self.catalogue.phrase(&view.address_phrase()),
        );
    }

    fn fill(&self, place: &gtk::Box, buttons: &[StripButton]) {
        for old in place.children() {
            place.remove(&old);
        }
        for button in buttons {
            place.pack_start(&self.button(button), false, false, 0);
        }
        place.show_all();
    }

    fn button(&self, shown: &StripButton) -> gtk::Button {
        let text = self.catalogue.phrase(&shown.label);
        let button = gtk::Button::new();
        let face = row(6, "gw-face");
        if let Some(sign) = signs::act(shown.button) {
            face.pack_start(&sign, false, false, 0);
        }
        face.pack_start(&gtk::Label::new(Some(&text)), false, false, 0);
        button.add(&face);
        button.set_valign(gtk::Align::Center);
        class(&button, "gw-button");
        if shown.emphasised {
            class(&button, "gw-strong");
        }
        button.set_sensitive(shown.enabled);
        name(&button, &text);
        let (press, act) = (self.press.clone(), shown.button);
        button.connect_clicked(move |_| press(act));
        button
    }

    fn show_note(&self, note: Option<&StripNote>) {
        for old in self.note.children() {
            self.note.remove(&old);
        }
        let Some(note) = note else {
            self.note.hide();
            return;
        };
        let style = self.note.style_context();
        for severity in [Severity::Info, Severity::Warn, Severity::Fail] {
            style.remove_class(note_class(severity));
        }
        style.add_class(note_class(note.severity));
        let text = label("gw-note-text");
        text.set_markup(&markup(&self.catalogue.spans(&note.text)));
        text.set_xalign(0.0);
        text.set_line_wrap(true);
        text.set_selectable(false);
        name(&text, &self.catalogue.phrase(&note.text));
        if let Some(accessible) = text.accessible() {
            accessible.set_role(gtk::atk::Role::Notification);
        }
        self.note
            .pack_start(&signs::sign(note.severity), false, false, 0);
        self.note.pack_start(&text, true, true, 0);
        for button in note.buttons.iter().rev() {
            self.note.pack_end(&self.button(button), false, false, 0);
        }
        if let Some(code) = &note.code {
            let shown = label("gw-code");
            shown.set_text(code);
            self.note.pack_end(&shown, false, false, 0);
        }
        self.note.set_no_show_all(false);
        self.note.show_all();
        self.note.set_no_show_all(true);
    }
}

fn expected(catalogue: &Catalogue, view: &StripView) -> String {
    let tenant = view.tenant.as_deref().map(|tenant| {
        format!(
            "  <span font_family=\"monospace\" size=\"small\" foreground=\"#5a6869\">{}</span>",
            markup_escape_text(tenant)
        )
    });
    format!(
        "<b>{}</b>  <span foreground=\"#5a6869\">{}</span>  {}{}",
        markup_escape_text(&catalogue.phrase(&view.party_phrase())),
        markup_escape_text(&catalogue.phrase(&view.expects_phrase())),
        markup_escape_text(&view.party_name),
        tenant.unwrap_or_default()
    )
}

fn markup(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            if span.bold {
                format!("<b>{}</b>", markup_escape_text(&span.text))
            } else {
                markup_escape_text(&span.text).to_string()
            }
        })
        .collect()
}

fn row(gap: i32, style: &str) -> gtk::Box {
    let row = gtk::Box::new(gtk::Orientation::Horizontal, gap);
    class(&row, style);
    row
}

fn label(style: &str) -> gtk::Label {
    let label = gtk::Label::new(None);
    label.set_valign(gtk::Align::Center);
    class(&label, style);
    label
}

fn class(widget: &impl IsA<gtk::Widget>, style: &str) {
    widget.style_context().add_class(style);
}

fn name(widget: &impl IsA<gtk::Widget>, text: &str) {
    if let Some(accessible) = widget.accessible() {
        accessible.set_name(text);
    }
}

fn party_class(party: Party) -> &'static str {
    match party {
        Party::Provider => "gw-provider",
        Party::Customer => "gw-customer",
        Party::Vendor => "gw-vendor",
    }
}

fn note_class(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "gw-info",
        Severity::Warn => "gw-warn",
        Severity::Fail => "gw-fail",
    }
}

/// Colours are written out: the strip must look the same beside every page and in every theme. Values are the design tokens'.
fn load_style() {
    thread_local!(static LOADED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) });
    if LOADED.replace(true) {
        return;
    }
    let provider = gtk::CssProvider::new();
    if let Err(error) = provider.load_from_data(STYLE.as_bytes()) {
        tracing::warn!(%error, "the strip keeps the theme's look");
    }
    if let Some(screen) = gtk::gdk::Screen::default() {
        gtk::StyleContext::add_provider_for_screen(
            &screen,
            &provider,
            gtk::STYLE_PROVIDER_PRIORITY_APPLICATION,
        );
    }
}

const STYLE: &str = "
.gw-strip { background-color: #f3f3f2; color: #162324; border-bottom: 1px solid #c5d0d1; }
.gw-strip label { color: #162324; }
.gw-strip .gw-dim, .gw-strip .gw-code { color: #5a6869; }
.gw-bar.gw-provider { background-color: #05525a; }
.gw-bar.gw-customer { background-color: #67398b; }
.gw-bar.gw-vendor { background-color: #2f3c3e; }
.gw-row { padding: 4px 8px 0 8px; min-height: 27px; }
.gw-address { background-color: #ffffff; border: 1px solid #c5d0d1; border-radius: 6px; padding: 0 10px; min-height: 26px; }
.gw-practice { background-color: #f8bf39; border-radius: 4px; padding: 0 7px; font-weight: bold; }
.gw-button { background-image: none; background-color: #ffffff; color: #162324; border: 1px solid #c5d0d1; border-radius: 6px; padding: 0 10px; min-height: 24px; box-shadow: none; text-shadow: none; }
.gw-button:hover { background-color: #edf1f2; }
.gw-button:focus { outline: 2px solid #015e67; outline-offset: 1px; }
.gw-button:disabled, .gw-button:disabled label { color: #9fa6a7; background-color: #edf1f2; }
.gw-button.gw-strong { border: 2px solid #05525a; font-weight: bold; }
.gw-error .gw-button { border: none; background-color: transparent; color: #05525a; padding: 0 6px; min-height: 22px; }
.gw-error .gw-button label { color: #05525a; }
.gw-note { padding: 0 10px; border-top: 1px solid #d9dedf; }
.gw-note.gw-info { background-color: #eef3f7; }
.gw-note.gw-warn { background-color: #fff5e1; }
.gw-note.gw-fail { background-color: #fff0ee; }
.gw-code { font-family: monospace; font-size: small; }
";
