//! Who may know whom: between the rooms, from a room to a library, and inside the screens.

use cargo_metadata::DependencyKind;

use super::{Finding, texts};
use crate::project::{Project, SourceFile};

const RULE: &str = "arrow";

/// A member of the workspace with what its manifest asks for.
pub struct Room {
    name: String,
    manifest: String,
    needs: Vec<Need>,
}

/// One dependency line.
struct Need {
    name: String,
    kind: DependencyKind,
    /// Behind a feature.
    optional: bool,
}

/// Which rooms a room may know. `tests` and xtask are in no row: they may use what they need.
const ROOMS: &[(&str, &[&str])] = &[
    ("grantway-core", &[]),
    ("grantway-patterns", &["grantway-core"]),
    ("grantway-microsoft", &["grantway-core"]),
    ("grantway-session", &["grantway-core"]),
    ("grantway-store", &["grantway-core"]),
    ("grantway-report", &["grantway-core"]),
    ("grantway-app", RIGHT_OF_APP),
    // Client and simulator must not share structs, or they would share mistakes: they meet on the wire.
    ("grantway-practice", &[]),
    ("grantway-cli", RIGHT_OF_EDGES),
    ("grantway", RIGHT_OF_EDGES),
];

const RIGHT_OF_APP: &[&str] = &[
    "grantway-core",
    "grantway-patterns",
    "grantway-microsoft",
    "grantway-session",
    "grantway-store",
    "grantway-report",
];

const RIGHT_OF_EDGES: &[&str] = &[
    "grantway-app",
    "grantway-core",
    "grantway-patterns",
    "grantway-microsoft",
    "grantway-session",
    "grantway-store",
    "grantway-report",
    "grantway-practice",
];

const FREE: &[&str] = &["grantway-tests", "xtask"];

/// A library that only some rooms may know.
struct Owned {
    /// Exact names, or a start that ends with `*`.
    libraries: &'static [&'static str],
    /// Rooms that may always use it.
    owners: &'static [&'static str],
    /// Rooms that may use it behind a feature only.
    behind_a_feature: &'static [&'static str],
    /// Rooms whose own tests may use it.
    in_tests: &'static [&'static str],
    rule: &'static str,
}

const OWNED: &[Owned] = &[
    Owned {
        libraries: &[
            "tauri",
            "tauri-*",
            "wry",
            "tao",
            "gtk",
            "webkit2gtk",
            "webview2-com",
            "objc2-*",
        ],
        owners: &["grantway"],
        behind_a_feature: &[],
        in_tests: &[],
        rule: "windows belong to the shell alone, so that everything below it runs and is tested without webkit",
    },
    Owned {
        libraries: &[
            "sqlx",
            "sqlx-*",
            "keyring",
            "keyring-core",
            "*-keyring-store",
        ],
        owners: &["grantway-store"],
        behind_a_feature: &[],
        in_tests: &[],
        rule: "the database and the keychain belong to the store alone",
    },
    Owned {
        libraries: &["reqwest"],
        owners: &["grantway-microsoft"],
        behind_a_feature: &["grantway-practice"],
        in_tests: &["grantway-practice"],
        rule: "requests leave through grantway-microsoft, where hosts, retries and redaction are decided; the practice cloud's robot person has it behind the feature `robot`",
    },
    Owned {
        libraries: &["axum"],
        owners: &["grantway-practice"],
        behind_a_feature: &["grantway-cli"],
        in_tests: &["grantway-microsoft"],
        rule: "servers are the practice cloud and, behind `serve`, the loopback host of grantctl; the tests of grantway-microsoft may stand up a misbehaving server",
    },
    Owned {
        libraries: &[
            "rusqlite",
            "tauri-plugin-sql",
            "tauri-plugin-http",
            "tauri-plugin-fs",
            "tauri-plugin-shell",
        ],
        owners: &[],
        behind_a_feature: &[],
        in_tests: &[],
        rule: "no room may use it: it links SQLite twice, or hands SQL, files, HTTP or programs to the window",
    },
];

/// The workspace's members as cargo describes them.
pub fn rooms(project: &Project) -> Vec<Room> {
    project
        .metadata
        .workspace_packages()
        .into_iter()
        .map(|package| Room {
            name: package.name.to_string(),
            manifest: package
                .manifest_path
                .strip_prefix(&project.metadata.workspace_root)
                .unwrap_or(&package.manifest_path)
                .to_string(),
            needs: package
                .dependencies
                .iter()
                .map(|need| Need {
                    name: need.name.clone(),
                    kind: need.kind,
                    optional: need.optional,
                })
                .collect(),
        })
        .collect()
}

