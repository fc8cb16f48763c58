//! Answer.

use grantway_core::Party;
use grantway_patterns::{Field, FieldChoice, Picks};

use crate::app::{App, Subject};
use crate::contract::{
    AnswerPage, ChoiceView, FieldKind, FieldView, OnlyWhenView, PickLineView, PickView,
};
use crate::world::lock;

/// Whether a field names customers, any number of them.
pub(crate) fn takes_customers(field: &Field) -> bool {
    field.several && field.names == Some(Party::Customer)
}

impl App {
    pub(crate) fn answer_page(&self, subject: &Subject) -> AnswerPage {
        let begun_with = lock(&subject.world.begun_with).get(&subject.id).cloned();
        let begun_with = begun_with.unwrap_or_default();
        let fields = subject.pattern.form(&subject.profile, &subject.answers);
        let fields = fields.into_iter().map(|field| {
            let given = subject.answers.get(field.id);
            let value = given.or_else(|| begun_with.get(field.id)).cloned();
            let chooses = takes_customers(&field).then(|| subject.profile.id.clone());
            let view = self.field(field);
            FieldView {
                chooses,
                value: value.unwrap_or(view.value),
                ..view
            }
        });
        AnswerPage {
            sentence: self.catalogue.say("answer-sentence"),
            fields: fields.collect(),
            submit: self.catalogue.say("answer-submit"),
        }
    }

    /// A field with its preset.
    pub(crate) fn field(&self, field: Field) -> FieldView {
        FieldView {
            id: field.id.to_owned(),
            label: self.text(&field.label),
            why: self.text(&field.why),
            hint: field.hint.as_ref().map(|hint| self.text(hint)),
            kind: self.kind(&field),
            value: field.preset,
            placeholder: field.placeholder,
            chooses: None,
            optional: field.optional,
            only_when: field.only_when.map(|when| OnlyWhenView {
                field: when.field.to_owned(),
                values: when
                    .values
                    .iter()
                    .map(|value| (*value).to_owned())
                    .collect(),
            }),
        }
    }

    fn kind(&self, field: &Field) -> FieldKind {
        if let Some(picks) = &field.picks {
            return self.picks(picks);
        }
        if !field.choices.is_empty() {
            let choices = field.choices.iter().map(|choice| self.choice(choice));
            return FieldKind::Choices {
                choices: choices.collect(),
            };
        }
        if !field.options.is_empty() {
            let options = field.options.iter();
            return FieldKind::Choice {
                options: options
                    .map(|(value, label)| (value.clone(), self.text(label)))
                    .collect(),
            };
        }
        if field.sentences {
            FieldKind::Sentences
        } else if field.several {
            FieldKind::Lines
        } else {
            FieldKind::Text
        }
    }

    fn picks(&self, picks: &Picks) -> FieldKind {
        let options = picks.options.iter().map(|option| PickView {
            value: option.value.clone(),
            label: self.text(&option.label),
            privileged: option.privileged,
            warning: option.warning.as_ref().map(|warning| self.text(warning)),
        });
        let lines = picks.lines.iter().map(|line| PickLineView {
            id: line.id.to_owned(),
            label: self.text(&line.label),
            placeholder: self.text(&line.placeholder),
            optional: line.optional,
        });
        FieldKind::Picks {
            options: options.collect(),
            lines: lines.collect(),
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
