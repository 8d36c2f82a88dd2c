//! Repairs at the station: of the last weeks, of today, and the ones that go another way.

use crate::complaint::{
    BROKEN_LEVER, BURNT_MOTOR, Complaint, DEAD_CONTROLLER, EVERYDAY, WEAK_BATTERY, WEAR,
};
use crate::plan::{Plan, repair};
use crate::script::{Case, Station, Story, Turn};
use base::Instant;
use serde_json::json;

/// A measured capacity with its circumstances.
fn capacity(case: Case, percent: i64) -> Case {
    let test = json!({ "value": percent, "instrument": "BT-3", "temperature": 22, "charge": 100 });
    case.told("capacity", test)
}

/// A promise so many minutes after the vehicle came.
fn promised(case: Case, from: Instant, minutes: i64) -> Case {
    case.told("promised_at", json!(from.plus_seconds(minutes * 60).to_string()))
}

/// A case from reception to delivery within the day.
fn delivered(plan: &mut Plan<'_>, at: Instant, case: Case) -> usize {
    let case = promised(case, at, 300);
    let number = plan.open(at, case);
    let assigned = plan.drive(number, at, 3, "assigned");
    let work = plan.dice.between(35, 90);
    let inspected = plan.drive(number, assigned.plus_seconds(work * 60), 6, "passed");
    plan.drive(number, inspected.plus_seconds(40 * 60), 8, "delivered");
    number
}

/// Weeks ago: what was delivered, followed up, comes back, or is still waited for.
pub fn earlier(plan: &mut Plan<'_>) -> Option<usize> {
    let vehicle = plan.vehicle(400);
    let at = plan.on(25, 9, 10);
    let case = repair(Station::NORTH, vehicle, &DEAD_CONTROLLER).by("chenqiang");
    let first = delivered(plan, at, case);
    let at = plan.on(21, 10, 30);
    plan.step(at, answered(first, 5, "修得快，讲得清楚"));

    let car = plan.vehicle(300);
    let at = plan.on(17, 13, 40);
    let case = repair(Station::NORTH, car, &BURNT_MOTOR).by("zhaolei");
    let second = delivered(plan, at, case);
    let at = plan.on(13, 11, 5);
    plan.step(at, problem(second, "question", "新换的电机比原来响，是不是正常"));

    // Delivered nine days ago and never called: its follow-up is overdue by now.
    for (days, age, place) in [(9, 210, 0), (5, 540, 2), (4, 140, 9)] {
        let car = plan.vehicle(age);
        let at = plan.on(days, 9, 30);
        let case = repair(Station::NORTH, car, EVERYDAY[place]).by("zhaolei");
        delivered(plan, at, case);
    }
    let worn = plan.vehicle(580);
    let at = plan.on(3, 14, 0);
    let case = repair(Station::NORTH, worn, WEAR[0]).by("chenqiang");
    delivered(plan, at, case.told("payment_means", json!("wechat")));
    vehicle
}

/// A motor that waits for its part since the day before yesterday.
pub fn waiting_for_parts(plan: &mut Plan<'_>) {
    let car = plan.vehicle(250);
    let at = plan.on(2, 10, 15);
    let case = promised(repair(Station::NORTH, car, EVERYDAY[6]).by("chenqiang"), at, 30 * 60);
    let number = plan.open(at, case);
    let begun = plan.drive(number, at, 6, "repairing");
    let missing = Story::from([("missing_parts", json!("350W 电动轮毂 1 只，总仓调货"))]);
    plan.step(begun.plus_seconds(15 * 60), Turn::Do(number, "wait_parts", missing));
}

/// Outside the term, priced, and too dear for the rider: closed without repair.
pub fn declined(plan: &mut Plan<'_>) {
    let car = plan.vehicle(660);
    let at = plan.on(1, 10, 20);
    let case = capacity(repair(Station::NORTH, car, &WEAK_BATTERY), 48);
    let case = promised(Case { declines: true, ..case }, at, 240);
    let number = plan.open(at, case.told("declined_note", json!("客户嫌贵，先骑着")));
    plan.drive(number, at, 4, "confirmed");
}

/// Another brand: repaired at the rider's charge, waiting for the signature.
pub fn other_brand(plan: &mut Plan<'_>) {
    let at = plan.ago(150);
    let case = repair(Station::NORTH, None, &BROKEN_LEVER)
        .told("vehicle_kind", json!("other_brand"))
        .told("brand", json!("风行"))
        .told("customer_name", json!("钱建军"))
        .told("customer_phone", json!("13905160217"))
        .told("evidence", json!({ "card": false, "card_matches": false, "invoice": false }));
    let number = plan.open(at, promised(case, at, 360));
    plan.drive(number, at, 3, "estimated");
}

/// Our own, but not in the register: received all the same, and looked into by the department.
pub fn unregistered(plan: &mut Plan<'_>) {
    let at = plan.ago(200);
    let case = repair(Station::NORTH, None, EVERYDAY[4])
        .told("vehicle_kind", json!("unregistered"))
        .told("frame_no", json!("LRFR6251188801"))
        .told("model", json!("RF-R6"))
        .told("customer_name", json!("沈月"))
        .told("customer_phone", json!("13851640926"));
    let number = plan.open(at, promised(case, at, 480));
    plan.drive(number, at, 6, "diagnosing");
}

