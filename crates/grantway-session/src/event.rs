//! What a window tells the rules, and what the rules tell the window.

use url::Url;

use crate::lanes::Lane;
use crate::redirect::AnswerUrl;
use crate::report::RefuseReason;
use crate::strip::StripView;

/// How a navigation began, as far as the engine says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NavigationKind {
    /// The server sent the page on.
    Redirect,
    /// A form was sent.
    Form,
    /// A link, a script or the start.
    Other,
    /// The engine does not say (Windows, macOS).
    Unknown,
}

/// Something that happened in a session's window. Addresses are texts: engines also hand over what is no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A frame, main or not, wants to go to `url`. Answered by exactly one `Allow` or `Refuse`.
    NavigationAsked {
        /// The address.
        url: String,
        /// How it began.
        kind: NavigationKind,
    },
    /// An answer arrived and wants to become a page. Answered by exactly one `Allow` or `Refuse`. Linux only.
    ResponseAsked {
        /// The address.
        url: String,
        /// Whether it is the main frame's own page.
        main_frame: bool,
    },
    /// The main frame shows `url` from now on.
    PageStarted {
        /// The address.
        url: String,
    },
    /// The main frame has loaded.
    PageFinished {
        /// The address.
        url: String,
    },
    /// The page changed its title; a weak hint about errors, never shown.
    TitleChanged {
        /// The title.
        title: String,
    },
    /// A page wants a new window. Answered by `Refuse`, with `Load` after it where the step plans such windows.
    NewWindowAsked {
        /// The address.
        url: String,
    },
    /// A page wants to save a file. Always refused.
    DownloadAsked,
    /// A page wants the camera, the place or the like. Always refused.
    PermissionAsked,
    /// The person answered the question about a federated host.
    FederatedAnswer {
        /// The host that was asked about, as `AskFederated` named it.
        host: String,
        /// Whether it is theirs.
        yes: bool,
    },
    /// The person pressed a button of the strip.
    Button(Button),
    /// The person closed the window.
    WindowClosed,
    /// Time passed.
    Tick {
        /// Seconds since the window opened.
        seconds_open: u32,
    },
}

/// The buttons of the strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Button {
    /// Empty session, same start.
    StartOver,
    /// Go on in the private browser.
    PrivateBrowser,
    /// Go on in the person's own browser.
    OwnBrowser,
    /// End the session.
    Stop,
    /// The page reports something that keeps the person from going on.
    PageShowsError,
    /// That error speaks of a passkey, security key, smart card or certificate.
    ErrorIsKey,
    /// That error speaks of a managed or compliant device.
    ErrorIsDevice,
    /// That error is another one.
    ErrorIsOther,
    /// Copy the link for a colleague; only where nothing comes back.
    CopyLink,
    /// Yes, the federated host is theirs.
    FederatedYes,
    /// No, it is not.
    FederatedNo,
}

/// What the window does next, in this order.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Let it happen.
    Allow,
    /// Do not let it happen.
    Refuse {
        /// Why.
        reason: RefuseReason,
    },
    /// Replace the page by one of our own that says what was stopped; the engine already shows the foreign one.
    ShowBlockedPage {
        /// The host that was stopped.
        host: String,
    },
    /// Draw the strip anew.
    ShowStrip(Box<StripView>),
    /// The strip asks about this host; the answer comes as [`Event::FederatedAnswer`].
    AskFederated {
        /// The host.
        host: String,
    },
    /// Go to this address in the main frame.
    Load {
        /// The address.
        url: Url,
    },
    /// Put this link on the clipboard.
    CopyLink {
        /// The link. It holds no secret: only links that send nothing back are copied.
        url: Url,
    },
    /// These other ways exist here, best first.
    OfferLanes {
        /// The ways.
        lanes: Vec<Lane>,
    },
    /// Close the window and wipe the session.
    End(SessionEnd),
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionEnd {
    /// The answer came back.
    Redirected {
        /// Its address, with the code.
        answer_url: AnswerUrl,
    },
    /// The person pressed Stop, or said that a federated host is not theirs.
    Stopped,
    /// The person closed the window.
    Closed,
    /// The person wants an empty session at the same start.
    StartOver,
    /// The person goes on another way.
    ToLane(Lane),
    /// The time limit passed.
    TimedOut,
}
