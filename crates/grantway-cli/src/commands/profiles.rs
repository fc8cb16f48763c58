//! `grantctl profiles`: the vendor profiles that a setup file may name.

use clap::Args;
use grantway_app::OwnProfiles;

use super::Place;
use super::desk::{Problem, problem};
use super::outcome::{Outcome, ProfileLine};
use crate::exit::Exit;

#[derive(Debug, Args)]
pub(crate) struct ProfilesArguments {
    #[command(flatten)]
    place: Place,
    /// Prints one JSON object instead of text.
    #[arg(long)]
    pub json: bool,
}

pub(crate) fn run(arguments: &ProfilesArguments) -> Result<Outcome, Problem> {
    let data = arguments.place.folder()?;
    let mut outcome = Outcome::new(Exit::Done);
    let offers = grantway_app::offers(&data).into_iter();
    outcome.profiles = offers
        .map(|offer| ProfileLine {
            profile: offer.profile,
            name: offer.name,
            pattern: offer.pattern,
        })
        .collect();
    let own = OwnProfiles::below(&data);
    let (_, wrong) = own.library();
    for error in wrong {
        outcome.exit = Exit::Unusable;
        outcome.problems.push(*problem(
            "GW-PRF-0006",
            "A profile of your own cannot be used.",
            Some(error.to_string()),
            &format!(
                "Mend that file in {}, or get it again from whoever gave it to you.",
                own.folder().display()
            ),
        ));
    }
    Ok(outcome)
}
