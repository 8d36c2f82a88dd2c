//! What comes by telephone and by letter: questions, complaints, visits at home, judgements asked
//! for, and what the training centre holds.

use super::hours::Hours;
use super::{ORG, PERSON, Plan, Work, workers};
use crate::script::{Case, Story};
use base::time::add_days;
use base::{Day, Instant};
use serde_json::{Value as Json, json};

/// Question and answer.
const QUESTIONS: [(&str, &str); 8] = [
    ("新车第一次充电要充满几个小时", "约六小时，指示灯变绿即可；长期不骑每月补一次电"),
    ("冬天续航少了三成，是不是电池坏了", "低温下属正常；室温下充满再试，仍不足六成请到店检测"),
    ("保修卡丢了还能三包吗", "带发票和身份证到店，登记里有卡号的可以认卡"),
    ("淋雨以后仪表起雾怎么办", "先断电晾干；仍不亮的到店检查插头"),
    ("充电器灯不变绿能不能继续用", "请停用，带到最近的维修站检测"),
    ("刹车皮多久换一次", "看骑行里程，一般三到五千公里检查一次"),
    ("车子卖给亲戚，保修怎么过户", "带保修卡到店办理转让登记，三包期限不变"),
    ("后轮有响声，还能骑吗", "请先停骑，预约到店检查轮毂"),
];

/// What a complaint is about: subject, matter, cause, whose, and whether it is confirmed.
const COMPLAINTS: [(&str, &str, &str, &str, bool); 6] = [
    ("service", "约好三点取车，等到五点", "当日缺件，未提前告知客户", "service", true),
    ("service", "同一个毛病修了两次", "首修只清理插头，没有更换", "service", true),
    ("service", "嫌收费贵，说别处便宜", "价目表公示，按表收费", "nobody", false),
    ("product", "新车三个月电池就不行了", "检测容量不足，已按三包更换", "product", true),
    ("product", "漆面有细划痕", "交车检查时无划痕，属使用中碰擦", "customer", false),
    ("service", "打电话没人接", "中午无人值守，已排班", "service", true),
];

/// What letters ask: kind, text, answer.
const LETTERS: [(&str, &str, &str); 4] = [
    ("repair", "电动车已送修半月未修复，要求书面答复", "经查配件已到，今日交车，附维修记录"),
    ("question", "请告知锂电池的三包期限和检测办法", "锂电池二十四个月，容量低于约定值予以更换"),
    ("purchase", "单位拟购十辆，请寄资料和价目", "资料和价目已随函寄出"),
    ("other", "感谢维修站雨天上门", "感谢来信，已转站内表扬"),
];

/// What is said on the telephone of a fault at home: symptom, work, component, fault.
const VISITS: [(&str, &str, &str, &str); 4] = [
    ("骑行中断电，推不回来", "检查线路，处理插头进水", "harness", "no_function"),
    ("电门锁打不开", "更换电门锁芯", "lock", "no_function"),
    ("后胎没气，家里没工具", "补气并更换气门嘴", "inner_tube", "leak"),
    ("大灯不亮，夜里不敢骑", "更换灯珠，检查线束", "lights", "no_function"),
];

/// Months of the year in which the training centre holds a training that gives certificates.
const TRAININGS: [i8; 4] = [3, 6, 9, 12];

/// Everything of the desks.
pub fn all(plan: &mut Plan<'_>) {
    for day in plan.days() {
        if plan.dice.comes(72) {
            question(plan, day);
        }
        if plan.dice.comes(9) {
            letter(plan, day);
        }
        for lane in 1..plan.lanes.len() {
            let share = Plan::place(lane).map_or(0, |place| place.share);
            // Of ten thousand days of a station: so many for each hundredth of what is sold there.
            if plan.dice.roll(10_000) < share * 55 {
                visit(plan, lane, day);
            }
            if plan.dice.roll(10_000) < share * 8 {
                complaint(plan, lane, day);
            }
            if plan.dice.roll(10_000) < share * 60 {
                judgement(plan, lane, day);
            }
        }
        if day.day() == 12 && TRAININGS.contains(&day.month()) {
            training(plan, day);
        }
    }
}

/// A vehicle that was sold by then where a lane looks after; of all for the office.
fn vehicle(plan: &mut Plan<'_>, lane: usize, day: Day) -> Option<usize> {
    let fits =
        |sold: &super::Sold| (lane == 0 || sold.place + 1 == lane) && sold.vehicle.sold_on < day;
    let found: Vec<usize> =
        (0..plan.vehicles.len()).filter(|place| fits(&plan.vehicles[*place])).collect();
    let place = plan.dice.roll(u64::try_from(found.len().max(1)).unwrap_or(1));
    found.get(usize::try_from(place).unwrap_or(0)).copied()
}

