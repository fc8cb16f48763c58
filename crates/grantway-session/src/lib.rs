//! Rules of the clean session: a browser window of its own, bound to one party of one setup.
//!
//! Knows which addresses a session may show, how a redirect is captured, how sign-ins are counted, what the origin strip says
//! and how the other ways to sign in (the lanes) are started. Knows nothing of windows, engines, the network, the clock or the
//! disk: whoever owns a window feeds [`Event`]s in and carries out the [`Effect`]s that come back.
#![forbid(unsafe_code)]

mod address;
mod event;
mod hosts;
pub mod lanes;
mod legs;
mod lookalike;
mod party;
mod phrase;
mod redirect;
mod report;
mod session;
mod spec;
mod strip;

pub use address::{Address, Site};
pub use event::{Button, Effect, Event, NavigationKind, SessionEnd};
pub use hosts::{HostRule, HostRuleError};
pub use lanes::Lane;
pub use lookalike::{DisplayHost, display_host, registrable_domain};
pub use party::Party;
pub use phrase::{Phrase, Value};
pub use redirect::{AnswerUrl, IgnoredRedirect, Redirect, RedirectVerdict};
pub use report::{AuthorizeSeen, Refusal, RefuseReason, SessionReport};
pub use session::Session;
pub use spec::{DEFAULT_TIME_LIMIT_SECONDS, SessionSpec};
pub use strip::{Connection, NoteKind, Severity, StripButton, StripNote, StripView};
