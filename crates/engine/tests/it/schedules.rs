//! Schedules: every period once, whatever the zone, the length of the month or the outage.

use crate::packs;
use base::time::{Zone, add_days};
use base::{Calendar, Day, Instant};
use engine::schedule::{Asked, Plan, Subject};
use proptest::prelude::*;
use rulebook::model::Schedule;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

fn schedule(change: &Json) -> Schedule {
    let mut whole = json!({
        "id": "test", "title": {"zh": "测试", "en": "Test"}, "opens": "stocktake_task",
        "every": "month", "each": "org", "clause": ["T-1"],
    });
    for (key, value) in change.as_object().into_iter().flatten() {
        whole[key] = value.clone();
    }
    serde_json::from_value(whole).expect("a schedule of the test")
}

fn day(text: &str) -> Day {
    text.parse().expect("a day of the test")
}

fn at(zone: &Zone, text: &str) -> Instant {
    zone.instant(text.parse().expect("a time of the test"))
}

fn calendars() -> BTreeMap<String, Calendar> {
    packs::ebike().calendars.clone()
}

/// The runs between two local times, as period and local time.
fn runs(change: &Json, zone: &Zone, from: &str, to: &str) -> Vec<(String, String)> {
    let (schedule, calendars) = (schedule(change), calendars());
    let found = Plan::new(&schedule, zone, &calendars).between(at(zone, from), at(zone, to));
    assert_eq!(found.unknown, None);
    let shown = |at: Instant| zone.local(at).strftime("%Y-%m-%d %H:%M").to_string();
    found.runs.into_iter().map(|run| (run.period, shown(run.at))).collect()
}

fn check(change: &Json, from: &str, to: &str, expected: &[(&str, &str)]) {
    let got = runs(change, &Zone::default(), from, to);
    let got: Vec<(&str, &str)> = got.iter().map(|(p, at)| (p.as_str(), at.as_str())).collect();
    assert_eq!(got, expected, "{change}");
}

#[test]
fn each_period_has_its_day() {
    check(
        &json!({"every": "month", "day": 31, "time": "09:00"}),
        "2027-01-01T00:00",
        "2027-05-01T00:00",
        &[
            ("2027-01", "2027-01-31 09:00"),
            ("2027-02", "2027-02-28 09:00"),
            ("2027-03", "2027-03-31 09:00"),
            ("2027-04", "2027-04-30 09:00"),
        ],
    );
    check(
        &json!({"every": "month", "day": "last"}),
        "2028-02-01T00:00",
        "2028-02-29T00:00",
        &[("2028-02", "2028-02-29 00:00")],
    );
    check(
        &json!({"every": "year", "month": 1, "day": 15}),
        "2026-01-01T00:00",
        "2028-01-15T00:00",
        &[("2026", "2026-01-15 00:00"), ("2027", "2027-01-15 00:00"), ("2028", "2028-01-15 00:00")],
    );
    check(
        &json!({"every": "quarter", "month": 3, "day": 25}),
        "2026-09-25T00:00",
        "2027-04-01T00:00",
        &[("2026-Q4", "2026-12-25 00:00"), ("2027-Q1", "2027-03-25 00:00")],
    );
    check(
        &json!({"every": "week", "weekday": "sun", "time": "20:00"}),
        "2026-12-28T00:00",
        "2027-01-10T20:00",
        &[("2026-W53", "2027-01-03 20:00"), ("2027-W01", "2027-01-10 20:00")],
    );
}

#[test]
fn a_day_off_is_moved_or_passed_over() {
    let moved = |shift: &str, day: &str| {
        let change = json!({"every": "month", "day": 1, "shift": shift, "calendar": "cn_workdays"});
        check(&change, "2026-09-20T00:00", "2026-10-20T00:00", &[("2026-10", day)]);
    };
    moved("next", "2026-10-08 00:00");
    moved("previous", "2026-09-30 00:00");
    let daily = json!({"every": "day", "shift": "skip", "calendar": "cn_workdays"});
    check(
        &daily,
        "2026-09-30T12:00",
        "2026-10-09T12:00",
        &[("2026-10-08", "2026-10-08 00:00"), ("2026-10-09", "2026-10-09 00:00")],
    );
}

