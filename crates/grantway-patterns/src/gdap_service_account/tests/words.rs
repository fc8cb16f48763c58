//! The catalogue, as a person reads it.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use grantway_core::Text;
use grantway_core::check::Check;
use grantway_core::plan::{CopyValue, Draft, StepBody};
use grantway_core::text::Arg;
use unic_langid::langid;

use crate::pattern::Column;

const CATALOGUE: &str = include_str!("../../../../grantway-app/catalogue/en.ftl");

/// Says texts in English; fails where a message or one of its arguments is missing.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    pub(crate) fn english() -> Self {
        let resource = FluentResource::try_new(CATALOGUE.to_owned())
            .map_err(|(_, errors)| errors)
            .expect("the catalogue parses");
        let mut bundle = FluentBundle::new(vec![langid!("en")]);
        bundle.set_use_isolating(false);
        bundle
            .add_resource(resource)
            .expect("no message is there twice");
        Self(bundle)
    }

    pub(crate) fn say(&self, text: &Text) -> String {
        if text.key == Text::VERBATIM {
            return super::world::arg(text, "text").to_owned();
        }
        let message = self.0.get_message(&text.key);
        let pattern = message.and_then(|m| m.value());
        let pattern = pattern.unwrap_or_else(|| panic!("no message {}", text.key));
        let mut args = FluentArgs::new();
        for (name, arg) in &text.args {
            let value = match arg {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Text(text) => FluentValue::from(text.clone()),
                Arg::Message(inner) => FluentValue::from(self.say(inner)),
            };
            args.set(name.clone(), value);
        }
        let mut errors = Vec::new();
        let said = self.0.format_pattern(pattern, Some(&args), &mut errors);
        assert!(errors.is_empty(), "{}: {errors:?}", text.key);
        said.into_owned()
    }

    /// Heading and meaning of a column.
    pub(crate) fn column(&self, column: &Column) -> String {
        format!(
            "{}: {}. {}",
            column.id,
            self.say(&column.title),
            self.say(&column.what)
        )
    }

    pub(crate) fn check(&self, check: &Check) -> String {
        let mut lines = vec![
            format!("{} {:?}", check.id, check.verdict),
            format!("  {}", self.say(&check.title)),
            format!("  found   {}", self.say(&check.found)),
            format!("  needed  {}", self.say(&check.needed)),
            format!("  why     {}", self.say(&check.why)),
        ];
        for remedy in &check.remedies {
            lines.push(format!(
                "  - {}: {}",
                self.say(&remedy.title),
                self.say(&remedy.detail)
            ));
        }
        lines.join("\n")
    }

    pub(crate) fn checks(&self, checks: &[Check]) -> String {
        let all: Vec<String> = checks.iter().map(|check| self.check(check)).collect();
        all.join("\n")
    }

    pub(crate) fn draft(&self, draft: &Draft) -> String {
        let mut lines = vec![self.say(&draft.summary)];
        for step in &draft.steps {
            lines.push(format!("{} {:?}", step.id, step.risk));
            lines.push(format!("  {}", self.say(&step.title)));
            lines.push(format!("  why    {}", self.say(&step.why)));
            lines.push(format!("  means  {}", self.say(&step.means)));
            lines.push(format!("  undo   {}", self.say(&step.undo)));
            match &step.body {
                StepBody::Wait(wait) => lines.push(format!("  cause  {}", self.say(&wait.cause))),
                StepBody::Task(task) => {
                    for instruction in &task.instructions {
                        lines.push(format!("  do     {}", self.say(instruction)));
                    }
                    for value in &task.values {
                        let (CopyValue::Plain { label, .. } | CopyValue::Secret { label, .. }) =
                            value;
                        lines.push(format!("  copy   {}", self.say(label)));
                    }
                    for expected in &task.expect {
                        let (label, value) = (self.say(&expected.label), self.say(&expected.value));
                        lines.push(format!("  expect {label}: {value}"));
                    }
                    if let Some(interfered) = &task.if_interfered {
                        lines.push(format!("  else   {}", self.say(interfered)));
                    }
                    if let Some(by_hand) = &task.by_hand {
                        lines.push(format!("  hand   {}", self.say(by_hand)));
                    }
                }
                StepBody::HandOff(hand_off) => {
                    lines.push(format!("  cause  {}", self.say(&hand_off.wait.cause)));
                    let (title, text) = &hand_off.message;
                    let text = text.clone().with("link", "https://page.example/");
                    for told in [&hand_off.who, title, &text] {
                        lines.push(format!("  tell   {}", self.say(told)));
                    }
                    if let Some(confirm) = &hand_off.confirm {
                        lines.push(format!("  claim  {}", self.say(&confirm.claim)));
                        lines.push(format!("  unseen {}", self.say(&confirm.unseen)));
                    }
                }
                _ => {}
            }
        }
        for node in &draft.map.nodes {
            let note = node
                .note
                .as_ref()
                .map(|note| self.say(note))
                .unwrap_or_default();
            lines.push(format!("[{}] {} ({note})", node.id, self.say(&node.title)));
        }
        for arrow in &draft.map.arrows {
            let ends = arrow
                .ends
                .as_ref()
                .map(|ends| self.say(ends))
                .unwrap_or_default();
            lines.push(format!(
                "{} -> {}: {}, {ends}",
                arrow.from,
                arrow.to,
                self.say(&arrow.title)
            ));
        }
        lines.join("\n")
    }
}