/// Some time of the morning or afternoon.
fn sometime(plan: &mut Plan<'_>, day: Day) -> Instant {
    let minute = plan.dice.between(8 * 60 + 30, 17 * 60);
    plan.zone.minute_of(day, u16::try_from(minute).unwrap_or(600))
}

fn question(plan: &mut Plan<'_>, day: Day) {
    let at = sometime(plan, day);
    let (asked, answer) = QUESTIONS[usize::try_from(plan.dice.roll(8)).unwrap_or(0)];
    let Some(car) = vehicle(plan, 0, day) else { return };
    let story = Story::from([
        ("question", json!(asked)),
        ("answer", json!(answer)),
        ("channel", json!(if plan.dice.comes(70) { "phone" } else { "social" })),
        ("solved_remotely", json!(plan.dice.comes(76))),
        ("service_type", json!(if plan.dice.comes(60) { "support" } else { "warranty" })),
    ]);
    let case = Plan::case(0, "consultation", Some(car), story);
    let Some(number) = plan.open(0, at, Case { opener: Some("xulei"), ..case }) else { return };
    let slow = plan.dice.comes(12);
    let wait = if slow { plan.dice.between(90, 200) } else { plan.dice.between(2, 25) };
    let at = at.plus_seconds(wait * 60);
    plan.step(0, at, Work::Do(number, "answer_now", Story::new()));
    plan.step(0, at.plus_seconds(180), Work::Do(number, "close", Story::new()));
}

