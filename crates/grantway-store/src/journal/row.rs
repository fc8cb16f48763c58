//! Rows as they are stored, and what they say.

use futures_util::TryStreamExt;
use grantway_core::Timestamp;
use grantway_core::ids::SetupId;
use grantway_core::journal::{Entry, Recorded};
use sqlx::SqliteConnection;

use super::chain::{Chain, Columns, End, Link};
use super::damage::Damage;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub seq: i64,
    pub at: String,
    pub setup: String,
    pub kind: String,
    pub body: String,
    pub mac: Vec<u8>,
}

impl Row {
    pub fn columns(&self) -> Columns<'_> {
        Columns {
            seq: self.seq,
            at: &self.at,
            setup: &self.setup,
            kind: &self.kind,
            body: &self.body,
        }
    }

    /// What the row records.
    pub fn recorded(&self) -> Result<Recorded, Damage> {
        let damage = |why: String| Damage::Entry { seq: self.seq, why };
        Ok(Recorded {
            seq: u64::try_from(self.seq).map_err(|error| damage(error.to_string()))?,
            at: self
                .at
                .parse::<Timestamp>()
                .map_err(|error| damage(error.to_string()))?,
            setup: SetupId::parse(&self.setup).map_err(|error| damage(error.to_string()))?,
            entry: serde_json::from_str::<Entry>(&self.body)
                .map_err(|error| damage(error.to_string()))?,
        })
    }
}

/// Walks along the chain, row by row.
pub struct Walk<'a> {
    chain: &'a Chain,
    end: End,
}

impl<'a> Walk<'a> {
    pub fn new(chain: &'a Chain) -> Self {
        Self {
            chain,
            end: End::START,
        }
    }

    /// Whether this row follows the last one.
    pub fn step(&mut self, row: &Row) -> Result<(), Damage> {
        let seq = self.end.seq + 1;
        let link = self.chain.link(&self.end.link, row.columns());
        if row.seq != seq || !Chain::same(&row.mac, &link) {
            return Err(Damage::Chain { seq });
        }
        self.end = End { seq, link };
        Ok(())
    }

    /// Where the rows end.
    pub fn end(&self) -> End {
        self.end
    }
}

/// Reads all rows in order, as far as they hang together and can be understood.
pub async fn verify(
    connection: &mut SqliteConnection,
    chain: &Chain,
) -> Result<Result<End, Damage>, sqlx::Error> {
    let mut walk = Walk::new(chain);
    let mut rows = sqlx::query_as!(
        Row,
        "SELECT seq, at, setup, kind, body, mac FROM entries ORDER BY seq"
    )
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        if let Err(damage) = walk.step(&row) {
            return Ok(Err(damage));
        }
        if let Err(damage) = row.recorded() {
            return Ok(Err(damage));
        }
    }
    Ok(Ok(walk.end()))
}

/// The end of the chain as the table says it, with what vouches for it.
pub async fn head(
    connection: &mut SqliteConnection,
) -> Result<Option<(i64, Vec<u8>)>, sqlx::Error> {
    Ok(sqlx::query!("SELECT seq, mac FROM head WHERE id = 1")
        .fetch_optional(connection)
        .await?
        .map(|head| (head.seq, head.mac)))
}

/// The rows of one setup.
pub async fn of_setup(
    connection: &mut SqliteConnection,
    setup: &str,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "SELECT seq, at, setup, kind, body, mac FROM entries WHERE setup = ? ORDER BY seq",
        setup
    )
    .fetch_all(connection)
    .await
}

/// The rows of all setups that come after a place.
pub async fn since(connection: &mut SqliteConnection, place: i64) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "SELECT seq, at, setup, kind, body, mac FROM entries WHERE seq > ? ORDER BY seq",
        place
    )
    .fetch_all(connection)
    .await
}

/// The setups, in the order of their first rows.
pub async fn setups(connection: &mut SqliteConnection) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!("SELECT setup AS \"setup!\" FROM entries GROUP BY setup ORDER BY min(seq)")
        .fetch_all(connection)
        .await
}

/// All rows that can still be read from a damaged file: from the front to the damage, and from the back to it.
pub async fn rescue(connection: &mut SqliteConnection) -> Vec<Row> {
    let mut rows = std::collections::BTreeMap::new();
    let mut forward = sqlx::query_as!(
        Row,
        "SELECT seq, at, setup, kind, body, mac FROM entries ORDER BY seq"
    )
    .fetch(&mut *connection);
    let broken = loop {
        match forward.try_next().await {
            Ok(Some(row)) => rows.insert(row.seq, row),
            Ok(None) => break false,
            Err(_) => break true,
        };
    };
    drop(forward);
    if broken {
        let mut backward = sqlx::query_as!(
            Row,
            "SELECT seq, at, setup, kind, body, mac FROM entries ORDER BY seq DESC"
        )
        .fetch(&mut *connection);
        while let Ok(Some(row)) = backward.try_next().await {
            if rows.insert(row.seq, row).is_some() {
                break;
            }
        }
    }
    rows.into_values().collect()
}

/// Adds a row and moves the head, in the transaction that is open.
pub async fn insert(
    connection: &mut SqliteConnection,
    row: &Row,
    vouched: &Link,
) -> Result<(), sqlx::Error> {
    let vouched = vouched.as_slice();
    sqlx::query!(
        "INSERT INTO entries (seq, at, setup, kind, body, mac) VALUES (?, ?, ?, ?, ?, ?)",
        row.seq,
        row.at,
        row.setup,
        row.kind,
        row.body,
        row.mac
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE head SET seq = ?, mac = ? WHERE id = 1",
        row.seq,
        vouched
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Begins the chain of a new journal.
pub async fn begin(connection: &mut SqliteConnection, vouched: &Link) -> Result<(), sqlx::Error> {
    let vouched = vouched.as_slice();
    sqlx::query!("INSERT INTO head (id, seq, mac) VALUES (1, 0, ?)", vouched)
        .execute(connection)
        .await?;
    Ok(())
}
