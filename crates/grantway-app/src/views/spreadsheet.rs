//! Tables as comma-separated values, for spreadsheets.

use std::borrow::Cow;

/// Without it a spreadsheet takes the file for one in an old code page.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The rows as a file, the headings first.
pub(super) fn written(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, String> {
    let mut table = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for row in rows {
        let cells = row.iter().map(|cell| inert(cell).into_owned());
        table
            .write_record(cells)
            .map_err(|error| error.to_string())?;
    }
    table.into_inner().map_err(|error| error.to_string())
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
    use super::*;

    #[test]
    fn what_could_be_a_formula_is_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(inert(formula), format!("'{formula}"));
        }
        for text in ["Alder Dental", "A = B", "", "1-2"] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn what_is_written_is_read_as_a_list_again() {
        let rows = ["Organization", "=Alder, \"A\"", "Birch"];
        let file = written(rows.map(|cell| vec![cell.to_owned()])).unwrap();
        let list = crate::pairing::read(std::str::from_utf8(&file).unwrap()).unwrap();
        let names: Vec<&str> = list.iter().map(|listed| listed.name.as_str()).collect();
        assert_eq!(names, rows[1..]);
    }
}
