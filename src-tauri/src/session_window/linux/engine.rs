//! The page of a session: a raw wry view whose decisions are taken here, with WebKit's own policy decisions.
//!
//! wry's navigation handler does not say how a navigation began and never hears of responses, so WebKit's `decide-policy` is
//! answered directly: it knows redirects and forms, and whether an answer is the main frame's own page.

use grantway_session::{Event, NavigationKind};
use url::Url;
use webkit2gtk::{
    HardwareAccelerationPolicy, NavigationPolicyDecision, NavigationPolicyDecisionExt,
    NavigationType, PermissionRequestExt, PolicyDecision, PolicyDecisionExt, PolicyDecisionType,
    ResponsePolicyDecision, ResponsePolicyDecisionExt, SettingsExt, URIRequestExt, WebViewExt,
    glib::prelude::*,
};
use wry::{
    NewWindowResponse, PageLoadEvent, WebViewBuilder, WebViewBuilderExtUnix, WebViewExtUnix,
};

use crate::session_window::platform::Sink;

pub struct Engine {
    view: wry::WebView,
}

impl Engine {
    /// Starts with an empty page in `shelf`.
    pub fn new(shelf: &gtk::Box, sink: Sink) -> Result<Self, wry::Error> {
        let hears = |sink: &Sink| sink.clone();
        let (windows, downloads, pages, titles) =
            (hears(&sink), hears(&sink), hears(&sink), hears(&sink));
        let view = WebViewBuilder::new()
            .with_incognito(true)
            .with_devtools(false)
            .with_clipboard(false)
            .with_autoplay(false)
            .with_general_autofill_enabled(false)
            .with_back_forward_navigation_gestures(false)
            .with_new_window_req_handler(move |url, _| {
                windows(Event::NewWindowAsked { url });
                NewWindowResponse::Deny
            })
            .with_download_started_handler(move |_, _| downloads(Event::DownloadAsked))
            .with_on_page_load_handler(move |moment, url| {
                pages(match moment {
                    PageLoadEvent::Started => Event::PageStarted { url },
                    PageLoadEvent::Finished => Event::PageFinished { url },
                });
            })
            .with_document_title_changed_handler(move |title| {
                titles(Event::TitleChanged { title });
            })
            .build_gtk(shelf)?;
        let page = view.webview();
        if let Some(settings) = WebViewExt::settings(&page) {
            // What a sign-in page does not need is off.
            settings.set_enable_developer_extras(false);
            settings.set_enable_page_cache(false);
            settings.set_enable_webgl(false);
            settings.set_enable_media_stream(false);
            settings.set_enable_mediasource(false);
            settings.set_enable_back_forward_navigation_gestures(false);
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
        let decide = sink.clone();
        page.connect_decide_policy(move |_, decision, kind| answer(decision, kind, &decide));
        let permissions = sink.clone();
        // wry's handler would have to cross threads; this one stays here and can count.
        page.connect_permission_request(move |_, request| {
            permissions(Event::PermissionAsked);
            request.deny();
            true
        });
        let print = sink.clone();
        page.connect_print(move |_, _| {
            // Printing would write the page to a file of the person's choice; a session saves nothing.
            print(Event::DownloadAsked);
            true
        });
        page.connect_run_file_chooser(|_, request| {
            webkit2gtk::FileChooserRequestExt::cancel(request);
            true
        });
        let closes = sink.clone();
        page.connect_close(move |_| {
            closes(Event::WindowClosed);
        });
        page.connect_web_process_terminated(move |_, why| {
            tracing::warn!(?why, "the page of a clean session ended");
            sink(Event::WindowClosed);
        });
        Ok(Engine { view })
    }

    pub fn load(&self, url: &Url) {
        if let Err(error) = self.view.load_url(url.as_str()) {
            tracing::warn!(%error, "the engine did not take an address");
        }
    }

    pub fn show(&self, html: &str) {
        if let Err(error) = self.view.load_html(html) {
            tracing::warn!(%error, "the engine did not take a page of ours");
        }
    }

    /// The widget, for focus.
    pub fn page(&self) -> webkit2gtk::WebView {
        self.view.webview()
    }
}

/// Answers a policy decision. Everything that cannot be read is refused.
fn answer(decision: &PolicyDecision, kind: PolicyDecisionType, sink: &Sink) -> bool {
    let allowed = match kind {
        PolicyDecisionType::NavigationAction => {
            navigation(decision).is_some_and(|event| sink(event))
        }
        PolicyDecisionType::NewWindowAction => {
            if let Some(Event::NavigationAsked { url, .. }) = navigation(decision) {
                sink(Event::NewWindowAsked { url });
            }
            false
        }
        PolicyDecisionType::Response => response(decision, sink),
        _ => false,
    };
    if allowed {
        decision.use_()
    } else {
        decision.ignore()
    }
    true
}

fn navigation(decision: &PolicyDecision) -> Option<Event> {
    let mut action = decision
        .downcast_ref::<NavigationPolicyDecision>()?
        .navigation_action()?;
    let url = action.request()?.uri()?.to_string();
    let kind = if action.is_redirect() {
        NavigationKind::Redirect
    } else if matches!(
        action.navigation_type(),
        NavigationType::FormSubmitted | NavigationType::FormResubmitted
    ) {
        NavigationKind::Form
    } else {
        NavigationKind::Other
    };
    Some(Event::NavigationAsked { url, kind })
}

fn response(decision: &PolicyDecision, sink: &Sink) -> bool {
    let Some(response) = decision.downcast_ref::<ResponsePolicyDecision>() else {
        return false;
    };
    let Some(url) = response.request().and_then(|request| request.uri()) else {
        return false;
    };
    let main_frame = response.is_main_frame_main_resource();
    // What the engine cannot show, it would save.
    if main_frame && !response.is_mime_type_supported() {
        return sink(Event::DownloadAsked);
    }
    sink(Event::ResponseAsked {
        url: url.to_string(),
        main_frame,
    })
}
