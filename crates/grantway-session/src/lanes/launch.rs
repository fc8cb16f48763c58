//! The command line of a browser: program and arguments, never a shell.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use url::Url;

use super::{Browser, Candidate, System};

/// How a browser is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// Private, with this empty profile folder.
    Private {
        /// The folder; it is deleted when the browser has ended.
        profile: PathBuf,
    },
    /// The person's normal profile. Shares its cookies, extensions and single sign-on with everything else they do.
    Own,
}

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Launch {
    /// The program.
    pub program: PathBuf,
    /// Its arguments, in order; the address is the last.
    pub arguments: Vec<OsString>,
    /// Whether the started process lives as long as the browser, so that its end says when the profile can go.
    pub process_is_browser: bool,
}

/// Why a command line cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LaunchError {
    /// Only web addresses are opened; a file or another scheme would start something else.
    #[error("only http and https addresses are opened, not {0}:")]
    NotWeb(String),
    /// A profile folder must be a full path, or it would land wherever the browser runs.
    #[error("the profile folder is no full path")]
    RelativeProfile,
}

/// The command line that opens `url` in `browser`.
///
/// The switches come from the vendors' documentation; those of Firefox and Chromium on Linux were run (facts: clean-session §6).
/// No `--app=`: it hides the address bar, and the address bar is what the person is asked to look at.
pub fn launch(
    system: System,
    browser: &Candidate,
    mode: &Mode,
    url: &Url,
) -> Result<Launch, LaunchError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(LaunchError::NotWeb(url.scheme().to_owned()));
    }
    let mut arguments: Vec<OsString> = Vec::new();
    if let Mode::Private { profile } = mode {
        if !is_full_path(system, profile) {
            return Err(LaunchError::RelativeProfile);
        }
        if browser.browser.is_chromium() {
            // Edge on a joined PC signs a *normal* fresh profile in by itself, so the private switch stays even with an empty profile.
            arguments.push(
                if browser.browser == Browser::Edge {
                    "--inprivate"
                } else {
                    "--incognito"
                }
                .into(),
            );
            arguments.push(with_path("--user-data-dir=", profile));
            for switch in [
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-extensions",
                "--disable-sync",
                "--new-window",
            ] {
                arguments.push(switch.into());
            }
        } else {
            for part in [
                "-no-remote".into(),
                "-profile".into(),
                profile.as_os_str().to_owned(),
                "-private-window".into(),
            ] {
                arguments.push(part);
            }
        }
    }
    arguments.push(url.as_str().into());
    Ok(match (system, mode) {
        // Through `open`, a running browser takes the address; `-n` makes a second instance for the private profile.
        (System::MacOs, Mode::Own) => Launch {
            program: "/usr/bin/open".into(),
            arguments: [
                OsString::from("-a"),
                bundle(&browser.program).into_os_string(),
            ]
            .into_iter()
            .chain(arguments)
            .collect(),
            process_is_browser: false,
        },
        _ => Launch {
            program: browser.program.clone(),
            arguments,
            process_is_browser: matches!(mode, Mode::Private { .. }),
        },
    })
}

fn with_path(switch: &str, path: &Path) -> OsString {
    let mut text = OsString::from(switch);
    text.push(path);
    text
}

/// `Path::is_absolute` knows only the system it runs on, and command lines of other systems are tested here.
fn is_full_path(system: System, path: &Path) -> bool {
    let text = path.to_string_lossy();
    match system {
        System::Windows => {
            text.as_bytes().get(1) == Some(&b':')
                && matches!(text.as_bytes().get(2), Some(b'\\' | b'/'))
        }
        System::Linux | System::MacOs => text.starts_with('/'),
    }
}

