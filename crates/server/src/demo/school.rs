//! The training centre: a training that gave a certificate, one that is planned, and a certificate
//! on paper that was taken over and runs out soon.

use super::rig::{Rig, Story};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::Answer;
use base::time::{add_days, add_months};
use serde_json::{Value as Json, json};

/// Days ago at which the training was held and the paper taken over.
const AGO: i64 = 20;

/// Days the certificate on paper is still valid.
const RUNS_OUT_IN: i64 = 25;

/// Holds school, where the packs know of trainings.
pub async fn hold(app: &App) -> Answer<()> {
    let today = app.today();
    if !app.releases().current(today)?.processes.contains_key("training") {
        return Ok(());
    }
    let then = app.now().plus_seconds(-AGO * 24 * 3600);
    let rig = Rig::new(app.with_clock(Clock::fixed(then)), &["weilan"]).await?;
    let mut story = session("锂电池检测与更换", &["li_battery", "charger"]);
    let held = listed(app, &["zhaolei"]).await?;
    story.insert("participants", held.clone());
    let case = rig.open("weilan", "training", None, &story).await?;
    for (action, said) in [
        ("hold", json!({ "attended": true })),
        ("examine", json!({ "score": 92, "passed": true })),
        ("certify", json!({})),
    ] {
        rig.wait_until(rig.app.now().plus_seconds(30 * 60)).await;
        story.insert("participants", with(&held, &said));
        rig.act(case, action, &story).await?;
    }
    let issued = add_days(today, RUNS_OUT_IN).and_then(|day| add_months(day, -24));
    let paper = Story::from([
        ("holder", json!(app.store().login("makai").await?.map(|found| found.0.id))),
        ("skills", json!(["hub_motor", "mechanics"])),
        ("issued_on", json!(issued.map(|day| day.to_string()))),
        ("paper_number", json!("WX-2024-0440")),
    ]);
    rig.open("weilan", "repair_certificate", None, &paper).await?;

    let rig = Rig::new(app.with_clock(Clock::fixed(app.now())), &["weilan"]).await?;
    let mut story = session("电机与控制器故障诊断", &["hub_motor", "controller"]);
    story.insert("planned_on", json!(add_days(today, 3).map(|day| day.to_string())));
    story.insert("participants", listed(app, &["sunyu", "makai"]).await?);
    rig.open("weilan", "training", None, &story).await?;
    Ok(())
}

fn session(topic: &str, skills: &[&str]) -> Story {
    Story::from([
        ("topic", json!(topic)),
        ("place", json!("公司培训教室")),
        ("trainer", json!("周工")),
        ("skills", json!(skills)),
    ])
}

/// A list of people by login.
async fn listed(app: &App, logins: &[&str]) -> Answer<Json> {
    let mut rows = Vec::new();
    for login in logins {
        if let Some((person, _)) = app.store().login(login).await? {
            rows.push(json!({ "person": person.id }));
        }
    }
    Ok(Json::Array(rows))
}

/// The list with the same said of everybody.
fn with(rows: &Json, said: &Json) -> Json {
    let row = |row: &Json| {
        let mut row = row.clone();
        if let (Some(row), Some(said)) = (row.as_object_mut(), said.as_object()) {
            row.extend(said.clone());
        }
        row
    };
    rows.as_array().into_iter().flatten().map(row).collect()
}