/// Every arrow that points the wrong way.
pub fn check(rooms: &[Room], files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for room in rooms {
        let allowed = ROOMS
            .iter()
            .find(|(name, _)| *name == room.name)
            .map(|(_, allowed)| *allowed);
        if allowed.is_none() && !FREE.contains(&room.name.as_str()) {
            findings.push(Finding::at(
                &room.manifest,
                0,
                RULE,
                format!("`{}` is a room that the map does not have. Do: merge it into a neighbour, or draw it in DESIGN and in xtask/src/tidy/arrows.rs", room.name),
            ));
        }
        for need in &room.needs {
            if let Some(what) = wrong(room, need, allowed, rooms) {
                findings.push(Finding::at(
                    &room.manifest,
                    line_of(files, &room.manifest, &need.name),
                    RULE,
                    what,
                ));
            }
        }
    }
    findings.extend(imports_of_the_host(files));
    findings
}

fn wrong(room: &Room, need: &Need, allowed: Option<&[&str]>, rooms: &[Room]) -> Option<String> {
    if FREE.contains(&room.name.as_str()) {
        return None;
    }
    if rooms.iter().any(|other| other.name == need.name) {
        if !allowed?.contains(&need.name.as_str()) {
            return Some(format!(
                "`{}` may not know `{}`. Do: move the code to the room that may, or pass it in through a port",
                room.name, need.name
            ));
        }
        if need.name == "grantway-practice" && !need.optional {
            return Some(format!(
                "`{}` knows the practice cloud without a feature. Do: make it optional, behind the feature `practice`",
                room.name
            ));
        }
        return None;
    }
    let owned = OWNED.iter().find(|owned| {
        owned
            .libraries
            .iter()
            .any(|pattern| matches(pattern, &need.name))
    })?;
    let is = |list: &[&str]| list.contains(&room.name.as_str());
    let fine = is(owned.owners)
        || (need.optional && is(owned.behind_a_feature))
        || (need.kind == DependencyKind::Development && is(owned.in_tests));
    (!fine).then(|| {
        format!(
            "`{}` may not use `{}`: {}. Do: move the code to the room that owns it",
            room.name, need.name, owned.rule
        )
    })
}

/// One folder of the screens knows the host; nothing else imports Tauri's library.
fn imports_of_the_host(files: &[SourceFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in texts(files, &[".ts", ".tsx"]) {
        if !path.starts_with("ui/src/") || path.starts_with("ui/src/host/") {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            if line.contains("@tauri-apps/") {
                findings.push(Finding::at(
                    path,
                    index + 1,
                    RULE,
                    "only ui/src/host/ imports @tauri-apps. Do: ask the host's interface",
                ));
            }
        }
    }
    findings
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
        (Some(start), _) => name.starts_with(start),
        (_, Some(end)) => name.ends_with(end),
        _ => pattern == name,
    }
}

