//! Browsers and systems.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A browser that has a private mode and takes a profile folder on its command line. Safari has neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Browser {
    /// Microsoft Edge.
    Edge,
    /// Google Chrome.
    Chrome,
    /// Chromium.
    Chromium,
    /// Brave.
    Brave,
    /// Mozilla Firefox, its extended support release included.
    Firefox,
}

impl Browser {
    /// In the order in which they are offered: Edge passes most of Microsoft's own checks.
    pub const ALL: [Browser; 5] = [
        Browser::Edge,
        Browser::Chrome,
        Browser::Firefox,
        Browser::Chromium,
        Browser::Brave,
    ];

    /// Whether it is of Chromium's family and takes its switches.
    pub fn is_chromium(self) -> bool {
        self != Browser::Firefox
    }
}

impl fmt::Display for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Browser::Edge => "Microsoft Edge",
            Browser::Chrome => "Google Chrome",
            Browser::Chromium => "Chromium",
            Browser::Brave => "Brave",
            Browser::Firefox => "Firefox",
        })
    }
}

/// An operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Linux.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl System {
    /// The system that this was compiled for.
    pub const fn here() -> System {
        if cfg!(windows) {
            System::Windows
        } else if cfg!(target_os = "macos") {
            System::MacOs
        } else {
            System::Linux
        }
    }
}
