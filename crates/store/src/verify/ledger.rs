//! The walk through the ledger: each transaction is whole, is what the journal says was posted, and
//! all of them together make the balances and holders that are kept.

use super::chains::Chains;
use super::{Problems, VerifyReport};
use crate::accounts::Terms;
use crate::accounts::digest;
use crate::accounts::walked::{self, Balance, Walked};
use crate::exec::cell::cells;
use crate::exec::{Cell, places};
use crate::{Result, Store};
use base::TransactionId;
use ledger::{Audit, Drift, Entry, Key, Path, Transaction};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Rows read at once.
const PAGE: i64 = 2_000;
/// Ids asked for at once.
const IDS: usize = 500;

/// What is safely committed when the walk begins: entries below this transaction number and up to
/// this position. What is posted meanwhile is left to the next walk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    below: i64,
    through: i64,
}

/// Rows of a transaction that is not complete yet.
struct Open {
    head: Walked,
    entries: Vec<Entry>,
}

impl Store {
    /// To be taken before the journal is walked, so that the walk knows of all that lies within.
    pub(super) async fn ledger_bounds(&self) -> Result<Bounds> {
        let watermark = self.exec().dialect().oldest_running();
        let below = self.exec().row(watermark, vec![]).await?.map_or(Ok(0), |mut row| row.int())?;
        let last = "SELECT COALESCE(MAX(position), 0) FROM ledger_entries";
        let through = self.exec().row(last, vec![]).await?.map_or(Ok(0), |mut row| row.int())?;
        Ok(Bounds { below, through })
    }

