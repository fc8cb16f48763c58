//! Who is excluded from a policy, before and after, for people.

use grantway_core::Text;
use grantway_core::change::FieldChange;
use grantway_core::desired::{Excluded, PolicyExclusion};
use serde_json::Value;

use super::merge::{External, Tenants, Who, add, excludes, texts};
use crate::changes::nothing;

/// What the exclusion changes; nothing where it is there already.
pub(super) fn fields(wanted: &PolicyExclusion, users: &Value, who: Who) -> Vec<FieldChange> {
    if excludes(users, who) {
        return vec![];
    }
    let mut fields = vec![FieldChange {
        field: Text::new("field-policy-excludes").with("policy", &wanted.policy_name),
        before: excluded(users).unwrap_or_else(nothing),
        after: join(excluded(users).into_iter().chain([added(wanted)])).unwrap_or_else(nothing),
    }];
    if let (Who::Provider(_), Ok(after)) = (who, add(users, who)) {
        fields.extend(widened(wanted, users, &after));
    }
    fields
}

/// The same where the policy could not be read yet, since the account is made by the plan itself.
pub(super) fn fields_unread(wanted: &PolicyExclusion) -> Vec<FieldChange> {
    vec![FieldChange {
        field: Text::new("field-policy-excludes").with("policy", &wanted.policy_name),
        before: Text::new("value-excluded-so-far"),
        after: pair(Text::new("value-excluded-so-far"), added(wanted)),
    }]
}

/// What is claimed once it is done.
pub(super) fn claim(wanted: &PolicyExclusion) -> Text {
    Text::new("proof-claim-policy-excludes")
        .with("policy", &wanted.policy_name)
        .with("who", added(wanted))
}

fn added(wanted: &PolicyExclusion) -> Text {
    match &wanted.exclude {
        Excluded::ServiceProvider { name, .. } => {
            Text::new("value-excluded-provider").with("name", name)
        }
        Excluded::Account { name, .. } => Text::verbatim(name),
    }
}

/// Who is excluded, in numbers: a policy knows ids, not names.
fn excluded(users: &Value) -> Option<Text> {
    let count = |list: &str, key: &str| {
        let count = texts(&users[list]).count();
        (count > 0).then(|| Text::new(key).with("count", count))
    };
    let external = External::of(users);
    let outside =
        join(external.types.iter().map(|word| kind(word))).map(|kinds| match &external.tenants {
            Tenants::All => Text::new("value-excluded-outside-all").with("kinds", kinds),
            Tenants::Named(all) => Text::new("value-excluded-outside-some")
                .with("kinds", kinds)
                .with("count", all.len()),
            Tenants::Unsaid => kinds,
        });
    let parts = [
        count("excludeUsers", "value-excluded-accounts"),
        count("excludeGroups", "value-excluded-groups"),
        count("excludeRoles", "value-excluded-roles"),
        outside,
    ];
    join(parts.into_iter().flatten())
}

/// Whom else the exclusion reaches, since one list of organisations counts for all kinds of people that are named beside it.
fn widened(wanted: &PolicyExclusion, before: &Value, after: &Value) -> Vec<FieldChange> {
    let (was, is) = (External::of(before), External::of(after));
    let name = match &wanted.exclude {
        Excluded::ServiceProvider { name, .. } | Excluded::Account { name, .. } => name.as_str(),
    };
    let mut reached = Vec::new();
    let others = is.other_types();
    if let (Tenants::Named(members), Some(kinds)) =
        (&is.tenants, join(others.iter().map(|word| kind(word))))
        && matches!(&was.tenants, Tenants::Named(had) if had.len() < members.len())
    {
        reached.push(
            Text::new("value-widened-kinds")
                .with("kinds", kinds)
                .with("name", name),
        );
    }
    if !was.has_providers() {
        match &was.tenants {
            Tenants::All => reached.push(Text::new("value-widened-all-providers")),
            Tenants::Named(had) => {
                let was_named =
                    matches!(&is.tenants, Tenants::Named(now) if now.len() == had.len());
                let count = had.len() - usize::from(was_named);
                if count > 0 {
                    reached.push(Text::new("value-widened-providers").with("count", count));
                }
            }
            Tenants::Unsaid => {}
        }
    }
    reached
        .into_iter()
        .map(|after| FieldChange {
            field: Text::new("field-policy-excludes-also"),
            before: nothing(),
            after,
        })
        .collect()
}

fn kind(word: &str) -> Text {
    Text::new("value-people-kind").with("kind", word)
}

fn join(parts: impl IntoIterator<Item = Text>) -> Option<Text> {
    parts.into_iter().reduce(pair)
}

fn pair(first: Text, then: Text) -> Text {
    Text::new("value-and")
        .with("first", first)
        .with("then", then)
}
