//! Every row that heads a chain must stand where its chain ends, and a case must be what its last
//! entry left.

use super::chains::{Chains, ENTRY, name, read_entry, step};
use super::measures::Bounds;
use super::{Problems, VerifyReport};
use crate::apply::{After, row_hash};
use crate::exec::Row;
use crate::exec::cell::cells;
use crate::journal::stored_hash;
use crate::{Result, Store};
use base::OrgId;

/// Rows read at once.
const PAGE: i64 = 1_000;
/// Tables that head chains, cases first; a chain without its row is named too.
const TABLES: [(&str, &str); 8] = [
    ("case", "cases"),
    ("customer", "customers"),
    ("unit", "units"),
    ("import", "imports"),
    ("draft", "drafts"),
    ("person", "people"),
    ("org", "orgs"),
    ("article", "articles"),
];
const CASE_COLUMNS: &str = ", version, main_state, tracks, data, grants, assignee, closed_at, org";

impl Store {
    /// Compares heads with chains, and cases with what their last command left.
    pub(super) async fn compare_heads(
        &self,
        chains: &mut Chains,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        for (aggregate, table) in TABLES {
            let more = if aggregate == "case" { CASE_COLUMNS } else { "" };
            let sql = format!(
                "SELECT id, journal_seq, journal_head{more} FROM {table} WHERE id > $1 \
                 AND journal_seq > 0 ORDER BY id LIMIT $2"
            );
            let mut from = i64::MIN;
            loop {
                let rows = self.exec().rows(sql.clone(), cells![from, PAGE]).await?;
                if rows.is_empty() {
                    break;
                }
                for mut row in rows {
                    from = row.int()?;
                    self.compare_head(aggregate, from, row, chains, report, problems).await?;
                }
            }
        }
        for (aggregate, id) in chains.ends.keys() {
            let (zh, en) = name(aggregate, *id);
            problems.add(
                format!("{zh}：记录里有，台账里没有"),
                format!("{en}: the journal knows it, the register does not"),
            );
        }
        Ok(())
    }

    async fn compare_head(
        &self,
        aggregate: &str,
        id: i64,
        mut row: Row,
        chains: &mut Chains,
        report: &mut VerifyReport,
        problems: &mut Problems,
    ) -> Result<()> {
        let (seq, head) = (row.int()?, stored_hash(row.bytes()?)?);
        let key = (aggregate.to_owned(), id);
        if chains.ends.get(&key).is_none_or(|end| end.seq < seq) {
            self.catch_up(aggregate, id, seq, chains, problems).await?;
        }
        let (zh, en) = name(aggregate, id);
        let Some(end) = chains.ends.remove(&key) else {
            problems.add(format!("{zh}：没有记录"), format!("{en}: its journal is missing"));
            return Ok(());
        };
        if end.seq != seq || (end.hash != head && !end.broken) {
            let last = end.seq;
            problems.add(
                format!("{zh}：记录到第 {last} 条为止，台账写着 {seq} 条"),
                format!("{en}: its journal ends at entry {last}, the register says {seq}"),
            );
            return Ok(());
        }
        if aggregate != "case" {
            return Ok(());
        }
        report.cases += 1;
        let (version, state) = (row.int()?, row.text()?);
        let (tracks, data, grants) = (row.text()?, row.text()?, row.text()?);
        let hash = row_hash(version, [&tracks, &data, &grants], row.opt_int()?, row.opt_int()?);
        // A case that stands at another unit than its journal says is no less changed.
        let org = OrgId(row.int()?);
        let moved = end.after.as_ref().is_some_and(|after| after.org.is_some_and(|own| own != org));
        let hash = if moved { String::new() } else { hash };
        compare_case((zh, en), end.after, (version, &state, &hash), problems);
        Ok(())
    }

    /// Entries written while the walk went on.
    async fn catch_up(
        &self,
        aggregate: &str,
        id: i64,
        seq: i64,
        chains: &mut Chains,
        problems: &mut Problems,
    ) -> Result<()> {
        let known = chains.ends.get(&(aggregate.to_owned(), id)).map_or(0, |end| end.seq);
        let sql = format!(
            "SELECT {ENTRY} FROM journal WHERE aggregate = $1 AND aggregate_id = $2 \
             AND seq > $3 AND seq <= $4 ORDER BY seq"
        );
        for row in self.exec().rows(sql, cells![aggregate, id, known, seq]).await? {
            step(chains, &read_entry(row)?, Bounds::NONE, problems);
        }
        Ok(())
    }
}

/// A case against what its last command left.
fn compare_case(
    (zh, en): (String, String),
    after: Option<After>,
    (version, state, hash): (i64, &str, &str),
    problems: &mut Problems,
) {
    let Some(after) = after else {
        return problems
            .add(format!("{zh}：没有记录说明现状"), format!("{en}: no entry says how it stands"));
    };
    if after.state != state {
        let left = after.state;
        problems.add(
            format!("{zh}：现为 {state}，最后一条记录停在 {left}"),
            format!("{en}: it stands at {state}, its last entry left it at {left}"),
        );
    } else if after.version != version || after.hash != hash {
        problems.add(
            format!("{zh}：绕过记录被改过"),
            format!("{en}: it was changed beside the journal"),
        );
    }
}
