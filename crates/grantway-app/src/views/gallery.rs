//! The gallery.

use grantway_core::Text;
use grantway_patterns::Origin;

use super::words;
use crate::app::App;
use crate::contract::{
    CardView, FactLine, GalleryView, PartyName, ProfileFormView, TemplateView, UiProblem,
};
use crate::problem::Problem;
use crate::use_cases::template_of;

impl App {
    pub(crate) fn gallery_view(&self) -> GalleryView {
        let library = self.library();
        let cards = library.offered().filter_map(|(profile, origin)| {
            let pattern = grantway_patterns::pattern(&profile.pattern)?;
            let card = pattern.card(profile);
            let flow = card.flow.iter().map(|(party, label)| {
                let name = self.text(label);
                PartyName {
                    party: words::party(*party),
                    initials: words::initials(&name),
                    name,
                    tenant: None,
                }
            });
            Some(CardView {
                profile: profile.id.clone(),
                own: origin == Origin::Own,
                name: profile.name.clone(),
                pattern: self.text(&pattern.name()),
                monogram: profile.monogram.clone(),
                risk: words::risk(card.risk),
                flow: flow.collect(),
                sentence: self.text(&card.sentence),
                notice: card.notice.as_ref().map(|notice| self.text(notice)),
                facts: card
                    .lines
                    .iter()
                    .map(|line| FactLine {
                        label: self.text(&line.label),
                        value: self.text(&line.value),
                    })
                    .collect(),
                by_hand: self.text(&Text::new("card-by-hand").with("count", card.by_hand)),
            })
        });
        let templates = grantway_patterns::patterns().filter_map(|pattern| {
            let template = pattern.template()?;
            Some(TemplateView {
                template: pattern.id().to_owned(),
                title: self.text(&template.title()),
                sentence: self.text(&template.sentence()),
            })
        });
        GalleryView {
            cards: cards.collect(),
            templates: templates.collect(),
            imports: self.host.chooses_files(),
        }
    }

    /// The form from which a profile of one's own is made.
    pub(crate) fn profile_form(&self, template: &str) -> Result<ProfileFormView, Problem> {
        let template = template_of(template)?;
        let fields = template.form().into_iter();
        Ok(ProfileFormView {
            title: self.text(&template.title()),
            sentence: self.text(&template.sentence()),
            fields: fields.map(|field| self.field(field)).collect(),
            submit: self.catalogue.say("profile-submit"),
        })
    }

    /// Why profiles of one's own cannot be used.
    pub(crate) fn profile_problems(&self) -> Vec<UiProblem> {
        let shelf = self.shelf();
        let problems = shelf.problems.iter();
        problems
            .map(|problem| problem.view(&self.catalogue))
            .collect()
    }
}
