//! Profiles of one's own on disk: a file for each, never written again once it is there.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use grantway_patterns::{Library, Profile, ProfileError};
use grantway_session::{Address, HostRule};

/// The largest file that is read; a real one has a tenth of it.
const LARGEST: u64 = 256 * 1024;

/// The folder of profiles that were put away: setups that were begun with them still find them.
const PUT_AWAY: &str = "put-away";

/// Why a file is no profile of one's own.
#[derive(Debug, thiserror::Error)]
pub enum OwnProfileError {
    /// It cannot be read or written.
    #[error("{}: {source}", path.display())]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is larger than any profile.
    #[error("{}: this is no profile: it is larger than {} KiB", .0.display(), LARGEST / 1024)]
    TooLarge(PathBuf),
    /// What stands in it is wrong.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Its name is not its profile's.
    #[error("{file}: the file has to be called {id}.toml")]
    Misnamed {
        /// The file.
        file: String,
        /// The profile's id.
        id: String,
    },
    /// A clean session would not open its portal.
    #[error("{file}: {what} cannot be opened in a clean session")]
    Portal {
        /// The file.
        file: String,
        /// The address or the host.
        what: String,
    },
}

impl OwnProfileError {
    /// Whether a profile of that id is there already.
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Profile(ProfileError::IdTaken { .. }))
    }
}

/// The folder of profiles of one's own.
#[derive(Debug, Clone)]
pub struct OwnProfiles {
    folder: PathBuf,
}

impl OwnProfiles {
    /// Those of a data folder. Practice and live share them, as they share the profiles that come with the app.
    pub fn below(data: &Path) -> Self {
        Self {
            folder: data.join("profiles"),
        }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The profiles of the app and these. A file that is wrong is left out and told, and stops no other.
    pub fn library(&self) -> (Library, Vec<OwnProfileError>) {
        let mut library = Library::built_in().clone();
        let mut wrong = Vec::new();
        for (folder, is_put_away) in [
            (self.folder.clone(), false),
            (self.folder.join(PUT_AWAY), true),
        ] {
            let files = match files_in(&folder) {
                Ok(files) => files,
                Err(source) => {
                    wrong.push(OwnProfileError::Unusable {
                        path: folder,
                        source,
                    });
                    continue;
                }
            };
            for path in files {
                if let Err(error) = add(&mut library, &path, is_put_away) {
                    wrong.push(error);
                }
            }
        }
        (library, wrong)
    }

    /// Reads a text as a profile of one's own whose portal a clean session opens. `file` is only named in errors.
    pub fn judge(file: &str, text: &str) -> Result<Profile, OwnProfileError> {
        let profile = Profile::parse_own(file, text)?;
        let Some((address, hosts)) = profile.portal() else {
            return Ok(profile);
        };
        let refused = |what: &str| OwnProfileError::Portal {
            file: file.into(),
            what: what.into(),
        };
        if Address::read(address, false).is_err() {
            return Err(refused(address));
        }
        if let Some(host) = hosts.iter().find(|host| host.parse::<HostRule>().is_err()) {
            return Err(refused(host));
        }
        Ok(profile)
    }

    /// Keeps a profile. What is there already is never written over.
    pub fn keep(&self, id: &str, text: &str) -> Result<(), OwnProfileError> {
        let path = self.file(id);
        let unusable = |source| OwnProfileError::Unusable {
            path: path.clone(),
            source,
        };
        fs::create_dir_all(&self.folder).map_err(unusable)?;
        if path.exists() {
            return Err(ProfileError::IdTaken {
                file: format!("{id}.toml"),
                id: id.into(),
            }
            .into());
        }
        // Whole or not at all: it gets its name once all of it is on disk.
        let half = self.folder.join(format!("{id}.part"));
        let written = fs::File::create(&half)
            .and_then(|mut file| {
                file.write_all(text.as_bytes())
                    .and_then(|()| file.sync_all())
            })
            .and_then(|()| fs::rename(&half, &path));
        written.map_err(|source| {
            // What is left of it has no name that is read.
            let _ = fs::remove_file(&half);
            unusable(source)
        })
    }

    /// Puts a profile away.
    pub fn put_away(&self, id: &str) -> Result<(), OwnProfileError> {
        let folder = self.folder.join(PUT_AWAY);
        fs::create_dir_all(&folder)
            .and_then(|()| fs::rename(self.file(id), folder.join(format!("{id}.toml"))))
            .map_err(|source| OwnProfileError::Unusable {
                path: self.file(id),
                source,
            })
    }

    /// Takes a profile that was put away up again, where it is this one to the letter.
    pub fn take_up(&self, id: &str, text: &str) -> Result<bool, OwnProfileError> {
        let away = self.folder.join(PUT_AWAY).join(format!("{id}.toml"));
        if read_file(&away).ok().as_deref() != Some(text) {
            return Ok(false);
        }
        fs::rename(&away, self.file(id))
            .map_err(|source| OwnProfileError::Unusable { path: away, source })?;
        Ok(true)
    }

    /// The text of a profile.
    pub fn text(&self, id: &str) -> Result<String, OwnProfileError> {
        read_file(&self.file(id))
    }

    fn file(&self, id: &str) -> PathBuf {
        self.folder.join(format!("{id}.toml"))
    }
}

/// The text of a file that may be a profile.
pub fn read_file(path: &Path) -> Result<String, OwnProfileError> {
    let unusable = |source| OwnProfileError::Unusable {
        path: path.to_owned(),
        source,
    };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(unusable)?;
    file.take(LARGEST + 1)
        .read_to_string(&mut text)
        .map_err(unusable)?;
    if text.len() as u64 > LARGEST {
        return Err(OwnProfileError::TooLarge(path.to_owned()));
    }
    Ok(text)
}

fn add(library: &mut Library, path: &Path, is_put_away: bool) -> Result<(), OwnProfileError> {
    let text = read_file(path)?;
    let file = name_of(path);
    let profile = OwnProfiles::judge(&file, &text)?;
    if file != format!("{}.toml", profile.id) {
        return Err(OwnProfileError::Misnamed {
            file,
            id: profile.id,
        });
    }
    Ok(library.add_own(&file, &text, is_put_away)?)
}

/// The name of a file, as errors name it.
pub fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// The profiles of a folder by name; none where there is no such folder.
fn files_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BUILT_IN: &str = include_str!("../../grantway-patterns/profiles/huntress.toml");

