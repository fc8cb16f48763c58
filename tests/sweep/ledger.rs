//! What the server's log says was made and removed: counted, so that nothing is there twice and nothing stays behind.

use std::collections::BTreeMap;

use grantway_practice::hosts::Service;
use grantway_practice::log::LogEntry;
use grantway_tests::plain;

/// A search of the audit log is begun by a POST. It asks and leaves nothing that could be removed, so whoever reads again
/// searches again.
const SEARCHES: &str = "/security/auditLog/queries";

/// Creates and removals that took effect, by what they were about.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    created: BTreeMap<String, usize>,
    /// By collection: the difference of what was created and what was removed.
    standing: BTreeMap<String, i64>,
}

impl Ledger {
    /// Of a log; `start` is the world before it.
    pub fn of(log: &[LogEntry], start: &str, setups: &[&str]) -> Self {
        let mut ledger = Self::default();
        let writes = log
            .iter()
            .filter(|row| row.committed && row.service == Service::Graph)
            .filter(|row| !row.path.ends_with(SEARCHES));
        for row in writes {
            // A group is made by an upsert, which answers 201 when it made one.
            let creates =
                row.method == "POST" || (row.method == "PATCH" && row.status == Some(201));
            let path = plain(start, &row.path, setups);
            let collection = collection(&row.path);
            if creates {
                *ledger.created.entry(path).or_default() += 1;
                *ledger.standing.entry(collection).or_default() += 1;
            } else if row.method == "DELETE" {
                *ledger.standing.entry(collection).or_default() -= 1;
            }
        }
        ledger
    }

    /// What was created more often than in an undisturbed run.
    pub fn duplicates(&self, calm: &Self) -> Vec<String> {
        let more = self.created.iter().filter_map(|(what, count)| {
            let once = calm.created.get(what).copied().unwrap_or(0);
            (*count > once).then(|| format!("{what}: created {count} times, not {once}"))
        });
        more.collect()
    }

    /// What was created and not removed, beside an undisturbed run: there the vendor's app and Grantway's own consent are
    /// removed that the sign-in service made, not a request of ours.
    pub fn orphans(&self, calm: &Self) -> Vec<String> {
        let names = self.standing.keys().chain(calm.standing.keys());
        let names: std::collections::BTreeSet<&String> = names.collect();
        let count = |ledger: &Self, what: &String| ledger.standing.get(what).copied().unwrap_or(0);
        names
            .into_iter()
            .filter(|what| count(self, what) > count(calm, what))
            .map(|what| {
                let (here, there) = (count(self, what), count(calm, what));
                format!("{what}: {here} more created than removed, not {there}")
            })
            .collect()
    }
}

/// The collection that a request is about: `users` for a user, `members` for a membership.
fn collection(path: &str) -> String {
    let path = path.trim_end_matches("/$ref");
    let named = |part: &&str| part.chars().all(|c| c.is_ascii_alphabetic());
    let last = path.split('/').rev().find(named);
    match path.split_once('(') {
        // `groups(uniqueName='…')` is one of the groups.
        Some((before, _)) => before.rsplit('/').next().unwrap_or_default().to_owned(),
        None => last.unwrap_or_default().to_owned(),
    }
}
