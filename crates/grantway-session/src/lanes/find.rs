//! Where browsers are, per system.

use std::path::{Path, PathBuf};

use super::{Browser, System};

/// Folders of this machine that the search starts from; read from the environment by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// The folders of `PATH` (Linux).
    pub path: Vec<PathBuf>,
    /// Program folders (Windows): `ProgramFiles`, `ProgramFiles(x86)`, `LOCALAPPDATA`.
    pub programs: Vec<PathBuf>,
    /// The person's home folder (macOS: its `Applications` is searched too).
    pub home: Option<PathBuf>,
}

/// A place where a browser would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The browser.
    pub browser: Browser,
    /// Its program; on macOS the program inside the application bundle.
    pub program: PathBuf,
}

/// Every place to look at, best browser first.
pub fn candidates(system: System, places: &Places) -> Vec<Candidate> {
    Browser::ALL
        .into_iter()
        .flat_map(|browser| {
            programs(system, browser, places)
                .into_iter()
                .map(move |program| Candidate { browser, program })
        })
        .collect()
}

/// The browsers that are there, one place each, best first. `exists` says whether a program is at a path.
pub fn find(system: System, places: &Places, exists: impl Fn(&Path) -> bool) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for candidate in candidates(system, places) {
        if found.iter().all(|known| known.browser != candidate.browser)
            && exists(&candidate.program)
        {
            found.push(candidate);
        }
    }
    found
}

fn programs(system: System, browser: Browser, places: &Places) -> Vec<PathBuf> {
    match system {
        System::Linux => {
            let names: &[&str] = match browser {
                Browser::Edge => &["microsoft-edge", "microsoft-edge-stable"],
                Browser::Chrome => &["google-chrome", "google-chrome-stable"],
                Browser::Chromium => &["chromium", "chromium-browser"],
                Browser::Brave => &["brave-browser", "brave"],
                Browser::Firefox => &["firefox", "firefox-esr"],
            };
            names
                .iter()
                .flat_map(|name| places.path.iter().map(move |folder| folder.join(name)))
                .collect()
        }
        System::MacOs => {
            let (bundle, program) = match browser {
                Browser::Edge => ("Microsoft Edge.app", "Microsoft Edge"),
                Browser::Chrome => ("Google Chrome.app", "Google Chrome"),
                Browser::Chromium => ("Chromium.app", "Chromium"),
                Browser::Brave => ("Brave Browser.app", "Brave Browser"),
                Browser::Firefox => ("Firefox.app", "firefox"),
            };
            let shared = Some(PathBuf::from("/Applications"));
            let own = places.home.as_ref().map(|home| home.join("Applications"));
            [shared, own]
                .into_iter()
                .flatten()
                .map(|folder| folder.join(bundle).join("Contents/MacOS").join(program))
                .collect()
        }
        System::Windows => {
            let below: &[&str] = match browser {
                Browser::Edge => &["Microsoft", "Edge", "Application", "msedge.exe"],
                Browser::Chrome => &["Google", "Chrome", "Application", "chrome.exe"],
                Browser::Chromium => &["Chromium", "Application", "chrome.exe"],
                Browser::Brave => &["BraveSoftware", "Brave-Browser", "Application", "brave.exe"],
                Browser::Firefox => &["Mozilla Firefox", "firefox.exe"],
            };
            places
                .programs
                .iter()
                .map(|folder| {
                    below
                        .iter()
                        .fold(folder.clone(), |path, part| path.join(part))
                })
                .collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_place_of_each_browser_wins_and_edge_comes_first() {
        let places = Places {
            path: vec!["/usr/bin".into(), "/snap/bin".into()],
            ..Places::default()
        };
        let there = [
            "/usr/bin/firefox-esr",
            "/snap/bin/firefox",
            "/usr/bin/chromium",
            "/usr/bin/microsoft-edge",
        ];
        let found = find(System::Linux, &places, |path| {
            there.iter().any(|known| path == Path::new(known))
        });
        let shown: Vec<_> = found
            .iter()
            .map(|c| (c.browser, c.program.to_str().unwrap()))
            .collect();
        assert_eq!(
            shown,
            [
                (Browser::Edge, "/usr/bin/microsoft-edge"),
                (Browser::Firefox, "/snap/bin/firefox"),
                (Browser::Chromium, "/usr/bin/chromium")
            ]
        );
    }

    #[test]
    fn nothing_is_found_where_nothing_is() {
        assert!(find(System::Windows, &Places::default(), |_| true).is_empty());
        assert!(find(System::MacOs, &Places::default(), |_| false).is_empty());
    }

    #[test]
    fn windows_and_macos_look_where_the_installers_put_them() {
        let windows = Places {
            programs: vec!["C:/Program Files".into()],
            ..Places::default()
        };
        let paths: Vec<String> = candidates(System::Windows, &windows)
            .iter()
            .map(|c| c.program.to_string_lossy().replace('\\', "/"))
            .collect();
        assert!(
            paths.contains(&"C:/Program Files/Microsoft/Edge/Application/msedge.exe".to_owned())
        );
        assert!(paths.contains(&"C:/Program Files/Mozilla Firefox/firefox.exe".to_owned()));
        let mac = Places {
            home: Some("/Users/dana".into()),
            ..Places::default()
        };
        let paths: Vec<String> = candidates(System::MacOs, &mac)
            .iter()
            .map(|c| c.program.to_string_lossy().into_owned())
            .collect();
        assert!(paths.contains(
            &"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge".to_owned()
        ));
        assert!(
            paths.contains(
                &"/Users/dana/Applications/Firefox.app/Contents/MacOS/firefox".to_owned()
            )
        );
    }
}