    fn own(id: &str) -> String {
        BUILT_IN.replace("id = \"huntress\"", &format!("id = \"{id}\""))
    }

    fn folder() -> (tempfile::TempDir, OwnProfiles) {
        let folder = tempfile::tempdir().expect("a folder");
        let profiles = OwnProfiles::below(folder.path());
        (folder, profiles)
    }

    fn offered(profiles: &OwnProfiles) -> Vec<String> {
        let (library, _) = profiles.library();
        let offered = library.offered();
        offered.map(|(profile, _)| profile.id.clone()).collect()
    }

    fn told(profiles: &OwnProfiles) -> Vec<String> {
        let (_, wrong) = profiles.library();
        wrong.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_is_kept_is_there_again_and_is_never_written_over() {
        let (_folder, profiles) = folder();
        assert_eq!(offered(&profiles), ["huntress", "app-registration"]);
        profiles.keep("own-mine", &own("own-mine")).expect("kept");
        assert_eq!(
            offered(&profiles),
            ["huntress", "app-registration", "own-mine"]
        );
        let again = profiles.keep("own-mine", "other").expect_err("a refusal");
        assert!(again.is_taken(), "{again}");
        assert_eq!(profiles.text("own-mine").expect("a text"), own("own-mine"));
        assert_eq!(told(&profiles), Vec::<String>::new());
    }

    #[test]
    fn what_was_put_away_is_found_and_taken_up_only_as_it_was() {
        let (_folder, profiles) = folder();
        profiles.keep("own-mine", &own("own-mine")).expect("kept");
        profiles.put_away("own-mine").expect("put away");
        assert_eq!(offered(&profiles), ["huntress", "app-registration"]);
        let (library, _) = profiles.library();
        assert!(library.profile("own-mine").is_some());
        let other = own("own-mine").replace("minutes = 20", "minutes = 5");
        assert!(!profiles.take_up("own-mine", &other).expect("no fault"));
        assert!(
            profiles
                .take_up("own-mine", &own("own-mine"))
                .expect("no fault")
        );
        assert_eq!(
            offered(&profiles),
            ["huntress", "app-registration", "own-mine"]
        );
    }

    #[test]
    fn a_damaged_and_a_foreign_file_are_told_and_stop_no_other() {
        let (folder, profiles) = folder();
        profiles.keep("own-mine", &own("own-mine")).expect("kept");
        let place = folder.path().join("profiles");
        let write = |name: &str, text: &[u8]| fs::write(place.join(name), text).expect("written");
        let whole = own("own-half");
        write("own-half.toml", &whole.as_bytes()[..whole.len() / 2]);
        write("own-bytes.toml", &[0xff, 0xfe]);
        write("own-copy.toml", own("own-other").as_bytes());
        write("huntress.toml", BUILT_IN.as_bytes());
        write("own-large.toml", &vec![b'#'; 300 * 1024]);
        write("notes.txt", b"nothing of ours");
        let wide = own("own-wide").replace("\"*.huntress.io\"", "\"*.co.uk\"");
        write("own-wide.toml", wide.as_bytes());
        assert_eq!(
            offered(&profiles),
            ["huntress", "app-registration", "own-mine"]
        );
        let told = told(&profiles);
        assert_eq!(told.len(), 6, "{told:#?}");
        let says = |part: &str| told.iter().any(|one| one.contains(part));
        assert!(says("huntress.toml, line 3, id: "), "{told:#?}");
        assert!(says("own-bytes.toml: "), "{told:#?}");
        assert!(says(
            "own-copy.toml: the file has to be called own-other.toml"
        ));
        assert!(says("own-half.toml, line "), "{told:#?}");
        assert!(says("own-large.toml: this is no profile"), "{told:#?}");
        assert!(says("own-wide.toml: *.co.uk cannot be opened"), "{told:#?}");
    }
}
