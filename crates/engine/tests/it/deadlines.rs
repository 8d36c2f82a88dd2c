//! Deadlines: the rules one by one, the mistakes that users of other systems reported, and what
//! holds of every deadline whatever happens to it.

use base::calendar::{Calendar, YearPlan};
use base::time::{Span, add_days};
use base::{Hours, Instant, Zone};
use engine::deadline::{Fired, NotExtended, Setting, Stopped, Term};
use engine::{DeadlineState, DeadlineStatus};
use jiff::civil::{date, datetime};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rulebook::model::{Deadline, Length};

fn rule(text: &str) -> Deadline {
    let json = format!(
        r#"{{"id":"d","title":{{"zh":"时限","en":"Deadline"}},"starts":["enter a"],
            "stops":["leave a"],"clause":["T-1"],{text}}}"#
    );
    serde_json::from_str(&json).expect("a deadline of the test")
}

fn at(day: i8, hour: i8, minute: i8) -> Instant {
    Zone::default().instant(datetime(2026, 11, day, hour, minute, 0, 0))
}

fn span(text: &str) -> Span {
    Span::parse(text).expect("a span of the test")
}

/// What the arithmetic stands on, with the rule's own length.
fn setting<'a>(rule: &'a Deadline, zone: &'a Zone) -> Setting<'a> {
    let length = match &rule.within {
        Some(Length::One(within)) => within.span.map(Term::Span),
        _ => None,
    };
    Setting { rule, zone, calendar: None, length }
}

/// Tries a deadline that started on the 21st at nine.
fn on(text: &str, run: impl FnOnce(Setting<'_>, DeadlineState)) {
    let (rule, zone) = (rule(text), Zone::default());
    let setting = setting(&rule, &zone);
    let state = setting.start(1, at(21, 9, 0));
    run(setting, state);
}

fn times(fired: &[Fired]) -> Vec<Instant> {
    fired.iter().map(Fired::at).collect()
}

#[test]
fn at_the_due_instant_one_is_on_time() {
    on(r#""within":"24 h""#, |s, mut d| {
        assert_eq!(s.fire(&mut d, at(22, 9, 0)), vec![]);
        assert_eq!(s.stop(&mut d, at(22, 9, 0)).status, DeadlineStatus::Met);
    });
}

#[test]
fn warnings_come_before_the_breach_and_each_once() {
    let text =
        r#""within":"24 h","warn":[{"before":"1 h","to":["b"]},{"before":"4 h","to":["a"]}]"#;
    on(text, |s, mut d| {
        assert_eq!(d.next_at(), Some(at(22, 5, 0)));
        let fired = s.fire(&mut d, at(23, 0, 0));
        assert_eq!(times(&fired), [at(22, 5, 0), at(22, 8, 0), at(22, 9, 0)]);
        assert_eq!(s.fire(&mut d, at(24, 0, 0)), vec![], "nothing fires twice");
        assert_eq!(d.next_at(), None);
        assert_eq!(s.stop(&mut d, at(24, 0, 0)).status, DeadlineStatus::Late);
    });
}

#[test]
fn a_warning_longer_than_the_deadline_is_passed_over() {
    on(r#""within":"5 min","warn":[{"before":"4 h","to":["a"]}]"#, |s, mut d| {
        let fired = s.fire(&mut d, at(22, 9, 0));
        assert_eq!(fired, vec![Fired::Breached { at: at(21, 9, 5), times: 1 }]);
    });
}

#[test]
fn missed_repeats_are_each_recorded_once() {
    on(r#""within":"1 h","repeat":"1 h""#, |s, mut d| {
        assert_eq!(s.fire(&mut d, at(21, 12, 30)).len(), 3);
        assert_eq!((d.breaches, d.due_at), (3, at(21, 13, 0)));
        assert_eq!(s.fire(&mut d, at(21, 12, 30)), vec![]);
        assert_eq!(s.fire(&mut d, at(21, 13, 30)).len(), 1);
        assert_eq!(d.next_at(), Some(Instant(at(21, 14, 0).0 + 1)));
    });
}

#[test]
fn a_year_of_missed_minutes_ends() {
    on(r#""within":"1 min","repeat":"1 min""#, |s, mut d| {
        let fired = s.fire(&mut d, at(30, 9, 0));
        assert_eq!(fired.len(), 101);
        assert_eq!(d.breaches, 9 * 24 * 60 - 1);
    });
}

