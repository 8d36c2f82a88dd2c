//! The journal (办理记录): append-only, each aggregate a chain of hashes.

use crate::exec::cell::cells;
use crate::exec::{Cell, Write};
use base::{Instant, PersonId};
use sha2::{Digest, Sha256};

/// What a chain belongs to; each table holds the place and hash of its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Case,
    Customer,
    Unit,
    Import,
    Draft,
    Person,
    Org,
    Article,
}

impl Aggregate {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Customer => "customer",
            Self::Unit => "unit",
            Self::Import => "import",
            Self::Draft => "draft",
            Self::Person => "person",
            Self::Org => "org",
            Self::Article => "article",
        }
    }

    const fn advance(self) -> &'static str {
        match self {
            Self::Case => {
                "UPDATE cases SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Customer => {
                "UPDATE customers SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Unit => {
                "UPDATE units SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Import => {
                "UPDATE imports SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Draft => {
                "UPDATE drafts SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Person => {
                "UPDATE people SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Org => {
                "UPDATE orgs SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
            Self::Article => {
                "UPDATE articles SET journal_seq = $2, journal_head = $3 \
                 WHERE id = $1 AND journal_seq = $4"
            }
        }
    }
}

/// The hash before the first entry.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// An entry to append.
#[derive(Debug, Clone)]
pub(crate) struct NewEntry {
    pub(crate) id: i64,
    pub(crate) occurred_at: Instant,
    pub(crate) actor: Option<PersonId>,
    pub(crate) event: String,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Where a chain stands, and the rows that are added to it.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    aggregate: Aggregate,
    id: i64,
    loaded: i64,
    pub(crate) seq: i64,
    pub(crate) hash: [u8; 32],
    rows: Vec<Vec<Cell>>,
}

const INSERT: &str = "INSERT INTO journal (id, aggregate, aggregate_id, seq, prev_hash, hash, \
    recorded_at, occurred_at, actor, event, subject, body) VALUES";

impl Chain {
    /// A chain as it stands in the database.
    pub(crate) fn at(aggregate: Aggregate, id: i64, seq: i64, hash: [u8; 32]) -> Self {
        Self { aggregate, id, loaded: seq, seq, hash, rows: vec![] }
    }

    /// The chain of something new.
    pub(crate) fn begin(aggregate: Aggregate, id: i64) -> Self {
        Self::at(aggregate, id, 0, GENESIS)
    }

    /// Appends an entry recorded at `now`.
    pub(crate) fn push(&mut self, mut entry: NewEntry, now: Instant) {
        if entry.actor.is_some() {
            entry.body = crate::via::marked(entry.body);
        }
        let prev = self.hash;
        self.seq += 1;
        let hashed = Hashed {
            aggregate: self.aggregate.word(),
            aggregate_id: self.id,
            seq: self.seq,
            id: entry.id,
            recorded_at: now.0,
            occurred_at: entry.occurred_at.0,
            actor: entry.actor.map(|person| person.0),
            event: &entry.event,
            subject: &entry.subject,
            body: &entry.body,
        };
        self.hash = hashed.hash(&prev);
        self.rows.push(cells![
            entry.id,
            self.aggregate.word(),
            self.id,
            self.seq,
            prev,
            self.hash,
            now,
            entry.occurred_at,
            entry.actor,
            entry.event,
            entry.subject,
            entry.body,
        ]);
    }

    /// Ids of the entries that were appended, in order.
    pub(crate) fn ids(&self) -> Vec<i64> {
        let id = |row: &Vec<Cell>| match row.first() {
            Some(Cell::Int(id)) => Some(*id),
            _ => None,
        };
        self.rows.iter().filter_map(id).collect()
    }

    /// The rows.
    pub(crate) fn inserts(&mut self) -> Vec<Write> {
        Write::rows(INSERT, std::mem::take(&mut self.rows), "")
    }

    /// The rows, and the step of the head they stand behind; it fails when somebody was quicker.
    pub(crate) fn writes(mut self) -> Vec<Write> {
        let params = cells![self.id, self.seq, self.hash, self.loaded];
        let mut writes = vec![Write::one(self.aggregate.advance(), params)];
        writes.append(&mut self.inserts());
        writes
    }
}

/// Everything a hash covers.
pub(crate) struct Hashed<'a> {
    pub(crate) aggregate: &'a str,
    pub(crate) aggregate_id: i64,
    pub(crate) seq: i64,
    pub(crate) id: i64,
    pub(crate) recorded_at: i64,
    pub(crate) occurred_at: i64,
    pub(crate) actor: Option<i64>,
    pub(crate) event: &'a str,
    pub(crate) subject: &'a str,
    pub(crate) body: &'a str,
}

impl Hashed<'_> {
    /// SHA-256 over the hash before and all columns, texts with their length before them.
    pub(crate) fn hash(&self, prev: &[u8]) -> [u8; 32] {
        let mut sha = Sha256::new();
        let numbers = [
            self.aggregate_id,
            self.seq,
            self.id,
            self.recorded_at,
            self.occurred_at,
            self.actor.unwrap_or(0),
        ];
        sha.update(prev);
        for number in numbers {
            sha.update(number.to_le_bytes());
        }
        for text in [self.aggregate, self.event, self.subject, self.body] {
            sha.update((text.len() as u64).to_le_bytes());
            sha.update(text.as_bytes());
        }
        sha.finalize().into()
    }
}

/// A stored hash.
pub(crate) fn stored_hash(bytes: Vec<u8>) -> crate::Result<[u8; 32]> {
    bytes.try_into().map_err(|_| crate::StoreError::Damaged("a hash has a wrong length".into()))
}
