//! Seals: what is safely committed goes below a Merkle root, chained to the root before it.

use crate::exec::cell::cells;
use crate::exec::{Read, Row, Write};
use crate::journal::{GENESIS, stored_hash};
use crate::{Result, Store, StoreError};
use base::Instant;
use sha2::{Digest, Sha256};

/// Entries below one seal at the most; a longer backlog takes several.
const MOST: i64 = 50_000;

/// A seal as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seal {
    pub(crate) seq: i64,
    pub(crate) through: (i64, i64),
    pub(crate) entries: i64,
    pub(crate) root: [u8; 32],
    pub(crate) prev: [u8; 32],
    pub(crate) hash: [u8; 32],
    pub(crate) sealed_at: Instant,
}

/// The select list of [`read_seal`].
pub(crate) const COLUMNS: &str =
    "seq, through_txid, through_position, entries, root, prev, hash, sealed_at";

pub(crate) fn read_seal(mut row: Row) -> Result<Seal> {
    Ok(Seal {
        seq: row.int()?,
        through: (row.int()?, row.int()?),
        entries: row.int()?,
        root: stored_hash(row.bytes()?)?,
        prev: stored_hash(row.bytes()?)?,
        hash: stored_hash(row.bytes()?)?,
        sealed_at: row.instant()?,
    })
}

impl Seal {
    /// What its hash must be.
    pub(crate) fn expected_hash(&self) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(self.prev);
        for number in [self.seq, self.through.0, self.through.1, self.entries, self.sealed_at.0] {
            sha.update(number.to_le_bytes());
        }
        sha.update(self.root);
        sha.finalize().into()
    }
}

/// The root of a Merkle tree over entry hashes, leaves and nodes told apart; an odd one goes up.
pub(crate) fn merkle_root(hashes: &[[u8; 32]]) -> [u8; 32] {
    let leaf = |hash: &[u8; 32]| digest(0, &[hash]);
    let mut level: Vec<[u8; 32]> = hashes.iter().map(leaf).collect();
    while level.len() > 1 {
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => digest(1, &[left, right]),
                _ => pair[0],
            })
            .collect();
    }
    level.pop().unwrap_or(GENESIS)
}

fn digest(tag: u8, parts: &[&[u8; 32]]) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update([tag]);
    for part in parts {
        sha.update(part);
    }
    sha.finalize().into()
}

impl Store {
    /// Seals what is safely committed: every transaction below the oldest still running has
    /// ended, so nothing can appear beneath the seal later. `None` when nothing is new; else the
    /// head, hexadecimal. Call again while it answers: one seal holds 50,000 entries.
    pub async fn seal(&self, now: Instant) -> Result<Option<String>> {
        let last = format!("SELECT {COLUMNS} FROM seals ORDER BY seq DESC LIMIT 1");
        let watermark = self.exec().dialect().oldest_running();
        let mut rows =
            self.exec().read(vec![Read::new(last, vec![]), Read::new(watermark, vec![])]).await?;
        let below = rows.pop().and_then(|mut rows| rows.pop());
        let below = below.map_or(Ok(0), |mut row| row.int())?;
        let last = rows.pop().and_then(|mut rows| rows.pop()).map(read_seal).transpose()?;
        let (seq, from, prev) =
            last.map_or((0, (-1, -1), GENESIS), |seal| (seal.seq, seal.through, seal.hash));
        let sql = "SELECT txid, position, hash FROM journal WHERE (txid, position) > ($1, $2) \
                   AND txid < $3 ORDER BY txid, position LIMIT $4";
        let rows = self.exec().rows(sql, cells![from.0, from.1, below, MOST]).await?;
        let mut hashes = Vec::with_capacity(rows.len());
        let mut through = from;
        for mut row in rows {
            through = (row.int()?, row.int()?);
            hashes.push(stored_hash(row.bytes()?)?);
        }
        if hashes.is_empty() {
            return Ok(None);
        }
        let mut seal = Seal {
            seq: seq + 1,
            through,
            entries: i64::try_from(hashes.len()).unwrap_or(MOST),
            root: merkle_root(&hashes),
            prev,
            hash: GENESIS,
            sealed_at: now,
        };
        seal.hash = seal.expected_hash();
        match self.exec().write(vec![insert(&seal)]).await.map_err(StoreError::from) {
            // Another node sealed at the same moment.
            Err(StoreError::Taken(_)) => Ok(None),
            result => result.map(|_| Some(data_encoding::HEXLOWER.encode(&seal.hash))),
        }
    }
}

fn insert(seal: &Seal) -> Write {
    Write::one(
        format!("INSERT INTO seals ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
        cells![
            seal.seq,
            seal.through.0,
            seal.through.1,
            seal.entries,
            seal.root,
            seal.prev,
            seal.hash,
            seal.sealed_at,
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_changes_with_every_leaf_and_with_their_order() {
        let leaves: Vec<[u8; 32]> = (0..5).map(|n| [n; 32]).collect();
        let root = merkle_root(&leaves);
        for changed in 0..5 {
            let mut other = leaves.clone();
            other[changed][0] ^= 1;
            assert_ne!(merkle_root(&other), root);
        }
        let mut swapped = leaves.clone();
        swapped.swap(1, 2);
        assert_ne!(merkle_root(&swapped), root);
        assert_ne!(merkle_root(&leaves[..4]), root);
    }
}
