//! Playing a year: the office and every station live their days beside each other, each on a clock
//! of its own; what falls due is done where they meet.

mod clerk;
mod crew;
mod store_room;

use super::company::{Company, outlets_of_the_day};
use super::fill;
use super::fleet::{self, Registered};
use super::play::lines;
use super::rig::{Rig, Story};
use super::{Progress, cast};
use crate::app::App;
use crate::auth::Session;
use crate::problem::{Answer, Problem};
use base::{CaseId, Instant, Lang, OrgId};
use serde_json::{Value as Json, json};
use simulator::year::{ORG, PERSON, PLAIN, Place, Shape, Stint, TECHNICIAN, Work, Year};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tokio::task::JoinSet;

pub use crew::{build, hire, places};

/// Stations meet at least so often, in seconds: what fell due meanwhile is done then.
const MEET: i64 = 12 * 3600;
/// Where so many cases stopped, no more are told.
const MOST_STOPS: usize = 40;

/// What all lanes share.
struct Book {
    year: Year,
    units: Vec<base::UnitId>,
    models: Vec<String>,
}

/// One station, or the office, on its way through the year.
struct Lane {
    number: usize,
    place: Option<&'static Place>,
    org: OrgId,
    rig: Rig,
    next: usize,
    cases: BTreeMap<usize, CaseId>,
    stopped: BTreeSet<usize>,
    stops: Vec<String>,
}

/// A year that is being lived.
pub struct Living {
    rig: Rig,
    book: Arc<Book>,
    lanes: Vec<Lane>,
    stops: Vec<String>,
    months: usize,
}

impl Living {
    /// Everybody at their place on the first morning, with the vehicles of the year registered.
    pub async fn begin(app: &App, company: &Company, shape: &Shape, ends: Instant) -> Answer<Self> {
        let year = simulator::year::year(simulator::DEMO, app.today(), ends, app.zone(), shape);
        let (units, models) = register(app, company, &year).await?;
        let clock = crate::clock::Clock::fixed(year.begins);
        let mut logins: Vec<String> = cast::CAST.iter().map(|p| p.login.to_owned()).collect();
        let workers = simulator::year::workers(simulator::DEMO);
        let here = workers.into_iter().filter(|worker| company.contains_key(worker.org));
        logins.extend(here.map(|worker| worker.login));
        let logins: Vec<&str> = logins.iter().map(String::as_str).collect();
        let mut rig = Rig::new(app.with_clock(clock), &logins).await?;
        rig.learning();
        let mut lanes = Vec::new();
        for number in 0..year.lanes.len() {
            let place = number.checked_sub(1).and_then(|at| places(shape.places).get(at));
            let code = place.map_or("ASD", |place| place.code);
            let org = company.get(code).ok_or_else(|| Problem::new("internal"))?.id;
            let (cases, stopped, stops) = (BTreeMap::new(), BTreeSet::new(), vec![]);
            let rig = rig.beside();
            lanes.push(Lane { number, place, org, rig, next: 0, cases, stopped, stops });
        }
        let book = Arc::new(Book { year, units, models });
        Ok(Self { rig, book, lanes, stops: vec![], months: 0 })
    }

    /// When it begins.
    pub fn begins(&self) -> Instant {
        self.book.year.begins
    }

    /// Lives on until then.
    pub async fn until(&mut self, at: Instant, told: &Progress<'_>) -> Answer<()> {
        while self.rig.app.now() < at {
            let meet = self.rig.app.now().plus_seconds(MEET).min(at);
            self.part(meet).await?;
            self.rig.app.config().clock.set(meet);
            crate::reconcile::run_once(&self.rig.app).await;
            let months = clerk::months(self.rig.app.zone(), self.begins(), meet);
            if months > self.months {
                self.months = months;
                told(months);
            }
        }
        Ok(())
    }

    /// Where it stopped, because the packs ask for more than the year knows.
    pub fn stops(mut self) -> Vec<String> {
        for lane in self.lanes {
            self.stops.extend(lane.stops);
        }
        self.stops.truncate(MOST_STOPS);
        self.stops
    }

    /// Every lane up to where they meet.
    async fn part(&mut self, meet: Instant) -> Answer<()> {
        let mut living = JoinSet::new();
        let mut resting = Vec::new();
        for lane in std::mem::take(&mut self.lanes) {
            let steps = &self.book.year.lanes[lane.number];
            if steps.get(lane.next).is_some_and(|stint| stint.at < meet) {
                let book = Arc::clone(&self.book);
                living.spawn(lane.live(book, meet));
            } else {
                resting.push(lane);
            }
        }
        while let Some(lane) = living.join_next().await {
            resting.push(lane.map_err(|_| Problem::new("internal"))?);
        }
        resting.sort_by_key(|lane| lane.number);
        self.lanes = resting;
        Ok(())
    }
}

/// The vehicles of the year, each with an outlet of its station.
async fn register(app: &App, company: &Company, year: &Year) -> Answer<Registered> {
    let shops = |code: &str| -> Vec<OrgId> {
        let station = company.get(code).map(|org| org.id);
        let of_day = outlets_of_the_day(company).filter(|org| org.parent == station);
        let others = company.values().filter(|org| org.kind == "outlet" && org.parent == station);
        let mut shops: Vec<OrgId> = of_day.chain(others).map(|org| org.id).collect();
        shops.sort_unstable();
        shops.dedup();
        shops
    };
    let all: Vec<Vec<OrgId>> =
        simulator::year::PLACES.iter().map(|place| shops(place.code)).collect();
    let sold = year.vehicles.iter().filter_map(|sold| {
        let shops = &all[sold.place];
        let shop = shops.get(sold.vehicle.outlet % shops.len().max(1))?;
        Some((sold.vehicle.clone(), *shop))
    });
    fleet::register_many(app, sold.collect()).await
}