#[test]
fn a_repeat_by_months_does_not_drift() {
    let (rule, zone) = (rule(r#""within":"1 mo","repeat":"1 mo""#), Zone::default());
    let s = setting(&rule, &zone);
    let mut d = s.start(1, zone.instant(datetime(2026, 12, 31, 9, 0, 0, 0)));
    let fired = s.fire(&mut d, zone.instant(datetime(2027, 5, 1, 9, 0, 0, 0)));
    let days: Vec<_> = times(&fired).iter().map(|at| zone.day(Instant(at.0 - 1))).collect();
    let ends = [(1, 31), (2, 28), (3, 31), (4, 30)].map(|(m, d)| date(2027, m, d));
    assert_eq!(days, ends);
}

#[test]
fn what_happened_in_time_annuls_a_breach_that_fired() {
    on(r#""within":"24 h""#, |s, mut d| {
        s.fire(&mut d, at(23, 9, 0));
        let stopped = s.stop(&mut d, at(22, 8, 0));
        assert_eq!(stopped, Stopped { status: DeadlineStatus::Met, annulled: 1 });
        assert_eq!(d.memory.annulled, 1, "annulled is counted, never forgotten");
    });
    on(r#""within":"1 h","repeat":"1 h""#, |s, mut d| {
        s.fire(&mut d, at(21, 14, 30));
        let stopped = s.stop(&mut d, at(21, 11, 30));
        assert_eq!(stopped, Stopped { status: DeadlineStatus::Late, annulled: 3 });
        assert_eq!(d.breaches, 2);
    });
}

#[test]
fn a_pause_entered_late_annuls_what_fired_while_the_clock_stood() {
    on(r#""within":"2 h""#, |s, mut d| {
        s.fire(&mut d, at(21, 12, 0));
        assert_eq!(d.status, DeadlineStatus::Breached);
        assert_eq!(s.pause(&mut d, at(21, 10, 0)), 1);
        assert_eq!(d.status, DeadlineStatus::Paused);
        s.resume(&mut d, at(21, 15, 0));
        assert_eq!((d.status, d.due_at, d.breaches), (DeadlineStatus::Running, at(21, 16, 0), 0));
    });
    on(r#""within":"2 h""#, |s, mut d| {
        s.fire(&mut d, at(21, 12, 0));
        assert_eq!(s.pause(&mut d, at(21, 11, 30)), 0, "it was broken before it stood still");
        assert_eq!(d.status, DeadlineStatus::Breached);
    });
}

#[test]
fn a_date_that_moves_moves_the_deadline_and_a_breach_stays() {
    let (rule, zone) = (rule(r#""until":"data.promised_at","before":"30 min""#), Zone::default());
    let plain = setting(&rule, &zone);
    let to = |at| Setting { length: Some(Term::At(at)), ..plain };
    let mut d = plain.start(1, at(21, 9, 0));
    assert_eq!(d.status, DeadlineStatus::Pending);
    assert!(to(at(21, 12, 0)).reset(&mut d, at(21, 9, 0)));
    assert_eq!((d.status, d.due_at), (DeadlineStatus::Running, at(21, 11, 30)));
    plain.fire(&mut d, at(21, 11, 40));
    assert!(to(at(21, 15, 0)).reset(&mut d, at(21, 11, 40)));
    assert_eq!((d.status, d.due_at), (DeadlineStatus::Running, at(21, 14, 30)));
    let stopped = plain.stop(&mut d, at(21, 14, 0));
    assert_eq!(stopped, Stopped { status: DeadlineStatus::Late, annulled: 0 });
}

#[test]
fn day_deadlines_pause_by_whole_days() {
    on(r#""within":"7 d""#, |s, mut d| {
        let due = d.due_at;
        s.pause(&mut d, at(22, 9, 0));
        s.resume(&mut d, at(22, 18, 0));
        assert_eq!(d.due_at, due, "a pause within a day is no day");
        s.pause(&mut d, at(22, 18, 0));
        s.resume(&mut d, at(24, 9, 0));
        assert_eq!(d.due_at, due.plus_seconds(2 * 24 * 3600));
    });
}

#[test]
fn a_window_tells_what_is_too_early_and_when_it_opens() {
    let text = r#""within":"7 d","not_before":"3 d","warn":[{"opens":true,"to":["a"]}]"#;
    on(text, |s, mut d| {
        assert_eq!(d.memory.opens_at, Some(at(24, 0, 0)));
        assert_eq!(d.next_at(), Some(at(24, 0, 0)));
        assert_eq!(s.fire(&mut d, at(24, 0, 0)).len(), 1);
        assert_eq!(s.stop(&mut d, at(24, 0, 0)).status, DeadlineStatus::Met);
    });
    on(text, |s, mut d| {
        assert_eq!(s.stop(&mut d, Instant(at(24, 0, 0).0 - 1)).status, DeadlineStatus::Early);
    });
    on(text, |s, mut d| {
        s.fire(&mut d, at(30, 9, 0));
        assert_eq!(s.stop(&mut d, at(30, 9, 0)).status, DeadlineStatus::Late);
    });
}

const STEPS: &str = r#""within":"1 h","escalate":[{"after":"1 d","effects":[]},
    {"after":"2 h","effects":[]}]"#;

