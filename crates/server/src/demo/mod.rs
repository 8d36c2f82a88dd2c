//! The demonstration: a company, its people and vehicles, a station's living day, and before it a
//! year of twelve stations. The crate `simulator` says what happens; it is played here through the
//! same commands as real work, on a clock that runs through its weeks.

mod cast;
mod company;
mod depot;
mod exchange;
mod fill;
mod fleet;
mod library;
mod picture;
mod play;
mod recall;
mod rig;
mod school;
mod year;

use crate::app::{App, StartError};
use crate::problem::{Answer, Problem};
use base::Lang;
use simulator::year::Shape;
use year::Living;

pub use cast::PASSWORD;

/// The setting that says that the demonstration was made.
const DONE: &str = "demo_seeded";

/// Which demonstration it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demo {
    /// A station's living day with its last weeks: quick.
    Day,
    /// The day within a company of that size and its months.
    Year(Shape),
}

impl Demo {
    /// The company of twelve stations with its year.
    pub const COMPANY: Self = Self::Year(simulator::year::COMPANY);
}

/// Is told how many months of the year have been lived.
pub type Progress<'a> = dyn Fn(usize) + Send + Sync + 'a;

/// Fills an empty database; one with an organisation is left alone. Returns where a story
/// stopped early, because the packs ask for more than it knows.
pub async fn seed(app: &App, demo: Demo, told: &Progress<'_>) -> Result<Vec<String>, StartError> {
    if app.store().setting(DONE).await?.is_some() || !app.store().orgs().await?.is_empty() {
        return Ok(vec![]);
    }
    let stops = Box::pin(make(app, demo, told)).await.map_err(|problem| {
        let body = problem.body(Lang::En, "");
        StartError::Demo(format!("{}: {}", problem.code(), body["detail"]))
    })?;
    app.store().put_setting(DONE, "1").await?;
    Ok(stops)
}

/// The organisation with its people, and nothing else.
pub async fn people(app: &App) -> Result<(), Problem> {
    let company = company::build(app).await?;
    cast::hire(app, &company).await
}

async fn make(app: &App, demo: Demo, told: &Progress<'_>) -> Answer<Vec<String>> {
    let mut company = company::build(app).await?;
    cast::hire(app, &company).await?;
    let closes = play::closes(app);
    let script = simulator::script(simulator::DEMO, app.today(), closes, app.zone());
    let registered = fleet::register(app, &company, &script.vehicles).await?;
    let mut year = match demo {
        Demo::Day => None,
        Demo::Year(shape) => {
            let places = year::places(shape.places);
            year::build(app, &mut company, places).await?;
            year::hire(app, &company, &simulator::year::workers(simulator::DEMO)).await?;
            Some(Living::begin(app, &company, &shape, closes).await?)
        }
    };
    let mut stops = Vec::new();
    let weeks = app.now().plus_seconds(-depot::DAYS_BEFORE * depot::DAY);
    let begins = year.as_ref().map_or(weeks, Living::begins);
    let stocked = depot::stock_up(app, begins).await;
    stops.extend(stocked.err().map(|problem| stopped("stock", &problem)));
    let beside = year.as_mut().map(|year| (year, told));
    stops.extend(play::play(app, &script, &registered, beside).await?);
    stops.extend(year.map(Living::stops).unwrap_or_default());
    let units = registered.0;
    stops.extend(Box::pin(depot::go_on(app)).await.err().map(|problem| stopped("stock", &problem)));
    // A pack that asks for more than this story knows still makes a demonstration.
    if let Err(problem) = library::write(app).await {
        stops.push(stopped("articles", &problem));
    }
    if let Err(problem) = Box::pin(exchange::send_back(app)).await {
        stops.push(stopped("old parts", &problem));
    }
    if let Err(problem) = Box::pin(recall::begin(app, &units)).await {
        stops.push(stopped("campaign", &problem));
    }
    if let Err(problem) = school::hold(app).await {
        stops.push(stopped("training", &problem));
    }
    Ok(stops)
}

fn stopped(what: &str, problem: &Problem) -> String {
    format!("{what}: {}", problem.body(Lang::En, ""))
}

/// The accounts, one line each, as printed at start.
pub fn accounts_text(lang: Lang) -> String {
    let head = match lang {
        Lang::Zh => format!("演示账号（密码均为 {PASSWORD}）："),
        Lang::En => format!("demo accounts (password of all: {PASSWORD}):"),
    };
    let lines = cast::CAST.iter().map(|person| {
        let role = match lang {
            Lang::Zh => person.title.0,
            Lang::En => person.title.1,
        };
        format!("\n  {:<10} {} · {role}", person.login, person.name)
    });
    std::iter::once(head).chain(lines).collect()
}
