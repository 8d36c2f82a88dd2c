//! What comes by telephone: questions, judgements without a repair, repairs at the rider's home.

use crate::plan::Plan;
use crate::script::{Case, Station, Story, Turn};
use serde_json::json;

fn case(
    station: Station,
    opener: &'static str,
    process: &'static str,
    vehicle: Option<usize>,
    story: Story,
) -> Case {
    Case {
        station,
        opener: Some(opener),
        process,
        vehicle,
        component: None,
        declines: false,
        payer: None,
        technician: None,
        story,
    }
}

/// A commission that nobody has set out for: both of its 24 hours have run out.
pub fn overdue_visit(plan: &mut Plan<'_>) {
    let car = plan.vehicle(430);
    let at = plan.ago(31 * 60);
    let story = Story::from([
        ("symptom", json!("骑行中断电，推不回来，停在小区车棚")),
        ("requested_at", json!(at.plus_seconds(-900).to_string())),
        ("address", json!("江城市北安路 118 号 5 栋车棚")),
    ]);
    let number = plan.open(at, case(Station::NORTH, "lina", "on_site_commission", car, story));
    plan.drive(number, at.plus_seconds(25 * 60), 5, "received");
}

/// A visit of today: somebody is on the way, at a time agreed with the rider.
pub fn visit_today(plan: &mut Plan<'_>) {
    let car = plan.vehicle(120);
    let at = plan.ago(280);
    let story = Story::from([
        ("symptom", json!("电门锁打不开，钥匙转不动")),
        ("requested_at", json!(at.plus_seconds(-600).to_string())),
        ("address", json!("江城市滨江大道 6 号 2 栋 301")),
        ("visit_at", json!(plan.ago(-90).to_string())),
    ]);
    let visit = case(Station::RIVER, "hejing", "on_site_commission", car, story);
    let number = plan.open(at, visit.by("makai"));
    plan.drive(number, at, 9, "dispatched");
}

/// A visit of last week: done and reported, the report still to be sent to the department.
pub fn visit_reported(plan: &mut Plan<'_>) {
    let car = plan.vehicle(380);
    let at = plan.on(6, 9, 20);
    let story = Story::from([
        ("symptom", json!("控制器烧了，整车没电")),
        ("requested_at", json!(at.plus_seconds(-1200).to_string())),
        ("address", json!("江城市柳河镇中街 22 号")),
        ("work_done", json!("更换控制器，检查线路与刹车")),
        ("component", json!("controller")),
        ("fault", json!("burnout")),
        ("replaced", json!(true)),
        ("failure_cause", json!("进水短路")),
        ("parts_used", json!("48V350W 控制器")),
    ]);
    let visit = case(Station::NORTH, "lina", "on_site_commission", car, story);
    let number = plan.open(at, visit.by("chenqiang"));
    plan.drive(number, at, 35, "reported");
}

/// Questions on the hotline: one answered at once, one passed to nobody yet and late.
pub fn questions(plan: &mut Plan<'_>) {
    let car = plan.vehicle(20);
    let at = plan.on(1, 14, 30);
    let story = Story::from([
        ("question", json!("新车第一次充电要充满几个小时")),
        ("answer", json!("约六小时，指示灯变绿即可；长期不骑每月补一次电")),
        ("solved_remotely", json!(true)),
        ("service_type", json!("support")),
    ]);
    let first = plan.open(at, case(Station::NORTH, "xulei", "consultation", car, story));
    plan.step(at.plus_seconds(300), Turn::Do(first, "answer_now", Story::new()));
    plan.step(at.plus_seconds(420), Turn::Do(first, "close", Story::new()));
    let car = plan.vehicle(470);
    let at = plan.ago(26 * 60);
    let story = Story::from([("question", json!("电池续航比去年少一半，三包能不能换"))]);
    plan.open(at, case(Station::NORTH, "xulei", "consultation", car, story));
}

/// A dealer asks whether a part is covered, without bringing the vehicle.
pub fn asked_by_dealer(plan: &mut Plan<'_>) {
    let car = plan.vehicle(330);
    let at = plan.ago(320);
    let story = Story::from([
        ("component", json!("hub_motor")),
        ("fault", json!("bearing_breakage")),
        ("evidence", json!({ "card": true, "card_matches": true, "invoice": true })),
    ]);
    let process = "three_guarantees_judgement";
    plan.open(at, case(Station::NORTH, "xulei", process, car, story));
}
