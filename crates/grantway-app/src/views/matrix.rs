//! Customers side by side: what the two matrices have in common. Neither knows a pattern: checks and steps name their columns.

use std::collections::HashMap;

use grantway_core::check::Check;
use grantway_core::{Place, TenantId, Text};
use grantway_patterns::Column;

use super::apply_matrix::rows_of;
use super::words;
use crate::answers;
use crate::app::{App, Subject};
use crate::contract::{
    CustomerView, MatrixCell, MatrixColumn, MatrixFilter, MatrixRow, MatrixView, NeedKind, Sign,
};
use crate::problem::Problem;

/// The filter that shows the customers with cards of a kind, and the sentence that counts those that are not drawn.
pub(super) fn of_kind(kind: NeedKind) -> Option<(&'static str, &'static str)> {
    match kind {
        NeedKind::Stopped => Some(("stopped", "matrix-more-stopped")),
        NeedKind::Task => Some(("needsYou", "matrix-more-task")),
        NeedKind::HandOff => Some(("handOff", "matrix-more-hand-off")),
        // A seat is signed in to for the whole setup.
        NeedKind::SignIn => None,
    }
}

/// What is said of a customer as a whole.
pub(super) struct Overall {
    pub(super) sign: Sign,
    pub(super) word: String,
    pub(super) because: Option<String>,
    pub(super) stopped: bool,
    /// The filters that show the customer.
    pub(super) filters: Vec<&'static str>,
}

/// A matrix while it is made.
pub(super) struct Sheet<'a> {
    columns: Vec<Column>,
    /// Where each column stands.
    by_id: HashMap<&'static str, usize>,
    /// The customers, by name.
    pub(super) customers: Vec<&'a Place>,
    rows: Vec<MatrixRow>,
    domains: HashMap<TenantId, String>,
}

impl<'a> Sheet<'a> {
    /// An empty one; none where there are no several customers.
    pub(super) fn of(subject: &'a Subject, columns: Vec<Column>) -> Option<Self> {
        if !subject.has_several_customers() {
            return None;
        }
        let mut customers: Vec<&Place> = subject.customers().collect();
        customers.sort_by_cached_key(|place| (place.name.to_lowercase(), place.tenant));
        let by_id = columns.iter().enumerate();
        Some(Self {
            by_id: by_id.map(|(index, column)| (column.id, index)).collect(),
            columns,
            rows: Vec::with_capacity(customers.len()),
            customers,
            domains: answers::domains(&subject.state),
        })
    }

    /// Puts things of one customer into the columns that they name.
    pub(super) fn sort_in<'b, T>(&self, things: impl Iterator<Item = (&'b str, T)>) -> Vec<Vec<T>> {
        let mut cells: Vec<Vec<T>> = self.columns.iter().map(|_| Vec::new()).collect();
        for (column, thing) in things {
            if let Some(index) = self.by_id.get(column) {
                cells[*index].push(thing);
            }
        }
        cells
    }

    /// Adds a customer.
    pub(super) fn add(
        &mut self,
        customer: &Place,
        overall: Overall,
        cells: Vec<Option<MatrixCell>>,
    ) {
        self.rows.push(MatrixRow {
            id: customer.tenant.to_string(),
            customer: words::place(customer),
            domain: self
                .domains
                .get(&customer.tenant)
                .cloned()
                .unwrap_or_default(),
            sign: overall.sign,
            word: overall.word,
            because: overall.because,
            stopped: overall.stopped,
            filters: overall.filters.iter().map(|id| (*id).to_owned()).collect(),
            cells,
        });
    }

    /// The finished matrix: columns in which nothing stands are left away. None where nothing stands anywhere.
    pub(super) fn finish(
        mut self,
        app: &App,
        nothing: &str,
        filters: &[(&'static str, &str)],
    ) -> Option<MatrixView> {
        let mut used = vec![false; self.columns.len()];
        for row in &self.rows {
            for (used, cell) in used.iter_mut().zip(&row.cells) {
                *used |= cell.is_some();
            }
        }
        if !used.contains(&true) {
            return None;
        }
        for row in &mut self.rows {
            let mut used = used.iter();
            row.cells.retain(|_| *used.next().unwrap_or(&false));
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for filter in self.rows.iter().flat_map(|row| &row.filters) {
            *counts.entry(filter).or_default() += 1;
        }
        let filters = filters
            .iter()
            .filter_map(|(id, word)| {
                Some(MatrixFilter {
                    id: (*id).to_owned(),
                    word: app.catalogue.say(word),
                    count: *counts.get(id)?,
                })
            })
            .collect();
        let columns = self.columns.iter().zip(&used).filter(|(_, used)| **used);
        Some(MatrixView {
            title: app.text(&Text::new("home-customers").with("count", self.rows.len())),
            nothing: app.catalogue.say(nothing),
            columns: columns
                .map(|(column, _)| MatrixColumn {
                    id: column.id.to_owned(),
                    title: app.text(&column.title),
                    what: app.text(&column.what),
                })
                .collect(),
            filters,
            rows: self.rows,
        })
    }
}

/// The words of signs, each looked up once: a thousand customers have few different ones.
pub(super) struct SignWords<'a> {
    app: &'a App,
    known: HashMap<Sign, String>,
}

impl<'a> SignWords<'a> {
    pub(super) fn of(app: &'a App) -> Self {
        Self {
            app,
            known: HashMap::new(),
        }
    }

    /// The word, or what `special` says instead.
    pub(super) fn word(&mut self, sign: Sign, special: Option<&str>) -> String {
        let app = self.app;
        let say = || special.map_or_else(|| app.sign_word(sign), |key| app.catalogue.say(key));
        self.known.entry(sign).or_insert_with(say).clone()
    }
}

impl App {
    /// Everything about one of several customers.
    pub(crate) async fn customer_view(
        &self,
        id: &str,
        tenant: &str,
    ) -> Result<CustomerView, Problem> {
        let subject = self.subject(id).await?;
        self.customer_of(&subject, tenant)
    }

    pub(super) fn customer_of(
        &self,
        subject: &Subject,
        tenant: &str,
    ) -> Result<CustomerView, Problem> {
        let customer = TenantId::parse(tenant)
            .ok()
            .and_then(|tenant| subject.customers().find(|place| place.tenant == tenant));
        let Some(customer) = customer else {
            return Err(Problem::new("problem-no-such-customer", "GW-SET-0009")
                .with("tenant", tenant.to_owned()));
        };
        let checks = subject.state.checks.iter();
        let checks = checks.filter(|check| is_of(check, customer));
        let rows = rows_of(subject, customer.tenant);
        Ok(CustomerView {
            place: words::place(customer),
            checks: self.check_groups(subject, checks),
            cards: self.cards_of(subject, rows.iter().copied()),
            steps: self.step_rows(subject, rows.iter().copied()),
        })
    }
}

/// Whether a check stands in the row of that customer.
fn is_of(check: &Check, customer: &Place) -> bool {
    !check.columns.is_empty() && check.place.tenant == customer.tenant
}
