//! Early warning (质量预警): the faults of a production batch beside what all other batches let
//! expect at the same months in service.
//!
//! Of each month in service the others' faults per vehicle are known; times the vehicles of the
//! batch that lived through that month, added up, that is what the batch would show were it no
//! worse than the rest. How far chance alone carries a count above that, Poisson's law says: from
//! the limit on, a batch stands out. Half a fault is added to the others', so that nothing counts
//! as impossible because few vehicles have not shown it yet.

use base::Day;
use std::collections::{BTreeMap, BTreeSet};

/// Vehicles or parts of a batch that began in the same month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Began {
    /// The batch.
    pub batch: String,
    /// The month in which they went into service, as [`month_of`] counts.
    pub from: i32,
    /// The month in which they left it; `None` while they are in use.
    pub until: Option<i32>,
    /// How many.
    pub count: u32,
}

/// Faults of a batch that came in the same months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The batch.
    pub batch: String,
    /// The month in which what failed had gone into service.
    pub from: i32,
    /// The month of the fault.
    pub at: i32,
    /// How many.
    pub count: u32,
}

/// What makes a batch stand out; settings of the company.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Months in service that are compared.
    pub months: u16,
    /// How likely a batch that is no worse is named all the same, as a share of one.
    pub chance: f64,
    /// Fewer faults are never a warning.
    pub least: u32,
}

/// A batch as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The batch.
    pub batch: String,
    /// Vehicles or parts of it that went into service.
    pub units: u32,
    /// Faults of it in the months that are compared.
    pub observed: u32,
    /// Faults the others let expect; `None` where no other was in use so long.
    pub expected: Option<f64>,
    /// From so many faults on it stands out.
    pub limit: Option<u32>,
    /// Whether it does.
    pub warned: bool,
}

/// A month as one number: years times twelve and the month, from 0.
pub fn month_of(day: Day) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// Lived and failed by month in service.
#[derive(Debug, Clone, Default)]
struct Life {
    units: u32,
    lived: BTreeMap<u16, f64>,
    faults: BTreeMap<u16, u32>,
}

/// How every batch stands today, in the order of their names.
pub fn stand(began: &[Began], failed: &[Failed], today: Day, limits: &Limits) -> Vec<Standing> {
    let lives = lives(began, failed, today, limits.months);
    let mut all = Life::default();
    for life in lives.values() {
        for (age, lived) in &life.lived {
            *all.lived.entry(*age).or_default() += lived;
        }
        for (age, faults) in &life.faults {
            *all.faults.entry(*age).or_default() += faults;
        }
    }
    lives.into_iter().map(|(batch, life)| compared(batch, &life, &all, limits)).collect()
}

fn lives(began: &[Began], failed: &[Failed], today: Day, months: u16) -> BTreeMap<String, Life> {
    let now = month_of(today);
    // The month under way counts as far as it has gone.
    let gone = f64::from(today.day()) / f64::from(today.days_in_month());
    let mut lives: BTreeMap<String, Life> = BTreeMap::new();
    for row in began.iter().filter(|row| row.from <= now) {
        let life = lives.entry(row.batch.clone()).or_default();
        life.units = life.units.saturating_add(row.count);
        let last = row.until.unwrap_or(now).min(now);
        for age in 0..months {
            let month = row.from + i32::from(age);
            if month > last {
                break;
            }
            let share = if month == now { gone } else { 1.0 };
            *life.lived.entry(age).or_default() += share * f64::from(row.count);
        }
    }
    for row in failed {
        let Ok(age) = u16::try_from(row.at - row.from) else { continue };
        let Some(life) = lives.get_mut(&row.batch).filter(|_| age < months) else { continue };
        let faults = life.faults.entry(age).or_default();
        *faults = faults.saturating_add(row.count);
    }
    lives
}

fn compared(batch: String, life: &Life, all: &Life, limits: &Limits) -> Standing {
    let (mut expected, mut own_lived, mut others_lived) = (0.0, 0.0, 0.0);
    let (mut observed, mut others_faults) = (0_u32, 0.0);
    let ages: BTreeSet<u16> = life.lived.keys().copied().collect();
    for age in ages {
        let of = |map: &BTreeMap<u16, f64>| map.get(&age).copied().unwrap_or_default();
        let faults = |map: &BTreeMap<u16, u32>| map.get(&age).copied().unwrap_or_default();
        let (own, lived) = (of(&life.lived), of(&all.lived) - of(&life.lived));
        // Sums of shares of a month differ in their last digits.
        if lived < 1e-9 {
            continue;
        }
        let others = f64::from(faults(&all.faults) - faults(&life.faults));
        observed += faults(&life.faults);
        expected += own * others / lived;
        own_lived += own;
        others_lived += lived;
        others_faults += others;
    }
    let known = others_lived > 0.0;
    let expected = known.then(|| {
        if others_faults > 0.0 {
            expected * (others_faults + 0.5) / others_faults
        } else {
            0.5 * own_lived / others_lived
        }
    });
    let limit = expected.map(|mean| limit(mean, limits.chance).max(limits.least));
    let warned = limit.is_some_and(|limit| observed >= limit);
    Standing { batch, units: life.units, observed, expected, limit, warned }
}

