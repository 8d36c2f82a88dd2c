//! A station's day: repairs at every step, a delivered one from last week, a paid one, a rider
//! without papers.

use super::fleet::Vehicle;
use super::rig::{Rig, Story};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::Answer;
use base::time::days_between;
use base::{Day, Instant};
use jiff::civil::time;
use rulebook::Release;
use serde_json::{Value as Json, json};

const CITY_NORTH: &[&str] =
    &["lina", "chenqiang", "zhaolei", "wangjun", "zhoumin", "wufang", "liuyang"];
const RIVERSIDE: &[&str] = &["hejing", "makai", "gaofei"];

/// One repair of the day.
struct Job {
    /// Age of the vehicle in days, about.
    age: i64,
    component: &'static str,
    fault: &'static str,
    symptom: &'static str,
    /// Where the main track stands in the end.
    until: &'static str,
    /// Hours before now at which it came in.
    came: i64,
}

const fn job(
    age: i64,
    component: &'static str,
    fault: &'static str,
    symptom: &'static str,
    until: &'static str,
    came: i64,
) -> Job {
    Job { age, component, fault, symptom, until, came }
}

const NORTH_JOBS: &[Job] = &[
    job(400, "controller", "no_function", "拧把手没反应，仪表亮", "delivered", 24 * 8 + 6),
    job(300, "hub_motor", "burnout", "上坡冒烟后不转", "delivered", 24 * 3 + 5),
    job(610, "li_battery", "low_capacity", "充满电只能骑十公里", "estimated", 5),
    job(200, "display", "no_function", "仪表花屏", "repairing", 5),
    job(90, "charger", "no_function", "充一夜灯不变绿", "routed", 4),
    job(500, "brake_pad", "other", "刹车发软，有异响", "assigned", 4),
    job(150, "controller", "no_function", "骑行中突然断电", "inspecting", 6),
    job(260, "front_axle", "fracture", "前轮晃动", "passed", 6),
    job(350, "li_battery", "no_charge", "充不进电", "judging", 2),
    job(45, "handlebar", "chrome_peeling", "车把起泡", "diagnosing", 1),
    job(120, "crankset", "other", "脚踏咯噔响", "received", 1),
];

const RIVER_JOBS: &[Job] = &[
    job(320, "hub_motor", "gear_breakage", "后轮咔咔响", "repairing", 5),
    job(180, "controller", "no_function", "不走车", "received", 2),
];

/// Lives the day on a clock of its own, so that everything has its time.
pub async fn live(app: &App, fleet: &[Vehicle]) -> Answer<Vec<String>> {
    let mut stops = Vec::new();
    let close = close_of_business(app);
    for (logins, jobs) in [(CITY_NORTH, NORTH_JOBS), (RIVERSIDE, RIVER_JOBS)] {
        let mut order: Vec<&Job> = jobs.iter().collect();
        order.sort_by_key(|job| -job.came);
        let mut taken = Vec::new();
        for job in order {
            let from = close.plus_seconds(-job.came * 3600);
            let rig = Rig::new(app.with_clock(Clock::fixed(from)), logins).await?;
            let Some(vehicle) = of_age(fleet, job.age, rig.app.today(), &mut taken) else {
                continue;
            };
            // A pack that asks for more than this story knows still makes a demonstration.
            if let Err(problem) = run(&rig, job, vehicle).await {
                let stop = format!("{}: {}", job.symptom, problem.body(base::Lang::En, ""));
                tracing::warn!(stop, "a case of the demonstration stopped");
                stops.push(stop);
            }
        }
    }
    Ok(stops)
}

/// When the story ends: now, or the last time a shop was open (before 17:30, not on a morning so
/// early that the day could not have happened yet).
fn close_of_business(app: &App) -> Instant {
    let now = app.now();
    let (local, zone) = (app.zone().local(now), app.zone());
    let (early, late) = (time(15, 0, 0, 0), time(17, 30, 0, 0));
    if (early..=late).contains(&local.time()) {
        return now;
    }
    let today = local.date();
    let day = if local.time() > late { today } else { today.yesterday().unwrap_or(today) };
    zone.instant(day.to_datetime(late))
}

async fn run(rig: &Rig, job: &Job, vehicle: &Vehicle) -> Answer<()> {
    let release = rig.app.releases().current(rig.app.today())?;
    let advisor = rig.first();
    let story = story(&release, job, vehicle, &rig.app.now().plus_seconds(5 * 3600).to_string());
    let id = rig.open(advisor, "repair_order", Some(vehicle.id), &story).await?;
    rig.drive(id, job.until, 4, &story).await
}

/// The vehicle nearest to an age that no other case of the day has.
fn of_age<'a>(
    fleet: &'a [Vehicle],
    age: i64,
    today: Day,
    taken: &mut Vec<base::UnitId>,
) -> Option<&'a Vehicle> {
    let free = fleet.iter().filter(|v| !taken.contains(&v.id));
    let nearest = free.min_by_key(|v| (days_between(v.sold_on, today) - age).abs())?;
    taken.push(nearest.id);
    Some(nearest)
}

fn story(release: &Release, job: &Job, vehicle: &Vehicle, promised: &str) -> Story {
    let lines = lines(release, job.component, &vehicle.model);
    Story::from([
        ("symptom", json!(job.symptom)),
        ("component", json!(job.component)),
        ("fault", json!(job.fault)),
        ("reproduced", json!(true)),
        (
            "capacity",
            json!({ "value": 55, "instrument": "BT-3", "temperature": 22, "charge": 100 }),
        ),
        (
            "evidence",
            json!({ "card": true, "card_matches": true, "invoice": true, "sticker": true }),
        ),
        ("lines", lines.clone()),
        ("actual", lines),
        ("promised_at", json!(promised)),
        ("failure_cause", json!("自然损坏")),
    ])
}

/// The part with an hour of work, from the price list.
fn lines(release: &Release, component: &str, model: &str) -> Json {
    let fits = |p: &&rulebook::model::PriceItem| {
        p.component.as_deref() == Some(component)
            && (p.models.is_empty() || p.models.iter().any(|m| m == model))
    };
    let part = release.prices.values().filter(|p| p.kind == "part").find(fits);
    // The work of this part where the list has one, so that whoever pays the part pays its work.
    let work = |p: &&rulebook::model::PriceItem| p.kind == "labour" && p.component.is_none();
    let own = release.prices.values().filter(|p| p.kind == "labour").find(fits);
    let labour = own.or_else(|| release.prices.get("LB-GEN").filter(work));
    let labour = labour.or_else(|| release.prices.values().find(work));
    let line = |(place, item): (usize, &rulebook::model::PriceItem)| {
        json!({
            "id": (place + 1).to_string(),
            "kind": item.kind,
            "item": item.code,
            "quantity": 1000,
            "mandatory": true,
            "genuine": true,
        })
    };
    Json::Array(part.into_iter().chain(labour).enumerate().map(line).collect())
}
