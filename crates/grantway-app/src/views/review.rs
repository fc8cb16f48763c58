//! Review: the plan in groups, the map, and the act.

use grantway_core::Text;
use grantway_core::plan::{Action, Plan, Row};

use super::{times, words};
use crate::app::{App, Subject};
use crate::contract::{ApprovalView, ChangeRow, PlanGroup, ReviewPage, Sign};
use crate::use_cases::Stage;

impl App {
    pub(crate) fn review_page(&self, subject: &Subject) -> ReviewPage {
        let Some(plan) = &subject.state.plan else {
            return self.no_plan();
        };
        let now = subject.world.clock.now();
        ReviewPage {
            sentence: self
                .text(&Text::new("review-sentence").with("summary", plan.summary.clone())),
            map: self.map_view(&plan.map),
            groups: self.groups(plan),
            number: self.text(&Text::new("review-number").with("number", i64::from(plan.number))),
            fingerprint: plan.fingerprint.to_string(),
            fingerprint_short: plan.fingerprint.short(),
            made: self.text(
                &Text::new("review-made")
                    .with("time", times::near(plan.made, now, &self.order.zone)),
            ),
            stale: subject
                .state
                .stale
                .iter()
                .map(|text| self.text(text))
                .collect(),
            approval: subject
                .state
                .approved
                .is_none()
                .then(|| self.approval(subject, plan)),
            take_back: self.take_back_between(subject),
        }
    }

    /// What stands there while the plan is being made anew.
    fn no_plan(&self) -> ReviewPage {
        ReviewPage {
            sentence: self.catalogue.say("review-no-plan"),
            map: self.map_view(&grantway_core::plan::GrantMap::default()),
            groups: Vec::new(),
            number: String::new(),
            fingerprint: String::new(),
            fingerprint_short: String::new(),
            made: String::new(),
            stale: Vec::new(),
            approval: None,
            take_back: None,
        }
    }

    fn groups(&self, plan: &Plan) -> Vec<PlanGroup> {
        let mut groups: Vec<PlanGroup> = Vec::new();
        let mut places: Vec<&grantway_core::Place> = Vec::new();
        for row in &plan.rows {
            if is_main(&row.outlook.action) && !places.contains(&&row.step.place) {
                places.push(&row.step.place);
            }
        }
        for place in places {
            let rows: Vec<ChangeRow> = plan
                .rows
                .iter()
                .filter(|row| &row.step.place == place && is_main(&row.outlook.action))
                .map(|row| self.change_row(row))
                .collect();
            let title = self.text(&Text::new("review-group-changes").with("count", rows.len()));
            groups.push(PlanGroup {
                place: Some(words::place(place)),
                title,
                folded: false,
                rows,
            });
        }
        for (key, belongs) in [
            ("review-group-by-hand", is_by_hand as fn(&Action) -> bool),
            ("review-group-waits", is_wait),
            ("review-group-already-right", is_right),
        ] {
            let rows: Vec<ChangeRow> = plan
                .rows
                .iter()
                .filter(|row| belongs(&row.outlook.action))
                .map(|row| self.change_row(row))
                .collect();
            if !rows.is_empty() {
                // A plan that is mostly a person's own acts opens with them.
                let is_most = key == "review-group-by-hand" && rows.len() > plan.changes();
                groups.push(PlanGroup {
                    place: None,
                    title: self.text(&Text::new(key).with("count", rows.len())),
                    folded: !is_most,
                    rows,
                });
            }
        }
        groups
    }

    fn change_row(&self, row: &Row) -> ChangeRow {
        let (action, sign) = match &row.outlook.action {
            Action::Create => ("create", Sign::NotStarted),
            Action::Update => ("update", Sign::NotStarted),
            Action::Remove => ("remove", Sign::NotStarted),
            Action::AlreadyRight => ("alreadyRight", Sign::AlreadyRight),
            Action::Conflict { .. } => ("conflict", Sign::Fail),
            Action::ByHand => ("byHand", Sign::ByHand),
            Action::Wait => ("wait", Sign::Wait),
            Action::Check => ("check", Sign::NotStarted),
            Action::HandOff => ("handOff", Sign::ByHand),
        };
        // Said once where several fields say the same: "none", not "none, none".
        let joined = |pick: fn(&grantway_core::change::FieldChange) -> &Text| {
            let mut said: Vec<String> = Vec::new();
            for field in &row.outlook.fields {
                let text = self.text(pick(field));
                if !text.is_empty() && !said.contains(&text) {
                    said.push(text);
                }
            }
            said.join(", ")
        };
        ChangeRow {
            step: row.step.id.to_string(),
            action: action.into(),
            sign,
            title: self.text(&row.step.title),
            before: joined(|field| &field.before),
            after: joined(|field| &field.after),
            why: self.text(&row.step.why),
            means: self.text(&row.step.means),
            undo: self.text(&row.step.undo),
            risk: words::risk(row.step.risk),
            permissions: row.outlook.permissions.clone(),
            conflict: match &row.outlook.action {
                Action::Conflict { because } => Some(self.text(because)),
                _ => None,
            },
        }
    }

    fn approval(&self, subject: &Subject, plan: &Plan) -> ApprovalView {
        let conflicts = plan.conflicts().count();
        let failed = grantway_core::check::blocking(&subject.state.checks).len();
        let blocked = if conflicts + failed > 0 {
            Some(self.text(&Text::new("review-blocked").with("count", conflicts + failed)))
        } else {
            self.blocked_by_journal(&subject.world)
        };
        let word = plan.approval_word();
        let label = match &plan.lasting_role {
            Some(role) => Text::new("review-type-role").with("role", role.clone()),
            None => Text::new("review-type-number").with("count", plan.changes()),
        };
        let tenant = subject.working_tenant();
        let approved_scopes = tenant.is_some_and(|tenant| {
            // As if it were approved already: is there a permission that the sign-in does not carry?
            subject.missing_scopes(Stage::Apply, tenant).is_empty()
        });
        ApprovalView {
            word,
            label: self.text(&label),
            button: self.catalogue.say("review-approve"),
            blocked,
            next: self.catalogue.say(if subject.signs_in_later() {
                "review-next-first-sign-in"
            } else if approved_scopes {
                "review-next-apply"
            } else {
                "review-next-sign-in"
            }),
        }
    }
}

fn is_main(action: &Action) -> bool {
    action.is_change() || matches!(action, Action::Conflict { .. })
}

fn is_by_hand(action: &Action) -> bool {
    matches!(action, Action::ByHand | Action::HandOff)
}

fn is_wait(action: &Action) -> bool {
    matches!(action, Action::Wait | Action::Check)
}

fn is_right(action: &Action) -> bool {
    matches!(action, Action::AlreadyRight)
}
