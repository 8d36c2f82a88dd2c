//! The statements of a plan, each guarded: one that meets other rows than it must means that
//! somebody was quicker, and takes all of them back.

use super::part_of;
use super::plan::{Plan, is_hot};
use crate::Result;
use crate::dialect::{Dialect, Lock};
use crate::exec::cell::cells;
use crate::exec::{Cell, Expect, Write, places};
use ledger::{Account, AccountState, Key, LARGEST, Source};

/// The writes of a plan, in the order in which rows refer to each other.
pub(crate) fn writes(plan: &Plan, dialect: Dialect) -> Result<Vec<Write>> {
    if plan.made.is_empty() && plan.decided.is_empty() && plan.opened.is_empty() {
        return Ok(vec![]);
    }
    let mut writes = opened(plan);
    writes.extend(locks(plan, dialect));
    writes.extend(balances(plan));
    writes.extend(hot(plan, dialect));
    writes.extend(decided(plan));
    writes.extend(transactions(plan));
    writes.extend(serials(plan)?);
    writes.extend(entries(plan)?);
    Ok(writes)
}

/// Accounts that were not there, in the order of paths. Where somebody was quicker, a later
/// statement misses the id.
fn opened(plan: &Plan) -> Vec<Write> {
    let row = |opened: &super::plan::Opened| {
        let Account { path, commodity, limits } = &opened.new.account;
        let mut words = path.keys();
        cells![
            opened.id,
            path.as_str(),
            words.next(),
            words.next(),
            part_of(commodity).map(Key::as_str),
            commodity.to_string(),
            limits.negative,
            limits.at_most,
            is_hot(&AccountState::new(opened.new.account.clone())),
            &opened.new.owner,
            plan.now,
        ]
    };
    let ints = [true, false, false, false, false, false, true, true, true, false, true];
    let writes = Write::each(
        "INSERT INTO ledger_accounts (id, path, area, place, part, commodity, negative, at_most, \
         hot, owner, opened_at) SELECT d.column1, d.column2, d.column3, d.column4, d.column5, \
         d.column6, d.column7, d.column8, d.column9, o.id, d.column11 FROM",
        &ints,
        plan.opened.iter().map(row).collect(),
        "LEFT JOIN orgs o ON o.code = d.column10 WHERE d.column1 <> 0 ORDER BY d.column2 \
         ON CONFLICT (path) DO NOTHING",
    );
    writes.into_iter().map(Write::or_none).collect()
}

/// Ids of the accounts a plan updates: all but hot ones that it only posts to.
fn updated(plan: &Plan) -> Vec<i64> {
    let updated = plan
        .changes
        .iter()
        .filter(|(path, (known, _))| !known.hot || plan.decided.contains_key(*path));
    let mut ids: Vec<i64> = updated.map(|(_, (known, _))| known.id).collect();
    ids.sort_unstable();
    ids
}

/// Locks in the order of ids, so that two commands never wait for each other.
fn locks(plan: &Plan, dialect: Dialect) -> Vec<Write> {
    let ids = updated(plan);
    if ids.is_empty() {
        return vec![];
    }
    let alone = !plan.decided.is_empty();
    let how = if alone { Lock::Alone } else { Lock::Change };
    let folded = "SELECT id FROM ledger_folded";
    let mut locks = Vec::new();
    if alone && let Some(sql) = dialect.lock(folded, Lock::Change) {
        locks.push(Write::any(sql, vec![]));
    }
    let list = places(1, ids.len());
    let select = format!("SELECT id FROM ledger_accounts WHERE id IN {list} ORDER BY id");
    if let Some(sql) = dialect.lock(&select, how) {
        locks.push(Write::any(sql, ids.into_iter().map(Cell::from).collect()));
    }
    locks
}

/// Balances with a limit, guarded by it.
fn balances(plan: &Plan) -> Vec<Write> {
    let guarded = plan
        .changes
        .iter()
        .filter(|(path, (known, _))| !known.hot && !plan.decided.contains_key(*path));
    let mut rows: Vec<(i64, i64)> =
        guarded.map(|(_, (known, change))| (known.id, *change)).collect();
    rows.sort_unstable();
    let most = LARGEST;
    Write::each(
        "UPDATE ledger_accounts SET balance = balance + d.column2 FROM",
        &[true, true],
        rows.into_iter().map(|(id, change)| cells![id, change]).collect(),
        &format!(
            "WHERE ledger_accounts.id = d.column1 AND closed_at IS NULL AND hot = 0 \
             AND (d.column2 >= 0 OR negative = 1 OR balance + d.column2 >= 0) \
             AND (d.column2 <= 0 OR at_most IS NULL OR balance + d.column2 <= at_most) \
             AND balance + d.column2 BETWEEN -{most} AND {most}"
        ),
    )
}