#[test]
fn a_year_without_holidays_is_not_guessed() {
    let (zone, calendars) = (Zone::default(), calendars());
    let last = calendars["cn_workdays"].years.keys().max().copied().expect("years");
    let change = json!({"every": "month", "day": 1, "shift": "next", "calendar": "cn_workdays"});
    let schedule = schedule(&change);
    let plan = Plan::new(&schedule, &zone, &calendars);
    let found = plan.between(
        at(&zone, &format!("{last}-12-01T00:00")),
        at(&zone, &format!("{}-02-10T00:00", last + 1)),
    );
    let unknown = found.unknown.expect("the year is not known");
    assert_eq!((unknown.0.as_str(), unknown.1.0), (&*format!("{}-01", last + 1), last + 1));
    assert!(plan.next_after(at(&zone, &format!("{last}-12-20T00:00"))).is_err());
}

#[test]
fn it_does_not_run_before_it_holds() {
    check(
        &json!({"every": "month", "day": 10, "from": "2027-02-11"}),
        "2027-01-01T00:00",
        "2027-04-01T00:00",
        &[("2027-03", "2027-03-10 00:00")],
    );
}

#[test]
fn a_period_is_found_by_its_name_and_no_other() {
    let (zone, calendars) = (Zone::default(), BTreeMap::new());
    for (change, period, expected) in [
        (json!({"every": "month", "day": 31}), "2027-02", Some("2027-02-28")),
        (json!({"every": "month", "day": 31}), "2027-2", None),
        (json!({"every": "month", "day": 31}), "2027-13", None),
        (json!({"every": "year", "month": 2, "day": 30}), "2028", Some("2028-02-29")),
        (json!({"every": "quarter", "month": 1, "day": 1}), "2027-Q4", Some("2027-10-01")),
        (json!({"every": "quarter", "month": 1, "day": 1}), "2027-Q5", None),
        (json!({"every": "week", "weekday": "mon"}), "2026-W53", Some("2026-12-28")),
        (json!({"every": "week", "weekday": "mon"}), "2027-W53", None),
        (json!({"every": "day"}), "2027-02-29", None),
        (json!({"every": "day"}), "天", None),
    ] {
        let schedule = schedule(&change);
        let run = Plan::new(&schedule, &zone, &calendars).of_period(period).expect("known years");
        let got = run.map(|run| run.day.to_string());
        assert_eq!(got.as_deref(), expected, "{change} {period}");
    }
}

/// A night without the hour: in New York 02:30 does not exist on 2027-03-14.
#[test]
fn a_time_that_a_zone_skips_still_comes_once() {
    let zone = Zone::try_new("America/New_York").expect("a zone");
    let change = json!({"every": "day", "time": "02:30"});
    let got = runs(&change, &zone, "2027-03-13T00:00", "2027-03-16T00:00");
    let days: Vec<&str> = got.iter().map(|(period, _)| period.as_str()).collect();
    assert_eq!(days, ["2027-03-13", "2027-03-14", "2027-03-15"]);
}

#[test]
fn what_an_outage_held_up_is_a_late_entry_at_its_time() {
    let (release, zone) = (packs::ebike(), Zone::default());
    let schedule = schedule(&json!({"day": 5, "form": {"period": "schedule.period"},
        "where": "org.kind = \"station\""}));
    let calendars = calendars();
    let plan = Plan::new(&schedule, &zone, &calendars);
    let run = plan.of_period("2027-01").expect("known").expect("a run");
    for (now, late) in [("2027-01-05T00:20", false), ("2027-01-09T08:00", true)] {
        let now = at(&zone, now);
        let asked = Asked { release, schedule: &schedule, run: &run, zone: &zone, now };
        let org = json!({"kind": "station"}).as_object().cloned().expect("an object");
        let subject = Subject::org(base::OrgId(1), &org);
        assert!(asked.is_for(subject));
        assert!(!asked.is_for(Subject { facts: &serde_json::Map::new(), ..subject }));
        let command = asked.command(subject, None);
        assert_eq!(command.late.is_some(), late);
        assert_eq!(command.occurred_at, if late { run.at } else { now });
        assert_eq!(command.form["period"], "2027-01");
    }
}

