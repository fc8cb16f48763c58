//! Answer.

use crate::app::{App, Subject};
use crate::contract::{AnswerPage, FieldKind, FieldView};

impl App {
    pub(crate) fn answer_page(&self, subject: &Subject) -> AnswerPage {
        let fields = subject
            .pattern
            .form(&subject.profile, &subject.answers)
            .into_iter()
            .map(|field| FieldView {
                id: field.id.to_owned(),
                label: self.text(&field.label),
                why: self.text(&field.why),
                hint: field.hint.as_ref().map(|hint| self.text(hint)),
                kind: if field.several {
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
}
