//! The strip as a page of ours, for platforms where it is drawn in a small webview of its own above the page.
//!
//! It has no network, no script but the one that reports a pressed button, and its words are escaped.
#![cfg_attr(target_os = "linux", allow(dead_code))] // Linux draws the strip with GTK widgets

use grantway_app::{Catalogue, Span};
use grantway_session::{Button, Party, Phrase, Severity, StripButton, StripView};

/// Height of the strip without and with its note, in logical pixels.
pub const HEIGHT: (f64, f64) = (66.0, 104.0);

/// Escapes text for HTML, attribute values included.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Runs of text as HTML; what stands out is bold.
pub fn markup(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| {
            if span.bold {
                format!("<b>{}</b>", escape(&span.text))
            } else {
                escape(&span.text)
            }
        })
        .collect()
}

/// The word by which a pressed button is reported.
pub fn button_word(button: Button) -> &'static str {
    match button {
        Button::StartOver => "start-over",
        Button::PrivateBrowser => "private-browser",
        Button::OwnBrowser => "own-browser",
        Button::Stop => "stop",
        Button::PageShowsError => "page-error",
        Button::ErrorIsKey => "error-key",
        Button::ErrorIsDevice => "error-device",
        Button::ErrorIsOther => "error-other",
        Button::CopyLink => "copy-link",
        Button::FederatedYes => "federated-yes",
        Button::FederatedNo => "federated-no",
    }
}

/// The button of a reported word; none for anything else.
pub fn button_of(word: &str) -> Option<Button> {
    use Button::*;
    [
        StartOver,
        PrivateBrowser,
        OwnBrowser,
        Stop,
        PageShowsError,
        ErrorIsKey,
        ErrorIsDevice,
        ErrorIsOther,
        CopyLink,
        FederatedYes,
        FederatedNo,
    ]
    .into_iter()
    .find(|button| button_word(*button) == word)
}

/// The whole strip.
pub fn html(catalogue: &Catalogue, view: &StripView) -> String {
    let say = |phrase: &Phrase| escape(&catalogue.phrase(phrase));
    let button = |shown: &StripButton| button(catalogue, shown);
    let host = match &view.host {
        Some(host) => format!(
            "<span class=dim>{}</span><b>{}</b><span class=dim>{}</span>",
            escape(&host.before),
            escape(&host.bold),
            escape(&host.after)
        ),
        None => format!("<span class=dim>{}</span>", say(&view.no_host)),
    };
    let practice = view
        .practice_phrase()
        .map(|mark| format!("<span class=practice>{}</span>", say(&mark)))
        .unwrap_or_default();
    let connection = view
        .connection
        .map(|how| say(&how.phrase()))
        .unwrap_or_default();
    let buttons: String = view.buttons.iter().map(&button).collect();
    let sign_ins = view
        .sign_ins_phrase()
        .map(|said| format!("<span>{}</span>", markup(&catalogue.spans(&said))))
        .unwrap_or_default();
    let note = view
        .note
        .as_ref()
        .map(|note| {
            let class = match note.severity {
                Severity::Info => "info",
                Severity::Warn => "warn",
                Severity::Fail => "fail",
            };
            let text = markup(&catalogue.spans(&note.text));
            let buttons: String = note.buttons.iter().map(&button).collect();
            let code = note.code.as_deref().map(|code| format!("<code>{}</code>", escape(code))).unwrap_or_default();
            format!("<div class=\"note {class}\" role=alert><span class=text>{text}</span>{code}{buttons}</div>")
        })
        .unwrap_or_default();
    let colour = match view.party {
        Party::Provider => "#05525a",
        Party::Customer => "#67398b",
        Party::Vendor => "#2f3c3e",
    };
    let error = view.page_error.as_ref().map(&button).unwrap_or_default();
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\
         <title>{}</title><style>{STYLE}</style></head><body style=\"--party:{colour}\">\
         <div class=row><div class=address role=group aria-label=\"{}\">{practice}<span class=host>{host}</span><span class=dim>{connection}</span></div>{buttons}</div>\
         <div class=row><span class=mark></span><b>{}</b> <span class=dim>{}</span> <span>{}</span> <span class=dim>{}</span><span class=gap></span>{error}{sign_ins}</div>\
         {note}<script>{SCRIPT}</script></body></html>",
        say(&view.name_phrase()),
        say(&view.address_phrase()),
        say(&view.party_phrase()),
        say(&view.expects_phrase()),
        escape(&view.party_name),
        escape(view.tenant.as_deref().unwrap_or_default()),
    )
}

const STYLE: &str = "body{margin:0;font:13px system-ui,sans-serif;background:#f3f3f2;color:#162324;border-top:3px solid var(--party);overflow:hidden}\
.row{display:flex;align-items:center;gap:6px;padding:3px 8px;height:26px}.address{flex:1;display:flex;gap:8px;background:#fff;border:1px solid #c5d0d1;border-radius:5px;padding:3px 8px;min-width:0}\
.host{flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.dim{color:#5a6869}.practice{background:#f8bf39;border-radius:4px;padding:0 6px;font-weight:600}\
.mark{width:10px;height:10px;background:var(--party)}.gap,.text{flex:1}.note{display:flex;align-items:center;gap:8px;height:37px;padding:0 10px;border-top:1px solid #d9dedf}\
.info{background:#eef3f7}.warn{background:#fff5e1}.fail{background:#fff0ee}button{font:inherit;height:26px;background:#fff;border:1px solid #c5d0d1;border-radius:5px}.strong{border:2px solid var(--party);font-weight:600}";

const SCRIPT: &str = "for(const b of document.querySelectorAll('button'))b.onclick=()=>window.ipc.postMessage(b.dataset.act)";

fn button(catalogue: &Catalogue, button: &StripButton) -> String {
    format!(
        "<button data-act={} class=\"{}\"{}>{}</button>",
        button_word(button.button),
        if button.emphasised { "strong" } else { "" },
        if button.enabled { "" } else { " disabled" },
        escape(&catalogue.phrase(&button.label)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use grantway_session::{Session, SessionSpec, StripNote};

    fn view(party_name: &str) -> StripView {
        Session::new(SessionSpec {
            id: "s".into(),
            party: Party::Customer,
            party_name: party_name.into(),
            expected_tenant: None,
            start_url: "http://127.0.0.1:1/".parse().expect("an address"),
            redirect: None,
            sign_in_hosts: Vec::new(),
            step_hosts: Vec::new(),
            planned_windows: Vec::new(),
            expected_prompts: 1,
            practice: true,
            remembered_hosts: Vec::new(),
            time_limit_seconds: 60,
            opening_note: Some(StripNote::wrong_tenant("<img src=x onerror=alert(1)>", "B")),
            browsers_found: true,
        })
        .strip_view()
    }

    #[test]
    fn names_from_outside_stay_text() {
        let page = html(&Catalogue::english(), &view("<script>steal()</script>"));
        assert!(!page.contains("<script>steal") && !page.contains("<img"));
        assert!(page.contains("&lt;script&gt;steal") && page.contains("&lt;img"));
    }

    #[test]
    fn every_button_of_the_strip_is_reported_by_a_word_that_leads_back() {
        let (catalogue, view) = (Catalogue::english(), view("Alder Dental"));
        for shown in view.buttons.iter().chain(&view.page_error) {
            assert_eq!(button_of(button_word(shown.button)), Some(shown.button));
            assert!(
                html(&catalogue, &view)
                    .contains(&format!("data-act={}", button_word(shown.button)))
            );
        }
        assert_eq!(button_of("stop now"), None);
    }
}
