//! New ids: milliseconds in the high bits, chance in the low ones, so that they sort by time.

use base::Instant;
use std::sync::Mutex;

/// Bits below the milliseconds.
const LOW_BITS: u32 = 20;

/// Makes ids; one per process. Nodes beside it differ by chance, and the primary key refuses twins.
#[derive(Debug, Default)]
pub(crate) struct Ids(Mutex<i64>);

impl Ids {
    /// An id of its own for something made at `now`. Never goes back: more of them in a
    /// millisecond than there is room for run into the next one, and a clock that was set back
    /// gives no id a second time.
    pub(crate) fn next(&self, now: Instant) -> i64 {
        let millis = now.0.div_euclid(1000).max(0);
        let mut last = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *last =
            if *last >> LOW_BITS >= millis { *last + 1 } else { (millis << LOW_BITS) | chance() };
        *last
    }
}

/// Half of the low bits by chance; the rest is room to count within one millisecond.
fn chance() -> i64 {
    let mut bytes = [0; 4];
    // Without a source of randomness ids start at zero; the primary key still refuses twins.
    let _ = getrandom::fill(&mut bytes);
    i64::from(u32::from_le_bytes(bytes)) & ((1 << (LOW_BITS - 1)) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_sort_by_time() {
        let ids = Ids::default();
        let early: Vec<i64> = (0..1000).map(|_| ids.next(Instant(1_800_000_000_000_000))).collect();
        let late = ids.next(Instant(1_800_000_000_001_000));
        assert!(early.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(early.iter().all(|id| *id < late));
        assert!(ids.next(Instant(0)) > late);
        assert!(Ids::default().next(Instant(0)) >= 0);
    }

    #[test]
    fn a_crowded_millisecond_runs_into_the_next_without_twins() {
        let ids = Ids::default();
        let at = |millis: i64| Instant(1_800_000_000_000_000 + millis * 1000);
        let crowd = (0..1 << (LOW_BITS + 1)).map(|_| ids.next(at(0))).last();
        let next: Vec<i64> = [1, 0, 2].map(|millis| ids.next(at(millis))).to_vec();
        assert!(crowd < next.first().copied(), "the crowd reached into the milliseconds after it");
        assert!(next.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
