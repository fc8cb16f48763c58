//! The mark: a small file beside the database that remembers how far the journal had come.
//!
//! SQLite drops a torn write-ahead log without a word, and a copy of an older database is whole in itself. The
//! mark is written after each commit and never before, so a database that ends before its mark has lost entries.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::chain::{Chain, End, Link};
use crate::folder;

const LENGTH: usize = 8 + 32 + 32;

/// The file, open for writing.
pub struct Mark {
    file: File,
    chain: Chain,
}

/// Where the mark of a journal lies.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("journal.mark")
}

/// What a mark says; none where there is no mark, or one that the key does not vouch for (cut off while written).
pub fn read(folder: &Path, chain: &Chain) -> Option<End> {
    let mut bytes = [0; LENGTH];
    File::open(path(folder)).ok()?.read_exact(&mut bytes).ok()?;
    let (seq, rest) = bytes.split_at(8);
    let (link, vouched) = rest.split_at(32);
    let end = End {
        seq: i64::from_be_bytes(seq.try_into().ok()?),
        link: Link::try_from(link).ok()?,
    };
    Chain::same(vouched, &chain.vouch("mark", &end)).then_some(end)
}

impl Mark {
    /// Opens the mark for writing.
    pub fn open(folder: &Path, chain: Chain) -> io::Result<Self> {
        Ok(Self {
            file: folder::private_file(&path(folder))?,
            chain,
        })
    }

    /// Remembers an end that is committed. Not synced: after a power cut the mark may lag, never lead.
    pub fn set(&mut self, end: &End) -> io::Result<()> {
        let mut bytes = Vec::with_capacity(LENGTH);
        bytes.extend(end.seq.to_be_bytes());
        bytes.extend(end.link);
        bytes.extend(self.chain.vouch("mark", end));
        self.file.seek(SeekFrom::Start(0))?;
        self.file.write_all(&bytes)
    }
}
