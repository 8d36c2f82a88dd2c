//! Chance that follows from a seed.

/// A small generator of numbers: the same seed throws the same.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// A generator from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next number below `below`.
    pub fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }

    /// A number from `low` up to and with `high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or(0) + 1;
        low + i64::try_from(self.roll(span)).unwrap_or(0)
    }

    /// Whether it comes to so many in a hundred.
    pub fn comes(&mut self, percent: u64) -> bool {
        self.roll(100) < percent
    }

    /// One of a list, each as often as its weight.
    pub fn weigh<T>(&mut self, list: &[T], weight: impl Fn(&T) -> u64) -> usize {
        let mut left = self.roll(list.iter().map(&weight).sum());
        for (place, one) in list.iter().enumerate() {
            match left.checked_sub(weight(one)) {
                Some(less) => left = less,
                None => return place,
            }
        }
        0
    }

    /// One of a list.
    pub fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        let place = self.roll(u64::try_from(list.len()).unwrap_or(1));
        list[usize::try_from(place).unwrap_or(0)]
    }
}
