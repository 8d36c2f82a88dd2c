//! A set of rows.

/// Rows of one table, a bit each.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    /// No row of a table with that many.
    pub fn none(rows: usize) -> Self {
        Self(vec![0; rows.div_ceil(64)].into())
    }

    /// The rows of which `holds`.
    pub fn of(rows: usize, holds: impl Fn(usize) -> bool) -> Self {
        let mut bits = Self::none(rows);
        for row in (0..rows).filter(|row| holds(*row)) {
            bits.0[row / 64] |= 1 << (row % 64);
        }
        bits
    }

    /// The `nth` 64 rows.
    pub fn word(&self, nth: usize) -> u64 {
        self.0[nth]
    }

    pub fn contains(&self, row: usize) -> bool {
        self.0[row / 64] & (1 << (row % 64)) != 0
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    /// The first row of the set.
    pub fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(nth, word)| rows_of(nth, *word))
    }
}

/// The rows of the `nth` word.
pub(super) fn rows_of(nth: usize, mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word - 1;
        Some(nth * 64 + bit as usize)
    })
}
