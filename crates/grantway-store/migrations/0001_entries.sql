-- The journal: one row for each entry of each setup, never changed and never removed.
CREATE TABLE entries (
    -- The place in the whole journal, from 1, without gaps.
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    -- RFC 3339 in UTC, to the nanosecond.
    at TEXT NOT NULL,
    setup TEXT NOT NULL,
    -- The entry's own name for its kind, for people who look into the file.
    kind TEXT NOT NULL,
    -- The entry as JSON.
    body TEXT NOT NULL,
    -- HMAC-SHA256 over the row before this one and all columns of this one.
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE INDEX entries_by_setup ON entries (setup, seq);

-- Where the chain ends, so that rows taken from the end are missed.
CREATE TABLE head (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;
