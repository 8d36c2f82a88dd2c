use super::*;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const SMALL: Shape = Shape { vehicles: 120, places: 3, months: 3, sold_in: 12, bad_ago: 5 };

fn made(seed: u64, back: i64, shape: &Shape) -> (Year, Instant) {
    let today = add_days(date(2026, 11, 21), -back).expect("a day");
    let zone = Zone::default();
    let ends = zone.instant(today.at(16, 0, 0, 0));
    (year(seed, today, ends, &zone, shape), ends)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_same_seed_and_day_are_the_same_year(seed: u64, back in 0_i64..800) {
        prop_assert_eq!(made(seed, back, &SMALL), made(seed, back, &SMALL));
    }

    #[test]
    fn a_lane_is_in_order_and_each_case_begins_with_its_opening(
        seed: u64, back in 0_i64..800,
    ) {
        let (year, ends) = made(seed, back, &SMALL);
        let mut came = BTreeSet::new();
        for lane in &year.lanes {
            prop_assert!(lane.is_sorted_by_key(|stint| stint.at));
            let mut opened = BTreeSet::new();
            for stint in lane {
                prop_assert!(year.begins <= stint.at && stint.at <= ends);
                match stint.work {
                    Work::Open(case) => prop_assert!(came.insert(case) && opened.insert(case)),
                    _ => prop_assert!(stint.work.case().is_none_or(|case| opened.contains(&case))),
                }
            }
        }
        prop_assert_eq!(came.len(), year.cases.len(), "every case comes in");
    }

    #[test]
    fn a_vehicle_comes_after_it_was_sold_and_to_the_station_of_its_outlet(
        seed: u64, back in 0_i64..800,
    ) {
        let (year, _) = made(seed, back, &SMALL);
        for (number, lane) in year.lanes.iter().enumerate() {
            for stint in lane {
                let Work::Open(case) = stint.work else { continue };
                let Some(sold) = year.cases[case].vehicle.map(|at| &year.vehicles[at]) else {
                    continue;
                };
                let from = Zone::default().instant(sold.vehicle.sold_on.at(0, 0, 0, 0));
                prop_assert!(from < stint.at);
                prop_assert!(number == 0 || sold.place + 1 == number);
            }
        }
    }
}

#[test]
fn the_company_has_its_size_and_its_numbers_are_its_own() {
    let (year, _) = made(crate::DEMO, 0, &COMPANY);
    assert_eq!((year.vehicles.len(), year.lanes.len()), (1940, 13));
    let of = |process: &str| year.cases.iter().filter(|case| case.process == process).count();
    assert!(of("repair_order") >= 1000, "{} repairs", of("repair_order"));
    for process in ["consultation", "on_site_commission", "complaint", "letter", "training"] {
        assert!(of(process) > 3, "{} of {process}", of(process));
    }
    let distinct = |serial: fn(&Sold) -> &String| {
        year.vehicles.iter().map(serial).collect::<BTreeSet<_>>().len()
    };
    assert_eq!(distinct(|sold| &sold.vehicle.serial), 1940);
    assert_eq!(distinct(|sold| &sold.vehicle.plate), 1940);
    assert_eq!(distinct(|sold| &sold.vehicle.components["li_battery"]), 1940);
    let logins: Vec<_> = workers(crate::DEMO).into_iter().map(|worker| worker.login).collect();
    assert_eq!(logins.iter().collect::<BTreeSet<_>>().len(), logins.len());
}

#[test]
fn the_bad_month_fails_many_times_as_often_as_the_others() {
    let (year, _) = made(crate::DEMO, 0, &COMPANY);
    let mut sold: BTreeMap<bool, f64> = BTreeMap::new();
    for vehicle in &year.vehicles {
        *sold.entry(vehicle.bad).or_default() += 1.0;
    }
    let mut failed: BTreeMap<bool, f64> = BTreeMap::new();
    for case in year.cases.iter().filter(|case| case.component == Some("li_battery")) {
        let vehicle = case.vehicle.expect("a repair of the year has a vehicle");
        *failed.entry(year.vehicles[vehicle].bad).or_default() += 1.0;
    }
    assert!(sold[&true] > 40.0 && sold[&true] < 160.0, "{sold:?}");
    let rate = |bad: bool| failed[&bad] / sold[&bad];
    assert!(rate(true) > 1.8 * rate(false), "{failed:?} of {sold:?}");
    assert_eq!(bad_batch(date(2026, 11, 21), &COMPANY), "BT2603");
}

#[test]
fn summer_and_winter_bring_what_belongs_to_them() {
    let (year, _) = made(crate::DEMO, 0, &COMPANY);
    let mut months: BTreeMap<(&str, i8), u32> = BTreeMap::new();
    for stint in year.lanes.iter().flatten() {
        let Work::Open(case) = stint.work else { continue };
        let Some(component) = year.cases[case].component else { continue };
        *months.entry((component, Zone::default().local(stint.at).month())).or_default() += 1;
    }
    let sum = |part: &'static str, of: [i8; 3]| -> u32 {
        of.iter().filter_map(|month| months.get(&(part, *month))).sum()
    };
    assert!(sum("inner_tube", [6, 7, 8]) > sum("inner_tube", [12, 1, 2]), "{months:?}");
}
