//! The repairs of a year: of each vehicle, month by month, what its age and the season bring.

use super::faults::{FAULTS, LOCKED, TIRED, rate};
use super::hours::Hours;
use super::{Plan, Work};
use crate::complaint::Complaint;
use crate::plan::repair;
use crate::script::Station;
use crate::script::{Case, Story};
use base::time::{add_days, days_between};
use base::{Day, Instant};
use serde_json::json;

/// Of ten thousand bad batteries, how many fail in a month, from the second to the seventh.
const BAD_RATE: u64 = 650;
/// The ages at which they do.
const BAD_AGES: std::ops::RangeInclusive<i64> = 1..=7;
/// Days before a station's own end at which the last repair comes in: it is followed up by then.
const LAST_DAYS: i64 = 7;
/// What speaks against the maker.
const CAUSES: [&str; 4] = ["misuse", "modification", "impact", "improper_storage"];

/// A visit: what is found, and how it goes.
struct Visit {
    vehicle: usize,
    lane: usize,
    at: Instant,
    what: Complaint,
    age_days: i64,
}

/// Every repair.
pub fn all(plan: &mut Plan<'_>) {
    let mut visits = Vec::new();
    for vehicle in 0..plan.vehicles.len() {
        life(plan, vehicle, &mut visits);
    }
    visits.sort_by_key(|visit| visit.at);
    for visit in visits {
        one(plan, &visit);
    }
}

/// What happens to a vehicle in the months that are lived through.
fn life(plan: &mut Plan<'_>, vehicle: usize, visits: &mut Vec<Visit>) {
    let sold = &plan.vehicles[vehicle];
    let (sold_on, bad, lane) = (sold.vehicle.sold_on, sold.bad, sold.place + 1);
    let north = Plan::place(lane).is_some_and(|place| place.code == Station::NORTH.0);
    let last = plan.until(lane);
    let own = plan.ends > last;
    let last = if own { last.plus_seconds(-LAST_DAYS * 86_400) } else { last };
    let mut month = plan.zone.day(plan.begins);
    while month <= plan.zone.day(last) {
        let age = days_between(sold_on, month) / 30;
        let chosen = fails(plan, age, month, bad).filter(|_| age >= 0);
        // The northern station waits for its motor on the day.
        let chosen = chosen.filter(|what| !north || what.component != "hub_motor");
        let day = add_days(month, plan.dice.between(0, 29)).unwrap_or(month);
        let minute = plan.dice.between(8 * 60 + 20, 16 * 60 + 20);
        let at = plan.zone.minute_of(day, u16::try_from(minute).unwrap_or(600));
        if let Some(what) = chosen
            && day > add_days(sold_on, 3).unwrap_or(sold_on)
            && at > plan.begins
            && at < last
        {
            let age_days = days_between(sold_on, day);
            visits.push(Visit { vehicle, lane, at, what, age_days });
        }
        let Some(next) = add_days(month, 30) else { break };
        month = next;
    }
}

fn fails(plan: &mut Plan<'_>, age: i64, month: Day, bad: bool) -> Option<Complaint> {
    if bad && BAD_AGES.contains(&age) && plan.dice.roll(10_000) < BAD_RATE {
        return Some(if plan.dice.comes(60) { LOCKED } else { TIRED });
    }
    let rates: Vec<u64> = FAULTS.iter().map(|fault| rate(fault, age, month.month())).collect();
    let mut thrown = plan.dice.roll(10_000);
    for (fault, rate) in FAULTS.iter().zip(rates) {
        match thrown.checked_sub(rate) {
            Some(less) => thrown = less,
            None => return Some(fault.what),
        }
    }
    None
}

/// The promise: the same evening, or the next day about noon.
fn promise(plan: &Plan<'_>, at: Instant) -> Instant {
    let local = plan.zone.local(at);
    if local.hour() < 12 {
        return plan.on(local.date(), 17, 30);
    }
    plan.on(add_days(local.date(), 1).unwrap_or(local.date()), 12, 0)
}