/// The card is lost: not covered at first, then accepted from the register and judged again.
pub fn lost_card(plan: &mut Plan<'_>) {
    let car = plan.vehicle(170);
    let at = plan.ago(170);
    let case = repair(Station::NORTH, car, EVERYDAY[2])
        .told("evidence", json!({ "card": false, "card_matches": false, "invoice": true }));
    let number = plan.open(at, promised(case, at, 300));
    let judged = plan.drive(number, at, 3, "estimating");
    let accepted = Story::from([("card_identity", json!(true))]);
    plan.step(judged.plus_seconds(4 * 60), Turn::Do(number, "accept_lost_card", accepted));
    let again =
        Story::from([("evidence", json!({ "card": true, "card_matches": true, "invoice": true }))]);
    plan.step(judged.plus_seconds(7 * 60), Turn::Do(number, "judge", again));
}

/// The fault does not show: to be observed.
pub fn not_reproduced(plan: &mut Plan<'_>) {
    let car = plan.vehicle(230);
    let at = plan.ago(260);
    let case = repair(Station::NORTH, car, EVERYDAY[7])
        .told("reproduced", json!(false))
        .told("test_note", json!("路试五公里未复现，下一步查转把插头与线束弯折处"));
    let number = plan.open(at, promised(case, at, 600));
    plan.drive(number, at, 6, "diagnosing");
    plan.step(at.plus_seconds(45 * 60), Turn::Do(number, "diagnose", Story::new()));
}

/// The same fault as three weeks ago, out of its term by now: rework all the same, which the
/// station pays; its cause is to be found.
pub fn rework(plan: &mut Plan<'_>, vehicle: Option<usize>) {
    let at = plan.ago(230);
    let case = repair(Station::NORTH, vehicle, &DEAD_CONTROLLER).by("chenqiang");
    let case = case.told("symptom", json!("又是拧把手没反应，上个月刚修过"));
    let case = Case { payer: Some("station"), ..promised(case, at, 200) };
    let number = plan.open(at, case);
    plan.drive(number, at, 3, "repairing");
}

/// Today's work, at every step; one technician has more of it than the other.
pub fn today(plan: &mut Plan<'_>) {
    let north: [(i64, &Complaint, &'static str, &'static str, i64, i64); 7] = [
        (610, &WEAK_BATTERY, "estimated", "chenqiang", 250, 360),
        (200, EVERYDAY[0], "repairing", "chenqiang", 300, 280),
        (90, EVERYDAY[1], "routed", "chenqiang", 110, 300),
        (500, WEAR[0], "assigned", "chenqiang", 180, 240),
        (150, EVERYDAY[2], "inspecting", "chenqiang", 340, 400),
        (260, EVERYDAY[3], "passed", "zhaolei", 380, 420),
        (350, EVERYDAY[4], "judging", "zhaolei", 100, 300),
    ];
    for (age, complaint, until, technician, ago, promise) in north {
        today_one(plan, Station::NORTH, (age, complaint), until, technician, (ago, promise));
    }
    for (age, place, until, ago) in [(45, 5, "diagnosing", 60), (75, 10, "received", 35)] {
        let what = (age, EVERYDAY[place]);
        today_one(plan, Station::NORTH, what, until, "zhaolei", (ago, 240));
    }
    for (age, place, until, ago) in [(320, 6, "repairing", 290), (180, 8, "received", 90)] {
        today_one(plan, Station::RIVER, (age, EVERYDAY[place]), until, "makai", (ago, 300));
    }
}

fn today_one(
    plan: &mut Plan<'_>,
    station: Station,
    (age, complaint): (i64, &Complaint),
    until: &'static str,
    technician: &'static str,
    (ago, promise): (i64, i64),
) {
    let car = plan.vehicle(age);
    let late = plan.dice.between(0, 9);
    let at = plan.ago(ago + late);
    let case = promised(repair(station, car, complaint).by(technician), at, promise);
    let case = if *complaint == WEAK_BATTERY { capacity(case, 55) } else { case };
    let number = plan.open(at, case);
    plan.drive(number, at, 3, until);
}

fn answered(case: usize, stars: i64, remark: &str) -> Turn {
    let call = Story::from([
        ("satisfaction", json!(stars)),
        ("explained_well", json!(true)),
        ("runs_well", json!(true)),
        ("courteous", json!(true)),
        ("quality_remark", json!(remark)),
        ("problem", json!(false)),
    ]);
    Turn::OfChild(case, "follow_up", "answer", call)
}

fn problem(case: usize, kind: &str, text: &str) -> Turn {
    let call = Story::from([
        ("satisfaction", json!(3)),
        ("runs_well", json!(true)),
        ("courteous", json!(true)),
        ("problem", json!(true)),
        ("problem_kind", json!(kind)),
        ("problem_text", json!(text)),
    ]);
    Turn::OfChild(case, "follow_up", "answer", call)
}
