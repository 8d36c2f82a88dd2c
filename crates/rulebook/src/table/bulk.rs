//! One table over columns of facts, for a replay of years of verdicts. The values of a column are
//! sorted into *classes* first: two values are of one class when every row of the table treats them
//! alike. A fact is then a few small numbers, and its row the intersection of as many row sets.
//! Tested against asking fact by fact.

use super::bits::{Bits, rows_of};
use super::fast::Matches;
use super::{Answer, Policy, Table};
use crate::expr::Value;
use std::collections::BTreeMap;

/// A table prepared for columns of facts.
#[derive(Debug, Clone)]
pub struct Bulk<'t> {
    table: &'t Table,
    /// How many 64 rows there are.
    words: usize,
    columns: Vec<Classes>,
}

/// What a column tells apart.
#[derive(Debug, Clone, Default)]
struct Classes {
    /// Row sets that hold, and that hold or may, to the class.
    known: BTreeMap<(Bits, Bits), u16>,
    /// The same sets, class after class: a word that holds, the word that holds or may, the next.
    sets: Vec<[u64; 2]>,
}

/// What a table says of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkAnswer {
    /// This row decides; an index for [`Table::row`].
    Row(u32),
    /// A missing fact could change the answer.
    Open,
    /// No row fits.
    NoRow,
    /// Rows contradict each other.
    Conflict,
}

impl<'t> Bulk<'t> {
    /// Prepares a table; `None` for one that collects, whose answer is no single row.
    pub fn new(table: &'t Table) -> Option<Self> {
        (table.policy != Policy::Collect).then(|| Self::of_rows(table))
    }

    /// Prepares a table of whatever policy for [`Bulk::holding`]; under *collect*
    /// [`Bulk::answer`] gives the first row that holds.
    pub fn of_rows(table: &'t Table) -> Self {
        let columns = vec![Classes::default(); table.inputs.len()];
        Self { table, words: table.len().div_ceil(64), columns }
    }

    /// The class of a value in an input column; `None` when it is of another kind than the column.
    /// Classes are few, values many: the caller asks once for each value that occurs.
    pub fn class(&mut self, column: usize, value: &Value) -> Option<u16> {
        let rows = self.table.len();
        let (holds, unknown) = self.table.fast.sets(column, value)?;
        let or = |a: &Bits, b: &Bits| Bits::of(rows, |row| a.contains(row) || b.contains(row));
        let may = or(&holds, &unknown);
        let classes = &mut self.columns[column];
        let next = u16::try_from(classes.known.len()).ok()?;
        let sets = (0..self.words).map(|nth| [holds.word(nth), may.word(nth)]);
        let sets: Vec<[u64; 2]> = sets.collect();
        let class = *classes.known.entry((holds, may)).or_insert(next);
        if class == next {
            classes.sets.extend(sets);
        }
        Some(class)
    }

    /// What the table says of each fact, given its class in each input column. All columns are as
    /// long as the first; a class is one that [`Bulk::class`] gave.
    pub fn rule(&self, columns: &[&[u16]]) -> Vec<BulkAnswer> {
        debug_assert_eq!(columns.len(), self.columns.len(), "a column for each input");
        let facts = columns.first().map_or(0, |column| column.len());
        (0..facts).map(|fact| self.one(|column| columns[column][fact])).collect()
    }

    /// What the table says of one fact, given its class in each input column.
    pub fn answer(&self, classes: &[u16]) -> BulkAnswer {
        self.one(|column| classes[column])
    }

    /// The rows that surely hold for one fact, in order.
    pub fn holding(&self, classes: &[u16], mut each: impl FnMut(usize)) {
        for nth in 0..self.words {
            let mut yes = self.full(nth);
            for (known, class) in self.columns.iter().zip(classes) {
                yes &= known.sets[usize::from(*class) * self.words + nth][0];
            }
            rows_of(nth, yes).for_each(&mut each);
        }
    }

    /// All rows of the `nth` 64.
    fn full(&self, nth: usize) -> u64 {
        let rest = self.table.len() - nth * 64;
        if rest >= 64 { !0 } else { (1 << rest) - 1 }
    }

    fn one(&self, class: impl Fn(usize) -> u16 + Copy) -> BulkAnswer {
        let first = self.table.policy == Policy::First;
        let mut found: Option<u32> = None;
        for nth in 0..self.words {
            let full = self.full(nth);
            let (mut yes, mut may) = (full, full);
            for (column, classes) in self.columns.iter().enumerate() {
                let [holds, or_may] = classes.sets[usize::from(class(column)) * self.words + nth];
                yes &= holds;
                may &= or_may;
            }
            let maybe = may & !yes;
            let several = !first && (yes.count_ones() > 1 || (yes != 0 && found.is_some()));
            if several || maybe & (lowest(yes).wrapping_sub(1)) != 0 {
                return self.carefully(class);
            }
            if yes != 0 {
                let row = nth * 64 + yes.trailing_zeros() as usize;
                found = u32::try_from(row).ok();
                if first {
                    break;
                }
            }
        }
        found.map_or(BulkAnswer::NoRow, BulkAnswer::Row)
    }

    /// The rare fact of which several rows hold or may hold: by the rules of the hit policy.
    #[cold]
    fn carefully(&self, class: impl Fn(usize) -> u16) -> BulkAnswer {
        let (mut yes, mut maybe) = (Vec::new(), Vec::new());
        for row in 0..self.table.len() {
            let (nth, bit) = (row / 64, 1_u64 << (row % 64));
            let mut sets = self.columns.iter().enumerate().map(|(column, classes)| {
                classes.sets[usize::from(class(column)) * self.words + nth]
            });
            let (holds, may) = sets.by_ref().fold((true, true), |(holds, may), set| {
                (holds && set[0] & bit != 0, may && set[1] & bit != 0)
            });
            match (holds, may) {
                (true, _) => yes.push(row),
                (false, true) => maybe.push(row),
                (false, false) => {}
            }
            if holds && self.table.policy == Policy::First {
                break;
            }
        }
        let ruling = self.table.settle(Matches { yes, maybe });
        match (ruling.answer, ruling.rows.first()) {
            (Answer::Decided, Some(row)) => {
                u32::try_from(*row).map_or(BulkAnswer::NoRow, BulkAnswer::Row)
            }
            (Answer::Undetermined, _) => BulkAnswer::Open,
            (Answer::Conflict, _) => BulkAnswer::Conflict,
            _ => BulkAnswer::NoRow,
        }
    }
}

/// The lowest bit alone; 0 for none, and then one less is every bit.
const fn lowest(word: u64) -> u64 {
    word & word.wrapping_neg()
}
