//! Answer.

use grantway_patterns::FieldChoice;

use crate::app::{App, Subject};
use grantway_core::Party;
use grantway_patterns::Field;

use crate::contract::{AnswerPage, ChoiceView, FieldKind, FieldView};
use crate::world::lock;

/// Whether a field names customers, any number of them.
pub(crate) fn takes_customers(field: &Field) -> bool {
    field.several && field.names == Some(Party::Customer)
}

impl App {
    pub(crate) fn answer_page(&self, subject: &Subject) -> AnswerPage {
        let begun_with = lock(&subject.world.begun_with).get(&subject.id).cloned();
        let begun_with = begun_with.unwrap_or_default();
        let fields = subject
            .pattern
            .form(&subject.profile, &subject.answers)
            .into_iter()
            .map(|field| FieldView {
                id: field.id.to_owned(),
                label: self.text(&field.label),
                why: self.text(&field.why),
                hint: field.hint.as_ref().map(|hint| self.text(hint)),
                chooses: takes_customers(&field).then(|| subject.profile.id.clone()),
                kind: if !field.choices.is_empty() {
                    let choices = field.choices.iter().map(|choice| self.choice(choice));
                    FieldKind::Choices {
                        choices: choices.collect(),
                    }
                } else if field.several {
                    FieldKind::Lines
                } else if field.options.is_empty() {
                    FieldKind::Text
                } else {
                    FieldKind::Choice {
                        options: field
                            .options
                            .iter()
                            .map(|(value, label)| (value.clone(), self.text(label)))
                            .collect(),
                    }
                },
                value: subject
                    .answers
                    .get(field.id)
                    .or_else(|| begun_with.get(field.id))
                    .cloned()
                    .unwrap_or(field.preset),
                placeholder: field.placeholder,
                optional: field.optional,
            });
        AnswerPage {
            sentence: self.catalogue.say("answer-sentence"),
            fields: fields.collect(),
            submit: self.catalogue.say("answer-submit"),
        }
    }

    fn choice(&self, choice: &FieldChoice) -> ChoiceView {
        ChoiceView {
            value: choice.value.clone(),
            label: self.text(&choice.label),
            why: self.text(&choice.why),
            lost: self.text(&choice.lost),
            privileged: choice.privileged,
        }
    }
}