#[test]
fn a_breach_that_stays_escalates_step_by_step_each_once() {
    on(STEPS, |s, mut d| {
        assert_eq!(times(&s.fire(&mut d, at(21, 11, 0))), [at(21, 10, 0)]);
        assert_eq!(d.next_at(), Some(at(21, 12, 0)));
        let fired = s.fire(&mut d, at(21, 12, 0));
        assert_eq!(fired, [Fired::Escalated { at: at(21, 12, 0), place: 1 }]);
        let fired = s.fire(&mut d, at(25, 0, 0));
        assert_eq!(fired, [Fired::Escalated { at: at(23, 0, 0), place: 0 }]);
        assert_eq!((s.fire(&mut d, at(29, 0, 0)), d.next_at()), (vec![], None));
    });
    on(STEPS, |s, mut d| {
        s.fire(&mut d, at(21, 11, 0));
        s.pause(&mut d, at(21, 11, 0));
        assert_eq!(s.fire(&mut d, at(29, 0, 0)), vec![], "nobody is blamed while we wait");
        s.resume(&mut d, at(21, 15, 0));
        assert_eq!(d.next_at(), Some(at(21, 16, 0)));
    });
    on(STEPS, |s, mut d| {
        s.fire(&mut d, at(21, 11, 0));
        s.stop(&mut d, at(21, 11, 30));
        assert_eq!((s.fire(&mut d, at(29, 0, 0)), d.next_at()), (vec![], None));
    });
}

#[test]
fn an_extension_is_limited_in_number_and_length() {
    let text = r#""within":"6 mo","extension":{"times":1,"total":"6 mo"}"#;
    on(text, |s, mut d| {
        let zone = Zone::default();
        let due = d.due_at;
        assert_eq!(
            s.extend(&mut d, span("7 mo"), at(22, 9, 0)),
            Err(NotExtended::TooLong(span("6 mo")))
        );
        assert_eq!(d.due_at, due, "a refusal changes nothing");
        assert_eq!(s.extend(&mut d, span("6 mo"), at(22, 9, 0)), Ok(()));
        assert_eq!(d.due_at, zone.end_of(date(2027, 11, 21)));
        assert_eq!(s.extend(&mut d, span("1 d"), at(22, 9, 0)), Err(NotExtended::TooOften(1)));
        s.stop(&mut d, at(23, 9, 0));
        assert_eq!(s.extend(&mut d, span("1 d"), at(24, 9, 0)), Err(NotExtended::NotRunning));
    });
    on(r#""within":"1 h","extension":{"times":2}"#, |s, mut d| {
        s.fire(&mut d, at(21, 11, 0));
        let over = Err(NotExtended::Over(at(21, 10, 30)));
        assert_eq!(s.extend(&mut d, span("30 min"), at(21, 11, 0)), over);
        assert_eq!(s.extend(&mut d, span("3 h"), at(21, 11, 0)), Ok(()));
        assert_eq!((d.status, d.due_at), (DeadlineStatus::Running, at(21, 13, 0)));
        assert_eq!(s.stop(&mut d, at(21, 12, 0)).status, DeadlineStatus::Late, "it was broken");
    });
}

