//! What measures counted: deltas beside the journal, totals folded from them now and then, and
//! reading both together, so that a number is never behind.

mod entered;
mod fold;
mod read;
mod tallies;

pub use entered::{Entered, NewEntered};
pub use read::{CountedCase, Counts, CountsQuery, Grain};
pub use tallies::{TallyQuery, TallyRow};

use crate::exec::cell::cells;
use crate::exec::{Cell, Write};
use base::CaseId;
use engine::{Delta, Entry};

/// The class of what has none.
pub(crate) const NO_BUCKET: i64 = -1;

/// The class of a delta as a column.
pub(crate) fn bucket(delta: &Delta) -> i64 {
    delta.bucket.map_or(NO_BUCKET, i64::from)
}

/// The deltas of a command's entries, beside the entries themselves.
pub(crate) fn writes(case: CaseId, entries: &[Entry], ids: &[i64]) -> Vec<Write> {
    let each = entries.iter().zip(ids).flat_map(|(entry, id)| {
        entry.counted.iter().map(move |delta| row(case, *id, entry, delta))
    });
    Write::rows(
        "INSERT INTO measure_deltas (case_id, entry, occurred_at, measure, org, day, dims, bucket, \
         times, amount) VALUES",
        each.collect(),
        "",
    )
}

fn row(case: CaseId, entry_id: i64, entry: &Entry, delta: &Delta) -> Vec<Cell> {
    cells![
        case,
        entry_id,
        entry.occurred_at,
        &delta.measure,
        delta.org,
        delta.day,
        delta.key(),
        bucket(delta),
        delta.times,
        delta.amount,
    ]
}