    /// Recomputes the ledger from what was posted.
    pub(super) async fn check_ledger(
        &self,
        bounds: Bounds,
        chains: &mut Chains,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let mut audit = Audit::default();
        let mut open: BTreeMap<TransactionId, Open> = BTreeMap::new();
        let mut from = -1;
        loop {
            let params = cells![from, bounds.below, bounds.through, PAGE];
            let rows = self.exec().rows(walked::entries(), params).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let (position, head, entry) = walked::read(row)?;
                from = position;
                let id = head.id;
                let one = open.entry(id).or_insert_with(|| Open { head, entries: vec![] });
                one.entries.push(entry);
                if one.entries.len() as u64 == one.head.entries
                    && let Some(done) = open.remove(&id)
                {
                    self.take(done, &mut audit, chains, problems).await?;
                    report.transactions += 1;
                }
            }
        }
        for (id, Open { head, entries }) in open {
            let (count, there) = (head.entries, entries.len());
            chains.posted.remove(&id);
            problems.add(
                format!("凭证 {id}：应有 {count} 行，现有 {there} 行"),
                format!("transaction {id}: it was posted with {count} rows, {there} are there"),
            );
        }
        self.check_missing(chains, problems).await?;
        self.compare_ledger(bounds, audit, &chains.accounts, report, problems).await
    }

    /// One whole transaction: against the journal, and onto the audit.
    async fn take(
        &self,
        Open { head, entries }: Open,
        audit: &mut Audit,
        chains: &mut Chains,
        problems: &mut Problems,
    ) -> Result<()> {
        let id = head.id;
        let noted = chains.posted.remove(&id);
        let made = match Transaction::try_from_entries(head.header, head.reverses, entries) {
            Ok(made) => made,
            Err(refused) => {
                let (code, sentence) = (refused.code.as_str(), refused.sentence());
                problems.add(
                    format!("凭证 {id}：{}（{code}）", sentence.zh),
                    format!("transaction {id}: {} ({code})", sentence.en),
                );
                return Ok(());
            }
        };
        let words = (head.kind.as_deref().unwrap_or_default(), head.rule.as_str());
        let found = digest(id, &made, words, head.actor, head.recorded_at);
        match noted {
            Some(noted) if noted != found => problems.add(
                format!("凭证 {id}：与办理记录不符，被改过"),
                format!("transaction {id}: it was changed, the journal says otherwise"),
            ),
            None => problems.add(
                format!("凭证 {id}：办理记录里没有"),
                format!("transaction {id}: it was posted beside the journal"),
            ),
            Some(_) => {}
        }
        let original = match made.reverses() {
            Some(of) => self.transaction(of).await?,
            None => None,
        };
        audit.take(id, &made, original.as_ref());
        Ok(())
    }

    /// What the journal says was posted and the walk did not meet: posted meanwhile, or gone.
    async fn check_missing(&self, chains: &mut Chains, problems: &mut Problems) -> Result<()> {
        let noted: Vec<TransactionId> = std::mem::take(&mut chains.posted).into_keys().collect();
        for ids in noted.chunks(IDS) {
            let sql = format!(
                "SELECT t.id FROM ledger_transactions t WHERE t.id IN {} AND EXISTS \
                 (SELECT 1 FROM ledger_entries e WHERE e.transaction_id = t.id)",
                places(1, ids.len())
            );
            let params = ids.iter().map(|id| Cell::from(*id)).collect();
            let rows = self.exec().rows(sql, params).await?;
            let there = rows.into_iter().map(|mut row| row.int()).collect::<Result<Vec<_>>>()?;
            for id in ids.iter().filter(|id| !there.contains(&id.0)) {
                problems.add(
                    format!("凭证 {id}：办理记录里有，账上没有"),
                    format!("transaction {id}: the journal knows it, the ledger does not"),
                );
            }
        }
        Ok(())
    }

    /// Each account against what the journal says was decided of it; what it held at the bounds.
    async fn compare_accounts(
        &self,
        bounds: Bounds,
        noted: &HashMap<String, Terms>,
        problems: &mut Problems,
    ) -> Result<Vec<(Path, i64)>> {
        let mut balances: Vec<(Path, i64)> = Vec::new();
        let mut from = String::new();
        loop {
            let params = cells![bounds.below, bounds.through, &from, PAGE];
            let rows = self.exec().rows(walked::balances(), params).await?;
            if rows.is_empty() {
                return Ok(balances);
            }
            for row in rows {
                let Balance { path, then, outside, terms } = walked::read_balance(row)?;
                path.as_str().clone_into(&mut from);
                if outside {
                    problems.add(
                        format!("科目 {path}：余额 {then} 不应出现"),
                        format!("account {path}: it cannot hold {then}"),
                    );
                }
                if noted.get(path.as_str()) != Some(&terms) && !self.terms_are_noted(&path).await? {
                    problems.add(
                        format!("科目 {path}：所记、限额或状态绕过办理记录被改过"),
                        format!("account {path}: its limits were changed beside the journal"),
                    );
                }
                balances.push((path, then));
            }
        }
    }

    /// Balances and holders kept, less what was posted after the bounds.
    async fn compare_ledger(
        &self,
        bounds: Bounds,
        audit: Audit,
        noted: &HashMap<String, Terms>,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let balances = self.compare_accounts(bounds, noted, problems).await?;
        let mut holders = Vec::new();
        let mut from = (String::new(), String::new());
        loop {
            let params = cells![bounds.below, bounds.through, &from.0, &from.1, PAGE];
            let rows = self.exec().rows(walked::HOLDERS, params).await?;
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let (part, serial, holder, moved) = walked::read_holder(row)?;
                from = (part.to_string(), serial.to_string());
                report.serials += 1;
                let then = audit.serials().find(&part, &serial).map(|custody| &custody.holder);
                match (moved, then) {
                    // Moved since: what it was then is not kept any more.
                    (true, Some(then)) => holders.push((part, serial, then.clone())),
                    (true, None) => {}
                    (false, _) => holders.push((part, serial, holder)),
                }
            }
        }
        self.gone_since(bounds, &audit, &mut holders).await?;
        report.accounts = balances.len() as u64;
        let balances = balances.iter().map(|(path, balance)| (path, *balance));
        let holders = holders.iter().map(|(part, serial, holder)| (part, serial, holder));
        for drift in audit.compare(balances, holders) {
            let (zh, en) = sentence(&drift);
            problems.add(zh, en);
        }
        Ok(())
    }
    /// A serial whose first move was taken back after the bounds has no holder any more; what it
    /// was then is not kept either.
    async fn gone_since(
        &self,
        bounds: Bounds,
        audit: &Audit,
        holders: &mut Vec<(Key, Key, Path)>,
    ) -> Result<()> {
        let params = cells![bounds.below, bounds.through];
        let rows = self.exec().rows(walked::MOVED_SINCE, params).await?;
        let moved = rows.into_iter().map(|mut row| row.text()).collect::<Result<BTreeSet<_>>>()?;
        if moved.is_empty() {
            return Ok(());
        }
        let kept: BTreeSet<(Key, Key)> =
            holders.iter().map(|(part, serial, _)| (part.clone(), serial.clone())).collect();
        for (part, serial, custody) in audit.serials().iter() {
            let place = (part.clone(), serial.clone());
            if moved.contains(serial.as_str()) && !kept.contains(&place) {
                holders.push((place.0, place.1, custody.holder.clone()));
            }
        }
        Ok(())
    }
}

fn sentence(drift: &Drift) -> (String, String) {
    match drift {
        Drift::Balance { account, kept, recomputed } => (
            format!("科目 {account}：余额记为 {kept}，按凭证应为 {recomputed}"),
            format!("account {account}: {kept} is kept, what was posted makes {recomputed}"),
        ),
        Drift::Holder { part, serial, kept, recomputed } => {
            let word = |path: &Option<Path>| path.as_ref().map_or("-".into(), Path::to_string);
            let (kept, recomputed) = (word(kept), word(recomputed));
            (
                format!("编号 {part} {serial}：记在 {kept}，按凭证应在 {recomputed}"),
                format!("serial {part} {serial}: kept at {kept}, its moves lead to {recomputed}"),
            )
        }
        Drift::Custody { id, serial } => (
            format!("凭证 {id}：从没有编号 {serial} 的科目转出"),
            format!("transaction {id}: serial {serial} left an account that did not hold it"),
        ),
        Drift::Reversal { id } => (
            format!("凭证 {id}：不是一次有效的冲销"),
            format!("transaction {id}: it is no valid reversal"),
        ),
    }
}
