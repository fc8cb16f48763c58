//! Throw-away profiles: where they lie, what stands in them, which ones are left over.

use std::path::{Path, PathBuf};

use super::System;

/// Every throw-away profile folder begins with this, and nothing else of ours does.
pub const PROFILE_PREFIX: &str = "grantway-browser-";

/// `user.js` of a throw-away Firefox profile: no first-run pages, no telemetry, no update prompts, no second start page.
pub const FIREFOX_PREFERENCES: &str = r#"user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("datareporting.policy.dataSubmissionPolicyBypassNotification", true);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("signon.rememberSignons", false);
"#;

/// How a browser was installed; it decides which folders it can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packaging {
    /// From the system's packages or an installer.
    Plain,
    /// Confined: reads neither `/tmp` nor hidden folders of the home folder.
    Confined,
}

/// How the browser at `program` was installed; `resolved` is the path with its links followed.
pub fn packaging(system: System, program: &Path, resolved: &Path) -> Packaging {
    let confined = |path: &Path| {
        ["/snap/", "/var/lib/snapd/", "/flatpak/"]
            .iter()
            .any(|part| path.to_string_lossy().contains(part))
    };
    // A snap's program is a link to `/usr/bin/snap` itself.
    let is_snap = resolved.file_name().is_some_and(|name| name == "snap");
    if system == System::Linux && (confined(program) || confined(resolved) || is_snap) {
        Packaging::Confined
    } else {
        Packaging::Plain
    }
}

/// The folder in which a throw-away profile is made: the temporary folder, or for a confined browser a visible one in the home folder.
pub fn profile_parent(packaging: Packaging, temporary: &Path, home: Option<&Path>) -> PathBuf {
    match (packaging, home) {
        (Packaging::Confined, Some(home)) => home.join("grantway-profiles"),
        _ => temporary.to_owned(),
    }
}

/// The beginning of the names of profiles that the process `owner` makes; something random follows.
pub fn profile_prefix(owner: u32) -> String {
    format!("{PROFILE_PREFIX}{owner}-")
}

/// Whether a folder of this name is a throw-away profile that nobody needs any more: its process is gone, or it is a day old.
///
/// `alive` says whether a process runs; where that cannot be seen it says yes, and the age decides.
pub fn is_left_over(name: &str, age_seconds: u64, alive: impl Fn(u32) -> bool) -> bool {
    const DAY: u64 = 24 * 60 * 60;
    let Some(rest) = name.strip_prefix(PROFILE_PREFIX) else {
        return false;
    };
    let Some(owner) = rest
        .split_once('-')
        .and_then(|(owner, _)| owner.parse().ok())
    else {
        return false;
    };
    age_seconds >= DAY || !alive(owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confined_browsers_get_a_folder_that_they_can_read() {
        let snap = packaging(
            System::Linux,
            Path::new("/snap/bin/chromium"),
            Path::new("/usr/bin/snap"),
        );
        assert_eq!(snap, Packaging::Confined);
        assert_eq!(
            packaging(
                System::Linux,
                Path::new("/usr/bin/firefox"),
                Path::new("/usr/lib/firefox-esr/firefox-esr")
            ),
            Packaging::Plain
        );
        assert_eq!(
            packaging(
                System::Linux,
                Path::new("/usr/bin/firefox"),
                Path::new("/usr/bin/snap")
            ),
            Packaging::Confined
        );
        let home = Path::new("/home/dana");
        assert_eq!(
            profile_parent(snap, Path::new("/tmp"), Some(home)),
            home.join("grantway-profiles")
        );
        assert_eq!(
            profile_parent(Packaging::Plain, Path::new("/tmp"), Some(home)),
            Path::new("/tmp")
        );
    }

    #[test]
    fn only_folders_of_ours_that_nobody_needs_are_left_over() {
        let name = format!("{}Ab12", profile_prefix(41));
        assert!(is_left_over(&name, 60, |_| false));
        assert!(!is_left_over(&name, 60, |owner| owner == 41));
        assert!(is_left_over(&name, 90_000, |_| true));
        for other in [
            "grantway-browser-",
            "grantway-browser-x",
            "grantway-browser-a-b",
            "firefox-profile",
            "",
        ] {
            assert!(!is_left_over(other, 90_000, |_| false), "{other}");
        }
    }

    #[test]
    fn preferences_are_complete_lines() {
        assert!(
            FIREFOX_PREFERENCES
                .lines()
                .all(|line| line.starts_with("user_pref(") && line.ends_with(");"))
        );
    }
}
