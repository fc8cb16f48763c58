//! The table of pairs, in words.

use std::collections::{BTreeSet, HashMap};

use grantway_core::Text;
use grantway_core::journal::Standing;

use super::{spreadsheet, times};
use crate::app::{App, Subject};
use crate::contract::{
    PairChoice, PairConfirmView, PairFilter, PairLine, PairListView, PairTab, PairingView, Sign,
};
use crate::pairing::{Because, PairRow, Stands, Table};
use crate::problem::Problem;
use crate::use_cases::shown_as;

/// The steps whose pairs are confirmed.
pub(super) fn paired(subject: &Subject) -> Vec<String> {
    if subject.state.undo_began.is_some() {
        return Vec::new();
    }
    let rows = subject.state.plan.iter().flat_map(|plan| &plan.rows);
    let confirmed = rows.filter(|row| {
        row.step.pairing().is_some() && *subject.state.standing(&row.step.id) == Standing::Done
    });
    confirmed.map(|row| row.step.id.to_string()).collect()
}

impl App {
    pub(crate) async fn pairing_view(&self, id: &str, step: &str) -> Result<PairingView, Problem> {
        let (subject, step, pairing) = self.pairing_of(id, step).await?;
        let table = self.pair_table(&subject, &step, &pairing).await?;
        let row = subject.state.row(&step);
        let title = row.map(|row| self.text(&row.step.title));
        let changeable = subject.is_pairable(&step);
        let lines: Vec<PairLine> = table
            .rows
            .iter()
            .map(|row| self.pair_line(&subject, row))
            .collect();
        let sure = sure(&table);
        let vendor = |key: &str| Text::new(key).with("vendor", &subject.profile.vendor);
        Ok(PairingView {
            step: step.to_string(),
            title: title.unwrap_or_default(),
            sentence: self.text(&sentence(&table)),
            other: self.text(&vendor("pairs-other")),
            list: PairListView {
                label: self.text(&vendor("pairs-list-label")),
                hint: self.text(&vendor("pairs-list-hint")),
                given: (table.listed > 0)
                    .then(|| self.text(&Text::new("pairs-list-given").with("count", table.listed))),
                chooses_file: self.host.chooses_files(),
            },
            tabs: self.pair_tabs(&lines),
            rows: lines,
            unused: unused(&table),
            free: table.free.clone(),
            sure_label: self.text(&Text::new("pairs-take-sure").with("count", sure.len())),
            sure,
            confirm: (changeable && *subject.state.standing(&step) != Standing::Done)
                .then(|| self.pair_confirm(&table)),
            changeable,
        })
    }

    /// The pairs of these tenants as a table for other programs, in this order.
    pub(crate) async fn pairs_table(
        &self,
        id: &str,
        step: &str,
        tenants: &[String],
    ) -> Result<Vec<u8>, Problem> {
        let view = self.pairing_view(id, step).await?;
        let rows: HashMap<&str, &PairLine> = view
            .rows
            .iter()
            .map(|row| (row.tenant.as_str(), row))
            .collect();
        let headings = [
            "tenant-name",
            "domain",
            "tenant",
            "organization",
            "state",
            "why",
        ]
        .map(|column| self.catalogue.say(&format!("pairs-file-{column}")));
        let cells = |row: &&PairLine| {
            vec![
                row.name.clone(),
                row.domain.clone().unwrap_or_default(),
                row.tenant.clone(),
                row.paired.clone().unwrap_or_default(),
                row.sign_word.clone(),
                row.note.clone().unwrap_or_default(),
            ]
        };
        let known = tenants
            .iter()
            .filter_map(|tenant| rows.get(tenant.as_str()));
        spreadsheet::written(std::iter::once(headings.into()).chain(known.map(cells))).map_err(
            |error| Problem::new("problem-pairs-file", "GW-PAI-0012").with("detail", error),
        )
    }

    fn pair_confirm(&self, table: &Table) -> PairConfirmView {
        let blocked = table.blocked();
        let count = table.unconfirmed();
        PairConfirmView {
            label: self.text(&Text::new("pairs-confirm").with("count", count)),
            blocked: blocked.map(|because| self.text(&because)),
            shown: shown_as(&table.pairs()),
        }
    }

    fn pair_tabs(&self, lines: &[PairLine]) -> Vec<PairTab> {
        [
            (PairFilter::All, "pairs-tab-all"),
            (PairFilter::Open, "pairs-tab-open"),
            (PairFilter::Double, "pairs-tab-double"),
            (PairFilter::Look, "pairs-tab-look"),
            (PairFilter::Confirmed, "pairs-tab-confirmed"),
        ]
        .map(|(filter, title)| PairTab {
            filter,
            title: self.catalogue.say(title),
            count: lines
                .iter()
                .filter(|line| line.filters.contains(&filter))
                .count(),
        })
        .into()
    }

