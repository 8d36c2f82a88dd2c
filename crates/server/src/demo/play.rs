//! Playing a script: each turn is an ordinary command of whoever may give it, at its own time.

use super::cast::CAST;
use super::fleet::Registered;
use super::rig::{Rig, Story};
use super::year::Living;
use super::{Progress, depot, fill};
use crate::app::App;
use crate::clock::Clock;
use crate::problem::{Answer, Problem};
use base::{CaseId, Instant, UnitId};
use jiff::civil::time;
use rulebook::Release;
use rulebook::model::PriceItem;
use serde_json::{Value as Json, json};
use simulator::{Case, Script, Station, Turn};
use std::collections::BTreeMap;

/// The stage with the script that is played on it.
struct Play<'a> {
    rig: Rig,
    script: &'a Script,
    units: &'a [UnitId],
    models: &'a [String],
    /// The cases that came in so far; one that stopped is left alone from then on.
    cases: BTreeMap<usize, CaseId>,
    stopped: Vec<usize>,
}

/// Lives the script on a clock of its own, so that everything has its time; the rest of a year,
/// where there is one, is lived beside it. Returns where a case stopped early, because the packs
/// ask for more than its story knows.
pub async fn play(
    app: &App,
    script: &Script,
    (units, models): &Registered,
    mut beside: Option<(&mut Living, &Progress<'_>)>,
) -> Answer<Vec<String>> {
    let mut stops = Vec::new();
    let Some(first) = script.steps.first() else { return Ok(stops) };
    let logins: Vec<&str> = CAST.iter().map(|person| person.login).collect();
    let rig = Rig::new(app.with_clock(Clock::fixed(first.at)), &logins).await?;
    let (cases, stopped) = (BTreeMap::new(), vec![]);
    let mut play = Play { rig, script, units, models, cases, stopped };
    for step in &script.steps {
        if step.turn.case().is_some_and(|case| play.stopped.contains(&case)) {
            continue;
        }
        if let Some((year, told)) = &mut beside {
            Box::pin(year.until(step.at, told)).await?;
        }
        play.rig.wait_until(step.at).await;
        let Err(problem) = play.turn(&step.turn).await else { continue };
        let what = step.turn.case().map(|case| &script.cases[case].story);
        let stop = format!("{:?}: {} ({what:?})", step.turn, problem.body(base::Lang::En, ""));
        tracing::warn!(stop, "a case of the demonstration stopped");
        play.stopped.extend(step.turn.case());
        stops.push(stop);
    }
    let closes = closes(app);
    if let Some((year, told)) = &mut beside {
        Box::pin(year.until(closes, told)).await?;
    }
    play.rig.wait_until(closes).await;
    Ok(stops)
}

/// When the story ends: now, or the last time a shop was open (before 17:30, not on a morning so
/// early that the day could not have happened yet).
pub fn closes(app: &App) -> Instant {
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

impl Play<'_> {
    async fn turn(&mut self, turn: &Turn) -> Answer<()> {
        match turn {
            Turn::Open(number) => {
                let case = &self.script.cases[*number];
                let unit = case.vehicle.map(|vehicle| self.units[vehicle]);
                let opener = case.opener.unwrap_or_else(|| counter(case.station));
                let story = self.story(case).await?;
                let id = self.rig.open(opener, case.process, unit, &story).await?;
                self.cases.insert(*number, id);
                Ok(())
            }
            Turn::Toward(number, until) => {
                let story = self.story(&self.script.cases[*number]).await?;
                let id = self.id(*number)?;
                self.rig.toward(id, until, &story).await?;
                depot::draw(&self.rig, id).await
            }
            Turn::Do(number, action, more) => {
                let mut story = self.story(&self.script.cases[*number]).await?;
                story.extend(more.clone());
                self.rig.act(self.id(*number)?, action, &story).await
            }
            Turn::OfChild(number, process, action, story) => {
                let child = self.rig.child(self.id(*number)?, process).await?;
                self.rig.act(child, action, story).await
            }
            Turn::Read => self.rig.read_messages().await,
        }
    }

    fn id(&self, number: usize) -> Answer<CaseId> {
        self.cases.get(&number).copied().ok_or_else(|| Problem::new("internal"))
    }

    /// What the case's forms say: its story, the lines from the price list, the technician's id.
    async fn story(&self, case: &Case) -> Answer<Story> {
        let mut story = case.story.clone();
        story.insert(fill::TURN, json!(case.vehicle.unwrap_or_default()));
        if let Some(component) = case.component {
            let release = self.rig.app.releases().current(self.rig.app.today())?;
            let model = case.vehicle.map_or("", |vehicle| self.models[vehicle].as_str());
            let lines = lines(&release, component, model, case);
            story.insert("actual", lines.clone());
            story.insert("lines", lines);
        }
        if let Some(login) = case.technician {
            let person = self.rig.app.store().login(login).await?;
            let id = person.map(|(person, _)| person.id.to_string());
            story.insert("technician", json!(id));
        }
        Ok(story)
    }
}

fn counter(station: Station) -> &'static str {
    match station {
        Station::RIVER => "hejing",
        _ => "lina",
    }
}

/// The part with an hour of work, from the price list.
pub fn lines(release: &Release, component: &str, model: &str, case: &Case) -> Json {
    let fits = |p: &&PriceItem| {
        p.component.as_deref() == Some(component)
            && (p.models.is_empty() || model.is_empty() || p.models.iter().any(|m| m == model))
    };
    let part = release.prices.values().filter(|p| p.kind == "part").find(fits);
    // The work of this part where the list has one, so that whoever pays the part pays its work.
    let work = |p: &&PriceItem| p.kind == "labour" && p.component.is_none();
    let own = release.prices.values().filter(|p| p.kind == "labour").find(fits);
    let labour = own.or_else(|| release.prices.get("LB-GEN").filter(work));
    let labour = labour.or_else(|| release.prices.values().find(work));
    let line = |(place, item): (usize, &PriceItem)| {
        let mut line = json!({
            "id": (place + 1).to_string(),
            "kind": item.kind,
            "item": item.code,
            "quantity": 1000,
            "mandatory": true,
            "genuine": true,
            "declined": case.declines,
        });
        if let Some(payer) = case.payer {
            line["payer"] = json!(payer);
        }
        line
    };
    Json::Array(part.into_iter().chain(labour).enumerate().map(line).collect())
}