/// The least count that chance reaches with at most that probability where `mean` is expected.
pub fn limit(mean: f64, chance: f64) -> u32 {
    if mean <= 0.0 || !mean.is_finite() {
        return 1;
    }
    // Summed from the mean upwards: its terms neither vanish nor grow, however large the mean is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "bounded above and not negative"
    )]
    let start = mean.min(1e6).floor() as u32;
    let factorial: f64 = (1..=start).map(|k| f64::from(k).ln()).sum();
    let mut term = (f64::from(start) * mean.ln() - mean - factorial).exp();
    let mut terms = Vec::new();
    let mut at = start;
    while term > 1e-18 {
        terms.push(term);
        at += 1;
        term *= mean / f64::from(at);
    }
    let mut tail: f64 = terms.iter().sum();
    let mut count = start;
    for term in terms {
        if tail <= chance && count > 0 {
            break;
        }
        tail -= term;
        count += 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMITS: Limits = Limits { months: 24, chance: 0.001, least: 3 };

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn month(text: &str) -> i32 {
        month_of(day(&format!("{text}-01")))
    }

    fn began(batch: &str, from: &str, count: u32) -> Began {
        Began { batch: batch.into(), from: month(from), until: None, count }
    }

    fn failed(batch: &str, from: &str, at: &str, count: u32) -> Failed {
        Failed { batch: batch.into(), from: month(from), at: month(at), count }
    }

    #[test]
    fn the_limit_is_where_chance_ends() {
        // Tails of Poisson's law, from printed tables.
        for (mean, chance, expect) in [
            (0.1, 0.01, 2),
            (0.5, 0.01, 4),
            (1.0, 0.05, 4),
            (1.0, 0.001, 6),
            (5.0, 0.01, 12),
            (10.0, 0.001, 22),
        ] {
            assert_eq!(limit(mean, chance), expect, "{mean} {chance}");
        }
        let far = limit(10_000.0, 0.001);
        assert!((10_305..10_320).contains(&far), "{far}");
    }

    #[test]
    fn a_bad_batch_stands_out_and_the_others_do_not() {
        let sold = [
            began("2601", "2026-01", 200),
            began("2602", "2026-02", 200),
            began("2603", "2026-03", 200),
        ];
        let broke = [
            failed("2601", "2026-01", "2026-03", 1),
            failed("2602", "2026-02", "2026-04", 9),
            failed("2603", "2026-03", "2026-06", 2),
        ];
        let all = stand(&sold, &broke, day("2026-07-31"), &LIMITS);
        let named: Vec<_> = all.iter().filter(|one| one.warned).map(|one| &one.batch).collect();
        assert_eq!(named, ["2602"]);
        assert_eq!((all[1].units, all[1].observed), (200, 9));
        let expected = all[1].expected.expect("others were in use");
        assert!((1.0..2.5).contains(&expected), "{expected}");
    }

    #[test]
    fn months_no_other_batch_has_seen_are_not_compared() {
        let sold = [began("old", "2026-01", 50), began("new", "2026-06", 50)];
        let broke =
            [failed("old", "2026-01", "2026-06", 4), failed("new", "2026-06", "2026-06", 1)];
        let all = stand(&sold, &broke, day("2026-07-31"), &LIMITS);
        // The new batch lived through two months; of the old one's sixth month nobody can judge.
        assert_eq!((all[1].observed, all[0].observed), (0, 1));
        let alone = stand(&sold[..1], &broke[..1], day("2026-07-31"), &LIMITS);
        assert_eq!((alone[0].expected, alone[0].warned), (None, false));
    }

    #[test]
    fn what_left_service_is_expected_no_longer() {
        let sold = [
            Began { until: Some(month("2026-02")), ..began("short", "2026-01", 100) },
            began("long", "2026-01", 100),
        ];
        let broke = [failed("long", "2026-01", "2026-05", 5)];
        let all = stand(&sold, &broke, day("2026-07-31"), &LIMITS);
        assert_eq!((all[0].observed, all[1].observed), (0, 0));
    }

    proptest! {
        #[test]
        fn the_limit_holds_its_promise(mean in 0.001_f64..200.0, chance in 0.0001_f64..0.2) {
            let limit = limit(mean, chance);
            let mut term = (-mean).exp();
            let mut below = 0.0;
            for k in 0..limit {
                below += term;
                term *= mean / f64::from(k + 1);
            }
            // At the limit chance is small enough, one below it is not.
            prop_assert!(1.0 - below <= chance + 1e-9);
            let last = term * f64::from(limit) / mean;
            prop_assert!(limit == 1 || 1.0 - below + last > chance - 1e-9);
        }

        #[test]
        fn equal_batches_expect_what_they_show(many in 50_u32..500, faults in 0_u32..20) {
            let sold = [began("a", "2026-01", many), began("b", "2026-01", many)];
            let broke = [
                failed("a", "2026-01", "2026-03", faults),
                failed("b", "2026-01", "2026-03", faults),
            ];
            let all = stand(&sold, &broke, day("2026-07-31"), &LIMITS);
            let expected = all[0].expected.expect("the other was in use");
            prop_assert!((expected - f64::from(faults) - 0.5).abs() < 1.0);
            prop_assert!(!all[0].warned && !all[1].warned);
        }

        #[test]
        fn more_faults_never_lift_a_warning(faults in 0_u32..40) {
            let sold = [began("a", "2026-01", 300), began("b", "2026-01", 300)];
            let warned = |faults| {
                let broke = [
                    failed("a", "2026-01", "2026-03", faults),
                    failed("b", "2026-01", "2026-03", 2),
                ];
                stand(&sold, &broke, day("2026-07-31"), &LIMITS)[0].warned
            };
            prop_assert!(!warned(faults) || warned(faults + 1));
        }
    }
}