/// Hot accounts are not updated; they only have to be there and open until the commit.
fn hot(plan: &Plan, dialect: Dialect) -> Option<Write> {
    let hot = plan
        .changes
        .iter()
        .filter(|(path, (known, _))| known.hot && !plan.decided.contains_key(*path));
    let mut ids: Vec<i64> = hot.map(|(_, (known, _))| known.id).collect();
    if ids.is_empty() {
        return None;
    }
    ids.sort_unstable();
    let sql = format!(
        "SELECT id FROM ledger_accounts WHERE id IN {} AND hot = 1 AND closed_at IS NULL \
         ORDER BY id{}",
        places(1, ids.len()),
        dialect.shared()
    );
    let expect = Expect::Rows(ids.len() as u64);
    let params = ids.into_iter().map(Cell::from).collect();
    Some(Write { sql: sql.into(), params, expect })
}

/// Quotas and closings, where the row still stands as it was read. A source that is given a limit
/// or closed takes in what was not folded yet, and is hot no longer.
fn decided(plan: &Plan) -> Vec<Write> {
    let mut writes = Vec::new();
    for (path, after) in &plan.decided {
        let Some((known, _)) = plan.changes.get(path) else { continue };
        let closed = after.closed.then_some(plan.now);
        let before = known.state.account.limits.at_most;
        writes.push(Write::one(
            "UPDATE ledger_accounts SET balance = $2, at_most = $3, closed_at = $4, hot = $5 \
             WHERE id = $1 AND balance = $6 AND COALESCE(at_most, -1) = $7 AND hot = $8 \
             AND closed_at IS NULL AND (hot = 0 OR CAST($9 AS BIGINT) = \
             (SELECT COALESCE(SUM(e.change), 0) FROM ledger_entries e \
             WHERE e.account = $1 AND (e.txid, e.position) > \
             ((SELECT txid FROM ledger_folded), (SELECT position FROM ledger_folded)))) \
             AND ($10 = 0 OR NOT EXISTS (SELECT 1 FROM ledger_serials s WHERE s.account = $1))",
            cells![
                known.id,
                after.balance,
                after.account.limits.at_most,
                closed,
                known.hot && is_hot(after) && !after.closed,
                known.state.balance,
                before.unwrap_or(-1),
                known.hot,
                known.unfolded,
                after.closed,
            ],
        ));
    }
    writes
}

fn transactions(plan: &Plan) -> Vec<Write> {
    let rows = plan.made.iter().map(|made| {
        let header = made.transaction.header();
        let (case, import) = match header.source {
            Source::Case(case) => (Some(case.0), None),
            Source::Import(import) => (None, Some(import)),
        };
        cells![
            made.id,
            header.posting.as_str(),
            &made.kind,
            &made.rule,
            case,
            import,
            made.transaction.reverses(),
            made.actor,
            i64::try_from(made.transaction.entries().len()).unwrap_or(i64::MAX),
            header.occurred_at,
            plan.now,
        ]
    });
    Write::rows(
        "INSERT INTO ledger_transactions (id, posting, kind, rule, case_id, import_id, reverses, \
         actor, entries, occurred_at, recorded_at) VALUES",
        rows.collect(),
        "",
    )
}

/// One row each: a serial moves from the one who held it, comes in where nobody knew it, or is
/// forgotten with the transaction that brought it in.
fn serials(plan: &Plan) -> Result<Vec<Write>> {
    let (mut gone, mut moved, mut born) = (vec![], vec![], vec![]);
    for ((part, serial), (before, after)) in &plan.serials {
        let (part, serial) = (part.as_str(), serial.as_str());
        if let (Some((from, before)), Some(after)) = (before, after)
            && before.born == after.born
        {
            if before.holder != after.holder {
                let to = plan.account(&after.holder)?;
                moved.push(cells![part, serial, *from, before.born, to]);
            }
            continue;
        }
        if let Some((from, before)) = before {
            gone.push(cells![part, serial, *from, before.born]);
        }
        if let Some(after) = after {
            born.push(cells![part, serial, plan.account(&after.holder)?, after.born]);
        }
    }
    let mut writes = Write::each(
        "DELETE FROM ledger_serials WHERE (part, serial, account, born) IN (SELECT * FROM",
        &[false, false, true, true],
        gone,
        ")",
    );
    writes.extend(Write::each(
        "UPDATE ledger_serials SET account = d.column5 FROM",
        &[false, false, true, true, true],
        moved,
        "WHERE ledger_serials.part = d.column1 AND ledger_serials.serial = d.column2 \
         AND ledger_serials.account = d.column3 AND ledger_serials.born = d.column4",
    ));
    writes.extend(Write::each(
        "INSERT INTO ledger_serials (part, serial, account, born) SELECT d.column1, d.column2, \
         d.column3, d.column4 FROM",
        &[false, false, true, true],
        born,
        "WHERE d.column3 <> 0 ON CONFLICT (part, serial) DO NOTHING",
    ));
    Ok(writes)
}

fn entries(plan: &Plan) -> Result<Vec<Write>> {
    let mut rows = Vec::new();
    for made in &plan.made {
        for entry in made.transaction.entries() {
            let serial = entry.serial.as_ref().map_or("", Key::as_str);
            rows.push(cells![made.id, plan.account(&entry.account)?, serial, entry.change]);
        }
    }
    Ok(Write::rows(
        "INSERT INTO ledger_entries (transaction_id, account, serial, change) VALUES",
        rows,
        "",
    ))
}
