//! Customers as comma-separated values, for spreadsheets.

use std::borrow::Cow;
use std::collections::HashMap;

use grantway_core::Text;

use crate::catalogue::Catalogue;
use crate::contract::{CustomerRow, CustomersView};

/// Without it a spreadsheet takes the file for one in an old code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

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
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    let mut write = |cells: Vec<String>| {
        let cells = cells.iter().map(|cell| inert(cell).into_owned());
        table.write_record(cells).map_err(|error| error.to_string())
    };
    write(headings(view, catalogue))?;
    for row in tenants
        .iter()
        .filter_map(|tenant| rows.get(tenant.as_str()))
    {
        write(cells(row, catalogue))?;
    }
    table.into_inner().map_err(|error| error.to_string())
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

/// The same text, such that no spreadsheet takes it for a formula. Names of tenants are other people's words.
fn inert(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn what_could_be_a_formula_is_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        for text in ["Alder Dental", "A = B", "", "1-2"] {
            assert_eq!(inert(text), text);
        }
    }
}
