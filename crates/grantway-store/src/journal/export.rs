//! Writing out what can be read, for a person who keeps it or for whoever looks into the damage.

use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::row::Row;
use super::{Source, SqliteJournal, row};
use crate::folder;

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal cannot be read.
    #[error("the journal cannot be read")]
    Read(#[from] sqlx::Error),
    /// The file cannot be written.
    #[error("the file cannot be written")]
    Write(#[from] std::io::Error),
}

/// One line of an export.
#[derive(Serialize)]
struct Line<'a> {
    seq: i64,
    at: &'a str,
    setup: &'a str,
    kind: &'a str,
    /// Whether it is known to be as it was written.
    as_written: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<Value>,
    /// The text of an entry that is no JSON any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<&'a str>,
}

impl SqliteJournal {
    /// Writes all entries that can be read into a new file, as [`SqliteJournal::lines`] has them. Gives the number of
    /// lines.
    ///
    /// Entries hold no secret, but names of tenants and accounts: the file is made for its owner alone.
    pub async fn export(&self, path: &Path) -> Result<usize, ExportError> {
        let text = self.lines().await?;
        let mut file = folder::private_file(path)?;
        file.set_len(0)?;
        file.write_all(&text)?;
        file.sync_all()?;
        Ok(text.iter().filter(|byte| **byte == b'\n').count())
    }

    /// All entries that can be read, one JSON object in each line: `seq`, `at`, `setup`, `kind`, `as_written`, and
    /// `entry`, or `unreadable` with its text.
    pub async fn lines(&self) -> Result<Vec<u8>, ExportError> {
        let lines: Vec<(Row, bool)> = match &self.source {
            Source::Live { reader, .. } => {
                let mut reader = reader.lock().await;
                let rows = row::rescue(&mut reader).await;
                rows.into_iter().map(|row| (row, true)).collect()
            }
            Source::Rescued(rows) => rows
                .iter()
                .map(|rescued| (rescued.row.clone(), rescued.as_written))
                .collect(),
        };
        let mut text = Vec::new();
        for (row, as_written) in &lines {
            let entry = serde_json::from_str::<Value>(&row.body).ok();
            let line = Line {
                seq: row.seq,
                at: &row.at,
                setup: &row.setup,
                kind: &row.kind,
                as_written: *as_written,
                unreadable: entry.is_none().then_some(&row.body),
                entry,
            };
            serde_json::to_writer(&mut text, &line).map_err(std::io::Error::from)?;
            text.push(b'\n');
        }
        Ok(text)
    }
}