    fn pair_line(&self, subject: &Subject, row: &PairRow) -> PairLine {
        let (sign, word, filter) = match &row.stands {
            Stands::Confirmed { .. } => {
                (Sign::ByHand, "pairs-confirmed", Some(PairFilter::Confirmed))
            }
            Stands::Paired => (Sign::Wait, "pairs-paired", None),
            Stands::Double => (Sign::Fail, "pairs-double", Some(PairFilter::Double)),
            Stands::Proposed(proposal) if proposal.because.is_sure() => {
                (Sign::NeedsYou, "pairs-proposed", Some(PairFilter::Open))
            }
            Stands::Proposed(_) => (Sign::Warn, "pairs-look", Some(PairFilter::Open)),
            Stands::Open => (Sign::NeedsYou, "pairs-open", Some(PairFilter::Open)),
            Stands::Free => (Sign::LeftOut, "pairs-free", None),
        };
        let mut filters = vec![PairFilter::All];
        filters.extend(filter);
        let proposed = match &row.stands {
            Stands::Proposed(proposal) => {
                if !proposal.because.is_sure() {
                    filters.push(PairFilter::Look);
                }
                Some(proposal.name.clone())
            }
            _ => None,
        };
        let elsewhere = matches!(&row.stands, Stands::Confirmed { setup: Some(_), .. });
        PairLine {
            tenant: row.place.tenant.to_string(),
            short: row.place.tenant.short(),
            name: row.place.name.clone(),
            domain: row
                .domain
                .clone()
                .filter(|domain| *domain != row.place.name),
            mark: row.is_own.then(|| self.catalogue.say("pairs-own")),
            paired: row.name.clone(),
            proposed,
            sign,
            sign_word: self.catalogue.say(word),
            note: self.pair_note(subject, row).map(|note| self.text(&note)),
            filters,
            removable: row.name.is_some() && !elsewhere,
        }
    }

    fn pair_note(&self, subject: &Subject, row: &PairRow) -> Option<Text> {
        let listed = row.listed_as.join(", ");
        Some(match &row.stands {
            Stands::Confirmed { by, at, setup } => {
                let now = subject.world.clock.now();
                let time = times::near(*at, now, &self.order.zone);
                let said = |key| Text::new(key).with("by", by).with("time", time.clone());
                match setup {
                    None => said("pairs-note-confirmed"),
                    Some(setup) => {
                        said("pairs-note-confirmed-elsewhere").with("setup", setup.to_string())
                    }
                }
            }
            Stands::Double => {
                Text::new("pairs-note-double").with("others", row.shared_with.join(", "))
            }
            Stands::Proposed(proposal) => match proposal.because {
                Because::Listed => Text::new("pairs-note-listed"),
                Because::Marked => Text::new("pairs-note-marked"),
                Because::Same => Text::new("pairs-note-same"),
                Because::Bare => Text::new("pairs-note-bare"),
                Because::Form => Text::new("pairs-note-form"),
                Because::Domain => Text::new("pairs-note-domain"),
                Because::Near(percent) => {
                    Text::new("pairs-note-near").with("percent", i64::from(percent))
                }
            },
            _ if !row.listed_as.is_empty() => {
                Text::new("pairs-note-listed-twice").with("names", listed)
            }
            Stands::Paired if row.is_unlisted => Text::new("pairs-note-unlisted"),
            Stands::Free => Text::new("pairs-note-free"),
            Stands::Paired | Stands::Open => return None,
        })
    }
}

/// The proposals that are taken without a look at each.
fn sure(table: &Table) -> Vec<PairChoice> {
    let rows = table.rows.iter();
    rows.filter_map(|row| match &row.stands {
        Stands::Proposed(proposal) if proposal.because.is_sure() => Some(PairChoice {
            tenant: row.place.tenant.to_string(),
            name: Some(proposal.name.clone()),
        }),
        _ => None,
    })
    .collect()
}

/// Listed names that no tenant has and that are proposed for none.
fn unused(table: &Table) -> Vec<String> {
    let rows = table.rows.iter();
    let proposed: BTreeSet<&str> = rows
        .filter_map(|row| match &row.stands {
            Stands::Proposed(proposal) => Some(proposal.name.as_str()),
            _ => None,
        })
        .collect();
    let free = table.free.iter();
    let unused = free.filter(|name| !proposed.contains(name.as_str()));
    unused.cloned().collect()
}

fn sentence(table: &Table) -> Text {
    let needed = |row: &&PairRow| !row.is_own;
    let all = table.rows.iter().filter(needed).count();
    let paired = table
        .rows
        .iter()
        .filter(needed)
        .filter(|row| row.name.is_some());
    let doubles = table.rows.iter().filter(|row| row.stands == Stands::Double);
    Text::new("pairs-sentence")
        .with("paired", paired.count())
        .with("all", all)
        .with("doubles", doubles.count())
        .with("unused", unused(table).len())
}
