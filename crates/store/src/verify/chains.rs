//! The walk through the journal in the order of commits: hashes, chains and seals in one pass.

use super::measures::{Bounds, Sums, TotalKey};
use super::{Problems, VerifyReport};
use crate::accounts::Terms;
use crate::apply::After;
use crate::exec::cell::cells;
use crate::exec::{Read, Row};
use crate::journal::{GENESIS, Hashed, stored_hash};
use crate::seal::{self, Seal, merkle_root, read_seal};
use crate::{Result, Store};
use base::{CaseId, CustomerId, OrgId, PersonId, TransactionId, UnitId};
use data_encoding::HEXLOWER;
use engine::Delta;
use serde::Deserialize;
use std::collections::HashMap;

/// Entries read at once.
const PAGE: i64 = 2_000;

/// Where a chain stood when the walk left it.
#[derive(Debug, Clone)]
pub(super) struct ChainEnd {
    pub(super) seq: i64,
    pub(super) hash: [u8; 32],
    /// The case behind its last command.
    pub(super) after: Option<After>,
    /// Whether it was named already.
    pub(super) broken: bool,
}

/// What the walk through the journal leaves.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// Where each chain stands.
    pub(super) ends: HashMap<(String, i64), ChainEnd>,
    /// Ledger transactions that entries say were posted, with their digests.
    pub(super) posted: HashMap<TransactionId, String>,
    /// Ledger accounts as they were last opened, limited or closed.
    pub(super) accounts: HashMap<String, Terms>,
    /// What measures counted, by row of the totals: events and amount.
    pub(super) counted: Sums,
}

/// The select list of [`read_entry`].
pub(super) const ENTRY: &str = "txid, position, aggregate, aggregate_id, seq, prev_hash, hash, id, \
    recorded_at, occurred_at, actor, event, subject, body";

/// An entry as stored.
pub(super) struct StoredEntry {
    place: (i64, i64),
    pub(super) aggregate: String,
    pub(super) aggregate_id: i64,
    pub(super) seq: i64,
    prev: [u8; 32],
    hash: [u8; 32],
    id: i64,
    recorded_at: i64,
    occurred_at: i64,
    actor: Option<i64>,
    event: String,
    subject: String,
    body: String,
}

pub(super) fn read_entry(mut row: Row) -> Result<StoredEntry> {
    Ok(StoredEntry {
        place: (row.int()?, row.int()?),
        aggregate: row.text()?,
        aggregate_id: row.int()?,
        seq: row.int()?,
        prev: stored_hash(row.bytes()?)?,
        hash: stored_hash(row.bytes()?)?,
        id: row.int()?,
        recorded_at: row.int()?,
        occurred_at: row.int()?,
        actor: row.opt_int()?,
        event: row.text()?,
        subject: row.text()?,
        body: row.text()?,
    })
}

impl StoredEntry {
    fn recomputed(&self) -> [u8; 32] {
        let hashed = Hashed {
            aggregate: &self.aggregate,
            aggregate_id: self.aggregate_id,
            seq: self.seq,
            id: self.id,
            recorded_at: self.recorded_at,
            occurred_at: self.occurred_at,
            actor: self.actor,
            event: &self.event,
            subject: &self.subject,
            body: &self.body,
        };
        hashed.hash(&self.prev)
    }
}

/// The name of an aggregate as people find it, in both languages: `工单 case_0…`.
pub(super) fn name(aggregate: &str, id: i64) -> (String, String) {
    let (zh, en, id) = match aggregate {
        "case" => ("工单", "case", CaseId(id).to_string()),
        "customer" => ("客户", "customer", CustomerId(id).to_string()),
        "unit" => ("车辆", "unit", UnitId(id).to_string()),
        "draft" => ("制度草稿", "draft", id.to_string()),
        "article" => ("知识文章", "article", id.to_string()),
        "person" => ("员工", "person", PersonId(id).to_string()),
        "org" => ("机构", "unit of the organisation", OrgId(id).to_string()),
        _ => ("导入", "import", id.to_string()),
    };
    (format!("{zh} {id}"), format!("{en} {id}"))
}

#[derive(Deserialize)]
struct BodyOf {
    after: Option<After>,
    #[serde(default)]
    posted: HashMap<TransactionId, String>,
    #[serde(default)]
    accounts: HashMap<String, Terms>,
    #[serde(default)]
    counted: Vec<Delta>,
}