fn letter(plan: &mut Plan<'_>, day: Day) {
    let at = plan.on(day, 9, 40);
    let (kind, text, reply) = LETTERS[usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
    let Some(car) = vehicle(plan, 0, day) else { return };
    let sent = add_days(day, -2).unwrap_or(day).to_string();
    let story = Story::from([
        ("letter_way", json!(if plan.dice.comes(70) { "letter" } else { "fax" })),
        ("letter_kind", json!(kind)),
        ("letter_on", json!(sent)),
        ("letter_text", json!(text)),
        ("letter_reply", json!(reply)),
        ("receipt_means", json!(if plan.dice.comes(80) { "slip" } else { "post" })),
    ]);
    let case = Plan::case(0, "letter", Some(car), story);
    let Some(number) = plan.open(0, at, Case { opener: Some("xulei"), ..case }) else { return };
    let delayed = plan.dice.comes(10);
    let days = if delayed { 6 } else { plan.dice.between(0, 2) };
    let answered = at.plus_seconds(days * 86_400 + 3600);
    plan.step(0, answered, Work::Do(number, "answer_letter", Story::new()));
    if plan.dice.comes(85) {
        let back = answered.plus_seconds(plan.dice.between(5, 14) * 86_400);
        let on = plan.zone.day(back).to_string();
        let told = Story::from([("receipt_on", json!(on))]);
        plan.step(0, back, Work::Do(number, "take_receipt", told));
    }
}

fn complaint(plan: &mut Plan<'_>, lane: usize, day: Day) {
    let at = sometime(plan, day);
    let chosen = COMPLAINTS[usize::try_from(plan.dice.roll(6)).unwrap_or(0)];
    let (subject, matter, found, party, confirmed) = chosen;
    let Some(car) = vehicle(plan, lane, day) else { return };
    let story = Story::from([
        ("complaint_matter", json!(matter)),
        ("complaint_channel", json!(if plan.dice.comes(80) { "phone" } else { "letter" })),
        ("complaint_subject", json!(subject)),
        ("station_statement", json!("当日在场人员已说明经过，记录附后")),
        ("complaint_cause", json!(found)),
        ("complaint_party", json!(party)),
        ("complaint_confirmed", json!(confirmed)),
        ("complaint_measures", json!("已向客户说明并致歉，站内改进")),
    ]);
    let case = Plan::case(lane, "complaint", Some(car), story);
    let Some(number) = plan.open(lane, at, case) else { return };
    let mut hours = Hours::from(plan.zone, at);
    let mut act = |plan: &mut Plan<'_>, low: i64, high: i64, action: &'static str| {
        let wait = plan.dice.between(low, high);
        let at = hours.after(wait);
        plan.step(lane, at, Work::Do(number, action, Story::new()));
    };
    if subject == "service" {
        act(plan, 60, 300, "hear_station");
    }
    act(plan, 120, 1400, "investigate");
    let delayed = plan.dice.comes(12);
    act(
        plan,
        if delayed { 8000 } else { 60 },
        if delayed { 9000 } else { 900 },
        "answer_complaint",
    );
    act(plan, 600, 1500, "satisfied");
}

fn judgement(plan: &mut Plan<'_>, lane: usize, day: Day) {
    let at = sometime(plan, day);
    let Some(car) = vehicle(plan, lane, day) else { return };
    let parts = [("hub_motor", "bearing_breakage"), ("controller", "no_function")];
    let parts = [parts[0], parts[1], ("charger", "no_function"), ("handlebar", "chrome_peeling")];
    let (component, fault) = parts[usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
    let story = Story::from([
        ("component", json!(component)),
        ("fault", json!(fault)),
        ("causes", json!([])),
        ("evidence", json!({ "card": true, "card_matches": true, "invoice": true })),
    ]);
    plan.open(lane, at, Plan::case(lane, "three_guarantees_judgement", Some(car), story));
}

fn visit(plan: &mut Plan<'_>, lane: usize, day: Day) {
    let at = sometime(plan, day);
    let (symptom, work, component, fault) = VISITS[usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
    let Some(car) = vehicle(plan, lane, day) else { return };
    let far = plan.dice.between(2, 26);
    let street =
        ["人民路", "解放路", "建设路", "健康路"][usize::try_from(plan.dice.roll(4)).unwrap_or(0)];
    let address = format!("{street} {} 号", plan.dice.between(3, 280));
    let technician = plan.dice.roll(12);
    let story = Story::from([
        ("symptom", json!(symptom)),
        ("requested_at", json!(at.plus_seconds(-600).to_string())),
        ("address", json!(address)),
        ("technician", json!({ super::TECHNICIAN: technician })),
        ("work_done", json!(work)),
        ("component", json!(component)),
        ("fault", json!(fault)),
        ("replaced", json!(false)),
        ("distance_km", json!(far)),
        ("in_warranty", json!(true)),
        ("user_opinion", json!("满意")),
    ]);
    let Some(number) =
        plan.open(lane, at, Plan::case(lane, "on_site_commission", Some(car), story))
    else {
        return;
    };
    let mut hours = Hours::from(plan.zone, at);
    let mut act = |plan: &mut Plan<'_>, low: i64, high: i64, action: &'static str| {
        let wait = plan.dice.between(low, high);
        let at = hours.after(wait);
        plan.step(lane, at, Work::Do(number, action, Story::new()));
    };
    act(plan, 3, 40, "receive");
    act(plan, 5, 60, "dispatch");
    let delayed = plan.dice.comes(11);
    act(plan, if delayed { 1500 } else { 30 }, if delayed { 1800 } else { 260 }, "arrive");
    act(plan, 20, 80, "handle");
    act(plan, 20, 300, "report");
    let delayed = plan.dice.comes(9);
    let days = if delayed { (8, 10) } else { (1, 5) };
    act(plan, days.0 * 1440, days.1 * 1440, "return_report");
}

/// A training with two technicians of each of two stations: attended, examined, certified.
fn training(plan: &mut Plan<'_>, day: Day) {
    let technicians: Vec<String> = workers(0)
        .into_iter()
        .filter(|worker| worker.certificate.is_some())
        .map(|worker| worker.login)
        .collect();
    if plan.lanes.len() < 13 || technicians.is_empty() {
        return;
    }
    let first = usize::from(day.month().unsigned_abs()) * 2;
    let people: Vec<&String> =
        (0..4).map(|n| &technicians[(first + n) % technicians.len()]).collect();
    let rows = |more: &Json| -> Json {
        let row = |login: &&String| {
            let mut row = json!({ "person": { PERSON: login } });
            if let (Some(row), Some(more)) = (row.as_object_mut(), more.as_object()) {
                row.extend(more.clone());
            }
            row
        };
        people.iter().map(row).collect()
    };
    let story = Story::from([
        ("topic", json!("锂电池检测与更换")),
        ("place", json!("公司培训教室")),
        ("trainer", json!("周工")),
        ("skills", json!(["li_battery", "charger"])),
        ("certifies", json!(true)),
        ("planned_on", json!(add_days(day, 3).unwrap_or(day).to_string())),
        ("participants", rows(&json!({}))),
        ("station", json!({ ORG: "ASD" })),
    ]);
    let at = plan.on(day, 9, 0);
    let case = Case { opener: Some("weilan"), ..Plan::case(0, "training", None, story) };
    let Some(number) = plan.open(0, at, case) else { return };
    let held = at.plus_seconds(3 * 86_400);
    let mut more = Story::from([("participants", rows(&json!({ "attended": true })))]);
    plan.step(0, held, Work::Do(number, "hold", more.clone()));
    let examined = json!({ "score": 84, "passed": true });
    more.insert("participants", rows(&examined));
    plan.step(0, held.plus_seconds(6 * 3600), Work::Do(number, "examine", more.clone()));
    plan.step(0, held.plus_seconds(7 * 3600), Work::Do(number, "certify", more));
}
