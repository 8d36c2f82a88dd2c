//! What goes over to the kept file, and back.

use crate::exec::Write;
use crate::exec::cell::cells;
use base::CustomerId;

/// What is noted as moved before it moves: kind, and the rows of `$2` with their version.
const NOTED: [&str; 5] = [
    "SELECT $1, 'case', c.id, '', c.version FROM cases c WHERE c.customer = $2",
    "SELECT $1, 'unit', u.id, '', 0 FROM units u WHERE u.owner = $2",
    "SELECT $1, 'past', o.id, '', 0 FROM unit_owners o WHERE o.owner = $2",
    "SELECT $1, 'party', p.case_id, p.field, 0 FROM case_parties p WHERE p.customer = $2",
    "SELECT $1, 'file', f.id, '', 0 FROM customers f WHERE f.merged_into = $2",
];

/// Table and column of each kind.
const TABLES: [(&str, &str, &str); 4] = [
    ("case", "cases", "customer"),
    ("unit", "units", "owner"),
    ("past", "unit_owners", "owner"),
    ("file", "customers", "merged_into"),
];

/// Notes what is the file's and gives it to the kept one. Codes of the file are of no use any more.
pub(super) fn writes(merge: i64, kept: CustomerId, gone: CustomerId) -> Vec<Write> {
    let head = "INSERT INTO customer_moves (merge_id, kind, row_id, field, version)";
    let mut writes: Vec<Write> = NOTED
        .iter()
        .map(|rows| {
            let rows = rows.replace("$1", "CAST($1 AS BIGINT)");
            Write::any(format!("{head} {rows}"), cells![merge, gone])
        })
        .collect();
    writes.extend(given(merge, kept, gone));
    writes.push(Write::any("DELETE FROM customer_codes WHERE customer = $1", cells![gone]));
    writes
}

/// Gives what a merge moved from one file to the other, as far as it is still there.
pub(super) fn given(merge: i64, to: CustomerId, from: CustomerId) -> Vec<Write> {
    let mut writes: Vec<Write> = TABLES
        .iter()
        .map(|(kind, table, column)| {
            let sql = format!(
                "UPDATE {table} SET {column} = $2 WHERE {column} = $3 AND id IN \
                 (SELECT m.row_id FROM customer_moves m WHERE m.merge_id = $1 \
                 AND m.kind = '{kind}')"
            );
            Write::any(sql, cells![merge, to, from])
        })
        .collect();
    writes.push(Write::any(
        "UPDATE case_parties SET customer = $2 WHERE customer = $3 AND EXISTS \
         (SELECT 1 FROM customer_moves m WHERE m.merge_id = $1 AND m.kind = 'party' \
         AND m.row_id = case_parties.case_id AND m.field = case_parties.field)",
        cells![merge, to, from],
    ));
    writes
}
