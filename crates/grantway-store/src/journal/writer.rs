//! The one who writes.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use grantway_core::Timestamp;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, JournalError, Recorded};
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{Mutex, oneshot};

use super::chain::{Chain, End};
use super::database;
use super::mark::Mark;
use super::row::{self, Row};

/// Appends entries, one after another. What comes while the disk is busy is stored by the next commit, all of it.
#[derive(Clone)]
pub struct Writer {
    pen: Arc<Mutex<Pen>>,
    queue: Arc<std::sync::Mutex<Vec<Waiting>>>,
}

/// Rows that are to be stored together, and who waits for that.
struct Waiting {
    rows: Vec<Row>,
    told: oneshot::Sender<Result<Vec<i64>, JournalError>>,
}

struct Pen {
    database: PathBuf,
    /// None after a failure: a connection whose last transaction failed is not trusted again.
    connection: Option<SqliteConnection>,
    chain: Chain,
    end: End,
    /// How many rows the last commit was to store: as many more may be there after one that failed.
    tried: i64,
    mark: Mark,
}

impl Writer {
    pub fn new(
        database: PathBuf,
        connection: SqliteConnection,
        chain: Chain,
        end: End,
        mark: Mark,
    ) -> Self {
        let pen = Pen {
            database,
            connection: Some(connection),
            chain,
            end,
            tried: 0,
            mark,
        };
        Self {
            pen: Arc::new(Mutex::new(pen)),
            queue: Arc::default(),
        }
    }

    /// Appends several entries, all in one commit.
    pub async fn append_all(
        &self,
        at: Timestamp,
        setup: &SetupId,
        entries: &[Entry],
    ) -> Result<Vec<Recorded>, JournalError> {
        let cannot = |error: &dyn std::fmt::Display| JournalError::CannotWrite(error.to_string());
        let (setup_text, at_text) = (setup.to_string(), at.to_string());
        let mut rows = Vec::with_capacity(entries.len());
        for entry in entries {
            let value = serde_json::to_value(entry).map_err(|error| cannot(&error))?;
            rows.push(Row {
                seq: 0,
                at: at_text.clone(),
                setup: setup_text.clone(),
                kind: value["entry"].as_str().unwrap_or_default().to_owned(),
                body: value.to_string(),
                mac: Vec::new(),
            });
        }
        let (told, hears) = oneshot::channel();
        self.queue().push(Waiting { rows, told });
        // In a task of its own: a caller that goes away must not leave a commit half told.
        let writer = self.clone();
        tokio::spawn(async move { writer.write_what_waits().await });
        let seqs = hears.await.map_err(|error| cannot(&error))??;
        let recorded = entries.iter().zip(seqs).map(|(entry, seq)| Recorded {
            seq: seq.unsigned_abs(),
            at,
            setup: setup.clone(),
            entry: entry.clone(),
        });
        Ok(recorded.collect())
    }

    /// Stores what waits by now, unless another has done so meanwhile.
    async fn write_what_waits(&self) {
        let mut pen = self.pen.lock().await;
        let waiting = std::mem::take(&mut *self.queue());
        let counts: Vec<usize> = waiting.iter().map(|waiting| waiting.rows.len()).collect();
        let (rows, told): (Vec<Vec<Row>>, Vec<_>) = waiting
            .into_iter()
            .map(|waiting| (waiting.rows, waiting.told))
            .unzip();
        let outcome = pen.write(rows.into_iter().flatten().collect()).await;
        let mut next = 0;
        for (count, told) in counts.into_iter().zip(told) {
            let seqs = outcome
                .as_ref()
                .map(|seqs| seqs[next..next + count].to_vec());
            next += count;
            // Whoever has gone away is told nothing.
            let _ = told.send(seqs.map_err(Clone::clone));
        }
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    #[cfg(test)]
    pub async fn run(&self, sql: &'static str) {
        let mut pen = self.pen.lock().await;
        let connection = pen.connection.as_mut().expect("nothing has failed yet");
        sqlx::query(sql)
            .execute(connection)
            .await
            .expect("the statement runs");
    }
}

impl Pen {
    /// Stores rows that follow each other; their places and links are set here. The places that they got.
    async fn write(&mut self, mut rows: Vec<Row>) -> Result<Vec<i64>, JournalError> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.reconnect().await?,
        };
        let mut end = self.end;
        let mut ends = Vec::with_capacity(rows.len());
        for row in &mut rows {
            row.seq = end.seq + 1;
            let link = self.chain.link(&end.link, row.columns());
            row.mac = link.to_vec();
            end = End { seq: row.seq, link };
            ends.push(end);
        }
        self.tried = rows.len() as i64;
        self.commit(&mut connection, &rows, &ends).await?;
        self.connection = Some(connection);
        self.end = end;
        if let Err(error) = self.mark.set(&end) {
            tracing::warn!(%error, "the journal's mark cannot be written");
        }
        Ok(rows.iter().map(|row| row.seq).collect())
    }

    async fn commit(
        &self,
        connection: &mut SqliteConnection,
        rows: &[Row],
        ends: &[End],
    ) -> Result<(), JournalError> {
        let mut transaction = connection
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(cannot_write)?;
        let head = row::head(&mut transaction).await.map_err(cannot_write)?;
        self.fits(head)?;
        for (row, end) in rows.iter().zip(ends) {
            row::insert(&mut transaction, row, &self.chain.vouch("head", end))
                .await
                .map_err(cannot_write)?;
        }
        transaction.commit().await.map_err(cannot_write)
    }

    /// Whether the file still ends where we left it: nobody else may have written meanwhile.
    fn fits(&self, head: Option<(i64, Vec<u8>)>) -> Result<(), JournalError> {
        let vouched = self.chain.vouch("head", &self.end);
        match head {
            Some((seq, mac)) if seq == self.end.seq && Chain::same(&mac, &vouched) => Ok(()),
            _ => Err(JournalError::Damaged(format!(
                "it does not end at entry {} any more",
                self.end.seq
            ))),
        }
    }

    /// Opens the file again after a failure. The failed commit may have been stored after all; then the chain goes on from it.
    async fn reconnect(&mut self) -> Result<SqliteConnection, JournalError> {
        let mut connection = database::write(&self.database)
            .await
            .map_err(cannot_write)?;
        if let Some((seq, _)) = row::head(&mut connection).await.map_err(cannot_write)?
            && seq == self.end.seq + self.tried
        {
            let verified = row::verify(&mut connection, &self.chain)
                .await
                .map_err(cannot_write)?;
            self.end = verified.map_err(|damage| JournalError::Damaged(damage.to_string()))?;
        }
        Ok(connection)
    }
}

/// Whatever SQLite says at a write, the entry is not stored and nothing may be sent.
pub fn cannot_write(error: sqlx::Error) -> JournalError {
    match &error {
        sqlx::Error::Database(said) => JournalError::CannotWrite(said.message().to_owned()),
        _ => JournalError::CannotWrite(error.to_string()),
    }
}
