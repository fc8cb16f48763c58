//! The four ways to sign in, and how the ones in a browser are started.
//!
//! Everything here is a pure function of the system, the browser and a few paths, so the command lines of systems and browsers
//! that are not at hand can be tested all the same.

pub(crate) mod block;
mod browser;
mod find;
mod launch;
mod profile;

use serde::{Deserialize, Serialize};

pub use browser::{Browser, System};
pub use find::{Candidate, Places, candidates, find};
pub use launch::{Launch, LaunchError, Mode, launch};
pub use profile::{
    FIREFOX_PREFERENCES, PROFILE_PREFIX, Packaging, is_left_over, packaging, profile_parent,
    profile_prefix,
};

/// A way to sign in. The checks on the answer are the same in each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// The clean window: an in-memory profile of its own. The default.
    CleanWindow,
    /// A browser in private mode with a throw-away profile, for passkeys, smart cards and certificates.
    PrivateBrowser,
    /// The person's own browser and profile: the only way through rules that ask for a managed device.
    OwnBrowser,
    /// The link, copied for a colleague's machine; only for pages that send nothing back.
    CopyLink,
}