impl Lane {
    /// Its days up to there.
    async fn live(mut self, book: Arc<Book>, meet: Instant) -> Self {
        let steps = &book.year.lanes[self.number];
        while let Some(stint) = steps.get(self.next).filter(|stint| stint.at < meet) {
            self.next += 1;
            if stint.work.case().is_some_and(|case| self.stopped.contains(&case)) {
                continue;
            }
            self.rig.app.config().clock.set(stint.at);
            if let Err(problem) = Box::pin(self.work(&book, stint)).await {
                let what = problem.body(Lang::En, "");
                let stop = format!("{:?} {:?}: {what}", self.place.map(|p| p.code), stint);
                tracing::debug!(stop, "a case of the year stopped");
                self.stopped.extend(stint.work.case());
                self.stops.push(stop);
            }
        }
        self
    }

    async fn work(&mut self, book: &Book, stint: &Stint) -> Answer<()> {
        match &stint.work {
            Work::Open(number) => self.open(book, *number).await,
            Work::Do(number, action, more) => {
                let Some(id) = self.cases.get(number).copied() else { return Ok(()) };
                let mut story = self.story(book, *number)?;
                for (field, value) in more {
                    story.insert(*field, self.resolved(value)?);
                }
                let case = self.rig.case(id).await?;
                match clerk::doing(&self.rig, &case, action, story).await? {
                    Some((action, story)) => self.rig.act(id, &action, &story).await,
                    None => Ok(()),
                }
            }
            Work::WorkOff(pile) => clerk::work_off(&self.rig, self.scope(), pile).await,
            Work::Supply => store_room::supply(&self.rig).await,
            Work::Count => store_room::count(&self.rig, self.org).await,
            Work::OldParts => store_room::offer(&self.rig, self.org).await,
            Work::Read => self.rig.read_messages().await,
        }
    }

    /// Whose piles are worked off: the station's own; everybody's at the office.
    fn scope(&self) -> Option<OrgId> {
        self.place.map(|_| self.org)
    }

    async fn open(&mut self, book: &Book, number: usize) -> Answer<()> {
        let case = &book.year.cases[number];
        let unit = case.vehicle.map(|vehicle| book.units[vehicle]);
        let story = self.story(book, number)?;
        let by = match case.opener {
            Some(login) => self.rig.by_login(login)?,
            None => self.counter()?,
        };
        let id = self.rig.opened(by, case.process, unit, &story).await?;
        self.cases.insert(number, id);
        Ok(())
    }

    /// Who stands at the counter.
    fn counter(&self) -> Answer<&Session> {
        let found = ["service_advisor", "station_manager"]
            .into_iter()
            .find_map(|role| self.rig.holding(role, self.org).next());
        found.ok_or_else(|| Problem::new("internal"))
    }

    /// What the case's forms say: its story with the people it names, the lines from the lists.
    fn story(&self, book: &Book, number: usize) -> Answer<Story> {
        let case = &book.year.cases[number];
        let mut story = Story::new();
        for (field, value) in &case.story {
            story.insert(*field, self.resolved(value)?);
        }
        story.insert(fill::TURN, json!(case.vehicle.unwrap_or_default()));
        if let Some(component) = case.component {
            let release = self.rig.app.releases().current(self.rig.app.today())?;
            let model = case.vehicle.map_or("", |vehicle| book.models[vehicle].as_str());
            let lines = lines(&release, component, model, case);
            story.insert("actual", lines.clone());
            story.insert("lines", lines);
        }
        Ok(story)
    }

    /// A value with the people and units that it names by words of the story.
    fn resolved(&self, value: &Json) -> Answer<Json> {
        match value {
            Json::Array(rows) => rows.iter().map(|row| self.resolved(row)).collect(),
            Json::Object(map) => {
                if let Some(login) = map.get(PERSON).and_then(Json::as_str) {
                    return Ok(json!(self.rig.by_login(login)?.id().to_string()));
                }
                if let Some(code) = map.get(ORG).and_then(Json::as_str) {
                    let orgs = self.rig.app.orgs();
                    return Ok(json!(orgs.by_code(code).map(|org| org.id.to_string())));
                }
                if let Some(turn) = map.get(TECHNICIAN).and_then(Json::as_u64) {
                    return Ok(json!(self.technician(turn)));
                }
                map.iter().map(|(key, value)| Ok((key.clone(), self.resolved(value)?))).collect()
            }
            other => Ok(other.clone()),
        }
    }

    /// One of the station's technicians whose certificate holds today.
    fn technician(&self, turn: u64) -> Option<String> {
        let today = self.rig.app.today();
        let holds = |session: &&Session| {
            session.person.certificate.as_ref().is_some_and(|held| held.expires > today)
        };
        let all: Vec<&Session> = self.rig.holding("technician", self.org).filter(holds).collect();
        let place = usize::try_from(turn).unwrap_or(0) % all.len().max(1);
        all.get(place).map(|session| session.id().to_string())
    }
}

/// Nobody takes photographs of what is done in the office.
fn plain(mut story: Story) -> Story {
    story.insert(PLAIN, json!(true));
    story
}
