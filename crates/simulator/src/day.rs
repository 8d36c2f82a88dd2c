//! The script of a station: its last weeks, and its day up to closing time.

use crate::plan::Plan;
use crate::script::{Script, Turn};
use crate::{calls, repairs};
use base::{Day, Instant, Zone};

/// The script for a seed. `today` is the day from which the fleet's ages count, `closes` the
/// instant at which the story ends, which may be the evening before.
pub fn script(seed: u64, today: Day, closes: Instant, zone: &Zone) -> Script {
    let mut plan = Plan::new(seed, today, closes, zone);
    let comes_back = repairs::earlier(&mut plan);
    repairs::waiting_for_parts(&mut plan);
    repairs::declined(&mut plan);
    repairs::other_brand(&mut plan);
    repairs::unregistered(&mut plan);
    repairs::lost_card(&mut plan);
    repairs::not_reproduced(&mut plan);
    repairs::rework(&mut plan, comes_back);
    repairs::today(&mut plan);
    calls::visit_reported(&mut plan);
    calls::overdue_visit(&mut plan);
    calls::visit_today(&mut plan);
    calls::questions(&mut plan);
    calls::asked_by_dealer(&mut plan);
    // What was said before yesterday evening has been read; the rest is news.
    let at = plan.on(1, 18, 0);
    plan.step(at, Turn::Read);
    plan.script()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn made(seed: u64, back: i64, minute: i64) -> (Script, Instant) {
        let today = base::time::add_days(date(2026, 11, 21), -back).expect("a day");
        let zone = Zone::default();
        let closes = zone.instant(today.at(15, 0, 0, 0)).plus_seconds(minute * 60);
        (script(seed, today, closes, &zone), closes)
    }

    proptest! {
        #[test]
        fn the_same_seed_and_day_are_the_same_script(
            seed: u64, back in 0_i64..800, minute in 0_i64..150,
        ) {
            prop_assert_eq!(made(seed, back, minute), made(seed, back, minute));
        }

        #[test]
        fn another_seed_is_another_script(seed: u64, other: u64) {
            // The lowest bit of a seed does not count.
            prop_assume!(seed | 1 != other | 1);
            prop_assert_ne!(made(seed, 0, 0).0, made(other, 0, 0).0);
        }

        #[test]
        fn a_script_is_in_order_and_each_case_begins_with_its_opening(
            seed: u64, back in 0_i64..800, minute in 0_i64..150,
        ) {
            let (script, closes) = made(seed, back, minute);
            prop_assert!(script.steps.is_sorted_by_key(|step| step.at));
            prop_assert!(script.steps.iter().all(|step| step.at <= closes));
            let mut opened = BTreeSet::new();
            for step in &script.steps {
                match &step.turn {
                    Turn::Open(case) => prop_assert!(opened.insert(*case)),
                    turn => prop_assert!(turn.case().is_none_or(|case| opened.contains(&case))),
                }
            }
            prop_assert_eq!(opened.len(), script.cases.len(), "every case comes in");
            let sold = |place: usize| script.vehicles[place].sold_on;
            for step in &script.steps {
                let case = step.turn.case().map(|case| &script.cases[case]);
                if let Some(vehicle) = case.and_then(|case| case.vehicle) {
                    prop_assert!(Zone::default().instant(sold(vehicle).at(0, 0, 0, 0)) < step.at);
                }
            }
        }
    }

    #[test]
    fn the_demonstration_has_something_of_everything() {
        let (script, _) = made(crate::DEMO, 0, 90);
        let processes: BTreeSet<_> = script.cases.iter().map(|case| case.process).collect();
        assert_eq!(
            processes.into_iter().collect::<Vec<_>>(),
            ["consultation", "on_site_commission", "repair_order", "three_guarantees_judgement"]
        );
        assert!(script.cases.len() >= 30, "{} cases", script.cases.len());
        let came: Vec<_> = script.cases.iter().filter_map(|case| case.vehicle).collect();
        let twice = came.iter().collect::<BTreeSet<_>>().len() + 1;
        assert_eq!(came.len(), twice, "one vehicle comes back, every other comes once");
    }
}
