//! What the UI hears without asking.

use serde::Serialize;
use ts_rs::TS;

/// A screen whose content has changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(
    tag = "screen",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Screen {
    /// The frame: mode, badge, identity.
    Frame,
    /// Home.
    Home,
    /// A setup, by id.
    Setup {
        /// The setup.
        id: String,
    },
    /// Customers.
    Customers,
    /// Activity.
    Activity,
    /// Practice, its phone and clock included.
    Practice,
    /// Settings.
    Settings,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "event",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum Event {
    /// These screens show something old: ask again.
    Changed {
        /// The screens.
        screens: Vec<Screen>,
    },
    /// Something that the person did not ask for a moment ago went wrong: a session that ended badly, a journal that cannot be written.
    Problem {
        /// The setup that it belongs to.
        setup: Option<String>,
        /// What happened.
        problem: super::UiProblem,
    },
    /// Show this setup: its session has come to its end and the main window is in front again.
    Show {
        /// The setup.
        setup: String,
        /// The phase to which the session belonged; none is where the setup stands.
        phase: Option<super::PhaseName>,
    },
}