/// Takes one entry onto its chain; answers the hash its content has.
pub(super) fn step(
    chains: &mut Chains,
    entry: &StoredEntry,
    bounds: Bounds,
    problems: &mut Problems,
) -> [u8; 32] {
    let hash = entry.recomputed();
    let key = (entry.aggregate.clone(), entry.aggregate_id);
    let begin = ChainEnd { seq: 0, hash: GENESIS, after: None, broken: false };
    let end = chains.ends.entry(key).or_insert(begin);
    let (zh, en) = name(&entry.aggregate, entry.aggregate_id);
    let (zh, en) = (format!("{zh} 第 {} 条", entry.seq), format!("{en}, entry {}", entry.seq));
    let missing = entry.seq - end.seq - 1;
    if hash != entry.hash {
        problems.add(format!("{zh}：内容被改过"), format!("{en}: its content was changed"));
    } else if missing != 0 {
        problems.add(
            format!("{zh}：之前缺 {missing} 条"),
            format!("{en}: {missing} entries before it are missing"),
        );
    } else if entry.prev != end.hash {
        problems.add(
            format!("{zh}：与前一条接不上"),
            format!("{en}: it does not follow the entry before it"),
        );
    }
    end.broken |= hash != entry.hash || entry.seq != end.seq + 1 || entry.prev != end.hash;
    (end.seq, end.hash) = (entry.seq, entry.hash);
    if let Ok(body) = serde_json::from_str::<BodyOf>(&entry.body) {
        end.after = body.after.or_else(|| end.after.take());
        chains.posted.extend(body.posted);
        chains.accounts.extend(body.accounts);
        for delta in body.counted.iter().filter(|_| bounds.holds(entry.place)) {
            let sum = chains.counted.entry(TotalKey::of(delta)).or_default();
            *sum = (sum.0 + delta.times, sum.1 + delta.amount);
        }
    }
    hash
}

impl Store {
    /// Hashes, chains and seals.
    pub(super) async fn walk_journal(
        &self,
        expect: Option<&str>,
        counted: Bounds,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<Chains> {
        let seals = self.seals().await?;
        check_seal_chain(&seals, expect, problems);
        report.head = seals.last().map(|seal| HEXLOWER.encode(&seal.hash));
        let mut open = seals.iter().peekable();
        let mut below: Vec<[u8; 32]> = Vec::new();
        let mut chains = Chains::default();
        let mut from = (-1, -1);
        loop {
            let sql = format!(
                "SELECT {ENTRY} FROM journal WHERE (txid, position) > ($1, $2) \
                 ORDER BY txid, position LIMIT $3"
            );
            let rows = self.exec().rows(sql, cells![from.0, from.1, PAGE]).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let entry = read_entry(row)?;
                from = entry.place;
                while let Some(seal) = open.next_if(|seal| seal.through < entry.place) {
                    check_seal(seal, &std::mem::take(&mut below), report, problems);
                }
                below.push(step(&mut chains, &entry, counted, problems));
                report.entries += 1;
            }
        }
        for seal in open {
            check_seal(seal, &std::mem::take(&mut below), report, problems);
        }
        report.unsealed = below.len() as u64;
        report.chains = chains.ends.len() as u64;
        Ok(chains)
    }

    async fn seals(&self) -> Result<Vec<Seal>> {
        let sql = format!("SELECT {} FROM seals ORDER BY seq", seal::COLUMNS);
        let mut rows = self.exec().read(vec![Read::new(sql, vec![])]).await?;
        rows.pop().unwrap_or_default().into_iter().map(read_seal).collect()
    }
}

fn check_seal_chain(seals: &[Seal], expect: Option<&str>, problems: &mut Problems) {
    let mut prev = GENESIS;
    for (seq, seal) in (1_i64..).zip(seals) {
        if seal.seq != seq || seal.prev != prev || seal.hash != seal.expected_hash() {
            let seq = seal.seq;
            problems.add(
                format!("封存 {seq}：与前一个接不上"),
                format!("seal {seq}: it does not follow the seal before it"),
            );
        }
        prev = seal.hash;
    }
    let Some(expect) = expect.map(|head| head.trim().to_ascii_lowercase()) else { return };
    if !seals.iter().any(|seal| HEXLOWER.encode(&seal.hash) == expect) {
        problems.add(
            format!("所给的封存头 {expect} 不在封存记录中"),
            format!("the expected head {expect} is not among the seals"),
        );
    }
}

fn check_seal(seal: &Seal, below: &[[u8; 32]], report: &mut VerifyReport, problems: &mut Problems) {
    report.seals += 1;
    let seq = seal.seq;
    let count = i64::try_from(below.len()).unwrap_or(i64::MAX);
    if count != seal.entries {
        problems.add(
            format!("封存 {seq}：原有 {} 条记录，现有 {count} 条", seal.entries),
            format!("seal {seq}: {} entries stood below it, {count} are there", seal.entries),
        );
    } else if merkle_root(below) != seal.root {
        problems.add(
            format!("封存 {seq}：其下的记录被改过"),
            format!("seal {seq}: the entries below it were changed"),
        );
    }
}