fn line_of(files: &[SourceFile], manifest: &str, dependency: &str) -> usize {
    let Some(text) = files
        .iter()
        .find(|file| file.path == manifest)
        .and_then(|file| file.text.as_deref())
    else {
        return 0;
    };
    text.lines()
        .position(|line| {
            line.strip_prefix(dependency)
                .is_some_and(|rest| rest.starts_with([' ', '.', '=']))
        })
        .map_or(0, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::*;

    fn room(name: &str, needs: &[(&str, DependencyKind, bool)]) -> Room {
        Room {
            name: name.to_owned(),
            manifest: format!("crates/{name}/Cargo.toml"),
            needs: needs
                .iter()
                .map(|(name, kind, optional)| Need {
                    name: (*name).to_owned(),
                    kind: *kind,
                    optional: *optional,
                })
                .collect(),
        }
    }

    const NORMAL: DependencyKind = DependencyKind::Normal;
    const TESTS: DependencyKind = DependencyKind::Development;

    fn findings(room: Room) -> Vec<Finding> {
        let others = [
            "grantway-core",
            "grantway-store",
            "grantway-app",
            "grantway-practice",
            "grantway-patterns",
        ];
        let name = room.name.clone();
        let mut rooms: Vec<Room> = others
            .iter()
            .filter(|other| **other != name)
            .map(|name| self::room(name, &[]))
            .collect();
        rooms.push(room);
        check(&rooms, &[])
    }

    #[test]
    fn arrows_that_point_right_are_fine() {
        assert!(
            findings(room(
                "grantway-app",
                &[
                    ("grantway-core", NORMAL, false),
                    ("grantway-store", NORMAL, false)
                ]
            ))
            .is_empty()
        );
        assert!(
            findings(room(
                "grantway-cli",
                &[
                    ("grantway-app", NORMAL, false),
                    ("grantway-practice", NORMAL, true)
                ]
            ))
            .is_empty()
        );
        assert!(
            findings(room(
                "grantway-tests",
                &[
                    ("reqwest", NORMAL, false),
                    ("grantway-practice", NORMAL, false)
                ]
            ))
            .is_empty()
        );
    }

    #[test]
    fn an_arrow_to_the_left_is_found_also_from_tests() {
        assert_eq!(
            findings(room("grantway-core", &[("grantway-store", NORMAL, false)])).len(),
            1
        );
        assert_eq!(
            findings(room("grantway-core", &[("grantway-app", TESTS, false)])).len(),
            1
        );
        assert_eq!(
            findings(room(
                "grantway-patterns",
                &[("grantway-app", NORMAL, false)]
            ))
            .len(),
            1
        );
    }

    #[test]
    fn practice_knows_nothing_of_ours_and_is_known_behind_a_feature() {
        assert_eq!(
            findings(room(
                "grantway-practice",
                &[("grantway-core", NORMAL, false)]
            ))
            .len(),
            1
        );
        assert_eq!(
            findings(room("grantway-app", &[("grantway-practice", NORMAL, true)])).len(),
            1
        );
        assert_eq!(
            findings(room("grantway", &[("grantway-practice", NORMAL, false)])).len(),
            1
        );
    }

    #[test]
    fn libraries_stay_with_their_owner() {
        for library in [
            "tauri",
            "tauri-plugin-store",
            "wry",
            "sqlx",
            "zbus-secret-service-keyring-store",
            "axum",
            "rusqlite",
        ] {
            let found = findings(room("grantway-app", &[(library, NORMAL, false)]));
            assert_eq!(found.len(), 1, "{library}");
            assert!(found[0].what.contains(library));
        }
        assert!(findings(room("grantway", &[("tauri", NORMAL, false)])).is_empty());
        assert!(
            findings(room(
                "grantway-store",
                &[("windows-native-keyring-store", NORMAL, false)]
            ))
            .is_empty()
        );
    }

    #[test]
    fn reqwest_in_practice_needs_the_feature_or_the_tests() {
        assert!(
            findings(room(
                "grantway-practice",
                &[("reqwest", NORMAL, true), ("reqwest", TESTS, false)]
            ))
            .is_empty()
        );
        assert_eq!(
            findings(room("grantway-practice", &[("reqwest", NORMAL, false)])).len(),
            1
        );
    }

    #[test]
    fn axum_in_microsoft_is_for_its_tests() {
        assert!(findings(room("grantway-microsoft", &[("axum", TESTS, false)])).is_empty());
        assert_eq!(
            findings(room("grantway-microsoft", &[("axum", NORMAL, false)])).len(),
            1
        );
    }

    #[test]
    fn a_room_that_the_map_lacks_is_found() {
        assert_eq!(findings(room("grantway-extra", &[])).len(), 1);
    }

    #[test]
    fn the_finding_points_at_the_line_of_the_manifest() {
        let manifest = file(
            "crates/grantway-core/Cargo.toml",
            "[dependencies]\nserde.workspace = true\naxum = \"0.8\"\n",
        );
        let found = check(
            &[room("grantway-core", &[("axum", NORMAL, false)])],
            &[manifest],
        );
        assert_eq!(
            (found[0].file.as_str(), found[0].line),
            ("crates/grantway-core/Cargo.toml", 3)
        );
    }

    #[test]
    fn only_the_host_folder_imports_tauri() {
        let import = "import { invoke } from \"@tauri-apps/api/core\";\n";
        assert!(imports_of_the_host(&[file("ui/src/host/tauri.ts", import)]).is_empty());
        assert_eq!(
            imports_of_the_host(&[file("ui/src/views/Home.tsx", import)]).len(),
            1
        );
    }
}
