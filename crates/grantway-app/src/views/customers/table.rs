//! Customers as comma-separated values, for spreadsheets.

use std::collections::HashMap;

use grantway_core::Text;

use crate::catalogue::Catalogue;
use crate::contract::{CustomerRow, CustomersView};
use crate::views::spreadsheet;

/// The customers of these tenants, in this order. A tenant that is not known is left out.
pub(super) fn written(
    view: &CustomersView,
    tenants: &[String],
    catalogue: &Catalogue,
) -> Result<Vec<u8>, String> {
    let rows: HashMap<&str, &CustomerRow> = view
        .rows
        .iter()
        .map(|row| (row.tenant.as_str(), row))
        .collect();
    let known = tenants
        .iter()
        .filter_map(|tenant| rows.get(tenant.as_str()));
    let cells = known.map(|row| cells(row, catalogue));
    spreadsheet::written(std::iter::once(headings(view, catalogue)).chain(cells))
}

fn headings(view: &CustomersView, catalogue: &Catalogue) -> Vec<String> {
    let mut headings: Vec<String> = ["customer", "domain", "tenant"]
        .map(|column| catalogue.say(&format!("customers-file-{column}")))
        .into();
    for column in &view.columns {
        headings.push(column.name.clone());
        for part in ["because", "setup"] {
            let text = Text::new(format!("customers-file-{part}"));
            headings.push(catalogue.text(&text.with("profile", &column.name)));
        }
    }
    headings.extend(
        ["ends", "what-ends"].map(|column| catalogue.say(&format!("customers-file-{column}"))),
    );
    headings
}

fn cells(row: &CustomerRow, catalogue: &Catalogue) -> Vec<String> {
    let mut cells = vec![row.name.clone(), row.domain.clone(), row.tenant.clone()];
    for cell in &row.cells {
        match cell {
            Some(cell) => cells.extend([
                cell.word.clone(),
                cell.because.clone().unwrap_or_default(),
                cell.setup.clone(),
            ]),
            None => cells.extend([
                catalogue.say("customers-not-set-up"),
                String::new(),
                String::new(),
            ]),
        }
    }
    match &row.ends {
        Some(ends) => cells.extend([ends.at.clone(), ends.what.clone()]),
        None => cells.extend([String::new(), String::new()]),
    }
    cells
}
