//! The profiles that come with the app.

use std::sync::LazyLock;

use crate::profile::{Profile, ProfileError};

/// File name and text of each built-in profile, in the order of the gallery.
const BUILT_IN: [(&str, &str); 1] = [("huntress.toml", include_str!("../profiles/huntress.toml"))];

/// Profiles, found by their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    profiles: Vec<Profile>,
}

impl Library {
    /// The profiles that come with the app.
    pub fn built_in() -> &'static Library {
        static LIBRARY: LazyLock<Library> =
            LazyLock::new(|| Library::read(BUILT_IN).expect("a test reads every built-in profile"));
        &LIBRARY
    }

    /// Reads profiles from file names and texts. The first that is wrong is the error.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ProfileError> {
        let mut profiles: Vec<Profile> = Vec::new();
        for (file, text) in files {
            let profile = Profile::parse(file, text)?;
            if profiles.iter().any(|known| known.id == profile.id) {
                return Err(ProfileError::IdTaken {
                    file: file.into(),
                    id: profile.id,
                });
            }
            profiles.push(profile);
        }
        Ok(Self { profiles })
    }

    /// All profiles, in the order of the gallery.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profile of that id.
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }
}
