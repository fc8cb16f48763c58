//! The profiles that there are: those that come with the app, and those of one's own.

use std::sync::LazyLock;

use crate::profile::{Profile, ProfileError};

/// File name and text of each built-in profile, in the order of the gallery.
const BUILT_IN: [(&str, &str); 2] = [
    ("huntress.toml", include_str!("../profiles/huntress.toml")),
    (
        "app-registration.toml",
        include_str!("../profiles/own-app.toml"),
    ),
];

/// Where a profile comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// With the app.
    BuiltIn,
    /// Made or brought in by a person.
    Own,
    /// The same, and put away since: setups that were begun with it still find it, and none is begun.
    PutAway,
}

/// Profiles, found by their ids.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    profiles: Vec<Profile>,
    /// Of each profile, in the same order.
    origins: Vec<Origin>,
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
        let mut library = Self {
            profiles: Vec::new(),
            origins: Vec::new(),
        };
        for (file, text) in files {
            library.add(file, Profile::parse(file, text)?, Origin::BuiltIn)?;
        }
        Ok(library)
    }

    /// Adds a profile of one's own. `file` is only named in errors.
    pub fn add_own(
        &mut self,
        file: &str,
        text: &str,
        is_put_away: bool,
    ) -> Result<(), ProfileError> {
        let origin = if is_put_away {
            Origin::PutAway
        } else {
            Origin::Own
        };
        self.add(file, Profile::parse_own(file, text)?, origin)
    }

    fn add(&mut self, file: &str, profile: Profile, origin: Origin) -> Result<(), ProfileError> {
        if self.profile(&profile.id).is_some() {
            return Err(ProfileError::IdTaken {
                file: file.into(),
                id: profile.id,
            });
        }
        self.profiles.push(profile);
        self.origins.push(origin);
        Ok(())
    }

    /// All profiles, in the order of the gallery; those that were put away too.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profiles with which a setup can be begun, in the order of the gallery.
    pub fn offered(&self) -> impl Iterator<Item = (&Profile, Origin)> {
        let profiles = self.profiles.iter().zip(self.origins.iter().copied());
        profiles.filter(|(_, origin)| *origin != Origin::PutAway)
    }

    /// The profile of that id, put away or not.
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// Where the profile of that id comes from.
    pub fn origin(&self, id: &str) -> Option<Origin> {
        let at = self.profiles.iter().position(|profile| profile.id == id)?;
        self.origins.get(at).copied()
    }
}