/// `/Applications/Firefox.app` of `/Applications/Firefox.app/Contents/MacOS/firefox`.
fn bundle(program: &Path) -> PathBuf {
    program
        .ancestors()
        .find(|path| path.extension().is_some_and(|end| end == "app"))
        .unwrap_or(program)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str =
        "http://127.0.0.1:4101/organizations/oauth2/v2.0/authorize?client_id=x&state=y";

    fn line(system: System, browser: Browser, program: &str, mode: &Mode) -> Vec<String> {
        let candidate = Candidate {
            browser,
            program: program.into(),
        };
        let made = launch(system, &candidate, mode, &URL.parse().unwrap()).unwrap();
        std::iter::once(made.program.to_string_lossy().into_owned())
            .chain(
                made.arguments
                    .iter()
                    .map(|a| a.to_string_lossy().into_owned()),
            )
            .collect()
    }

    fn private(path: &str) -> Mode {
        Mode::Private {
            profile: path.into(),
        }
    }

    #[test]
    fn every_browser_on_every_system_in_both_modes() {
        let systems = [
            (System::Linux, "/usr/bin/b", "/tmp/grantway-browser-1"),
            (
                System::Windows,
                "C:\\Program Files\\b.exe",
                "C:\\Users\\d\\AppData\\Local\\Temp\\grantway-browser-1",
            ),
            (
                System::MacOs,
                "/Applications/B.app/Contents/MacOS/b",
                "/tmp/grantway-browser-1",
            ),
        ];
        for (system, program, profile) in systems {
            for browser in Browser::ALL {
                let made = line(system, browser, program, &private(profile));
                let expected: Vec<String> = if browser == Browser::Firefox {
                    [
                        program,
                        "-no-remote",
                        "-profile",
                        profile,
                        "-private-window",
                        URL,
                    ]
                    .map(str::to_owned)
                    .to_vec()
                } else {
                    let own = if browser == Browser::Edge {
                        "--inprivate"
                    } else {
                        "--incognito"
                    };
                    let data = format!("--user-data-dir={profile}");
                    [
                        program,
                        own,
                        data.as_str(),
                        "--no-first-run",
                        "--no-default-browser-check",
                        "--disable-extensions",
                        "--disable-sync",
                        "--new-window",
                        URL,
                    ]
                    .map(str::to_owned)
                    .to_vec()
                };
                assert_eq!(made, expected, "{system:?} {browser}");

                let own = line(system, browser, program, &Mode::Own);
                let expected: Vec<String> = match system {
                    System::MacOs => ["/usr/bin/open", "-a", "/Applications/B.app", URL]
                        .map(str::to_owned)
                        .to_vec(),
                    _ => [program, URL].map(str::to_owned).to_vec(),
                };
                assert_eq!(own, expected, "{system:?} {browser} own");
            }
        }
    }

    #[test]
    fn the_address_is_one_argument_whatever_it_holds() {
        let candidate = Candidate {
            browser: Browser::Chrome,
            program: "/usr/bin/google-chrome".into(),
        };
        let url = Url::parse("https://login.example/a?x=--no-sandbox&y=$(id);z=\"'").unwrap();
        let made = launch(System::Linux, &candidate, &Mode::Own, &url).unwrap();
        assert_eq!(made.arguments.len(), 1);
        assert!(made.arguments[0].to_string_lossy().starts_with("https://"));
    }

    #[test]
    fn other_schemes_and_relative_profiles_are_refused() {
        let candidate = Candidate {
            browser: Browser::Edge,
            program: "/usr/bin/microsoft-edge".into(),
        };
        let file = Url::parse("file:///etc/passwd").unwrap();
        assert_eq!(
            launch(System::Linux, &candidate, &Mode::Own, &file),
            Err(LaunchError::NotWeb("file".into()))
        );
        let url = URL.parse().unwrap();
        assert_eq!(
            launch(System::Linux, &candidate, &private("profile"), &url),
            Err(LaunchError::RelativeProfile)
        );
        assert_eq!(
            launch(System::Windows, &candidate, &private("/tmp/x"), &url),
            Err(LaunchError::RelativeProfile)
        );
    }
}