/// GLPI 15605 (and 6902): when the priority changed, the new agreement was counted from the
/// opening and the time on hold was lost.
#[test]
fn glpi_15605_a_new_length_keeps_the_pauses_so_far() {
    let (rule, zone) = (rule(r#""within":"8 h""#), Zone::default());
    let normal = setting(&rule, &zone);
    let urgent = Setting { length: Some(Term::Span(span("3 h"))), ..normal };
    let mut d = normal.start(1, at(21, 9, 0));
    normal.pause(&mut d, at(21, 10, 0));
    normal.resume(&mut d, at(23, 10, 0));
    assert_eq!(d.due_at, at(23, 17, 0));
    assert!(urgent.reset(&mut d, at(23, 10, 30)));
    assert_eq!((d.status, d.due_at), (DeadlineStatus::Running, at(23, 12, 0)));
    // Days instead of hours, and while it stands still.
    let days = Setting { length: Some(Term::Span(span("2 d"))), ..normal };
    normal.pause(&mut d, at(23, 11, 0));
    assert!(days.reset(&mut d, at(23, 11, 0)));
    assert_eq!((d.status, d.due_at), (DeadlineStatus::Paused, at(26, 0, 0)));
}

#[test]
fn a_shorter_length_that_is_already_over_is_due_when_it_begins_to_hold() {
    let (rule, zone) = (rule(r#""within":"8 h""#), Zone::default());
    let normal = setting(&rule, &zone);
    let urgent = Setting { length: Some(Term::Span(span("30 min"))), ..normal };
    let mut d = normal.start(1, at(21, 9, 0));
    assert!(urgent.reset(&mut d, at(21, 12, 0)));
    assert_eq!(d.due_at, at(21, 12, 0));
    assert!(!urgent.reset(&mut d, at(21, 12, 30)), "it does not move again");
    let fired = urgent.fire(&mut d, at(21, 13, 0));
    assert_eq!(fired, [Fired::Breached { at: at(21, 12, 0), times: 1 }]);
}

/// frappe/helpdesk 1554: shown as paused, yet the clock ran on and the time was gone.
#[test]
fn helpdesk_1554_a_paused_clock_stands_and_the_time_comes_back() {
    on(r#""within":"24 h","warn":[{"before":"1 h","to":["a"]}]"#, |s, mut d| {
        for hour in [10, 12, 14] {
            s.pause(&mut d, at(21, hour, 0));
            assert_eq!(s.fire(&mut d, at(23, 0, 0)), vec![], "a paused clock does not fire");
            assert_eq!(d.next_at(), None);
            s.resume(&mut d, at(21, hour + 1, 0));
        }
        assert_eq!((d.due_at, d.memory.paused_seconds()), (at(22, 12, 0), 3 * 3600));
        assert_eq!(d.next_at(), Some(at(22, 11, 0)), "warnings move with it");
    });
}

/// `ERPNext` looked for the next working hour without end where a calendar had none; here the
/// search ends with the years that are known, whatever the length.
#[test]
fn erpnext_a_calendar_without_time_ends_the_search() {
    let all = (0..365).filter_map(|n| add_days(date(2026, 1, 1), n)).collect();
    let plan = YearPlan { source: "test".into(), holidays: all, ..YearPlan::default() };
    let hours = vec![Hours { from: 540, to: 1080 }];
    let closed = Calendar { years: [(2026, plan)].into(), hours, ..Calendar::default() };
    let zone = Zone::default();
    for length in ["3 workday", "900000000000 workday", "1 h"] {
        let rule = rule(&format!(r#""within":"{length}""#));
        let setting = Setting { calendar: Some(&closed), ..setting(&rule, &zone) };
        let waits = setting.start(1, at(21, 9, 0));
        assert_eq!(waits.memory.unknown_year, Some(2027), "{length}");
        assert_eq!((waits.status, waits.next_at()), (DeadlineStatus::Pending, None), "{length}");
    }
}

/// `ERPNext` (47172, 49414) added the time on hold to the start: a hold over night in a calendar of
/// opening hours moved the due instant by the whole night.
#[test]
fn erpnext_a_hold_outside_opening_hours_costs_nothing() {
    let hours = vec![Hours { from: 540, to: 1020 }];
    let daily = Calendar { daily: true, hours, ..Calendar::default() };
    let (rule, zone) = (rule(r#""within":"8 h""#), Zone::default());
    let s = Setting { calendar: Some(&daily), ..setting(&rule, &zone) };
    for (from, to, due) in [
        (at(21, 17, 0), at(22, 9, 0), at(21, 17, 0)),
        (at(21, 15, 0), at(22, 9, 0), at(22, 11, 0)),
        (at(21, 16, 0), at(22, 10, 0), at(22, 11, 0)),
    ] {
        let mut d = s.start(1, at(21, 9, 0));
        assert_eq!(d.due_at, at(21, 17, 0));
        s.pause(&mut d, from);
        s.resume(&mut d, to);
        assert_eq!(d.due_at, due, "{from} {to}");
    }
}

/// A length, in each of its kinds.
fn lengths() -> impl Strategy<Value = Span> {
    prop_oneof![
        (1..600_i64).prop_map(|n| format!("{n} min")),
        (1..90_i64).prop_map(|n| format!("{n} h")),
        (1..40_i64).prop_map(|n| format!("{n} d")),
        (1..20_i64).prop_map(|n| format!("{n} workday")),
        (1..4_i64).prop_map(|n| format!("{n} mo")),
    ]
    .prop_map(|text| span(&text))
}

/// Pauses after the start, apart from each other: minutes to the next, minutes long.
fn pauses() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((1..3000_i64, 1..5000_i64), 0..6)
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let hours = prop_oneof![
        Just(vec![]),
        Just(vec![Hours { from: 540, to: 1080 }]),
        Just(vec![Hours { from: 510, to: 720 }, Hours { from: 810, to: 1440 }]),
    ];
    (hours, prop::collection::btree_set(0..365_i64, 0..40)).prop_map(|(hours, off)| {
        let off = |year| off.iter().filter_map(move |n| add_days(date(year, 1, 1), *n)).collect();
        let plan = |year| {
            (year, YearPlan { source: "test".into(), holidays: off(year), ..YearPlan::default() })
        };
        Calendar { years: [2026, 2027, 2028].map(plan).into(), hours, ..Calendar::default() }
    })
}

/// What is due when a deadline has gone through these pauses, one after the other.
fn due_after(s: Setting<'_>, pauses: &[(i64, i64)]) -> Instant {
    let mut d = s.start(1, at(21, 9, 0));
    let mut now = at(21, 9, 0);
    for (gap, long) in pauses {
        now = now.plus_seconds(gap * 60);
        s.pause(&mut d, now);
        now = now.plus_seconds(long * 60);
        s.resume(&mut d, now);
    }
    d.due_at
}

fn seeded() -> ProptestConfig {
    let rng_seed = RngSeed::Fixed(0x05A4_EBA0);
    ProptestConfig { cases: 100, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(seeded())]

    /// Elapsed time that ran is exactly the length: no pause is lost, none is counted twice.
    #[test]
    fn pauses_never_lose_time(minutes in 1..5000_i64, pauses in pauses()) {
        let (rule, zone) = (rule(&format!(r#""within":"{minutes} min""#)), Zone::default());
        let due = due_after(setting(&rule, &zone), &pauses);
        let (mut now, mut stood) = (at(21, 9, 0), 0);
        for (gap, long) in &pauses {
            let from = now.plus_seconds(gap * 60);
            now = from.plus_seconds(long * 60);
            if from < due {
                stood += now.min(due).seconds_since(from);
            }
        }
        prop_assert_eq!(due.seconds_since(at(21, 9, 0)) - stood, minutes * 60);
    }

    /// Standing still once more never makes anything due earlier.
    #[test]
    fn a_pause_never_makes_it_due_earlier(
        length in lengths(), calendar in calendars(), pauses in pauses(), drop in 0..6_usize,
    ) {
        let (rule, zone) = (rule(r#""within":"1 h""#), Zone::default());
        let s = Setting {
            calendar: Some(&calendar),
            length: Some(Term::Span(length)),
            ..setting(&rule, &zone)
        };
        let all = due_after(s, &pauses);
        // Without one of them the clock runs on through its time.
        let mut fewer = pauses.clone();
        if drop < fewer.len() {
            let (gap, long) = fewer.remove(drop);
            if let Some(next) = fewer.get_mut(drop) {
                next.0 += gap + long;
            }
        }
        prop_assert!(due_after(s, &fewer) <= all, "{fewer:?} against {pauses:?}");
    }

    /// In how many goes time passes makes no difference to what happens.
    #[test]
    fn time_in_many_goes_is_time_in_one(
        length in lengths(), calendar in calendars(), repeats in any::<bool>(),
        mut stops in prop::collection::vec(1..80_000_i64, 1..12),
    ) {
        let repeat = if repeats { r#","repeat":"36 h""# } else { "" };
        let text = format!(
            r#""within":"1 h","not_before":"30 min","warn":[{{"before":"20 min","to":["a"]}},
                {{"opens":true,"to":["a"]}}],"escalate":[{{"after":"2 h","effects":[]}},
                {{"after":"3 d","effects":[]}}]{repeat}"#
        );
        let (rule, zone) = (rule(&text), Zone::default());
        let s = Setting {
            calendar: Some(&calendar),
            length: Some(Term::Span(length)),
            ..setting(&rule, &zone)
        };
        let start = s.start(1, at(21, 9, 0));
        stops.sort_unstable();
        let last = *stops.last().expect("at least one");
        let (mut one, mut many) = (start.clone(), start);
        let once = s.fire(&mut one, at(21, 9, 0).plus_seconds(last * 60));
        let mut often = Vec::new();
        for stop in stops {
            often.extend(s.fire(&mut many, at(21, 9, 0).plus_seconds(stop * 60)));
        }
        prop_assert_eq!(once, often);
        prop_assert_eq!(one, many);
    }
}