fn one(plan: &mut Plan<'_>, visit: &Visit) {
    let case = told(plan, visit);
    let declines = case.declines;
    let mut hours = Hours::from(plan.zone, visit.at);
    let lane = visit.lane;
    let Some(number) = plan.open(lane, visit.at, case) else { return };
    let mut act = |plan: &mut Plan<'_>, minutes: (i64, i64), action: &'static str, more: Story| {
        let wait = plan.dice.between(minutes.0, minutes.1);
        let at = hours.after(wait);
        plan.step(lane, at, Work::Do(number, action, more));
    };
    act(plan, (2, 9), "double_check", Story::new());
    if plan.dice.comes(3) {
        let unseen = Story::from([
            ("reproduced", json!(false)),
            ("test_note", json!("路试未复现，请客户再骑两天")),
        ]);
        act(plan, (8, 25), "diagnose", unseen);
        act(plan, (1500, 3600), "observe_again", Story::new());
    }
    act(plan, (6, 40), "diagnose", Story::new());
    act(plan, (2, 12), "judge", Story::new());
    act(plan, (3, 15), "estimate", Story::new());
    act(plan, (2, 30), "confirm", Story::new());
    if declines {
        return;
    }
    act(plan, (1, 4), "route", Story::new());
    // A busy hour: the workshop gets it later than it should.
    let slow = plan.dice.comes(7);
    act(plan, if slow { (30, 90) } else { (1, 12) }, "assign", Story::new());
    act(plan, (2, 35), "start_repair", Story::new());
    act(plan, (2, 9), "issue_parts", Story::new());
    let long = plan.dice.comes(10);
    act(plan, if long { (300, 900) } else { (20, 110) }, "finish_repair", Story::new());
    if plan.dice.comes(3) {
        let failed = json!({ "fault_solved": true, "parts_firm": false, "exterior_clean": true });
        act(plan, (4, 20), "reinspect", Story::from([("reinspection", failed)]));
        act(plan, (10, 30), "finish_repair", Story::new());
    }
    act(plan, (4, 30), "reinspect", Story::new());
    let later = plan.dice.comes(18);
    act(plan, if later { (700, 2900) } else { (10, 240) }, "settle", Story::new());
    act(plan, (2, 12), "deliver", Story::new());
}

/// What the forms of a visit say.
fn told(plan: &mut Plan<'_>, visit: &Visit) -> Case {
    let place = Plan::place(visit.lane).map_or("", |place| place.code);
    let (part, fault) = (visit.what.component, visit.what.fault);
    let mut case = repair(Station(place), Some(visit.vehicle), &visit.what);
    let technician = plan.dice.roll(12);
    let vehicle = &plan.vehicles[visit.vehicle].vehicle;
    // Kilometres a day: as different as riders are.
    let odometer = visit.age_days * i64::from(7 + vehicle.number % 17) + 12;
    case = case
        .told("technician", json!({ super::TECHNICIAN: technician }))
        .told("odometer", json!(odometer))
        .told("promised_at", json!(promise(plan, visit.at).to_string()))
        .told("genuine_parts", json!(true));
    case.story.remove("planned_hours");
    if fault == "low_capacity" {
        let percent = if plan.dice.comes(88) { plan.dice.between(38, 58) } else { 66 };
        let test =
            json!({ "value": percent, "instrument": "BT-3", "temperature": 22, "charge": 100 });
        case = case.told("capacity", test);
    }
    if plan.dice.comes(4) && !["tire", "brake_pad"].contains(&part) {
        let against = CAUSES[usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
        case = case.told("causes", json!([against]));
    } else {
        case.story.insert("causes", json!([]));
    }
    let dear = ["li_battery", "hub_motor", "controller"].contains(&part);
    let over = visit.age_days > if part == "controller" { 365 } else { 730 };
    case.declines = dear && over && plan.dice.comes(35);
    if case.declines {
        case = case.told("declined_note", json!("客户嫌贵，先骑着"));
    }
    let means = ["wechat", "wechat", "alipay", "cash"];
    let means = means[usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
    case.told("payment_means", json!(means))
}