/// Whatever day a vehicle was sold, it comes of each age on one day; the end of a short month
/// stands for the days it lacks.
#[test]
fn a_vehicle_comes_of_an_age_on_one_day() {
    let schedule = schedule(&json!({"every": "day", "each": "unit", "age": ["6 mo", "90 d"]}));
    let sold = |on: &str| -> Vec<(String, String)> {
        let sold = schedule.sold_for(on.parse().expect("a day"));
        sold.into_iter().map(|(day, age)| (day.to_string(), age.to_string())).collect()
    };
    let six = |days: &[&str]| -> Vec<(String, String)> {
        days.iter().map(|day| ((*day).to_owned(), "6 mo".to_owned())).collect()
    };
    let ninety = |day: &str| vec![(day.to_owned(), "90 d".to_owned())];
    for (on, expected) in [
        ("2026-11-30", [six(&["2026-05-30", "2026-05-31"]), ninety("2026-09-01")].concat()),
        ("2027-02-28", {
            let days = ["2026-08-28", "2026-08-29", "2026-08-30", "2026-08-31"];
            [six(&days), ninety("2026-11-30")].concat()
        }),
        ("2028-02-28", [six(&["2027-08-28"]), ninety("2027-11-30")].concat()),
        ("2026-08-31", ninety("2026-06-02")),
    ] {
        assert_eq!(sold(on), expected, "{on}");
    }
    let mut day: base::Day = "2025-01-01".parse().expect("a day");
    let mut counted = std::collections::BTreeMap::new();
    for _ in 0..1500 {
        for (sold, age) in schedule.sold_for(day) {
            *counted.entry((sold, age.to_string())).or_insert(0) += 1;
        }
        day = base::time::add_days(day, 1).expect("a day");
    }
    assert!(counted.values().all(|times| *times == 1));
    assert!(counted.len() > 2 * 1300, "no day of sale is forgotten");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// However the time is cut, every period comes exactly once, in order, at its own label.
    #[test]
    fn every_period_comes_exactly_once(
        kind in 0_usize..5,
        month in 1_i8..=3,
        date in 1_i8..=31,
        minute in 0_u16..1440,
        zone in 0_usize..4,
        cuts in prop::collection::vec(1_i64..90 * 86_400, 1..12),
        begin in 0_i64..3_000,
    ) {
        let zone = ["Asia/Shanghai", "America/New_York", "Pacific/Apia", "Europe/London"][zone];
        let zone = Zone::try_new(zone).expect("a zone");
        let every = ["day", "week", "month", "quarter", "year"][kind];
        let time = format!("{:02}:{:02}", minute / 60, minute % 60);
        let mut change = json!({"every": every, "time": time});
        match every {
            "week" => change["weekday"] = json!("wed"),
            "month" => change["day"] = json!(date),
            "quarter" | "year" => {
                change["day"] = json!(date);
                change["month"] = json!(month);
            }
            _ => {}
        }
        let (schedule, calendars) = (schedule(&change), BTreeMap::new());
        let plan = Plan::new(&schedule, &zone, &calendars);
        let first = add_days(day("2020-01-01"), begin).expect("a day");
        let start = zone.minute_of(first, 0);
        let mut from = start;
        let mut pieces = Vec::new();
        for cut in cuts {
            let to = from.plus_seconds(cut);
            pieces.extend(plan.between(from, to).runs);
            from = to;
        }
        let whole = plan.between(start, from).runs;
        prop_assert_eq!(&whole, &pieces);
        for pair in whole.windows(2) {
            prop_assert!(pair[0].at < pair[1].at, "in order");
            prop_assert_eq!(add_days(pair[0].ends, 1), Some(pair[1].starts), "none left out");
        }
        for run in &whole {
            prop_assert!(run.starts <= run.day && run.day <= run.ends);
            let named = plan.of_period(&run.period).expect("known years");
            prop_assert_eq!(named.as_ref(), Some(run));
            let before = Instant(run.at.0 - 1);
            let next = plan.next_after(before).expect("known years");
            prop_assert_eq!(next.as_ref(), Some(run));
        }
    }
}
